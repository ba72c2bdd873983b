import Text

/// Filters on text.
extension Builtins {
    static let textFilters: [FunctionValue] =
        caseFilters + escapeFilters + wrappingFilters + [
            filter("string", "") { arguments, render throws(TemplateError) in
                .string(try arguments.inputString(&render))
            },
            filter("trim", "chars=none") { arguments, render throws(TemplateError) in
                let text = try arguments.inputString(&render)
                return text.derived(text.bytes.stripped(try arguments.strictString(0, &render)?.bytes))
            },
            filter("replace", "old, new, count=none") { arguments, render throws(TemplateError) in
                try replace(arguments, &render)
            },
            filter("center", "width=80") { arguments, render throws(TemplateError) in
                let text = try arguments.inputString(&render)
                let width = try arguments.whole(0, &render) ?? 80
                return try center(text, width, [UInt8(ascii: " ")], &render)
            },
            filter("wordcount", "") { arguments, render throws(TemplateError) in
                .int(wordCount(try arguments.bytes(&render)))
            },
            filter("format", "*, **") { arguments, render throws(TemplateError) in
                if !arguments.rest.isEmpty, !arguments.keywords.isEmpty {
                    throw TemplateError(
                        .filterArgument, "can't handle positional and keyword arguments at the same time")
                }
                let text = try arguments.inputString(&render)
                if arguments.keywords.isEmpty {
                    return try render.percentFormat(text, .tuple(TupleValue(arguments.rest)))
                }
                let entries = arguments.keywords.map { (Value.text($0.name.bytes), $0.value) }
                return try render.percentFormat(text, .dict(DictValue(entries)))
            },
        ]

    static func filter(
        _ name: String, _ signature: Signature, _ body: @escaping FunctionValue.Body
    ) -> FunctionValue {
        FunctionValue(name, signature, body)
    }

    private static let caseFilters: [FunctionValue] = [
        textFilter("upper", TextCase.upper), textFilter("lower", TextCase.lower),
        textFilter("capitalize", TextCase.capitalized),
        filter("title", "") { arguments, render throws(TemplateError) in
            .text(titled(try arguments.bytes(&render)))
        },
    ]

    /// A filter that makes of each text another, as safe as the first.
    private static func textFilter(
        _ name: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> FunctionValue {
        filter(name, "") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            let changed = change(text.bytes)
            return changed.isSame(as: text.bytes) ? .string(text) : text.derived(changed)
        }
    }

    private static let escapeFilters: [FunctionValue] = [
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

    private static func replace(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        var text = try arguments.inputString(&render)
        guard let old = try arguments.text(0, &render), let new = try arguments.text(1, &render) else {
            return .none
        }
        let count = try arguments.whole(2, &render) ?? -1
        try render.charge(text.bytes.count >> 6)
        // Each place may grow by the length of what replaces it.
        let places = min(text.bytes.occurrences(of: old.bytes), count < 0 ? Int.max : count)
        let (size, overflow) = places.multipliedReportingOverflow(by: new.bytes.count)
        if overflow || size > render.limits.stringBytes { throw render.tooLong() }
        if !render.autoescape {
            if places == 0, !text.isSafe { return .string(text) }
            return .text(text.bytes.replacing(old.bytes, with: new.bytes, atMost: count))
        }
        if old.isSafe || (new.isSafe && !text.isSafe) {
            text = text.isSafe ? text : StringValue(HTMLEscape.escaped(text.bytes), isSafe: true)
        } else if places == 0 {
            return .string(text)
        }
        return text.derived(text.bytes.replacing(old.bytes, with: text.adapted(new), atMost: count))
    }

    static func center(
        _ text: StringValue, _ width: Int, _ fill: [UInt8], _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let missing = width - text.count
        guard missing > 0 else { return .string(text) }
        if missing > render.limits.stringBytes { throw render.tooLong() }
        // Python puts the odd one to the left when the width is odd.
        let left = missing / 2 + (missing & width & 1)
        return text.derived(text.bytes.padded(left: left, right: missing - left, by: fill))
    }

    /// How many runs of word characters there are.
    static func wordCount(_ bytes: [UInt8]) -> Int {
        var count = 0
        var index = 0
        while index < bytes.count {
            if let length = Word.length(bytes, at: index) {
                count += 1
                index += length
            } else {
                index = bytes.characterEnd(index)
            }
        }
        return count
    }

    /// Words start after white space and after `-`, `(`, `{`, `[`, `<`.
    private static func titled(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            var end = index
            while end < bytes.count, !startsWord(bytes, end) { end = bytes.characterEnd(end) }
            result += TextCase.upperFirst(Array(bytes[index..<end]))
            index = end
            while index < bytes.count, startsWord(bytes, index) {
                let next = bytes.characterEnd(index)
                result += bytes[index..<next]
                index = next
            }
        }
        return result
    }

