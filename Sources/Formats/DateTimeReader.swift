import Text

/// Reads dates in the shapes that people write them.
///
/// - `2026-01-02`, one-digit parts, also with `/` or `.` between year, month and day;
/// - then, after `T` or blanks, `15:04`, `15:04:05`, `15:04:05.123` (or a comma), `3:04 PM`;
/// - then a zone: `Z`, `UTC`, `GMT`, `+01:00`, `-0800`, `+5`, `+0100 CET`;
/// - `2 Jan 2006`, `January 2, 2006`, `Mon, 02 Jan 2006 15:04:05 +0000` (English names).
public enum DateTimeReader {
    /// What a text is.
    public enum Reading: Equatable, Sendable {
        /// A date that exists.
        case date(DateTimeParts)
        /// Written like a date, but no calendar has it: 30 February, 25 o'clock.
        case impossible
        /// Nothing like a date.
        case other
    }

    /// Reads a date in any of the shapes; blanks around it do not count.
    public static func read(_ text: ArraySlice<UInt8>) -> Reading {
        var cursor = Cursor(text)
        cursor.skipBlanks()
        guard let first = cursor.peek else { return .other }
        if first.isASCIIDigit, let reading = readNumeric(&cursor, separators: "-/.") { return reading }
        return readNamed(text)
    }

    /// Reads only what YAML calls a timestamp (with `-`, one-digit parts and a missing second allowed), the
    /// way a plain scalar becomes a date.
    public static func readTimestamp(_ text: ArraySlice<UInt8>) -> Reading {
        // Most scalars are no dates: look at what every date has before anything else.
        guard text.count >= 8, text[text.startIndex].isASCIIDigit,
            text[text.startIndex + 4] == UInt8(ascii: "-")
        else {
            return .other
        }
        var cursor = Cursor(text)
        return readNumeric(&cursor, separators: "-") ?? .other
    }

    /// `nil` when it is no numeric date.
    private static func readNumeric(_ cursor: inout Cursor, separators: StaticString) -> Reading? {
        guard let year = cursor.number(digits: 4...4), let separator = cursor.peek,
            separator == UInt8(ascii: "-")
                || separators.utf8CodeUnitCount > 1
                    && (separator == UInt8(ascii: "/") || separator == UInt8(ascii: "."))
        else { return nil }
        cursor.advance()
        guard let month = cursor.number(digits: 1...2), cursor.take(separator),
            let day = cursor.number(digits: 1...2)
        else { return nil }
        guard let clock = readClock(&cursor) else { return nil }
        return reading(year, month, day, clock)
    }

    private struct Clock {
        var hasTime = false
        var hour = 0
        var minute = 0
        var second = 0
        var nanosecond = 0
        var offset: Int?
    }

    private static func reading(_ year: Int, _ month: Int, _ day: Int, _ clock: Clock) -> Reading {
        let parts =
            clock.hasTime
            ? DateTimeParts(
                year: year, month: month, day: day, hour: clock.hour, minute: clock.minute,
                second: clock.second,
                nanosecond: clock.nanosecond, offsetSeconds: clock.offset)
            : DateTimeParts(year: year, month: month, day: day)
        return parts.map { .date($0) } ?? .impossible
    }

    /// The rest of a date from the end of the day on; `nil` when it is something else.
    private static func readClock(_ cursor: inout Cursor) -> Clock? {
        var clock = Clock()
        if cursor.take(UInt8(ascii: "T")) || cursor.take(UInt8(ascii: "t")) {
            guard let first = cursor.peek, first.isASCIIDigit else { return nil }
        } else {
            let blanks = cursor.skipBlanks()
            if cursor.isAtEnd { return clock }
            guard blanks > 0 else { return nil }
        }
        guard let hour = cursor.number(digits: 1...2), cursor.take(UInt8(ascii: ":")),
            let minute = cursor.number(digits: 2...2)
        else { return nil }
        clock.hasTime = true
        clock.hour = hour
        clock.minute = minute
        if cursor.take(UInt8(ascii: ":")) {
            guard let second = cursor.number(digits: 2...2) else { return nil }
            clock.second = second
            if cursor.take(UInt8(ascii: ".")) || cursor.take(UInt8(ascii: ",")) {
                guard let nanosecond = cursor.fraction() else { return nil }
                clock.nanosecond = nanosecond
            }
        }
        cursor.skipBlanks()
        if let half = cursor.takeWord(["am", "pm"]) {
            // Twelve o'clock is the start of its half; 13 PM is no time at all.
            clock.hour = (1...12).contains(hour) ? hour % 12 + 12 * half : 99
            cursor.skipBlanks()
        }
        if cursor.isAtEnd { return clock }
        if cursor.takeWord(["z", "utc", "gmt"]) != nil {
            clock.offset = 0
        } else {
            let isWest = cursor.peek == UInt8(ascii: "-")
            guard cursor.take(UInt8(ascii: "+")) || cursor.take(UInt8(ascii: "-")) else { return nil }
            guard let offset = cursor.offset() else { return nil }
            clock.offset = isWest ? -offset : offset
            // Go prints the name of the zone after its offset, which says more.
            if cursor.skipBlanks() > 0 { cursor.skipZoneName() }
        }
        cursor.skipBlanks()
        return cursor.isAtEnd ? clock : nil
    }

