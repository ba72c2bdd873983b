import Text

extension Compiler {
    /// Pushes the value of an expression.
    mutating func expression(_ expression: Expression) {
        if let value = folded(expression) {
            builder.at(expression.range)
            constant(value)
            return
        }
        if query(expression) { return }
        switch expression.kind {
        case .constant(let value): constant(value)
        case .name(let name):
            builder.at(expression.range)
            load(name)
        case .tuple(let items):
            for item in items { self.expression(item) }
            builder.at(expression.range)
            builder.emit(.tuple, items.count, effect: 1 - items.count)
        case .list(let items):
            for item in items { self.expression(item) }
            builder.at(expression.range)
            builder.emit(.list, items.count, effect: 1 - items.count)
        case .dict(let entries):
            for entry in entries {
                self.expression(entry.key)
                self.expression(entry.value)
            }
            builder.at(expression.range)
            builder.emit(.dict, entries.count, effect: 1 - 2 * entries.count)
        case .conditional(let test, let then, let otherwise):
            conditional(test, then, otherwise, expression)
        case .or(let left, let right): shortCircuit(.jumpIfTrueElsePop, left, right)
        case .and(let left, let right): shortCircuit(.jumpIfFalseElsePop, left, right)
        case .not(let operand): unary(.not, operand, expression)
        case .negative(let operand): unary(.negative, operand, expression)
        case .positive(let operand): unary(.positive, operand, expression)
        case .compare(let first, let rest): compare(first, rest, expression)
        case .binary(let operation, let left, let right):
            self.expression(left)
            self.expression(right)
            builder.at(expression.range)
            builder.emit(.binary, Int(operation.rawValue), effect: -1)
        case .concat(let parts):
            for part in parts { self.expression(part) }
            builder.at(expression.range)
            // Jinja2 computes constants while compiling, and there a concatenation forgets what was safe.
            let forgets = escape == .on && parts.allSatisfy(\.isConstantInJinja)
            // And where only the rendering knows whether it escapes, it joins as if it did not.
            let mode = forgets || escape == .dynamic ? EscapeMode.off : escape
            builder.emit(.concat, parts.count, Int(mode.rawValue), effect: 1 - parts.count)
        case .attribute(let operand, let name): attribute(operand, name, expression)
        case .item(let operand, let key): item(operand, key, expression)
        case .slice:
            builder.at(expression.range)
            builder.emit(
                .fail, builder.constant(.text("unhashable type: 'slice'")), FailKind.type.rawValue, 0,
                effect: 1)
        case .call(let callee, let call): self.call(callee, call, expression)
        case .filter(let operand, let name, let call):
            if let operand { self.expression(operand) }
            filter(name, call, expression, opcode: .filter)
        case .test(let operand, let name, let call):
            self.expression(operand)
            filter(name, call, expression, opcode: .test)
        case .markSafe(let operand): unary(.markSafe, operand, expression)
        case .namespaceTarget(let name, _): load(name)
        }
    }

    /// The kinds of errors that code can hold, as numbers.
    enum FailKind: Int {
        case type = 0
        case runtime = 1

        var kind: TemplateError.Kind { self == .type ? .type : .runtime }
    }

    private mutating func constant(_ value: Value) {
        builder.emit(.constant, builder.constant(value), effect: 1)
    }

    private mutating func unary(_ opcode: Opcode, _ operand: Expression, _ whole: Expression) {
        expression(operand)
        builder.at(whole.range)
        builder.emit(opcode, effect: 0)
    }

    private mutating func shortCircuit(_ opcode: Opcode, _ left: Expression, _ right: Expression) {
        expression(left)
        builder.at(left.range)
        let jump = builder.jump(opcode, effect: -1)
        expression(right)
        builder.land(jump)
    }

    private mutating func conditional(
        _ test: Expression, _ then: Expression, _ otherwise: Expression?, _ whole: Expression
    ) {
        let wasSoft = frame.isSoft
        frame.isSoft = true
        defer { frame.isSoft = wasSoft }
        expression(test)
        builder.at(test.range)
        let toElse = builder.jump(.jumpIfFalse, effect: -1)
        expression(then)
        let toEnd = builder.jump(.jump, effect: -1)
        builder.land(toElse)
        if let otherwise {
            expression(otherwise)
        } else {
            builder.at(whole.range)
            let message = "the inline if-expression evaluated to false and no else section was defined."
            builder.emit(.noElse, builder.constant(.text(message)), effect: 1)
        }
        builder.land(toEnd)
    }

