/// Writes numbers and bytes for a store, in as few bytes as is cheap.
///
/// Numbers are little-endian in base 128: 7 bits a byte, the top bit set on all but the last. Bytes and lists are
/// preceded by their count. ``CompactReader`` takes apart what this puts together.
public struct CompactWriter: Sendable {
    /// What was written.
    public var bytes: [UInt8] = []
    @usableFromInline var last = 0

    /// A writer that has written nothing.
    @inlinable
    public init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// A number; negative ones count as 0.
    @inlinable
    public mutating func put(_ number: Int) {
        var rest = UInt64(max(0, number))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A number of either sign, less than 2^47 away from 0: the sign is the lowest bit.
    @inlinable
    public mutating func put(signed number: Int) {
        put(number < 0 ? (-(number + 1)) << 1 | 1 : number << 1)
    }

    /// A number of any size, in 8 bytes.
    @inlinable
    public mutating func put(wide number: Int) {
        let bits = UInt64(bitPattern: Int64(number))
        for shift in 0..<8 as Range<UInt64> { bytes.append(UInt8(truncatingIfNeeded: bits >> (shift * 8))) }
    }

    /// Numbers of 4 bytes each, little-endian, of which each can be read by itself.
    @inlinable
    public mutating func put(words: [UInt32]) {
        bytes.reserveCapacity(bytes.count + words.count * 4)
        for word in words {
            for shift in 0..<4 as Range<UInt32> {
                bytes.append(UInt8(truncatingIfNeeded: word >> (shift * 8)))
            }
        }
    }

    /// A number that is not less than the one before in its list.
    @inlinable
    public mutating func put(ascending number: Int) {
        put(number - last)
        last = max(last, number)
    }

    /// Yes or no.
    @inlinable
    public mutating func put(_ truth: Bool) {
        bytes.append(truth ? 1 : 0)
    }

    /// Bytes.
    @inlinable
    public mutating func put(_ more: [UInt8]) {
        put(more.count)
        bytes.append(contentsOf: more)
    }

    /// Writes bytes, preceded by their count.
    public mutating func put(_ more: Span<UInt8>) {
        put(more.count)
        unsafe more.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Bytes that may be missing.
    @inlinable
    public mutating func put(optional more: [UInt8]?) {
        put(more != nil)
        if let more { put(more) }
    }

    /// A number of either sign that may be missing.
    @inlinable
    public mutating func put(optional number: Int?) {
        put(number != nil)
        if let number { put(signed: number) }
    }

    /// A fingerprint, in 16 bytes.
    @inlinable
    public mutating func put(_ fingerprint: Fingerprint) {
        put(wide: Int(bitPattern: UInt(fingerprint.low)))
        put(wide: Int(bitPattern: UInt(fingerprint.high)))
    }

    /// A place in a source.
    @inlinable
    public mutating func put(_ range: SourceRange) {
        put(Int(range.start))
        put(Int(range.end) - Int(range.start))
    }

    /// A list; ascending numbers begin anew.
    @inlinable
    public mutating func put<Element>(list: [Element], _ write: (inout CompactWriter, Element) -> Void) {
        put(list.count)
        last = 0
        for element in list { write(&self, element) }
    }
}
