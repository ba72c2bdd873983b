/// Appends UTF-8 output; one owner, finished once.
public struct ByteWriter: ~Copyable, Sendable {
    @usableFromInline var storage: [UInt8]

    /// An empty writer with room for `capacity` bytes.
    @inlinable
    public init(capacity: Int = 0) {
        storage = []
        storage.reserveCapacity(capacity)
    }

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

    /// Gives up the writer for what it wrote.
    @inlinable
    public consuming func finish() -> [UInt8] {
        storage
    }
}
