extension RenderContext {
    /// What an operator makes of two values.
    mutating func binary(
        _ operation: BinaryOperator, _ left: Value, _ right: Value
    ) throws(TemplateError) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return try whole(operation, a, b)
        case (.double(let a), .double(let b)): return try double(operation, a, b)
        case (.string(let format), _) where operation == .mod: return try percentFormat(format, right)
        case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw error(for: undefined)
        default: break
        }
        if let a = left.whole, let b = right.whole { return try whole(operation, a, b) }
        if let a = left.number, let b = right.number { return try double(operation, a, b) }
        switch operation {
        case .add: if let sum = try joined(left, right) { return sum }
        case .mul:
            if let count = right.whole, let product = try repeated(left, count) { return product }
            if let count = left.whole, let product = try repeated(right, count) { return product }
        default: break
        }
        throw TemplateError(
            .type,
            "unsupported operand type(s) for \(operation == .pow ? "** or pow()" : operation.text): "
                + "'\(left.typeName)' and '\(right.typeName)'", hint: Self.hint(operation, left, right))
    }

    private static func hint(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> String? {
        if left.isNone || right.isNone { return "one of them is none; give it a value: … | default(0, true)" }
        if operation == .add {
            if case .string = left { return "join text with other values by ~" }
            if case .string = right { return "join text with other values by ~" }
        }
        return left.operatorHint ?? right.operatorHint
    }

    private func whole(_ operation: BinaryOperator, _ a: Int, _ b: Int) throws(TemplateError) -> Value {
        let (value, overflow): (Int, Bool)
        switch operation {
        case .add: (value, overflow) = a.addingReportingOverflow(b)
        case .sub: (value, overflow) = a.subtractingReportingOverflow(b)
        case .mul: (value, overflow) = a.multipliedReportingOverflow(by: b)
        case .div:
            if b == 0 { throw TemplateError(.zeroDivision, "division by zero") }
            return .double(Double(a) / Double(b))
        case .floorDiv:
            if b == 0 { throw TemplateError(.zeroDivision, "integer division or modulo by zero") }
            let (quotient, isTooLarge) = a.dividedReportingOverflow(by: b)
            (value, overflow) = (
                quotient - (a % (b == -1 ? 1 : b) != 0 && (a < 0) != (b < 0) ? 1 : 0), isTooLarge
            )
        case .mod:
            if b == 0 { throw TemplateError(.zeroDivision, "integer modulo by zero") }
            if b == -1 { return .int(0) }
            let rest = a % b
            (value, overflow) = (rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest, false)
        case .pow:
            if b < 0 { return try double(.pow, Double(a), Double(b)) }
            (value, overflow) = Self.power(a, b)
        }
        if overflow {
            throw TemplateError(
                .overflow, "\(a) \(operation.text) \(b) does not fit in a whole number of 64 bits",
                hint: "write one of them with a decimal point")
        }
        return .int(value)
    }

    private static func power(_ base: Int, _ exponent: Int) -> (Int, Bool) {
        if exponent == 0 || base == 1 { return (1, false) }
        if base == 0 { return (0, false) }
        if base == -1 { return (exponent % 2 == 0 ? 1 : -1, false) }
        if exponent > 64 { return (0, true) }
        var result = 1
        for _ in 0..<exponent {
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            if overflow { return (0, true) }
            result = product
        }
        return (result, false)
    }

    private func double(_ operation: BinaryOperator, _ a: Double, _ b: Double) throws(TemplateError) -> Value
    {
        switch operation {
        case .add: return .double(a + b)
        case .sub: return .double(a - b)
        case .mul: return .double(a * b)
        case .div:
            if b == 0 { throw TemplateError(.zeroDivision, "float division by zero") }
            return .double(a / b)
        case .floorDiv:
            if b == 0 { throw TemplateError(.zeroDivision, "float floor division by zero") }
            return .double(Self.floorDivided(a, b))
        case .mod:
            if b == 0 { throw TemplateError(.zeroDivision, "float modulo") }
            return .double(Self.remainder(a, b))
        case .pow:
            if a == 0 && b < 0 {
                throw TemplateError(.zeroDivision, "0.0 cannot be raised to a negative power")
            }
            let value = DoubleMath.power(a, b)
            if value.isNaN && !a.isNaN && !b.isNaN {
                throw TemplateError(.value, "a negative number has no such power")
            }
            if value.isInfinite && a.isFinite && b.isFinite {
                throw TemplateError(.overflow, "Numerical result out of range")
            }
            return .double(value)
        }
    }

    /// The remainder has the sign of the divisor, as in Python.
    static func remainder(_ a: Double, _ b: Double) -> Double {
        var rest = a.truncatingRemainder(dividingBy: b)
        if rest != 0 {
            if (b < 0) != (rest < 0) { rest += b }
        } else {
            rest = b < 0 ? -0.0 : 0.0
        }
        return rest
    }

    private static func floorDivided(_ a: Double, _ b: Double) -> Double {
        let rest = remainder(a, b)
        let quotient = (a - rest) / b
        if quotient == 0 { return (a / b).sign == .minus ? -0.0 : 0.0 }
        let floor = quotient.rounded(.down)
        return quotient - floor > 0.5 ? floor + 1 : floor
    }

    /// What `+` makes of texts, lists and tuples.
    private mutating func joined(_ left: Value, _ right: Value) throws(TemplateError) -> Value? {
        switch (left, right) {
        case (.string(let a), .string(let b)):
            if a.bytes.count + b.bytes.count > limits.stringBytes { throw tooLong() }
            try charge((a.bytes.count + b.bytes.count) >> 6)
            if a.isSafe != b.isSafe {
                return .safe(
                    (a.isSafe ? a.bytes : HTMLEscape.escaped(a.bytes))
                        + (b.isSafe ? b.bytes : HTMLEscape.escaped(b.bytes)))
            }
            return .string(StringValue(a.bytes + b.bytes, isSafe: a.isSafe))
        case (.list(let a), .list(let b)):
            try checkCount(a.items.count + b.items.count)
            try charge(a.items.count + b.items.count)
            return try newList(a.items + b.items)
        case (.tuple(let a), .tuple(let b)):
            try checkCount(a.items.count + b.items.count)
            try charge(a.items.count + b.items.count)
            return .tuple(TupleValue(a.items + b.items))
        case (.object, _), (_, .object):
            // Lists of the host are lists.
            let (a, b) = (try plain(left), try plain(right))
            switch (a, b) {
            case (.list, .list), (.tuple, .tuple): return try joined(a, b)
            default: return nil
            }
        default: return nil
        }
    }

    /// What `*` makes of a text, list or tuple and a number.
    private mutating func repeated(_ value: Value, _ count: Int) throws(TemplateError) -> Value? {
        let count = max(0, count)
        switch value {
        case .string(let text):
            let (size, overflow) = text.bytes.count.multipliedReportingOverflow(by: count)
            if overflow || size > limits.stringBytes { throw tooLong() }
            try charge(size >> 6)
            if size == 0 { return .string(StringValue([], isSafe: text.isSafe)) }
            if text.bytes.count == 1 {
                return .string(
                    StringValue([UInt8](repeating: text.bytes[0], count: count), isSafe: text.isSafe))
            }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            bytes += text.bytes
            while bytes.count < size { bytes += bytes[..<min(bytes.count, size - bytes.count)] }
            return .string(StringValue(bytes, isSafe: text.isSafe))
        case .list(let list): return try newList(try repeated(list.items, count))
        case .tuple(let tuple): return .tuple(TupleValue(try repeated(tuple.items, count)))
        default: return nil
        }
    }

    private mutating func repeated(_ items: [Value], _ count: Int) throws(TemplateError) -> [Value] {
        let (size, overflow) = items.count.multipliedReportingOverflow(by: count)
        try checkCount(overflow ? Int.max : size)
        try charge(size)
        if items.isEmpty { return [] }
        var result: [Value] = []
        result.reserveCapacity(size)
        for _ in 0..<count { result += items }
        return result
    }

    mutating func negated(_ value: Value) throws(TemplateError) -> Value {
        switch value {
        case .double(let number): return .double(-number)
        case .undefined(let undefined): throw error(for: undefined)
        default:
            guard let number = value.whole else {
                throw TemplateError(.type, "bad operand type for unary -: '\(value.typeName)'")
            }
            let (result, overflow) = (0).subtractingReportingOverflow(number)
            if overflow {
                throw TemplateError(.overflow, "-(\(number)) does not fit in a whole number of 64 bits")
            }
            return .int(result)
        }
    }

    mutating func positive(_ value: Value) throws(TemplateError) -> Value {
        switch value {
        case .double: return value
        case .undefined(let undefined): throw error(for: undefined)
        default:
            guard let number = value.whole else {
                throw TemplateError(.type, "bad operand type for unary +: '\(value.typeName)'")
            }
            return .int(number)
        }
    }

    /// The texts of some values in a row: with escaping, safe if any of them is (`markup_join`).
    mutating func concat(_ values: [Value], escaped: Bool) throws(TemplateError) -> Value {
        var bytes: [UInt8] = []
        let isSafe =
            escaped
            && values.contains { value in
                if case .string(let text) = value { text.isSafe } else { false }
            }
        for value in values {
            let text = try string(of: value)
            bytes += isSafe && !text.isSafe ? HTMLEscape.escaped(text.bytes) : text.bytes
            if bytes.count > limits.stringBytes { throw tooLong() }
        }
        try charge(bytes.count >> 6)
        return .string(StringValue(bytes, isSafe: isSafe))
    }
}
