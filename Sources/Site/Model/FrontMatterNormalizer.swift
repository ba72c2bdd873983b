import Formats
import Text

/// Turns keys as written into fields, one entry after the other.
struct FrontMatterNormalizer: ~Copyable {
    private let file: SourceFile
    private var builder = DataBuilder(expectedBytes: 256)
    private var nodes: [DataBuilder.Node?] = Array(repeating: nil, count: FrontMatter.Field.allCases.count)
    /// The entries that became fields, and for each field which of them it was, 0 for none: most heads say little, and a
    /// place for an entry of each field would be most of the work.
    private var taken: [DataEntry] = []
    private var written: [UInt8] = Array(repeating: 0, count: FrontMatter.Field.allCases.count)
    /// The author's own keys, in the order written.
    private var params: [DataEntry] = []
    private var paramsRange = SourceRange(at: 0)
    private var diagnostics: [Diagnostic] = []

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

    // MARK: Keys with rules of their own

    /// Jekyll's `published: false` is a draft; Hugo's `published: 2026-01-02` is when it goes live.
    private mutating func published(_ entry: DataEntry) {
        if let truth = Self.boolean(entry.value) {
            setBoolean(.draft, !truth, entry)
        } else {
            set(.publishDate, entry)
        }
    }

    /// Pelican's `status`.
    private mutating func status(_ entry: DataEntry) {
        switch String(decoding: entry.value.text, as: UTF8.self).lowercased() {
        case "published": break
        case "draft": setBoolean(.draft, true, entry)
        case "hidden": setBoolean(.list, false, entry)
        case "skip":
            setBoolean(.list, false, entry)
            setBoolean(.render, false, entry)
        default: params.append(entry)
        }
    }

    /// Hugo's `build`: `render` and `list` are `always`, `never`, `local`, `link`.
    private mutating func build(_ entry: DataEntry) {
        for part in entry.value.entries {
            let isOff =
                part.value.boolean == false
                || part.value.string.map { $0.elementsEqual("never".utf8) } ?? false
            switch part.keyText {
            case "render": setBoolean(.render, !isOff, part)
            case "list": setBoolean(.list, !isOff, part)
            default: break
            }
        }
    }

    private mutating func headless(_ entry: DataEntry) {
        guard entry.value.boolean == true else { return }
        setBoolean(.render, false, entry)
        setBoolean(.list, false, entry)
    }

    // MARK: Values by kind

    private mutating func set(_ field: FrontMatter.Field, _ entry: DataEntry) {
        let value = entry.value
        if value.isNull { return }
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
        guard let node = node(field, entry) else { return }
        nodes[index] = node
        take(entry, for: index)
    }

    private func rank(_ field: FrontMatter.Field, _ entry: DataEntry) -> Int {
        let spelling = Self.spelling(of: entry.key)
        return field.spellings.firstIndex { $0.utf8.elementsEqual(spelling) } ?? field.spellings.count
    }

    private mutating func setBoolean(_ field: FrontMatter.Field, _ truth: Bool, _ entry: DataEntry) {
        let index = Int(field.rawValue)
        if written[index] != 0 { return }
        nodes[index] = builder.boolean(truth, at: entry.value.range)
        take(entry, for: index)
    }

    private mutating func node(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
        let value = entry.value
        switch field.kind {
        case .text:
            if value.isScalar { return builder.string(value.text, at: value.range) }
            if field == .image, value.kind == .map { return builder.copy(value) }
            return wrong(field, entry, "text")
        case .texts:
            if value.isScalar {
                return builder.list([builder.string(value.text, at: value.range)], at: value.range)
            }
            return texts(field, entry)
        case .words:
            if value.isScalar {
                return words(
                    value, splitsAtBlanks: field == .tags || field == .categories && Self.isPlural(entry))
            }
            return texts(field, entry)
        case .people: return people(field, entry)
        case .boolean:
            if let truth = Self.boolean(value) { return builder.boolean(truth, at: value.range) }
            // `sitemap: {priority: 0.8}` and the like are no switch.
            return wrong(field, entry, "true or false")
        case .integer:
            if let number = value.integer { return builder.integer(number, at: value.range) }
            if let text = value.string, let number = Int(String(decoding: text, as: UTF8.self)) {
                return builder.integer(number, at: value.range)
            }
            if let number = value.double, number.rounded() == number, abs(number) < 1e15 {
                return builder.integer(Int(number), at: value.range)
            }
            return wrong(field, entry, "a whole number")
        case .date: return date(field, entry)
        case .taxonomies: return taxonomies(field, entry)
        case .map: return value.kind == .map ? builder.copy(value) : wrong(field, entry, "a map")
        case .any: return builder.copy(value)
        }
    }

    private mutating func texts(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
        guard entry.value.kind == .list else { return wrong(field, entry, "text or a list of text") }
        var elements: [DataBuilder.Node] = []
        elements.reserveCapacity(entry.value.count)
        for element in entry.value.elements where !element.isNull {
            guard element.isScalar else {
                return wrong(
                    field, DataEntry(key: entry.key, keyRange: entry.keyRange, value: element),
                    "a list of text")
            }
            if element.text.isEmpty { continue }
            elements.append(builder.string(element.text, at: element.range))
        }
        return builder.list(elements, at: entry.value.range)
    }

