/// The running loops, the innermost on top.
///
/// Unsafe for the same reason as ``ValueStack``: out of an array, each look at a loop would copy all of it.
@safe struct LoopStack: ~Copyable {
    private var base: UnsafeMutablePointer<LoopState>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity)
    }

    deinit {
        unsafe base.deinitialize(count: count)
        unsafe base.deallocate()
    }

    mutating func push(_ loop: consuming LoopState) {
        if count == capacity { grow() }
        unsafe (base + count).initialize(to: loop)
        count += 1
    }

    private mutating func grow() {
        let new = UnsafeMutablePointer<LoopState>.allocate(capacity: capacity * 2)
        unsafe new.moveInitialize(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = new
        capacity *= 2
    }

    /// Ends the innermost loop.
    mutating func pop(_ stack: inout ValueStack) -> LoopState {
        precondition(count > 0, "a loop ends that has begun")
        count -= 1
        let loop = unsafe (base + count).move()
        if loop.borrower >= 0 { stack.endLoan(loop.borrower) }
        return loop
    }

    /// Ends all loops but the outermost ones.
    mutating func cut(to height: Int, _ stack: inout ValueStack) {
        while count > height { _ = pop(&stack) }
    }

    /// The innermost loop, where it lies, or one further out.
    @inline(__always)
    private func loop(_ depth: Int = 0) -> UnsafeMutablePointer<LoopState> {
        precondition(count > depth, "a loop runs")
        return unsafe base + (count - 1 - depth)
    }

    /// Goes on to the next element; `nil` at the end.
    @inline(__always)
    mutating func next() -> Value? {
        let loop = unsafe loop()
        guard unsafe loop.pointee.advance() else { return nil }
        return unsafe loop.pointee.place.pointee
    }

    /// Goes on to the next element and lends it to a place on the stack; `false` at the end.
    @inline(__always)
    mutating func lendNext(to place: Int, _ stack: inout ValueStack) -> Bool {
        let loop = unsafe loop()
        guard unsafe loop.pointee.advance() else { return false }
        if unsafe loop.pointee.borrower < 0 {
            unsafe loop.pointee.borrower = place
            stack[place] = .none
        }
        unsafe stack.lend(loop.pointee.place, to: place)
        return true
    }

    /// The element that `next` gave last.
    var element: Value {
        @inline(__always) get { unsafe loop().pointee.place.pointee }
    }

    /// What `loop` is in the innermost one.
    var object: LoopObject? {
        @inline(__always) get { unsafe loop().pointee.object }
    }

    /// Where a loop is, and how many elements it has.
    @inline(__always)
    func position(_ depth: Int) -> (index: Int, count: Int) {
        let loop = unsafe loop(depth)
        return unsafe (loop.pointee.index, loop.pointee.currentCount)
    }

    /// What `loop.length` is in a loop.
    mutating func length(_ depth: Int) -> Int { unsafe loop(depth).pointee.length() }

    /// An element of a loop, if there is one at that position.
    func element(_ position: Int, _ depth: Int) -> Value? {
        unsafe loop(depth).pointee.element(position)
    }

    /// Notes that the body ran to its end at least once.
    mutating func markRan() { unsafe loop().pointee.hasRun = true }

    /// Collects the element that `next` gave last.
    mutating func select() {
        let element = self.element
        unsafe loop().pointee.selected.append(element)
    }
}

extension RenderContext {
    /// What a field of `loop` is in a loop of which no object was made.
    @inline(__always)
    mutating func loopField(_ operand: Int) -> Value {
        let (index, count) = loops.position(operand >> 8)
        // A program holds fields only; see `Compiler.attribute`.
        switch unsafe unsafeBitCast(UInt8(truncatingIfNeeded: operand), to: LoopObject.Field.self) {
        case .last: return .bool(index >= count - 1)
        case .first: return .bool(index == 0)
        case .index: return .int(index + 1)
        case .index0: return .int(index)
        default: return otherLoopField(operand)
        }
    }

    @inline(never)
    private mutating func otherLoopField(_ operand: Int) -> Value {
        let depth = operand >> 8
        let index = loops.position(depth).index
        switch LoopObject.Field(rawValue: UInt8(truncatingIfNeeded: operand)) {
        case .revindex: return .int(loops.length(depth) - index)
        case .revindex0: return .int(loops.length(depth) - index - 1)
        case .length: return .int(loops.length(depth))
        case .depth: return .int(1)
        case .depth0: return .int(0)
        case .previtem:
            return loops.element(index - 1, depth)
                ?? .undefined(Undefined(.hint(LoopObject.noPrevious), behavior: undefined))
        case .nextitem:
            return loops.element(index + 1, depth)
                ?? .undefined(Undefined(.hint(LoopObject.noNext), behavior: undefined))
        default: preconditionFailure("a field that needs no object")
        }
    }
}
