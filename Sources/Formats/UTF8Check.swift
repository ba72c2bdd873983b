/// What bytes are: ASCII, UTF-8, or where they stop being so.
enum UTF8Check {
    /// Nothing but ASCII.
    case ascii
    /// UTF-8 with more than ASCII.
    case text
    /// The first wrong sequence.
    case invalid(offset: Int, count: Int)

    /// Looks at a part of some bytes, eight at a time while they are ASCII.
    init(_ bytes: [UInt8], _ part: Range<Int>) {
        let span = bytes.span
        var index = part.lowerBound
        let end = part.upperBound
        var isASCII = true
        while index < end {
            let byte = span[index]
            if byte < 0x80 {
                index += 1
                continue
            }
            isASCII = false
            let count = Self.sequence(span, index, end)
            if count == 0 {
                self = .invalid(offset: index, count: 1)
                return
            }
            index += count
        }
        self = isASCII ? .ascii : .text
    }

    /// How many bytes the sequence at an offset has (RFC 3629), 0 when it is wrong.
    private static func sequence(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Int {
        let lead = bytes[index]
        let count: Int
        switch lead {
        case 0xC2...0xDF: count = 2
        case 0xE0...0xEF: count = 3
        case 0xF0...0xF4: count = 4
        default: return 0
        }
        guard end - index >= count else { return 0 }
        let second = bytes[index + 1]
        switch lead {
        case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90, 0xF4 where second > 0x8F:
            return 0
        default: break
        }
        for offset in 1..<count where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return count
    }
}
