/// `'…' % values`, Python's printf.
extension RenderContext {
    /// What a format makes of values: a tuple's in turn, a dictionary's by name, or one value.
    mutating func percentFormat(_ format: StringValue, _ values: Value) throws(TemplateError) -> Value {
        var formatter = PercentFormatter(format: format, values: values)
        let bytes = try formatter.run(&self)
        return try checked(bytes, isSafe: format.isSafe)
    }
}

private struct PercentFormatter {
    let format: StringValue
    let mapping: Value?
    var arguments: ArraySlice<Value>
    var result: [UInt8] = []
    var index = 0

    init(format: StringValue, values: Value) {
        self.format = format
        switch values {
        case .tuple(let tuple):
            mapping = nil
            arguments = tuple.items[...]
        case .dict, .object, .list, .undefined:
            mapping = values
            arguments = [values]
        default:
            mapping = nil
            arguments = [values]
        }
    }

    mutating func run(_ render: inout RenderContext) throws(TemplateError) -> [UInt8] {
        let bytes = format.bytes
        while index < bytes.count {
            if bytes[index] != UInt8(ascii: "%") {
                result.append(bytes[index])
                index += 1
                continue
            }
            index += 1
            try conversion(&render)
            if result.count > render.limits.stringBytes { throw render.tooLong() }
        }
        if mapping == nil, !arguments.isEmpty {
            throw TemplateError(.type, "not all arguments converted during string formatting")
        }
        return result
    }

    private struct Flags {
        var left = false
        var plus = false
        var space = false
        var zero = false
        var alternate = false
    }

    private mutating func peek() throws(TemplateError) -> UInt8 {
        guard index < format.bytes.count else { throw TemplateError(.value, "incomplete format") }
        return format.bytes[index]
    }

    private mutating func conversion(_ render: inout RenderContext) throws(TemplateError) {
        var named: Value?
        if try peek() == UInt8(ascii: "(") { named = try namedValue(&render) }
        var flags = Flags()
        flagLoop: while true {
            switch try peek() {
            case UInt8(ascii: "-"): flags.left = true
            case UInt8(ascii: "+"): flags.plus = true
            case UInt8(ascii: " "): flags.space = true
            case UInt8(ascii: "0"): flags.zero = true
            case UInt8(ascii: "#"): flags.alternate = true
            default: break flagLoop
            }
            index += 1
        }
        var width = try number(&render)
        if width < 0 {
            flags.left = true
            width = width == Int.min ? 0 : -width
        }
        var precision: Int?
        if try peek() == UInt8(ascii: ".") {
            index += 1
            precision = max(0, try number(&render))
        }
        while [UInt8(ascii: "h"), UInt8(ascii: "l"), UInt8(ascii: "L")].contains(try peek()) { index += 1 }
        let type = try peek()
        index += 1
        if width > render.limits.stringBytes || precision ?? 0 > 1 << 16 { throw render.tooLong() }
        if type == UInt8(ascii: "%") {
            result.append(type)
            return
        }
        let value: Value
        if let named { value = named } else { value = try nextArgument() }
        try append(value, type, flags, width, precision, &render)
    }

