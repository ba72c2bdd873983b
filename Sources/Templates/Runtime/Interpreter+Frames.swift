import Text

/// Functions: what each call needs, and where it goes on after an error.
extension RenderContext {
    /// Runs a function whose arguments lie on the stack from `base` on.
    ///
    /// On return the stack is as high as `base`. On an error that is only a finding, goes on after the statement.
    mutating func run(
        _ program: Program, _ function: Int, context: TemplateContext, cells outer: Cells?, base: Int
    ) throws(TemplateError) {
        let info = program.frameShapes[function]
        depth += 1
        let caller = unsafe running
        let callerContext = unsafe seeing
        let callerWord = word
        unsafe running = .passUnretained(program)
        unsafe seeing = .passUnretained(context)
        defer {
            depth -= 1
            unsafe running = caller
            unsafe seeing = callerContext
            word = callerWord
        }
        if depth > limits.depth {
            throw TemplateError(
                .limit, "templates, blocks and macros are nested more than \(limits.depth) levels deep",
                hint: "what includes or calls itself needs a condition that ends it")
        }
        try charge(1)
        stack.reserve(info.height)
        while stack.count < base + info.slotCount { stack.push(Undefined.missing) }
        var own = outer
        if info.hasCells {
            let cells = Cells(count: info.cellCount, parent: outer)
            self.cells.append(cells)
            own = cells
        }
        let firstLoop = loops.count
        let firstCapture = captures.count
        var entry = info.entry
        while true {
            do throws(TemplateError) {
                try execute(program, function, from: entry, context: context, cells: own, base: base)
                stack.cut(to: base)
                return
            } catch {
                unsafe running = .passUnretained(program)
                unsafe seeing = .passUnretained(context)
                if failure == nil {
                    failure = FailurePlace(program: program, word: word, calls: calls.records)
                }
                guard undefined == .reported, error.kind != .limit,
                    let region = program.region(around: word, in: function),
                    let place = failure
                else {
                    loops.cut(to: firstLoop, &stack)
                    stack.cut(to: base)
                    cutCaptures(to: firstCapture)
                    throw error
                }
                findings.add(DiagnosticCode.of(error.kind), error.message, hint: error.hint, at: place)
                failure = nil
                loops.cut(to: firstLoop + region.loops, &stack)
                stack.cut(to: base + info.slotCount)
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
}
