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
                return .safeless(try DateFilter.format(date, format, language: language, &render))
            case .int(let seconds):
                return .safeless(
                    try DateFilter.format(
                        DateValue(Instant(seconds: seconds)), format, language: language, &render))
            case .none, .undefined: return .safeless([])
            default:
                throw TemplateError(
                    .type, "date takes a date",
                    hint: "dates in front matter are read as dates when they look like 2026-01-02")
            }
        }
    ]
}

/// Formats dates; patterns are taken apart once for the process.
enum DateFilter {
    private struct Pattern: Hashable {
        let format: Symbol
        let language: Symbol
    }

    // A cache of a pure function: what it holds never depends on who asks.
    private static let formats = Mutex<[Pattern: DateFormat]>([:])

    static func format(
        _ date: DateValue, _ format: [UInt8], language: [UInt8], _ render: inout RenderContext
    ) throws(TemplateError) -> [UInt8] {
        let pattern = Pattern(
            format: Symbol(format), language: language.isEmpty ? render.rendering.language : Symbol(language))
        let made = formats.withLock { formats in
            if let known = formats[pattern] { return known }
            let made = DateFormat(pattern.format.text, language: pattern.language.text)
            if formats.count < 1000 { formats[pattern] = made }
            return made
        }
        return made.bytes(from: date.instant)
    }
}
