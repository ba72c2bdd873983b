import Text

/// `urllib.parse.quote`.
enum URLQuoting {
    /// Text with `%XX` for what may not stand in a URL; in a query a slash may not, and a space is a plus.
    static func quoted(_ bytes: [UInt8], forQuery: Bool) -> [UInt8] {
        unsafe bytes.withUnsafeBufferPointer { text -> [UInt8] in
            var first = 0
            while first < text.count, stays(unsafe text[first], forQuery) { first += 1 }
            if first == text.count { return bytes }
            // What does not stay takes three bytes at the most.
            return unsafe [UInt8].written(capacity: 3 * text.count - 2 * first) { buffer in
                var count = 0
                for index in 0..<text.count {
                    let byte = unsafe text[index]
                    if stays(byte, forQuery) {
                        unsafe buffer[count] = byte
                        count += 1
                    } else if byte == 0x20, forQuery {
                        unsafe buffer[count] = UInt8(ascii: "+")
                        count += 1
                    } else {
                        unsafe buffer[count] = UInt8(ascii: "%")
                        unsafe buffer[count + 1] = digit(byte >> 4)
                        unsafe buffer[count + 2] = digit(byte & 15)
                        count += 3
                    }
                }
                return count
            }
        }
    }

    /// Letters, digits, `_`, `-`, `.`, `~`, and outside queries `/`: a bit for each of the bytes of ASCII.
    @inline(__always)
    static func stays(_ byte: UInt8, _ forQuery: Bool) -> Bool {
        let low: UInt64 = forQuery ? 0x03FF_6000_0000_0000 : 0x03FF_E000_0000_0000
        let bits = byte < 0x40 ? low : byte < 0x80 ? 0x47FF_FFFE_87FF_FFFE : 0
        return bits >> UInt64(byte & 63) & 1 != 0
    }

    @inline(__always)
    static func digit(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x37 + half }
}
