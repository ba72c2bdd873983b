/// 128 bits that stand for content.
///
/// SipHash-1-3 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012;
/// the 128-bit variant as in the reference implementation). The key is fixed, so that a store made on one
/// machine is understood on another. For names that the public sees (asset URLs) use ``SHA256``.
public struct Fingerprint: Hashable, Sendable, Comparable {
    /// The first 64 bits: enough to compare one old value with one new one.
    public let low: UInt64
    /// The second 64 bits.
    public let high: UInt64

    /// A fingerprint from its two halves.
    @inlinable
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// What stands for something that is not there. No content hashes to it but by a chance of 2^-128.
    public static let absent = Fingerprint(low: 0, high: 0)

    /// The fingerprint of some bytes.
    ///
    /// - Complexity: O(n), about one byte a third of a nanosecond.
    public init(of bytes: Span<UInt8>) {
        var hasher = FingerprintBuilder()
        hasher.combine(bytes)
        self = hasher.finish()
    }

    /// The fingerprint of an array of bytes.
    public init(of bytes: [UInt8]) {
        self.init(of: bytes.span)
    }

    /// The fingerprint of a slice of bytes; equal to that of the same bytes in an array.
    public init(of bytes: ArraySlice<UInt8>) {
        self.init(of: bytes.span)
    }

    /// The fingerprint of a string's UTF-8.
    public init(of text: String) {
        var hasher = FingerprintBuilder()
        hasher.combine(text)
        self = hasher.finish()
    }

    /// An order that means nothing but is always the same.
    public static func < (left: Fingerprint, right: Fingerprint) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// Puts together the fingerprint of a value from its parts.
///
/// Parts of varying length are preceded by their length, so that ("ab", "c") and ("a", "bc") differ.
public struct FingerprintBuilder: Sendable {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var tail: UInt64 = 0
    private var tailCount: UInt64 = 0
    private var total: UInt64 = 0

    /// A builder that has seen nothing.
    public init() {
        let k0: UInt64 = 0x7369_7465_2e67_656e
        let k1: UInt64 = 0x6669_6e67_6572_7072
        v0 = k0 ^ 0x736f_6d65_7073_6575
        v1 = k1 ^ 0x646f_7261_6e64_6f6d ^ 0xee
        v2 = k0 ^ 0x6c79_6765_6e65_7261
        v3 = k1 ^ 0x7465_6462_7974_6573
    }

    @inline(__always)
    private mutating func round() {
        v0 = v0 &+ v1
        v1 = (v1 << 13) | (v1 >> 51)
        v1 ^= v0
        v0 = (v0 << 32) | (v0 >> 32)
        v2 = v2 &+ v3
        v3 = (v3 << 16) | (v3 >> 48)
        v3 ^= v2
        v0 = v0 &+ v3
        v3 = (v3 << 21) | (v3 >> 43)
        v3 ^= v0
        v2 = v2 &+ v1
        v1 = (v1 << 17) | (v1 >> 47)
        v1 ^= v2
        v2 = (v2 << 32) | (v2 >> 32)
    }

    @inline(__always)
    private mutating func absorb(_ word: UInt64) {
        v3 ^= word
        round()
        v0 ^= word
    }

    /// Takes the next eight bytes, which need not begin where a word does.
    @inline(__always)
    private mutating func feed(_ word: UInt64) {
        if tailCount == 0 { return absorb(word) }
        let shift = 8 &* tailCount
        absorb(tail | word &<< shift)
        tail = word &>> (64 &- shift)
    }

    /// Takes the last few bytes, fewer than eight; those of `word` above them are 0.
    @inline(__always)
    private mutating func feed(last word: UInt64, count: UInt64) {
        let shift = 8 &* tailCount
        tail |= word &<< shift
        tailCount &+= count
        if tailCount < 8 { return }
        absorb(tail)
        tailCount &-= 8
        // The word that was fed did not end with a word: some of it was there before, so the shift is not 0.
        tail = word &>> (64 &- shift)
    }

    /// Adds bytes, preceded by their count.
    ///
    /// Of many bytes, four lanes that do not wait for each other are made first (``Lanes``), and the lanes are what is
    /// added: a page or a file costs a third of what it would word by word.
    public mutating func combine(_ bytes: Span<UInt8>) {
        combine(UInt64(bytes.count))
        if bytes.count < Self.manyBytes { return append(bytes) }
        var lanes = Lanes()
        let rest = lanes.add(bytes)
        combine(lanes.first)
        combine(lanes.second)
        combine(lanes.third)
        combine(lanes.fourth)
        append(bytes.extracting(rest...))
    }

