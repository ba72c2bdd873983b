import Formats
import TestSupport
import Testing
import Text

@Suite struct DataValueTests {
    private func value(_ yaml: String) -> DataValue {
        DataReader.read(SourceFile(path: "a", text: yaml), as: .yaml).value
    }

    private func json(_ value: DataValue?) -> String {
        value.map { String(decoding: $0.json(), as: UTF8.self) } ?? "absent"
    }

    @Test func pathsLeadIntoMapsAndLists() {
        let data = value("a: {b: [x, {c: 1}]}\n\"d.e\": 2\n")
        #expect(json(data.value(at: "a.b.1.c")) == "1")
        #expect(json(data.value(at: "")) == json(data))
        #expect(json(data.value(at: ["d.e"])) == "2")
        for path in ["a.x", "a.b.2", "a.b.-1", "a.b.x", "a.b.0.c", "d.e"] {
            #expect(data.value(at: path) == nil, "\(path)")
        }
    }

    @Test func fingerprintsDoNotDependOnFormatOrPlace() {
        let one = value("b: 1\na: [x, {d: true, c: null}]\n")
        let two = DataReader.read(
            SourceFile(path: "b", text: "  {\"b\": 1,\n \"a\": [\"x\", {\"d\": true, \"c\": null}]}"),
            as: .json
        ).value
        #expect(one.fingerprint == value("b:   1\na:\n- x\n- d: true\n  c: null").fingerprint)
        // Who goes through the keys sees their order.
        #expect(one != value("a: [x, {d: true, c: null}]\nb: 1"))
        #expect(one.fingerprint != value("a: [x, {d: true, c: null}]\nb: 1").fingerprint)
        #expect(one.value(at: "b")?.fingerprint == two.value(at: "b")?.fingerprint)
        #expect(one.value(at: "a.1.d")?.fingerprint == two.value(at: "a.1.d")?.fingerprint)
        #expect(one.fingerprint(at: ["none"]) == .absent)
        #expect(value("a: 1").fingerprint != value("a: '1'").fingerprint)
        #expect(value("[ab, c]").fingerprint != value("[a, bc]").fingerprint)
        #expect(value("[a, [b]]").fingerprint != value("[a, b]").fingerprint)
        #expect(value("{a: 1}").fingerprint != value("{b: 1}").fingerprint)
    }

