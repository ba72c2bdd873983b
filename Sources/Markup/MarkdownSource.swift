import Text

/// A text on its way to cmark-gfm, and the way back to the file.
struct MarkdownSource: Sendable {
    /// The text.
    var text: [UInt8]
    /// From ``text`` back to the file, first step first.
    var maps: [SourceMap] = []
    /// What is added after the last step back.
    var base = 0
    /// What the marks in ``text`` stand for.
    var marks: [MarkdownMark] = []
    /// Offsets in ``text`` of `:` that became list markers.
    var definitionMarks: [Int] = []
    /// How much of ``text`` is its own; after that come definitions of links from around it.
    var ownCount: Int
    /// The text before it was prepared; empty when nothing was changed.
    var original: [UInt8] = []
    /// From ``original`` back to the file.
    var originalMaps: [SourceMap] = []
    /// Lines that define links, from documents around this one.
    var inheritedDefinitions: [UInt8] = []
    /// What was found on the way, in offsets of ``original``.
    var findings: [Finding] = []
    /// Whether code may hold `{{</* … */>}}`.
    var hasEscapedCalls = false

    /// Something wrong.
    struct Finding: Sendable {
        var code: DiagnosticCode
        var message: String
        var range: Range<Int>
        var hint: String?
    }

    /// The text of a file from an offset on.
    init(_ file: SourceFile, from start: Int) {
        let start = min(max(0, start), file.bytes.count)
        text = Array(file.bytes[start...])
        base = start
        ownCount = text.count
    }

    /// The body of a component call, with the indentation and quote marks of the call's own line taken off.
    ///
    /// - Parameters:
    ///   - body: the body within `outer`.
    ///   - outer: the text that holds the call.
    ///   - callStart: where the call starts in it.
    ///   - maps: from `outer` back to the file.
    ///   - base: what is added after the last step back.
    init(body: Range<Int>, of outer: [UInt8], callStart: Int, maps: [SourceMap], base: Int) {
        var lineStart = callStart
        while lineStart > 0, outer[lineStart - 1] != 0x0A { lineStart -= 1 }
        let quotes = outer[lineStart..<callStart].count { $0 == UInt8(ascii: ">") }
        let lines = Self.lines(of: body, in: outer, quotes: quotes)
        // The first line goes on after the call; it has no indentation of its own unless it is empty.
        var common = Int.max
        for (number, line) in lines.enumerated() {
            let indentation = Self.indentation(outer, line)
            if indentation == line.count { continue }
            common = min(common, number == 0 ? 0 : indentation)
        }
        if common == Int.max { common = 0 }
        var text: [UInt8] = []
        text.reserveCapacity(body.count)
        var map = SourceMap()
        for (number, line) in lines.enumerated() {
            let dropped = number == 0 ? 0 : min(common, Self.indentation(outer, line))
            map.copy(at: text.count, from: line.lowerBound + dropped)
            text.append(contentsOf: outer[(line.lowerBound + dropped)..<line.upperBound])
        }
        self.text = text
        self.maps = maps + [map]
        self.base = base
        ownCount = text.count
    }

    /// The lines of a text that may define links.
    static func definitionLines(in text: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var index = 0
        while index < text.count {
            let lineStart = index
            while index < text.count, text[index] != 0x0A { index += 1 }
            index = min(text.count, index + 1)
            var at = lineStart
            while at < index, text[at] == 0x20, at - lineStart < 3 { at += 1 }
            guard at + 1 < index, text[at] == UInt8(ascii: "["), text[at + 1] != UInt8(ascii: "^") else {
                continue
            }
            while at + 1 < index, text[at] != UInt8(ascii: "]") { at += 1 }
            if at + 1 < index, text[at + 1] == UInt8(ascii: ":") { lines.append(lineStart..<index) }
        }
        return lines
    }

    /// Appends the definitions of links that stand outside a body, so that the body may use them.
    ///
    /// - Parameters:
    ///   - outer: the text around the body.
    ///   - lines: its ``definitionLines(in:)``.
    ///   - body: where the body lies in it.
    ///   - inherited: what is defined around that text.
    ///   - limit: at most so many bytes.
    /// - Returns: how many bytes were appended, or `nil` when they were too many.
    mutating func appendDefinitions(
        from outer: [UInt8], _ lines: [Range<Int>], outside body: Range<Int>, inherited: [UInt8], limit: Int
    ) -> Int? {
        guard text.contains(UInt8(ascii: "[")) else { return 0 }
        let outside = lines.filter { !body.contains($0.lowerBound) }
        let count = outside.reduce(inherited.count) { $0 + $1.count + 1 }
        if count > limit { return nil }
        var definitions = inherited
        for line in outside {
            definitions.append(contentsOf: outer[line])
            if definitions.last != 0x0A { definitions.append(0x0A) }
        }
        inheritedDefinitions = definitions
        if definitions.isEmpty { return 0 }
        text.append(contentsOf: [0x0A, 0x0A])
        text.append(contentsOf: definitions)
        return definitions.count
    }

    /// The lines of a body without the quote marks they start with, line feeds included.
    private static func lines(of body: Range<Int>, in outer: [UInt8], quotes: Int) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var index = body.lowerBound
        while index < body.upperBound {
            var start = index
            while index < body.upperBound, outer[index] != 0x0A { index += 1 }
            index = min(body.upperBound, index + 1)
            if quotes > 0, !lines.isEmpty {
                for _ in 0..<quotes {
                    var at = start
                    while at < index, outer[at] == 0x20 { at += 1 }
                    guard at < index, outer[at] == UInt8(ascii: ">") else { break }
                    start = at + 1
                    if start < index, outer[start] == 0x20 { start += 1 }
                }
            }
            lines.append(start..<index)
        }
        return lines
    }

    private static func indentation(_ bytes: [UInt8], _ line: Range<Int>) -> Int {
        var count = 0
        for index in line {
            if bytes[index] == 0x20 || bytes[index] == 0x09 { count += 1 } else { break }
        }
        if line.lowerBound + count < line.upperBound, bytes[line.lowerBound + count] == 0x0A {
            return line.count
        }
        return count
    }
}
