/// Appends UTF-8 output; one owner, finished once.
public struct ByteWriter: ~Copyable, Sendable {
    @usableFromInline var storage: [UInt8]

    /// What was written so far. Keeping the array while writing on copies it: prefer ``span`` to look back.
    @inlinable
    public var bytes: [UInt8] { storage }

    /// What was written so far, without a copy.
    @inlinable
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get { storage.span }
    }

    /// An empty writer with room for `capacity` bytes.
    @inlinable
    public init(capacity: Int = 0) {
        storage = []
        storage.reserveCapacity(capacity)
    }

    /// A writer that goes on where `bytes` end, in the same memory if nobody else holds it.
    @inlinable
    public init(continuing bytes: consuming [UInt8]) {
        storage = bytes
    }

    /// How many bytes were written.
    @inlinable
    public var count: Int { storage.count }

    /// Appends one byte.
    @inlinable
    public mutating func append(_ byte: UInt8) {
        storage.append(byte)
    }

    /// Appends bytes.
    @inlinable
    public mutating func append(_ more: [UInt8]) {
        storage.append(contentsOf: more)
    }

    /// Appends a slice of bytes.
    @inlinable
    public mutating func append(_ more: ArraySlice<UInt8>) {
        storage.append(contentsOf: more)
    }

    /// Appends a run of bytes.
    @inlinable
    public mutating func append(_ more: Span<UInt8>) {
        unsafe more.withUnsafeBufferPointer { buffer in unsafe storage.append(contentsOf: buffer) }
    }

    /// Appends text.
    @inlinable
    public mutating func append(_ text: String) {
        storage.append(contentsOf: text.utf8)
    }

    /// Appends a literal: known to be contiguous and in memory, so one copy and no more.
    @inlinable
    public mutating func append(_ literal: StaticString) {
        if literal.hasPointerRepresentation {
            unsafe storage.append(
                contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        } else {
            storage.append(contentsOf: String(literal.unicodeScalar).utf8)
        }
    }

    /// Appends a whole number in decimal.
    public mutating func append(decimal number: Int) {
        if number < 0 { storage.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = storage.count
        repeat {
            storage.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest != 0
        storage[start...].reverse()
    }

    /// Makes room for `more` bytes beyond those written.
    @inlinable
    public mutating func reserve(_ more: Int) {
        storage.reserveCapacity(storage.count + more)
    }

    /// Forgets everything after the first `count` bytes.
    ///
    /// - Precondition: `count` bytes were written.
    @inlinable
    public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= storage.count, "cannot truncate to more than was written")
        storage.removeLast(storage.count - count)
    }

    /// Gives up the writer for what it wrote.
    @inlinable
    public consuming func finish() -> [UInt8] {
        storage
    }
}
