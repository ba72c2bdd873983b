import Engine
import Templates
import Text

/// The pages that a chain of filters leaves of a list, in order: `site.posts | selectattr("params.featured") |
/// sort(attribute="title")`.
///
/// It is a node of its own, so that what all pages are tested and sorted by is read here, once for the site, and a
/// page that shows five of them depends on which five those are.
final class PageQuery: RuleValue {
    /// The ids of the pages; `nil` when the filters found something, which then the page that asks should say.
    private let pages: [Symbol]?

    init(pages: [Symbol]?) {
        self.pages = pages
    }

    /// `whole`, all pages in order; `#`, how many; `$`, the last one; `[a:b]`, those of a slice.
    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let pages else { return .absent }
        if projection == .whole { return fingerprint(pages[...]) }
        if projection == Self.count.projection {
            return Fingerprint(low: UInt64(pages.count) &+ 1, high: 0x636f_756e)
        }
        if projection == Self.last.projection { return fingerprint(pages.suffix(1)) }
        guard case .slice(let start, let end)? = CatalogName.divided(projection.name.bytes)?.part else {
            return .absent
        }
        return fingerprint(Self.slice(pages, start, end))
    }

    private func fingerprint(_ pages: ArraySlice<Symbol>) -> Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(pages.count)
        for page in pages { builder.combine(page.bytes) }
        return builder.finish()
    }

    /// All of them. This and all the others are `nil` together.
    static let all = Reading<PageQuery, ArraySlice<Symbol>?>(.whole) { $0.pages?[...] }
    static let count = Reading<PageQuery, Int?>("#") { $0.pages?.count }
    static let last = Reading<PageQuery, ArraySlice<Symbol>?>("$") { $0.pages?.suffix(1) }

    /// Those of a slice.
    static func slice(_ start: Int, _ end: Int) -> Reading<PageQuery, ArraySlice<Symbol>?> {
        Reading(Projection(CatalogName.slice(of: .empty, start, end))) { query in
            query.pages.map { slice($0, start, end) }
        }
    }

    private static func slice(_ pages: [Symbol], _ start: Int, _ end: Int) -> ArraySlice<Symbol> {
        pages[min(start, pages.count)..<min(max(start, end), pages.count)]
    }
}

/// Runs the filters over a list of the catalogue.
struct PageQueryRule: Rule {
    static let kind = RuleKind.pageQuery
    static let stratum = Stratum.catalog

    func placeholder(for name: Symbol) -> PageQuery { PageQuery(pages: nil) }

    func run(_ name: Symbol, in context: RuleContext) -> PageQuery {
        guard let (language, list, query) = Self.parts(of: name) else { return PageQuery(pages: nil) }
        let settings = context.read(ConfigurationRule.self, .empty, Configuration.templates)
        let rendering = Rendering(context: context, language: language)
        let catalog = rendering.catalog
        let renderer = Renderer(loader: SiteTemplateLoader(), limits: settings.limits)
        let elements = renderer.select(
            query, from: catalog.views(rendering.list(list, in: catalog)),
            environment: SiteLanguage.environment(settings.language), host: rendering)
        return PageQuery(
            pages: elements?.compactMap { element in
                guard case .object(let object) = element else { return nil }
                return (object as? PageView)?.page.id.symbol
            })
    }

    /// The key of a query: the language, the list, and the filters, with a bar between them.
    static func name(language: Symbol, list: Symbol, query: CollectionQuery) -> Symbol {
        let bar = [UInt8(ascii: "|")]
        return Symbol(language.bytes + bar + list.bytes + bar + query.text)
    }

    /// The parts of a key. Neither a language's code nor a folder's name has a bar in it; a list whose name has one
    /// is not asked.
    private static func parts(of name: Symbol) -> (language: Symbol, list: Symbol, query: [UInt8])? {
        let parts = name.bytes.split(
            separator: UInt8(ascii: "|"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        return (Symbol(parts[0]), Symbol(parts[1]), Array(parts[2]))
    }

    /// What a query may look at: what the heads of pages and the catalogue say, which are below it.
    static func mayRead(_ attribute: Symbol) -> Bool {
        switch PageAttribute(attribute) {
        case .kind, .title, .name, .description, .url, .permalink, .path, .source, .slug, .lang, .draft,
            .linkTitle, .isPost, .date, .updated, .expires, .weight, .authors, .author, .image, .template,
            .params:
            true
        default: false
        }
    }
}
