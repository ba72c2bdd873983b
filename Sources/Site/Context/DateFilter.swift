import Formats
import Synchronization
import Templates
import Text

/// The filter `date`: a date by a pattern or a named format, in the language of the page.
extension SiteLanguage {
    static let dateFilters: [Entry] = [
        filter(
            "date", "format='%Y-%m-%d', lang=none",
            "A date by a pattern of strftime or a named format (`iso8601`, `rfc822`, `full`, `long`, `medium`, `short`); "
                + "names of months and days in the page's language. Text is a date if front matter would take it for one.",
            example: "{{ page.date | date(\"%-d %B %Y\") }}"
        ) { arguments, render throws(TemplateError) in
            let format =
                try arguments[0].map { value throws(TemplateError) in try value.textBytes(for: "date") }
                ?? Array("%Y-%m-%d".utf8)
            let language =
                try arguments[1].map { value throws(TemplateError) in try value.textBytes(for: "date") } ?? []
            switch arguments.input {
            case .object(let object):
                guard let date = object as? DateValue else {
                    throw TemplateError(.type, "date takes a date, not a \(object.typeName)")
                }
                return .string(DateFilter.format(date.instant, format, language: language, &render))
            case .int(let seconds):
                return .string(
                    DateFilter.format(Instant(seconds: seconds), format, language: language, &render))
            case .none, .undefined: return .safeless([])
            case .string(let text):
                // A cell of a table, or what of JSON or a head is text: JSON and CSV have no dates.
                if text.bytes.allSatisfy({ $0 == UInt8(ascii: " ") }) { return .safeless([]) }
                let date = try DateFilter.date(text)
                return .string(DateFilter.format(date, format, language: language, &render))
            default: throw TemplateError(.type, "date takes a date")
            }
        }
    ]
}

/// Formats dates; patterns are taken apart once for the process, and the date of a post, which a dozen lists show, is
/// printed once.
enum DateFilter {
    private struct Pattern: Hashable {
        let format: Symbol
        let language: Symbol
    }

    /// What of a pattern means nothing.
    private enum Unknown {
        /// A directive.
        case directive(String)
        /// All of it: there is no directive in it, and no format of that name.
        case pattern(String)
    }

    /// What a date prints as.
    private final class Printed: Sendable {
        let pattern: Pattern
        let instant: Instant
        let text: StringValue
        /// What of the pattern means nothing.
        let unknown: Unknown?

        init(pattern: Pattern, instant: Instant, text: StringValue, unknown: Unknown?) {
            self.pattern = pattern
            self.instant = instant
            self.text = text
            self.unknown = unknown
        }
    }

    /// A part of what was printed last, by the seconds of the date; a later one takes the place. There are many parts, since
    /// each thread that makes a list asks for the date of each of its pages.
    private final class Part: Sendable {
        private let table = Mutex(Table())

        private struct Table {
            var printed = [Printed?](repeating: nil, count: 16)
            /// How often something was printed since the table grew.
            var misses = 0
        }

        /// What was printed for a date, found by a hash of which this part takes the upper bits; else what `make` prints.
        func printed(_ hash: Int, _ pattern: Pattern, _ instant: Instant, _ make: () -> Printed) -> Printed {
            table.withLock { table in
                if let last = table.printed[hash & (table.printed.count - 1)], last.pattern == pattern,
                    last.instant == instant
                {
                    return last
                }
                table.misses += 1
                if table.misses > 2 * table.printed.count, table.printed.count < Self.largest {
                    // A site with many dates; what was printed is printed again.
                    table = Table(printed: Array(repeating: nil, count: 4 * table.printed.count))
                }
                let made = make()
                table.printed[hash & (table.printed.count - 1)] = made
                return made
            }
        }

        /// With 64 parts, the dates of some 50,000 posts.
        private static let largest = 1024
    }

    // Caches of a pure function: what they hold never depends on who asks.
    private static let parts = (0..<64).map { _ in Part() }
    private static let formats = Mutex<[Pattern: (format: DateFormat, unknown: Unknown?)]>([:])

    static func format(
        _ instant: Instant, _ format: [UInt8], language: [UInt8], _ render: inout RenderContext
    ) -> StringValue {
        let pattern = Pattern(
            format: Symbol(format), language: language.isEmpty ? render.rendering.language : Symbol(language))
        let hash = (UInt64(bitPattern: Int64(instant.seconds)) ^ UInt64(pattern.format.rawValue) << 40)
        let place = Int(truncatingIfNeeded: (hash &* 0x9e37_79b9_7f4a_7c15) >> 48)
        let printed = parts[place & (parts.count - 1)].printed(place >> 6, pattern, instant) {
            let made = Self.format(of: pattern)
            return Printed(
                pattern: pattern, instant: instant, text: StringValue(made.format.bytes(from: instant)),
                unknown: made.unknown)
        }
        switch printed.unknown {
        case .directive(let letters):
            render.report(
                .invalidDateFormat, "\"\(letters)\" means nothing in a date format, and is printed as it is",
                hint: "the letters are those of strftime; a percent sign is written %%")
        case .pattern(let text):
            render.report(
                .invalidDateFormat, "\"\(text)\" is no date format, and is printed as it is",
                hint: Spelling.hint(for: text, among: DateFormat.named)
                    ?? "a pattern such as %-d %B %Y, or one of \(DateFormat.named.joined(separator: ", "))")
        case nil: break
        }
        return printed.text
    }

    /// The date that a text is, in the shapes that front matter knows; one without a zone is told in UTC, as in data.
    static func date(_ text: StringValue) throws(TemplateError) -> Instant {
        switch DateTimeReader.read(text.bytes[...]) {
        case .date(let parts): return Instant(parts, in: .utc)
        case .impossible:
            throw TemplateError(
                .value, "\"\(String(decoding: text.bytes, as: UTF8.self))\" is a date that does not exist")
        case .other:
            throw TemplateError(
                .value,
                "date takes a date, not the text \"\(String(decoding: text.bytes.prefix(80), as: UTF8.self))\"",
                hint: "text is a date when it looks like 2026-01-02 or 2026-01-02T15:04:05+01:00")
        }
    }

    private static func format(of pattern: Pattern) -> (format: DateFormat, unknown: Unknown?) {
        formats.withLock { formats in
            if let known = formats[pattern] { return known }
            let format = DateFormat(pattern.format.text, language: pattern.language.text)
            let text = pattern.format.text
            let isNoFormat = !text.isEmpty && !text.contains("%") && !DateFormat.named.contains(text)
            let unknown: Unknown? =
                isNoFormat ? .pattern(text) : format.unknownDirective.map { .directive($0) }
            let made = (format, unknown)
            if formats.count < 1000 { formats[pattern] = made }
            return made
        }
    }
}
