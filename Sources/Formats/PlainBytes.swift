import Text

/// The bytes of text that every reader of YAML takes as they are.
enum PlainBytes {
    /// Whether well-formed UTF-8 holds no control characters but line feeds, none of the line breaks that only
    /// some count as such (carriage return, U+0085, U+2028, U+2029), and nothing that YAML forbids.
    ///
    /// - Complexity: O(n).
    static func areAll(in text: Span<UInt8>) -> Bool {
        isASCII(text) || areLetters(in: text)
    }

    /// Whether all is ASCII without control characters but line feeds; eight bytes a step.
    private static func isASCII(_ text: Span<UInt8>) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = 0
        var others: UInt64 = 0
        unsafe text.withUnsafeBufferPointer { buffer in
            let raw = UnsafeRawBufferPointer(buffer)
            while index + 8 <= raw.count {
                let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // In each byte's highest bit, as long as all are ASCII: at least a space; a delete; no line feed.
                let printable = word &+ ones &* 0x60
                let delete = word &+ ones
                let unbroken = (word ^ ones &* 0x0A) &+ ones &* 0x7F
                others |= word | delete | ~printable & unbroken
                index += 8
            }
        }
        while index < text.count {
            if !isPlainASCII(text[index]) { return false }
            index += 1
        }
        return others & (ones &* 0x80) == 0
    }

    private static func isPlainASCII(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F || byte == UInt8(ascii: "\n")
    }

    /// The same where there are letters outside ASCII.
    private static func areLetters(in text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if isPlainASCII(byte) { continue }
            guard byte >= 0x80, index < text.count else { return false }
            let second = text[index]
            switch byte {
            case 0xC2:
                // U+0080 to U+009F.
                if second < 0xA0 { return false }
            case 0xE2, 0xEF:
                guard index + 1 < text.count else { return false }
                let third = text[index + 1]
                // U+2028 and U+2029.
                if byte == 0xE2, second == 0x80, third == 0xA8 || third == 0xA9 { return false }
                // U+FEFF, the byte order mark; U+FFFE and U+FFFF.
                if byte == 0xEF, second == 0xBB, third == 0xBF { return false }
                if byte == 0xEF, second == 0xBF, third >= 0xBE { return false }
            default: break
            }
            while index < text.count, text[index] & 0xC0 == 0x80 { index += 1 }
        }
        return true
    }
}
