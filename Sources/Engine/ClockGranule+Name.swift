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
        let (year, month) = civil((instant &+ Int64(offset)))
        let index = year &* 12 &+ Int64(month - 1 + monthsAhead)
        let monthOfYear = Int(((index % 12) + 12) % 12)
        return days(year: (index - Int64(monthOfYear)) / 12, month: monthOfYear + 1) &* 86400 &- Int64(offset)
    }

    private static func yearStart(_ instant: Int64, _ offset: Int, yearsAhead: Int64) -> Int64 {
        let (year, _) = civil(instant &+ Int64(offset))
        return days(year: year &+ yearsAhead, month: 1) &* 86400 &- Int64(offset)
    }

    /// Year and month of a count of seconds (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func civil(_ seconds: Int64) -> (year: Int64, month: Int) {
        let day = (seconds - (((seconds % 86400) + 86400) % 86400)) / 86400 &+ 719_468
        let era = (day >= 0 ? day : day - 146_096) / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = Int(shifted < 10 ? shifted + 3 : shifted - 9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month)
    }

    /// Days since 1970 of the first of a month.
    private static func days(year: Int64, month: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