    private mutating func compare(
        _ first: Expression, _ rest: [(comparison: Comparison, operand: Expression)], _ whole: Expression
    ) {
        let start = builder.here
        expression(first)
        var ends: [ProgramBuilder.Jump] = []
        for (index, link) in rest.enumerated() {
            let middle = builder.here
            expression(link.operand)
            builder.at(whole.range)
            if index < rest.count - 1 {
                ends.append(builder.chain(link.comparison))
            } else {
                builder.compare(link.comparison, from: index == 0 ? start : middle, middle)
            }
        }
        for jump in ends { builder.land(jump) }
    }

    private mutating func attribute(_ operand: Expression, _ name: Symbol, _ whole: Expression) {
        if case .name(Name.loop) = operand.kind, let depth = frame.scope.find(Name.loop)?.loopDepth,
            let field = LoopObject.fields[name]
        {
            builder.at(whole.range)
            builder.emit(.loopField, Int(field.rawValue) | (builder.loops - depth) << 8, effect: 1)
            return
        }
        if case .name(Name.loop) = operand.kind, let variable = frame.scope.find(Name.loop)?.variable,
            !variable.isCell
        {
            builder.at(whole.range)
            builder.emit(.loopAttribute, variable.index, nameIndex(name), effect: 1)
            return
        }
        let start = builder.here
        expression(operand)
        builder.at(whole.range)
        let name = nameIndex(name)
        if builder.lookAtAttribute(from: start, name: name) { return }
        builder.emit(.attribute, name, effect: 0)
    }

    private mutating func item(_ operand: Expression, _ key: Expression, _ whole: Expression) {
        expression(operand)
        itemOnTop(key, whole)
    }

    /// Replaces the value on top by an item or a slice of it.
    mutating func itemOnTop(_ key: Expression, _ whole: Expression) {
        if case .slice(let start, let stop, let step) = key.kind {
            for part in [start, stop, step] {
                if let part { expression(part) } else { constant(.none) }
            }
            builder.at(whole.range)
            builder.emit(.slice, effect: -3)
            return
        }
        expression(key)
        builder.at(whole.range)
        builder.emit(.item, effect: -1)
    }

    // MARK: Calls

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

    /// Pushes what `loop.cycle(…)` gives of constants.
    private mutating func cycle(
        _ operand: Expression, _ name: Symbol, _ call: CallSyntax, _ whole: Expression
    ) -> Bool {
        guard case .name(Name.loop) = operand.kind, name == Name.cycle,
            let values = constantArguments(call), let entry = frame.scope.find(Name.loop)
        else { return false }
        builder.at(whole.range)
        if let depth = entry.loopDepth {
            let first = builder.constants(values)
            builder.emit(.lookLoopCycle, builder.loops - depth, first, values.count, effect: 0)
        } else if let variable = entry.variable, !variable.isCell {
            let first = builder.constants(values)
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
        return (builder.shape(shape), count)
    }

    /// The variable in which a call block keeps its macro; no template can name it.
    static let callerVariable = Symbol(" caller")

    /// Calls a filter or test on the value on top.
    mutating func filter(_ name: Symbol, _ call: CallSyntax, _ whole: Expression, opcode: Opcode) {
        let isFilter = opcode == .filter
        if let known = isFilter ? environment.filter(named: name) : environment.test(named: name),
            let bound = boundArguments(call, known)
        {
            builder.at(whole.range)
            builder.emit(
                isFilter ? .filterBound : .testBound, builder.boundCall(known, bound), effect: 0)
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
                .fail, builder.constant(.text("No \(what) named '\(name.text)' found.")),
                FailKind.runtime.rawValue, hint.map { builder.constant(.text($0)) + 1 } ?? 0, effect: -count)
            return
        }
        builder.emit(opcode, shape, builder.filter(known), effect: -count)
    }

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
