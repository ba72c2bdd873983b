import Synchronization
import Templates
import Text

/// The filter `date`: a date by a pattern or a named format, in the language of the page.
extension SiteLanguage {
    static let dateFilters: [Entry] = [
        filter(
            "date", "format='%Y-%m-%d', lang=none",
            "A date by a pattern of strftime or a named format (`iso8601`, `rfc822`, `long`, `medium`, `short`); "
                + "names of months and days in the page's language.",
            example: "{{ page.date | date(\"%-d %B %Y\") }}"
        ) { arguments, render throws(TemplateError) in
            let format =
                try arguments[0].map { value throws(TemplateError) in try value.textBytes(for: "date") }
                ?? Array("%Y-%m-%d".utf8)
            let language =
                try arguments[1].map { value throws(TemplateError) in try value.textBytes(for: "date") } ?? []
            switch arguments.input {
            case .object(let object):
                guard let date = object as? DateValue else { throw TemplateError(.type, "date takes a date") }
                return .string(DateFilter.format(date.instant, format, language: language, &render))
            case .int(let seconds):
                return .string(
                    DateFilter.format(Instant(seconds: seconds), format, language: language, &render))
            case .none, .undefined: return .safeless([])
            default:
                throw TemplateError(
                    .type, "date takes a date",
                    hint: "dates in front matter are read as dates when they look like 2026-01-02")
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

    /// What a date prints as.
    private final class Printed: Sendable {
        let pattern: Pattern
        let instant: Instant
        let text: StringValue
        /// What of the pattern means nothing.
        let unknown: String?

        init(pattern: Pattern, instant: Instant, text: StringValue, unknown: String?) {
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
    private static let formats = Mutex<[Pattern: (format: DateFormat, unknown: String?)]>([:])

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
        if let unknown = printed.unknown {
            render.report(
                .invalidDateFormat, "\"\(unknown)\" means nothing in a date format, and is printed as it is",
                hint: "the letters are those of strftime; a percent sign is written %%")
        }
        return printed.text
    }

    private static func format(of pattern: Pattern) -> (format: DateFormat, unknown: String?) {
        formats.withLock { formats in
            if let known = formats[pattern] { return known }
            let format = DateFormat(pattern.format.text, language: pattern.language.text)
            let made = (format, format.unknownDirective)
            if formats.count < 1000 { formats[pattern] = made }
            return made
        }
    }
}
