import Text

/// Chains of filters that a collection of the host may answer as a whole.
///
///     site.posts | selectattr("featured") | sort(attribute="date") | first
///     └──────────┴─ base                                             └─ part
///
/// The filters are compiled as ever; before them stands an instruction that asks the base, and jumps over them if
/// it answers. What lies between the base and the end of the chain is seen by nobody, so that the answer is the
/// same either way.
extension Compiler {
    /// Compiles an expression that is such a chain; false if it is none.
    mutating func query(_ expression: Expression) -> Bool {
        guard let chain = Chain(expression, environment, folded: { self.folded($0) }) else { return false }
        self.expression(chain.base)
        builder.at(expression.range)
        let answered = builder.query(Program.QueryUse(chain.query, chain.part, chain.result))
        for (name, call, whole) in chain.steps { filter(name, call, whole, opcode: .filter) }
        switch expression.kind {
        case .item(_, let key): itemOnTop(key, expression)
        case .filter(_, let name, let call) where chain.endsInFilter:
            filter(name, call, expression, opcode: .filter)
        default: break
        }
        builder.land(answered)
        return true
    }
}

/// A chain taken apart.
private struct Chain {
    typealias Step = (name: Symbol, call: CallSyntax, whole: Expression)

    let base: Expression
    /// The filters that select and order, first to last.
    let steps: [Step]
    let query: CollectionQuery
    let part: CollectionQuery.Part
    let result: Program.QueryUse.Result
    /// Whether a filter behind the steps says which part is wanted.
    let endsInFilter: Bool

    init?(_ expression: Expression, _ environment: Environment, folded: (Expression) -> Value?) {
        var last: Expression? = expression
        var wanted = CollectionQuery.Part.all
        var result: Program.QueryUse.Result?
        var needsList = true
        var endsInFilter = false
        switch expression.kind {
        case .item(let operand, let key):
            guard let bounds = Self.bounds(key, folded) else { return nil }
            wanted = .slice(bounds.start, bounds.end)
            result = bounds.isOne ? .element : .list
            last = operand
        case .filter(let operand, let name, let call) where call.isEmpty && Self.isBuiltIn(name, environment):
            switch name.text {
            case "first": (wanted, result, needsList) = (.slice(0, 1), .element, false)
            case "last": (wanted, result) = (.last, .element)
            case "length", "count": (wanted, result) = (.count, .list)
            default: break
            }
            if result != nil {
                endsInFilter = true
                last = operand
            }
        case .filter: break
        default: return nil
        }
        var steps: [Step] = []
        var texts: [[UInt8]] = []
        var attributes: [Symbol] = []
        var selects = false
        while let whole = last, case .filter(let operand?, let name, let call) = whole.kind,
            let step = QueryStep(name, call, environment, folded: folded)
        {
            steps.append((name, call, whole))
            texts.append(step.text)
            for attribute in step.attributes where !attributes.contains(attribute) {
                attributes.append(attribute)
            }
            selects = selects || !step.attributes.isEmpty
            last = operand
        }
        guard let base = last, selects, let final = steps.first else { return nil }
        let givesList = !QueryStep.givesGenerator(final.name)
        if result != nil, needsList, !givesList { return nil }
        self.base = base
        self.steps = steps.reversed()
        self.part = wanted
        self.result = result ?? (givesList ? .list : .generator)
        self.endsInFilter = endsInFilter
        query = CollectionQuery(
            text: [UInt8].joined(texts.reversed(), by: Array(" | ".utf8)), attributes: attributes)
    }

    private static func isBuiltIn(_ name: Symbol, _ environment: Environment) -> Bool {
        environment.filter(named: name) === Builtins.filters[name]
    }

    /// `[a:b]` and `[n]` with numbers that are known and count from the start.
    private static func bounds(
        _ key: Expression, _ folded: (Expression) -> Value?
    ) -> (start: Int, end: Int, isOne: Bool)? {
        if case .slice(let start, let stop, let step) = key.kind {
            if let step, !(folded(step)?.isNone ?? false), folded(step)?.whole != 1 { return nil }
            var first = 0
            if let start {
                guard let value = folded(start), value.isNone || value.whole != nil else { return nil }
                first = value.whole ?? 0
            }
            guard let stop, let end = folded(stop)?.whole, first >= 0, end >= first else { return nil }
            return (first, end, false)
        }
        guard case .int(let position)? = folded(key), position >= 0, position < Int.max else { return nil }
        return (position, position + 1, true)
    }
}

/// One filter of a chain, if it is one of those that only select and order elements by their attributes.
private struct QueryStep {
    let text: [UInt8]
    /// The first steps of the paths it looks at.
    private(set) var attributes: [Symbol] = []

    init?(_ name: Symbol, _ call: CallSyntax, _ environment: Environment, folded: (Expression) -> Value?) {
        guard call.rest == nil, call.keywordRest == nil, let function = environment.filter(named: name) else {
            return nil
        }
        var positional: [Value] = []
        var keywords: [(name: Symbol, value: Value)] = []
        for argument in call.positional {
            guard let value = folded(argument) else { return nil }
            positional.append(value)
        }
        for keyword in call.keywords {
            guard let value = folded(keyword.value) else { return nil }
            keywords.append((keyword.name, value))
        }
        let path: Value?
        if function === Builtins.filters[name] {
            switch name.text {
            case "selectattr", "rejectattr":
                path = positional.first
                if positional.count > 1 {
                    guard case .string(let test) = positional[1], Builtins.tests[Symbol(test.bytes)] != nil
                    else { return nil }
                }
            case "sort":
                path = positional.count > 2 ? positional[2] : keywords.first { $0.name == "attribute" }?.value
            case "list":
                path = nil
            default: return nil
            }
            if path == nil, name.text != "list" { return nil }
        } else if function.selectsByAttribute {
            guard let first = positional.first else { return nil }
            path = first
        } else {
            return nil
        }
        if let path {
            guard case .string(let names) = path else { return nil }
            for part in names.bytes.split(by: [UInt8(ascii: ",")], atMost: -1) {
                attributes.append(Symbol(part.split(by: [UInt8(ascii: ".")], atMost: 1)[0]))
            }
        }
        guard let text = Self.text(name, positional, keywords) else { return nil }
        self.text = text
    }

    /// Whether a filter gives what can be gone through once, instead of a list.
    static func givesGenerator(_ name: Symbol) -> Bool { name == "selectattr" || name == "rejectattr" }

    /// The call as it could be written.
    private static func text(
        _ name: Symbol, _ positional: [Value], _ keywords: [(name: Symbol, value: Value)]
    ) -> [UInt8]? {
        var text = name.bytes
        var parts: [[UInt8]] = []
        for value in positional {
            guard let literal = literal(value) else { return nil }
            parts.append(literal)
        }
        for keyword in keywords {
            guard let literal = literal(keyword.value) else { return nil }
            parts.append(keyword.name.bytes + [UInt8(ascii: "=")] + literal)
        }
        if parts.isEmpty { return text }
        text.append(UInt8(ascii: "("))
        text += [UInt8].joined(parts, by: Array(", ".utf8))
        return text + [UInt8(ascii: ")")]
    }

    /// A value as a literal; `nil` for what has none.
    private static func literal(_ value: Value) -> [UInt8]? {
        switch value {
        case .none: Array("none".utf8)
        case .bool(let truth): Array((truth ? "true" : "false").utf8)
        case .int(let number) where number >= 0: Array(String(number).utf8)
        case .string(let text) where !text.isSafe && text.bytes.count < 200: Representation.quoted(text.bytes)
        default: nil
        }
    }
}
