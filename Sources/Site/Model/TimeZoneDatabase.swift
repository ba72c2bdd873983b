import Synchronization
import Text

/// The zones that the binary carries, read when asked for; the layout is drawn in
/// `Scripts/generate_time_zones.py`.
final class TimeZoneDatabase: Sendable {
    static let shared = TimeZoneDatabase(CarriedData.timeZones)

    let names: [String]
    private let bytes: [UInt8]
    private let zoneNumbers: [Int]
    private let zoneOffsets: [Int]
    /// Zones read so far, by number.
    private let cache = Mutex<[Int: Zone]>([:])

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var reader = Reader(bytes: bytes)
        precondition(reader.text(4) == "TZB1", "the time zones that the binary carries are damaged")
        let nameCount = reader.number(2)
        let zoneCount = reader.number(2)
        // The version of the IANA database.
        _ = reader.text(reader.number(1))
        var names: [String] = []
        var numbers: [Int] = []
        names.reserveCapacity(nameCount)
        for _ in 0..<nameCount {
            names.append(reader.text(reader.number(1)))
            numbers.append(reader.number(2))
        }
        self.names = names
        zoneNumbers = numbers
        zoneOffsets = (0..<zoneCount).map { _ in reader.number(4) }
    }

    func zone(named name: String) -> (name: String, zone: Zone)? {
        guard let index = index(of: name) else { return nil }
        let number = zoneNumbers[index]
        let zone = cache.withLock { cache in
            if let zone = cache[number] { return zone }
            let zone = read(at: zoneOffsets[number])
            cache[number] = zone
            return zone
        }
        return (names[index], zone)
    }

    private func index(of name: String) -> Int? {
        let index = names.lowerBound { $0.utf8.lexicographicallyPrecedes(name.utf8) }
        if index < names.count, names[index].utf8.elementsEqual(name.utf8) { return index }
        let lower = name.lowercased()
        return names.firstIndex { $0.lowercased() == lower }
    }

    private func read(at offset: Int) -> Zone {
        var reader = Reader(bytes: bytes, position: offset)
        let offsets = (0..<reader.number(1)).map { _ in
            let seconds = Int(Int32(truncatingIfNeeded: reader.number(4)))
            let isDaylight = reader.number(1) != 0
            let abbreviation = reader.text(reader.number(1))
            return TimeZoneRules.Offset(
                seconds: seconds, abbreviation: Symbol(abbreviation), isDaylight: isDaylight)
        }
        let first = reader.number(1)
        let count = reader.number(2)
        let transitions = (0..<count).map { _ in reader.number(4) }
        let kinds = (0..<count).map { _ in UInt8(reader.number(1)) }
        let rule = POSIXTimeZone(reader.text(reader.number(1)))
        return Zone(offsets: offsets, first: first, transitions: transitions, kinds: kinds, rule: rule)
    }

    /// Numbers and texts one after the other; the data is our own, so a wrong place is our mistake.
    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func number(_ count: Int) -> Int {
            defer { position += count }
            return (0..<count).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        }

        mutating func text(_ count: Int) -> String {
            defer { position += count }
            return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
        }
    }
}
