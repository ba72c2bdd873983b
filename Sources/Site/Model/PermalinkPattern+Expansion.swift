/// What the tokens of a permalink pattern stand for on one page.
public struct PermalinkValues: Sendable {
    /// The date as the page shows it: by the zone it was written with, else by the site's.
    public var date: Instant?
    /// The title.
    public var title: [UInt8] = []
    /// The slug out of front matter.
    public var slug: [UInt8] = []
    /// What the file's name says.
    public var name: ContentName
    /// Whether the page is one of Jekyll's posts, whose tokens `:title` and `:slug` are of the file's name (Jekyll,
    /// "Permalinks"). Elsewhere they are of the title, as in Hugo (Hugo, "URL management").
    public var isOfJekyll = false
    /// The folders of the page below the content folder.
    public var sections: [[UInt8]] = []
    /// The categories.
    public var categories: [[UInt8]] = []
    /// `.html`, or that of another output.
    public var outputExtension: [UInt8] = Array(".html".utf8)
    /// How slugs are made.
    public var slugStyle = Slug.Style.unicode

    /// The values of a page that has a name only.
    public init(name: ContentName) {
        self.name = name
    }
}

extension PermalinkPattern {
    /// The tokens.
    enum Token: String, CaseIterable, Sendable {
        case year, short_year, month, i_month, short_month, long_month, monthname, day, i_day, y_day, yearday,
            w_year
        case week, w_day, weekday, short_day, long_day, weekdayname, hour, minute, second
        case slug, title, contentbasename, filename, basename, name, slugorcontentbasename, slugorfilename
        case section, sections, sectionslug, sectionslugs, path, collection, categories, slugified_categories
        case output_ext

        var isOfDate: Bool {
            switch self {
            case .year, .short_year, .month, .i_month, .short_month, .long_month, .monthname, .day, .i_day,
                .y_day,
                .yearday, .w_year, .week, .w_day, .weekday, .short_day, .long_day, .weekdayname, .hour,
                .minute, .second:
                true
            default: false
            }
        }
    }

    /// The URL path of a page, starting with a slash; not escaped.
    ///
    /// - Returns: `nil` when the pattern needs a date and there is none.
    public func expanded(_ values: PermalinkValues) -> [UInt8]? {
        if needsDate, values.date == nil { return nil }
        var url: [UInt8] = [UInt8(ascii: "/")]
        for piece in pieces {
            let part: [UInt8]
            switch piece {
            case .text(let text): part = text
            case .token(let token, let selection): part = value(of: token, selection, values)
            }
            for byte in part where byte != UInt8(ascii: "/") || url.last != UInt8(ascii: "/") {
                url.append(byte)
            }
        }
        return url
    }

    private func value(of token: Token, _ selection: Selection, _ values: PermalinkValues) -> [UInt8] {
        if token.isOfDate { return values.date.map { Array(dateText(token, $0).utf8) } ?? [] }
        func slug(_ bytes: [UInt8]) -> [UInt8] { Slug.make(bytes, style: values.slugStyle) }
        let ownSlug = Slug.make(written: values.slug, style: values.slugStyle)
        var fromTitle: [UInt8] { Slug.make(title: values.title, style: values.slugStyle) }
        func or(_ bytes: [UInt8], _ other: [UInt8]) -> [UInt8] { bytes.isEmpty ? other : bytes }
        let fromName = slug(values.name.name(for: values.slugStyle))
        let isOfJekyll = values.isOfJekyll || isStyleOfJekyll
        switch token {
        case .slug:
            return or(ownSlug, isOfJekyll ? fromName : or(fromTitle, fromName))
        case .title:
            if isOfJekyll { return Slug.jekyllTitle(or(values.slug, values.name.name)) }
            return or(ownSlug, or(fromTitle, fromName))
        case .contentbasename, .filename, .name: return fromName
        case .basename: return values.name.name(for: values.slugStyle)
        case .slugorcontentbasename, .slugorfilename: return or(ownSlug, fromName)
        case .section, .collection: return values.sections.first ?? []
        case .sectionslug: return slug(values.sections.first ?? [])
        case .sections: return joined(selected(values.sections, selection))
        case .sectionslugs: return joined(selected(values.sections, selection).map(slug))
        case .path: return joined(values.sections + [values.name.name])
        case .categories: return joined(values.categories.map { or(slug($0), $0) })
        case .slugified_categories: return joined(values.categories.map(slug))
        case .output_ext: return values.outputExtension
        default: return []
        }
    }

    private func joined(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined(separator: [UInt8(ascii: "/")])) }

    private func selected(_ parts: [[UInt8]], _ selection: Selection) -> [[UInt8]] {
        if selection.isAll { return parts }
        func position(_ bound: Int) -> Int {
            min(max(bound < 0 ? parts.count + bound : bound, 0), parts.count)
        }
        let lower = position(selection.lower)
        let upper = selection.upper.map(position) ?? parts.count
        return lower < upper ? Array(parts[lower..<upper]) : []
    }

    private func dateText(_ token: Token, _ date: Instant) -> String {
        let day = date.date
        func padded(_ number: Int, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let names = DateNames.english
        switch token {
        case .year: return padded(day.year, 4)
        case .short_year: return padded(day.year % 100)
        case .month: return padded(day.month)
        case .i_month: return String(day.month)
        case .short_month: return names.shortMonths[day.month - 1]
        case .long_month: return names.months[day.month - 1]
        case .monthname: return names.months[day.month - 1].lowercased()
        case .day: return padded(day.day)
        case .i_day: return String(day.day)
        case .y_day: return padded(day.dayOfYear, 3)
        case .yearday: return String(day.dayOfYear)
        case .w_year: return padded(day.isoWeek.year, 4)
        case .week: return padded(day.isoWeek.week)
        case .w_day: return String(day.isoWeekday)
        case .weekday: return String(day.weekday)
        case .short_day: return names.shortDays[day.weekday]
        case .long_day: return names.days[day.weekday]
        case .weekdayname: return names.days[day.weekday].lowercased()
        case .hour: return padded(date.hour)
        case .minute: return padded(date.minute)
        case .second: return padded(date.second)
        default: return ""
        }
    }
}
