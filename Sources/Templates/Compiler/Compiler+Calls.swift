import Text

/// Calls of functions, methods, filters and tests.
extension Compiler {
    mutating func call(_ callee: Expression, _ call: CallSyntax, _ whole: Expression, caller: Bool = false) {
        if case .attribute(let operand, let name) = callee.kind {
            if !caller, cycle(operand, name, call, whole) { return }
            expression(operand)
            let (shape, count) = arguments(call, caller: caller)
            builder.at(whole.range)
            builder.emit(.callMethod, shape, nameIndex(name), effect: -count)
            return
        }
        expression(callee)
        let (shape, count) = arguments(call, caller: caller)
        builder.at(whole.range)
        builder.emit(.call, shape, effect: -count)
    }

    /// Calls a filter or test on the value on top.
    mutating func filter(_ name: Symbol, _ call: CallSyntax, _ whole: Expression, opcode: Opcode) {
        let isFilter = opcode == .filter
        if let known = isFilter ? environment.filter(named: name) : environment.test(named: name),
            let bound = boundArguments(call, known)
        {
            builder.at(whole.range)
            builder.emit(
                isFilter ? .filterBound : .testBound, builder.pools.boundCall(known, bound), effect: 0)
            return
        }
        let (shape, count) = arguments(call, caller: false)
        builder.at(whole.range)
        let known = isFilter ? environment.filter(named: name) : environment.test(named: name)
        guard let known else {
            let what = isFilter ? "filter" : "test"
            let hint = Suggestion.didYouMean(
                name.text, among: isFilter ? environment.filterNames : environment.testNames)
            if !frame.isSoft {
                fail(
                    .assertion, "No \(what) named '\(name.text)'.", at: nameRange(name, whole),
                    code: isFilter ? .unknownFilter : .unknownTest, hint: hint)
            }
            builder.at(nameRange(name, whole))
            builder.emit(
                .fail, builder.pools.constant(.text("No \(what) named '\(name.text)' found.")),
                FailKind.runtime.rawValue, hint.map { builder.pools.constant(.text($0)) + 1 } ?? 0,
                effect: -count)
            return
        }
        builder.emit(opcode, shape, builder.pools.filter(known), effect: -count)
    }

    /// Pushes what `loop.cycle(…)` gives of constants.
    private mutating func cycle(
        _ operand: Expression, _ name: Symbol, _ call: CallSyntax, _ whole: Expression
    ) -> Bool {
        guard case .name(Name.loop) = operand.kind, name == Name.cycle,
            let values = constantArguments(call), let entry = frame.scope.find(Name.loop)
        else { return false }
        builder.at(whole.range)
        if let depth = entry.loopDepth {
            let first = builder.pools.constants(values)
            builder.emit(.lookLoopCycle, builder.loops - depth, first, values.count, effect: 0)
        } else if let variable = entry.variable, !variable.isCell {
            let first = builder.pools.constants(values)
            builder.emit(.lookCycle, variable.index, first, values.count, nameIndex(name), effect: 0)
        } else {
            return false
        }
        builder.emit(.pushSeen, effect: 1)
        return true
    }

    /// Pushes the arguments of a call; a caller lies below them on the stack and is pushed by the call block.
    private mutating func arguments(_ call: CallSyntax, caller: Bool) -> (shape: Int, count: Int) {
        for argument in call.positional { expression(argument) }
        for keyword in call.keywords { expression(keyword.value) }
        var keywords = call.keywords.map(\.name)
        if caller {
            load(Self.callerVariable)
            keywords.append(Name.caller)
        }
        if let rest = call.rest { expression(rest) }
        if let keywordRest = call.keywordRest { expression(keywordRest) }
        let shape = Program.CallShape(
            positional: call.positional.count, keywords: keywords, hasRest: call.rest != nil,
            hasKeywordRest: call.keywordRest != nil)
        let count =
            call.positional.count + keywords.count + (call.rest == nil ? 0 : 1)
            + (call.keywordRest == nil ? 0 : 1)
        return (builder.pools.shape(shape), count)
    }

    /// The variable in which a call block keeps its macro; no template can name it.
    static let callerVariable = Symbol(" caller")

    /// The arguments of a call that are all known by now, if they fit.
    private mutating func boundArguments(_ call: CallSyntax, _ function: FunctionValue) -> BoundArguments? {
        if call.rest != nil || call.keywordRest != nil { return nil }
        var arguments = CallArguments()
        for argument in call.positional {
            guard let value = folded(argument) else { return nil }
            arguments.positional.append(value)
        }
        for keyword in call.keywords {
            guard let value = folded(keyword.value), arguments.keyword(keyword.name) == nil else {
                return nil
            }
            arguments.keywords.append(CallArguments.Keyword(keyword.name, value))
        }
        do throws(TemplateError) {
            return try function.signature.bind(arguments, function: function.name)
        } catch {
            // It fails when it is reached, if ever.
            return nil
        }
    }

    /// The name of a filter or test within its expression: for filters its own token, for tests what follows.
    private func nameRange(_ name: Symbol, _ whole: Expression) -> SourceRange {
        if case .filter = whole.kind {
            return SourceRange(Int(whole.anchor), Int(whole.anchor) + name.bytes.count)
        }
        return SourceRange(Int(whole.anchor), Int(whole.range.end))
    }
}
