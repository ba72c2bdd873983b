import Text

/// A pattern that prints dates: the directives of strftime, or a named format.
///
/// All directives of C and of Python, as in the C locale unless a language says otherwise, and glibc's flags
/// between `%` and the letter: `-` no padding, `_` blanks, `0` zeros, `^` upper case, `#` the other case, and a
/// width. `%O` before `B`, `b`, `h` gives a month's name as it stands alone.
///
/// Named: `iso8601` and `rfc3339` (`2026-01-02T15:04:05+01:00`), `rfc822` and `rfc2822` (feeds; always
/// English), `date` (`2026-01-02`), `full`, `long`, `medium`, `short` (as the language writes them).
public struct DateFormat: Sendable, Hashable {
    private let pattern: [UInt8]
    private let names: DateNames
    /// What is printed one after the other: a pattern is taken apart once, for thousands of dates.
    private let steps: [DateFormatStep]
    /// The first directive that means nothing and so prints as it is, or `nil`.
    public let unknownDirective: String?

    /// A format.
    ///
    /// - Parameters:
    ///   - pattern: directives, or the name of a format.
    ///   - language: whose names it prints; English where it is not known.
    /// - Complexity: O(length of the pattern).
    public init(_ pattern: String, language: String = "en") {
        var names = DateNames(language: language) ?? .english
        switch pattern {
        case "full": self.pattern = Array(names.full.utf8)
        case "long": self.pattern = Array(names.long.utf8)
        case "medium": self.pattern = Array(names.medium.utf8)
        case "short": self.pattern = Array(names.short.utf8)
        case "date": self.pattern = Array("%Y-%m-%d".utf8)
        case "iso8601", "rfc3339": self.pattern = Array("%Y-%m-%dT%H:%M:%S%:z".utf8)
        case "rfc822", "rfc2822":
            self.pattern = Array("%a, %d %b %Y %H:%M:%S %z".utf8)
            names = .english
        default: self.pattern = Array(pattern.utf8)
        }
        self.names = names
        let parsed = DateFormatStep.steps(of: self.pattern)
        steps = parsed.steps
        unknownDirective = parsed.unknownDirective
    }

    /// The names of formats.
    static let named = [
        "iso8601", "rfc3339", "rfc822", "rfc2822", "date", "full", "long", "medium", "short",
    ]

    /// Whether two formats print the same.
    public static func == (left: DateFormat, right: DateFormat) -> Bool {
        left.pattern == right.pattern && left.names.language == right.names.language
    }

