#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Numbers as text, as Python writes them.
enum NumberText {
    /// `repr(float)`: the shortest text that reads back as the same number.
    static func python(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        let (digits, exponent) = shortest(number)
        let sign = number.sign == .minus ? "-" : ""
        if exponent < -4 || exponent >= 16 {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            let magnitude = abs(exponent)
            let power = (magnitude < 10 ? "0" : "") + String(magnitude)
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(power)"
        }
        if exponent < 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits)" }
        if digits.count <= exponent + 1 {
            return "\(sign)\(digits)\(String(repeating: "0", count: exponent + 1 - digits.count)).0"
        }
        return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
    }

    /// The shortest decimal digits of a number and the power of ten of the first.
    private static func shortest(_ number: Double) -> (digits: String, exponent: Int) {
        if number == 0 { return ("0", 0) }
        var digits: [UInt8] = []
        var exponent = 0
        var point: Int?
        var iterator = number.magnitude.description.utf8.makeIterator()
        while let byte = iterator.next() {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte == UInt8(ascii: "e") {
                var rest: [UInt8] = []
                while let next = iterator.next() { if next != UInt8(ascii: "+") { rest.append(next) } }
                exponent = Int(String(decoding: rest, as: UTF8.self)) ?? 0
            } else {
                digits.append(byte)
            }
        }
        exponent += (point ?? digits.count) - 1
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        exponent -= leading
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (String(decoding: digits, as: UTF8.self), exponent)
    }

    /// A number in one of C's formats `e`, `f`, `g` with a precision.
    static func formatted(_ number: Double, _ conversion: UInt8, precision: Int, alternate: Bool = false)
        -> [UInt8]
    {
        if number.isNaN { return Array("nan".utf8) }
        if number.isInfinite { return Array((number < 0 ? "-inf" : "inf").utf8) }
        let letter = String(UnicodeScalar(conversion | 0x20))
        let format = "%\(alternate ? "#" : "").*\(letter)"
        var buffer = [CChar](repeating: 0, count: 400 + max(0, precision))
        let count = unsafe withVaList([Int32(clamping: precision), number]) { arguments in
            unsafe vsnprintf(&buffer, buffer.count, format, arguments)
        }
        return buffer.prefix(max(0, min(Int(count), buffer.count - 1))).map { UInt8(bitPattern: $0) }
    }
}
