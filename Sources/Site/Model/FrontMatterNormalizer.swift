import Formats
import Text

/// Turns keys as written into fields, one entry after the other.
struct FrontMatterNormalizer: ~Copyable {
    let file: SourceFile
    var builder = DataBuilder(expectedBytes: 256)
    private var nodes: [DataBuilder.Node?] = Array(repeating: nil, count: FrontMatter.Field.allCases.count)
    /// The entries that became fields, and for each field which of them it was, 0 for none: most heads say little, and a
    /// place for an entry of each field would be most of the work.
    private var taken: [DataEntry] = []
    private var written: [UInt8] = Array(repeating: 0, count: FrontMatter.Field.allCases.count)
    /// The author's own keys, in the order written.
    var params: [DataEntry] = []
    private var paramsRange = SourceRange(at: 0)
    var diagnostics: [Diagnostic] = []

    init(file: SourceFile) {
        self.file = file
    }

    /// Takes one key.
    mutating func add(_ entry: DataEntry) {
        let spelling = Self.spelling(of: entry.key)
        if let field = Self.fields[Symbol(spelling)] {
            set(field, entry)
            return
        }
        switch String(decoding: spelling, as: UTF8.self) {
        case "published": published(entry)
        case "status" where entry.value.kind == .string: status(entry)
        case "build" where entry.value.kind == .map: build(entry)
        case "headless" where entry.value.kind == .boolean: headless(entry)
        default:
            suggest(entry, spelling)
            params.append(entry)
        }
    }

    /// The fields and the findings.
    consuming func finish() -> (frontMatter: FrontMatter, diagnostics: [Diagnostic]) {
        if !params.isEmpty {
            var copies: [DataBuilder.Entry] = []
            for entry in params {
                let node = builder.copy(entry.value)
                copies.append(builder.entry(entry.key, node, keyRange: entry.keyRange))
            }
            nodes[Int(FrontMatter.Field.params.rawValue)] = builder.map(copies, at: paramsRange)
        }
        var entries: [DataBuilder.Entry] = []
        var fields: [FrontMatter.Field] = []
        for field in FrontMatter.Field.allCases {
            guard let node = nodes[Int(field.rawValue)] else { continue }
            fields.append(field)
            let range = source(of: Int(field.rawValue))?.keyRange ?? SourceRange(at: 0)
            entries.append(builder.entry(field.name, node, keyRange: range))
        }
        let root = builder.map(entries)
        let findings = diagnostics
        return (FrontMatter(root: builder.finish(root), fields: fields), findings)
    }

    /// The entry that a field was taken from.
    private func source(of field: Int) -> DataEntry? {
        written[field] == 0 ? nil : taken[Int(written[field]) - 1]
    }

    private mutating func take(_ entry: DataEntry, for field: Int) {
        if written[field] != 0 {
            taken[Int(written[field]) - 1] = entry
            return
        }
        // One for each field at most.
        taken.append(entry)
        written[field] = UInt8(taken.count)
    }

    mutating func set(_ field: FrontMatter.Field, _ entry: DataEntry) {
        let value = entry.value
        if value.isNull || (field.isAbsentWhenEmpty && Self.isEmptyText(value)) { return }
        // Hugo's `sitemap: {disable: true}` and its like; what else is in it is the author's.
        if field == .sitemap, value.kind == .map,
            ["disable", "ignore", "exclude"].contains(where: { value[$0]?.boolean == true })
        {
            setBoolean(.sitemap, false, entry)
            params.append(entry)
            return
        }
        let index = Int(field.rawValue)
        // The first spelling in the field's list wins (`template` over `layout`), whatever the order.
        if let other = source(of: index), field != .params {
            if rank(field, other) <= rank(field, entry) { return }
        }
        if field == .params {
            paramsRange = value.range
            guard value.kind == .map else {
                wrong(field, entry, "a map")
                return
            }
            params.append(contentsOf: value.entries)
            take(entry, for: index)
            return
        }
        // Eleventy: no output at all.
        if field == .url, value.boolean == false {
            setBoolean(.render, false, entry)
            return
        }
        guard let node = rooted(field, entry) ?? node(field, entry) else { return }
        nodes[index] = node
        take(entry, for: index)
        if field.isParameterToo { params.append(entry) }
    }

    /// Zola's `path`, which counts from the root of the site with or without a slash at its start.
    private mutating func rooted(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
        guard field == .url, Self.spelling(of: entry.key).elementsEqual("path".utf8),
            entry.value.isScalar, case let text = entry.value.text, text.first != UInt8(ascii: "/"),
            !Addresses.isAbsolute(Array(text))
        else { return nil }
        return builder.string([UInt8(ascii: "/")] + Self.trimmed(text), at: entry.value.range)
    }

    private func rank(_ field: FrontMatter.Field, _ entry: DataEntry) -> Int {
        let spelling = Self.spelling(of: entry.key)
        return field.spellings.firstIndex { $0.utf8.elementsEqual(spelling) } ?? field.spellings.count
    }

    mutating func setBoolean(_ field: FrontMatter.Field, _ truth: Bool, _ entry: DataEntry) {
        let index = Int(field.rawValue)
        if written[index] != 0 { return }
        nodes[index] = builder.boolean(truth, at: entry.value.range)
        take(entry, for: index)
    }

    /// Free keys are allowed, so only what is very near a known key is worth a word.
    private mutating func suggest(_ entry: DataEntry, _ spelling: [UInt8]) {
        guard entry.key.count <= 24, let name = KeySlips.meant(by: spelling) else { return }
        diagnostics.append(
            Diagnostic(
                .unknownKey, Self.slipMessage(entry.keyText),
                at: entry.keyRange, in: file,
                hint: "did you mean \"\(name)\"? A key of your own belongs under params"))
    }

    /// What is said of a key that is nearly a known one.
    static func slipMessage(_ key: String) -> String {
        "\"\(key)\" is not a key that is understood, but very near one"
    }

    static let fields = SymbolTableOf<FrontMatter.Field>(
        FrontMatter.Field.allCases.flatMap { field in field.spellings.map { (Symbol($0), field) } })

    /// A key in lower case without `_` and `-`: templates have snake_case, `site.json` camelCase, and both are
    /// taken.
    private static func spelling(of key: ArraySlice<UInt8>) -> [UInt8] {
        var spelling: [UInt8] = []
        spelling.reserveCapacity(key.count)
        for byte in key where byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-") {
            spelling.append(byte.asciiLowercased)
        }
        return spelling
    }

    /// Whether a value is text of which nothing is left, as archetypes leave in every file: `url: ""`.
    private static func isEmptyText(_ value: DataValue) -> Bool {
        value.string.map { trimmed($0).isEmpty } ?? false
    }

    static func isPlural(_ entry: DataEntry) -> Bool {
        entry.key.last.map { $0 | 0x20 } == UInt8(ascii: "s")
    }

    static func boolean(_ value: DataValue) -> Bool? {
        if let truth = value.boolean { return truth }
        guard let text = value.string, text.count <= 5 else { return nil }
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: return nil
        }
    }

    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, first <= 0x20 { text.removeFirst() }
        while let last = text.last, last <= 0x20 { text.removeLast() }
        return text
    }
}

extension FrontMatter.Kind {
    var isDate: Bool {
        if case .date = self { return true }
        return false
    }
}
