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
}
