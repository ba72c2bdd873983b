import Formats
import TestSupport
import Testing
import Text

@Suite struct JSONReaderTests {
    private func read(_ text: String) -> DataDocument {
        DataReader.read(SourceFile(path: "a.json", text: text), as: .json)
    }

    /// What RFC 8259 allows; after JSONTestSuite.
    @Test(arguments: [
        ("[]", "[]"), (" [ ] ", "[]"), ("{}", "{}"), ("\t{\r\n}\n", "{}"), ("null", "null"), ("true", "true"),
        ("false", "false"), ("\"\"", "\"\""), ("[1,2]", "[1,2]"), ("-0", "0"), ("-1", "-1"), ("1.5", "1.5"),
        ("1e2", "100"),
        ("1E+2", "100"), ("1e-2", "0.01"), ("123.456e1", "1234.56"), ("0", "0"), ("0.0", "0"),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("\"\\u00e9\"", "\"é\""), ("\"\\ud83d\\ude00\"", "\"😀\""),
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""),
        ("\"\u{7f}\"", "\"\u{7f}\""), ("\"日本\"", "\"日本\""), ("{\"a\":{\"b\":[{}]}}", "{\"a\":{\"b\":[{}]}}"),
        ("{\"\":0}", "{\"\":0}"), ("\"\\u0000\"", "\"\\u0000\""), ("\u{feff}[1]", "[1]"),
        ("[1,[2,[3]]]", "[1,[2,[3]]]"),
    ])
    func wellFormedTextIsRead(_ text: String, _ expected: String) {
        let document = read(text)
        #expect(document.diagnostics == [])
        #expect(String(decoding: document.value.json(), as: UTF8.self) == expected)
    }

    /// What it forbids, with the place marked.
    @Test(arguments: [
        "«»", "[1«,]", "[,«1]", "[1 «2]", "{\"a\"«}", "{\"a\" «1}", "{«a:1}", "{\"a\":1,«}", "[«", "{«",
        "\"«abc", "«tru",
        "«nul", "«TRUE", "«'a'", "[«/* no */]", "01", "1.«", "1e«", "-«", "«+1", "«.5", "1«x", "[1]«]",
        "{}«{}", "\"a\tb\"",
        "\"\\«x\"", "\"\\u12«G4\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"",
        "[\"a\"«:1]", "«NaN",
        "«Infinity", "1e999", "{\"a\":1 «\"b\":2}", "[1}", "«}", "«]", "[-«]", "[1.]", "[1.e1]", "[0e]",
        "[0e+]", "{\"a\":}",
        "{1:1}", "{\"a\":1,,\"b\":2}", "[«", "\"\\", "\"\\u", "«\u{a0}1",
    ])
    func illFormedTextIsOneFindingAtItsPlace(_ marked: String) throws {
        let text = marked.filter { $0 != "«" && $0 != "»" }
        let document = read(text)
        #expect(document.diagnostics.count == 1)
        let finding = try #require(document.diagnostics.first)
        #expect(finding.code == .unreadableData)
        #expect(finding.location != nil)
    }

    @Test func aFindingIsWhereTheTextIsWrong() throws {
        let finding = try #require(read("{\n  \"a\": 1,\n  \"b\": tru\n}").diagnostics.first)
        #expect(finding.location?.line == 3 && finding.location?.column == 8)
        let comma = try #require(read("{\"a\": 1,}").diagnostics.first)
        #expect(comma.hint == "remove the comma before it")
        let key = try #require(read("{a: 1}").diagnostics.first)
        #expect(key.message == "a key in double quotes should be here")
    }

    @Test func aKeyGivenTwiceIsAFindingAtBothPlaces() throws {
        let text = MarkedText("{«\"a\"»: 1, \"b\": 2, «\"a\"»: 3}")
        let file = text.file("a.json")
        let document = DataReader.read(file, as: .json)
        let finding = try #require(document.diagnostics.first)
        #expect(finding.code == .duplicateKey)
        #expect(finding.location == file.location(of: text.ranges[1]))
        #expect(finding.notes.first?.location == file.location(of: text.ranges[0]))
        #expect(document.value["a"]?.integer == 1)
    }

    @Test func deepNestingIsAFindingAndNoCrash() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let document = read(
                String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000))
            #expect(document.diagnostics.map(\.code) == [.dataLimit])
        }
        let allowed = read(String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
        #expect(allowed.diagnostics == [])
    }

    @Test func invalidUTF8IsAFinding() throws {
        let file = SourceFile(
            path: RelativePath("a.json") ?? .root, bytes: Array("[\"a".utf8) + [0xFF] + Array("\"]".utf8))
        let finding = try #require(DataReader.read(file, as: .json).diagnostics.first)
        #expect(finding.code == .invalidUTF8 && finding.location?.column == 4)
    }

    @Test func valuesKnowTheirPlaces() {
        let text = MarkedText("{«\"k\"»: «[«1», «\"two\"»]»}")
        let value = DataReader.read(text.file("a.json"), as: .json).value
        #expect(value.entries["k".utf8]?.keyRange == text.ranges[0])
        #expect(value["k"]?.range == text.ranges[1])
        #expect(value["k"]?.elements.map(\.range) == [text.ranges[2], text.ranges[3]])
    }
}
