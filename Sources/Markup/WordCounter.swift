import Text

/// Counts words: runs between spaces, and each character of a script that writes without spaces.
enum WordCounter {
    /// How many words a range of text holds.
    ///
    /// A run without letter or digit is not a word; Han, Hiragana, Katakana and Bopomofo count one a character.
    static func count(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        unsafe bytes.withUnsafeBytes { raw in
            let buffer = unsafe raw.assumingMemoryBound(to: UInt8.self)
            var words = 0
            // A word that goes on here, and was counted.
            var inWord = false
            var index = range.lowerBound
            let end = range.upperBound
            while index < end {
                var carry: UInt64 = inWord ? 1 : 0
                words -= Int(carry)
                while index &+ 8 <= end {
                    let eight = unsafe UInt64(
                        littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    if eight & tops != 0 { break }
                    words += countEight(eight, &carry)
                    index &+= 8
                }
                words += Int(carry)
                inWord = carry != 0
                // What is past ASCII, and the last few bytes, one by one.
                let stop = min(end, index &+ 8)
                while index < stop {
                    let byte = unsafe buffer[index]
                    if byte < 0x80 {
                        // Letters and digits open a word; space closes it; other marks do neither.
                        index &+= 1
                        if byte.isASCIILetter || byte.isASCIIDigit {
                            if !inWord { words += 1 }
                            inWord = true
                        } else if byte <= 0x20 {
                            inWord = false
                        }
                        continue
                    }
                    let scalar = unsafe decode(buffer, index, end)
                    index &+= scalar.count
                    if isIdeograph(scalar.value) {
                        words += 1
                        inWord = false
                    } else if isSpaceOrMark(scalar.value) {
                        if scalar.value != 0x2019 && scalar.value != 0xAD && scalar.value != 0x200D {
                            inWord = false
                        }
                    } else {
                        if !inWord { words += 1 }
                        inWord = true
                    }
                }
            }
            return words
        }
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Counts the words that end in eight ASCII characters, the first in the lowest byte. `carry` is 1 where a word goes
    /// on from the eight before, and then where one goes on into the next.
    ///
    /// A run between spaces is a run of ones; adding a 1 anywhere in it carries out of it exactly once, however many are
    /// added. So with a 1 for each letter and digit, the bytes behind the runs that have one are what the sum adds.
    @inline(__always)
    private static func countEight(_ eight: UInt64, _ carry: inout UInt64) -> Int {
        // In each byte the top bit says whether it is not less than something: no sum leaves its byte.
        let notSpace = (eight &+ ones &* (0x80 - 0x21)) & tops
        let lower = eight | ones &* 0x20
        let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x80 - 0x7B))
        let digits = (eight &+ ones &* (0x80 - 0x30)) & ~(eight &+ ones &* (0x80 - 0x3A))
        let runs = (notSpace >> 7) &* 0xFF
        let (first, leftFirst) = runs.addingReportingOverflow(((letters | digits) & tops) >> 7)
        let (sum, leftSecond) = first.addingReportingOverflow(carry)
        carry = leftFirst || leftSecond ? 1 : 0
        return (sum & ~runs & ones).nonzeroBitCount
    }

    /// A scalar value and how many bytes it takes; invalid bytes are U+FFFD, one each.
    @inline(__always)
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> (
        value: UInt32, count: Int
    ) {
        let first = unsafe UInt32(bytes[start])
        func next(_ offset: Int) -> UInt32 {
            guard start + offset < end else { return 0 }
            let byte = unsafe UInt32(bytes[start + offset])
            return byte & 0xC0 == 0x80 ? byte : 0
        }
        let second = next(1)
        if first >= 0xC2 && first < 0xE0 && second != 0 { return ((first & 0x1F) << 6 | second & 0x3F, 2) }
        let third = second == 0 ? 0 : next(2)
        if first >= 0xE0 && first < 0xF0 && third != 0 {
            return ((first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F, 3)
        }
        let fourth = third == 0 ? 0 : next(3)
        if first >= 0xF0 && first < 0xF5 && fourth != 0 {
            return ((first & 0x07) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | fourth & 0x3F, 4)
        }
        return (0xFFFD, 1)
    }

    /// Whether a character of this script is a word by itself.
    @inline(__always)
    static func isIdeograph(_ value: UInt32) -> Bool {
        value >= 0x2E80
            && (value >= 0x4E00 && value <= 0x9FFF || value >= 0x3041 && value <= 0x30FF
                || value >= 0x3400 && value <= 0x4DBF || value >= 0x20000 && value <= 0x323AF
                || value >= 0xF900 && value <= 0xFAFF || value >= 0x3105 && value <= 0x312F
                || value >= 0x31F0 && value <= 0x31FF || value >= 0xFF66 && value <= 0xFF9D
                || value >= 0x2E80 && value <= 0x2FDF || value == 0x3005 || value == 0x3007)
    }

    /// Whether it is a space or a mark that stands between words.
    @inline(__always)
    private static func isSpaceOrMark(_ value: UInt32) -> Bool {
        value < 0xC0 && value != 0xAA && value != 0xB5 && value != 0xBA || value == 0xD7 || value == 0xF7
            || value >= 0x2000 && value <= 0x206F || value >= 0x2190 && value <= 0x2BFF
            || value >= 0x3000 && value <= 0x303F || value == 0xFEFF || value == 0x1680
            || value >= 0xFF01 && value <= 0xFF0F || value >= 0xFF1A && value <= 0xFF20
            || value >= 0xFF3B && value <= 0xFF40 || value >= 0xFF5B && value <= 0xFF65
            || value >= 0xFE00 && value <= 0xFE0F || value >= 0x1F000 && value <= 0x1FAFF
    }
}
