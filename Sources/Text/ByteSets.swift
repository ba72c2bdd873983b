// Bytes that are looked for: a set of ASCII characters, and eight bytes at once.

/// 128 truth values about the ASCII characters; no other byte belongs to a set.
struct ASCIISet {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return (low >> UInt64(byte)) & 1 != 0 }
        return byte < 128 && (high >> UInt64(byte & 63)) & 1 != 0
    }

    /// Letters, digits, `_.-~` (RFC 3986 §2.3).
    static let unreserved = ASCIISet(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    /// ``unreserved`` and `/`.
    static let unreservedAndSlash = ASCIISet(low: 0x03FF_E000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    /// ``unreserved`` and ``!#$%&'()*+,/:;=?@``: cmark's table of what an `href` keeps.
    static let reserved = ASCIISet(low: 0xAFFF_FFFA_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
}

/// Eight bytes looked at in one step; the high bit of each byte is the answer for that byte.
///
/// Answers are right for the lowest byte that has one, and may be wrong for those above it (a borrow runs
/// upwards): so only the lowest is ever used.
struct ByteWord {
    let bits: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    func equals(_ byte: UInt8) -> UInt64 {
        let difference = bits ^ (Self.ones &* UInt64(byte))
        return (difference &- Self.ones) & ~difference & Self.highs
    }

    /// Equal but for the bits of `ignored`, which are set in `byte`.
    @inline(__always)
    func equals(_ byte: UInt8, ignoring ignored: UInt8) -> UInt64 {
        ByteWord(bits: bits | (Self.ones &* UInt64(ignored))).equals(byte)
    }

    @inline(__always)
    var isControl: UInt64 { (bits &- Self.ones &* 0x20) & ~bits & Self.highs }

    @inline(__always)
    var isNotASCII: UInt64 { bits & Self.highs }
}
