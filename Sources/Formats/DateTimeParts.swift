/// A date as somebody wrote it: calendar parts, perhaps a time of day, perhaps an offset from UTC.
///
/// It is a reading of a calendar and a clock, not a point in time: without an offset it depends on a time
/// zone. Only dates that exist can be made (proleptic Gregorian calendar, years 0 to 9999).
public struct DateTimeParts: Hashable, Sendable {
    /// The year, 0 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int
    /// Whether a time of day was written; without one the time is midnight.
    public let hasTime: Bool
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 60: 60 only for a leap second.
    public let second: Int
    /// Billionths of a second.
    public let nanosecond: Int
    /// Seconds east of UTC, within 24 hours, if written.
    public let offsetSeconds: Int?

    /// A date with a time, or `nil` where the calendar or the clock has no such reading.
    public init?(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0, nanosecond: Int = 0,
        offsetSeconds: Int? = nil
    ) {
        self.init(
            year: year, month: month, day: day, hasTime: true, hour: hour, minute: minute, second: second,
            nanosecond: nanosecond, offsetSeconds: offsetSeconds)
    }

    /// A date without a time, or `nil` where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        self.init(
            year: year, month: month, day: day, hasTime: false, hour: 0, minute: 0, second: 0, nanosecond: 0,
            offsetSeconds: nil)
    }

    private init?(
        year: Int, month: Int, day: Int, hasTime: Bool, hour: Int, minute: Int, second: Int, nanosecond: Int,
        offsetSeconds: Int?
    ) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, ofYear: year), (0...23).contains(hour),
            (0...59).contains(minute),
            (0...60).contains(second), (0..<1_000_000_000).contains(nanosecond),
            offsetSeconds.map({ abs($0) < 86_400 }) ?? true
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hasTime = hasTime
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nanosecond = nanosecond
        self.offsetSeconds = offsetSeconds
    }

    /// How many days a month has; `month` is 1 to 12.
    public static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        default: 31
        }
    }

    /// Whether a year has a 29th of February.
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The date as RFC 3339 writes it, as far as it was given: `2026-01-02`, `2026-01-02T03:04:05+01:00`.
    public var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(35)
        appendText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what ``text`` is.
    func appendText(to bytes: inout [UInt8]) {
        func append(_ number: Int, _ first: Int) {
            var place = first
            while place > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / place % 10))
                place /= 10
            }
        }
        append(year, 1000)
        bytes.append(UInt8(ascii: "-"))
        append(month, 10)
        bytes.append(UInt8(ascii: "-"))
        append(day, 10)
        guard hasTime else { return }
        bytes.append(UInt8(ascii: "T"))
        append(hour, 10)
        bytes.append(UInt8(ascii: ":"))
        append(minute, 10)
        bytes.append(UInt8(ascii: ":"))
        append(second, 10)
        if nanosecond != 0 {
            bytes.append(UInt8(ascii: "."))
            append(nanosecond, 100_000_000)
            while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
        }
        guard let offsetSeconds else { return }
        if offsetSeconds == 0 {
            bytes.append(UInt8(ascii: "Z"))
            return
        }
        let minutes = abs(offsetSeconds) / 60
        bytes.append(offsetSeconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        append(minutes / 60, 10)
        bytes.append(UInt8(ascii: ":"))
        append(minutes % 60, 10)
    }

    /// How many bytes the packed form has.
    static let packedCount = 20

    /// Appends the packed form: year, nanosecond and offset as 4 bytes each (little-endian), then month, day,
    /// hour, minute, second, flags (1 time, 2 offset) and two zeros.
    func appendPacked(to bytes: inout [UInt8]) {
        for number in [UInt32(year), UInt32(nanosecond), UInt32(bitPattern: Int32(offsetSeconds ?? 0))] {
            for shift in 0..<4 as Range<UInt32> {
                bytes.append(UInt8(truncatingIfNeeded: number >> (shift * 8)))
            }
        }
        let flags = (hasTime ? 1 : 0) | (offsetSeconds == nil ? 0 : 2)
        for number in [month, day, hour, minute, second, flags, 0, 0] { bytes.append(UInt8(number)) }
    }

    /// The parts out of their packed form, or `nil` where they are not a date that exists.
    init?(packed bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.packedCount else { return nil }
        let base = bytes.startIndex
        func number(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[base + offset + $1]) << UInt32(8 * $1) }
        }
        func byte(_ offset: Int) -> Int { Int(bytes[base + offset]) }
        let flags = byte(17)
        self.init(
            year: Int(number(0)), month: byte(12), day: byte(13), hasTime: flags & 1 != 0, hour: byte(14),
            minute: byte(15), second: byte(16), nanosecond: Int(number(4)),
            offsetSeconds: flags & 2 != 0 ? Int(Int32(bitPattern: number(8))) : nil)
    }
}
