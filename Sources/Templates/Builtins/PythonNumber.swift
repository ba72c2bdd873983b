import Text

/// Numbers from text, as Python's `int()` and `float()` read them.
enum PythonNumber {
    /// `float(text)`, or `nil`.
    static func double(_ bytes: [UInt8]) -> Double? {
        let text = asciiDigits(bytes.stripped())
        guard let digits = withoutUnderscores(text), !digits.isEmpty else { return nil }
        let lower = TextCase.lower(digits)
        var unsigned = lower[...]
        if let first = unsigned.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            unsigned = unsigned.dropFirst()
        }
        let word = String(decoding: unsigned, as: UTF8.self)
        let isNegative = lower.first == UInt8(ascii: "-")
        if word == "inf" || word == "infinity" { return isNegative ? -.infinity : .infinity }
        if word == "nan" { return .nan }
        guard unsigned.allSatisfy({ $0.isASCIIDigit || [0x2E, 0x65, 0x2B, 0x2D].contains($0) }),
            let first = unsigned.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+"),
            unsigned.contains(where: { $0.isASCIIDigit })
        else { return nil }
        var plain = word
        // Swift wants a digit on both sides of the point.
        if plain.hasPrefix(".") { plain = "0" + plain }
        if plain.hasSuffix(".") { plain += "0" }
        plain = plain.replacingPointBeforeExponent
        guard let number = Double(plain) else { return nil }
        return isNegative ? -number : number
    }

    /// The decimal digits of all scripts as those of ASCII, as Python reads them.
    private static func asciiDigits(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let properties = scalar.properties
            if properties.numericType == .decimal, let value = properties.numericValue,
                let digit = Unicode.Scalar(0x30 + UInt32(value))
            {
                text.append(digit)
            } else {
                text.append(scalar)
            }
        }
        return Array(String(text).utf8)
    }

    /// `int(text, base)`, or `nil` when it is no number; the result is `nil` inside when it does not fit.
    static func whole(_ bytes: [UInt8], base: Int) -> Int? {
        var text = asciiDigits(bytes.stripped())
        var isNegative = false
        if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            text.removeFirst()
        }
        var radix = base
        if text.count > 1, text[0] == UInt8(ascii: "0") {
            let prefixed: Int? =
                switch text[1] | 0x20 {
                case UInt8(ascii: "x"): 16
                case UInt8(ascii: "o"): 8
                case UInt8(ascii: "b"): 2
                default: nil
                }
            if let prefixed, base == 0 || base == prefixed {
                radix = prefixed
                text.removeFirst(2)
                if text.first == UInt8(ascii: "_") { text.removeFirst() }
            } else if base == 0 {
                // With base 0 a number must not start with zeros unless it is zero.
                guard text.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "_") }) else {
                    return nil
                }
            }
        }
        if radix == 0 { radix = 10 }
        guard (2...36).contains(radix), let digits = withoutUnderscores(text), let first = digits.first,
            first != UInt8(ascii: "-"), first != UInt8(ascii: "+")
        else { return nil }
        return Int((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self), radix: radix)
    }

    /// Single underscores may stand between digits.
    private static func withoutUnderscores(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(UInt8(ascii: "_")) else { return bytes }
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
            guard index > 0, index + 1 < bytes.count, bytes[index - 1] != byte, bytes[index + 1] != byte
            else {
                return nil
            }
        }
        return bytes.filter { $0 != UInt8(ascii: "_") }
    }
}

extension String {
    /// `1.e5` as `1.0e5`.
    fileprivate var replacingPointBeforeExponent: String {
        guard let range = firstRange(of: ".e") else { return self }
        return replacingCharacters(range)
    }

    private func firstRange(of text: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text),
                let end = self.index(index, offsetBy: text.count, limitedBy: endIndex)
            {
                return index..<end
            }
            index = self.index(after: index)
        }
        return nil
    }

    private func replacingCharacters(_ range: Range<Index>) -> String {
        String(self[..<range.lowerBound]) + ".0e" + String(self[range.upperBound...])
    }
}
