/// What stands after the colon in `'{:>8.2f}'`: Python's "format specification mini-language".
struct FormatSpecification {
    private var fill: [UInt8] = [UInt8(ascii: " ")]
    private var alignment: UInt8?
    private var sign: UInt8?
    private var forgetsNegativeZero = false
    private var isAlternate = false
    private var isZeroPadded = false
    private var width = 0
    private var grouping: UInt8?
    private var precision: Int?
    private var type: UInt8?

    init(_ bytes: [UInt8], _ render: borrowing RenderContext) throws(TemplateError) {
        var index = 0
        func isAlignment(_ byte: UInt8) -> Bool { [0x3C, 0x3E, 0x3D, 0x5E].contains(byte) }
        if !bytes.isEmpty {
            let end = bytes.characterEnd(0)
            if end < bytes.count, isAlignment(bytes[end]) {
                fill = Array(bytes[..<end])
                alignment = bytes[end]
                index = end + 1
            } else if isAlignment(bytes[0]) {
                alignment = bytes[0]
                index = 1
            }
        }
        func next() -> UInt8 { index < bytes.count ? bytes[index] : 0 }
        func number() throws(TemplateError) -> Int? {
            guard next() >= 0x30 && next() <= 0x39 else { return nil }
            var number = 0
            while next() >= 0x30 && next() <= 0x39 {
                number = number * 10 + Int(next() - 0x30)
                if number > 1 << 40 {
                    throw TemplateError(.value, "Too many decimal digits in format string")
                }
                index += 1
            }
            return number
        }
        if [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: " ")].contains(next()) {
            sign = next()
            index += 1
        }
        if next() == UInt8(ascii: "z") {
            forgetsNegativeZero = true
            index += 1
        }
        if next() == UInt8(ascii: "#") {
            isAlternate = true
            index += 1
        }
        if next() == UInt8(ascii: "0") {
            isZeroPadded = true
            index += 1
        }
        width = try number() ?? 0
        if next() == UInt8(ascii: ",") || next() == UInt8(ascii: "_") {
            grouping = next()
            index += 1
        }
        if next() == UInt8(ascii: ".") {
            index += 1
            guard let digits = try number() else {
                throw TemplateError(.value, "Format specifier missing precision")
            }
            precision = digits
        }
        if index < bytes.count {
            type = bytes[index]
            index += 1
        }
        if index < bytes.count { throw TemplateError(.value, "Invalid format specifier") }
        if width > render.limits.stringBytes || precision ?? 0 > 1 << 16 { throw render.tooLong() }
    }

    // MARK: Values

    /// A value in this form.
    func format(_ value: Value, _ render: inout RenderContext) throws(TemplateError) -> [UInt8] {
        switch value {
        case .string(let text): return try format(text.bytes)
        case .bool(let truth):
            if type == UInt8(ascii: "s") { throw unknown("bool") }
            return try format(truth ? 1 : 0)
        case .int(let number): return try format(number)
        case .double(let number): return try format(number, type ?? 0, "float")
        default:
            throw TemplateError(
                .type, "unsupported format string passed to \(value.typeName).__format__")
        }
    }

    private func unknown(_ typeName: String) -> TemplateError {
        TemplateError(
            .value,
            "Unknown format code '\(String(UnicodeScalar(type ?? 0)))' for object of type '\(typeName)'")
    }

    private func format(_ text: [UInt8]) throws(TemplateError) -> [UInt8] {
        if let type, type != UInt8(ascii: "s") { throw unknown("str") }
        if sign != nil { throw TemplateError(.value, "Sign not allowed in string format specifier") }
        if forgetsNegativeZero {
            throw TemplateError(
                .value, "Negative zero coercion (z) not allowed in string format specifier")
        }
        if alignment == UInt8(ascii: "=") {
            throw TemplateError(.value, "'=' alignment not allowed in string format specifier")
        }
        if grouping != nil { throw TemplateError(.value, "Cannot specify ',' with 's'.") }
        var text = text
        if let precision { text = Array(text[..<text.offset(ofCharacter: precision)]) }
        return aligned([], text, otherwise: isZeroPadded ? UInt8(ascii: "<") : UInt8(ascii: "<"))
    }

    private func format(_ number: Int) throws(TemplateError) -> [UInt8] {
        let kind = type ?? UInt8(ascii: "d")
        let radix: Int
        switch kind {
        case UInt8(ascii: "d"), UInt8(ascii: "n"): radix = 10
        case UInt8(ascii: "b"): radix = 2
        case UInt8(ascii: "o"): radix = 8
        case UInt8(ascii: "x"), UInt8(ascii: "X"): radix = 16
        case UInt8(ascii: "c"):
            guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
                throw TemplateError(.overflow, "%c arg not in range(0x110000)")
            }
            return aligned([], Array(String(Character(scalar)).utf8), otherwise: UInt8(ascii: "<"))
        case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "g"),
            UInt8(ascii: "G"), UInt8(ascii: "%"):
            return try format(Double(number), kind, "int")
        default: throw unknown("int")
        }
        if precision != nil {
            throw TemplateError(.value, "Precision not allowed in integer format specifier")
        }
        if forgetsNegativeZero {
            throw TemplateError(
                .value, "Negative zero coercion (z) not allowed in integer format specifier")
        }
        if grouping == UInt8(ascii: ","), radix != 10 {
            throw TemplateError(.value, "Cannot specify ',' with '\(String(UnicodeScalar(kind)))'.")
        }
        let isUpper = kind == UInt8(ascii: "X")
        let digits = Array(String(number.magnitude, radix: radix, uppercase: isUpper).utf8)
        let prefix = isAlternate && radix != 10 ? "0" + String(UnicodeScalar(kind)) : ""
        return self.number(digits, [], number < 0, prefix, groupSize: radix == 10 ? 3 : 4)
    }

    private func format(_ number: Double, _ type: UInt8, _ typeName: String) throws(TemplateError) -> [UInt8]
    {
        var text: [UInt8]
        let magnitude = number.magnitude
        switch type {
        case 0:
            text =
                precision.map { NumberText.shortG(magnitude, precision: $0, alternate: isAlternate) }
                ?? Array(NumberText.python(magnitude).utf8)
        case UInt8(ascii: "n"), UInt8(ascii: "g"), UInt8(ascii: "G"):
            text = NumberText.formatted(
                magnitude, UInt8(ascii: "g"), precision: precision ?? 6, alternate: isAlternate)
        case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            text = NumberText.formatted(magnitude, type, precision: precision ?? 6, alternate: isAlternate)
        case UInt8(ascii: "%"):
            text = NumberText.formatted(magnitude * 100, UInt8(ascii: "f"), precision: precision ?? 6)
            text.append(type)
        default: throw unknown(typeName)
        }
        if [UInt8(ascii: "E"), UInt8(ascii: "F"), UInt8(ascii: "G")].contains(type) {
            text = TextCase.upper(text)
        }
        var isNegative = number.sign == .minus
        if forgetsNegativeZero, isNegative {
            // What is left of the digits may be zero when the number is not.
            isNegative = text.contains { $0 >= 0x31 && $0 <= 0x39 } || !number.isFinite
        }
        let end = text.firstIndex { $0 < 0x30 || $0 > 0x39 } ?? text.count
        return self.number(
            Array(text[..<end]), Array(text[end...]), isNegative && !number.isNaN, "", groupSize: 3)
    }

    /// A number from its whole digits and what follows them.
    private func number(
        _ digits: [UInt8], _ rest: [UInt8], _ isNegative: Bool, _ prefix: String, groupSize: Int
    ) -> [UInt8] {
        let signText =
            isNegative ? "-" : sign.map { $0 == UInt8(ascii: "-") ? "" : String(UnicodeScalar($0)) } ?? ""
        let head = Array((signText + prefix).utf8)
        var digits = digits
        let padsWithZeros = isZeroPadded && alignment == nil
        if padsWithZeros, grouping == nil {
            let missing = width - head.count - digits.count - rest.count
            if missing > 0 { digits = Array(repeating: UInt8(ascii: "0"), count: missing) + digits }
        }
        if let grouping {
            if padsWithZeros {
                // Zeros are added until the groups fill the width.
                while grouped(digits, grouping, groupSize).count + head.count + rest.count < width {
                    digits.insert(UInt8(ascii: "0"), at: 0)
                }
                let text = grouped(digits, grouping, groupSize)
                if text.count + head.count + rest.count > width, text.first == grouping {
                    digits.removeFirst()
                }
            }
            digits = grouped(digits, grouping, groupSize)
        }
        return aligned(head, digits + rest, otherwise: UInt8(ascii: ">"))
    }

    private func grouped(_ digits: [UInt8], _ separator: UInt8, _ size: Int) -> [UInt8] {
        var result: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % size == 0 { result.append(separator) }
            result.append(digit)
        }
        return result
    }

    private func aligned(_ head: [UInt8], _ text: [UInt8], otherwise: UInt8) -> [UInt8] {
        let missing = width - head.count - text.characterCount
        guard missing > 0 else { return head + text }
        var fill = self.fill
        if isZeroPadded, alignment == nil || fill == [UInt8(ascii: " ")] { fill = [UInt8(ascii: "0")] }
        switch alignment ?? otherwise {
        case UInt8(ascii: "<"): return (head + text).padded(left: 0, right: missing, by: fill)
        case UInt8(ascii: "^"):
            return (head + text).padded(left: missing / 2, right: missing - missing / 2, by: fill)
        case UInt8(ascii: "="): return head + text.padded(left: missing, right: 0, by: fill)
        default: return (head + text).padded(left: missing, right: 0, by: fill)
        }
    }
}

