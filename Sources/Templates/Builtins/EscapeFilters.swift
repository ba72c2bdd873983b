import Text

/// Filters that make text fit for a place: for HTML, an attribute, an address.
extension Builtins {
    static let escapeFilters: [FunctionValue] = [
        filter("e", "") { arguments, render throws(TemplateError) in try escape(arguments.input, &render) },
        filter("escape", "") { arguments, render throws(TemplateError) in try escape(arguments.input, &render)
        },
        filter("forceescape", "") { arguments, render throws(TemplateError) in
            .safe(HTMLEscape.escaped(try arguments.bytes(&render)))
        },
        filter("safe", "") { arguments, render throws(TemplateError) in
            .safe(try arguments.bytes(&render))
        },
        filter("striptags", "") { arguments, render throws(TemplateError) in
            .text(HTMLText.withoutTags(try arguments.bytes(&render)))
        },
        filter("xmlattr", "autospace=true") { arguments, render throws(TemplateError) in
            try attributes(arguments, &render)
        },
        filter("urlencode", "") { arguments, render throws(TemplateError) in
            try urlEncoded(arguments.input, &render)
        },
    ]

    /// `markupsafe.escape`.
    static func escape(_ value: Value, _ render: inout RenderContext) throws(TemplateError) -> Value {
        let text = try render.string(of: value)
        return text.isSafe ? .string(text) : .safe(HTMLEscape.escaped(text.bytes))
    }

    private static func attributes(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        guard case .dict(let dict) = try render.plain(arguments.input) else {
            if case .undefined(let undefined) = arguments.input { throw render.error(for: undefined) }
            throw TemplateError(.type, "xmlattr needs a mapping, not '\(arguments.input.typeName)'")
        }
        var parts: [[UInt8]] = []
        for (key, value) in zip(dict.keys, dict.values) {
            if value.isNone || value.isUndefined { continue }
            guard case .string(let name) = key else {
                throw TemplateError(.type, "expected string or bytes-like object, got '\(key.typeName)'")
            }
            let isBad = name.bytes.contains { byte in
                byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || byte == UInt8(ascii: "/")
                    || byte == UInt8(ascii: ">")
                    || byte == UInt8(ascii: "=")
            }
            if isBad {
                throw TemplateError(.value, "Invalid character in attribute name: \(key.briefRepresentation)")
            }
            var part = name.isSafe ? name.bytes : HTMLEscape.escaped(name.bytes)
            part += [UInt8(ascii: "="), UInt8(ascii: "\"")]
            let text = try render.string(of: value)
            part += text.isSafe ? text.bytes : HTMLEscape.escaped(text.bytes)
            part.append(UInt8(ascii: "\""))
            parts.append(part)
        }
        var result = [UInt8].joined(parts, by: [UInt8(ascii: " ")])
        let addsSpace =
            try arguments[0].map { value throws(TemplateError) in try render.truth(value) } ?? true
        if addsSpace, !result.isEmpty { result.insert(UInt8(ascii: " "), at: 0) }
        return try render.checked(result, isSafe: render.autoescape)
    }

    private static func urlEncoded(_ value: Value, _ render: inout RenderContext) throws(TemplateError)
        -> Value
    {
        let pairs: [Value]
        switch value {
        case .dict(let dict):
            pairs = dict.keys.indices.map { .tuple(TupleValue([dict.keys[$0], dict.values[$0]])) }
        case .list(let list): pairs = list.items
        case .tuple(let tuple): pairs = tuple.items
        case .object(let object) where object.traits.contains(.iterable):
            pairs = try render.elements(of: value)
        case .undefined: pairs = try render.elements(of: value)
        default:
            let text = try render.string(of: value)
            let quoted = URLQuoting.quoted(text.bytes, forQuery: false)
            return quoted.isSame(as: text.bytes) && !text.isSafe ? .string(text) : .text(quoted)
        }
        var parts: [[UInt8]] = []
        for pair in pairs {
            let items = try render.elements(of: pair)
            if items.count != 2 {
                throw TemplateError(
                    .value,
                    items.count < 2
                        ? "not enough values to unpack (expected 2, got \(items.count))"
                        : "too many values to unpack (expected 2)")
            }
            parts.append(
                URLQuoting.quoted(try render.bytes(of: items[0]), forQuery: true) + [UInt8(ascii: "=")]
                    + URLQuoting.quoted(try render.bytes(of: items[1]), forQuery: true))
        }
        return .text([UInt8].joined(parts, by: [UInt8(ascii: "&")]))
    }
}
