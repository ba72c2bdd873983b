@testable import Formats
import Foundation
import TestSupport
import Testing
import Text

/// What `PlainYAML` reads is what libyaml reads, to the last offset; what it does not read, it declines.
struct PlainYAMLTests {
    /// The difference between the two ways, if there is one, and whether the short way was taken.
    static func compare(_ bytes: [UInt8], _ part: Range<Int>) -> (isTaken: Bool, difference: String?) {
        // All other text is refused before either way.
        guard UTF8Validation.firstInvalidOffset(in: bytes[part]) == nil else { return (false, nil) }
        guard let plain = PlainYAML.read(bytes, part) else { return (false, nil) }
        let file = SourceFile(path: RelativePath("a") ?? .root, bytes: bytes)
        let document = YAMLReader.readThroughEvents(file, part)
        var problems: [String] = []
        if let finding = document.diagnostics.first {
            problems.append("a finding is missing: \(finding.message)")
        }
        if plain.node != document.value.node || plain.tree.words != document.value.tree.words
            || plain.tree.heap != document.value.tree.heap
        {
            problems.append("\(show(plain, bytes)) instead of \(show(document.value, bytes))")
        }
        guard !problems.isEmpty else { return (true, nil) }
        return (true, "\(String(decoding: bytes[part], as: UTF8.self).debugDescription): \(problems)")
    }

    private static func show(_ value: DataValue, _ bytes: [UInt8]) -> String {
        var ranges: [SourceRange] = []
        var values = [value]
        while let next = values.popLast() {
            ranges.append(next.range)
            values += Array(next.elements)
            for entry in next.entries {
                ranges.append(entry.keyRange)
                values.append(entry.value)
            }
        }
        return String(decoding: value.json(), as: UTF8.self)
            + MarkedText.marking(ranges, in: bytes).debugDescription
    }

    private func expectRead(
        _ text: String, isTaken: Bool, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let bytes = Array(text.utf8)
        let found = Self.compare(bytes, 0..<bytes.count)
        #expect(found.difference == nil, sourceLocation: sourceLocation)
        #expect(found.isTaken == isTaken, "\(text.debugDescription)", sourceLocation: sourceLocation)
    }

    @Test(arguments: ReaderCase.all("heads.txt"))
    func headsOfOtherGeneratorsAreRead(_ head: ReaderCase) {
        expectRead(head.text, isTaken: true)
    }