    fileprivate static let manyBytes = 128

    /// Adds an array of bytes, preceded by their count.
    public mutating func combine(_ bytes: [UInt8]) {
        combine(bytes.span)
    }

    /// Adds a slice of bytes, preceded by their count.
    public mutating func combine(_ bytes: ArraySlice<UInt8>) {
        combine(bytes.span)
    }

    /// Adds a string's UTF-8, preceded by its count.
    public mutating func combine(_ text: String) {
        combine(text.utf8.span)
    }

    /// Adds bytes as they are: the caller makes sure that the parts cannot be confused.
    public mutating func append(_ bytes: Span<UInt8>) {
        let count = bytes.count
        if count == 0 { return }
        total &+= UInt64(count)
        unsafe bytes.withUnsafeBytes { raw in
            func load<Word: FixedWidthInteger>(_ offset: Int, as type: Word.Type) -> UInt64 {
                unsafe UInt64(Word(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: type)))
            }
            let rest = count & 7
            for offset in stride(from: 0, to: count &- rest, by: 8) { feed(load(offset, as: UInt64.self)) }
            if rest == 0 { return }
            // Two loads that may lie over each other have all of the rest; where they do, they say the same.
            let last: UInt64 =
                if count >= 8 {
                    load(count &- 8, as: UInt64.self) &>> UInt64(8 &* (8 &- rest))
                } else if rest >= 4 {
                    load(0, as: UInt32.self) | load(rest &- 4, as: UInt32.self) &<< UInt64(8 &* (rest &- 4))
                } else {
                    load(0, as: UInt8.self) | load(rest &>> 1, as: UInt8.self) &<< UInt64(8 &* (rest &>> 1))
                        | load(rest &- 1, as: UInt8.self) &<< UInt64(8 &* (rest &- 1))
                }
            feed(last: last, count: UInt64(rest))
        }
    }

    /// Adds a whole number.
    public mutating func combine(_ number: UInt64) {
        total &+= 8
        feed(number)
    }

    /// Adds a signed whole number.
    public mutating func combine(_ number: Int) {
        combine(UInt64(bitPattern: Int64(number)))
    }

    /// Adds a truth value.
    public mutating func combine(_ truth: Bool) {
        combine(truth ? 1 as UInt64 : 0)
    }

    /// Adds a floating-point number by its bits.
    public mutating func combine(_ number: Double) {
        combine(number.bitPattern)
    }

    /// Adds another fingerprint.
    public mutating func combine(_ fingerprint: Fingerprint) {
        combine(fingerprint.low)
        combine(fingerprint.high)
    }

    /// The fingerprint of all that was added; the builder may go on.
    public func finish() -> Fingerprint {
        var copy = self
        copy.absorb(copy.tail | (copy.total << 56))
        copy.v2 ^= 0xee
        copy.round()
        copy.round()
        copy.round()
        let low = copy.v0 ^ copy.v1 ^ copy.v2 ^ copy.v3
        copy.v1 ^= 0xdd
        copy.round()
        copy.round()
        copy.round()
        return Fingerprint(low: low, high: copy.v0 ^ copy.v1 ^ copy.v2 ^ copy.v3)
    }
}

/// The fingerprint of bytes that come in parts: that of all of them in one piece.
public struct PartsFingerprint: Sendable {
    private let count: Int
    private var seen = 0
    private var lanes = Lanes()
    private var whole = FingerprintBuilder()

    /// The fingerprint of so many bytes.
    public init(count: Int) {
        self.count = count
        whole.combine(UInt64(count))
    }

    /// Adds a part. All but the last have a multiple of 32 bytes, and at least 128 (``Lanes``).
    public mutating func add(_ part: Span<UInt8>) {
        seen += part.count
        if count < FingerprintBuilder.manyBytes { return whole.append(part) }
        let rest = lanes.add(part)
        if seen < count { return }
        whole.combine(lanes.first)
        whole.combine(lanes.second)
        whole.combine(lanes.third)
        whole.combine(lanes.fourth)
        whole.append(part.extracting(rest...))
    }

    /// The fingerprint; `nil` when there were more bytes than announced, or fewer.
    public func finish() -> Fingerprint? { seen == count ? whole.finish() : nil }
}
