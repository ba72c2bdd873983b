import Text

/// The addresses in a style sheet: of `url(…)`, quoted or not, and of `@import "…"` (CSS Syntax, sections 4.3.4 to 4.3.6).
///
/// Comments and other strings are passed over. An address with an escape in it is not looked at.
struct StyleSheetReferences {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether an address is one of a file, relative to that of the style sheet.
    static func isRelative(_ address: some Collection<UInt8>) -> Bool {
        guard let first = address.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "#"),
            first != UInt8(ascii: "?"), !address.contains(UInt8(ascii: "\\"))
        else { return false }
        return !Addresses.isAbsolute(Array(address))
    }

    /// Where the next address stands.
    mutating func next() -> Range<Int>? {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "/") where starts(with: "/*", at: index):
                index += 2
                while index < bytes.count, !starts(with: "*/", at: index) { index += 1 }
                index += 2
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                _ = string()
            case UInt8(ascii: "\\"):
                index += 2
            case UInt8(ascii: "@") where starts(with: "@import", at: index):
                index += "@import".utf8.count
                skipBlanks()
                if index < bytes.count,
                    bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'"),
                    let found = string()
                {
                    return found
                }
            case UInt8(ascii: "u"), UInt8(ascii: "U"):
                if let found = address() { return found }
            default:
                index += 1
            }
        }
        return nil
    }

    /// The address of a `url(` that starts here; passes over the word otherwise.
    private mutating func address() -> Range<Int>? {
        guard starts(with: "url(", at: index), index == 0 || !Self.isName(bytes[index - 1]) else {
            index += 1
            return nil
        }
        index += "url(".utf8.count
        skipBlanks()
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") { return string() }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: ")"), bytes[index] > 0x20 {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = min(index, bytes.count)
        return start..<index
    }

    /// What is in the quotes of a string that starts here; a line that ends in it ends it.
    private mutating func string() -> Range<Int>? {
        let mark = bytes[index]
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != mark {
            if bytes[index] == 0x0A { return nil }
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(index, bytes.count)
        index = min(index + 1, bytes.count)
        return start..<end
    }

    private mutating func skipBlanks() {
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
    }

    /// Whether a word of small letters stands at a place, in any case.
    private func starts(with word: StaticString, at place: Int) -> Bool {
        guard place + word.utf8CodeUnitCount <= bytes.count else { return false }
        return unsafe UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount).enumerated()
            .allSatisfy { offset, byte in
                bytes[place + offset].asciiLowercased == byte
            }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