    private mutating func namedValue(_ render: inout RenderContext) throws(TemplateError) -> Value {
        let start = index + 1
        var depth = 0
        while true {
            let byte = try peek()
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { break }
            }
            index += 1
        }
        let key = Value.text(Array(format.bytes[start..<index]))
        index += 1
        guard let mapping else { throw TemplateError(.type, "format requires a mapping") }
        if case .undefined(let undefined) = mapping { throw render.error(for: undefined) }
        arguments = []
        switch mapping {
        case .dict(let dict):
            if let value = dict.value(for: key) { return value }
        case .object(let object): if let value = try object.item(key, in: &render) { return value }
        default: throw TemplateError(.type, "format requires a mapping")
        }
        throw TemplateError(.key, key.briefRepresentation)
    }

    private mutating func nextArgument() throws(TemplateError) -> Value {
        guard let value = arguments.popFirst() else {
            throw TemplateError(.type, "not enough arguments for format string")
        }
        return value
    }

    private mutating func number(_ render: inout RenderContext) throws(TemplateError) -> Int {
        if try peek() == UInt8(ascii: "*") {
            index += 1
            guard case .int(let number) = try nextArgument() else {
                throw TemplateError(.type, "* wants int")
            }
            return number
        }
        var number = 0
        while case let byte = try peek(), byte >= 0x30, byte <= 0x39 {
            number = number * 10 + Int(byte - 0x30)
            if number > 1 << 40 { throw TemplateError(.value, "width too big") }
            index += 1
        }
        return number
    }

    // MARK: Conversions

    private mutating func append(
        _ value: Value, _ type: UInt8, _ flags: Flags, _ width: Int, _ precision: Int?,
        _ render: inout RenderContext
    ) throws(TemplateError) {
        switch type {
        case UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "a"):
            var text: [UInt8]
            if type == UInt8(ascii: "s") {
                text = format.adapted(try render.string(of: value))
            } else {
                text = try render.representation(of: value)
                if type == UInt8(ascii: "a") { text = Representation.ascii(text) }
                if format.isSafe { text = HTMLEscape.escaped(text) }
            }
            if let precision { text = Array(text[..<text.offset(ofCharacter: precision)]) }
            pad(text, flags.left, width)
        case UInt8(ascii: "c"): pad(try character(value), flags.left, width)
        case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"):
            if case .double(let large) = value, large.isFinite, large.magnitude >= 0x1p63 {
                let text = NumberText.formatted(large.magnitude, UInt8(ascii: "f"), precision: 0)
                digits(String(decoding: text, as: UTF8.self), large < 0, "", flags, width, precision)
                return
            }
            let number = try whole(value, type, allowsDouble: true, &render)
            digits(String(number.magnitude), number < 0, "", flags, width, precision)
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"):
            let number = try whole(value, type, allowsDouble: false, &render)
            let radix = type == UInt8(ascii: "o") ? 8 : 16
            let isUpper = type == UInt8(ascii: "X")
            let prefix = flags.alternate ? (radix == 8 ? "0o" : isUpper ? "0X" : "0x") : ""
            let text = String(number.magnitude, radix: radix, uppercase: isUpper)
            digits(text, number < 0, prefix, flags, width, precision)
        case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "g"),
            UInt8(ascii: "G"):
            let number = try real(value, &render)
            var text = NumberText.formatted(
                number.magnitude, type, precision: precision ?? 6, alternate: flags.alternate)
            if type < 0x61 { text = TextCase.upper(text) }
            signed(text, number.sign == .minus && !number.isNaN, "", flags, width)
        default:
            let shown = String(UnicodeScalar(type))
            throw TemplateError(
                .value,
                "unsupported format character '\(shown)' (0x\(String(type, radix: 16))) at index \(index - 1)"
            )
        }
    }

    private func character(_ value: Value) throws(TemplateError) -> [UInt8] {
        if case .string(let text) = value, text.count == 1 { return format.adapted(text) }
        if let code = value.whole, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) {
            return Array(String(Character(scalar)).utf8)
        }
        throw TemplateError(.type, "%c requires int or char")
    }

    private func whole(
        _ value: Value, _ type: UInt8, allowsDouble: Bool, _ render: inout RenderContext
    ) throws(TemplateError) -> Int {
        if let number = value.whole { return number }
        switch value {
        case .double(let number) where allowsDouble:
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                throw TemplateError(.overflow, "cannot convert float \(NumberText.python(number)) to integer")
            }
            return whole
        case .undefined(let undefined): throw render.error(for: undefined)
        default:
            let letter = String(UnicodeScalar(type))
            throw TemplateError(
                .type,
                "%\(letter) format: \(allowsDouble ? "a real number" : "an integer") is required, not "
                    + value.typeName)
        }
    }

    private func real(_ value: Value, _ render: inout RenderContext) throws(TemplateError) -> Double {
        if let number = value.number { return number }
        if case .undefined(let undefined) = value { throw render.error(for: undefined) }
        if format.isSafe, case .string(let text) = value, let number = PythonNumber.double(text.bytes) {
            return number
        }
        throw TemplateError(.type, "must be real number, not \(value.typeName)")
    }

    private mutating func digits(
        _ digits: String, _ isNegative: Bool, _ prefix: String, _ flags: Flags, _ width: Int,
        _ precision: Int?
    ) {
        let zeros = max(0, (precision ?? 0) - digits.utf8.count)
        signed(
            Array(repeating: UInt8(ascii: "0"), count: zeros) + Array(digits.utf8), isNegative, prefix, flags,
            width)
    }

    private mutating func signed(
        _ text: [UInt8], _ isNegative: Bool, _ prefix: String, _ flags: Flags, _ width: Int
    ) {
        let sign = isNegative ? "-" : flags.plus ? "+" : flags.space ? " " : ""
        let head = Array((sign + prefix).utf8)
        let missing = width - head.count - text.count
        if flags.zero, !flags.left, missing > 0 {
            result += head + Array(repeating: UInt8(ascii: "0"), count: missing) + text
        } else {
            pad(head + text, flags.left, width)
        }
    }

    private mutating func pad(_ text: [UInt8], _ left: Bool, _ width: Int) {
        let missing = width - text.characterCount
        let space = [UInt8(ascii: " ")]
        result +=
            missing <= 0 ? text : text.padded(left: left ? 0 : missing, right: left ? missing : 0, by: space)
    }
}
