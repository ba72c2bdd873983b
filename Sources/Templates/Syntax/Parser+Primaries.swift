import Text

/// What operators join: names, literals, and what stands in brackets.
extension Parser {
    mutating func primary(withNamespace: Bool = false) throws(Stop) -> Expression {
        let token = current
        switch token.kind {
        case .name:
            advance()
            if let constant = Self.constants[token.symbol] {
                return try node(.constant(constant), from: token.start, anchor: token.start)
            }
            if withNamespace, skip(.dot) {
                let attribute = try expect(.name)
                return try node(
                    .namespaceTarget(token.symbol, attribute.symbol), from: token.start, anchor: token.start)
            }
            return try node(.name(token.symbol), from: token.start, anchor: token.start)
        case .string:
            advance()
            guard isAt(.string), case .string(let first) = values[Int(token.index)] else {
                return try node(.constant(values[Int(token.index)]), from: token.start, anchor: token.start)
            }
            var bytes = first.bytes
            while isAt(.string) {
                if case .string(let more) = values[Int(advance().index)] { bytes += more.bytes }
            }
            return try node(.constant(.text(bytes)), from: token.start, anchor: token.start)
        case .integer, .float:
            advance()
            return try node(.constant(values[Int(token.index)]), from: token.start, anchor: token.start)
        case .leftParenthesis:
            advance()
            let inner = try tuple(explicitParentheses: true)
            try expect(.rightParenthesis)
            return inner
        case .leftBracket: return try list()
        case .leftBrace: return try dict()
        default: throw syntax("unexpected '\(describe(token))'", at: token.range)
        }
    }

    private static let constants: [Symbol: Value] = [
        "true": .bool(true), "True": .bool(true), "false": .bool(false), "False": .bool(false),
        "none": .none, "None": .none,
    ]

    /// An expression, or several separated by commas.
    mutating func tuple(
        simplified: Bool = false, withConditional: Bool = true, explicitParentheses: Bool = false,
        withNamespace: Bool = false
    ) throws(Stop) -> Expression {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > Self.deepestNesting {
            throw syntax("the expression is nested too deeply", at: current.range)
        }
        var anchor = current.start
        let start = anchor
        var items: [Expression] = []
        var isTuple = false
        while true {
            if !items.isEmpty { try expect(.comma) }
            if isTupleEnd { break }
            items.append(
                simplified
                    ? try primary(withNamespace: withNamespace)
                    : try expression(withConditional: withConditional))
            guard isAt(.comma) else { break }
            isTuple = true
            anchor = current.start
        }
        if !isTuple {
            if let only = items.first { return only }
            if !explicitParentheses {
                throw syntax("Expected an expression, got '\(describe(current))'", at: current.range)
            }
        }
        return try node(.tuple(items), from: start, anchor: anchor)
    }

    private var isTupleEnd: Bool {
        switch current.kind {
        case .variableEnd, .blockEnd, .rightParenthesis: true
        default: false
        }
    }

    private mutating func list() throws(Stop) -> Expression {
        let start = try expect(.leftBracket).start
        var items: [Expression] = []
        while !isAt(.rightBracket) {
            if !items.isEmpty { try expect(.comma) }
            if isAt(.rightBracket) { break }
            items.append(try expression())
        }
        try expect(.rightBracket)
        return try node(.list(items), from: start, anchor: start)
    }

    private mutating func dict() throws(Stop) -> Expression {
        let start = try expect(.leftBrace).start
        var entries: [(key: Expression, value: Expression)] = []
        while !isAt(.rightBrace) {
            if !entries.isEmpty { try expect(.comma) }
            if isAt(.rightBrace) { break }
            let key = try expression()
            try expect(.colon)
            entries.append((key, try expression()))
        }
        try expect(.rightBrace)
        return try node(.dict(entries), from: start, anchor: start)
    }
}
