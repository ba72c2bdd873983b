import Templates
import Text

/// What templates can ask of a page, as `page.NAME`.
enum PageAttribute: UInt8, CaseIterable, Sendable {
    case kind, title, linkTitle, description, excerpt, summary, ownSummary, content, toc, headings
    case date, updated, expires
    case slug, path, url, permalink
    case section, parent, ancestors
    case tags, categories, terms, taxonomies, authors, author, image, imageURL, imageAlternative, images
    case lang, translations
    case draft, weight
    case wordCount, readingTime
    case next, previous, related, backlinks, series, seriesName
    case aliases, resources, params, source
    case isPost, template
    case pages, posts, sections, children, count, name, taxonomy

    /// The name in templates.
    var name: String {
        switch self {
        case .wordCount: "word_count"
        case .readingTime: "reading_time"
        case .linkTitle: "link_title"
        case .ownSummary: "own_summary"
        case .imageURL: "image_url"
        case .imageAlternative: "image_alt"
        case .seriesName: "series_name"
        case .isPost: "is_post"
        case .kind: "kind"
        case .title: "title"
        case .description: "description"
        case .excerpt: "excerpt"
        case .summary: "summary"
        case .content: "content"
        case .toc: "toc"
        case .headings: "headings"
        case .date: "date"
        case .updated: "updated"
        case .expires: "expires"
        case .slug: "slug"
        case .path: "path"
        case .url: "url"
        case .permalink: "permalink"
        case .section: "section"
        case .parent: "parent"
        case .ancestors: "ancestors"
        case .tags: "tags"
        case .categories: "categories"
        case .terms: "terms"
        case .taxonomies: "taxonomies"
        case .authors: "authors"
        case .author: "author"
        case .image: "image"
        case .images: "images"
        case .lang: "lang"
        case .translations: "translations"
        case .draft: "draft"
        case .weight: "weight"
        case .next: "next"
        case .previous: "previous"
        case .related: "related"
        case .backlinks: "backlinks"
        case .series: "series"
        case .aliases: "aliases"
        case .resources: "resources"
        case .params: "params"
        case .source: "source"
        case .template: "template"
        case .pages: "pages"
        case .posts: "posts"
        case .sections: "sections"
        case .children: "children"
        case .count: "count"
        case .name: "name"
        case .taxonomy: "taxonomy"
        }
    }

    /// All names, for "did you mean".
    static let symbols: [Symbol] = allCases.map { Symbol($0.name) }

    private static let table = SymbolTableOf<PageAttribute>(allCases.map { (Symbol($0.name), $0) })

    /// The attribute of a name.
    init?(_ name: Symbol) {
        guard let attribute = Self.table[name] else { return nil }
        self = attribute
    }
}

/// Finds a small value by symbol with one array access: symbols of names in the program are small numbers.
struct SymbolTableOf<Element: RawRepresentable & Sendable>: Sendable where Element.RawValue == UInt8 {
    private let codes: [UInt8]

    init(_ entries: [(Symbol, Element)]) {
        var codes = [UInt8](repeating: .max, count: Int(entries.map(\.0.rawValue).max() ?? 0) + 1)
        for (symbol, element) in entries { codes[Int(symbol.rawValue)] = element.rawValue }
        self.codes = codes
    }

    @inline(__always)
    subscript(symbol: Symbol) -> Element? {
        let index = Int(symbol.rawValue)
        guard index < codes.count, codes[index] != .max else { return nil }
        return Element(rawValue: codes[index])
    }
}
