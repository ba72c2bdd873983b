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
                .fail, builder.pools.constant(.text("unhashable type: 'slice'")), FailKind.type.rawValue, 0,
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
    }

    private mutating func constant(_ value: Value) {
        builder.emit(.constant, builder.pools.constant(value), effect: 1)
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
            builder.emit(.noElse, builder.pools.constant(.text(message)), effect: 1)
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
}
