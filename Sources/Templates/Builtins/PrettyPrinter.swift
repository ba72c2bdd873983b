/// Python's `pprint.pformat` with a width of 80.
struct PrettyPrinter {
    private var result: [UInt8] = []

    static func text(of value: Value, _ render: inout RenderContext) throws(TemplateError) -> [UInt8] {
        var printer = PrettyPrinter()
        try printer.append(value, indent: 0, allowance: 0, &render)
        return printer.result
    }

    private mutating func append(
        _ value: Value, indent: Int, allowance: Int, _ render: inout RenderContext
    ) throws(TemplateError) {
        let text = try render.representation(of: try sorted(value, &render))
        if text.characterCount <= 80 - indent - allowance {
            result += text
            return
        }
        try render.enter()
        defer { render.valueDepth -= 1 }
        switch value {
        case .list(let list): try append(list.items, "[", "]", indent, allowance, &render)
        case .tuple(let tuple):
            try append(tuple.items, "(", tuple.items.count == 1 ? ",)" : ")", indent, allowance, &render)
        case .dict:
            guard case .dict(let dict) = try sorted(value, &render) else { return }
            result.append(UInt8(ascii: "{"))
            for index in dict.keys.indices {
                let isLast = index == dict.count - 1
                let key = try render.representation(of: dict.keys[index])
                result += key + Array(": ".utf8)
                try append(
                    dict.values[index], indent: indent + 1 + key.characterCount + 2,
                    allowance: isLast ? allowance + 1 : 1, &render)
                if !isLast { newLine(indent + 1) }
            }
            result.append(UInt8(ascii: "}"))
        default: result += text
        }
    }

    private mutating func append(
        _ items: [Value], _ open: String, _ close: String, _ indent: Int, _ allowance: Int,
        _ render: inout RenderContext
    ) throws(TemplateError) {
        result += Array(open.utf8)
        for (index, item) in items.enumerated() {
            let isLast = index == items.count - 1
            try append(
                item, indent: indent + 1, allowance: isLast ? allowance + close.utf8.count : 1, &render)
            if !isLast { newLine(indent + 1) }
        }
        result += Array(close.utf8)
    }

    private mutating func newLine(_ indent: Int) {
        result += Array(",\n".utf8) + Array(repeating: UInt8(ascii: " "), count: indent)
    }

    /// Dictionaries are shown in the order of their keys, where these have one.
    private func sorted(_ value: Value, _ render: inout RenderContext) throws(TemplateError) -> Value {
        switch value {
        case .dict(let dict):
            try render.enter()
            defer { render.valueDepth -= 1 }
            var entries: [SortEntry] = []
            for (key, value) in zip(dict.keys, dict.values) {
                entries.append(SortEntry(keys: [key], value: try sorted(value, &render)))
            }
            var ordered = entries
            do throws(TemplateError) { ordered = try render.sorted(entries, reverse: false) } catch {}
            return .dict(DictValue(ordered.map { ($0.keys[0], $0.value) }))
        case .list(let list):
            try render.enter()
            defer { render.valueDepth -= 1 }
            var items: [Value] = []
            for item in list.items { items.append(try sorted(item, &render)) }
            return .list(ListValue(items))
        default: return value
        }
    }
}
