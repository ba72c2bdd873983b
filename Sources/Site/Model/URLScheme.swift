import Text

/// What the scheme of an address says of it.
enum URLScheme {
    /// Whether a browser would run a script, or show a document of the author's own making, instead of going somewhere; it
    /// overlooks blanks before a scheme, and tabs and line breaks in it (WHATWG URL, 4.4).
    static func runsScripts(_ url: some Collection<UInt8>) -> Bool {
        var scheme: [UInt8] = []
        for byte in url {
            if byte == UInt8(ascii: ":") {
                return ["javascript", "vbscript", "data"].contains { scheme.elementsEqual($0.utf8) }
            }
            if byte == 0x09 || byte == 0x0A || byte == 0x0D || byte <= 0x20 && scheme.isEmpty { continue }
            if scheme.count > 10 { return false }
            scheme.append(byte.asciiLowercased)
        }
        return false
    }
}
