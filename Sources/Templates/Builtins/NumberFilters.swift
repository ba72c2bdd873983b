/// Filters on numbers.
extension Builtins {
    static let numberFilters: [FunctionValue] = [
        filter("abs", "") { arguments, render throws(TemplateError) in
            switch arguments.input {
            case .double(let number): return .double(number.magnitude)
            case .undefined(let undefined): throw render.error(for: undefined)
            default:
                guard let number = arguments.input.whole else {
                    throw TemplateError(.type, "bad operand type for abs(): '\(arguments.input.typeName)'")
                }
                return number < 0 ? try render.negated(.int(number)) : .int(number)
            }
        },
        filter("int", "default=0, base=10") { arguments, render throws(TemplateError) in
            try int(arguments, &render)
        },
        filter("float", "default=0.0") { arguments, render throws(TemplateError) in
            if case .undefined(let undefined) = arguments.input { throw render.error(for: undefined) }
            return double(arguments.input).map { .double($0) } ?? arguments[0] ?? .double(0)
        },
        filter("round", "precision=0, method='common'") { arguments, render throws(TemplateError) in
            try round(arguments, &render)
        },
        filter("filesizeformat", "binary=false") { arguments, render throws(TemplateError) in
            try fileSize(arguments, &render)
        },
    ]

    /// `float(value)`, or `nil`.
    static func double(_ value: Value) -> Double? {
        if case .string(let text) = value { return PythonNumber.double(text.bytes) }
        return value.number
    }

    private static func int(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let otherwise = arguments[0] ?? .int(0)
        switch arguments.input {
        case .undefined(let undefined): throw render.error(for: undefined)
        case .string(let text):
            let base = try arguments.whole(1, &render) ?? 10
            if let number = PythonNumber.whole(text.bytes, base: base) { return .int(number) }
            guard let number = PythonNumber.double(text.bytes) else { return otherwise }
            return try whole(number, otherwise, isText: true)
        case .double(let number): return try whole(number, otherwise, isText: false)
        default: return arguments.input.whole.map { .int($0) } ?? otherwise
        }
    }

    private static func whole(_ number: Double, _ otherwise: Value, isText: Bool) throws(TemplateError)
        -> Value
    {
        if number.isNaN || (isText && number.isInfinite) { return otherwise }
        if number.isInfinite { throw TemplateError(.overflow, "cannot convert float infinity to integer") }
        guard let whole = Int(exactly: number.rounded(.towardZero)) else {
            throw TemplateError(
                .overflow, "\(NumberText.python(number)) does not fit in a whole number of 64 bits")
        }
        return .int(whole)
    }

    private static func round(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let method = try arguments.text(1, &render)?.text ?? "common"
        guard method == "common" || method == "ceil" || method == "floor" else {
            throw TemplateError(.filterArgument, "method must be common, ceil or floor")
        }
        if case .undefined(let undefined) = arguments.input {
            let error = render.error(for: undefined)
            throw method == "common" ? TemplateError(.type, error.message, hint: error.hint) : error
        }
        guard let number = arguments.input.number else {
            throw TemplateError(.type, "type \(arguments.input.typeName) doesn't define __round__ method")
        }
        let digits = try arguments.whole(0, &render) ?? 0
        if digits > 400 { return method == "common" ? arguments.input : .double(number) }
        if method == "common" {
            if let whole = arguments.input.whole { return try roundedWhole(whole, digits) }
            if !number.isFinite { return .double(number) }
            return .double(rounded(number, digits))
        }
        let factor = DoubleMath.power(10, Double(digits))
        let scaled = number * factor
        if !scaled.isFinite {
            throw TemplateError(
                number.isNaN ? .value : .overflow,
                "cannot convert float \(NumberText.python(scaled)) to integer")
        }
        // Python's `ceil` and `floor` give whole numbers, which know no negative zero.
        let whole = scaled.rounded(method == "ceil" ? .up : .down)
        return .double((whole == 0 ? 0 : whole) / factor)
    }

    /// To some decimal places, of two equally near to the even one; exact, as the digits are.
    static func rounded(_ number: Double, _ digits: Int) -> Double {
        if digits == 0 { return number.rounded(.toNearestOrEven) }
        if digits > 0 {
            let text = NumberText.formatted(number, UInt8(ascii: "f"), precision: digits)
            return Double(String(decoding: text, as: UTF8.self)) ?? number
        }
        if digits < -308 { return number.sign == .minus ? -0.0 : 0.0 }
        let factor = DoubleMath.power(10, Double(-digits))
        let result = (number / factor).rounded(.toNearestOrEven) * factor
        return result.isFinite ? result : number
    }

    private static func roundedWhole(_ number: Int, _ digits: Int) throws(TemplateError) -> Value {
        if digits >= 0 { return .int(number) }
        if digits < -18 { return .int(0) }
        var factor = 1
        for _ in 0..<(-digits) { factor *= 10 }
        let rest = number % factor
        let base = number - rest
        let half = factor / 2
        let isOdd = (base / factor) % 2 != 0
        if abs(rest) > half || (abs(rest) == half && isOdd) {
            let (result, overflow) = base.addingReportingOverflow(number < 0 ? -factor : factor)
            if overflow { throw TemplateError(.overflow, "\(number) rounded does not fit in 64 bits") }
            return .int(result)
        }
        return .int(base)
    }

    private static func fileSize(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        if case .undefined(let undefined) = arguments.input { throw render.error(for: undefined) }
        guard let bytes = double(arguments.input) else {
            if case .string = arguments.input {
                throw TemplateError(
                    .value, "could not convert string to float: \(arguments.input.briefRepresentation)")
            }
            throw TemplateError(
                .type,
                "float() argument must be a string or a real number, not '\(arguments.input.typeName)'")
        }
        let isBinary = try arguments.isTrue(0, &render)
        let base: Double = isBinary ? 1024 : 1000
        if bytes == 1 { return .text("1 Byte") }
        if bytes < base {
            guard let whole = Int(exactly: bytes.rounded(.towardZero)) else {
                throw TemplateError(.overflow, "cannot convert float infinity to integer")
            }
            return .text("\(whole) Bytes")
        }
        let units = ["k", "M", "G", "T", "P", "E", "Z", "Y"]
        var unit = base
        for (index, letter) in units.enumerated() {
            unit *= base
            if bytes < unit || index == units.count - 1 {
                let number = NumberText.formatted(base * bytes / unit, UInt8(ascii: "f"), precision: 1)
                let name = isBinary ? (letter == "k" ? "K" : letter) + "iB" : letter + "B"
                return .text(number + Array(" \(name)".utf8))
            }
        }
        return .none
    }
}
