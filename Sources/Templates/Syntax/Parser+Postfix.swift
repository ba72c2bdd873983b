import Text

extension Parser {
    /// What may follow a primary expression: attributes, items, calls.
    mutating func postfix(_ operand: Expression) throws(Stop) -> Expression {
        var result = operand
        while true {
            switch current.kind {
            case .dot, .leftBracket: result = try subscripted(result)
            case .leftParenthesis: result = try call(result)
            default: return result
            }
        }
    }

    /// What may follow an operand: filters, tests, and calls of their results.
    mutating func filters(_ operand: Expression) throws(Stop) -> Expression {
        var result = operand
        while true {
            if isAt(.pipe) {
                result = try filter(result)
            } else if isAt(Word.is) {
                result = try test(result)
            } else if isAt(.leftParenthesis) {
                result = try call(result)
            } else {
                return result
            }
        }
    }

    private mutating func subscripted(_ operand: Expression) throws(Stop) -> Expression {
        let start = operand.range.start
        let token = advance()
        if token.kind == .dot {
            let name = current
            switch name.kind {
            case .name:
                advance()
                return try node(.attribute(operand, name.symbol), from: start, anchor: token.start)
            case .integer:
                advance()
                let key = try node(.constant(values[Int(name.index)]), from: name.start, anchor: name.start)
                return try node(.item(operand, key), from: start, anchor: token.start)
            default: throw syntax("expected name or number", at: name.range)
            }
        }
        var keys: [Expression] = []
        while !isAt(.rightBracket) {
            if !keys.isEmpty { try expect(.comma) }
            keys.append(try subscriptKey())
        }
        let keysEnd = current.start
        try expect(.rightBracket)
        let key =
            keys.count == 1
            ? keys[0]
            : Expression(
                .tuple(keys), SourceRange(Int(token.end), Int(keysEnd)), anchor: token.start)
        return try node(.item(operand, key), from: start, anchor: token.start)
    }

    private mutating func subscriptKey() throws(Stop) -> Expression {
        let start = current.start
        var parts: [Expression?] = []
        if skip(.colon) {
            parts.append(nil)
        } else {
            let first = try expression()
            guard skip(.colon) else { return first }
            parts.append(first)
        }
        if isAt(.colon) || isAt(.rightBracket) || isAt(.comma) {
            parts.append(nil)
        } else {
            parts.append(try expression())
        }
        if skip(.colon), !isAt(.rightBracket), !isAt(.comma) {
            parts.append(try expression())
        } else {
            parts.append(nil)
        }
        return try node(.slice(parts[0], parts[1], parts[2]), from: start, anchor: start)
    }

    private mutating func call(_ callee: Expression) throws(Stop) -> Expression {
        let token = current
        let arguments = try callArguments()
        return try node(.call(callee, arguments), from: callee.range.start, anchor: token.start)
    }

    private mutating func callArguments() throws(Stop) -> CallSyntax {
        let open = try expect(.leftParenthesis)
        var call = CallSyntax()
        var isFirst = true
        func misplaced() -> Stop {
            syntax("invalid syntax for function call expression", at: open.range)
        }
        while !isAt(.rightParenthesis) {
            if !isFirst {
                try expect(.comma)
                if isAt(.rightParenthesis) { break }
            }
            isFirst = false
            if isAt(.mul) {
                if call.rest != nil || call.keywordRest != nil { throw misplaced() }
                advance()
                call.rest = try expression()
            } else if isAt(.pow) {
                if call.keywordRest != nil { throw misplaced() }
                advance()
                call.keywordRest = try expression()
            } else if isAt(.name), next.kind == .assign {
                if call.keywordRest != nil { throw misplaced() }
                let name = advance().symbol
                advance()
                call.keywords.append((name, try expression()))
            } else {
                if call.rest != nil || call.keywordRest != nil || !call.keywords.isEmpty { throw misplaced() }
                call.positional.append(try expression())
            }
        }
        try expect(.rightParenthesis)
        return call
    }

    /// Filters after an operand, or after the word `filter`, which has none and starts without a bar.
    mutating func filter(_ operand: Expression?, startInline: Bool = false) throws(Stop) -> Expression {
        var result = operand
        var isInline = startInline
        while isAt(.pipe) || isInline {
            if !isInline { advance() }
            isInline = false
            let token = try expect(.name)
            let name = try dottedName(token)
            let call = isAt(.leftParenthesis) ? try callArguments() : CallSyntax()
            result = try node(
                .filter(result, name, call), from: result?.range.start ?? token.start, anchor: token.start)
        }
        guard let result else {
            throw syntax("expected token 'name', got '\(describe(current))'", at: current.range)
        }
        return result
    }

    private mutating func dottedName(_ token: Token) throws(Stop) -> Symbol {
        guard isAt(.dot) else { return token.symbol }
        var name = token.symbol.text
        while skip(.dot) { name += "." + (try expect(.name)).symbol.text }
        return Symbol(name)
    }

    private mutating func test(_ operand: Expression) throws(Stop) -> Expression {
        let token = advance()
        let isNegated = skip(Word.not)
        let nameToken = try expect(.name)
        let name = try dottedName(nameToken)
        var call = CallSyntax()
        switch current.kind {
        case .leftParenthesis: call = try callArguments()
        case .name where isAt(Word.else) || isAt(Word.or) || isAt(Word.and): break
        case .name, .string, .integer, .float, .leftBracket, .leftBrace:
            if isAt(Word.is) { throw syntax("You cannot chain multiple tests with is", at: current.range) }
            call.positional = [try postfix(try primary())]
        default: break
        }
        let start = operand.range.start
        let result = try node(.test(operand, name, call), from: start, anchor: token.start)
        return isNegated ? try node(.not(result), from: start, anchor: token.start) : result
    }
}
