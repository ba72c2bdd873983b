import Text

/// Granules as names of keys, and what time it is in each.
extension ClockGranule {
    /// The name of the key: "second", "day+3600".
    var name: String {
        switch self {
        case .second: "second"
        case .minute: "minute"
        case .hour(let offset): "hour\(Self.signed(offset))"
        case .day(let offset): "day\(Self.signed(offset))"
        case .month(let offset): "month\(Self.signed(offset))"
        case .year(let offset): "year\(Self.signed(offset))"
        }
    }

    private static func signed(_ offset: Int) -> String { offset < 0 ? "\(offset)" : "+\(offset)" }

    /// The granule of a name; an unknown one is the finest.
    init(named name: String) {
        guard let sign = name.firstIndex(where: { $0 == "+" || $0 == "-" }) else {
            self = name == "minute" ? .minute : .second
            return
        }
        let offset = Int(name[sign...]) ?? 0
        switch name[..<sign] {
        case "hour": self = .hour(offset: offset)
        case "day": self = .day(offset: offset)
        case "month": self = .month(offset: offset)
        case "year": self = .year(offset: offset)
        default: self = .second
        }
    }

    /// When the granule that holds an instant began, in seconds since 1970.
    func start(of instant: Int64) -> Int64 {
        switch self {
        case .second: instant
        case .minute: Self.floor(instant, 60, 0)
        case .hour(let offset): Self.floor(instant, 3600, offset)
        case .day(let offset): Self.floor(instant, 86400, offset)
        case .month(let offset): Self.monthStart(instant, offset, monthsAhead: 0)
        case .year(let offset): Self.yearStart(instant, offset, yearsAhead: 0)
        }
    }

    /// When the next granule begins.
    func end(of instant: Int64) -> Int64 {
        switch self {
        case .second: instant &+ 1
        case .minute: Self.floor(instant, 60, 0) &+ 60
        case .hour(let offset): Self.floor(instant, 3600, offset) &+ 3600
        case .day(let offset): Self.floor(instant, 86400, offset) &+ 86400
        case .month(let offset): Self.monthStart(instant, offset, monthsAhead: 1)
        case .year(let offset): Self.yearStart(instant, offset, yearsAhead: 1)
        }
    }

    private static func floor(_ instant: Int64, _ unit: Int64, _ offset: Int) -> Int64 {
        let local = instant &+ Int64(offset)
        let rest = ((local % unit) + unit) % unit
        return instant &- rest
    }

    private static func monthStart(_ instant: Int64, _ offset: Int, monthsAhead: Int) -> Int64 {
        let (year, month, _) = CivilCalendar.date(ofDay: day(instant, offset))
        let index = month - 1 + monthsAhead
        return start(year: year + index / 12, month: index % 12 + 1, offset)
    }

    private static func yearStart(_ instant: Int64, _ offset: Int, yearsAhead: Int) -> Int64 {
        start(year: CivilCalendar.date(ofDay: day(instant, offset)).year + yearsAhead, month: 1, offset)
    }

    /// The number of the day of an instant, as clocks of that offset show it.
    private static func day(_ instant: Int64, _ offset: Int) -> Int {
        let local = instant &+ Int64(offset)
        return Int((local - (((local % 86400) + 86400) % 86400)) / 86400)
    }

    private static func start(year: Int, month: Int, _ offset: Int) -> Int64 {
        Int64(CivilCalendar.day(year: year, month: month, day: 1)) &* 86400 &- Int64(offset)
    }
}
