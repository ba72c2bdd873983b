import Testing
import Text

@Suite struct JSONWriterTests {
    private func expectJSON(
        _ expected: String, _ layout: JSONWriter.Layout = .compact,
        sourceLocation: Testing.SourceLocation = #_sourceLocation, write: (inout JSONWriter) -> Void
    ) {
        var json = JSONWriter(layout)
        write(&json)
        let text = String(decoding: json.finish(), as: UTF8.self)
        #expect(text == expected, sourceLocation: sourceLocation)
    }

    private func sample(_ json: inout JSONWriter) {
        json.beginObject()
        json.key("a")
        json.beginArray()
        json.number(1)
        json.string("x\"")
        json.beginObject()
        json.endObject()
        json.beginArray()
        json.endArray()
        json.endArray()
        json.key("é")
        json.null()
        json.key("b")
        json.beginObject()
        json.key("c")
        json.boolean(true)
        json.key("d")
        json.raw(Array("[0]".utf8))
        json.endObject()
        json.endObject()
    }

    @Test func `compact has no space`() {
        expectJSON(#"{"a":[1,"x\"",{},[]],"é":null,"b":{"c":true,"d":[0]}}"#, write: sample)
    }

    @Test func `pretty has two spaces a level`() {
        expectJSON(
            """
            {
              "a": [
                1,
                "x\\"",
                {},
                []
              ],
              "é": null,
              "b": {
                "c": true,
                "d": [0]
              }
            }

            """, .pretty, write: sample)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "-0.0"), (1, "1"), (-17, "-17"), (0.1, "0.1"), (1.5, "1.5"),
            (1e15, "1000000000000000"),
            (9_007_199_254_740_991, "9007199254740991"), (1e16, "1e+16"), (1e300, "1e+300"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
            (0.30000000000000004, "0.30000000000000004"),
        ] as [(Double, String)])
    func `numbers come back as they were`(number: Double, expected: String) {
        expectJSON(expected) { $0.number(number) }
        if number.isFinite { #expect(Double(expected)?.bitPattern == number.bitPattern) }
    }

    @Test func `a single value is a text`() {
        expectJSON("\"\"") { $0.string("") }
        expectJSON("false\n", .pretty) { $0.boolean(false) }
        expectJSON("-9223372036854775808") { $0.number(Int.min) }
    }
}
