/// Whether bytes are well-formed UTF-8 (Unicode 16, table 3-7).
public enum UTF8Validation {
    /// The offset of the first byte that does not belong to a well-formed sequence, or `nil` when all do.
    ///
    /// Overlong forms, surrogates and values beyond U+10FFFF are ill-formed. The offset is that of the first
    /// byte of the offending sequence.
    ///
    /// - Complexity: O(n); eight bytes a step through ASCII.
    public static func firstInvalidOffset(in bytes: Span<UInt8>) -> Int? {
        let count = bytes.count
        var index = 0
        while index < count {
            index = asciiEnd(of: bytes, from: index)
            // A run of other letters seldom ends after one; stay here until ASCII comes back.
            while index < count, bytes[index] >= 0x80 {
                let length = sequenceLength(in: bytes, at: index)
                if length == 0 { return index }
                index += length
            }
        }
        return nil
    }

    /// As ``firstInvalidOffset(in:)-(Span<UInt8>)``, for an array.
    public static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
        firstInvalidOffset(in: bytes.span)
    }

    /// As ``firstInvalidOffset(in:)-(Span<UInt8>)``, for a slice; the offset is that in the slice's array.
    public static func firstInvalidOffset(in bytes: ArraySlice<UInt8>) -> Int? {
        firstInvalidOffset(in: bytes.span).map { $0 + bytes.startIndex }
    }

    /// How many bytes the well-formed sequence at `index` has, or 0 when what stands there is ill-formed.
    ///
    /// - Precondition: `index` is inside `bytes`.
    public static func sequenceLength(in bytes: Span<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        let left = bytes.count - index
        func continues(_ offset: Int) -> Bool { bytes[index + offset] & 0xC0 == 0x80 }
        switch first {
        case 0x00...0x7F:
            return 1
        case 0xC2...0xDF:
            return left >= 2 && continues(1) ? 2 : 0
        case 0xE0...0xEF:
            guard left >= 3, continues(1), continues(2) else { return 0 }
            let second = bytes[index + 1]
            if first == 0xE0 && second < 0xA0 { return 0 }
            if first == 0xED && second > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard left >= 4, continues(1), continues(2), continues(3) else { return 0 }
            let second = bytes[index + 1]
            if first == 0xF0 && second < 0x90 { return 0 }
            if first == 0xF4 && second > 0x8F { return 0 }
            return 4
        default:
            return 0
        }
    }

    /// The first index from `start` on that holds no ASCII, or the end.
    private static func asciiEnd(of bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let raw = UnsafeRawBufferPointer(buffer)
            while index + 8 <= raw.count {
                let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 != 0 { break }
                index += 8
            }
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }
}
