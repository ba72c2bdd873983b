/// White space and line ends as Python sees them, in UTF-8.
enum Whitespace {
    /// How many bytes the white-space character at an offset has; 0 when there is none.
    static func length(_ bytes: [UInt8], at offset: Int, end: Int) -> Int {
        let byte = bytes[offset]
        if byte < 0x80 {
            return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F) ? 1 : 0
        }
        if byte == 0xC2 {
            guard offset + 1 < end else { return 0 }
            return bytes[offset + 1] == 0x85 || bytes[offset + 1] == 0xA0 ? 2 : 0
        }
        guard byte == 0xE1 || byte == 0xE2 || byte == 0xE3, offset + 2 < end else { return 0 }
        return isWide(byte, bytes[offset + 1], bytes[offset + 2]) ? 3 : 0
    }

    /// How many bytes the white-space character that ends before an offset has; 0 when there is none.
    static func length(_ bytes: [UInt8], before offset: Int, start: Int) -> Int {
        guard offset > start else { return 0 }
        if bytes[offset - 1] < 0x80 { return length(bytes, at: offset - 1, end: offset) }
        if offset - 2 >= start, bytes[offset - 2] == 0xC2 {
            return length(bytes, at: offset - 2, end: offset)
        }
        if offset - 3 >= start, bytes[offset - 3] >= 0xE1 {
            return length(bytes, at: offset - 3, end: offset)
        }
        return 0
    }

    /// U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
    private static func isWide(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
        switch (a, b) {
        case (0xE1, 0x9A): c == 0x80
        case (0xE2, 0x80): (c >= 0x80 && c <= 0x8A) || c == 0xA8 || c == 0xA9 || c == 0xAF
        case (0xE2, 0x81): c == 0x9F
        case (0xE3, 0x80): c == 0x80
        default: false
        }
    }

    /// The end of the white space that starts at an offset.
    static func end(of bytes: [UInt8], from offset: Int, end: Int) -> Int {
        var offset = offset
        while offset < end {
            let count = length(bytes, at: offset, end: end)
            if count == 0 { break }
            offset += count
        }
        return offset
    }

    /// The start of the white space that ends at an offset.
    static func start(of bytes: [UInt8], before offset: Int, start: Int) -> Int {
        var offset = offset
        while offset > start {
            let count = length(bytes, before: offset, start: start)
            if count == 0 { break }
            offset -= count
        }
        return offset
    }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
