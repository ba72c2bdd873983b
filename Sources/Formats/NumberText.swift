/// Numbers out of decimal digits.
enum NumberText {
    /// A whole number of 64 bits: an optional sign and digits; `nil` when it is something else or too large.
    static func integer(_ text: ArraySlice<UInt8>) -> Int? {
        var index = text.startIndex
        guard index < text.endIndex else { return nil }
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
        guard index < text.endIndex else { return nil }
        var number = 0
        while index < text.endIndex {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative
                ? product.subtractingReportingOverflow(Int(digit))
                : product.addingReportingOverflow(Int(digit))
            if overflow || carry { return nil }
            number = sum
            index += 1
        }
        return number
    }

    /// A number as JSON and YAML write it; infinite when too large, `nil` when it is none.
    static func double(_ text: ArraySlice<UInt8>) -> Double? {
        Double(String(decoding: text, as: UTF8.self))
    }
}
