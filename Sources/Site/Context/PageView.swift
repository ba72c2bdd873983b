import Engine
import Synchronization
import Templates
import Text

/// A page as a template sees it: home, section, post, term and all the others.
///
/// Immutable and shared; each attribute that is asked for is one edge of the page being rendered.
final class PageView: HostObject {
    // The catalogue holds its views; a view is only reached through it.
    unowned let catalog: Catalog
    /// The page.
    let page: CatalogPage
    /// The URL where the site is at the root of its host.
    private let unrecordedURL: StringValue
    /// The pages of its terms by taxonomy, those lists that were asked for.
    private let termLists = Mutex<[Value?]>([])

    init(catalog: Catalog, page: CatalogPage) {
        self.catalog = catalog
        self.page = page
        unrecordedURL = StringValue(page.unrecorded.url)
    }

    var typeName: String { "page" }
    var traits: HostTraits { [] }
    var knownAttributes: [Symbol] { PageAttribute.symbols }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard let attribute = PageAttribute(name) else { return nil }
        if attribute == .imageURL { return imageURL(&render) }
        return render.withRendering { value(of: attribute, in: $0) }
    }

    /// Where the picture is that the page's head names, as seen from anywhere, or `none`.
    private func imageURL(_ render: inout RenderContext) -> Value {
        let facts = PageFacts(catalog: catalog, page: page, rendering: render.rendering)
        guard let source = facts.source,
            case .string(let image) = render.rendering.meta(source, PageMeta.image), !image.bytes.isEmpty
        else { return .none }
        return .safeless(PictureAddress.on(self, image.bytes, &render))
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .string(let name) = key else { return nil }
        return try attribute(Symbol(name.bytes), in: &render)
    }

    /// Terms print as their names, pages as their titles.
    func text(in render: inout RenderContext) throws(TemplateError) -> StringValue {
        PageFacts(catalog: catalog, page: page, rendering: render.rendering).title
    }

    func equals(_ other: any HostObject, in render: inout RenderContext) throws(TemplateError) -> Bool {
        if let taxonomy = other as? TaxonomyView { return try taxonomy.equals(self, in: &render) }
        guard let other = other as? PageView else { return false }
        return page.id == other.page.id
    }

    /// A page is one key, whoever asked for its view.
    var keyValue: Value? { .int(Int(page.id.symbol.rawValue)) }

    /// Terms compare with their names, so that `"swift" in page.tags` says what it seems to say.
    func compare(to other: Value, in render: inout RenderContext) throws(TemplateError) -> Int? {
        guard page.kind == .term else { return nil }
        let own = PageFacts(catalog: catalog, page: page, rendering: render.rendering).title.bytes
        let others: [UInt8]
        switch other {
        case .string(let text): others = text.bytes
        case .object(let object):
            guard let view = object as? PageView, view.page.kind == .term else { return nil }
            others =
                PageFacts(catalog: view.catalog, page: view.page, rendering: render.rendering).title.bytes
        default: return nil
        }
        if own == others { return 0 }
        return own.lexicographicallyPrecedes(others) ? -1 : 1
    }

    func truth(in render: inout RenderContext) throws(TemplateError) -> Bool { true }

    private func value(of attribute: PageAttribute, in rendering: Rendering) -> Value? {
        // What every list asks of every page takes the short way.
        switch attribute {
        case .title where page.kind == .page:
            if let source = page.ownFile, let title = rendering.meta(source, PageMeta.title) {
                return .string(title)
            }
        case .url:
            rendering.note(catalog, page.id.symbol)
            if rendering.basePath.isEmpty { return .string(unrecordedURL) }
        case .date where page.kind == .page:
            if let source = page.ownFile { return rendering.meta(source, PageMeta.date) }
        default: break
        }
        let facts = PageFacts(catalog: catalog, page: page, rendering: rendering)
        switch attribute {
        case .kind: return .text(page.kind.name)
        case .title, .name: return .string(facts.title)
        case .linkTitle:
            if let source = facts.source, let short = rendering.meta(source, PageMeta.linkTitle) {
                return .safeless(short)
            }
            return .string(facts.title)
        case .description: return facts.description
        case .excerpt: return .safeless(facts.excerpt)
        case .ownSummary: return facts.ownSummary.map { .safe($0) } ?? Value.none
        case .url: return .safeless(facts.url)
        case .permalink: return .safeless(facts.permalink)
        case .path: return .safeless(facts.source.map { $0.bytes } ?? facts.entry.output.bytes)
        case .source: return facts.source.map { .safeless($0.bytes) } ?? Value.none
        case .slug: return .safeless(facts.slug)
        case .lang: return .safeless(catalog.language)
        case .draft: return .bool(facts.entry.isDraft)
        case .isPost: return .bool(facts.entry.isPost)
        case .content, .summary, .toc, .headings, .wordCount, .readingTime: return facts.bodyValue(attribute)
        case .section, .parent, .ancestors, .sections, .children, .pages, .posts, .count, .series, .next,
            .previous,
            .related, .backlinks, .translations, .taxonomy:
            return facts.relation(attribute)
        case .tags: return terms(of: Self.tags, facts) ?? .items([])
        case .categories: return terms(of: Self.categories, facts) ?? .items([])
        case .terms:
            return page.kind == .taxonomy
                ? facts.relation(.pages) : .object(PageTerms(view: self, catalog: catalog))
        case .taxonomies: return .object(PageTerms(view: self, catalog: catalog))
        case .resources: return facts.resources
        case .params:
            guard let source = facts.source else { return .object(RecordedData.empty) }
            return .object(RecordedData(root: .params(source)))
        default:
            return facts.metaValue(attribute)
        }
    }

    /// The terms of a taxonomy; recorded.
    fileprivate func terms(of taxonomy: Symbol, _ facts: PageFacts) -> Value? {
        facts.terms(of: taxonomy) { index in
            termLists.withLock { lists in
                if lists.isEmpty { lists = Array(repeating: nil, count: page.unrecordedTerms.count) }
                if let known = lists[index] { return known }
                let terms = facts.rendering.terms(of: page, index, in: catalog)
                let list = Value.items(catalog.views(terms.map(\.page)))
                lists[index] = list
                return list
            }
        }
    }

    private static let tags: Symbol = "tags"
    private static let categories: Symbol = "categories"
}

extension Value {
    /// A list that may be shared.
    static func items(_ values: [Value]) -> Value { .frozen(values) }

    /// Plain text from its UTF-8; a template escapes it when it prints it.
    static func safeless(_ bytes: [UInt8]) -> Value { .string(StringValue(bytes)) }
}

/// The terms of a page by taxonomy: `page.terms.tags`.
final class PageTerms: HostObject {
    private let view: PageView
    private unowned let catalog: Catalog

    init(view: PageView, catalog: Catalog) {
        self.view = view
        self.catalog = catalog
    }

    var typeName: String { "terms of a page" }
    var traits: HostTraits { .mapping }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        view.terms(of: name, PageFacts(catalog: catalog, page: view.page, rendering: render.rendering))
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .string(let name) = key else { return nil }
        return try attribute(Symbol(name.bytes), in: &render)
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        render.rendering.taxonomies(in: catalog).map { .safeless($0.name) }
    }
}