    @Test func largeMapsAreFoundIn() {
        let entries = (0..<5000).map { (key: "k\(($0 * 7919) % 5000)", value: DataValue("v\($0)")) }
        let map = DataValue(entries)
        #expect(map.count == 5000)
        for entry in entries { #expect(map[entry.key] == entry.value) }
        #expect(map["k5000"] == nil && map[""] == nil)
        #expect(map.entries.map(\.keyText) == entries.map(\.key))
    }

    @Test func valuesComeBackFromTheStore() {
        let data = value(
            "a: [1, -2.5, 2026-01-02 03:04:05.6 +01:00, null, true, é, {}, []]\nb: &x {c: *y}\nd: {e: {f: g}}\n"
        )
        #expect(DataValue(decoding: data.encoded()[...]) == data)
        for part in [data["a"], data.value(at: "d.e"), data.value(at: "a.2"), data.value(at: "a.0")] {
            let decoded = part.flatMap { DataValue(decoding: $0.encoded()[...]) }
            #expect(decoded == part && decoded?.range == part?.range)
        }
        let date = DataValue(decoding: (data.value(at: "a.2") ?? .null).encoded()[...])?.date
        #expect(date?.text == "2026-01-02T03:04:05.6+01:00")
    }

    @Test func datesWithoutATextOfTheirOwnAreWrittenAsRFC3339HasThem() {
        let dates: [(DateTimeParts?, String)] = [
            (DateTimeParts(year: 7, month: 1, day: 2), "0007-01-02"),
            (DateTimeParts(year: 2026, month: 12, day: 31, hour: 0, minute: 5), "2026-12-31T00:05:00"),
            (
                DateTimeParts(
                    year: 2026, month: 1, day: 2, hour: 23, minute: 59, second: 60, nanosecond: 12_300_000,
                    offsetSeconds: 0), "2026-01-02T23:59:60.0123Z"
            ),
            (
                DateTimeParts(year: 2026, month: 1, day: 2, hour: 3, minute: 4, offsetSeconds: -34_200),
                "2026-01-02T03:04:00-09:30"
            ),
            (
                DateTimeParts(
                    year: 2026, month: 1, day: 2, hour: 3, minute: 4, nanosecond: 1, offsetSeconds: 45_900),
                "2026-01-02T03:04:00.000000001+12:45"
            ),
        ]
        for (date, text) in dates {
            guard let date else {
                Issue.record("\(text) is a date")
                continue
            }
            var builder = DataBuilder()
            let node = builder.date(date)
            let value = builder.finish(node)
            #expect(date.text == text)
            #expect(value.text == Array(text.utf8)[...])
        }
    }

    @Test func aDamagedStoreGivesNothingOrSomethingButNeverTraps() {
        let bytes = value("a: [1, 2.5, 2026-01-02, {b: [c, é]}]\nd: e\n").encoded()
        for count in 0..<bytes.count { #expect(DataValue(decoding: bytes.prefix(count)) == nil) }
        var random = RandomSource(seed: 11)
        for _ in 0..<5000 {
            var damaged = bytes
            for _ in 0...random.below(3) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
            if let found = DataValue(decoding: damaged[...]) {
                _ = found.json()
                _ = found.fingerprint
                _ = found["a"]?.elements.map(\.double)
                _ = found.value(at: "a.2")?.date?.text
            }
        }
    }

    @Test func oneMapIsLaidOverAnother() {
        let base = value("a: {x: 1, y: 2}\nb: [1]\nc: 3\n")
        #expect(
            json(base.overlaid(with: value("a: {y: 5, z: 6}\nb: [2]\nd: 7\n")))
                == #"{"a":{"x":1,"y":5,"z":6},"b":[2],"c":3,"d":7}"#)
        #expect(
            json(base.replacing(["a", "y"], with: DataValue("n"))) == #"{"a":{"x":1,"y":"n"},"b":[1],"c":3}"#)
        #expect(
            json(base.replacing(["e", "f"], with: DataValue("n")))
                == #"{"a":{"x":1,"y":2},"b":[1],"c":3,"e":{"f":"n"}}"#)
        #expect(json(DataValue.null.replacing(["a"], with: .null)) == #"{"a":null}"#)
    }

    @Test func typedTextIsJSONWhereItIsJSON() {
        for (text, expected) in [
            ("10", "10"), ("true", "true"), ("[\"a\"]", "[\"a\"]"), ("My blog", "\"My blog\""), ("", "\"\""),
            ("\"q\"", "\"q\""), ("01", "\"01\""),
        ] {
            #expect(json(DataValue(typed: text)) == expected)
        }
    }

    @Test func aSchemaSaysWhatItExpects() {
        let schema = Schema.object([
            .init("size", .integer(1...9), "S", default: "3"),
            .init("names", .oneOf(.string, .list(.string)), "N"),
            .init("inner", .object([.init("on", .boolean, "O")]), "I"), .init("free", .map(.integer), "F"),
        ])
        func messages(_ yaml: String) -> [String] {
            let file = SourceFile(path: "a", text: yaml)
            return schema.findings(in: DataReader.read(file, as: .yaml).value, of: file, named: "a").map(
                \.message)
        }
        #expect(messages("size: 3\nnames: [a]\ninner: {on: true}\nfree: {x: 1, y: 2}\n") == [])
        #expect(messages("names: a\ninner:\n") == [])
        #expect(messages("size: 10") == ["size should be a whole number from 1 to 9, not the number 10"])
        #expect(messages("names: [a, [b]]") == ["element 2 of names should be text, not a list"])
        #expect(messages("names: {}") == ["names should be text or a list of text, not a map"])
        #expect(messages("inner: {of: 1}") == ["inner has no key \"of\""])
        #expect(messages("free: {x: y}") == ["x should be a whole number, not \"y\""])
        #expect(messages("[1]") == ["a should be a map, not a list"])
        #expect(
            json(
                schema.accepted(
                    of: value("size: 10\nnames: [a, [b]]\ninner: {on: x}\nother: 1\nfree: {x: 1, y: z}\n")))
                == #"{"names":["a"],"inner":{},"free":{"x":1}}"#)
        #expect(schema.rows.map(\.path) == ["size", "names", "inner", "inner.on", "free"])
    }
}
