import Text

/// Who may ask: the names by which this server may be called, and the pages that may ask it things.
///
/// The bytes of a request are anybody's, and every page open in the same browser is a client: a name that
/// resolves to this machine (DNS rebinding) or a script of a foreign page must get nothing. No
/// `X-Forwarded-…` field is ever read.
struct RequestGuard: Sendable {
    /// Names besides loopback's, lower case.
    private let names: Set<[UInt8]>
    /// Whether others than this machine can connect.
    private let isExposed: Bool

    /// A guard for a server with these options.
    init(_ options: PreviewOptions) {
        var names = Set(options.allowedHosts.map { Array($0.lowercased().utf8) })
        if let host = options.host { names.insert(Array(host.lowercased().utf8)) }
        self.names = names
        isExposed = options.host != nil
    }

    /// Lets a request pass or says why not.
    ///
    /// - Parameters:
    ///   - source: what the request says about where it is for and from.
    ///   - localAddress: the address of our end of the connection, as text: it is a fine name, since a page
    ///     that was loaded under a number was not loaded under a rebound name.
    ///   - isOurs: whether the path is one of the preview's own, below `/_site/`.
    /// - Throws: why not.
    func check(_ source: RequestSource, localAddress: String?, isOurs: Bool) throws(Refusal) {
        if let host = source.host {
            let name = try Self.name(of: host)
            let isAllowed =
                Self.isLoopback(name) || names.contains(name)
                || (isExposed && localAddress.map { Self.isAddress(name, $0) } ?? false)
            if !isAllowed {
                throw Refusal(
                    403, "this name is not served; call it localhost, or allow the name in site.json")
            }
        }
        if let origin = source.origin {
            guard let host = source.host,
                origin.asciiLowercased == Array("http://".utf8) + host.asciiLowercased
            else {
                throw Refusal(403, "other sites may not ask this server")
            }
        }
        // Same-origin GETs bear no Origin, so our own addresses also heed what the browser says of the asker.
        // A person who follows a link to the dashboard navigates; that reveals nothing to the page they left.
        if isOurs, let site = source.fetchSite, site != "same-origin", site != "none",
            source.fetchMode != "navigate" || source.fetchDestination != "document"
        {
            throw Refusal(403, "other sites may not ask this server")
        }
    }

    /// The name in `name`, `name:port` or `[address]:port`, lower case, an IPv6 address without its brackets.
    static func name(of host: [UInt8]) throws(Refusal) -> [UInt8] {
        let broken = Refusal.malformed("the Host field is not a name and a port")
        let name: ArraySlice<UInt8>
        var rest: ArraySlice<UInt8>
        if host.first == UInt8(ascii: "[") {
            guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { throw broken }
            name = host[1..<end]
            rest = host[(end + 1)...]
            guard
                name.allSatisfy({
                    $0.hexadecimalValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
                })
            else { throw broken }
        } else {
            let end = host.firstIndex(of: UInt8(ascii: ":")) ?? host.endIndex
            name = host[..<end]
            rest = host[end...]
            guard name.allSatisfy(isNameByte) else { throw broken }
        }
        if name.isEmpty { throw broken }
        if rest.popFirst() != nil {
            // What stood there is the colon, or anything after a bracket.
            guard host[rest.startIndex - 1] == UInt8(ascii: ":"), (1...5).contains(rest.count),
                rest.allSatisfy({ $0.isASCIIDigit }),
                rest.reduce(0, { $0 * 10 + Int($1 - 0x30) }) <= 65535
            else { throw broken }
        }
        return name.asciiLowercased
    }

    /// Whether a name is an address of ours as the system tells it: on a socket for all addresses, one of IPv4 has a prefix
    /// (RFC 4291, section 2.5.5.2).
    private static func isAddress(_ name: [UInt8], _ address: String) -> Bool {
        if name.elementsEqual(address.utf8) { return true }
        let prefix = "::ffff:"
        return address.hasPrefix(prefix) && name.elementsEqual(address.utf8.dropFirst(prefix.utf8.count))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    private static func isLoopback(_ name: [UInt8]) -> Bool {
        let localhost = Array("localhost".utf8)
        if name == localhost || name.elementsEqual("127.0.0.1".utf8) || name.elementsEqual("::1".utf8) {
            return true
        }
        // RFC 6761 §6.3: whatever ends in .localhost is this machine.
        return name.count > localhost.count + 1 && name.suffix(localhost.count).elementsEqual(localhost)
            && name[name.count - localhost.count - 1] == UInt8(ascii: ".") && name.first != UInt8(ascii: ".")
    }
}

/// What a request says about where it is for and from.
struct RequestSource {
    /// `Host`, or the authority of a target in absolute form.
    var host: [UInt8]?
    /// `Origin`.
    var origin: [UInt8]?
    /// `Sec-Fetch-Site`.
    var fetchSite: String?
    /// `Sec-Fetch-Mode`.
    var fetchMode: String?
    /// `Sec-Fetch-Dest`.
    var fetchDestination: String?
}
