import Formats
import Text

/// What a value is made into, by the kind of its field.
extension FrontMatterNormalizer {
    mutating func node(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
        let value = entry.value
        switch field.kind {
        case .text:
            if value.isScalar {
                if field == .canonical, runsScripts(value, "canonical") { return nil }
                return builder.string(value.text, at: value.range)
            }
            if field == .image, value.kind == .map { return builder.copy(value) }
            // Of several pictures, the first stands for the page.
            if field == .image, value.kind == .list, let first = value.elements.first(where: { $0.isScalar })
            {
                return builder.string(first.text, at: first.range)
            }
            return wrong(field, entry, "text")
        case .texts:
            if value.isScalar {
                let text = value.text
                return builder.list(
                    text.isEmpty ? [] : [builder.string(text, at: value.range)], at: value.range)
            }
            return texts(field, entry)
        case .words:
            if value.isScalar {
                return words(
                    value,
                    splitsAtBlanks: RoutePlanner.isOfPosts(file.path)
                        && (field == .tags || field == .categories && Self.isPlural(entry)))
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

    /// Pelican splits at `;` where there is one, everybody at commas, Jekyll at blanks, in its posts.
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
            // Pelican's way to name several, since a name may have a comma in it: `Last, First; Other`.
            var names: [DataBuilder.Node] = []
            for part in value.text.split(separator: UInt8(ascii: ";")) {
                let name = Self.trimmed(part)
                if !name.isEmpty { names.append(person(called: name, at: value.range)) }
            }
            return builder.list(names, at: value.range)
        }
        if value.kind == .map { return builder.list([person(value)], at: value.range) }
        var elements: [DataBuilder.Node] = []
        for element in value.elements where !element.isNull {
            switch element.kind {
            case .map: elements.append(person(element))
            case .list:
                return wrong(
                    field, DataEntry(key: entry.key, keyRange: entry.keyRange, value: element),
                    "text, a map or a list of these")
            default:
                if !element.text.isEmpty { elements.append(person(called: element.text, at: element.range)) }
            }
        }
        return builder.list(elements, at: value.range)
    }

    /// A person of whom a text says the name, and maybe the address as Git and many package files have it:
    /// `Ann <ann@example.org>`. Then it is a map, as if it had been written so: the address is for nobody to read.
    private mutating func person(called text: ArraySlice<UInt8>, at range: SourceRange) -> DataBuilder.Node {
        guard text.last == UInt8(ascii: ">"), let open = text.lastIndex(of: UInt8(ascii: "<")) else {
            return builder.string(text, at: range)
        }
        let name = Self.trimmed(text[..<open])
        let address = text[(open + 1)...].dropLast()
        guard !name.isEmpty, address.contains(UInt8(ascii: "@")) else {
            return builder.string(text, at: range)
        }
        let entries = [
            builder.entry("name", builder.string(name, at: range)),
            builder.entry("email", builder.string(address, at: range)),
        ]
        return builder.map(entries, at: range)
    }

    /// A person as written, but for an address that runs scripts: pages and feeds make links of it.
    private mutating func person(_ value: DataValue) -> DataBuilder.Node {
        guard let url = value["url"], runsScripts(url, "url") else { return builder.copy(value) }
        var copies: [DataBuilder.Entry] = []
        for entry in value.entries where entry.keyText != "url" {
            let node = builder.copy(entry.value)
            copies.append(builder.entry(entry.key, node, keyRange: entry.keyRange))
        }
        return builder.map(copies, at: value.range)
    }

    /// Whether an address runs a script or holds a document; tells it.
    private mutating func runsScripts(_ value: DataValue, _ name: String) -> Bool {
        guard let text = value.string, URLScheme.runsScripts(text) else { return false }
        diagnostics.append(
            Diagnostic(
                .wrongType, "\(name) should be an address, not a script", at: value.range, in: file,
                hint: "write it like https://example.org/"))
        return true
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

    mutating func date(_ field: FrontMatter.Field, _ entry: DataEntry) -> DataBuilder.Node? {
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
    mutating func wrong(
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
}
