import Text

/// `{% trans %}`: becomes a call of `gettext`, `ngettext`, `pgettext` or `npgettext`, as in Jinja2's `ext.py`.
extension Parser {
    private struct Translation {
        var context: Value?
        var variables: [(name: Symbol, value: Expression)] = []
        var plural: Expression?
        var trimmed = false
        var referenced: [Symbol] = []

        func value(of name: Symbol) -> Expression? {
            variables.first { $0.name == name }?.value
        }
    }

    mutating func translation(into body: inout [Statement]) throws(Stop) {
        let tag = advance()
        var translation = Translation()
        if isAt(.string) { translation.context = values[Int(advance().index)] }
        let assignment = try translationHeader(&translation)
        try expect(.blockEnd)
        var (names, singular) = try translationBody(mayPluralize: true)
        translation.referenced = names
        if translation.plural == nil, let first = names.first {
            translation.plural = name(first, at: tag)
        }
        var plural: [UInt8]?
        if isAt("pluralize") {
            advance()
            if !isAt(.blockEnd) {
                let token = try expect(.name)
                guard let value = translation.value(of: token.symbol) else {
                    throw Stop.mistake(
                        Mistake(
                            kind: .assertion, code: .templateSyntax,
                            message: "unknown variable '\(token.symbol.text)' for pluralization",
                            range: token.range,
                            hint: Suggestion.didYouMean(
                                token.symbol.text, among: translation.variables.map(\.name.text))))
                }
                translation.plural = value
            }
            try expect(.blockEnd)
            let (more, text) = try translationBody(mayPluralize: false)
            translation.referenced += more
            plural = text
            if translation.plural == nil {
                advance()
                throw syntax("pluralize without variables", at: tag.range)
            }
        } else {
            translation.plural = nil
        }
        advance()
        for name in translation.referenced where translation.value(of: name) == nil {
            translation.variables.append((name, self.name(name, at: tag)))
        }
        if translation.trimmed {
            singular = Self.trimmed(singular)
            plural = plural.map(Self.trimmed)
        }
        if translation.referenced.isEmpty {
            singular = Self.unescaped(singular)
            plural = plural.map(Self.unescaped)
        }
        let range = SourceRange(Int(tag.start), previousEnd)
        if let assignment { body.append(Statement(assignment, range, anchor: tag.start)) }
        let output = call(translation, singular, plural, range)
        body.append(Statement(.output([.expression(output)]), range, anchor: tag.start))
    }

    private func name(_ name: Symbol, at tag: Token) -> Expression {
        Expression(.name(name), tag.range, anchor: tag.start)
    }

    /// The variables of the tag; a first one that is a call is computed once, in a statement of its own.
    private mutating func translationHeader(_ translation: inout Translation) throws(Stop) -> Statement.Kind?
    {
        var assignment: Statement.Kind?
        var trimmed: Bool?
        while !isAt(.blockEnd) {
            if !translation.variables.isEmpty { try expect(.comma) }
            if skip(.colon) { break }
            let token = try expect(.name)
            if translation.value(of: token.symbol) != nil {
                throw Stop.mistake(
                    Mistake(
                        kind: .assertion, code: .templateSyntax,
                        message: "translatable variable '\(token.symbol.text)' defined twice.",
                        range: token.range))
            }
            var value: Expression
            if skip(.assign) {
                value = try expression()
            } else if trimmed == nil, token.symbol == "trimmed" || token.symbol == "notrimmed" {
                trimmed = token.symbol == "trimmed"
                continue
            } else {
                value = name(token.symbol, at: token)
            }
            if translation.plural == nil {
                if case .call = value.kind {
                    let computed = name("_trans", at: token)
                    assignment = .set(target: computed, value: value)
                    value = computed
                }
                translation.plural = value
            }
            translation.variables.append((token.symbol, value))
        }
        translation.trimmed = trimmed ?? false
        return assignment
    }

    /// Text and variables up to the next tag, as a format string; its name is then the current token.
    private mutating func translationBody(mayPluralize: Bool) throws(Stop) -> ([Symbol], [UInt8]) {
        var names: [Symbol] = []
        var text: [UInt8] = []
        while true {
            switch current.kind {
            case .data:
                if case .string(let data) = values[Int(advance().index)] {
                    for byte in data.bytes {
                        text.append(byte)
                        if byte == UInt8(ascii: "%") { text.append(byte) }
                    }
                }
            case .variableBegin:
                advance()
                let name = try expect(.name).symbol
                names.append(name)
                text += Array("%(\(name.text))s".utf8)
                try expect(.variableEnd)
            case .blockBegin:
                advance()
                if isAt("endtrans") || (isAt("pluralize") && mayPluralize) { return (names, text) }
                if isAt("pluralize") {
                    throw syntax(
                        "a translatable section can have only one pluralize section", at: current.range)
                }
                let message =
                    isAt("trans")
                    ? "trans blocks can't be nested; did you mean `endtrans`?"
                    : "control structures in translatable sections are not allowed; saw `\(describe(current))`"
                let mistake = syntax(message, at: current.range)
                // What begins here is read as any statement is, its end included.
                position -= 1
                throw mistake
            default:
                throw syntax("unclosed translation block", at: current.range)
            }
        }
    }

    private func call(
        _ translation: Translation, _ singular: [UInt8], _ plural: [UInt8]?, _ range: SourceRange
    ) -> Expression {
        func made(_ kind: Expression.Kind) -> Expression { Expression(kind, range, anchor: range.start) }
        var function = "gettext"
        var call = CallSyntax(positional: [made(.constant(.text(singular)))])
        if let context = translation.context {
            function = "p" + function
            call.positional.insert(made(.constant(context)), at: 0)
        }
        if let plural, let number = translation.plural {
            function = "n" + function
            call.positional += [made(.constant(.text(plural))), number]
        }
        let text = made(.markSafe(made(.call(made(.name(Symbol(function))), call))))
        if translation.variables.isEmpty { return text }
        let entries = translation.variables.map {
            (key: made(.constant(.text($0.name.bytes))), value: $0.value)
        }
        return made(.binary(.mod, text, made(.dict(entries))))
    }

    /// White space around line ends becomes one space, and goes at both ends.
    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let start = Whitespace.end(of: bytes, from: 0, end: bytes.count)
        let end = Whitespace.start(of: bytes, before: bytes.count, start: start)
        var result: [UInt8] = []
        var index = start
        while index < end {
            let white = Whitespace.end(of: bytes, from: index, end: end)
            if white > index {
                if bytes[index..<white].contains(0x0A) {
                    result.append(0x20)
                } else {
                    result += bytes[index..<white]
                }
                index = white
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            result.append(bytes[index])
            index +=
                bytes[index] == UInt8(ascii: "%") && index + 1 < bytes.count
                    && bytes[index + 1] == UInt8(ascii: "%") ? 2 : 1
        }
        return result
    }
}
