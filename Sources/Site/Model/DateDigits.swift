import Formats
import Text

/// Digits without signs where a date is expected.
enum DateDigits {
    /// Seconds since 1970, or milliseconds, as JavaScript counts; only such as cannot be a year, and as nobody would take
    /// for a day.
    static func unixTime(_ value: DataValue) -> DateTimeParts? {
        let digits = digits(of: value)
        guard digits.count == 9 || digits.count == 10 || digits.count == 13, day(in: value) == nil else {
            return nil
        }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        let instant = Instant(seconds: digits.count == 13 ? number / 1000 : number)
        return DateTimeParts(
            year: instant.date.year, month: instant.date.month, day: instant.date.day, hour: instant.hour,
            minute: instant.minute, second: instant.second, nanosecond: 0, offsetSeconds: 0)
    }

    private static func digits(of value: DataValue) -> ArraySlice<UInt8> {
        let text = value.string ?? (value.kind == .integer ? value.text : [])
        return text.allSatisfy { $0.isASCIIDigit } ? text : []
    }

    /// The date that digits without signs are, `20260102` or `2026010203`, as it should be written.
    ///
    /// The same digits are seconds of the years from 2030 on, or of 1976: who writes those today means something else.
    static func day(in value: DataValue) -> String? {
        let digits = digits(of: value)
        guard (8...14).contains(digits.count) else { return nil }
        func number(_ places: Range<Int>) -> Int {
            digits.dropFirst(places.lowerBound).prefix(places.count)
                .reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        guard (1970..<2200).contains(year), DateTimeParts(year: year, month: month, day: day) != nil else {
            return nil
        }
        let date = "\(year)-\(padded(month))-\(padded(day))"
        if digits.count < 10 { return date }
        let (hour, minute) = (number(8..<10), digits.count < 12 ? 0 : number(10..<12))
        return hour < 24 && minute < 60 ? "\(date)T\(padded(hour)):\(padded(minute))" : nil
    }
}
