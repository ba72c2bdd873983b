import Text

/// What a plain (unquoted) YAML scalar means.
///
/// The core schema of YAML 1.2, and dates:
/// - `null`, `Null`, `NULL`, `~` and nothing are null;
/// - `true` and `false` (`True`, `TRUE`, …) are truth values. `yes`, `no`, `on`, `off`, which YAML 1.1 made
///   truth values, stay text: a tag or language `no` (Norwegian) must not become false. Keys that take a truth
///   value understand them all the same, so a blog's `published: no` keeps its meaning;
/// - `12`, `-7`, `0o17`, `0xff` are whole numbers, `1.5`, `.5`, `1e3`, `.inf`, `.nan` numbers; YAML 1.1's
///   `017` is seventeen and `12:30` is text, for nobody means an octal number or a base of sixty;
/// - `2026-01-02`, `2026-1-2 3:04:05 +01:00`, … are dates (``DateTimeReader/readTimestamp(_:)``), and so is
///   no day that does not exist: it stays text.
enum YAMLScalar {
    case null
    case boolean(Bool)
    case integer(Int)
    case double(Double)
    case date(DateTimeParts)
    case text

    init(plain text: ArraySlice<UInt8>) {
        guard let first = text.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "~"): self = text.count == 1 ? .null : .text
        case UInt8(ascii: "n"), UInt8(ascii: "N"): self = Self.isWord(text, "null") ? .null : .text
        case UInt8(ascii: "t"), UInt8(ascii: "T"): self = Self.isWord(text, "true") ? .boolean(true) : .text
        case UInt8(ascii: "f"), UInt8(ascii: "F"): self = Self.isWord(text, "false") ? .boolean(false) : .text
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            self = Self.number(text)
        default: self = .text
        }
    }

    /// A word in lower case, capitalised or in upper case.
    private static func isWord(_ text: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        var isLower = true
        var isUpper = true
        var index = 0
        // No sequences of pairs and no strings: truth values are in nearly every head.
        return word.withUTF8Buffer { letters in
            for byte in text {
                guard unsafe byte | 0x20 == letters[index] else { return false }
                let isCapital = byte & 0x20 == 0
                if isCapital, index > 0 { isLower = false }
                if !isCapital { isUpper = false }
                index += 1
            }
            return isLower || isUpper
        }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> YAMLScalar {
        if text.count > 40 { return .text }
        if text.count >= 8, case .date(let parts) = DateTimeReader.readTimestamp(text) { return .date(parts) }
        var index = text.startIndex
        let isSigned = text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")
        if isSigned { index += 1 }
        let body = text[index...]
        if body.first == UInt8(ascii: "0"), !isSigned, body.count > 2 {
            let digits = body.dropFirst(2)
            if body[index + 1] == UInt8(ascii: "x") { return radix(digits, 16) }
            if body[index + 1] == UInt8(ascii: "o") { return radix(digits, 8) }
        }
        var digits = 0
        while index < text.endIndex, text[index].isASCIIDigit {
            index += 1
            digits += 1
        }
        if index == text.endIndex {
            guard digits > 0 else { return .text }
            if let number = NumberText.integer(text) { return .integer(number) }
            return NumberText.double(text).map { .double($0) } ?? .text
        }
        if text[index] == UInt8(ascii: ".") {
            if digits == 0 {
                if isSpecial(body, ".inf") {
                    return .double(text.first == UInt8(ascii: "-") ? -.infinity : .infinity)
                }
                if isSpecial(body, ".nan"), !isSigned { return .double(.nan) }
            }
            index += 1
            while index < text.endIndex, text[index].isASCIIDigit {
                index += 1
                digits += 1
            }
        }
        guard digits > 0 else { return .text }
        if index < text.endIndex {
            guard text[index] | 0x20 == UInt8(ascii: "e") else { return .text }
            index += 1
            if index < text.endIndex, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
                index += 1
            }
            guard index < text.endIndex, text[index...].allSatisfy({ $0.isASCIIDigit }) else { return .text }
        }
        // Swift's reader wants digits on both sides of the point's exponent, YAML does not: `1.e3`, `.5`.
        var spelling: [UInt8] = []
        for (offset, byte) in text.enumerated() {
            if byte == UInt8(ascii: "."), spelling.last.map({ !$0.isASCIIDigit }) ?? true {
                spelling.append(UInt8(ascii: "0"))
            }
            spelling.append(byte)
            let next = text.startIndex + offset + 1
            if byte == UInt8(ascii: "."), next == text.endIndex || !text[next].isASCIIDigit {
                spelling.append(UInt8(ascii: "0"))
            }
        }
        return NumberText.double(spelling[...]).map { .double($0) } ?? .text
    }

    private static func radix(_ digits: ArraySlice<UInt8>, _ radix: Int) -> YAMLScalar {
        guard digits.allSatisfy({ $0.isASCIIDigit || ($0 | 0x20) &- UInt8(ascii: "a") < 6 }) else {
            return .text
        }
        return Int(String(decoding: digits, as: UTF8.self), radix: radix).map { .integer($0) } ?? .text
    }

    private static func isSpecial(_ text: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        text.count == word.utf8CodeUnitCount && text.first == UInt8(ascii: ".")
            && isWord(
                text.dropFirst(),
                word.utf8CodeUnitCount == 4 && text.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "i")
                    ? "inf" : "nan")
            && zip(text, word.description.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
}

extension DataBuilder {
    /// The value that a plain YAML scalar means.
    mutating func plainYAML(_ text: ArraySlice<UInt8>, at range: SourceRange) -> Node {
        switch YAMLScalar(plain: text) {
        case .null: null(text: text, at: range)
        case .boolean(let truth): boolean(truth, text: text, at: range)
        case .integer(let number): integer(number, text: text, at: range)
        case .double(let number): double(number, text: text, at: range)
        case .date(let parts): date(parts, text: text, at: range)
        case .text: string(text, at: range)
        }
    }
}
