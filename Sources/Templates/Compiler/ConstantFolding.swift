import Text

/// What can be known while compiling is computed while compiling.
extension Compiler {
    /// The value of an expression of literals, unless computing it fails: then it fails while running, if ever.
    func folded(_ expression: Expression) -> Value? {
        guard expression.isConstant else { return nil }
        if case .constant(let value) = expression.kind { return value }
        if escape == .dynamic, expression.containsConcat { return nil }
        var render = RenderContext.forFolding()
        do throws(TemplateError) {
            let value = try fold(expression, &render)
            return value.isFoldable ? value : nil
        } catch {
            return nil
        }
    }

    /// What printing a constant expression prints.
    func foldedText(_ expression: Expression) -> [UInt8]? {
        guard expression.isConstant else { return nil }
        var render = RenderContext.forFolding()
        do throws(TemplateError) {
            let value = try fold(expression, &render)
            if !value.isFoldable { return nil }
            // Also where only the rendering knows whether it escapes, as Jinja2 does.
            try render.write(value, escaped: escapesConstants)
        } catch {
            return nil
        }
        return render.takeOutput()
    }

    private func fold(
        _ expression: Expression, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        switch expression.kind {
        case .constant(let value): return value
        case .tuple(let items):
            var values: [Value] = []
            for item in items { values.append(try fold(item, &render)) }
            return .tuple(TupleValue(values))
        case .conditional(let test, let then, let otherwise):
            if try render.truth(try fold(test, &render)) { return try fold(then, &render) }
            guard let otherwise else { throw TemplateError(.runtime, "no else") }
            return try fold(otherwise, &render)
        case .or(let left, let right):
            let value = try fold(left, &render)
            return try render.truth(value) ? value : try fold(right, &render)
        case .and(let left, let right):
            let value = try fold(left, &render)
            return try render.truth(value) ? try fold(right, &render) : value
        case .not(let operand): return .bool(!(try render.truth(try fold(operand, &render))))
        case .compare(let first, let rest):
            var left = try fold(first, &render)
            for link in rest {
                let right = try fold(link.operand, &render)
                if !(try render.compare(left, right, link.comparison)) { return .bool(false) }
                left = right
            }
            return .bool(true)
        case .binary(let operation, let left, let right):
            return try render.binary(operation, try fold(left, &render), try fold(right, &render))
        case .concat(let parts):
            var values: [Value] = []
            for part in parts { values.append(try fold(part, &render)) }
            return try render.concat(values, escaped: false)
        case .negative(let operand): return try render.negated(try fold(operand, &render))
        case .positive(let operand): return try render.positive(try fold(operand, &render))
        case .item(let operand, let key):
            let value = try render.item(try fold(key, &render), of: try fold(operand, &render))
            if value.isUndefined { throw TemplateError(.undefined, "undefined") }
            return value
        default: throw TemplateError(.runtime, "not constant")
        }
    }
}

extension Expression {
    /// Whether Jinja2's `as_const` finds a value: literals, operators, attributes, items, and filters and tests
    /// that do not need the context.
    var isConstantInJinja: Bool {
        switch kind {
        case .constant: true
        case .name, .call, .markSafe, .namespaceTarget: false
        case .filter(let operand, let name, _):
            operand != nil && !Self.contextFilters.contains(name)
                && kind.children.allSatisfy(\.isConstantInJinja)
        case .conditional(_, _, nil): false
        default: kind.children.allSatisfy(\.isConstantInJinja)
        }
    }

    private static let contextFilters: Set<Symbol> = [
        "map", "select", "reject", "selectattr", "rejectattr", "random",
    ]

    fileprivate var containsConcat: Bool {
        if case .concat = kind { return true }
        return kind.children.contains { $0.containsConcat }
    }
}

extension Value {
    /// Whether one value may serve each time the code runs: it must not be large, and nothing may change it.
    fileprivate var isFoldable: Bool {
        switch self {
        case .none, .bool, .int, .double: true
        case .string(let text): text.bytes.count <= 4096
        case .tuple(let tuple): tuple.items.allSatisfy(\.isFoldable)
        default: false
        }
    }

    /// The truth of a constant.
    var isTrueConstant: Bool {
        switch self {
        case .none, .undefined: false
        case .bool(let truth): truth
        case .int(let number): number != 0
        case .double(let number): number != 0
        case .string(let text): !text.bytes.isEmpty
        case .tuple(let tuple): !tuple.items.isEmpty
        default: true
        }
    }
}
