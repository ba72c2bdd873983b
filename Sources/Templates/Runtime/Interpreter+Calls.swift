import Text

/// Calls of functions, methods, filters, tests and macros.
extension RenderContext {
    /// Takes the arguments of a call from the stack.
    @inline(__always)
    mutating func callArguments(_ program: Program, _ shape: Int) throws(TemplateError) -> CallArguments {
        let count = program.simpleCounts[shape]
        if count >= 0 { return CallArguments(stack.pop(count)) }
        return try otherArguments(program.shapes[shape])
    }

    private mutating func otherArguments(_ shape: Program.CallShape) throws(TemplateError) -> CallArguments {
        let keywordRest = shape.hasKeywordRest ? stack.pop() : nil
        let rest = shape.hasRest ? stack.pop() : nil
        let values = stack.pop(shape.keywords.count)
        var call = CallArguments(stack.pop(shape.positional))
        for (name, value) in zip(shape.keywords, values) {
            if call.keyword(name) != nil {
                throw TemplateError(.syntax, "keyword argument repeated: \(name.text)")
            }
            call.keywords.append(CallArguments.Keyword(name, value))
        }
        if let rest { call.positional += try elements(of: rest) }
        if let keywordRest {
            guard case .dict(let dict) = keywordRest else {
                throw TemplateError(
                    .type, "argument after ** must be a mapping, not \(keywordRest.typeName)")
            }
            for (key, value) in zip(dict.keys, dict.values) {
                guard case .string(let name) = key else {
                    throw TemplateError(.type, "keywords must be strings")
                }
                let symbol = Symbol(name.bytes)
                if call.keyword(symbol) != nil {
                    throw TemplateError(.type, "got multiple values for keyword argument '\(name.text)'")
                }
                call.keywords.append(CallArguments.Keyword(symbol, value))
            }
        }
        return call
    }

    /// Calls a value.
    mutating func call(_ callee: Value, _ arguments: borrowing CallArguments) throws(TemplateError) -> Value {
        switch callee {
        case .macro(let macro): return try call(macro, arguments)
        case .function(let function): return try call(function, input: .none, arguments)
        case .object(let object): if let result = try object.call(arguments, in: &self) { return result }
        case .undefined(let undefined): throw error(for: undefined)
        default: break
        }
        throw TemplateError(
            .type, "'\(callee.typeName)' object is not callable",
            hint: "what stands before the parentheses is a value and no function: leave them out")
    }

    /// Calls a function, filter or test of the engine or of the host.
    mutating func call(
        _ function: FunctionValue, input: Value, _ arguments: borrowing CallArguments
    ) throws(TemplateError) -> Value {
        let bound = try function.signature.bind(arguments, function: function.name)
        return try function.body(Arguments(input: input, bound: bound), &self)
    }

    /// Calls a filter; a host object may have its own way.
    mutating func filter(
        _ function: FunctionValue, _ input: Value, _ arguments: borrowing CallArguments
    ) throws(TemplateError) -> Value {
        try filter(function, input, try function.signature.bind(arguments, function: function.name))
    }

    /// Calls a filter whose arguments were bound while compiling.
    mutating func filter(_ call: Program.BoundCall, _ input: consuming Value) throws(TemplateError) -> Value {
        let arguments = Arguments(input: input, bound: call.arguments)
        if case .object(let object) = arguments.input,
            let result = try object.apply(filter: call.function.symbol, arguments, in: &self)
        {
            return result
        }
        return try call.function.body(arguments, &self)
    }

    /// Calls a filter with arguments that are bound already.
    mutating func filter(
        _ function: FunctionValue, _ input: consuming Value, _ bound: BoundArguments
    ) throws(TemplateError) -> Value {
        let arguments = Arguments(input: input, bound: bound)
        if case .object(let object) = arguments.input,
            let result = try object.apply(filter: function.symbol, arguments, in: &self)
        {
            return result
        }
        return try function.body(arguments, &self)
    }

    /// Calls a method: `receiver.name(…)`.
    mutating func callMethod(
        _ name: Program.Name, of receiver: Value, _ arguments: borrowing CallArguments
    ) throws(TemplateError) -> Value {
        if case .object(let object) = receiver,
            let result = try object.call(method: name.symbol, arguments, in: &self)
        {
            return result
        }
        if let method = name.methods.method(of: receiver) {
            return try call(method, input: receiver, arguments)
        }
        if case .object(let object) = receiver,
            let result = try callContainerMethod(name, of: object, arguments)
        {
            return result
        }
        let callee = try attribute(name, of: receiver)
        return try call(callee, arguments)
    }

    mutating func newDict(_ parts: [Value]) throws(TemplateError) -> Value {
        var entries: [(Value, Value)] = []
        entries.reserveCapacity(parts.count / 2)
        for index in stride(from: 0, to: parts.count, by: 2) {
            try checkKey(parts[index])
            entries.append((parts[index], parts[index + 1]))
        }
        let dict = DictValue(entries)
        try checkDepth(dict.depth)
        return .dict(dict)
    }

    /// Pushes the elements of a value, the first on top.
    mutating func unpack(_ value: Value, _ count: Int) throws(TemplateError) {
        let items: [Value]
        switch value {
        case .tuple(let tuple): items = tuple.items
        case .list(let list): items = list.items
        case .int, .none, .bool, .double, .function, .macro:
            throw TemplateError(.type, "cannot unpack non-iterable \(value.typeName) object")
        default: items = try elements(of: value)
        }
        if items.count < count {
            throw TemplateError(
                .value, "not enough values to unpack (expected \(count), got \(items.count))",
                hint: Self.unpackHint(value))
        }
        if items.count > count {
            throw TemplateError(
                .value, "too many values to unpack (expected \(count))", hint: Self.unpackHint(value))
        }
        for item in items.reversed() { stack.push(item) }
    }