    private static func startsWord(_ bytes: [UInt8], _ index: Int) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<"):
            true
        default: Whitespace.length(bytes, at: index, end: bytes.count) > 0
        }
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

extension Arguments {
    /// The bytes of what stands before the bar.
    func bytes(_ render: inout RenderContext) throws(TemplateError) -> [UInt8] {
        try render.bytes(of: input)
    }

    /// The text of an argument, `none` included.
    func text(_ index: Int, _ render: inout RenderContext) throws(TemplateError) -> StringValue? {
        guard let value = self[index] else { return nil }
        return try render.string(of: value)
    }
}

/// Word characters: letters, digits, underscores, of all scripts.
enum Word {
    /// How many bytes of word characters stand at an offset, or `nil`.
    static func length(_ bytes: [UInt8], at offset: Int) -> Int? {
        var cursor = offset
        while cursor < bytes.count, isWord(bytes, cursor) { cursor = bytes.characterEnd(cursor) }
        return cursor > offset ? cursor - offset : nil
    }

    private static func isWord(_ bytes: [UInt8], _ index: Int) -> Bool {
        if bytes[index] < 0x80 { return Identifier.isASCIIWord(bytes[index]) }
        let text = String(decoding: bytes[index..<bytes.characterEnd(index)], as: UTF8.self)
        guard let scalar = text.unicodeScalars.first else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}

/// `urllib.parse.quote`.
enum URLQuoting {
    /// Text with `%XX` for what may not stand in a URL; in a query a slash may not, and a space is a plus.
    static func quoted(_ bytes: [UInt8], forQuery: Bool) -> [UInt8] {
        unsafe bytes.withUnsafeBufferPointer { text -> [UInt8] in
            var first = 0
            while first < text.count, stays(unsafe text[first], forQuery) { first += 1 }
            if first == text.count { return bytes }
            // What does not stay takes three bytes at the most.
            return unsafe [UInt8].written(capacity: 3 * text.count - 2 * first) { buffer in
                var count = 0
                for index in 0..<text.count {
                    let byte = unsafe text[index]
                    if stays(byte, forQuery) {
                        unsafe buffer[count] = byte
                        count += 1
                    } else if byte == 0x20, forQuery {
                        unsafe buffer[count] = UInt8(ascii: "+")
                        count += 1
                    } else {
                        unsafe buffer[count] = UInt8(ascii: "%")
                        unsafe buffer[count + 1] = digit(byte >> 4)
                        unsafe buffer[count + 2] = digit(byte & 15)
                        count += 3
                    }
                }
                return count
            }
        }
    }

    /// Letters, digits, `_`, `-`, `.`, `~`, and outside queries `/`: a bit for each of the bytes of ASCII.
    @inline(__always)
    static func stays(_ byte: UInt8, _ forQuery: Bool) -> Bool {
        let low: UInt64 = forQuery ? 0x03FF_6000_0000_0000 : 0x03FF_E000_0000_0000
        let bits = byte < 0x40 ? low : byte < 0x80 ? 0x47FF_FFFE_87FF_FFFE : 0
        return bits >> UInt64(byte & 63) & 1 != 0
    }

    @inline(__always)
    static func digit(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x37 + half }
}
