import Formats
import TestSupport
import Testing
import Text

/// What the readers of YAML, TOML and tables do beyond what `ReaderCases` compares.
@Suite struct ReaderTests {
    private func read(_ text: String, _ format: DataFormat) -> DataDocument {
        DataReader.read(SourceFile(path: "a", text: text), as: format)
    }

    private func expectFinding(
        _ marked: String, _ format: DataFormat, _ code: DiagnosticCode, hint: String? = nil,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let text = MarkedText(marked)
        let file = text.file("a")
        let findings = DataReader.read(file, as: format).diagnostics
        #expect(findings.map(\.code) == [code], sourceLocation: sourceLocation)
        let start = text.ranges.last.map { file.location(of: $0) }
        #expect(findings.first?.location?.line == start?.line, sourceLocation: sourceLocation)
        #expect(findings.first?.location?.column == start?.column, sourceLocation: sourceLocation)
        if let hint { #expect(findings.first?.hint == hint, sourceLocation: sourceLocation) }
    }

    @Test(arguments: [DataFormat.yaml, .toml, .json])
    func keysAndValuesKnowTheirPlacesPastLettersOutsideASCII(_ format: DataFormat) {
        let marked =
            switch format {
            case .yaml: "a: «\"é日😀\"» # ü\n«clé»: «x y»\n"
            case .toml: "a = «\"é日😀\"» # ü\n«\"clé\"» = «\"x y\"»\n"
            default: "{\"a\": «\"é日😀\"»,\n«\"clé\"»: «\"x y\"»}"
            }
        let text = MarkedText(marked)
        let value = DataReader.read(text.file("a"), as: format).value
        #expect(value["a"]?.range == text.ranges[0])
        #expect(value.entries["clé".utf8]?.keyRange == text.ranges[1])
        #expect(value["clé"]?.range == text.ranges[2])
    }

    @Test func rangesAreThoseOfTheFileWhenAPartIsRead() {
        for (format, head) in [
            (DataFormat.yaml, "k: «v»\n"), (.toml, "k = «\"v\"»\n"), (.json, "{\"k\": «1»}"),
        ] {
            let text = MarkedText("---é\n" + head)
            let value = DataReader.read(text.file(), range: SourceRange(6, text.bytes.count), as: format)
                .value
            #expect(value["k"]?.range == text.ranges[0])
        }
    }

    /// What the page about hosts has to copy is at least well-formed.
    @Test(arguments: [("yaml", DataFormat.yaml), ("json", .json)])
    func whatThePageAboutHostsHasCanBeRead(_ language: String, _ format: DataFormat) {
        let page = String(decoding: Repository.file("content/docs/deploying.md") ?? [], as: UTF8.self)
        let fences = page.split(separator: "```\(language)\n").dropFirst().compactMap {
            $0.split(separator: "```", maxSplits: 1).first.map { String($0) }
        }
        #expect(!fences.isEmpty)
        for fence in fences { #expect(read(fence, format).diagnostics.map(\.message) == [], "\(fence)") }
    }

    @Test func yamlFindingsSayWhatToDo() {
        expectFinding(
            "a: b«:» c", .yaml, .unreadableData,
            hint: "put the value in quotes; a key of its own is indented as the one above it")
        expectFinding("a:\n«\t»b: 1", .yaml, .unreadableData, hint: "use spaces")
        expectFinding("a: «@»x", .yaml, .unreadableData, hint: "put the value in quotes")
        expectFinding("é: 1\na: «*x»", .yaml, .unreadableData)
        expectFinding("a: 1\n«---»\nb: 1\n---\n", .yaml, .unreadableData)
        expectFinding("? «[a]»\n: b", .yaml, .unreadableData)
    }

    @Test func duplicateKeysAreFindingsInEveryFormat() {
        expectFinding("a: 1\nb: 2\n«a»: 3\n", .yaml, .duplicateKey)
        expectFinding("x:\n  a: 1\n  «a»: 3\n", .yaml, .duplicateKey)
        expectFinding("a: 1\n«a»: 1\n", .yaml, .repeatedKey)
        expectFinding("a: {b: [1]}\n«a»: {b: [1]}\n", .yaml, .repeatedKey)
        expectFinding("a,b,«a»\n1,2,3\n", .csv, .duplicateKey)
        #expect(read("a = 1\na = 2\n", .toml).diagnostics.map(\.code) == [.duplicateKey])
    }

    @Test func aliasesCannotGrowWithoutBound() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(list)]\n"
        }
        #expect(read(bomb, .yaml).diagnostics.map(\.code) == [.dataLimit])
        var merges = "m0: &m0 {a: 1}\n"
        for level in 1...60 { merges += "m\(level): &m\(level)\n  <<: [*m\(level - 1), *m\(level - 1)]\n" }
        #expect(read(merges, .yaml).value.count > 0)
    }

    @Test(arguments: [
        (DataFormat.yaml, String(repeating: "[", count: 5000)),
        (.yaml, String(repeating: "- ", count: 5000) + "x"),
        (.yaml, String(repeating: "{a: ", count: 5000)),
        (.toml, "a = " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200)),
        (.toml, "[" + Array(repeating: "a", count: 500).joined(separator: ".") + "]"),
    ])
    func deepNestingIsAFinding(_ format: DataFormat, _ text: String) {
        #expect(read(text, format).diagnostics.contains { $0.code == .dataLimit })
    }

    @Test func aKeyOwnedByTheMapWinsOverAMergedOne() {
        let value = read("b: &b {x: 1, y: 2}\nc:\n  <<: *b\n  x: 3\n", .yaml).value
        #expect(value["c"]?.entries.map(\.keyText) == ["x", "y"])
        #expect(value.value(at: "c.x")?.integer == 3)
    }

    @Test func scalarsRememberHowTheyWereWritten() {
        let value = read("a: 007\nb: 1.10\nc: True\nd: 2026-1-2\ne: '5'\n", .yaml).value
        #expect(
            value.entries.map { String(decoding: $0.value.text, as: UTF8.self) } == [
                "007", "1.10", "True", "2026-1-2", "5",
            ])
    }

    @Test func tomlNumbersPast64BitsAreAFinding() {
        #expect(read("a = 9223372036854775808", .toml).diagnostics.map(\.code) == [.unreadableData])
    }

    @Test func tomlKeysKeepTheirOrder() {
        let value = read("z = 1\na = 2\n[y]\nc = 1\nb = 2\n[b]\nx.y = 1\n", .toml).value
        #expect(value.entries.map(\.keyText) == ["z", "a", "y", "b"])
        #expect(value["y"]?.entries.map(\.keyText) == ["c", "b"])
    }

    @Test func tomlTimesOfDayAreText() {
        #expect(read("a = 07:32:00\n", .toml).value["a"]?.string.map(Array.init) == Array("07:32:00".utf8))
    }

    @Test(arguments: [
        ("a,b\n1,2\n", "[{\"a\":\"1\",\"b\":\"2\"}]"), ("a,b\r\n1,2", "[{\"a\":\"1\",\"b\":\"2\"}]"),
        ("a\n\"x \"\"y\"\"\"\n", "[{\"a\":\"x \\\"y\\\"\"}]"),
        ("a,b\n\"1,\n2\",3\n", "[{\"a\":\"1,\\n2\",\"b\":\"3\"}]"),
        ("a,b\n1\n", "[{\"a\":\"1\",\"b\":\"\"}]"), ("\u{feff}a\n1\n\n2\n", "[{\"a\":\"1\"},{\"a\":\"2\"}]"),
        ("", "[]"),
        ("a,b\n", "[]"), ("a,b\n,\n", "[{\"a\":\"\",\"b\":\"\"}]"), ("é\n日\n", "[{\"é\":\"日\"}]"),
    ])
    func tablesAreListsOfMaps(_ text: String, _ expected: String) {
        let document = read(text, .csv)
        #expect(document.diagnostics == [])
        #expect(String(decoding: document.value.json(), as: UTF8.self) == expected)
    }

    @Test func tabsSeparateToo() {
        #expect(
            String(decoding: read("a\tb\n1,5\t2\n", .tsv).value.json(), as: UTF8.self)
                == "[{\"a\":\"1,5\",\"b\":\"2\"}]")
    }

    /// As databases write them: quotes are text there.
    @Test(arguments: [
        ("\"Hello\" he said\t2", "\"Hello\" he said", "2"), ("3\t\"un", "3", "\"un"),
        ("\"a\tb\"", "\"a", "b\""), ("\"a\"\t\"b \"\"c\"\"\"", "a", "b \"c\""),
        ("\"a\"b\"\t\"", "\"a\"b\"", "\""), ("\"\"\t\"\"\"", "", "\"\"\""),
        ("5\" disk\t\"\"\"\"", "5\" disk", "\""),
    ])
    func quotesBetweenTabsAreText(_ row: String, _ first: String, _ second: String) {
        let document = read("a\tb\n\(row)\n1\t2\n", .tsv)
        #expect(document.diagnostics == [])
        let rows = document.value.elements.map { row in
            row.entries.map { String(decoding: $0.value.text, as: UTF8.self) }
        }
        #expect(rows == [[first, second], ["1", "2"]])
    }

    @Test(arguments: ["! 12", "!  true", "&x ! 12", "! &x 12", "!!str 12", "!", "! ~", "! 2026-01-02"])
    func aTagForTextMakesText(_ scalar: String) {
        let document = read("a: \(scalar)\nb: [\(scalar), 3]\n", .yaml)
        #expect(document.diagnostics == [])
        #expect(document.value["a"]?.kind == .string)
        #expect(document.value["b"]?.elements.map(\.kind) == [.string, .integer])
    }

    @Test func wrongTablesAreFindings() {
        expectFinding("a,b\n1,2,«3»\n", .csv, .unreadableData)
        expectFinding("a\n«\"»open\n", .csv, .unreadableData)
        expectFinding("a\n\"x\"«y»\n", .csv, .unreadableData)
    }

    @Test(arguments: DataFormat.allCases)
    func nothingTrapsWhereverTheTextIsCut(_ format: DataFormat) {
        let texts: [DataFormat: String] = [
            .yaml:
                "a: &x [1, {b: \"c\\u00e9\", d: 'e'}]\nf: *x\n? g\n: h\ni: |+2\n   j\n\nk: >-\n  é😀\n  m\n<<: {n: 2026-01-02 03:04:05.6 +07:00}\n# o\n...\n",
            .toml:
                "a = \"é\\u00e9\"\nb = [1, 2.5, {c = 2026-01-02T03:04:05Z}]\n[d.\"e.f\"]\ng = '''h\n'''\n[[i]]\nj = 0x1F\n",
            .json: "{\"a\": [1, -2.5e3, \"\\ud83d\\ude00é\", null, true, {\"b\": {}}], \"c\": \"\\n\"}",
            .csv: "a,\"b \"\"c\"\"\"\n1,\"2\n3\"\né,😀\n", .tsv: "a\tb\n1\t\"2\"\n",
            .metadata:
                "Title: é😀\r\nDate: 2026-01-02 03:04\nTags: a; b,\n    c\nStatus: draft\n\tx\nSave_As:\n",
        ]
        let bytes = Array((texts[format] ?? "").utf8)
        for count in 0...bytes.count {
            for file in [Array(bytes.prefix(count)), Array(bytes.suffix(count))] {
                let source = SourceFile(path: RelativePath("a") ?? .root, bytes: file)
                check(DataReader.read(source, as: format))
            }
        }
        var random = RandomSource(seed: 7)
        for _ in 0..<2000 {
            var mutated = bytes
            for _ in 0...random.below(4) { mutated[random.below(mutated.count)] = UInt8(random.below(256)) }
            check(DataReader.read(SourceFile(path: RelativePath("a") ?? .root, bytes: mutated), as: format))
        }
    }

    /// A value that was read can be walked, stored and found again.
    private func check(_ document: DataDocument) {
        let encoded = document.value.encoded()
        #expect(DataValue(decoding: encoded[...]) == document.value)
        #expect(document.diagnostics.allSatisfy { $0.location != nil })
    }
}