    /// Who unpacks a text mostly goes through a dictionary, which gives its keys alone.
    private static func unpackHint(_ value: Value) -> String? {
        guard case .string = value else { return nil }
        return "a dictionary gives its keys; for keys and values write .items() behind it"
    }

    // MARK: Macros

    /// Calls a macro: binds its arguments as Jinja2's `Macro.__call__` does.
    mutating func call(_ macro: MacroValue, _ call: borrowing CallArguments) throws(TemplateError) -> Value {
        let code = macro.code
        let info = code.function
        let parameters = info.parameters
        var keywords = call.keywords
        let base = stack.count
        stack.reserve(code.slotCount + code.stackSize + 2)
        func take(_ name: Symbol) -> Value? {
            guard let index = keywords.firstIndex(where: { $0.name == name }) else { return nil }
            return keywords.remove(at: index).value
        }
        for (index, name) in parameters.enumerated() {
            stack.push(
                index < call.positional.count ? call.positional[index] : take(name) ?? Undefined.missing)
        }
        let hasExplicitCaller = parameters.contains(Compiler.Name.caller)
        if info.takesCaller, !hasExplicitCaller {
            let caller = take(Compiler.Name.caller) ?? .none
            stack.push(
                caller.isNone
                    ? .undefined(Undefined(.hint("No caller defined"), behavior: undefined))
                    : caller)
        }
        do throws(TemplateError) {
            if info.takesKeywords {
                stack.push(.dict(DictValue(keywords.map { (.text($0.name.bytes), $0.value) })))
            } else if let keyword = keywords.first {
                throw unexpected(keyword.name, macro, parameters)
            }
            if info.takesRest {
                stack.push(.tuple(TupleValue(Array(call.positional.dropFirst(parameters.count)))))
            } else if call.positional.count > parameters.count {
                throw TemplateError(
                    .type, "macro \(macro.nameText) takes not more than \(parameters.count) argument(s)")
            }
        } catch {
            stack.cut(to: base)
            throw error
        }
        return try captured(macro, base: base, kind: info.kind == .callBlock ? .callBlock : .macro(info.name))
    }

    private func unexpected(_ name: Symbol, _ macro: MacroValue, _ parameters: [Symbol]) -> TemplateError {
        if name == Compiler.Name.caller {
            return TemplateError(
                .type,
                "macro \(macro.nameText) was invoked with two values for the special caller argument. This is most "
                    + "likely a bug.")
        }
        return TemplateError(
            .type, "macro \(macro.nameText) takes no keyword argument '\(name.text)'",
            hint: Suggestion.didYouMean(name.text, among: parameters.map(\.text)))
    }

    /// Calls a recursive loop.
    mutating func callLoop(
        _ loop: MacroValue, _ iterable: Value, depth: Int
    ) throws(TemplateError) -> Value {
        let base = stack.count
        stack.reserve(loop.code.slotCount + loop.code.stackSize + 2)
        stack.push(iterable)
        stack.push(.int(depth))
        return try captured(loop, base: base, kind: .recursiveLoop)
    }

    /// Runs a function whose arguments lie on the stack and returns what it prints.
    private mutating func captured(
        _ macro: MacroValue, base: Int, kind: CallRecord.Kind
    ) throws(TemplateError) -> Value {
        let start = output.count
        let isSafe = context?.autoescape ?? false
        guard let caller = unsafe running else { return .none }
        unsafe calls.append(kind, caller, word: word)
        defer { calls.removeLast() }
        do throws(TemplateError) {
            try run(
                macro.program, macro.function, context: macro.context, cells: macro.cells, base: base)
        } catch {
            output.cut(to: start)
            throw error
        }
        let bytes = output.take(from: start)
        return try checked(bytes, isSafe: isSafe)
    }

    /// The list that a template may change while it is gone through. One that nobody else holds, such as a filter
    /// gives, is none.
    private static func shared(_ iterable: consuming Value) -> ListValue? {
        guard case .list(var list) = consume iterable, !list.isFrozen, !isKnownUniquelyReferenced(&list)
        else {
            return nil
        }
        return list
    }

    /// Starts a loop over a value.
    mutating func beginLoop(
        _ iterable: consuming Value, _ flags: LoopFlags, _ program: Program, _ context: TemplateContext,
        _ cells: Cells?,
        _ base: Int, _ at: Int
    ) throws(TemplateError) {
        let elements = try elements(of: iterable)
        guard flags.contains(.extended) else {
            loops.push(LoopState(elements, changing: Self.shared(iterable)))
            return
        }
        var recursion: MacroValue?
        var depth = 0
        if flags.contains(.recursive) {
            // The loop's own function is the one that runs: the one with the closest entry before this word.
            let function = program.functions.indices.filter { program.functions[$0].entry <= at }
                .max { program.functions[$0].entry < program.functions[$1].entry }
            // It is called from where the loop stands, as if for the first time.
            let outer = program.frameShapes[function ?? 0].hasCells ? cells?.parent : cells
            recursion = MacroValue(program: program, function: function ?? 0, cells: outer, context: context)
            depth = stack[base + 1].whole ?? 0
        }
        let object = LoopObject(elements: elements, recursion: recursion, depth: depth, undefined: undefined)
        loops.push(LoopState(elements, object: object))
    }
}
