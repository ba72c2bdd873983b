public import Text

/// The heading of level 1 that a text begins with: in files without front matter it is the title.
public enum LeadingHeading {
    /// The text of that heading without marks.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - start: where the Markdown begins in it, after its front matter.
    /// - Returns: the text, or `nil` when the file's text begins with anything else.
    /// - Complexity: O(1) but for the length of the first two lines.
    public static func text(in file: SourceFile, from start: Int) -> [UInt8]? {
        guard let lines = lines(in: file.bytes, from: start) else { return nil }
        let part = SourceFile(path: file.path, bytes: Array(file.bytes[lines]))
        guard let heading = Markdown.render(part).headings.first, heading.level == 1, !heading.text.isEmpty
        else { return nil }
        return heading.text
    }

    /// Whether a text begins with something that may be such a heading.
    public static func mayBe(in bytes: [UInt8], from start: Int) -> Bool {
        lines(in: bytes, from: start) != nil
    }

    /// The line of an ATX heading, or the two of a setext heading (CommonMark 0.31.2, 4.2 and 4.3).
    private static func lines(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        var begin = min(max(0, start), bytes.count)
        while begin < bytes.count, bytes[begin] == 0x0A || bytes[begin] == 0x0D { begin += 1 }
        let end = lineEnd(bytes, begin)
        let first = content(bytes, begin..<end)
        guard let first else { return nil }
        if bytes[first.lowerBound] == UInt8(ascii: "#") {
            let next = first.lowerBound + 1
            return next < end && (bytes[next] == 0x20 || bytes[next] == 0x09) ? begin..<end : nil
        }
        var after = end
        if after < bytes.count, bytes[after] == 0x0D { after += 1 }
        if after < bytes.count, bytes[after] == 0x0A { after += 1 }
        let secondEnd = lineEnd(bytes, after)
        guard let second = content(bytes, after..<secondEnd),
            bytes[second].allSatisfy({ $0 == UInt8(ascii: "=") || $0 == 0x20 || $0 == 0x09 })
        else { return nil }
        return begin..<secondEnd
    }

    private static func lineEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    }

    /// A line without the blanks before it; `nil` for an empty line and for one that is code.
    private static func content(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int>? {
        guard let first = bytes[line].firstIndex(where: { $0 != 0x20 }), first - line.lowerBound < 4 else {
            return nil
        }
        return first..<line.upperBound
    }
}