extension NumberText {
    /// A float with a precision and no type: like `g`, but with at least one digit after the point.
    static func shortG(_ number: Double, precision: Int, alternate: Bool) -> [UInt8] {
        let digits = max(1, precision)
        let text = formatted(number, UInt8(ascii: "e"), precision: digits - 1)
        guard let letter = text.firstIndex(of: UInt8(ascii: "e")),
            let exponent = Int(String(decoding: text[(letter + 1)...].filter { $0 != 0x2B }, as: UTF8.self))
        else { return text }
        if exponent < -4 || exponent >= digits {
            return formatted(number, UInt8(ascii: "g"), precision: digits, alternate: alternate)
        }
        let plain = formatted(number, UInt8(ascii: "g"), precision: digits, alternate: alternate)
        if plain.contains(UInt8(ascii: ".")) { return plain }
        // `1e2` with precision 3 has no room for a digit after the point and is written with an exponent.
        if exponent == digits - 1 {
            var mantissa = Array(text[..<letter])
            if mantissa.contains(UInt8(ascii: ".")) {
                while mantissa.last == UInt8(ascii: "0") { mantissa.removeLast() }
                if mantissa.last == UInt8(ascii: ".") { mantissa.removeLast() }
            }
            return mantissa + text[letter...]
        }
        return plain + Array(".0".utf8)
    }
}
