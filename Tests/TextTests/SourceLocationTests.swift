import TestSupport
import Testing
import Text

@Suite struct SourceLocationTests {
    private func expectLocation(
        _ marked: String, line: Int, column: Int, length: Int, excerpt: String,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let text = MarkedText(marked)
        let range = try #require(text.ranges.first, sourceLocation: sourceLocation)
        let location = text.file("a.md").location(of: range)
        #expect(
            [location.line, location.column, location.length, location.excerptColumn] == [
                line, column, length, column,
            ],
            sourceLocation: sourceLocation)
        #expect(location.excerpt == excerpt, sourceLocation: sourceLocation)
    }

    @Test func `lines and columns count from one, in characters`() throws {
        try expectLocation("‸", line: 1, column: 1, length: 0, excerpt: "")
        try expectLocation("a«bc»d\n", line: 1, column: 2, length: 2, excerpt: "abcd")
        try expectLocation("a\nb\n‸", line: 3, column: 1, length: 0, excerpt: "")
        try expectLocation("é漢😀«x»", line: 1, column: 4, length: 1, excerpt: "é漢😀x")
        try expectLocation("a\r\nb«c»\r\n", line: 2, column: 2, length: 1, excerpt: "bc")
        try expectLocation("a\rb«c»\r", line: 2, column: 2, length: 1, excerpt: "bc")
        try expectLocation("a«b\nc»", line: 1, column: 2, length: 1, excerpt: "ab")
        try expectLocation("a‸\nc", line: 1, column: 2, length: 0, excerpt: "a")
    }

    @Test func `offsets past the end and inside a character do no harm`() {
        let file = SourceFile(path: "a", text: "é\nb")
        #expect(file.location(of: SourceRange(1, 2)).column == 1)
        let past = file.location(of: SourceRange(100, 200))
        #expect(past.line == 2)
        #expect(past.column == 2)
        let broken = SourceFile(path: RelativePath.root, bytes: [0x61, 0x80, 0x80, 0x62])
        #expect(broken.location(of: SourceRange(2, 3)).column == 3)
    }

    @Test func `a long line is cut around the place`() {
        let text = String(repeating: "é", count: 5000) + "X" + String(repeating: "漢", count: 5000)
        let file = SourceFile(path: "a", text: text)
        let location = file.location(of: SourceRange(10_000, 10_001))
        #expect(location.column == 5001)
        #expect(location.excerpt.utf8.count <= SourceLocation.excerptLimit + 3)
        let scalars = Array(location.excerpt.unicodeScalars)
        #expect(scalars[location.excerptColumn - 1] == "X")
        #expect(!location.excerpt.unicodeScalars.contains("\u{FFFD}"))
    }

    @Test func `a place is the same whatever was asked before`() {
        var random = RandomSource(seed: 5)
        for _ in 0..<200 {
            let bytes = random.bytes(
                count: random.below(40), from: [0x0A, 0x0D, 0x61, 0xC3, 0xA9, 0xE2, 0x82, 0xF0])
            let file = SourceFile(path: .root, bytes: bytes)
            for _ in 0..<20 {
                let start = random.below(bytes.count + 1)
                let range = SourceRange(start, start + random.below(5))
                let fresh = SourceFile(path: .root, bytes: bytes)
                #expect(file.location(of: range) == fresh.location(of: range), "\(bytes), \(range)")
            }
        }
    }

    @Test func `every offset of a random text has the line that counting gives`() {
        var random = RandomSource(seed: 4)
        for _ in 0..<200 {
            let bytes = random.bytes(count: random.below(20), from: [0x0A, 0x0D, 0x61, 0xC3, 0xA9])
            let file = SourceFile(path: .root, bytes: bytes)
            var line = 1
            for offset in 0...bytes.count {
                if offset > 0, bytes[offset - 1] == 0x0A || bytes[offset - 1] == 0x0D,
                    bytes[(offset - 1)...].prefix(2) != [0x0D, 0x0A]
                {
                    line += 1
                }
                #expect(
                    file.location(of: SourceRange(at: offset)).line == line, "\(bytes) \(offset)")
            }
        }
    }
}
