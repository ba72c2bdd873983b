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

    private static func replace(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        var text = try arguments.inputString(&render)
        guard let old = try arguments.text(0, &render), let new = try arguments.text(1, &render) else {
            return .none
        }
        let count = try arguments.whole(2, &render) ?? -1
        try render.charge(text.bytes.count >> 6)
        let (places, _) = try render.replacements(of: old, in: text, with: new, atMost: count)
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
}

extension RenderContext {
    /// How often a text would be replaced, at most some times (always, where that is negative), and how many bytes would
    /// come in its places; fails where that is more than a text may have.
    func replacements(
        of old: StringValue, in text: StringValue, with new: StringValue, atMost limit: Int
    ) throws(TemplateError) -> (places: Int, bytes: Int) {
        let places = min(text.bytes.occurrences(of: old.bytes), limit < 0 ? Int.max : limit)
        let (bytes, overflow) = places.multipliedReportingOverflow(by: new.bytes.count)
        if overflow || bytes > limits.stringBytes { throw tooLong() }
        return (places, bytes)
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
