/// `tojson`: what Python's `json.dumps(value, sort_keys=True)` gives, safe in HTML.
extension Builtins {
    static let jsonFilters: [FunctionValue] = [
        filter("tojson", "indent=none") { arguments, render throws(TemplateError) in
            var writer = JSONText()
            switch arguments[0] {
            case nil, .some(.none): break
            case .some(.string(let text)): writer.indent = text.bytes
            default:
                let width = try arguments.whole(0, &render) ?? 0
                if width > 64 { throw render.tooLong() }
                writer.indent = Array(repeating: UInt8(ascii: " "), count: max(0, width))
            }
            try writer.append(arguments.input, level: 0, &render)
            return try render.checked(writer.bytes, isSafe: true)
        }
    ]
}

private struct JSONText {
    var bytes: [UInt8] = []
    /// What each level is indented by, or `nil` for everything on one line.
    var indent: [UInt8]?

    mutating func append(_ value: Value, level: Int, _ render: inout RenderContext) throws(TemplateError) {
        switch value {
        case .none: bytes += Array("null".utf8)
        case .bool(let truth): bytes += Array((truth ? "true" : "false").utf8)
        case .int(let number): bytes += Array(String(number).utf8)
        case .double(let number): bytes += numberText(number)
        case .string(let text): append(text.bytes)
        case .list(let list): try append(list.items, level: level, &render)
        case .tuple(let tuple): try append(tuple.items, level: level, &render)
        case .dict(let dict): try append(dict, level: level, &render)
        case .object:
            let plain = try render.plain(value)
            if case .object(let object) = plain {
                throw TemplateError(.type, "Object of type \(object.typeName) is not JSON serializable")
            }
            try append(plain, level: level, &render)
        case .undefined, .function, .macro:
            throw TemplateError(.type, "Object of type \(value.typeName) is not JSON serializable")
        }
        if bytes.count > render.limits.stringBytes { throw render.tooLong() }
    }

    private func numberText(_ number: Double) -> [UInt8] {
        if number.isNaN { return Array("NaN".utf8) }
        if number.isInfinite { return Array((number < 0 ? "-Infinity" : "Infinity").utf8) }
        return Array(NumberText.python(number).utf8)
    }

    private mutating func append(
        _ items: [Value], level: Int, _ render: inout RenderContext
    ) throws(TemplateError) {
        if items.isEmpty {
            bytes += Array("[]".utf8)
            return
        }
        try render.enter()
        defer { render.valueDepth -= 1 }
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            separate(index, level + 1)
            try append(item, level: level + 1, &render)
        }
        newLine(level)
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(
        _ dict: DictValue, level: Int, _ render: inout RenderContext
    ) throws(TemplateError) {
        if dict.count == 0 {
            bytes += Array("{}".utf8)
            return
        }
        try render.enter()
        defer { render.valueDepth -= 1 }
        let entries = dict.keys.indices.map { SortEntry(keys: [dict.keys[$0]], value: dict.values[$0]) }
        bytes.append(UInt8(ascii: "{"))
        for (index, entry) in try render.sorted(entries, reverse: false).enumerated() {
            separate(index, level + 1)
            append(try key(entry.keys[0]))
            bytes += Array(": ".utf8)
            try append(entry.value, level: level + 1, &render)
        }
        newLine(level)
        bytes.append(UInt8(ascii: "}"))
    }

    private func key(_ key: Value) throws(TemplateError) -> [UInt8] {
        switch key {
        case .string(let text): text.bytes
        case .none: Array("null".utf8)
        case .bool(let truth): Array((truth ? "true" : "false").utf8)
        case .int(let number): Array(String(number).utf8)
        case .double(let number): numberText(number)
        default:
            throw TemplateError(
                .type, "keys must be str, int, float, bool or None, not \(key.typeName)")
        }
    }

    private mutating func separate(_ index: Int, _ level: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        if indent == nil {
            if index > 0 { bytes.append(UInt8(ascii: " ")) }
        } else {
            newLine(level)
        }
    }

    private mutating func newLine(_ level: Int) {
        guard let indent else { return }
        bytes.append(0x0A)
        for _ in 0..<level { bytes += indent }
    }

    /// Text in quotes, in ASCII, without the characters that mean something in HTML.
    private mutating func append(_ text: [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var index = 0
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0x0C: bytes += Array("\\f".utf8)
            case 0x08: bytes += Array("\\b".utf8)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "'"):
                append(UInt16(byte))
            case 0x20..<0x7F: bytes.append(byte)
            case 0..<0x80: append(UInt16(byte))
            default:
                let end = text.characterEnd(index)
                for unit in String(decoding: text[index..<end], as: UTF8.self).utf16 { append(unit) }
                index = end
                continue
            }
            index += 1
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ unit: UInt16) {
        bytes += Array("\\u".utf8) + Representation.hex(UInt32(unit), 4)
    }
}
