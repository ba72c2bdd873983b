/// Questions about single bytes of ASCII, asked wherever bytes are read; every byte beyond ASCII answers no.
extension UInt8 {
    /// Whether it is one of `0` to `9`.
    @inlinable
    @inline(__always)
    public var isASCIIDigit: Bool { self &- 0x30 < 10 }

    /// Whether it is a letter, of either case.
    @inlinable
    @inline(__always)
    public var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// Whether it is one of `A` to `Z`.
    @inlinable
    @inline(__always)
    public var isASCIICapital: Bool { self &- 0x41 < 26 }

    /// The small letter of a capital; any other byte as it is.
    @inlinable
    @inline(__always)
    public var asciiLowercased: UInt8 { isASCIICapital ? self | 0x20 : self }

    /// What a hexadecimal digit of either case counts, `nil` for any other byte.
    @inlinable
    @inline(__always)
    public var hexadecimalValue: UInt8? {
        if isASCIIDigit { return self - 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}

extension Sequence<UInt8> {
    /// The bytes with the small letters of ASCII in place of its capitals.
    ///
    /// - Complexity: O(n).
    @inlinable
    public var asciiLowercased: [UInt8] { map { $0.asciiLowercased } }
}
