public import Text

/// Where a page is: its URL below the base URL, and the file that a host serves for it.
public struct OutputRoute: Hashable, Sendable {
    /// The path of the URL, starting with a slash, not escaped: `/posts/héllo/`.
    public let url: [UInt8]
    /// The file below the output folder: `posts/héllo/index.html`.
    public let path: RelativePath

    /// What is wrong with a URL.
    public enum Problem: Error, Equatable {
        /// `..` leads out of the output folder.
        case leavesOutput
        /// A byte that no file name or URL path can have: NUL, a control character, a backslash.
        case invalidCharacter
        /// A component of more than 255 bytes: no file system takes it.
        case tooLong
        /// `?` or `#`: a file cannot be told apart by them.
        case hasQuery

        /// The sentence for a finding.
        public var message: String {
            switch self {
            case .leavesOutput: "leads out of the output folder"
            case .invalidCharacter: "holds a character that no file name can have"
            case .tooLong: "has a part of more than 255 bytes, too long for a file name"
            case .hasQuery: "must not hold ? or #"
            }
        }
    }

    private init(url: [UInt8], path: RelativePath) {
        self.url = url
        self.path = path
    }

    /// The route of a URL path as a pattern, a front matter key or an alias gives it; a missing first slash is
    /// added, doubled slashes are one, and percent escapes are taken as what they stand for.
    ///
    /// - Parameters:
    ///   - text: the URL path.
    ///   - style: what a URL without extension means.
    ///   - hasTrailingSlash: whether URLs of pretty style end in a slash.
    /// - Returns: the route, or what is wrong with the URL.
    public static func make(
        _ text: some Collection<UInt8>, style: URLStyle = .pretty, hasTrailingSlash: Bool = true
    ) -> Result<OutputRoute, Problem> {
        if style == .pretty, let route = plain(text, hasTrailingSlash: hasTrailingSlash) {
            return .success(route)
        }
        if text.contains(UInt8(ascii: "?")) || text.contains(UInt8(ascii: "#")) { return .failure(.hasQuery) }
        let bytes = Percent.decoded(Array(text))
        if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) {
            return .failure(.invalidCharacter)
        }
        var components: [ArraySlice<UInt8>] = []
        for component in bytes.split(separator: UInt8(ascii: "/")) where !component.elementsEqual(".".utf8) {
            // Even one that stays inside is a slip or worse: no URL of a page has one.
            if component.elementsEqual("..".utf8) { return .failure(.leavesOutput) }
            if component.count > 255 { return .failure(.tooLong) }
            components.append(component)
        }
        guard let last = components.last else {
            return .success(OutputRoute(url: [slash], path: RelativePath(unchecked: index)))
        }
        let joined = Array(components.joined(separator: [slash]))
        let endsInSlash = bytes.last == slash
        if !endsInSlash, hasKnownExtension(last) {
            return .success(OutputRoute(url: [slash] + joined, path: RelativePath(unchecked: joined)))
        }
        if last.count > 250 { return .failure(.tooLong) }
        switch style {
        case .pretty:
            return .success(
                OutputRoute(
                    url: [slash] + joined + (hasTrailingSlash ? [slash] : []),
                    path: RelativePath(unchecked: joined + [slash] + index)))
        case .file where !endsInSlash:
            let file = joined + html
            return .success(OutputRoute(url: [slash] + file, path: RelativePath(unchecked: file)))
        case .bare where !endsInSlash:
            return .success(OutputRoute(url: [slash] + joined, path: RelativePath(unchecked: joined + html)))
        case .file, .bare:
            return .success(
                OutputRoute(
                    url: [slash] + joined + [slash], path: RelativePath(unchecked: joined + [slash] + index)))
        }
    }

    /// The route of a URL path of the usual form, `/posts/hello/`, of which nothing need be looked at twice: letters, digits
    /// and hyphens between single slashes; `nil` for any other.
    private static func plain(_ text: some Collection<UInt8>, hasTrailingSlash: Bool) -> OutputRoute? {
        var length = 0
        for byte in text {
            if byte == slash {
                // The first slash has nothing before it.
                if length == 1 || length > 251 { return nil }
                length = 1
            } else {
                guard length > 0, byte.isASCIILetter || byte.isASCIIDigit || byte == hyphen else {
                    return nil
                }
                length += 1
            }
        }
        // Without one at its end, what looks like the name of a file is another matter, but such a name has a dot.
        if length == 0 || length > 251 || text.count == 1 { return nil }
        var url = Array(text)
        if length > 1 { url.append(slash) }
        var path: [UInt8] = []
        path.reserveCapacity(url.count - 1 + index.count)
        path.append(contentsOf: url[1...])
        path.append(contentsOf: index)
        if !hasTrailingSlash { url.removeLast() }
        return OutputRoute(url: url, path: RelativePath(unchecked: path))
    }

    /// The URL path with everything escaped that a URL must not hold (RFC 3986): what goes into links.
    public var escapedURL: [UInt8] {
        let isPlain = url.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || $0 == Self.hyphen || $0 == Self.slash
        }
        return isPlain ? url : Self.escaped(url)
    }

    /// A URL path with everything escaped that it must not hold: bytes outside ASCII, blanks, and
    /// ``"<>\^`{|}%?#``.
    public static func escaped(_ url: some Collection<UInt8>) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        var escaped: [UInt8] = []
        escaped.reserveCapacity(url.count)
        for byte in url {
            let isLetter = byte.isASCIILetter || byte.isASCIIDigit
            if isLetter || kept.contains(byte) {
                escaped.append(byte)
            } else {
                escaped.append(UInt8(ascii: "%"))
                escaped.append(digits[Int(byte >> 4)])
                escaped.append(digits[Int(byte & 15)])
            }
        }
        return escaped
    }

    private static let kept = Array("/-._~!$&'()*+,;=:@".utf8)
    private static let slash = UInt8(ascii: "/")
    private static let hyphen = UInt8(ascii: "-")
    private static let index = Array("index.html".utf8)
    private static let html = Array(".html".utf8)
    private static let extensions = Set(
        [
            "html", "htm", "xhtml", "xml", "json", "jsonld", "txt", "md", "php", "asp", "aspx", "jsp", "cgi",
            "js",
            "mjs", "css", "csv", "tsv", "pdf", "atom", "rss", "rdf", "svg", "png", "jpg", "jpeg", "gif",
            "webp", "avif",
            "ics", "webmanifest", "yaml", "yml", "toml", "zip", "gz", "epub", "wasm",
        ].map { Array($0.utf8) })

    private static func hasKnownExtension(_ name: ArraySlice<UInt8>) -> Bool {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return extensions.contains(name[(dot + 1)...].asciiLowercased)
    }
}
