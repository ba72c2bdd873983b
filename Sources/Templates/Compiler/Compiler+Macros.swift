import Text

extension Compiler {
    mutating func macro(_ macro: Statement.MacroSyntax, _ statement: Statement) {
        let function = macroBody(macro, statement, kind: .macro)
        builder.emit(.macro, function, 0, effect: 1)
        if frame.isTopLevel {
            builder.emit(
                .export, nameIndex(macro.name), macro.name.bytes.first == UInt8(ascii: "_") ? 0 : 1, effect: 0
            )
        }
        store(macro.name)
    }

    mutating func callBlock(_ macro: Statement.MacroSyntax, _ call: Expression, _ statement: Statement) {
        let function = macroBody(macro, statement, kind: .callBlock)
        builder.emit(.macro, function, 1, effect: 1)
        guard case .call(let callee, let syntax) = call.kind else { return }
        inner { compiler in
            compiler.frame.scope.declareParameter(Self.callerVariable)
            compiler.store(Self.callerVariable)
            compiler.builder.line(statement.anchor)
            compiler.call(callee, syntax, call, caller: true)
            compiler.print(.off)
        }
    }

    /// The function of a macro or call block; returns its number.
    private mutating func macroBody(
        _ macro: Statement.MacroSyntax, _ statement: Statement, kind: Program.Function.Kind
    ) -> Int {
        let over = builder.jump(.jump, effect: 0)
        let index = beginFunction(
            Program.Function(name: macro.name, kind: kind, range: statement.range), body: macro.body,
            parent: frame.scope)
        let names = macro.parameters.map(\.name)
        let wanted = UndeclaredNames.among([Name.caller, Name.keywords, Name.rest], in: macro.body)
        var function = builder.functions[index]
        function.parameters = names
        function.takesCaller = wanted.contains(Name.caller)
        function.takesKeywords = wanted.contains(Name.keywords) && !names.contains(Name.keywords)
        function.takesRest = wanted.contains(Name.rest) && !names.contains(Name.rest)
        checkCaller(macro, names, function, statement)
        builder.functions[index] = function

        var arguments = names
        if function.takesCaller, !names.contains(Name.caller) { arguments.append(Name.caller) }
        if function.takesKeywords { arguments.append(Name.keywords) }
        if function.takesRest { arguments.append(Name.rest) }
        let slots = arguments.map { frame.scope.argumentSlot($0) }
        for name in arguments { frame.scope.declareParameter(name) }
        for value in macro.defaults { frame.scope.collect(value) }
        frame.scope.collect(macro.body)
        builder.line(statement.anchor)
        enterScope(isFunction: true)
        let firstDefault = names.count - macro.defaults.count
        for (position, name) in arguments.enumerated() {
            if position < names.count {
                let isGiven = builder.jumpIfLocal(slots[position])
                if position >= firstDefault {
                    expression(macro.defaults[position - firstDefault])
                } else {
                    builder.at(macro.parameters[position].range)
                    builder.emit(.noArgument, nameIndex(name), effect: 1)
                }
                builder.emit(.storeLocal, slots[position], effect: -1)
                builder.land(isGiven)
            }
            if let variable = frame.scope.entries[name]?.variable, variable.isCell {
                builder.emit(.localRaw, slots[position], effect: 1)
                store(variable)
            }
        }
        statements(macro.body)
        endFunction()
        builder.land(over)
        builder.at(statement.range)
        return index
    }

    private mutating func checkCaller(
        _ macro: Statement.MacroSyntax, _ names: [Symbol], _ function: Program.Function,
        _ statement: Statement
    ) {
        guard function.takesCaller, let position = names.firstIndex(of: Name.caller),
            position < names.count - macro.defaults.count
        else { return }
        fail(
            .assertion,
            "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a "
                + "default.", at: statement.range)
    }
}
