import Text

/// The loop over words.
extension RenderContext {
    /// Runs a function whose arguments lie on the stack from `base` on.
    ///
    /// On return the stack is as high as `base`. On an error that is only a finding, goes on after the statement.
    mutating func run(
        _ program: Program, _ function: Int, context: TemplateContext, cells outer: Cells?, base: Int
    ) throws(TemplateError) {
        let info = program.functions[function]
        depth += 1
        let caller = self.program
        let callerWord = word
        let callerContext = self.context
        defer {
            depth -= 1
            self.program = caller
            word = callerWord
            self.context = callerContext
        }
        if depth > limits.depth {
            throw TemplateError(
                .limit, "templates, blocks and macros are nested more than \(limits.depth) levels deep")
        }
        try charge(1)
        stack.reserve(info.slotCount + info.stackSize + 2)
        while stack.count < base + info.slotCount { stack.push(Undefined.missing) }
        var own = outer
        if info.hasCells {
            let cells = Cells(count: info.cellCount, parent: outer)
            self.cells.append(cells)
            own = cells
        }
        self.program = program
        self.context = context
        let firstLoop = loops.count
        let firstCapture = captures.count
        var entry = info.entry
        while true {
            do throws(TemplateError) {
                try execute(program, function, from: entry, context: context, cells: own, base: base)
                stack.cut(to: base)
                return
            } catch {
                self.program = program
                self.context = context
                if failure == nil { failure = FailurePlace(program: program, word: word, calls: calls) }
                guard undefined == .reported, error.kind != .limit, let region = program.region(around: word),
                    let place = failure
                else {
                    stack.cut(to: base)
                    loops.removeLast(loops.count - firstLoop)
                    cutCaptures(to: firstCapture)
                    throw error
                }
                findings.add(DiagnosticCode.of(error.kind), error.message, hint: error.hint, at: place)
                failure = nil
                stack.cut(to: base + info.slotCount)
                loops.removeLast(loops.count - firstLoop - region.loops)
                cutCaptures(to: firstCapture + region.captures)
                entry = Int(region.end)
            }
        }
    }

    private mutating func cutCaptures(to count: Int) {
        guard captures.count > count else { return }
        output.cut(to: captures[count])
        captures.removeLast(captures.count - count)
    }

