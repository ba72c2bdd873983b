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
