import Text

/// Variables: in slots, in cells that inner functions capture, or in the context by name.
extension Compiler {
    mutating func nameIndex(_ name: Symbol) -> Int { builder.pools.name(name, globals: globals) }

    /// Pushes the value of a name.
    mutating func load(_ name: Symbol) {
        guard let variable = frame.scope.find(name)?.variable else {
            builder.emit(.name, nameIndex(name), effect: 1)
            return
        }
        if variable.isCell {
            builder.emit(.cell, variable.index, depth(of: variable), nameIndex(name), effect: 1)
        } else {
            precondition(variable.function == builder.function, "a variable of another function is captured")
            builder.emit(.local, variable.index, effect: 1)
        }
    }

    mutating func loadRaw(_ variable: Scope.Variable) {
        if variable.isCell {
            builder.emit(.cellRaw, variable.index, depth(of: variable), effect: 1)
        } else {
            builder.emit(.localRaw, variable.index, effect: 1)
        }
    }

    /// Pops a value into the variable of a name.
    mutating func store(_ name: Symbol) {
        if let variable = frame.scope.find(name)?.variable {
            store(variable)
        } else {
            builder.emit(.pop, effect: -1)
        }
    }

    mutating func store(_ variable: Scope.Variable) {
        if variable.isCell {
            builder.emit(.storeCell, variable.index, depth(of: variable), effect: -1)
        } else {
            builder.emit(.storeLocal, variable.index, effect: -1)
        }
    }

    /// How many functions with captured variables lie between this one and the one a variable belongs to.
    func depth(of variable: Scope.Variable) -> Int {
        var depth = 0
        var last = -1
        for frame in frames.reversed() where frame.slots.function != last {
            last = frame.slots.function
            if last == variable.function { return depth }
            if builder.functions[last].hasCells { depth += 1 }
        }
        preconditionFailure("a captured variable belongs to a function further out")
    }

    /// The variables that an included template sees.
    mutating func visibleVariables() -> Int {
        let variables = frame.scope.storedVariables().map { name, variable in
            Program.CapturedVariable(
                name: name, slot: variable.index, cellDepth: variable.isCell ? depth(of: variable) : -1)
        }
        return builder.pools.variableSet(variables)
    }
}
