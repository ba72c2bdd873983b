public import Text

extension Schema {
    /// Says what in a value is not as the schema has it.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - file: where it was read.
    ///   - name: what to call the value itself in findings: `site.json`, `theme.json`.
    /// - Returns: unknown keys as warnings with the nearest known one, wrong types as errors.
    /// - Complexity: O(size of the value), more where keys are unknown.
    public func findings(in value: DataValue, of file: SourceFile, named name: String) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        check(value, file, name, &findings)
        return findings
    }

    private func check(_ value: DataValue, _ file: SourceFile, _ name: String, _ findings: inout [Diagnostic])
    {
        guard accepts(value) else {
            findings.append(
                Diagnostic(
                    .wrongType, "\(name) should be \(expectation), not \(value.describedKind)",
                    at: value.range,
                    in: file, hint: hint(for: value)))
            return
        }
        switch shape {
        case .list(let element):
            for (index, item) in value.elements.enumerated() {
                element.check(item, file, "element \(index + 1) of \(name)", &findings)
            }
        case .map(let item):
            for entry in value.entries { item.check(entry.value, file, entry.keyText, &findings) }
        case .object(let properties, let others):
            for entry in value.entries {
                if let property = properties.first(where: { $0.isNamed(entry.key) }) {
                    property.schema.check(entry.value, file, property.name, &findings)
                } else if let others {
                    others.check(entry.value, file, entry.keyText, &findings)
                } else {
                    findings.append(
                        Diagnostic(
                            .unknownKey, "\(name) has no key \"\(entry.keyText)\"", at: entry.keyRange,
                            in: file,
                            hint: Spelling.hint(for: entry.keyText, among: properties.map(\.name))))
                }
            }
        case .oneOf(let schemas):
            // The first that takes the value's kind speaks for the rest of it.
            schemas.first { $0.accepts(value) }?.check(value, file, name, &findings)
        default: break
        }
    }

    /// Whether a value is of the kind, not looking into lists and maps. Null passes: it means "not given".
    func accepts(_ value: DataValue) -> Bool {
        if value.isNull { return true }
        switch shape {
        case .any: return true
        case .boolean: return value.kind == .boolean
        case .integer(let range): return value.integer.map(range.contains) ?? false
        case .string: return value.kind == .string
        case .scalar: return value.isScalar
        case .choice(let words):
            return value.string.map { text in words.contains { $0.utf8.elementsEqual(text) } } ?? false
        case .list: return value.kind == .list
        case .map, .object: return value.kind == .map
        case .oneOf(let schemas): return schemas.contains { $0.accepts(value) }
        }
    }

    private func hint(for value: DataValue) -> String? {
        switch shape {
        case .choice(let words):
            return value.string.flatMap {
                Spelling.hint(for: String(decoding: $0, as: UTF8.self), among: words)
            }
        case .boolean where value.kind == .string: return "write true or false without quotes"
        case .integer:
            let isNumber = value.string.map { NumberText.integer($0) != nil } ?? false
            return isNumber ? "write the number without quotes" : nil
        case .string where value.isScalar: return "put it in quotes"
        case .oneOf(let schemas): return schemas.firstResult { $0.hint(for: value) }
        default: return nil
        }
    }
}

extension Schema.Property {
    /// Whether a key is this one or one of its other spellings.
    func isNamed(_ key: ArraySlice<UInt8>) -> Bool {
        name.utf8.elementsEqual(key) || aliases.contains { $0.utf8.elementsEqual(key) }
    }
}

extension DataValue {
    /// The kind in words, with the value where it is short: "the number 5", "a list".
    public var describedKind: String {
        func short(_ what: String) -> String {
            let text = self.text
            return text.count <= 40 ? "\(what) \(String(decoding: text, as: UTF8.self))" : what
        }
        switch kind {
        case .null: return "null"
        case .boolean: return String(decoding: text, as: UTF8.self)
        case .integer, .double: return short("the number")
        case .string:
            return text.count <= 40 ? "\"\(String(decoding: text, as: UTF8.self))\"" : "text"
        case .date: return short("the date")
        case .list: return "a list"
        case .map: return "a map"
        }
    }
}