    /// Hashes the pattern and the language.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(pattern)
        hasher.combine(names.language)
    }

    /// A date as text.
    ///
    /// - Complexity: O(length of the pattern).
    public func string(from instant: Instant) -> String {
        String(decoding: bytes(from: instant), as: UTF8.self)
    }

    /// A date as UTF-8.
    public func bytes(from instant: Instant) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(32)
        let moment = Moment(instant)
        for step in steps {
            switch step {
            case .literal(let byte): out.append(byte)
            case .directive(let directive): print(directive, moment, &out)
            }
        }
        return out
    }

    /// RFC 3339 with `Z` for UTC, as feeds and sitemaps want it: `2026-01-02T15:04:05Z`.
    public static func rfc3339(_ instant: Instant) -> String {
        let text = DateFormat("%Y-%m-%dT%H:%M:%S").string(from: instant)
        return text + (instant.offsetSeconds == 0 ? "Z" : DateFormat("%:z").string(from: instant))
    }

    /// The parts of a date, worked out once.
    private struct Moment {
        let instant: Instant
        let day: CivilDate
        let weekday: Int
        let hour: Int
        let minute: Int
        let second: Int

        init(_ instant: Instant) {
            self.instant = instant
            day = instant.date
            weekday = day.weekday
            hour = instant.hour
            minute = instant.minute
            second = instant.second
        }

        var hour12: Int { (hour + 11) % 12 + 1 }
        /// Weeks of the year, the first starting with the first Sunday or Monday.
        var sundayWeek: Int { (day.dayOfYear + 6 - weekday) / 7 }
        var mondayWeek: Int { (day.dayOfYear + 6 - (weekday + 6) % 7) / 7 }
    }

    private func print(_ directive: DateFormatStep.Directive, _ moment: Moment, _ out: inout [UInt8]) {
        func number(_ value: Int, _ width: Int, _ padding: Unicode.Scalar = "0") {
            append(value, width, UInt8(truncatingIfNeeded: padding.value), directive, &out)
        }
        func text(_ text: String) { append(text, directive, &out) }
        /// `#` makes what is in capitals small.
        func lowered(_ text: String) {
            var plain = directive
            plain.isSwapped = false
            append(directive.isSwapped ? text.lowercased() : text, plain, &out)
        }
        let isAlone = directive.modifier == UInt8(ascii: "O")
        let day = moment.day
        switch Unicode.Scalar(directive.letter) {
        case "a": text(names.shortDays[moment.weekday])
        case "A": text(names.days[moment.weekday])
        case "b", "h": text((isAlone ? names.shortMonthsAlone : names.shortMonths)[day.month - 1])
        case "B": text((isAlone ? names.monthsAlone : names.months)[day.month - 1])
        case "C": number(floorDivided(day.year, 100), 2)
        case "d": number(day.day, 2)
        case "e": number(day.day, 2, " ")
        case "f": number(moment.instant.nanosecond / 1000, 6)
        case "g": number(day.isoWeek.year % 100, 2)
        case "G": number(day.isoWeek.year, 1)
        case "H": number(moment.hour, 2)
        case "I": number(moment.hour12, 2)
        case "j": number(day.dayOfYear, 3)
        case "k": number(moment.hour, 2, " ")
        case "l": number(moment.hour12, 2, " ")
        case "L": number(moment.instant.nanosecond / 1_000_000, 3)
        case "m": number(day.month, 2)
        case "M": number(moment.minute, 2)
        case "N": number(moment.instant.nanosecond, 9)
        case "p":
            let half = names.halves[moment.hour < 12 ? 0 : 1]
            lowered(half)
        case "P": text(names.halves[moment.hour < 12 ? 0 : 1].lowercased())
        case "s": number(moment.instant.seconds, 1)
        case "S": number(moment.second, 2)
        case "u": number(day.isoWeekday, 1)
        case "U": number(moment.sundayWeek, 2)
        case "V": number(day.isoWeek.week, 2)
        case "w": number(moment.weekday, 1)
        case "W": number(moment.mondayWeek, 2)
        case "y": number(((day.year % 100) + 100) % 100, 2)
        case "Y": number(day.year, 4)
        case "z": text(zone(moment.instant.offsetSeconds, directive.colons))
        case "Z":
            let letters = moment.instant.abbreviation.text
            lowered(letters.isEmpty ? zone(moment.instant.offsetSeconds, 1) : letters)
        // Each letter that a step may have stands above.
        default: break
        }
    }

    private func zone(_ offset: Int, _ colons: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let size = abs(offset)
        let separator = colons > 0 ? ":" : ""
        var text = (offset < 0 ? "-" : "+") + two(size / 3600) + separator + two(size / 60 % 60)
        if colons > 1 || size % 60 != 0 { text += separator + two(size % 60) }
        return text
    }

    private func append(
        _ value: Int, _ width: Int, _ padding: UInt8, _ flags: DateFormatStep.Directive, _ out: inout [UInt8]
    ) {
        if flags.isPlain, width == 2, value >= 0, value < 100 {
            out.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10))
            if value < 10 { out[out.count - 1] = padding }
            out.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
            return
        }
        var fill = padding
        var count = max(width, flags.width)
        switch flags.padding {
        case UInt8(ascii: "-"): count = flags.width
        case UInt8(ascii: "_"): fill = UInt8(ascii: " ")
        case UInt8(ascii: "0"): fill = UInt8(ascii: "0")
        default: break
        }
        var digits = 1
        var power: UInt = 10
        while power <= value.magnitude, digits < 19 {
            power *= 10
            digits += 1
        }
        if value < 0 { out.append(UInt8(ascii: "-")) }
        for _ in 0..<max(0, count - digits - (value < 0 ? 1 : 0)) { out.append(fill) }
        for _ in 0..<digits {
            power /= 10
            out.append(UInt8(ascii: "0") + UInt8(value.magnitude / power % 10))
        }
    }

    private func append(_ text: String, _ flags: DateFormatStep.Directive, _ out: inout [UInt8]) {
        if flags.isPlain {
            let span = text.utf8.span
            for index in span.indices { out.append(span[index]) }
            return
        }
        let shown = flags.isUpper || flags.isSwapped ? text.uppercased() : text
        let fill = flags.padding == UInt8(ascii: "0") ? UInt8(ascii: "0") : UInt8(ascii: " ")
        for _ in 0..<max(0, flags.width - shown.unicodeScalars.count) { out.append(fill) }
        out.append(contentsOf: shown.utf8)
    }

    private func floorDivided(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}
