import Text

/// What has to do with other templates: blocks, `extends` and imports.
extension Compiler {
    mutating func block(_ block: Statement.BlockSyntax, _ statement: Statement) {
        var skip: ProgramBuilder.Jump?
        if frame.isTopLevel {
            if hasKnownExtends { return }
            if extendsSoFar > 0 { skip = builder.jump(.jumpIfExtended, effect: 0) }
        }
        builder.line(statement.anchor)
        let name = nameIndex(block.name)
        if block.isRequired { builder.emit(.requireBlock, name, effect: 0) }
        builder.emit(.block, name, block.isScoped ? visibleVariables() + 1 : 0, effect: 0)
        if let skip { builder.land(skip) }
    }

    mutating func extends(_ template: Expression, _ statement: Statement) {
        if !frame.isTopLevel {
            fail(
                .assertion, "cannot use extend from a non top-level scope", at: statement.range,
                hint: "move {% extends %} out of blocks, loops and macros")
            return
        }
        if extendsSoFar > 0 {
            var jump: ProgramBuilder.Jump?
            if !hasKnownExtends {
                let isExtended = builder.jump(.jumpIfExtended, effect: 0)
                jump = builder.jump(.jump, effect: 0)
                builder.land(isExtended)
            }
            let message = builder.pools.constant(.text("extended multiple times"))
            builder.emit(.fail, message, FailKind.runtime.rawValue, 0, effect: 0)
            if let jump {
                builder.land(jump)
            } else {
                isUnreachable = true
                return
            }
        }
        builder.line(statement.anchor)
        noteTemplate(template)
        expression(template)
        builder.at(statement.range)
        builder.emit(.extends, effect: -1)
        if frame.isRootLevel {
            hasKnownExtends = true
            if case .constant(.string) = template.kind { builder.extendsByName = extendsSoFar == 0 }
        }
        extendsSoFar += 1
    }

    mutating func importModule(_ template: Expression, _ withContext: Bool, _ statement: Statement) {
        noteTemplate(template)
        expression(template)
        let flags: IncludeFlags = withContext ? [.withContext] : []
        builder.at(statement.range)
        builder.emit(.importModule, Int(flags.rawValue), visibleVariables(), effect: 0)
    }

    mutating func noteTemplate(_ template: Expression) {
        switch template.kind {
        case .constant(.string(let name)): builder.pools.nameTemplate(name.bytes)
        case .list(let items), .tuple(let items): for item in items { noteTemplate(item) }
        default: break
        }
    }
}
