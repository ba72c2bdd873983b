/// A part of a program: elements by position.
///
/// Unsafe, because an array would be retained and released by each function that runs. The program owns the memory
/// and gives it back; positions are checked.
@safe struct Pool<Element: Sendable>: @unchecked Sendable {
    // Unchecked: nothing changes once it is made.
    private let start: UnsafeMutablePointer<Element>
    let count: Int

    init(_ elements: [Element]) {
        count = elements.count
        unsafe start = .allocate(capacity: Swift.max(1, elements.count))
        for (index, element) in elements.enumerated() { unsafe (start + index).initialize(to: element) }
    }

    /// Gives the memory back; to be called once, by the owner.
    func deallocate() {
        unsafe start.deinitialize(count: count)
        unsafe start.deallocate()
    }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "a position in the pool")
            return unsafe start[index]
        }
    }

    /// Where an element lies.
    @inline(__always)
    func place(_ index: Int) -> UnsafePointer<Element> {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "a position in the pool")
        return unsafe UnsafePointer(start + index)
    }

    var indices: Range<Int> { 0..<count }
}

/// The instructions of a program, by position.
///
/// Unsafe for the same reason as ``Pool``. Positions are checked in debug builds only: the program counter starts at the
/// entry of a function, jumps lead to instructions, and each function ends with one that leaves it.
@safe struct WordPool: @unchecked Sendable {
    // Unchecked: nothing changes once it is made.
    private let start: UnsafeMutablePointer<UInt32>
    let count: Int

    init(_ words: [UInt32]) {
        count = words.count
        unsafe start = .allocate(capacity: Swift.max(1, words.count))
        for (index, word) in words.enumerated() { unsafe (start + index).initialize(to: word) }
    }

    /// Gives the memory back; to be called once, by the owner.
    func deallocate() { unsafe start.deallocate() }

    subscript(index: Int) -> UInt32 {
        @inline(__always) get {
            assert(UInt(bitPattern: index) < UInt(bitPattern: count), "a word of the program")
            return unsafe start[index]
        }
    }
}