    @Test(arguments: ReaderCase.all("yaml.txt"))
    func casesAreReadAsByEvents(_ example: ReaderCase) {
        let bytes = Array(example.text.utf8)
        for end in 0...bytes.count { #expect(Self.compare(bytes, 0..<end).difference == nil) }
    }

    @Test(arguments: [
        "a:", "a: b", "a:\n", "a:  \n", "a: # b", "a:\n\n# b\n", "# a\nb: c # d\n\n  # e\n", "a: b#c",
        "a: C#\n",
        "a: http://b:80/?c#d\n", "a: it's \"b\", [c] & *d\n", "a: -b\n", "a: []\n", "a: [ ]  # b\n",
        "a: [b, c,]\n",
        "a: [C#, it's, b:c]\n", "a: '\\'\n", "a: \" b: # \"\n", "a:\n- b\n- c: d\n  e: f\ng: h\n",
        "a:\n  - b\n  # c\n\n  - d\n# e\nf: g\n", "a:\n    b:\n     c: d\n    e:\nf: g",
        "a: >-\n  b: c # d\n  - e \nf: g\n", "a: |\n    b\n    c\n\n\n# d\ne: f\n",
        "a:\n  b: >\n   c\n   d\n",
        "a:\n- b: |-\n    c\n  d: e\n", "cSpell:ignore: a\nb.c: d\ne::f: g\n", "a: é\nb: 日\u{A0}\n# 😀\n",
    ])
    func plainTextIsTaken(_ text: String) {
        expectRead(text, isTaken: true)
    }

    @Test(arguments: [
        "", "# a\n", "a", "- a\n", "[a]", "{a: b}", " a: b\n", "a: b\n c\n", "a: b: c\n", "a: b:\n", "a:b\n",
        "a : b\n",
        "a: b\na: b\n", "a: b\r\n", "a:\tb\n", "a: b\t\n", "a: \"b\\n\"\n", "a: 'b''c'\n", "a: \"b\" c\n",
        "a: \"b\"#c\n",
        "a: 'b\n", "a: |+\n  b\n", "a: |2\n  b\n", "a: | # b\n  c\n", "a: |\n  b", "a: |\n\n  b\n",
        "a: |\n  b\n\n  c\n",
        "a: |\n  b\n   c\n", "a: |\n  b\n c\n", "a: |\n  b\n   \nc: d\n", "a: |\n  b\n\n  # c\n",
        "a: >\nb: c\n",
        "a: |\n", "a: > \n  b\n", "- >\n  a\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: ? b\n", "a: - b\n",
        "a: {b: c}\n",
        "a: [b: c]\n", "a: [[b]]\n", "a: [b\n", "a: [b,\n c]\n", "a: [b #c]\n", "a: [b?]\n", "a: [-]\n",
        "a: [,]\n",
        "a: @b\n", "a: `b\n", "a: %b\n", "<<: a\n", "\"a\": b\n", "1: a\n", "a: b\n---\n", "---\na: b\n",
        "a: b\n...\n",
        "a:\n  b: c\n d: e\n", "a:\n  - b\n - c\n", "a:\n  - b\n  c: d\n", "a:\n- b\n  c\n", "a:\n- - b\n",
        "a:\n-\n",
        "a:\n  b\n", "a: b\u{85}", "a: b\u{2028}", "\u{FEFF}a: b", "a: \u{7F}", "a: \u{1}", "# \u{1}\na: b",
        "a: \u{FFFE}",
    ])
    func allElseIsDeclined(_ text: String) {
        expectRead(text, isTaken: false)
    }

    @Test func lettersAreTakenAndControlCharactersAreNot() {
        for scalars in [
            0...0x7FF, 0x1FF0...0x207F, 0xD7F0...0xE00F, 0xFD00...0x1_000F, 0x1F600...0x1F60F,
            0x10_FFF0...0x10_FFFF,
        ] {
            for scalar in scalars.compactMap({ Unicode.Scalar(UInt32($0)) }) {
                let isPlain =
                    switch scalar.value {
                    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
                    default: scalar.value > 0xFFFF
                    }
                // At any place of the eight bytes that are looked at together.
                let space = String(repeating: "b", count: 1 + Int(scalar.value % 8))
                expectRead("a: \(space)\(Character(scalar))b # c\n", isTaken: isPlain)
            }
        }
    }

    @Test(arguments: [0, 15, 16, 40])
    func deepNestingIsDeclined(_ depth: Int) {
        let lines = (0...depth).map {
            String(repeating: " ", count: $0) + "a:" + ($0 == depth ? " b\n" : "\n")
        }
        expectRead(lines.joined(), isTaken: depth < 16)
    }

    /// The YAML heads of a corpus, in whole files; none where there is no corpus.
    static func realHeads(of corpus: String) -> [(path: String, bytes: [UInt8], head: Range<Int>)] {
        let folder = (Repository.shared ?? "") + "/corpora/" + corpus
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".md") }.sorted().compactMap { path in
            let bytes = Repository.bytes(ofFile: folder + "/" + path) ?? []
            let split = FrontMatterSplitter.split(SourceFile(path: RelativePath("a") ?? .root, bytes: bytes))
            return split.format == .yaml ? (path, bytes, Int(split.head.start)..<Int(split.head.end)) : nil
        }
    }

    @Test(.enabled(if: Repository.shared != nil), arguments: [("swift-blog", 95), ("otel-site", 75)])
    func headsOfRealSitesAreReadAsByEvents(_ corpus: String, _ percent: Int) {
        let heads = Self.realHeads(of: corpus)
        var taken = 0
        for (path, bytes, head) in heads {
            let found = Self.compare(bytes, head)
            #expect(found.difference == nil, "\(path)")
            taken += found.isTaken ? 1 : 0
        }
        #expect(heads.count > 100)
        #expect(
            taken * 100 >= heads.count * percent, "\(taken) of \(heads.count) heads of \(corpus) are plain")
    }
}
