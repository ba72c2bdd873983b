import Formats
import TestSupport
import Testing
import Text

@Suite struct FrontMatterSplitterTests {
    /// The first mark is the head, the second what is left of the body's start.
    private func expectSplit(
        _ marked: String, _ format: DataFormat?, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let text = MarkedText(marked)
        let split = FrontMatterSplitter.split(text.file("a.md"))
        #expect(split.format == format, sourceLocation: sourceLocation)
        #expect(split.diagnostics == [], sourceLocation: sourceLocation)
        if format != nil { #expect(split.head == text.ranges[0], sourceLocation: sourceLocation) }
        #expect(split.bodyStart == text.ranges.last.map { Int($0.start) }, sourceLocation: sourceLocation)
    }

    @Test func eachFormatHasItsFence() {
        expectSplit("---\n«a: 1\n»---\n‸Body", .yaml)
        expectSplit("+++\n«a = 1\n»+++\n‸Body", .toml)
        expectSplit("«{\"a\": \"}\"}»\n‸Body", .json)
        expectSplit("«{\n}»  \r\n‸Body", .json)
        expectSplit("---\n«»---\n‸", .yaml)
        expectSplit("---\n«a: 1\n»...\n‸Body", .yaml)
    }

    @Test func blanksAndLineEndsDoNotMatter() {
        expectSplit("\n\n+++  \n«a = 1\n»+++\t\n‸Body", .toml)
        expectSplit("---\r\n«a: 1\r\n»---\r\n‸Body", .yaml)
        expectSplit("---\r«a: 1\r»---\r‸Body", .yaml)
        expectSplit("\u{feff}---\n«a: 1\n»---\n‸Body", .yaml)
        expectSplit("---\n«a: 1\n»---‸", .yaml)
    }

    @Test func delimitersInsideTextDoNotClose() {
        expectSplit("---\n«a: ---\nb: |\n  ---\n----\n»---\n‸x", .yaml)
        expectSplit("+++\n«a = '''\n ++++\n'''\n»+++\n‸x", .toml)
    }

    @Test func otherFilesHaveNone() {
        for text in [
            "‸", "‸Body", "‸# T\n---\na: 1\n---\n", "‸----\n", "‸ ---\na: 1\n---\n", "‸{{< x >}}\n",
            "‸{% x %}", "‸--- a\n---\n", "‸---\n\nA rule above.\n", "‸++\n", "‸---", "‸{\n", "\u{feff}‸Body",
        ] {
            expectSplit(text, nil)
        }
    }

    @Test(arguments: [
        ("---\ntitle: a\n\nBody", "---"), ("+++\na = 1\n", "+++"), ("{\"a\": 1\n", "}"),
        ("---\n# c\na:\n  b: 1", "---"),
    ])
    func aFenceThatIsNotClosedIsAFinding(_ text: String, _ delimiter: String) throws {
        let split = FrontMatterSplitter.split(SourceFile(path: "a.md", text: text))
        let finding = try #require(split.diagnostics.first)
        #expect(finding.code == .unclosedFrontMatter && finding.location?.line == 1)
        #expect(finding.hint == "end it with a line of \(delimiter)")
        #expect(split.bodyStart == text.utf8.count)
    }

    @Test func twoHyphensAreTextWithAWord() throws {
        for text in ["--\ntitle: a\n--\nBody", "-- \r\n# c\ntitle: a\n"] {
            let split = FrontMatterSplitter.split(SourceFile(path: "a.md", text: text))
            #expect(split.format == nil && split.bodyStart == 0)
            #expect(split.diagnostics.map(\.code) == [.shortDelimiter])
        }
        for text in ["--\n\nText.\n", "- - a: b\n", "----\na: 1\n", "--"] {
            let split = FrontMatterSplitter.split(SourceFile(path: "a.md", text: text))
            #expect(split.diagnostics == [], "\(text)")
        }
    }

    @Test func nothingTrapsWhereverTheTextIsCut() {
        for text in ["\n---\r\na: 1\r\n---\r\nx", "+++\na\n+++ \n", "{\"a\": \"\\\"}\", \"b\": [{}]}\n x"] {
            let bytes = Array(text.utf8)
            for count in 0...bytes.count {
                let split = FrontMatterSplitter.split(
                    SourceFile(path: RelativePath("a") ?? .root, bytes: Array(bytes.prefix(count))))
                #expect(split.bodyStart <= count && Int(split.head.end) <= split.bodyStart)
            }
        }
    }
}
