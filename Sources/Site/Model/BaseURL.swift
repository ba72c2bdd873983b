import Text

/// The address at which the site will be: scheme and host, and a path before every page's own.
public struct BaseURL: Hashable, Sendable {
    /// Scheme, host and port: `https://example.org`; empty when the site does not say where it will be.
    public let origin: String
    /// The path, with a slash at both ends; `/` when there is none.
    public let path: String

    private init(origin: String, path: String) {
        self.origin = origin
        self.path = path
    }

    /// No address: links are root-relative only.
    public static let none = BaseURL(origin: "", path: "/")

    /// An absolute `http` or `https` URL, or a path alone; `nil` for anything else.
    public init?(_ text: String) {
        if text.isEmpty {
            self = .none
            return
        }
        let bytes = Array(text.utf8)
        guard
            bytes.allSatisfy({
                $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "<") && $0 != 0x7F
            }),
            !bytes.contains(UInt8(ascii: "?")), !bytes.contains(UInt8(ascii: "#"))
        else { return nil }
        var rest = bytes[...]
        var origin: [UInt8] = []
        if bytes.first != UInt8(ascii: "/") || bytes.starts(with: "//".utf8) {
            let lower = String(text.prefix(8)).lowercased()
            let scheme: String
            if lower.hasPrefix("https://") {
                scheme = "https://"
            } else if lower.hasPrefix("http://") {
                scheme = "http://"
            } else {
                return nil
            }
            rest = rest.dropFirst(scheme.utf8.count)
            let host = rest.prefix { $0 != UInt8(ascii: "/") }
            guard !host.isEmpty else { return nil }
            rest = rest.dropFirst(host.count)
            origin = Array(scheme.utf8) + host.asciiLowercased
        }
        var path = "/"
        for part in rest.split(separator: UInt8(ascii: "/")) {
            if part.elementsEqual("..".utf8) { return nil }
            path += String(decoding: part, as: UTF8.self) + "/"
        }
        self.init(origin: String(decoding: origin, as: UTF8.self), path: path)
    }
}
