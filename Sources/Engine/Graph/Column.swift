import Files

/// A column of a table: elements of one plain type, the first of which may lie in a mapped file.
///
/// What lies in the file is not copied: opening a store costs nothing for what nobody looks at. An element that is set
/// there takes a page of memory, and the file stays as it is. A column is a value all the same: when one of two copies
/// is changed, it moves into memory first.
@safe struct Column<Element: BitwiseCopyable & Sendable>: Sendable {
    /// Keeps the mapping alive; what has two owners is not written to.
    private final class Owner: Sendable {
        let file: MappedFile
        init(_ file: MappedFile) { self.file = file }
    }

    private var owner: Owner?
    // The address of the first element in the file, while there is an owner.
    private var address: UInt = 0
    private var mappedCount = 0
    private var added: [Element]

    /// A column in memory.
    init(_ elements: [Element] = []) {
        added = elements
    }

    /// A column that begins in a file; `nil` when no whole number of elements, well aligned, lies there.
    init?(_ file: MappedFile, _ range: Range<Int>) {
        added = []
        if range.isEmpty { return }
        let stride = MemoryLayout<Element>.stride
        guard range.lowerBound >= 0, range.upperBound <= file.count, range.count % stride == 0,
            (file.address &+ UInt(range.lowerBound)) % UInt(MemoryLayout<Element>.alignment) == 0
        else { return nil }
        owner = Owner(file)
        address = file.address &+ UInt(range.lowerBound)
        mappedCount = range.count / stride
    }

    @inline(__always)
    private var mapped: UnsafeMutablePointer<Element> {
        // An owner never lives at address 0.
        unsafe UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
    }

    /// Moves what lies in the file into memory, since somebody else uses it too.
    private mutating func leaveFile() {
        added = Array(self)
        owner = nil
        mappedCount = 0
    }

    mutating func reserveCapacity(_ count: Int) {
        added.reserveCapacity(Swift.max(count - mappedCount, 0))
    }

    @inline(__always)
    mutating func append(_ element: Element) { added.append(element) }

    mutating func append(contentsOf elements: some Sequence<Element>) { added.append(contentsOf: elements) }

    /// Appends elements that lie together, as one piece of memory.
    mutating func append(_ elements: Span<Element>) {
        unsafe elements.withUnsafeBufferPointer { unsafe added.append(contentsOf: $0) }
    }

    /// Appends so many elements, each made when its turn comes.
    @inline(__always)
    mutating func append(count: Int, _ make: (Int) -> Element) {
        added.append(addingCapacity: count) { span in
            for index in 0..<count { span.append(make(index)) }
        }
    }

    /// Elements one after the other, none or all of which lie in the file.
    @_lifetime(borrow self)
    func span(_ range: Range<Int>) -> Span<Element> {
        if range.upperBound <= mappedCount, !range.isEmpty {
            precondition(range.lowerBound >= 0, "no such elements")
            let span = unsafe Span(_unsafeStart: mapped + range.lowerBound, count: range.count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
        let first = Swift.max(range.lowerBound - mappedCount, 0)
        return added.span.extracting(first..<Swift.max(range.upperBound - mappedCount, first))
    }

    /// Changes an element where it lies.
    @inline(__always)
    mutating func change<Result>(_ index: Int, _ body: (inout Element) -> Result) -> Result {
        if UInt(bitPattern: index) < UInt(bitPattern: mappedCount) {
            if !isKnownUniquelyReferenced(&owner) {
                leaveFile()
                return body(&added[index])
            }
            return unsafe body(&mapped[index])
        }
        return body(&added[index - mappedCount])
    }

    /// Calls `body` with elements one after the other, none or all of which lie in the file.
    @inline(__always)
    func withSpan(_ range: Range<Int>, _ body: (Span<Element>) -> Void) { body(span(range)) }

    /// Calls `body` with the bytes of all elements, in one or two pieces.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) {
        if mappedCount > 0 {
            unsafe body(UnsafeRawBufferPointer(UnsafeBufferPointer(start: mapped, count: mappedCount)))
        }
        unsafe added.withUnsafeBytes { unsafe body($0) }
    }
}

extension Column: RandomAccessCollection, MutableCollection {
    var startIndex: Int { 0 }
    @inline(__always)
    var endIndex: Int { mappedCount + added.count }

    subscript(index: Int) -> Element {
        @inline(__always)
        get {
            if UInt(bitPattern: index) < UInt(bitPattern: mappedCount) { return unsafe mapped[index] }
            return added[index - mappedCount]
        }
        // Not a coroutine: those that are not inlined take memory for each access, and elements are small.
        @inline(__always)
        set {
            if UInt(bitPattern: index) < UInt(bitPattern: mappedCount), !isKnownUniquelyReferenced(&owner) {
                leaveFile()
            }
            if UInt(bitPattern: index) < UInt(bitPattern: mappedCount) {
                unsafe mapped[index] = newValue
            } else {
                added[index - mappedCount] = newValue
            }
        }
    }
}