    private mutating func execute(
        _ program: Program, _ function: Int, from entry: Int, context: TemplateContext, cells: Cells?,
        base: Int
    ) throws(TemplateError) {
        let words = program.words
        var next = entry
        while true {
            let at = next
            let instruction = words[at]
            next = at + 1
            let operand = Int(instruction >> 8)
            // A program holds opcodes only: `ProgramBuilder.emit` takes nothing else, and jumps lead to instructions.
            let opcode = unsafe unsafeBitCast(UInt8(truncatingIfNeeded: instruction), to: Opcode.self)
            switch opcode {
            // MARK: Printing
            case .text:
                output.append(program.text, from: Int(words[next]), count: operand)
                next += 1
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .print:
                word = at
                let value = stack.pop()
                try write(value, escaped: false)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printEscaped:
                word = at
                let value = stack.pop()
                try write(value, escaped: true)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printDynamic:
                word = at
                let value = stack.pop()
                try write(value, escaped: context.autoescape)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printLocal, .printLocalEscaped:
                word = at
                let value = local(base, operand, program, function)
                try write(value, escaped: opcode == .printLocalEscaped)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printAttribute, .printAttributeEscaped:
                word = at
                let value = stack.pop()
                let found = try attribute(program.names[operand], of: value)
                try write(found, escaped: opcode == .printAttributeEscaped)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printSafe, .printSafeEscaped:
                word = at
                let value = stack.pop()
                try writeSafe(value, program.boundCalls[operand], escaped: opcode == .printSafeEscaped)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printForced, .printForcedEscaped:
                word = at
                let value = stack.pop()
                try writeForced(value, program.boundCalls[operand], escaped: opcode == .printForcedEscaped)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printLocalCall:
                word = at
                let callee = local(base, operand, program, function)
                try writeCall(callee, escaped: words[next] != 0)
                next += 1
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }

            // MARK: Pushing
            case .constant: stack.push(program.constants[operand])
            case .local: stack.push(local(base, operand, program, function))
            case .cell:
                let value = captured(cells, Int(words[next]), operand)
                if Undefined.isMissing(value) {
                    stack.push(unset(program.names[Int(words[next + 1])].symbol))
                } else {
                    stack.push(value)
                }
                next += 2
            case .name:
                stack.push(value(ofName: operand, program, context) ?? unset(program.names[operand].symbol))
            case .localRaw: stack.push(stack[base + operand])
            case .cellRaw:
                stack.push(captured(cells, Int(words[next]), operand))
                next += 1
            case .nameRaw: stack.push(value(ofName: operand, program, context) ?? Undefined.missing)
            case .missing: stack.push(Undefined.missing)
            case .noElse:
                let message = program.constants[operand].stringValue?.text ?? ""
                stack.push(.undefined(Undefined(.hint(message, name: ""), behavior: .lenient)))
            case .noArgument:
                let name = program.names[operand].symbol.text
                let cause = Undefined.Cause.hint("parameter '\(name)' was not provided", name: name)
                stack.push(.undefined(Undefined(cause, behavior: undefined)))
            case .pop: _ = stack.pop()

            // MARK: Storing
            case .storeLocal: stack[base + operand] = stack.pop()
            case .storeCell:
                let depth = Int(words[next])
                next += 1
                let value = stack.pop()
                cells?.outer(depth).values[operand] = value
            case .export:
                let name = program.names[operand].symbol
                context.set(name, stack.top)
                switch words[next] {
                case 1: context.export(name)
                case 2: context.hide(name)
                default: break
                }
                next += 1
            case .unpack:
                word = at
                let value = stack.pop()
                try unpack(value, operand)
            case .storeNamespace:
                word = at
                let target = stack.pop()
                let value = stack.pop()
                guard case .object(let object) = target, let namespace = object as? Namespace else {
                    throw TemplateError(.runtime, "cannot assign attribute on non-namespace object")
                }
                namespace.set(program.names[operand].text, value)
            case .checkNamespace:
                word = at
                guard case .object(let object) = stack.pop(), object is Namespace else {
                    throw TemplateError(.runtime, "cannot assign attribute on non-namespace object")
                }

            // MARK: Computing
            case .binary:
                word = at
                let right = stack.pop()
                let left = stack.pop()
                guard let operation = BinaryOperator(rawValue: UInt8(operand)) else { break }
                stack.push(try binary(operation, left, right))
            case .compare:
                word = at
                let right = stack.pop()
                let left = stack.pop()
                guard let comparison = Comparison(rawValue: UInt8(operand)) else { break }
                stack.push(.bool(try compare(left, right, comparison)))
            case .compareChain:
                word = at
                let right = stack.pop()
                let left = stack.pop()
                guard let comparison = Comparison(rawValue: UInt8(operand)) else { break }
                if try compare(left, right, comparison) {
                    stack.push(right)
                    next += 1
                } else {
                    stack.push(.bool(false))
                    next = Int(words[next])
                }
            case .not:
                word = at
                let value = stack.pop()
                stack.push(.bool(!(try truth(value))))
            case .negative:
                word = at
                let value = stack.pop()
                stack.push(try negated(value))
            case .positive:
                word = at
                let value = stack.pop()
                stack.push(try positive(value))
            case .concat:
                word = at
                let mode = words[next]
                next += 1
                let values = stack.pop(operand)
                let escaped =
                    mode == EscapeMode.dynamic.rawValue ? context.autoescape : mode == EscapeMode.on.rawValue
                stack.push(try concat(values, escaped: escaped))
            case .attribute:
                word = at
                let value = stack.pop()
                stack.push(try attribute(program.names[operand], of: value))
            case .loopAttribute:
                word = at
                let name = Int(words[next])
                next += 1
                let value = stack[base + operand]
                if let field = program.names[name].loopField, case .object(let object) = value,
                    type(of: object) == LoopObject.self
                {
                    stack.push(unsafe unsafeDowncast(object, to: LoopObject.self).value(of: field))
                } else {
                    stack.push(
                        try attribute(program.names[name], of: local(base, operand, program, function)))
                }
            case .item:
                word = at
                let key = stack.pop()
                let value = stack.pop()
                stack.push(try item(key, of: value))
            case .slice:
                word = at
                let step = stack.pop()
                let stop = stack.pop()
                let start = stack.pop()
                let value = stack.pop()
                stack.push(try slice(value, start, stop, step))
            case .markSafe:
                word = at
                let value = stack.pop()
                stack.push(context.autoescape ? .safe(try bytes(of: value)) : value)

            // MARK: Building
            case .list:
                word = at
                let items = stack.pop(operand)
                stack.push(try newList(items))
            case .tuple:
                word = at
                let tuple = TupleValue(stack.pop(operand))
                try checkDepth(tuple.depth)
                stack.push(.tuple(tuple))
            case .dict:
                word = at
                let parts = stack.pop(2 * operand)
                stack.push(try newDict(parts))

            // MARK: Jumping
            case .jump: next = operand
            case .jumpIfFalse:
                word = at
                let value = stack.pop()
                if !(try truth(value)) { next = operand }
            case .jumpIfTrue:
                word = at
                let value = stack.pop()
                if try truth(value) { next = operand }
            case .jumpIfFalseElsePop:
                word = at
                let value = stack.top
                if try truth(value) { _ = stack.pop() } else { next = operand }
            case .jumpIfTrueElsePop:
                word = at
                let value = stack.top
                if try truth(value) { next = operand } else { _ = stack.pop() }
            case .jumpIfLocal:
                next = Undefined.isMissing(stack[base + Int(words[next])]) ? next + 1 : operand
            case .jumpIfExtended: if context.parent != nil { next = operand }

            // MARK: Calling
            case .call:
                word = at
                let arguments = try callArguments(program, operand)
                let callee = stack.pop()
                stack.push(try call(callee, arguments))
            case .callMethod:
                word = at
                let name = program.names[Int(words[next])]
                next += 1
                if name.loopField == .cycle, cycle(program.simpleCounts[operand]) { continue }
                let arguments = try callArguments(program, operand)
                let receiver = stack.pop()
                stack.push(try callMethod(name, of: receiver, arguments))
            case .filter:
                word = at
                let function = program.filters[Int(words[next])]
                next += 1
                let arguments = try callArguments(program, operand)
                let input = stack.pop()
                stack.push(try filter(function, input, arguments))
            case .test:
                word = at
                let function = program.filters[Int(words[next])]
                next += 1
                let arguments = try callArguments(program, operand)
                let input = stack.pop()
                stack.push(try call(function, input: input, arguments))
            case .filterBound:
                word = at
                let call = program.boundCalls[operand]
                let input = stack.pop()
                stack.push(try filter(call.function, input, call.arguments))
            case .testBound:
                word = at
                let call = program.boundCalls[operand]
                let arguments = Arguments(input: stack.pop(), bound: call.arguments)
                stack.push(try call.function.body(arguments, &self))
            case .macro:
                next += 1
                stack.push(
                    .macro(MacroValue(program: program, function: operand, cells: cells, context: context)))

            // MARK: Loops
            case .beginLoop:
                word = at
                let iterable = stack.pop()
                try beginLoop(
                    iterable, LoopFlags(rawValue: UInt32(operand)), program, context, cells, base, at)
            case .next:
                word = at
                steps &+= 1
                if steps > limits.steps { try charge(0) }
                let top = loops.count - 1
                let index = loops[top].index + 1
                if index < loops[top].elements.count {
                    loops[top].index = index
                    if let object = loops[top].object { object.index = index }
                    stack.push(loops[top].elements[index])
                } else {
                    next = operand
                }
            case .element:
                let top = loops.count - 1
                stack.push(loops[top].elements[loops[top].index])
            case .loopObject:
                if let object = loops[loops.count - 1].object { stack.push(.object(object)) }
            case .markRan: loops[loops.count - 1].hasRun = true
            case .endLoop:
                let loop = loops.removeLast()
                if operand != 0, loop.hasRun { next = operand }
            case .beginSelection:
                word = at
                let iterable = stack.pop()
                loops.append(LoopState(elements: try elements(of: iterable), object: nil))
            case .select:
                let top = loops.count - 1
                let element = loops[top].elements[loops[top].index]
                loops[top].selected.append(element)
            case .endSelection:
                let loop = loops.removeLast()
                stack.push(.list(ListValue(loop.selected)))
            case .recursiveLoop:
                word = at
                let iterable = stack.pop()
                let function = MacroValue(program: program, function: operand, cells: cells, context: context)
                stack.push(try callLoop(function, iterable, depth: 0))

            // MARK: Capturing
            case .beginCapture: captures.append(output.count)
            case .endCapture:
                word = at
                guard let start = captures.popLast() else { break }
                let bytes = output.take(from: start)
                let isSafe =
                    operand == EscapeMode.dynamic.rawValue
                    ? context.autoescape : operand == EscapeMode.on.rawValue
                stack.push(try checked(bytes, isSafe: isSafe))

            // MARK: Templates
            case .block:
                word = at
                let set = Int(words[next])
                next += 1
                var inner = context
                if set > 0 {
                    let given = givenNames(program.variableSets[set - 1], context, cells, base)
                    inner = TemplateContext(context, given: given)
                    contexts.append(inner)
                }
                try callBlock(program.names[operand].symbol, 0, inner)
            case .requireBlock:
                word = at
                let name = program.names[operand].symbol
                if context.override(of: name, at: 1) == nil {
                    throw TemplateError(.runtime, "Required block '\(name.text)' not found")
                }
            case .extends:
                word = at
                let name = stack.pop()
                try extend(name, context)
            case .include:
                word = at
                let set = program.variableSets[Int(words[next])]
                next += 1
                let name = stack.pop()
                try include(name, IncludeFlags(rawValue: UInt32(operand)), set, context, cells, base)
            case .importModule:
                word = at
                let set = program.variableSets[Int(words[next])]
                next += 1
                let name = stack.pop()
                stack.push(
                    try importModule(name, IncludeFlags(rawValue: UInt32(operand)), set, context, cells, base)
                )
            case .importName:
                word = at
                stack.push(try importName(program.names[operand].symbol, of: stack.top, at: Int(words[next])))
                next += 1
            case .superBlock: stack.push(superBlock(program.names[operand].symbol, program, context))
            case .selfReference: stack.push(.object(SelfReference(context)))
            case .autoescape: stack.push(.bool(context.autoescape))
            case .setAutoescape:
                word = at
                let value = stack.pop()
                context.autoescape = try truth(value)
            case .debug: stack.push(try debugText(context))
            case .fail:
                word = at
                let message = program.constants[operand].stringValue?.text ?? ""
                throw TemplateError(words[next] == 0 ? .type : .runtime, message)
            case .end: return
            }
        }
    }
}
