import Formats
import Text

/// A day of the proleptic Gregorian calendar, and arithmetic on it.
public struct CivilDate: Hashable, Sendable, Comparable {
    /// The year; 0 is 1 BC.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// A day, or `nil` where the calendar has none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= DateTimeParts.days(inMonth: month, ofYear: year),
            abs(year) < 1_000_000
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day so many days after 1 January 1970; days beyond a million years are the last such day.
    public init(dayNumber: Int) {
        let date = CivilCalendar.date(ofDay: min(max(dayNumber, -365_000_000), 365_000_000))
        self.init(unchecked: date.year, date.month, date.day)
    }

    /// How many days after 1 January 1970 the day is.
    public var dayNumber: Int { CivilCalendar.day(year: year, month: month, day: day) }

    /// The day of the week: 0 is Sunday, 6 Saturday.
    public var weekday: Int {
        let remainder = (dayNumber + 4) % 7
        return remainder < 0 ? remainder + 7 : remainder
    }

    /// The day of the week as ISO 8601 counts: 1 is Monday, 7 Sunday.
    public var isoWeekday: Int { weekday == 0 ? 7 : weekday }

    /// The day of the year, from 1.
    public var dayOfYear: Int { dayNumber - CivilDate(unchecked: year, 1, 1).dayNumber + 1 }

    /// The year and week of ISO 8601: week 1 holds the year's first Thursday.
    public var isoWeek: (year: Int, week: Int) {
        let thursday = CivilDate(dayNumber: dayNumber - isoWeekday + 4)
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// By time.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
