/// Appends UTF-8 output; one owner, finished once.
public struct ByteWriter: ~Copyable, Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8]

    /// An empty writer with room for `capacity` bytes.
    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// How many bytes were written.
    @inlinable
    public var count: Int { bytes.count }

    /// Appends one byte.
    public mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// Appends bytes.
    public mutating func append(_ more: [UInt8]) {
        bytes.append(contentsOf: more)
    }

    /// Appends a slice of bytes.
    public mutating func append(_ more: ArraySlice<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Appends a run of bytes.
    public mutating func append(_ more: Span<UInt8>) {
        unsafe more.withUnsafeBufferPointer { buffer in unsafe bytes.append(contentsOf: buffer) }
    }

    /// Appends text.
    public mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Forgets everything after the first `count` bytes.
    public mutating func truncate(to count: Int) {
        bytes.removeLast(bytes.count - count)
    }

    /// Gives up the writer for what it wrote.
    public consuming func finish() -> [UInt8] {
        bytes
    }
}
