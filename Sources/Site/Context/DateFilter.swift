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
            let format = try arguments[0].map { value throws(TemplateError) in try DateFilter.text(value) }
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

/// Formats dates. Patterns are taken apart once for the process.
enum DateFilter {
    fileprivate struct Pattern: Hashable {
        let format: Symbol
        let language: Symbol
    }

    /// What of a pattern means nothing.
    fileprivate enum Unknown {
        /// A directive.
        case directive(String)
        /// All of it: there is no directive in it, and no format of that name.
        case pattern(String)
    }

    /// A pattern that was taken apart.
    final class Known: Sendable {
        fileprivate let format: DateFormat
        /// What of the pattern means nothing.
        fileprivate let unknown: Unknown?

        fileprivate init(_ pattern: Pattern) {
            let text = pattern.format.text
            format = DateFormat(text, language: pattern.language.text)
            let isNoFormat = !text.isEmpty && !text.contains("%") && !DateFormat.named.contains(text)
            unknown = isNoFormat ? .pattern(text) : format.unknownDirective.map { .directive($0) }
        }
    }

    // A cache of a pure function: what it holds never depends on who asks.
    private static let formats = Mutex<[Pattern: Known]>([:])

    /// The formats that one rendering has asked for, most of them once: those of a template are the same objects each time.
    struct Used {
        private var identities: [ObjectIdentifier] = []
        private var formats: [(format: StringValue, language: [UInt8], known: Known)] = []

        fileprivate subscript(format: StringValue, language: [UInt8]) -> Known? {
            let identity = ObjectIdentifier(format)
            for index in identities.indices where identities[index] == identity {
                if formats[index].language == language { return formats[index].known }
            }
            return nil
        }

        fileprivate mutating func keep(_ known: Known, _ format: StringValue, _ language: [UInt8]) {
            if formats.count >= 16 { return }
            identities.append(ObjectIdentifier(format))
            formats.append((format, language, known))
        }
    }

    private static let usual = StringValue("%Y-%m-%d")

    /// A format that was given as a value.
    fileprivate static func text(_ value: Value) throws(TemplateError) -> StringValue {
        if case .string(let text) = value { return text }
        return StringValue(try value.textBytes(for: "date"))
    }

    static func format(
        _ instant: Instant, _ format: StringValue?, language: [UInt8], _ render: inout RenderContext
    ) -> StringValue {
        let known = render.rendering.dateFormat(format ?? usual, language: language)
        switch known.unknown {
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
        return StringValue(known.format.bytes(from: instant))
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

    fileprivate static func known(_ format: Symbol, language: Symbol) -> Known {
        let pattern = Pattern(format: format, language: language)
        return formats.withLock { formats in
            if let known = formats[pattern] { return known }
            let made = Known(pattern)
            if formats.count < 1000 { formats[pattern] = made }
            return made
        }
    }
}

extension Rendering {
    /// A date format in a language, or in that of the page where none is named. A page asks for few formats, each for
    /// many dates.
    fileprivate func dateFormat(_ format: StringValue, language: [UInt8]) -> DateFilter.Known {
        if let known = usedDateFormats[format, language] { return known }
        let known = DateFilter.known(
            Symbol(format.bytes), language: language.isEmpty ? self.language : Symbol(language))
        usedDateFormats.keep(known, format, language)
        return known
    }
}
