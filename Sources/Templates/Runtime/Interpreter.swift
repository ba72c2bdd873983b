import Text

/// The loop over words: one function in one file for speed, long as it is. What takes room is done beside it.
extension RenderContext {
    /// Runs the instructions of a function from one on, to its end.
    mutating func execute(
        _ program: Program, _ function: Int, from entry: Int, context: TemplateContext, cells: Cells?,
        base: Int
    ) throws(TemplateError) {
        let words = program.words
        var next = entry
        while true {
            let at = next
            let instruction = words[at]
            next = at &+ 1
            let operand = Int(instruction >> 8)
            // A program holds opcodes only: `ProgramBuilder.emit` takes nothing else, and jumps lead to instructions.
            let opcode = unsafe unsafeBitCast(UInt8(truncatingIfNeeded: instruction), to: Opcode.self)
            switch opcode {
            // MARK: Printing
            case .text:
                output.append(program.text, from: Int(words[next]), count: operand)
                next &+= 1
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
                lookAtLocal(base, operand, program, function)
                try printSeen(escaped: opcode == .printLocalEscaped)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printSeen, .printSeenEscaped:
                word = at
                try printSeen(escaped: opcode == .printSeenEscaped)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printSafe:
                word = at
                if let text = seen.text {
                    output.append(text.run)
                } else {
                    try printSafe(program, operand)
                }
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printFiltered:
                word = at
                let more = words[next]
                next &+= 1
                try printFiltered(
                    program, operand..<operand + Int(more >> 1), escaped: more & 1 != 0)
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }
            case .printLocalCall:
                word = at
                let callee = local(base, operand, program, function)
                try writeCall(callee, escaped: words[next] != 0)
                next &+= 1
                if output.count > limits.outputBytes { throw tooMuchOutput(at) }

            // MARK: Looking
            case .lookLocal: lookAtLocal(base, operand, program, function)
            case .lookName: lookAtName(operand, program, context)
            case .lookTop: seen.keep(stack.pop())
            case .lookAttribute:
                word = at
                try lookAtAttribute(operand, program)
            case .lookLocalAttribute:
                word = at
                let name = Int(words[next])
                next &+= 1
                lookAtLocal(base, operand, program, function)
                try lookAtAttribute(name, program)
            case .lookNameAttribute:
                word = at
                let name = Int(words[next])
                next &+= 1
                lookAtName(operand, program, context)
                try lookAtAttribute(name, program)
            case .lookCycle:
                word = at
                try lookAtCycle(
                    program, base &+ operand, first: Int(words[next]), count: Int(words[next &+ 1]),
                    name: Int(words[next &+ 2]))
                next &+= 3
            case .lookLoopCycle:
                lookAtLoopCycle(program, operand, first: Int(words[next]), count: Int(words[next &+ 1]))
                next &+= 2
            case .holdSeen: seen.hold()
            case .pushSeen: stack.push(seen.value)

            // MARK: Pushing
            case .constant: stack.push(program.constants[operand])
            case .local: stack.push(local(base, operand, program, function))
            case .cell:
                let value = captured(cells, Int(words[next]), operand)
                if Undefined.isMissing(value) {
                    stack.push(unset(program.names[Int(words[next &+ 1])].symbol))
                } else {
                    stack.push(value)
                }
                next &+= 2
            case .name:
                if let value = context.value(of: program.nameKeys[operand].symbol) {
                    stack.push(value)
                } else {
                    stack.push(global(operand, program))
                }
            case .localRaw: stack.push(stack[base &+ operand])
            case .cellRaw:
                stack.push(captured(cells, Int(words[next]), operand))
                next &+= 1
            case .nameRaw: stack.push(value(ofName: operand, program, context) ?? Undefined.missing)
            case .missing: stack.push(Undefined.missing)
            case .noElse:
                let message = program.constants[operand].stringValue?.text ?? ""
                stack.push(.undefined(Undefined(.hint(message), behavior: .lenient)))
            case .noArgument:
                let name = program.names[operand].symbol.text
                let cause = Undefined.Cause.hint("parameter '\(name)' was not provided")
                stack.push(.undefined(Undefined(cause, behavior: undefined)))
            case .pop: _ = stack.pop()

            // MARK: Storing
            case .storeLocal: stack[base &+ operand] = stack.pop()
            case .storeCell:
                let depth = Int(words[next])
                next &+= 1
                let value = stack.pop()
                cells?.outer(depth).values[operand] = value
            case .export:
                let name = program.nameKeys[operand].symbol
                context.set(name, stack.top)
                switch words[next] {
                case 1: context.export(name)
                case 2: context.hide(name)
                default: break
                }
                next &+= 1
            case .unpack:
                word = at
                let value = stack.pop()
                try unpack(value, operand)
            case .storeNamespace:
                word = at
                let target = stack.pop()
                let value = stack.pop()
                guard case .object(let object) = target, let namespace = object as? Namespace else {
                    throw notNamespace()
                }
                namespace.set(program.names[operand].text, value)
            case .checkNamespace:
                word = at
                guard case .object(let object) = stack.pop(), object is Namespace else {
                    throw notNamespace()
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
            case .compareSeen:
                word = at
                let left = stack.pop()
                guard let comparison = Comparison(rawValue: UInt8(operand)) else { break }
                stack.push(.bool(try compare(left, seen.value, comparison)))
            case .compareHeld:
                word = at
                guard let comparison = Comparison(rawValue: UInt8(operand)) else { break }
                stack.push(.bool(try compareHeld(comparison)))
            case .compareChain:
                word = at
                let right = stack.pop()
                let left = stack.pop()
                guard let comparison = Comparison(rawValue: UInt8(operand)) else { break }
                if try compare(left, right, comparison) {
                    stack.push(right)
                    next &+= 1
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
                next &+= 1
                let values = stack.pop(operand)
                let escaped =
                    mode == EscapeMode.dynamic.rawValue ? context.autoescape : mode == EscapeMode.on.rawValue
                stack.push(try concat(values, escaped: escaped))
            case .attribute:
                word = at
                let value = stack.pop()
                stack.push(try attribute(operand, program, of: value))
            case .loopAttribute:
                word = at
                let name = Int(words[next])
                next &+= 1
                if let field = program.nameKeys[name].loopField,
                    let value = stack.loopValue(at: base &+ operand, field)
                {
                    stack.push(value)
                } else {
                    stack.push(
                        try attribute(name, program, of: local(base, operand, program, function)))
                }
            case .loopField: stack.push(loopField(operand))
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
            case .jumpIfSeenFalse:
                word = at
                if !(try truthOfSeen()) { next = operand }
            case .jumpIfFalseElsePop:
                word = at
                let value = stack.top
                if try truth(value) { _ = stack.pop() } else { next = operand }
            case .jumpIfTrueElsePop:
                word = at
                let value = stack.top
                if try truth(value) { next = operand } else { _ = stack.pop() }
            case .jumpIfLocal:
                next = Undefined.isMissing(stack[base + Int(words[next])]) ? next &+ 1 : operand
            case .jumpIfExtended: if context.parent != nil { next = operand }

            // MARK: Calling
            case .call:
                word = at
                let arguments = try callArguments(program, operand)
                let callee = stack.pop()
                stack.push(try call(callee, arguments))
            case .callMethod:
                word = at
                let index = Int(words[next])
                next &+= 1
                if program.nameKeys[index].loopField == .cycle, cycle(program.simpleCounts[operand]) {
                    continue
                }
                let name = program.names[index]
                let arguments = try callArguments(program, operand)
                let receiver = stack.pop()
                stack.push(try callMethod(name, of: receiver, arguments))
            case .filter:
                word = at
                let function = program.filters[Int(words[next])]
                next &+= 1
                let arguments = try callArguments(program, operand)
                let input = stack.pop()
                stack.push(try filter(function, input, arguments))
            case .test:
                word = at
                let function = program.filters[Int(words[next])]
                next &+= 1
                let arguments = try callArguments(program, operand)
                let input = stack.pop()
                stack.push(try call(function, input: input, arguments))
            case .filterBound:
                word = at
                let input = stack.pop()
                stack.push(try filter(program.boundCalls[operand], input))
            case .testBound:
                word = at
                let call = program.boundCalls[operand]
                let arguments = Arguments(input: stack.pop(), bound: call.arguments)
                stack.push(try call.function.body(arguments, &self))
            case .query:
                word = at
                if let answer = try answer(program.queries[operand]) {
                    stack.top = answer
                    next = Int(words[next])
                } else {
                    next &+= 1
                }
            case .macro:
                next &+= 1
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
                if let element = loops.next() { stack.push(element) } else { next = operand }
            case .nextLocal:
                word = at
                steps &+= 1
                if steps > limits.steps { try charge(0) }
                let slot = base &+ Int(words[next] >> 8)
                if loops.lendNext(to: slot, &stack) { next &+= 1 } else { next = operand }
            case .element: stack.push(loops.element)
            case .loopObject: if let object = loops.object { stack.push(.object(object)) }
            case .markRan: loops.markRan()
            case .endLoop:
                let loop = loops.pop(&stack)
                if operand != 0, loop.hasRun { next = operand }
            case .beginSelection:
                word = at
                let iterable = stack.pop()
                loops.push(LoopState(try elements(of: iterable)))
            case .select: loops.select()
            case .endSelection:
                let loop = loops.pop(&stack)
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
                next &+= 1
                var inner = context
                if set > 0 {
                    let given = givenNames(program.variableSets[set - 1], context, cells, base)
                    inner = TemplateContext(context, given: given)
                    contexts.append(inner)
                }
                try callBlock(program.nameKeys[operand].symbol, 0, inner)
            case .requireBlock:
                word = at
                try requireBlock(program.nameKeys[operand].symbol, context)
            case .extends:
                word = at
                let name = stack.pop()
                try extend(name, context)
            case .include:
                word = at
                let set = program.variableSets[Int(words[next])]
                next &+= 1
                let name = stack.pop()
                try include(name, IncludeFlags(rawValue: UInt32(operand)), set, context, cells, base)
            case .importModule:
                word = at
                let set = program.variableSets[Int(words[next])]
                next &+= 1
                let name = stack.pop()
                stack.push(
                    try importModule(name, IncludeFlags(rawValue: UInt32(operand)), set, context, cells, base)
                )
            case .importName:
                word = at
                stack.push(try importName(program.names[operand].symbol, of: stack.top, at: Int(words[next])))
                next &+= 1
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
                throw failure(program, operand, kind: words[next], hint: Int(words[next &+ 1]))
            case .end: return
            }
        }
    }
}
