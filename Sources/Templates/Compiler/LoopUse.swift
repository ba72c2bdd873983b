import Text

/// What the body of a loop asks of `loop`.
enum LoopUse {
    /// It does not mention it.
    case nothing
    /// It reads its numbers and neighbours where it stands, so that no object is needed.
    case fields
    /// It hands it on, calls it, or asks for more.
    case object
}

extension Compiler {
    /// What a loop needs.
    func use(of loop: Statement.ForLoop) -> LoopUse {
        if loop.isRecursive || loop.body.containsScopedBlock || loop.otherwise.containsScopedBlock {
            return .object
        }
        if UndeclaredNames.among([Name.loop], in: loop.body).isEmpty { return .nothing }
        if frame.slots.captured.contains(Name.loop) { return .object }
        return isHandedOn(in: loop.body) ? .object : .fields
    }

    /// Whether statements do more with `loop` than to read its fields. Functions inside are not looked into: what they
    /// mention is captured.
    private func isHandedOn(in body: [Statement]) -> Bool {
        body.contains { statement in
            switch statement.kind {
            case .block: return false
            case .include(_, _, true), .importModule(_, _, true), .importNames(_, _, true): return true
            case .forLoop(let inner):
                if isHandedOn(in: inner.target) || isHandedOn(in: inner.iterable) { return true }
                // There the name may be that of the inner loop or of this one.
                if let test = inner.test, mentionsLoop(test) { return true }
                if isHandedOn(in: inner.otherwise) { return true }
                let hasOwn = !UndeclaredNames.among([Name.loop], in: inner.body).isEmpty
                return hasOwn || inner.isRecursive ? false : isHandedOn(in: inner.body)
            default:
                return statement.kind.expressions.contains { isHandedOn(in: $0) }
                    || statement.kind.bodies.contains { isHandedOn(in: $0) }
            }
        }
    }

    private func isHandedOn(in expression: Expression) -> Bool {
        switch expression.kind {
        case .name(Name.loop), .namespaceTarget(Name.loop, _): return true
        case .attribute(let operand, let name):
            if case .name(Name.loop) = operand.kind {
                guard let field = LoopObject.fields[name] else { return true }
                return field == .cycle || field == .changed
            }
        case .call(let callee, let call):
            if case .attribute(let operand, Name.cycle) = callee.kind, case .name(Name.loop) = operand.kind {
                return constantArguments(call) == nil
            }
        default: break
        }
        return expression.kind.children.contains { isHandedOn(in: $0) }
    }

    private func mentionsLoop(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .name(Name.loop), .namespaceTarget(Name.loop, _): true
        default: expression.kind.children.contains { mentionsLoop($0) }
        }
    }

    /// The arguments of a call that are all positional and known by now; `nil` if there are others, or none.
    func constantArguments(_ call: CallSyntax) -> [Value]? {
        guard call.keywords.isEmpty, call.rest == nil, call.keywordRest == nil, !call.positional.isEmpty
        else {
            return nil
        }
        var values: [Value] = []
        for argument in call.positional {
            guard let value = folded(argument) else { return nil }
            values.append(value)
        }
        return values
    }
}
