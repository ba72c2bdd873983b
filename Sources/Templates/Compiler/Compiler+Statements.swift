import Text

extension Compiler {
    mutating func statements(_ body: [Statement]) {
        for statement in body {
            if isUnreachable { return }
            let start = builder.here
            builder.at(statement.range)
            self.statement(statement)
            builder.region(from: start)
        }
    }

    private mutating func statement(_ statement: Statement) {
        switch statement.kind {
        case .output(let parts): output(parts)
        case .forLoop(let loop): forLoop(loop, statement)
        case .conditional(let branches, let otherwise): conditional(branches, otherwise)
        case .macro(let macro): self.macro(macro, statement)
        case .callBlock(let macro, let call): callBlock(macro, call, statement)
        case .filterBlock(let filter, let body): filterBlock(filter, body, statement)
        case .set(let target, let value):
            builder.line(statement.anchor)
            checkNamespaces(target)
            expression(value)
            assign(target)
        case .setBlock(let target, let filter, let body): setBlock(target, filter, body, statement)
        case .block(let block): self.block(block, statement)
        case .extends(let template): extends(template, statement)
        case .include(let template, let ignoreMissing, let withContext):
            builder.line(statement.anchor)
            noteTemplate(template)
            expression(template)
            var flags: IncludeFlags = [.mayBeList]
            if ignoreMissing { flags.insert(.ignoreMissing) }
            if withContext { flags.insert(.withContext) }
            builder.at(statement.range)
            builder.emit(.include, Int(flags.rawValue), visibleVariables(), effect: -1)
        case .importModule(let template, let name, let withContext):
            builder.line(statement.anchor)
            importModule(template, withContext, statement)
            if frame.isTopLevel { export(name, isPublic: false) }
            store(name)
        case .importNames(let template, let names, let withContext):
            builder.line(statement.anchor)
            importModule(template, withContext, statement)
            for name in names {
                builder.emit(.importName, nameIndex(name.name), Int(statement.anchor), effect: 1)
                if frame.isTopLevel { export(name.alias, isPublic: false) }
                store(name.alias)
            }
            builder.emit(.pop, effect: -1)
        case .with(let targets, let values, let body): with(targets, values, body)
        case .autoescape(let value, let body): autoescape(value, body, statement)
        case .evaluate(let value):
            builder.line(statement.anchor)
            expression(value)
            builder.emit(.pop, effect: -1)
        case .breakLoop: leaveLoop(statement, isBreak: true)
        case .continueLoop: leaveLoop(statement, isBreak: false)
        case .debug:
            builder.line(statement.anchor)
            builder.emit(.debug, effect: 1)
            print(escape)
        }
    }

    // MARK: Output

    private mutating func output(_ parts: [Statement.OutputPart]) {
        var skip: ProgramBuilder.Jump?
        if frame.needsOutputCheck {
            if hasKnownExtends {
                noteLost(parts)
                return
            }
            skip = builder.jump(.jumpIfExtended, effect: 0)
        }
        for part in parts {
            switch part {
            case .text(let bytes, let range):
                // Where Jinja2 cannot know whether text is safe, it treats it as an expression with a line.
                if escape == .dynamic { builder.line(range.start) }
                builder.emitText(bytes)
            case .expression(let expression):
                if let text = foldedText(expression) {
                    builder.emitText(text)
                    continue
                }
                let start = builder.here
                // What Jinja2 computes while compiling has no line, and what follows without one has that before it.
                let outer = escape != .dynamic && expression.isConstantInJinja ? builder.currentLine : nil
                builder.line(expression.anchor)
                printValue(of: expression)
                builder.region(from: start)
                if let outer { builder.line(outer) }
            }
        }
        if let skip { builder.land(skip) }
    }

