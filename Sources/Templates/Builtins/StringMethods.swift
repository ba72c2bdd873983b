import Text

/// The methods of text: those of Python's `str`, and of MarkupSafe's `Markup` for safe text.
extension Methods {
    static let stringMethods: [FunctionValue] =
        caseMethods + pieceMethods + searchMethods + paddingMethods + kindMethods + [
            method("format", "*, **") { arguments, render throws(TemplateError) in
                var format = BraceFormat(
                    try arguments.inputString(&render),
                    CallArguments(arguments.rest, keywords: arguments.keywords))
                return try format.run(&render)
            },
            method("format_map", "mapping") { arguments, render throws(TemplateError) in
                guard case .dict(let dict) = arguments[0] ?? .none else {
                    throw TemplateError(.type, "format_map() needs a mapping")
                }
                var keywords: [CallArguments.Keyword] = []
                for (key, value) in zip(dict.keys, dict.values) {
                    if case .string(let name) = key {
                        keywords.append(CallArguments.Keyword(Symbol(name.bytes), value))
                    }
                }
                var format = BraceFormat(
                    try arguments.inputString(&render), CallArguments([], keywords: keywords))
                return try format.run(&render)
            },
            method("join", "iterable") { arguments, render throws(TemplateError) in
                try join(arguments, &render)
            },
            method("unescape", "") { arguments, render throws(TemplateError) in
                try onlySafe(arguments, "unescape", &render)
                return .text(HTMLText.unescaped(try arguments.bytes(&render)))
            },
            method("striptags", "") { arguments, render throws(TemplateError) in
                try onlySafe(arguments, "striptags", &render)
                return .text(HTMLText.withoutTags(try arguments.bytes(&render)))
            },
            method("__html__", "") { arguments, render throws(TemplateError) in
                try onlySafe(arguments, "__html__", &render)
                return arguments.input
            },
        ]

    static func method(
        _ name: String, _ signature: Signature, _ body: @escaping FunctionValue.Body
    ) -> FunctionValue {
        FunctionValue(name, signature, body)
    }

    private static func onlySafe(
        _ arguments: borrowing Arguments, _ name: String, _ render: inout RenderContext
    ) throws(TemplateError) {
        if !(try arguments.inputString(&render)).isSafe {
            throw TemplateError(
                .undefined, "'str object' has no attribute '\(name)'", hint: "put | safe before it")
        }
    }

    private static func textMethod(
        _ name: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> FunctionValue {
        method(name, "") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            return text.derived(change(text.bytes))
        }
    }

    private static let caseMethods: [FunctionValue] = [
        textMethod("upper", TextCase.upper), textMethod("lower", TextCase.lower),
        textMethod("casefold") { bytes in
            // Folding differs from lower case for a few letters only; the German one is the one people meet.
            TextCase.lower(bytes).replacing(Array("ß".utf8), with: Array("ss".utf8))
        },
        textMethod("capitalize", TextCase.capitalized), textMethod("title", TextCase.title),
        textMethod("swapcase", TextCase.swapped),
    ]

    private static func join(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let separator = try arguments.inputString(&render)
        var pieces: [[UInt8]] = []
        var size = 0
        for (index, item) in try render.elements(of: arguments[0] ?? .none).enumerated() {
            let piece: [UInt8]
            if separator.isSafe {
                piece = separator.adapted(try render.string(of: item))
            } else if case .string(let text) = item {
                piece = text.bytes
            } else {
                throw TemplateError(
                    .type, "sequence item \(index): expected str instance, \(item.typeName) found",
                    hint: "use the filter join, which takes any values")
            }
            size += piece.count + separator.bytes.count
            if size > render.limits.stringBytes { throw render.tooLong() }
            pieces.append(piece)
        }
        return separator.derived([UInt8].joined(pieces, by: separator.bytes))
    }

    // MARK: Pieces

    private static let pieceMethods: [FunctionValue] = [
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
            let places = min(text.bytes.occurrences(of: old.bytes), count < 0 ? Int.max : count)
            let (size, overflow) = places.multipliedReportingOverflow(by: new.bytes.count)
            if overflow || size > render.limits.stringBytes { throw render.tooLong() }
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

    private static func mustBeText() -> TemplateError { TemplateError(.type, "must be str, not NoneType") }

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

    // MARK: Searching

    private static let searchMethods: [FunctionValue] = [
        affix("startswith") { $0.starts(with: $1) },
        affix("endswith") { $0.suffix($1.count).elementsEqual($1) },
        search("find", last: false, fails: false), search("rfind", last: true, fails: false),
        search("index", last: false, fails: true), search("rindex", last: true, fails: true),
        method("count", "sub, start=none, end=none") { arguments, render throws(TemplateError) in
            let (part, window, _) = try window(arguments, &render)
            return .int(window?.occurrences(of: part) ?? 0)
        },
    ]

    /// `startswith` and `endswith`: of one text or of any of several.
    private static func affix(
        _ name: String, _ holds: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
    ) -> FunctionValue {
        method(name, "prefix, start=none, end=none") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            var window = text.bytes
            if arguments[1] != nil || arguments[2] != nil {
                window =
                    text.slice(try arguments.whole(1, &render), try arguments.whole(2, &render), 1).bytes
            }
            switch arguments[0] ?? .none {
            case .string(let part): return .bool(holds(window, part.bytes))
            case .tuple(let parts):
                for part in parts.items {
                    if case .string(let part) = part, holds(window, part.bytes) { return .bool(true) }
                }
                return .bool(false)
            case .undefined(let undefined): throw render.error(for: undefined)
            default:
                throw TemplateError(
                    .type,
                    "\(name) first arg must be str or a tuple of str, not \(arguments[0]?.typeName ?? "NoneType")"
                )
            }
        }
    }

