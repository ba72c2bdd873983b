import Text

/// The methods of text that take it apart and give pieces of it.
extension Methods {
    static let pieceMethods: [FunctionValue] = [
        method("split", "sep=none, maxsplit=-1") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            let limit = try arguments.whole(1, &render) ?? -1
            guard let separator = try separator(arguments, &render) else {
                return try pieces(text.bytes.words(atMost: limit), text, &render)
            }
            return try pieces(text.bytes.split(by: separator, atMost: limit), text, &render)
        },
        method("rsplit", "sep=none, maxsplit=-1") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            let limit = try arguments.whole(1, &render) ?? -1
            guard let separator = try separator(arguments, &render) else {
                return try pieces(text.bytes.rightWords(atMost: limit), text, &render)
            }
            return try pieces(text.bytes.rightSplit(by: separator, atMost: limit), text, &render)
        },
        method("splitlines", "keepends=false") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            return try pieces(text.bytes.lines(keepingEnds: try arguments.isTrue(0, &render)), text, &render)
        },
        method("partition", "sep") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            guard let separator = try separator(arguments, &render) else { throw mustBeText() }
            guard let found = text.bytes.firstRange(of: separator, from: 0) else {
                return triple(text, text.bytes, [], [])
            }
            return triple(
                text, Array(text.bytes[..<found.lowerBound]), separator,
                Array(text.bytes[found.upperBound...]))
        },
        method("rpartition", "sep") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            guard let separator = try separator(arguments, &render) else { throw mustBeText() }
            guard let found = text.bytes.lastRange(of: separator, from: 0) else {
                return triple(text, [], [], text.bytes)
            }
            return triple(
                text, Array(text.bytes[..<found.lowerBound]), separator,
                Array(text.bytes[found.upperBound...]))
        },
        strip("strip", left: true, right: true), strip("lstrip", left: true, right: false),
        strip("rstrip", left: false, right: true),
        method("removeprefix", "prefix") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            guard let prefix = try arguments.strictString(0, &render) else { throw mustBeText() }
            return text.bytes.starts(with: prefix.bytes)
                ? text.derived(Array(text.bytes.dropFirst(prefix.bytes.count))) : .string(text)
        },
        method("removesuffix", "suffix") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            guard let suffix = try arguments.strictString(0, &render) else { throw mustBeText() }
            return !suffix.bytes.isEmpty && text.bytes.suffix(suffix.bytes.count).elementsEqual(suffix.bytes)
                ? text.derived(Array(text.bytes.dropLast(suffix.bytes.count))) : .string(text)
        },
        method("replace", "old, new, count=-1") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            guard let old = try arguments.strictString(0, &render),
                let new = try arguments.strictString(1, &render)
            else { throw mustBeText() }
            let count = try arguments.whole(2, &render) ?? -1
            let (_, size) = try render.replacements(of: old, in: text, with: new, atMost: count)
            try render.charge((text.bytes.count + size) >> 6)
            return text.derived(text.bytes.replacing(old.bytes, with: text.adapted(new), atMost: count))
        },
    ]

    private static func strip(_ name: String, left: Bool, right: Bool) -> FunctionValue {
        method(name, "chars=none") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            let characters = try arguments.strictString(0, &render)?.bytes
            return text.derived(text.bytes.stripped(characters, left: left, right: right))
        }
    }

    static func mustBeText() -> TemplateError { TemplateError(.type, "must be str, not NoneType") }

    private static func separator(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> [UInt8]? {
        guard let separator = try arguments.strictString(0, &render) else { return nil }
        if separator.bytes.isEmpty { throw TemplateError(.value, "empty separator") }
        return separator.bytes
    }

    private static func pieces(
        _ pieces: [[UInt8]], _ text: StringValue, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        try render.charge(pieces.count)
        return try render.newList(pieces.map(text.derived))
    }

    private static func triple(_ text: StringValue, _ a: [UInt8], _ b: [UInt8], _ c: [UInt8]) -> Value {
        .tuple(TupleValue([text.derived(a), text.derived(b), text.derived(c)]))
    }
}
