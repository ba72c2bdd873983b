import Text

/// Names as Python allows them.
enum Identifier {
    /// How many bytes of word characters stand at an offset, or `nil` when none does.
    static func wordLength(_ bytes: [UInt8], at offset: Int, end: Int) -> Int? {
        var cursor = offset
        while cursor < end {
            let byte = bytes[cursor]
            if byte < 0x80 {
                guard isASCIIWord(byte) else { break }
                cursor += 1
                continue
            }
            var length = 1
            while cursor + length < end, length < 4, bytes[cursor + length] & 0xC0 == 0x80 { length += 1 }
            let text = String(decoding: bytes[cursor..<cursor + length], as: UTF8.self)
            guard let scalar = text.unicodeScalars.first, scalar.properties.isIDContinue else { break }
            cursor += length
        }
        return cursor > offset ? cursor - offset : nil
    }

    /// Whether word characters are a name: it must not start with a digit or a mark.
    static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        if first < 0x80 { return isASCIIWord(first) && !first.isASCIIDigit }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.unicodeScalars.first?.properties.isIDStart ?? false
    }

    static func isASCIIWord(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit
            || byte == 0x5F
    }
}

/// Numbers as Python writes them: digits may be separated by single underscores.
enum NumberLiteral {
    /// How many bytes a floating-point number at an offset has, or `nil` when there is none.
    static func floatLength(_ bytes: [UInt8], at offset: Int, end: Int) -> Int? {
        var cursor = digits(bytes, at: offset, end: end)
        guard cursor > offset else { return nil }
        var hasFraction = false
        if cursor + 1 < end, bytes[cursor] == UInt8(ascii: "."), bytes[cursor + 1].isASCIIDigit {
            cursor = digits(bytes, at: cursor + 1, end: end)
            hasFraction = true
        }
        if cursor + 1 < end, bytes[cursor] | 0x20 == UInt8(ascii: "e") {
            var exponent = cursor + 1
            if bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-") { exponent += 1 }
            let last = digits(bytes, at: exponent, end: end)
            if last > exponent { return last - offset }
        }
        return hasFraction ? cursor - offset : nil
    }

    /// A whole number at an offset, decimal or with `0x`, `0o`, `0b`; its value is `nil` when it does not fit.
    static func integer(_ bytes: [UInt8], at offset: Int, end: Int) -> (length: Int, value: Int?) {
        if bytes[offset] == UInt8(ascii: "0") {
            if offset + 1 < end {
                let radix: Int? =
                    switch bytes[offset + 1] | 0x20 {
                    case UInt8(ascii: "x"): 16
                    case UInt8(ascii: "o"): 8
                    case UInt8(ascii: "b"): 2
                    default: nil
                    }
                if let radix {
                    let last = digits(bytes, at: offset + 2, end: end, radix: radix, leadingUnderscore: true)
                    if last > offset + 2 {
                        return (last - offset, value(bytes[(offset + 2)..<last], radix: radix))
                    }
                }
            }
            var cursor = offset + 1
            while cursor < end {
                let skip = bytes[cursor] == UInt8(ascii: "_") ? 1 : 0
                guard cursor + skip < end, bytes[cursor + skip] == UInt8(ascii: "0") else { break }
                cursor += skip + 1
            }
            return (cursor - offset, 0)
        }
        let last = digits(bytes, at: offset, end: end)
        return (last - offset, value(bytes[offset..<last], radix: 10))
    }

    private static func value(_ digits: ArraySlice<UInt8>, radix: Int) -> Int? {
        Int(String(decoding: digits.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self), radix: radix)
    }

    private static func digits(
        _ bytes: [UInt8], at offset: Int, end: Int, radix: Int = 10, leadingUnderscore: Bool = false
    ) -> Int {
        var cursor = offset
        while cursor < end {
            let mayUnderscore = cursor > offset || leadingUnderscore
            let skip = mayUnderscore && bytes[cursor] == UInt8(ascii: "_") ? 1 : 0
            guard cursor + skip < end, isDigit(bytes[cursor + skip], radix: radix) else { break }
            cursor += skip + 1
        }
        return cursor
    }

    private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
        switch radix {
        case 2: byte == 0x30 || byte == 0x31
        case 8: byte >= 0x30 && byte <= 0x37
        case 16: byte.isASCIIDigit || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
        default: byte.isASCIIDigit
        }
    }
}

/// What stands between quotes, with Python's escapes.
enum StringLiteral {
    struct Mistake: Error {
        let message: String
    }

    static func unescaped(_ bytes: [UInt8]) -> Result<[UInt8], Mistake> {
        guard bytes.contains(UInt8(ascii: "\\")) else { return .success(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < bytes.count else {
                result.append(byte)
                continue
            }
            let escape = bytes[index]
            index += 1
            switch escape {
            case 0x0A: break
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(escape)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "a"): result.append(0x07)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "v"): result.append(0x0B)
            case 0x30...0x37:
                var code = UInt32(escape - 0x30)
                var count = 1
                while count < 3, index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x37 {
                    code = code * 8 + UInt32(bytes[index] - 0x30)
                    index += 1
                    count += 1
                }
                append(code, to: &result)
            case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
                let count = escape == UInt8(ascii: "x") ? 2 : escape == UInt8(ascii: "u") ? 4 : 8
                var code: UInt32 = 0
                for _ in 0..<count {
                    guard index < bytes.count, let digit = bytes[index].hexadecimalValue else {
                        let letter = Character(UnicodeScalar(escape))
                        let shape = String(repeating: "X", count: count)
                        return .failure(Mistake(message: "truncated \\\(letter)\(shape) escape"))
                    }
                    code = code &* 16 &+ UInt32(digit)
                    index += 1
                }
                if code > 0x10FFFF { return .failure(Mistake(message: "illegal Unicode character")) }
                append(code, to: &result)
            default:
                result.append(UInt8(ascii: "\\"))
                result.append(escape)
            }
        }
        return .success(result)
    }

    /// A surrogate cannot be written in UTF-8 and becomes the replacement character.
    private static func append(_ code: UInt32, to bytes: inout [UInt8]) {
        let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
        bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
}
