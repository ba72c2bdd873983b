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

    mutating func pop() -> LoopState {
        precondition(count > 0, "a loop ends that has begun")
        count -= 1
        return unsafe (base + count).move()
    }

    /// Ends all loops but the outermost ones.
    mutating func cut(to height: Int) {
        guard count > height else { return }
        unsafe (base + height).deinitialize(count: count - height)
        count = height
    }

    /// The innermost loop, where it lies.
    private var top: UnsafeMutablePointer<LoopState> {
        @inline(__always) get {
            precondition(count > 0, "a loop runs")
            return unsafe base + (count - 1)
        }
    }

    /// Goes on to the next element; `nil` at the end.
    @inline(__always)
    mutating func next() -> Value? {
        let loop = unsafe top
        let index = unsafe loop.pointee.index + 1
        if unsafe loop.pointee.changing != nil { return unsafe Self.nextOfChanging(&loop.pointee) }
        guard unsafe index < loop.pointee.elements.count else { return nil }
        unsafe loop.pointee.index = index
        unsafe loop.pointee.object?.index = index
        return unsafe loop.pointee.elements[index]
    }

    @inline(never)
    private static func nextOfChanging(_ loop: inout LoopState) -> Value? {
        guard let list = loop.changing, loop.index + 1 < list.items.count else { return nil }
        loop.index += 1
        let element = list.items[loop.index]
        loop.elements = [element]
        return element
    }

    /// The element that `next` gave last.
    var element: Value {
        @inline(__always) get {
            unsafe top.pointee.elements[top.pointee.changing == nil ? top.pointee.index : 0]
        }
    }

    /// What `loop` is in the innermost one.
    var object: LoopObject? {
        @inline(__always) get { unsafe top.pointee.object }
    }

    /// Notes that the body ran to its end at least once.
    mutating func markRan() { unsafe top.pointee.hasRun = true }

    /// Collects the element that `next` gave last.
    mutating func select() {
        let element = self.element
        unsafe top.pointee.selected.append(element)
    }
}