    /// The text to look for, the part of the text to look in, and where that part starts, in characters.
    private static func window(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> (part: [UInt8], window: [UInt8]?, start: Int) {
        let text = try arguments.inputString(&render)
        guard let part = try arguments.strictString(0, &render) else { throw mustBeText() }
        if arguments[1] == nil, arguments[2] == nil { return (part.bytes, text.bytes, 0) }
        let start = try arguments.whole(1, &render)
        let range = SliceRange(
            count: text.count, start: start, stop: try arguments.whole(2, &render), step: 1)
        // A start beyond the end finds nothing, not even the empty text.
        if let start, start > text.count { return (part.bytes, nil, 0) }
        let slice = text.slice(start, try arguments.whole(2, &render), 1)
        return (part.bytes, slice.bytes, range.first)
    }

    private static func search(_ name: String, last: Bool, fails: Bool) -> FunctionValue {
        method(name, "sub, start=none, end=none") { arguments, render throws(TemplateError) in
            let (part, window, start) = try window(arguments, &render)
            let found = window.flatMap {
                last ? $0.lastRange(of: part, from: 0) : $0.firstRange(of: part, from: 0)
            }
            guard let found, let window else {
                if fails { throw TemplateError(.value, "substring not found") }
                return .int(-1)
            }
            return .int(start + Array(window[..<found.lowerBound]).characterCount)
        }
    }

    // MARK: Padding

    private static let paddingMethods: [FunctionValue] = [
        method("center", "width, fillchar=' '") { arguments, render throws(TemplateError) in
            let (text, width, fill) = try padding(arguments, &render)
            return try Builtins.center(text, width, fill, &render)
        },
        method("ljust", "width, fillchar=' '") { arguments, render throws(TemplateError) in
            let (text, width, fill) = try padding(arguments, &render)
            return text.derived(text.bytes.padded(left: 0, right: width - text.count, by: fill))
        },
        method("rjust", "width, fillchar=' '") { arguments, render throws(TemplateError) in
            let (text, width, fill) = try padding(arguments, &render)
            return text.derived(text.bytes.padded(left: width - text.count, right: 0, by: fill))
        },
        method("zfill", "width") { arguments, render throws(TemplateError) in
            let (text, width, _) = try padding(arguments, &render)
            let missing = width - text.count
            guard missing > 0 else { return .string(text) }
            var bytes = text.bytes
            var sign: [UInt8] = []
            if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
                sign = [first]
                bytes.removeFirst()
            }
            return text.derived(sign + bytes.padded(left: missing, right: 0, by: [UInt8(ascii: "0")]))
        },
        method("expandtabs", "tabsize=8") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            let size = try arguments.whole(0, &render) ?? 8
            if size > 1 << 10 { throw render.tooLong() }
            var result: [UInt8] = []
            var column = 0
            for byte in text.bytes {
                if byte == 0x09 {
                    let count = size > 0 ? size - column % size : 0
                    result += [UInt8](repeating: 0x20, count: count)
                    column += count
                } else {
                    result.append(byte)
                    if byte == 0x0A || byte == 0x0D { column = 0 } else if byte & 0xC0 != 0x80 { column += 1 }
                }
            }
            return text.derived(result)
        },
    ]

    private static func padding(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> (StringValue, Int, [UInt8]) {
        let text = try arguments.inputString(&render)
        guard let width = try arguments.whole(0, &render) else {
            throw TemplateError(.type, "'NoneType' object cannot be interpreted as an integer")
        }
        if width > render.limits.stringBytes { throw render.tooLong() }
        let fill = try arguments.strictString(1, &render) ?? StringValue(" ")
        if fill.count != 1 {
            throw TemplateError(.type, "The fill character must be exactly one character long")
        }
        return (text, width, text.adapted(fill))
    }

    // MARK: Kinds of characters

    private static let kindMethods: [FunctionValue] = [
        kind("isdigit") {
            all($0) { $0.properties.numericType == .decimal || $0.properties.numericType == .digit }
        },
        kind("isdecimal") { all($0) { $0.properties.numericType == .decimal } },
        kind("isnumeric") { all($0) { $0.properties.numericType != nil } },
        kind("isalpha") { all($0) { isLetter($0) } },
        kind("isalnum") { all($0) { isLetter($0) || $0.properties.numericType != nil } },
        kind("isspace") { !$0.isEmpty && Whitespace.end(of: $0, from: 0, end: $0.count) == $0.count },
        kind("islower", TextCase.isLower), kind("isupper", TextCase.isUpper),
        kind("istitle", TextCase.isTitle),
        kind("isascii") { $0.allSatisfy { $0 < 0x80 } },
        kind("isidentifier") { bytes in
            Identifier.wordLength(bytes, at: 0, end: bytes.count) == bytes.count
                && Identifier.isValid(bytes[...])
        },
        kind("isprintable") {
            String(decoding: $0, as: UTF8.self).unicodeScalars.allSatisfy(Representation.isPrintable)
        },
    ]

    private static func kind(_ name: String, _ holds: @escaping @Sendable ([UInt8]) -> Bool) -> FunctionValue
    {
        method(name, "") { arguments, render throws(TemplateError) in
            .bool(holds(try arguments.bytes(&render)))
        }
    }

    private static func all(_ bytes: [UInt8], _ holds: (Unicode.Scalar) -> Bool) -> Bool {
        !bytes.isEmpty && String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy(holds)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}
