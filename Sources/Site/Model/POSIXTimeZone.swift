import Formats
import Text

/// The rule that holds after a zone's last transition, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`
/// (POSIX.1-2024, 8.3; hours from -167 to 167 as RFC 9636 allows).
struct POSIXTimeZone: Sendable {
    private let standard: TimeZoneRules.Offset
    private let daylight: TimeZoneRules.Offset?
    private let start: Change
    private let end: Change

    /// A day of the year and a second of that day, by the clock before the change.
    private struct Change: Sendable {
        enum Day: Sendable {
            /// Week 1 to 5 (5 is the last) of a month, day 0 (Sunday) to 6.
            case week(month: Int, week: Int, weekday: Int)
            /// 1 to 365; 29 February never counts.
            case julian(Int)
            /// 0 to 365.
            case zeroBased(Int)
        }
        var day: Day = .zeroBased(0)
        var second = 7200
    }

    /// The rule, or `nil` for text that is none.
    init?(_ text: String) {
        var cursor = Cursor(text: Array(text.utf8))
        guard let name = cursor.name(), let west = cursor.time() else { return nil }
        standard = TimeZoneRules.Offset(seconds: -west, abbreviation: Symbol(name), isDaylight: false)
        guard !cursor.isAtEnd else {
            daylight = nil
            start = Change()
            end = Change()
            return
        }
        guard let summer = cursor.name() else { return nil }
        var summerWest = west - 3600
        if !cursor.isNext(",") {
            guard let time = cursor.time() else { return nil }
            summerWest = time
        }
        daylight = TimeZoneRules.Offset(seconds: -summerWest, abbreviation: Symbol(summer), isDaylight: true)
        guard cursor.take(","), let first = cursor.change(), cursor.take(","), let second = cursor.change(),
            cursor.isAtEnd
        else { return nil }
        start = first
        end = second
    }

    /// What holds at a time.
    func offset(at seconds: Int) -> TimeZoneRules.Offset {
        guard let daylight else { return standard }
        let local = seconds + standard.seconds
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let year = CivilDate(dayNumber: day).year
        let on = moment(start, year) - standard.seconds
        let off = moment(end, year) - daylight.seconds
        let isDaylight = on < off ? seconds >= on && seconds < off : seconds < off || seconds >= on
        return isDaylight ? daylight : standard
    }

    /// The change's local time in a year, as if it were UTC.
    private func moment(_ change: Change, _ year: Int) -> Int {
        let newYear = dayNumber(year, 1, 1)
        let day: Int
        switch change.day {
        case .julian(let number):
            day = newYear + number - 1 + (number > 59 && DateTimeParts.isLeap(year) ? 1 : 0)
        case .zeroBased(let number): day = newYear + number
        case .week(let month, let week, let weekday):
            let first = dayNumber(year, month, 1)
            let firstWeekday = CivilDate(dayNumber: first).weekday
            var candidate = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            if candidate >= first + DateTimeParts.days(inMonth: month, ofYear: year) { candidate -= 7 }
            day = candidate
        }
        return day * 86_400 + change.second
    }

    private func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        CivilDate(year: year, month: month, day: day)?.dayNumber ?? 0
    }

    private struct Cursor {
        let text: [UInt8]
        var position = 0

        var isAtEnd: Bool { position >= text.count }

        func isNext(_ mark: Unicode.Scalar) -> Bool {
            position < text.count && text[position] == UInt8(truncatingIfNeeded: mark.value)
        }

        mutating func take(_ mark: Unicode.Scalar) -> Bool {
            guard isNext(mark) else { return false }
            position += 1
            return true
        }

        /// Letters, or anything between `<` and `>`.
        mutating func name() -> String? {
            let isQuoted = take("<")
            let start = position
            while position < text.count {
                let byte = text[position]
                if isQuoted ? byte == UInt8(ascii: ">") : (byte | 0x20) &- UInt8(ascii: "a") >= 26 { break }
                position += 1
            }
            guard position > start else { return nil }
            let name = String(decoding: text[start..<position], as: UTF8.self)
            if isQuoted, !take(">") { return nil }
            return name
        }

        mutating func number() -> Int? {
            let start = position
            var number = 0
            while position < text.count, text[position].isASCIIDigit, position - start < 4 {
                number = number * 10 + Int(text[position] - UInt8(ascii: "0"))
                position += 1
            }
            return position > start ? number : nil
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time() -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let hours = number() else { return nil }
            var seconds = hours * 3600
            if take(":") {
                guard let minutes = number() else { return nil }
                seconds += minutes * 60
                if take(":") {
                    guard let rest = number() else { return nil }
                    seconds += rest
                }
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            var change = Change()
            if take("M") {
                guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
                    (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
                else { return nil }
                change.day = .week(month: month, week: week, weekday: weekday)
            } else if take("J") {
                guard let number = number(), (1...365).contains(number) else { return nil }
                change.day = .julian(number)
            } else {
                guard let number = number(), (0...365).contains(number) else { return nil }
                change.day = .zeroBased(number)
            }
            if take("/") {
                guard let second = time() else { return nil }
                change.second = second
            }
            return change
        }
    }
}
