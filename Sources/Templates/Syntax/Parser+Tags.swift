import Text

/// One function for each tag; the current token is the tag's name when it is called.
extension Parser {
    mutating func set() throws(Stop) -> Statement.Kind {
        advance()
        let target = try assignmentTarget(withNamespace: true)
        if skip(.assign) { return .set(target: target, value: try tuple()) }
        let filter = isAt(.pipe) ? try self.filter(nil) : nil
        return .setBlock(target: target, filter: filter, body: try body(until: "endset"))
    }

    mutating func forLoop() throws(Stop) -> Statement.Kind {
        advance()
        let target = try assignmentTarget()
        try expect(Word.in)
        let iterable = try tuple(withConditional: false)
        let test = skip(Word.if) ? try expression() : nil
        let isRecursive = skip("recursive")
        let body = try self.body(until: ["endfor", "else"])
        let otherwise = endTag() == Word.else ? try self.body(until: "endfor") : []
        return .forLoop(
            Statement.ForLoop(
                target: target, iterable: iterable, test: test, isRecursive: isRecursive, body: body,
                otherwise: otherwise))
    }

    mutating func conditionalStatement() throws(Stop) -> Statement.Kind {
        var branches: [Statement.Branch] = []
        var anchor = advance().start
        while true {
            let test = try tuple(withConditional: false)
            let body = try self.body(until: ["elif", "else", "endif"])
            branches.append(Statement.Branch(test: test, body: body, anchor: anchor))
            switch endTag() {
            case "elif": anchor = current.start
            case Word.else: return .conditional(branches: branches, otherwise: try self.body(until: "endif"))
            default: return .conditional(branches: branches, otherwise: [])
            }
        }
    }

    mutating func with() throws(Stop) -> Statement.Kind {
        advance()
        var targets: [Expression] = []
        var values: [Expression] = []
        while !isAt(.blockEnd) {
            if !targets.isEmpty { try expect(.comma) }
            targets.append(try assignmentTarget())
            try expect(.assign)
            values.append(try expression())
        }
        return .with(targets: targets, values: values, body: try body(until: "endwith"))
    }

    mutating func block() throws(Stop) -> Statement.Kind {
        let tag = advance()
        let name = try expect(.name)
        let isScoped = skip("scoped")
        let isRequired = skip("required")
        if isAt(.sub) {
            throw syntax(
                "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an "
                    + "underscore instead.", at: name.range)
        }
        let body = try self.body(until: "endblock")
        if isRequired, !body.allSatisfy(\.isBlank) {
            report(
                Mistake(
                    kind: .syntax, code: .templateSyntax,
                    message: "Required blocks can only contain comments or whitespace", range: current.range,
                    notes: [("the block starts here", tag.range)]))
        }
        if !skip(name.symbol), isAt(.name), !isClosing {
            throw syntax(
                "expected token '\(TokenKind.blockEnd.description)', got '\(describe(current))'",
                at: current.range,
                hint: "the block that ends here is '\(name.symbol.text)'")
        }
        return .block(
            Statement.BlockSyntax(name: name.symbol, isScoped: isScoped, isRequired: isRequired, body: body))
    }

    /// `with context` or `without context`, if it stands here.
    private mutating func contextMode() -> Bool? {
        guard isAt("with") || isAt("without"), next.kind == .name, next.symbol == "context" else {
            return nil
        }
        let isWith = advance().symbol == "with"
        advance()
        return isWith
    }

    mutating func include() throws(Stop) -> Statement.Kind {
        advance()
        let template = try expression()
        var ignoreMissing = false
        if isAt("ignore"), next.kind == .name, next.symbol == "missing" {
            advance()
            advance()
            ignoreMissing = true
        }
        return .include(template, ignoreMissing: ignoreMissing, withContext: contextMode() ?? true)
    }

    mutating func importModule() throws(Stop) -> Statement.Kind {
        advance()
        let template = try expression()
        try expect("as")
        let name = try expect(.name).symbol
        return .importModule(template, name: name, withContext: contextMode() ?? false)
    }

    mutating func importNames() throws(Stop) -> Statement.Kind {
        advance()
        let template = try expression()
        try expect("import")
        var names: [Statement.ImportedName] = []
        var withContext = false
        while true {
            if !names.isEmpty { try expect(.comma) }
            guard isAt(.name) else {
                try expect(.name)
                break
            }
            if let mode = contextMode() {
                withContext = mode
                break
            }
            let name = advance()
            if name.symbol.bytes.first == UInt8(ascii: "_") {
                throw Stop.mistake(
                    Mistake(
                        kind: .assertion, code: .templateSyntax,
                        message: "names starting with an underline can not be imported", range: name.range))
            }
            let alias = skip("as") ? try expect(.name).symbol : name.symbol
            names.append(Statement.ImportedName(name: name.symbol, alias: alias))
            if let mode = contextMode() {
                withContext = mode
                break
            }
            if !isAt(.comma) { break }
        }
        return .importNames(template, names: names, withContext: withContext)
    }

    mutating func macro() throws(Stop) -> Statement.Kind {
        advance()
        let name = try expect(.name).symbol
        let (parameters, defaults) = try signature()
        let body = try self.body(until: "endmacro")
        return .macro(
            Statement.MacroSyntax(name: name, parameters: parameters, defaults: defaults, body: body))
    }

    mutating func callBlock() throws(Stop) -> Statement.Kind {
        let tag = advance()
        let (parameters, defaults) = isAt(.leftParenthesis) ? try signature() : ([], [])
        let call = try expression()
        guard case .call = call.kind else { throw syntax("expected call", at: tag.range) }
        let body = try self.body(until: "endcall")
        return .callBlock(
            Statement.MacroSyntax(name: .empty, parameters: parameters, defaults: defaults, body: body),
            call: call)
    }

    private mutating func signature() throws(Stop) -> ([(name: Symbol, range: SourceRange)], [Expression]) {
        var parameters: [(name: Symbol, range: SourceRange)] = []
        var defaults: [Expression] = []
        try expect(.leftParenthesis)
        while !isAt(.rightParenthesis) {
            if !parameters.isEmpty { try expect(.comma) }
            let name = try expect(.name)
            if skip(.assign) {
                defaults.append(try expression())
            } else if !defaults.isEmpty {
                throw syntax("non-default argument follows default argument", at: current.range)
            }
            if parameters.contains(where: { $0.name == name.symbol }) {
                throw syntax(
                    "duplicate argument '\(name.symbol.text)' in function definition", at: name.range)
            }
            parameters.append((name.symbol, name.range))
        }
        try expect(.rightParenthesis)
        return (parameters, defaults)
    }

    /// What may stand left of `=`, or between `for` and `in`.
    mutating func assignmentTarget(
        withNamespace: Bool = false
    ) throws(Stop) -> Expression {
        let target = try tuple(simplified: true, withNamespace: withNamespace)
        if !target.isAssignable {
            throw syntax("can't assign to '\(target.kind.className)'", at: target.range)
        }
        return target
    }
}

extension Expression {
    /// Whether values can be stored in it.
    var isAssignable: Bool {
        switch kind {
        case .name, .namespaceTarget: true
        case .tuple(let items): items.allSatisfy(\.isAssignable)
        default: false
        }
    }
}

extension Statement {
    /// Whether it prints white space and nothing else.
    fileprivate var isBlank: Bool {
        guard case .output(let parts) = kind else { return false }
        return parts.allSatisfy { part in
            guard case .text(let bytes, _) = part else { return false }
            return Whitespace.end(of: bytes, from: 0, end: bytes.count) == bytes.count
        }
    }
}
