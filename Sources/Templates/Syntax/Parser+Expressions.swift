import Text

extension Parser {
    /// The words that end a primary expression or join expressions.
    enum Word {
        static let `if` = Symbol("if")
        static let `else` = Symbol("else")
        static let or = Symbol("or")
        static let and = Symbol("and")
        static let not = Symbol("not")
        static let `in` = Symbol("in")
        static let `is` = Symbol("is")
    }

    mutating func expression(withConditional: Bool = true) throws(Stop) -> Expression {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > Self.deepestNesting {
            throw syntax("the expression is nested too deeply", at: current.range)
        }
        return withConditional ? try conditional() : try or()
    }

    /// A node, unless it is too deep to be walked.
    func node(_ kind: Expression.Kind, from start: UInt32, anchor: UInt32) throws(Stop) -> Expression {
        let expression = Expression(kind, SourceRange(Int(start), previousEnd), anchor: anchor)
        if expression.depth > Self.deepestExpression {
            throw syntax("the expression is too long", at: expression.range)
        }
        return expression
    }

    private mutating func conditional() throws(Stop) -> Expression {
        var anchor = current.start
        let start = anchor
        var result = try or()
        while skip(Word.if) {
            let test = try or()
            let otherwise = skip(Word.else) ? try nestedConditional() : nil
            result = try node(
                .conditional(test: test, then: result, otherwise: otherwise), from: start, anchor: anchor)
            anchor = current.start
        }
        return result
    }

    private mutating func nestedConditional() throws(Stop) -> Expression {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > Self.deepestNesting {
            throw syntax("the expression is nested too deeply", at: current.range)
        }
        return try conditional()
    }

    private mutating func or() throws(Stop) -> Expression {
        var anchor = current.start
        let start = anchor
        var left = try and()
        while skip(Word.or) {
            let right = try and()
            left = try node(.or(left, right), from: start, anchor: anchor)
            anchor = current.start
        }
        return left
    }

    private mutating func and() throws(Stop) -> Expression {
        var anchor = current.start
        let start = anchor
        var left = try not()
        while skip(Word.and) {
            let right = try not()
            left = try node(.and(left, right), from: start, anchor: anchor)
            anchor = current.start
        }
        return left
    }

    private mutating func not() throws(Stop) -> Expression {
        var negations: [UInt32] = []
        while isAt(Word.not) { negations.append(advance().start) }
        var result = try compare()
        for start in negations.reversed() { result = try node(.not(result), from: start, anchor: start) }
        return result
    }

    private mutating func compare() throws(Stop) -> Expression {
        var anchor = current.start
        let start = anchor
        let first = try sum()
        var operands: [(comparison: Comparison, operand: Expression)] = []
        while true {
            let comparison: Comparison
            switch current.kind {
            case .equal: comparison = .equal
            case .notEqual: comparison = .notEqual
            case .less: comparison = .less
            case .lessOrEqual: comparison = .lessOrEqual
            case .greater: comparison = .greater
            case .greaterOrEqual: comparison = .greaterOrEqual
            case .name where current.symbol == Word.in: comparison = .isIn
            case .name
            where current.symbol == Word.not && next.kind == .name && next.symbol == Word.in:
                advance()
                comparison = .isNotIn
            default:
                if operands.isEmpty { return first }
                return try node(.compare(first, operands), from: start, anchor: anchor)
            }
            advance()
            operands.append((comparison, try sum()))
            anchor = current.start
        }
    }

    private mutating func sum() throws(Stop) -> Expression {
        var anchor = current.start
        let start = anchor
        var left = try concat()
        while true {
            let operation: BinaryOperator
            switch current.kind {
            case .add: operation = .add
            case .sub: operation = .sub
            default: return left
            }
            advance()
            let right = try concat()
            left = try node(.binary(operation, left, right), from: start, anchor: anchor)
            anchor = current.start
        }
    }

    private mutating func concat() throws(Stop) -> Expression {
        let start = current.start
        let first = try product()
        guard isAt(.tilde) else { return first }
        var parts = [first]
        while skip(.tilde) { parts.append(try product()) }
        return try node(.concat(parts), from: start, anchor: start)
    }

    private mutating func product() throws(Stop) -> Expression {
        var anchor = current.start
        let start = anchor
        var left = try power()
        while true {
            let operation: BinaryOperator
            switch current.kind {
            case .mul: operation = .mul
            case .div: operation = .div
            case .floorDiv: operation = .floorDiv
            case .mod: operation = .mod
            default: return left
            }
            advance()
            let right = try power()
            left = try node(.binary(operation, left, right), from: start, anchor: anchor)
            anchor = current.start
        }
    }

    private mutating func power() throws(Stop) -> Expression {
        var anchor = current.start
        let start = anchor
        var left = try unary(withFilter: true)
        while skip(.pow) {
            let right = try unary(withFilter: true)
            left = try node(.binary(.pow, left, right), from: start, anchor: anchor)
            anchor = current.start
        }
        return left
    }

    private mutating func unary(withFilter: Bool) throws(Stop) -> Expression {
        let start = current.start
        var result: Expression
        if isAt(.sub) || isAt(.add) {
            nesting += 1
            defer { nesting -= 1 }
            if nesting > Self.deepestNesting {
                throw syntax("the expression is nested too deeply", at: current.range)
            }
            let isNegative = advance().kind == .sub
            let operand = try unary(withFilter: false)
            result = try node(
                isNegative ? .negative(operand) : .positive(operand), from: start, anchor: start)
        } else {
            result = try primary()
        }
        result = try postfix(result)
        return withFilter ? try filters(result) : result
    }

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
