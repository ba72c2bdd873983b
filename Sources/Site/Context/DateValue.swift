import Formats
import Templates
import Text

/// A date as a template sees it: compares, sorts, tells its parts, prints as Python's `datetime`.
final class DateValue: HostObject {
    /// The point in time, told in the site's zone or as it was written.
    let instant: Instant

    init(_ instant: Instant) {
        self.instant = instant
    }

    var typeName: String { "date" }
    var knownAttributes: [Symbol] { Self.names }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        switch name {
        case Self.year: .int(instant.date.year)
        case Self.month: .int(instant.date.month)
        case Self.day: .int(instant.date.day)
        case Self.hour: .int(instant.hour)
        case Self.minute: .int(instant.minute)
        case Self.second: .int(instant.second)
        case Self.weekday: .int(instant.date.isoWeekday)
        case Self.yearDay: .int(instant.date.dayOfYear)
        case Self.timestampName: .int(instant.seconds)
        default: nil
        }
    }

    func call(
        method: Symbol, _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        switch method {
        case Self.isoformat: return .safeless(isoformatBytes)
        case Self.strftime:
            guard case .string(let format)? = arguments.positional.first else {
                throw TemplateError(.type, "strftime() takes a format")
            }
            return .string(DateFilter.format(instant, format, language: [], &render))
        case Self.date:
            return .object(
                DateValue(
                    Instant(
                        seconds: instant.seconds - instant.secondOfDay, offsetSeconds: instant.offsetSeconds,
                        abbreviation: instant.abbreviation)))
        case Self.timestampMethod: return .double(Double(instant.seconds))
        case Self.weekdayMethod: return .int(instant.date.isoWeekday - 1)
        case Self.isoweekday: return .int(instant.date.isoWeekday)
        default: return nil
        }
    }

    func text(in render: inout RenderContext) throws(TemplateError) -> StringValue {
        var bytes = isoformatBytes
        if let mark = bytes.firstIndex(of: UInt8(ascii: "T")) { bytes[mark] = UInt8(ascii: " ") }
        return StringValue(bytes)
    }

    func truth(in render: inout RenderContext) throws(TemplateError) -> Bool { true }

    func compare(to other: Value, in render: inout RenderContext) throws(TemplateError) -> Int? {
        guard case .object(let object) = other, let date = object as? DateValue else { return nil }
        if instant.isSameMoment(as: date.instant) { return 0 }
        return instant < date.instant ? -1 : 1
    }

    func equals(_ other: any HostObject, in render: inout RenderContext) throws(TemplateError) -> Bool {
        guard let date = other as? DateValue else { return false }
        return instant.isSameMoment(as: date.instant)
    }

    /// Equal dates are one key, however they are told.
    var keyValue: Value? {
        if instant.nanosecond == 0 { return .int(instant.seconds) }
        return .tuple(TupleValue([.int(instant.seconds), .int(instant.nanosecond)]))
    }

    var operatorHint: String? {
        "dates compare with dates alone; how far apart two are is a difference of seconds: (a.timestamp - b.timestamp) // 86400 are days"
    }

    func plainValue(in render: inout RenderContext) throws(TemplateError) -> Value? {
        .safeless(isoformatBytes)
    }

    /// RFC 3339 and ISO 8601: `2026-01-02T09:00:00+01:00`.
    var isoformatBytes: [UInt8] { Self.isoformat(instant) }

    static func isoformat(_ instant: Instant) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(25)
        func append(_ number: Int, _ width: Int) {
            var power = width == 4 ? 1000 : 10
            while power > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
                power /= 10
            }
        }
        let date = instant.date
        // The format has years of four digits; none of more is taken for another.
        if date.year > 9999 {
            bytes.append(contentsOf: String(date.year).utf8)
        } else {
            append(max(0, date.year), 4)
        }
        bytes.append(UInt8(ascii: "-"))
        append(date.month, 2)
        bytes.append(UInt8(ascii: "-"))
        append(date.day, 2)
        bytes.append(UInt8(ascii: "T"))
        append(instant.hour, 2)
        bytes.append(UInt8(ascii: ":"))
        append(instant.minute, 2)
        bytes.append(UInt8(ascii: ":"))
        append(instant.second, 2)
        let offset = instant.offsetSeconds
        bytes.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        append(abs(offset) / 3600, 2)
        bytes.append(UInt8(ascii: ":"))
        append(abs(offset) / 60 % 60, 2)
        return bytes
    }

    private static let year: Symbol = "year"
    private static let month: Symbol = "month"
    private static let day: Symbol = "day"
    private static let hour: Symbol = "hour"
    private static let minute: Symbol = "minute"
    private static let second: Symbol = "second"
    private static let weekday: Symbol = "weekday"
    private static let yearDay: Symbol = "year_day"
    private static let timestampName: Symbol = "timestamp"
    private static let timestampMethod: Symbol = "timestamp"
    private static let isoformat: Symbol = "isoformat"
    private static let strftime: Symbol = "strftime"
    private static let date: Symbol = "date"
    private static let weekdayMethod: Symbol = "weekday"
    private static let isoweekday: Symbol = "isoweekday"
    private static let names = [year, month, day, hour, minute, second, weekday, yearDay, timestampName]
}
