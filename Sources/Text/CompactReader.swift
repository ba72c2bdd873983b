/// Reads what ``CompactWriter`` wrote; anything else fails it for good.
///
/// It never traps, whatever the bytes: once something was wrong there are only zeros and empty lists, and
/// ``isAtEnd`` is false. Numbers have at most 48 bits, so that sums of a few never overflow.
public struct CompactReader: ~Escapable {
    @usableFromInline let source: Span<UInt8>
    @usableFromInline var index = 0
    @usableFromInline var last = 0
    @usableFromInline var hasFailed = false

    /// A reader at the first of some bytes.
    @inlinable
    @_lifetime(copy source)
    public init(_ source: Span<UInt8>) {
        self.source = source
    }

    /// Whether everything was read and nothing was wrong.
    @inlinable
    public var isAtEnd: Bool { !hasFailed && index == source.count }

    /// What was not read yet.
    public var rest: Span<UInt8> {
        @_lifetime(copy self)
        get { source.extracting(index...) }
    }

    /// Goes on after some bytes.
    @inlinable
    public mutating func skip(_ count: Int) { _ = range(of: max(0, count)) }

    /// The next byte.
    @inlinable
    public mutating func byte() -> UInt8 {
        guard index < source.count, !hasFailed else {
            hasFailed = true
            return 0
        }
        defer { index += 1 }
        return source[index]
    }

    /// A number of at most 49 bits.
    @inlinable
    public mutating func number() -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 49 {
            let next = byte()
            value |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return hasFailed ? 0 : Int(value) }
            shift += 7
        }
        hasFailed = true
        return 0
    }

    /// A number of either sign.
    @inlinable
    public mutating func signed() -> Int {
        let value = number()
        return value & 1 == 0 ? value >> 1 : -(value >> 1) - 1
    }

    /// A number of any size, out of 8 bytes.
    @inlinable
    public mutating func wide() -> Int { Int(bitPattern: UInt(fixed())) }

    /// A number of either sign that may be missing.
    @inlinable
    public mutating func optionalNumber() -> Int? {
        truth() ? signed() : nil
    }

    /// A number of one byte; a larger one gives 255.
    @inlinable
    public mutating func small() -> UInt8 {
        UInt8(clamping: number())
    }

    /// Yes or no.
    @inlinable
    public mutating func truth() -> Bool {
        switch byte() {
        case 0: return false
        case 1: return true
        default:
            hasFailed = true
            return false
        }
    }

    /// A number that is not less than the one before in its list.
    @inlinable
    public mutating func ascending() -> Int {
        last = sum(last, number())
        return last
    }

    /// The sum of two numbers; fails where it would leave 48 bits.
    @inlinable
    public mutating func sum(_ left: Int, _ right: Int) -> Int {
        let total = left + right
        if total >= 1 << 48 {
            hasFailed = true
            return 0
        }
        return total
    }

    /// Whether `count` things from `start` lie within `size`.
    @inlinable
    public func holds(_ start: Int, _ count: Int, within size: Int) -> Bool {
        start <= size && count <= size - start
    }

    /// Bytes.
    @inlinable
    public mutating func bytes() -> [UInt8] {
        let range = self.range(of: number())
        return unsafe source.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Bytes that may be missing.
    @inlinable
    public mutating func optionalBytes() -> [UInt8]? {
        truth() ? bytes() : nil
    }

    /// The symbol of bytes, without an array in between.
    @inlinable
    public mutating func symbol() -> Symbol {
        let range = self.range(of: number())
        return Symbol(source.extracting(range))
    }

    /// A number of 4 bytes, little-endian.
    @inlinable
    public mutating func word() -> UInt32 {
        let range = self.range(of: 4)
        var value: UInt32 = 0
        for (shift, place) in range.enumerated() { value |= UInt32(source[place]) << UInt32(shift * 8) }
        return value
    }

    /// A fingerprint.
    @inlinable
    public mutating func fingerprint() -> Fingerprint {
        let low = fixed()
        return Fingerprint(low: low, high: fixed())
    }

    /// A place in a source.
    @inlinable
    public mutating func range() -> SourceRange {
        let start = number()
        let count = number()
        return SourceRange(start, start + count)
    }

    /// A list; ascending numbers begin anew. `read` says `nil` to what makes no sense.
    @inlinable
    public mutating func list<Element>(_ read: (inout CompactReader) -> Element?) -> [Element] {
        let count = number()
        // Each element takes at least a byte: a larger count is a lie, and must not reserve memory.
        guard !hasFailed, count <= source.count - index else {
            hasFailed = true
            return []
        }
        var list: [Element] = []
        list.reserveCapacity(count)
        last = 0
        for _ in 0..<count {
            guard let element = read(&self), !hasFailed else {
                hasFailed = true
                return []
            }
            list.append(element)
        }
        return list
    }

    @inlinable
    mutating func range(of count: Int) -> Range<Int> {
        guard !hasFailed, count <= source.count - index else {
            hasFailed = true
            return 0..<0
        }
        index += count
        return index - count..<index
    }

    @inlinable
    mutating func fixed() -> UInt64 {
        let range = self.range(of: 8)
        var value: UInt64 = 0
        for (shift, place) in range.enumerated() { value |= UInt64(source[place]) << UInt64(shift * 8) }
        return value
    }
}
