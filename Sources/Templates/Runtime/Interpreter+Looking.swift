import Text

/// What a rendering looks at: a value where it lies, or one of its own.
///
/// Paths such as `page.author.name` are walked without counting a reference at each step. Unsafe, because nothing
/// keeps the value alive but what it was found through: an instruction that looks is followed at once by one that
/// looks on or uses what is seen, and nothing between them changes a variable or a dictionary.
@safe struct SeenValue: ~Copyable {
    /// What was computed, and lies nowhere else.
    private var own: UnsafeMutablePointer<Value>
    private var place: UnsafePointer<Value>
    /// The same for what is remembered.
    private var heldOwn: UnsafeMutablePointer<Value>
    private var held: UnsafePointer<Value>

    init() {
        unsafe own = .allocate(capacity: 2)
        unsafe own.initialize(repeating: .none, count: 2)
        unsafe heldOwn = own + 1
        unsafe place = UnsafePointer(own)
        unsafe held = UnsafePointer(heldOwn)
    }

    deinit {
        let both = unsafe Swift.min(own, heldOwn)
        unsafe both.deinitialize(count: 2)
        unsafe both.deallocate()
    }

    /// Remembers what is looked at while something else is.
    ///
    /// What was computed last is kept as well, wherever one looks: a map that nobody else has is where
    /// `page.author.name` lies.
    @inline(__always)
    mutating func hold() {
        unsafe held = place
        unsafe swap(&own, &heldOwn)
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

    /// What is remembered, held.
    var heldValue: Value {
        @inline(__always) get { unsafe held.pointee }
    }

    /// Whether what is remembered equals what is looked at, if both are texts.
    var isSameText: Bool? {
        @inline(__always) get {
            guard case .string(let left) = unsafe held.pointee, case .string(let right) = unsafe place.pointee
            else { return nil }
            return left.run.isEqual(to: right.run)
        }
    }

    /// Whether it counts as true, where that is plain to see.
    var plainTruth: Bool? {
        @inline(__always) get {
            switch unsafe place.pointee {
            case .none: false
            case .bool(let truth): truth
            case .string(let text): text.run.count != 0
            case .list(let list): !list.items.isEmpty
            default: nil
            }
        }
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

    /// An object that a variable, a dictionary or a list holds for as long as an instruction runs.
    @safe struct HeldObject {
        unowned(unsafe) let reference: any HostObject
    }

    /// The object that is looked at, if it is one and something else holds it.
    var heldElsewhere: HeldObject? {
        @inline(__always) get {
            guard unsafe place != UnsafePointer(own), case .object(let object) = unsafe place.pointee else {
                return nil
            }
            return HeldObject(reference: object)
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

    /// The same with the loop that is some loops further out.
    @inline(__always)
    mutating func lookAtLoopCycle(_ program: Program, _ depth: Int, first: Int, count: Int) {
        let index = Swift.max(0, loops.position(depth).index)
        unsafe seen.look(at: program.constants.place(first + index % count))
    }

    /// Whether what is looked at counts as true.
    @inline(__always)
    mutating func truthOfSeen() throws(TemplateError) -> Bool {
        if let truth = seen.plainTruth { return truth }
        return try truth(seen.value)
    }

    /// Compares what is remembered with what is looked at.
    @inline(__always)
    mutating func compareHeld(_ comparison: Comparison) throws(TemplateError) -> Bool {
        if comparison == .equal, let isSame = seen.isSameText { return isSame }
        return try compare(seen.heldValue, seen.value, comparison)
    }

    @inline(never)
    private mutating func lookAtOther(_ name: Int, _ program: Program) throws(TemplateError) {
        if let object = seen.heldElsewhere {
            if let found = try unsafe object.reference.attribute(program.nameKeys[name].symbol, in: &self) {
                seen.keep(found)
            } else {
                seen.keep(try otherAttribute(program.names[name], of: .object(unsafe object.reference)))
            }
            return
        }
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

    /// Prints what the filter `safe` makes of what is seen.
    @inline(never)
    mutating func printSafe(_ program: Program, _ call: Int) throws(TemplateError) {
        try write(try filter(program.boundCalls[call], seen.value), escaped: false)
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
