import Text

/// Assignments, and blocks whose output becomes a value.
extension Compiler {
    /// Pops a value into a target.
    mutating func assign(_ target: Expression, isLoopTarget: Bool = false) {
        switch target.kind {
        case .name(let name):
            if frame.isTopLevel, !isLoopTarget {
                export(name, isPublic: name.bytes.first != UInt8(ascii: "_"))
            }
            store(name)
        case .namespaceTarget(let name, let attribute):
            load(name)
            builder.at(target.range)
            builder.emit(.storeNamespace, nameIndex(attribute), effect: -2)
        case .tuple(let items):
            builder.at(target.range)
            builder.emit(.unpack, items.count, effect: items.count - 1)
            for item in items { assign(item, isLoopTarget: isLoopTarget) }
        default: builder.emit(.pop, effect: -1)
        }
    }

    /// Exports the value on top, and leaves it there.
    mutating func export(_ name: Symbol, isPublic: Bool) {
        builder.emit(.export, nameIndex(name), isPublic ? 1 : 2, effect: 0)
    }

    /// What is assigned to must be a namespace; that is checked before the value is computed.
    mutating func checkNamespaces(_ target: Expression) {
        switch target.kind {
        case .namespaceTarget(let name, _):
            load(name)
            builder.emit(.checkNamespace, effect: -1)
        case .tuple(let items): for item in items { checkNamespaces(item) }
        default: break
        }
    }

    mutating func setBlock(
        _ target: Expression, _ filter: Expression?, _ body: [Statement], _ statement: Statement
    ) {
        inner { compiler in
            compiler.frame.needsOutputCheck = false
            compiler.frame.scope.collect(body)
            if let filter { compiler.frame.scope.collect(filter) }
            compiler.enterScope()
            compiler.capture(body, mode: filter == nil ? .dynamic : compiler.escape)
            compiler.builder.line(statement.anchor)
            if let filter {
                compiler.expression(filter)
                compiler.builder.emit(.markSafe, effect: 0)
            }
        }
        checkNamespaces(target)
        assign(target)
    }

    mutating func filterBlock(_ filter: Expression, _ body: [Statement], _ statement: Statement) {
        inner { compiler in
            compiler.frame.scope.collect(body)
            compiler.frame.scope.collect(filter)
            compiler.enterScope()
            compiler.capture(body, mode: compiler.escape)
            compiler.builder.line(statement.anchor)
            compiler.expression(filter)
            compiler.print(.off)
        }
    }

    /// Pushes what a body prints.
    private mutating func capture(_ body: [Statement], mode: EscapeMode) {
        builder.emit(.beginCapture, effect: 0)
        builder.captures += 1
        statements(body)
        builder.captures -= 1
        builder.emit(.endCapture, Int(mode.rawValue), effect: 1)
    }
}
