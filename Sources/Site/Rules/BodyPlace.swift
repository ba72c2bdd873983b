import Text

/// The line in which the text of a file begins. Heads of as many bytes may have other lines, and with them every place in the
/// text is told otherwise.
struct BodyPlace: Hashable, Sendable {
    /// That of a file which is all text.
    static let start = BodyPlace(lines: 0, before: .absent)

    /// How many lines end before the text; LF, CR LF and CR end one.
    let lines: Int
    /// What stands before the text in its first line: findings show the whole of it.
    let before: Fingerprint

    init(lines: Int, before: Fingerprint) {
        self.lines = lines
        self.before = before
    }

    /// - Complexity: O(n) in the bytes before the text.
    init(of start: Int, in bytes: [UInt8]) {
        var lines = 0
        var lineStart = 0
        for index in 0..<min(start, bytes.count) {
            let byte = bytes[index]
            guard byte == 0x0A || byte == 0x0D else { continue }
            if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
            lines += 1
            lineStart = index + 1
        }
        self.lines = lines
        before = lineStart < start ? Fingerprint(of: bytes[lineStart..<min(start, bytes.count)]) : .absent
    }
}
