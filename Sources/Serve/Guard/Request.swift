import NIOHTTP1
import Text

/// A request that was let in.
struct Request {
    /// What is asked for.
    let target: RequestTarget
    /// Whether only the head of the answer is wanted.
    let isHead: Bool
    /// `If-Match`, its lines joined.
    let ifMatch: String?
    /// `If-None-Match`, its lines joined.
    let ifNoneMatch: String?
    /// `Range`, when there was exactly one.
    let range: String?
    /// `If-Range`.
    let ifRange: String?
    /// The path of the page of ours that led here, from `Referer`; `nil` when it came from elsewhere.
    let referrer: RequestTarget?

    /// Reads a head that the scanner and SwiftNIO's parser accept.
    ///
    /// - Parameters:
    ///   - head: the head.
    ///   - requestGuard: who may ask.
    ///   - localAddress: the address of our end.
    /// - Throws: why it is not let in.
    init(_ head: HTTPRequestHead, requestGuard: RequestGuard, localAddress: String?) throws(Refusal) {
        guard head.method == .GET || head.method == .HEAD else { throw .method }
        isHead = head.method == .HEAD
        target = try RequestTarget(Array(head.uri.utf8))
        let fields = head.headers
        let host = fields.first(name: "host").map { Array($0.utf8) }
        if let authority = target.authority {
            // RFC 9112 §3.2.2: the target wins. A browser sends both the same; whoever does not, is up to
            // something.
            guard host == nil || host == authority else {
                throw .malformed("two different hosts in one request")
            }
        }
        let source = RequestSource(
            host: target.authority ?? host, origin: fields.first(name: "origin").map { Array($0.utf8) },
            fetchSite: fields.first(name: "sec-fetch-site"), fetchMode: fields.first(name: "sec-fetch-mode"),
            fetchDestination: fields.first(name: "sec-fetch-dest"))
        try requestGuard.check(source, localAddress: localAddress, isOurs: target.isOurs)
        func list(_ name: String) -> String? {
            let lines = fields[name]
            return lines.isEmpty ? nil : lines.joined(separator: ",")
        }
        ifMatch = list("if-match")
        ifNoneMatch = list("if-none-match")
        let ranges = fields["range"]
        range = ranges.count == 1 ? ranges[0] : nil
        ifRange = fields.first(name: "if-range")
        referrer = fields.first(name: "referer").flatMap { Self.ownTarget($0, host: source.host) }
    }

    private static func ownTarget(_ referrer: String, host: [UInt8]?) -> RequestTarget? {
        guard let host, let target = try? RequestTarget(Array(referrer.utf8)), target.authority == host,
            !target.isOurs
        else { return nil }
        return target
    }
}

extension RequestTarget {
    /// Whether it is one of the preview's own addresses, below `/_site/`.
    var isOurs: Bool {
        path.bytes.starts(with: Self.ownPrefix) && (path.bytes.count == 5 || path.bytes[5] == 0x2F)
    }

    private static let ownPrefix = Array("_site".utf8)
}