    /// `2 Jan 2006`, `Jan 2, 2006` and RFC 822, with a week day before it that is not checked.
    private static func readNamed(_ text: ArraySlice<UInt8>) -> Reading {
        var cursor = Cursor(text)
        cursor.skipBlanks()
        if cursor.takeName(dayNames) != nil {
            cursor.take(UInt8(ascii: "."))
            cursor.take(UInt8(ascii: ","))
            cursor.skipBlanks()
        }
        var day = 0
        var month = 0
        if let first = cursor.number(digits: 1...2) {
            day = first
            if cursor.skipBlanks() == 0, !cursor.take(UInt8(ascii: "-")) { return .other }
            guard let name = cursor.takeName(monthNames) else { return .other }
            month = name + 1
        } else {
            guard let name = cursor.takeName(monthNames) else { return .other }
            month = name + 1
            cursor.take(UInt8(ascii: "."))
            cursor.skipBlanks()
            guard let number = cursor.number(digits: 1...2) else { return .other }
            day = number
        }
        cursor.take(UInt8(ascii: "."))
        cursor.take(UInt8(ascii: ","))
        if cursor.skipBlanks() == 0, !cursor.take(UInt8(ascii: "-")) { return .other }
        guard let year = cursor.number(digits: 4...4), let clock = readClock(&cursor) else { return .other }
        return reading(year, month, day, clock)
    }

    private static let dayNames = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    private static let monthNames = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]

    /// A place in the text.
    private struct Cursor {
        let text: ArraySlice<UInt8>
        var position: Int

        init(_ text: ArraySlice<UInt8>) {
            self.text = text
            position = text.startIndex
        }

        var isAtEnd: Bool { position >= text.endIndex }
        var peek: UInt8? { isAtEnd ? nil : text[position] }

        mutating func advance() { position += 1 }

        @discardableResult
        mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            position += 1
            return true
        }

        @discardableResult
        mutating func skipBlanks() -> Int {
            let start = position
            while let byte = peek, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
            return position - start
        }

        /// A number of so many digits and no more.
        mutating func number(digits: ClosedRange<Int>) -> Int? {
            var end = position
            var number = 0
            while end < text.endIndex, text[end].isASCIIDigit {
                guard end - position < digits.upperBound else { return nil }
                number = number * 10 + Int(text[end] - UInt8(ascii: "0"))
                end += 1
            }
            guard end - position >= digits.lowerBound else { return nil }
            position = end
            return number
        }

        /// The digits of a fraction in billionths; more than nine are cut off.
        mutating func fraction() -> Int? {
            var nanosecond = 0
            var scale = 100_000_000
            let start = position
            while let byte = peek, byte.isASCIIDigit {
                nanosecond += Int(byte - UInt8(ascii: "0")) * scale
                scale /= 10
                position += 1
            }
            return position > start ? nanosecond : nil
        }

        /// `8`, `08`, `0800`, `08:00` in seconds.
        mutating func offset() -> Int? {
            if let packed = number(digits: 4...4) { return seconds(packed / 100, packed % 100) }
            guard let hours = number(digits: 1...2) else { return nil }
            if take(UInt8(ascii: ":")) {
                guard let minutes = number(digits: 2...2) else { return nil }
                return seconds(hours, minutes)
            }
            return seconds(hours, 0)
        }

        private func seconds(_ hours: Int, _ minutes: Int) -> Int? {
            hours < 24 && minutes < 60 ? hours * 3600 + minutes * 60 : nil
        }

        /// `CET`, where one stands.
        mutating func skipZoneName() {
            var end = position
            while end < text.endIndex, text[end].isASCIICapital { end += 1 }
            if (3...5).contains(end - position) { position = end }
        }

        /// One of some lower-case words, in any case, with no letter after it; gives its index.
        mutating func takeWord(_ words: [String]) -> Int? {
            var end = position
            while end < text.endIndex, text[end].isASCIILetter { end += 1 }
            for (index, word) in words.enumerated() where matches(word, position..<end) {
                position = end
                return index
            }
            return nil
        }

        /// One of some lower-case names, whole or its first three letters or more, in any case.
        mutating func takeName(_ names: [String]) -> Int? {
            var end = position
            while end < text.endIndex, text[end].isASCIILetter { end += 1 }
            guard end - position >= 3 else { return nil }
            for (index, name) in names.enumerated() where end - position <= name.utf8.count {
                if zip(name.utf8, text[position..<end]).allSatisfy({ $0 == $1 | 0x20 }) {
                    position = end
                    return index
                }
            }
            return nil
        }

        private func matches(_ word: String, _ range: Range<Int>) -> Bool {
            range.count == word.utf8.count && zip(word.utf8, text[range]).allSatisfy { $0 == $1 | 0x20 }
        }
    }
}
