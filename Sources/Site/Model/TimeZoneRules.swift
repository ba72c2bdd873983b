public import Text

/// The rules of a time zone: its offset from UTC at any time.
///
/// The rules come with the binary (IANA time zone database, from 1970 on; before, what held in 1970), so that a
/// site is the same wherever it is built. Nothing is read from the machine.
public struct TimeZoneRules: Sendable, Hashable {
    /// An offset that holds for some time.
    public struct Offset: Hashable, Sendable {
        /// Seconds east of UTC.
        public let seconds: Int
        /// The letters that clocks there show, as `CET`.
        public let abbreviation: Symbol
        /// Whether it is a summer time.
        public let isDaylight: Bool
    }

    /// The name, as `Europe/Berlin`.
    public let name: String
    private let zone: Zone

    private init(name: String, zone: Zone) {
        self.name = name
        self.zone = zone
    }

    /// Universal time.
    public static let utc = TimeZoneRules(name: "UTC", zone: Zone(fixed: 0, "UTC"))

    /// A zone by its IANA name, links and any ASCII case included, or by an offset as `+05:30`; `nil` when
    /// there is none such.
    ///
    /// - Complexity: O(zones) the first time, then O(log zones).
    public init?(named name: String) {
        if let found = TimeZoneDatabase.shared.zone(named: name) {
            self.init(name: found.name, zone: found.zone)
        } else if let seconds = Self.fixedOffset(name) {
            self.init(name: name, zone: Zone(fixed: seconds, ""))
        } else {
            return nil
        }
    }

    /// The names of all zones and links, in byte order.
    public static var names: [String] { TimeZoneDatabase.shared.names }

    /// What holds at a time, in seconds since 1970-01-01T00:00:00Z.
    ///
    /// - Complexity: O(log transitions).
    public func offset(at seconds: Int) -> Offset {
        zone.offset(at: seconds)
    }

    /// The time at which clocks show a local time, given in seconds as if it were UTC.
    ///
    /// Of a time that clocks show twice it is the first; one that they skip counts as if they had not yet been
    /// put forward. (Python's `fold=0`, and what RFC 5545 asks for.)
    public func seconds(ofLocal local: Int) -> Int {
        // No zone changes twice in two days, so what holds a day before and after are the candidates.
        let before = offset(at: local - 86_400).seconds
        let after = offset(at: local + 86_400).seconds
        if offset(at: local - before).seconds == before { return local - before }
        if offset(at: local - after).seconds == after { return local - after }
        return local - before
    }

    /// Two zones are the same when their names are.
    public static func == (left: TimeZoneRules, right: TimeZoneRules) -> Bool {
        left.name == right.name
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }

    /// `+05:30`, `-0800`, `UTC+2` in seconds.
    private static func fixedOffset(_ name: String) -> Int? {
        var text = name.utf8[...]
        if text.starts(with: "UTC".utf8) || text.starts(with: "GMT".utf8) { text = text.dropFirst(3) }
        guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            return nil
        }
        let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard (1...4).contains(digits.count), digits.allSatisfy({ $0.isASCIIDigit }) else {
            return nil
        }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        let hours = digits.count > 2 ? number / 100 : number
        let minutes = digits.count > 2 ? number % 100 : 0
        guard hours <= 14, minutes < 60 else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}

/// Offsets and when they change.
final class Zone: Sendable {
    private let offsets: [TimeZoneRules.Offset]
    private let first: Int
    private let transitions: [Int]
    private let kinds: [UInt8]
    private let rule: POSIXTimeZone?

    init(fixed seconds: Int, _ abbreviation: String) {
        offsets = [
            TimeZoneRules.Offset(seconds: seconds, abbreviation: Symbol(abbreviation), isDaylight: false)
        ]
        first = 0
        transitions = []
        kinds = []
        rule = nil
    }

    init(
        offsets: [TimeZoneRules.Offset], first: Int, transitions: [Int], kinds: [UInt8], rule: POSIXTimeZone?
    ) {
        self.offsets = offsets
        self.first = first
        self.transitions = transitions
        self.kinds = kinds
        self.rule = rule
    }

    func offset(at seconds: Int) -> TimeZoneRules.Offset {
        guard let last = transitions.last, seconds < last else {
            if transitions.isEmpty, rule == nil || seconds < 0 { return offsets[first] }
            return rule?.offset(at: seconds) ?? kinds.last.map { offsets[Int($0)] } ?? offsets[first]
        }
        let next = transitions.lowerBound { $0 <= seconds }
        return next == 0 ? offsets[first] : offsets[Int(kinds[next - 1])]
    }
}