    /// Notes the first thing that would have been seen; comments of HTML are for nobody.
    private mutating func noteLost(_ parts: [Statement.OutputPart]) {
        for part in parts where lostText == nil {
            switch part {
            case .expression(let expression): lostText = expression.range
            case .text(let bytes, let range):
                guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
                    let last = bytes.lastIndex(where: { $0 > 0x20 })
                else { continue }
                let seen = bytes[first...last]
                if seen.starts(with: "<!--".utf8), seen.suffix(3).elementsEqual("-->".utf8) { continue }
                // Where line breaks were made uniform, a text is shorter than its range.
                let isAsWritten = Int(range.end - range.start) == bytes.count
                let start = Int(range.start) + (isAsWritten ? first : 0)
                let line = seen.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? seen.endIndex
                lostText = SourceRange(start, start + line - first)
            }
        }
    }

    /// Prints an expression, by one instruction less where there is one that does both.
    private mutating func printValue(of expression: Expression) {
        let start = builder.here
        if escape != .dynamic, case .call(let callee, let call) = expression.kind, call.isEmpty,
            case .name(let name) = callee.kind, let variable = frame.scope.find(name)?.variable,
            !variable.isCell
        {
            builder.at(expression.range)
            builder.emit(.printLocalCall, variable.index, escape == .on ? 1 : 0, effect: 0)
            return
        }
        self.expression(expression)
        builder.at(expression.range)
        if escape != .dynamic, builder.fusePrint(from: start, escaped: escape == .on) { return }
        print(escape)
    }

    mutating func print(_ mode: EscapeMode) {
        switch mode {
        case .off: builder.emit(.print, effect: -1)
        case .on: builder.emit(.printEscaped, effect: -1)
        case .dynamic: builder.emit(.printDynamic, effect: -1)
        }
    }

    // MARK: Conditions and scopes

    private mutating func conditional(_ branches: [Statement.Branch], _ otherwise: [Statement]) {
        let outer = frame
        frame = frame.soft()
        var ends: [ProgramBuilder.Jump] = []
        for (index, branch) in branches.enumerated() {
            builder.line(branch.anchor)
            expression(branch.test)
            builder.at(branch.test.range)
            let next = builder.jump(.jumpIfFalse, effect: -1)
            statements(branch.body)
            isUnreachable = false
            if index < branches.count - 1 || !otherwise.isEmpty {
                ends.append(builder.jump(.jump, effect: 0))
            }
            builder.land(next)
        }
        statements(otherwise)
        isUnreachable = false
        for jump in ends { builder.land(jump) }
        let scope = frame.scope
        frame = outer
        frame.scope = scope
    }

    private mutating func with(_ targets: [Expression], _ values: [Expression], _ body: [Statement]) {
        // The values are computed in the scope outside; only then are they stored.
        for value in values { expression(value) }
        inner { compiler in
            for target in targets { compiler.frame.scope.collect(target: target, asParameter: true) }
            compiler.frame.scope.collect(body)
            // The last value lies on top; of two targets of one name the last counts.
            var names: Set<Symbol> = []
            for target in targets.reversed() {
                if case .name(let name) = target.kind, !names.insert(name).inserted {
                    compiler.builder.emit(.pop, effect: -1)
                } else {
                    compiler.assign(target, isLoopTarget: true)
                }
            }
            compiler.enterScope()
            compiler.statements(body)
        }
    }

    private mutating func autoescape(_ value: Expression, _ body: [Statement], _ statement: Statement) {
        let outer = (escape, escapesConstants)
        inner { compiler in
            compiler.frame.scope.collect(value)
            compiler.frame.scope.collect(body)
            compiler.enterScope()
            let slot = compiler.frame.scope.passingSlot()
            compiler.builder.emit(.autoescape, effect: 1)
            compiler.builder.emit(.storeLocal, slot, effect: -1)
            compiler.expression(value)
            if let constant = compiler.folded(value) {
                compiler.escapesConstants = constant.isTrueConstant
                // What is not known outside is not known inside either: so it is in Jinja2, where texts are joined by it.
                if compiler.escape != .dynamic { compiler.escape = constant.isTrueConstant ? .on : .off }
            } else {
                compiler.escape = .dynamic
            }
            compiler.builder.emit(.setAutoescape, effect: -1)
            compiler.statements(body)
            compiler.builder.emit(.local, slot, effect: 1)
            compiler.builder.emit(.setAutoescape, effect: -1)
        }
        (escape, escapesConstants) = outer
    }
}
