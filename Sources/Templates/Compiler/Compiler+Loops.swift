import Text

extension Compiler {
    mutating func forLoop(_ loop: Statement.ForLoop, _ statement: Statement) {
        let flags: LoopFlags =
            switch use(of: loop) {
            case .nothing: []
            case .fields: .fields
            case .object: .extended
            }
        checkTargets(loop, statement)
        if loop.isRecursive {
            recursiveLoop(loop, statement)
            return
        }
        builder.line(statement.anchor)
        expression(loop.iterable)
        loopCode(loop, statement, flags: flags)
    }

    /// The loop over the iterable on top.
    private mutating func loopCode(_ loop: Statement.ForLoop, _ statement: Statement, flags: LoopFlags) {
        // What `loop` knows depends on which elements there will be; without it they are sorted out on the way.
        if let test = loop.test, !flags.isEmpty { selection(loop, test) }
        builder.at(loop.iterable.range)
        builder.line(statement.anchor)
        builder.emit(.beginLoop, Int(flags.rawValue), effect: -1)
        builder.loops += 1
        inner { compiler in
            if flags.contains(.extended) { compiler.frame.scope.declareParameter(Name.loop) }
            if flags.contains(.fields) {
                compiler.frame.scope.declareLoop(Name.loop, depth: compiler.builder.loops)
            }
            compiler.frame.scope.collect(target: loop.target, asParameter: true)
            compiler.frame.scope.collect(loop.body)
            if flags.contains(.extended) {
                compiler.builder.emit(.loopObject, effect: 1)
                compiler.store(Name.loop)
            }
            compiler.loopBody(loop, statement, filtered: flags.isEmpty)
        }
        builder.loops -= 1
        let skip = builder.jump(.endLoop, effect: 0)
        if loop.otherwise.isEmpty { return }
        inner { compiler in
            compiler.frame.scope.collect(loop.otherwise)
            compiler.enterScope()
            compiler.statements(loop.otherwise)
        }
        builder.land(skip)
    }

    private mutating func loopBody(_ loop: Statement.ForLoop, _ statement: Statement, filtered: Bool) {
        let start = builder.label()
        let end: ProgramBuilder.Jump
        if let test = loop.test, filtered {
            end = elementFilter(loop, test, start)
            builder.line(statement.anchor)
            builder.emit(.element, effect: 1)
        } else {
            end = builder.jump(.next, effect: 1)
        }
        builder.at(loop.target.range)
        assign(loop.target, isLoopTarget: true)
        enterScope()
        loops.append(Loop(start: start, captures: builder.captures))
        statements(loop.body)
        if !loop.otherwise.isEmpty { builder.emit(.markRan, effect: 0) }
        builder.emit(.jump, start, effect: 0)
        builder.lendElement(from: start)
        builder.land(end)
        for jump in loops.removeLast().breaks { builder.land(jump) }
    }

    /// Goes to the next element for which the test holds; its targets are other variables than those of the body.
    private mutating func elementFilter(
        _ loop: Statement.ForLoop, _ test: Expression, _ start: Int
    ) -> ProgramBuilder.Jump {
        var frame = self.frame
        frame.scope = Scope(parent: frame.scope.parent, slots: SlotAllocator(frame: frame.slots))
        frame.isSoft = false
        frames.append(frame)
        defer { frames.removeLast() }
        frame.scope.collect(target: loop.target, asParameter: true)
        frame.scope.collect(test)
        let end = builder.jump(.next, effect: 1)
        builder.at(loop.target.range)
        assign(loop.target, isLoopTarget: true)
        enterScope()
        builder.line(test.anchor)
        expression(test)
        builder.at(test.range)
        let holds = builder.jump(.jumpIfTrue, effect: -1)
        builder.emit(.jump, start, effect: 0)
        builder.land(holds)
        return end
    }

    /// Replaces the iterable on top by the list of those elements for which the test holds.
    private mutating func selection(_ loop: Statement.ForLoop, _ test: Expression) {
        builder.at(loop.iterable.range)
        builder.emit(.beginSelection, effect: -1)
        builder.loops += 1
        inner { compiler in
            compiler.frame.scope.collect(target: loop.target, asParameter: true)
            compiler.frame.scope.collect(test)
            let start = compiler.builder.label()
            let end = compiler.builder.jump(.next, effect: 1)
            compiler.builder.at(loop.target.range)
            compiler.assign(loop.target, isLoopTarget: true)
            compiler.enterScope()
            compiler.builder.line(test.anchor)
            compiler.expression(test)
            compiler.builder.at(test.range)
            let skip = compiler.builder.jump(.jumpIfFalse, effect: -1)
            compiler.builder.emit(.select, effect: 0)
            compiler.builder.land(skip)
            compiler.builder.emit(.jump, start, effect: 0)
            compiler.builder.land(end)
        }
        builder.loops -= 1
        builder.emit(.endSelection, effect: 1)
    }

    /// A recursive loop is a function of the iterable and the depth, which `loop(…)` calls.
    private mutating func recursiveLoop(_ loop: Statement.ForLoop, _ statement: Statement) {
        let over = builder.jump(.jump, effect: 0)
        let outer = frame
        let index = beginFunction(
            Program.Function(name: .empty, kind: .recursiveLoop, range: statement.range),
            body: loop.body + loop.otherwise, parent: outer.scope)
        frame.needsOutputCheck = outer.needsOutputCheck
        builder.line(statement.anchor)
        let iterable = frame.scope.passingSlot()
        _ = frame.scope.passingSlot()
        builder.emit(.localRaw, iterable, effect: 1)
        loopCode(loop, statement, flags: [.extended, .recursive])
        endFunction()
        builder.land(over)
        builder.line(statement.anchor)
        expression(loop.iterable)
        builder.at(statement.range)
        builder.emit(.recursiveLoop, index, effect: 0)
        print(.off)
    }

    mutating func leaveLoop(_ statement: Statement, isBreak: Bool) {
        builder.line(statement.anchor)
        guard let loop = loops.last else {
            fail(.syntax, "'\(isBreak ? "break" : "continue")' outside loop", at: statement.range)
            return
        }
        // What a set or filter block inside the loop has captured so far is lost.
        for _ in loop.captures..<builder.captures {
            builder.emit(.endCapture, effect: 1)
            builder.emit(.pop, effect: -1)
        }
        if isBreak {
            loops[loops.count - 1].breaks.append(builder.jump(.jump, effect: 0))
        } else {
            builder.emit(.jump, loop.start, effect: 0)
        }
    }

    /// No name `loop` may be stored anywhere in a loop.
    private mutating func checkTargets(_ loop: Statement.ForLoop, _ statement: Statement) {
        var places: [SourceRange] = []
        func look(_ target: Expression) {
            switch target.kind {
            case .name(Name.loop): places.append(target.range)
            case .tuple(let items): for item in items { look(item) }
            default: break
            }
        }
        func look(_ body: [Statement]) {
            for statement in body {
                switch statement.kind {
                case .set(let target, _): look(target)
                case .setBlock(let target, _, _): look(target)
                // An inner loop reports its own target.
                case .forLoop: continue
                default: break
                }
                for inner in statement.kind.bodies { look(inner) }
            }
        }
        look(loop.target)
        look(loop.body + loop.otherwise)
        for range in places {
            fail(
                .assertion, "Can't assign to special loop variable in for-loop target", at: range,
                hint: "loop tells where the loop is; give the element another name")
        }
    }
}