    /// Pelican splits at `;` where there is one, everybody at commas, Jekyll at blanks.
    private mutating func words(_ value: DataValue, splitsAtBlanks: Bool) -> DataBuilder.Node {
        let text = value.text
        let separator: UInt8
        if text.contains(UInt8(ascii: ";")) {
            separator = UInt8(ascii: ";")
        } else if text.contains(UInt8(ascii: ",")) || !splitsAtBlanks {
            separator = UInt8(ascii: ",")
        } else {
            separator = UInt8(ascii: " ")
        }
        var elements: [DataBuilder.Node] = []
        for part in text.split(separator: separator) {
            let word = Self.trimmed(part)
            if !word.isEmpty { elements.append(builder.string(word, at: value.range)) }
        }
        return builder.list(elements, at: value.range)
    }

    private mutating func people(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
        let value = entry.value
        if value.isScalar {
            let name = Self.trimmed(value.text)
            return builder.list(name.isEmpty ? [] : [builder.string(name, at: value.range)], at: value.range)
        }
        if value.kind == .map { return builder.list([builder.copy(value)], at: value.range) }
        var elements: [DataBuilder.Node] = []
        for element in value.elements where !element.isNull {
            switch element.kind {
            case .map: elements.append(builder.copy(element))
            case .list:
                return wrong(
                    field, DataEntry(key: entry.key, keyRange: entry.keyRange, value: element),
                    "text, a map or a list of these")
            default: elements.append(builder.string(element.text, at: element.range))
            }
        }
        return builder.list(elements, at: value.range)
    }

    private mutating func taxonomies(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
        guard entry.value.kind == .map else { return wrong(field, entry, "a map of lists") }
        var copies: [DataBuilder.Entry] = []
        for part in entry.value.entries where !part.value.isNull {
            let node: DataBuilder.Node
            if part.value.isScalar {
                node = words(part.value, splitsAtBlanks: false)
            } else if let listed = texts(field, part) {
                node = listed
            } else {
                continue
            }
            copies.append(builder.entry(part.key, node, keyRange: part.keyRange))
        }
        return builder.map(copies, at: entry.value.range)
    }

    private mutating func date(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
        let value = entry.value
        if let parts = value.date { return builder.date(parts, at: value.range) }
        if let parts = DateDigits.unixTime(value) { return builder.date(parts, at: value.range) }
        if let day = DateDigits.day(in: value) {
            diagnostics.append(
                Diagnostic(
                    .wrongType,
                    "\(entry.keyText) should be a date, not the number \(String(decoding: value.text, as: UTF8.self))",
                    at: value.range, in: file, hint: "write it like \(day)"))
            return nil
        }
        guard let text = value.string else { return wrong(field, entry, "a date") }
        if Self.trimmed(text).isEmpty { return nil }
        switch DateTimeReader.read(text) {
        case .date(let parts): return builder.date(parts, at: value.range)
        case .impossible:
            diagnostics.append(
                Diagnostic(
                    .impossibleDate,
                    "\(entry.keyText) is a date that does not exist: \(String(decoding: text, as: UTF8.self))",
                    at: value.range, in: file))
            return nil
        case .other:
            if field == .date, FrontMatter.DateSource(text) != nil {
                return builder.string(text, at: value.range)
            }
            return wrong(field, entry, "a date")
        }
    }

    @discardableResult
    private mutating func wrong(
        _ field: FrontMatter.Field, _ entry: DataEntry, _ expected: String
    ) -> DataBuilder.Node? {
        if field.isShared {
            params.append(entry)
            return nil
        }
        diagnostics.append(
            Diagnostic(
                .wrongType, "\(entry.keyText) should be \(expected), not \(entry.value.describedKind)",
                at: entry.value.range, in: file,
                hint: field.kind.isDate ? "write it like 2026-01-02 or 2026-01-02T15:04:05+01:00" : nil))
        return nil
    }

    // MARK: Unknown keys

    /// Free keys are allowed, so only what is very near a known key is worth a word.
    private mutating func suggest(_ entry: DataEntry, _ spelling: [UInt8]) {
        guard entry.key.count <= 24, let name = KeySlips.meant(by: spelling) else { return }
        diagnostics.append(
            Diagnostic(
                .unknownKey, "\"\(entry.keyText)\" is not a key that is understood, but very near one",
                at: entry.keyRange, in: file,
                hint: "did you mean \"\(name)\"? A key of your own belongs under params"))
    }

    // MARK: Tables and small things

    private static let fields = SymbolTableOf<FrontMatter.Field>(
        FrontMatter.Field.allCases.flatMap { field in field.spellings.map { (Symbol($0), field) } })

    /// A key in lower case without `_` and `-`: templates have snake_case, `site.json` camelCase, and both are
    /// taken.
    private static func spelling(of key: ArraySlice<UInt8>) -> [UInt8] {
        var spelling: [UInt8] = []
        spelling.reserveCapacity(key.count)
        for byte in key where byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-") {
            spelling.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
        }
        return spelling
    }

    private static func isPlural(_ entry: DataEntry) -> Bool {
        entry.key.last.map { $0 | 0x20 } == UInt8(ascii: "s")
    }

    private static func boolean(_ value: DataValue) -> Bool? {
        if let truth = value.boolean { return truth }
        guard let text = value.string, text.count <= 5 else { return nil }
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: return nil
        }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
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
