public import Formats
public import Text

/// A point in time, and the offset from UTC at which it is told.
///
/// Two instants are equal when they are the same point told the same way; they are ordered by time, then by
/// offset, so that an order of dates never depends on anything else.
public struct Instant: Hashable, Sendable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let seconds: Int
    /// Billionths of a second after that, 0 to 999,999,999.
    public let nanosecond: Int
    /// Seconds east of UTC of the clock that tells it.
    public let offsetSeconds: Int
    /// The zone's letters at that time (`CET`), or empty where only an offset is known.
    public let abbreviation: Symbol

    /// The seconds that the calendar here can tell, of years with six digits at most.
    public static let told = -31_494_000_000_000...31_494_000_000_000

    /// A point in time; one that the calendar cannot tell is the next that it can.
    public init(seconds: Int, nanosecond: Int = 0, offsetSeconds: Int = 0, abbreviation: Symbol = .empty) {
        self.seconds = min(max(seconds, Self.told.lowerBound), Self.told.upperBound)
        self.nanosecond = min(max(nanosecond, 0), 999_999_999)
        self.offsetSeconds = min(max(offsetSeconds, -86_400), 86_400)
        self.abbreviation = abbreviation
    }

    /// The time at which a zone's clocks show some parts; an offset that was written wins over the zone.
    public init(_ parts: DateTimeParts, in zone: TimeZoneRules) {
        let date = CivilDate(year: parts.year, month: parts.month, day: parts.day) ?? CivilDate(dayNumber: 0)
        let local = date.dayNumber * 86_400 + parts.hour * 3600 + parts.minute * 60 + parts.second
        if let offset = parts.offsetSeconds {
            self.init(
                seconds: local - offset, nanosecond: parts.nanosecond, offsetSeconds: offset,
                abbreviation: offset == 0 ? "UTC" : .empty)
        } else {
            let seconds = zone.seconds(ofLocal: local)
            let offset = zone.offset(at: seconds)
            self.init(
                seconds: seconds, nanosecond: parts.nanosecond, offsetSeconds: offset.seconds,
                abbreviation: offset.abbreviation)
        }
    }

    /// The same point told in a zone.
    public func told(in zone: TimeZoneRules) -> Instant {
        let offset = zone.offset(at: seconds)
        return Instant(
            seconds: seconds, nanosecond: nanosecond, offsetSeconds: offset.seconds,
            abbreviation: offset.abbreviation)
    }

    /// The day that the calendar shows.
    public var date: CivilDate { CivilDate(dayNumber: (localSeconds - secondOfDay) / 86_400) }

    /// Seconds since midnight by the clock that tells it.
    public var secondOfDay: Int {
        let remainder = localSeconds % 86_400
        return remainder < 0 ? remainder + 86_400 : remainder
    }

    /// The hour, 0 to 23.
    public var hour: Int { secondOfDay / 3600 }
    /// The minute, 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }
    /// The second, 0 to 59.
    public var second: Int { secondOfDay % 60 }

    private var localSeconds: Int { seconds + offsetSeconds }

    /// By time, then by offset.
    public static func < (left: Instant, right: Instant) -> Bool {
        (left.seconds, left.nanosecond, left.offsetSeconds) < (
            right.seconds, right.nanosecond, right.offsetSeconds
        )
    }

    /// Whether two instants are the same point in time, however told.
    public func isSameMoment(as other: Instant) -> Bool {
        seconds == other.seconds && nanosecond == other.nanosecond
    }
}
