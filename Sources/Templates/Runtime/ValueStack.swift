/// The stack of values: below `count` all places hold a value, above it none does.
///
/// Unsafe, because an array would retain, release and check at each push and pop. What makes it right: the
/// compiler knows how high each function's stack grows, and ``reserve(_:)`` makes room for all of it on entry.
@safe struct ValueStack: ~Copyable {
    private var base: UnsafeMutablePointer<Value>
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

    /// Makes room for some more values.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(count + more) }
    }

    @inline(never)
    private mutating func grow(_ wanted: Int) {
        var larger = capacity
        while larger < wanted { larger *= 2 }
        let new = UnsafeMutablePointer<Value>.allocate(capacity: larger)
        unsafe new.moveInitialize(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = new
        capacity = larger
    }

    @inline(__always)
    mutating func push(_ value: consuming Value) {
        assert(count < capacity)
        unsafe (base + count).initialize(to: value)
        count += 1
    }

    @inline(__always)
    mutating func pop() -> Value {
        assert(count > 0)
        count -= 1
        return unsafe (base + count).move()
    }

    /// Throws away all above a height.
    mutating func cut(to height: Int) {
        guard count > height else { return }
        unsafe (base + height).deinitialize(count: count - height)
        count = height
    }

    /// Takes the topmost values, the deepest first.
    mutating func pop(_ number: Int) -> [Value] {
        if number == 0 { return [] }
        assert(count >= number)
        let start = count - number
        let values = unsafe Array(UnsafeBufferPointer(start: base + start, count: number))
        cut(to: start)
        return values
    }

    /// Where a value lies, until the stack grows.
    @inline(__always)
    func place(_ index: Int) -> UnsafePointer<Value> {
        assert(index < count)
        return unsafe UnsafePointer(base + index)
    }

    /// What `loop` at a place says; `nil` when no loop lies there.
    @inline(__always)
    func loopValue(at index: Int, _ field: LoopObject.Field) -> Value? {
        assert(index < count)
        guard case .object(let object) = unsafe base[index], type(of: object) == LoopObject.self else {
            return nil
        }
        return unsafe unsafeDowncast(object, to: LoopObject.self).value(of: field)
    }

    /// Which turn the loop is in whose `loop` lies at a place; `nil` when none lies there.
    @inline(__always)
    func loopIndex(at index: Int) -> Int? {
        assert(index < count)
        guard case .object(let object) = unsafe base[index], type(of: object) == LoopObject.self else {
            return nil
        }
        return unsafe unsafeDowncast(object, to: LoopObject.self).index
    }

    /// Puts a value into a place that holds `none` or is lent one already, without counting a reference; who lends keeps
    /// the value until it ends the loan.
    @inline(__always)
    mutating func lend(_ value: UnsafePointer<Value>, to index: Int) {
        assert(index < count)
        unsafe UnsafeMutableRawPointer(base + index).copyMemory(
            from: value, byteCount: MemoryLayout<Value>.size)
    }

    /// Puts `none` into a place that was lent a value.
    @inline(__always)
    mutating func endLoan(_ index: Int) {
        assert(index < count)
        unsafe (base + index).initialize(to: .none)
    }

    var top: Value {
        @inline(__always) get { unsafe base[count - 1] }
        @inline(__always) set { unsafe base[count - 1] = newValue }
    }

    subscript(index: Int) -> Value {
        @inline(__always) get {
            assert(index < count)
            return unsafe base[index]
        }
        @inline(__always) set {
            assert(index < count)
            unsafe base[index] = newValue
        }
    }
}
