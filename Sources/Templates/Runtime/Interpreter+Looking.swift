import Text

/// What a rendering looks at: a value where it lies, or one of its own.
///
/// Paths such as `page.author.name` are walked without counting a reference at each step. Unsafe, because nothing
/// keeps the value alive but what it was found through: an instruction that looks is followed at once by one that
/// looks on or uses what is seen, and nothing between them changes a variable or a dictionary.
@safe struct SeenValue: ~Copyable {
    /// What was computed, and lies nowhere else.
    private let own: UnsafeMutablePointer<Value>
    private var place: UnsafePointer<Value>

    init() {
        unsafe own = .allocate(capacity: 1)
        unsafe own.initialize(to: .none)
        unsafe place = UnsafePointer(own)
    }

    deinit {
        unsafe own.deinitialize(count: 1)
        unsafe own.deallocate()
    }

    /// Looks at a value where it lies.
    @inline(__always)
    mutating func look(at place: UnsafePointer<Value>) { unsafe self.place = place }

    /// Looks at a value that is kept here until the next.
    @inline(__always)
    mutating func keep(_ value: consuming Value) {
        unsafe own.pointee = value
        unsafe place = UnsafePointer(own)
    }

    /// The value, held.
    var value: Value {
        @inline(__always) get { unsafe place.pointee }
    }

    /// Text, where it lies.
    struct SeenText {
        let run: ByteRun
        let isSafe: Bool
    }

    /// The text that is looked at, if it is text.
    var text: SeenText? {
        @inline(__always) get {
            guard case .string(let text) = unsafe place.pointee else { return nil }
            return SeenText(run: text.run, isSafe: text.isSafe)
        }
    }

    /// Whether a variable is looked at that has no value yet.
    var isMissing: Bool {
        @inline(__always) get {
            guard case .undefined = unsafe place.pointee else { return false }
            return unsafe Undefined.isMissing(place.pointee)
        }
    }

    /// Where the item of the dictionary lies that is looked at, by a name that is no method.
    @inline(__always)
    func item(_ name: Program.NameKey) -> UnsafePointer<Value>? {
        guard case .dict(let dict) = unsafe place.pointee, !name.isDictMethod else { return nil }
        return unsafe dict.place(of: name)
    }
}

/// Looking at values, and printing what is seen.
extension RenderContext {
    @inline(__always)
    mutating func lookAtLocal(_ base: Int, _ slot: Int, _ program: Program, _ function: Int) {
        unsafe seen.look(at: stack.place(base + slot))
        if seen.isMissing { seen.keep(unset(program.functions[function].function.slotNames[slot])) }
    }

    @inline(__always)
    mutating func lookAtName(_ name: Int, _ program: Program, _ context: TemplateContext) {
        if let place = unsafe context.place(of: program.nameKeys[name].symbol) {
            unsafe seen.look(at: place)
        } else {
            seen.keep(global(name, program))
        }
    }

    /// Looks on at an attribute; a dictionary is asked where it lies.
    @inline(__always)
    mutating func lookAtAttribute(_ name: Int, _ program: Program) throws(TemplateError) {
        if let place = unsafe seen.item(program.nameKeys[name]) {
            unsafe seen.look(at: place)
        } else {
            try lookAtOther(name, program)
        }
    }

    /// Looks at the constant whose turn it is; what is called `loop` and is none has a method of its own.
    @inline(__always)
    mutating func lookAtCycle(
        _ program: Program, _ slot: Int, first: Int, count: Int, name: Int
    ) throws(TemplateError) {
        if let index = stack.loopIndex(at: slot) {
            unsafe seen.look(at: program.constants.place(first + Swift.max(0, index) % count))
            return
        }
        let arguments = CallArguments((first..<first + count).map { program.constants[$0] })
        seen.keep(try callMethod(program.names[name], of: stack[slot], arguments))
    }

    @inline(never)
    private mutating func lookAtOther(_ name: Int, _ program: Program) throws(TemplateError) {
        let value = seen.value
        seen.keep(try attribute(name, program, of: value))
    }

    /// Prints what is seen.
    @inline(__always)
    mutating func printSeen(escaped: Bool) throws(TemplateError) {
        if let text = seen.text {
            if escaped && !text.isSafe { output.appendEscaped(text.run) } else { output.append(text.run) }
        } else {
            try printOther(escaped: escaped)
        }
    }

    @inline(never)
    private mutating func printOther(escaped: Bool) throws(TemplateError) {
        try write(seen.value, escaped: escaped)
    }

    /// Prints what filters make of what is seen.
    mutating func printFiltered(
        _ program: Program, _ steps: Range<Int>, escaped: Bool
    ) throws(TemplateError) {
        if let text = seen.text, printFiltered(text, program, steps, escaped: escaped) { return }
        var value = seen.value
        for step in steps { value = try filter(program.boundCalls[program.textSteps[step].call], value) }
        try write(value, escaped: escaped)
    }

    /// Prints a text and lets filters change it in the output; `false`, with nothing printed, if one cannot.
    @inline(__always)
    private mutating func printFiltered(
        _ text: SeenValue.SeenText, _ program: Program, _ steps: Range<Int>, escaped: Bool
    ) -> Bool {
        if steps.count == 1,
            program.textSteps[steps.lowerBound].printer.print(
                text.run, isSafe: text.isSafe, escaped: escaped, &output)
        {
            return true
        }
        let start = output.count
        output.append(text.run)
        var isSafe = text.isSafe
        for step in steps {
            if !program.textSteps[step].printer.change(from: start, isSafe: &isSafe, &output) {
                output.cut(to: start)
                return false
            }
        }
        if escaped, !isSafe { output.escape(from: start) }
        return true
    }
}
