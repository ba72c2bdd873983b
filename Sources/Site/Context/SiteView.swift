import Engine
import Formats
import Templates
import Text

/// The site as a template sees it: `site`.
final class SiteView: HostObject {
    static let shared = SiteView()

    var typeName: String { "site" }
    var knownAttributes: [Symbol] { Self.names }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        let rendering = render.rendering
        switch name {
        case Self.title: return .safeless(rendering.siteTitle(in: rendering.language.bytes))
        case Self.description: return .safeless(rendering.siteDescription(in: rendering.language.bytes))
        case Self.baseURL: return .safeless(rendering.baseURL)
        case Self.language: return .safeless(rendering.language.bytes)
        case Self.languages: return .object(LanguagesView.shared)
        case Self.author: return rendering.configuration(Configuration.author)
        case Self.params: return .object(rendering.siteParams(in: rendering.language.bytes))
        case Self.data: return .object(DataFolderView(folder: .root))
        case Self.menus: return .object(MenusView.shared)
        case Self.pages: return .object(PageCollection(catalog: rendering.catalog, list: CatalogName.pages))
        case Self.topPages:
            return .object(PageCollection(catalog: rendering.catalog, list: CatalogName.topPages))
        case Self.posts: return .object(PageCollection(catalog: rendering.catalog, list: CatalogName.posts))
        case Self.sections:
            return .object(PageCollection(catalog: rendering.catalog, list: CatalogName.subsections(.root)))
        case Self.home: return page(invented: "home", rendering)
        case Self.archive: return page(invented: "archive", rendering)
        case Self.taxonomies: return .object(TaxonomiesView(catalog: rendering.catalog))
        case Self.feeds: return FeedLinks.views(for: nil, rendering: rendering)
        case Self.environment:
            return .safeless(Array((rendering.context.flag("environment") ?? "production").utf8))
        default: return nil
        }
    }

    /// A page that is there without a file of its own, or `none`.
    private func page(invented name: String, _ rendering: Rendering) -> Value {
        let catalog = rendering.catalog
        let id = PageID(language: catalog.language, invented: name)
        return rendering.position(of: id, in: catalog).map { catalog.view(at: $0) } ?? Value.none
    }

    private static let title: Symbol = "title"
    private static let description: Symbol = "description"
    private static let baseURL: Symbol = "base_url"
    private static let language: Symbol = "language"
    private static let languages: Symbol = "languages"
    private static let author: Symbol = "author"
    private static let params: Symbol = "params"
    private static let data: Symbol = "data"
    private static let menus: Symbol = "menus"
    private static let pages: Symbol = "pages"
    private static let topPages: Symbol = "top_pages"
    private static let posts: Symbol = "posts"
    private static let sections: Symbol = "sections"
    private static let home: Symbol = "home"
    private static let archive: Symbol = "archive"
    private static let taxonomies: Symbol = "taxonomies"
    private static let feeds: Symbol = "feeds"
    private static let environment: Symbol = "environment"
    private static let names = [
        title, description, baseURL, language, languages, author, params, data, menus, pages, topPages,
        posts, sections, home, archive, taxonomies, feeds, environment,
    ]
}

/// `site.taxonomies`: the taxonomies that are in use, by name.
final class TaxonomiesView: HostObject {
    private unowned let catalog: Catalog

    init(catalog: Catalog) {
        self.catalog = catalog
    }

    var typeName: String { "taxonomies" }
    var traits: HostTraits { [.mapping, .iterable] }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        let rendering = render.rendering
        return rendering.taxonomies(in: catalog).first { $0.symbol == name }.map {
            .object(TaxonomyView(catalog: catalog, taxonomy: $0))
        }
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .string(let name) = key else { return nil }
        return try attribute(Symbol(name.bytes), in: &render)
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        let rendering = render.rendering
        return rendering.taxonomies(in: catalog).filter { rendering.position(of: $0, in: catalog) != nil }
            .map { .safeless($0.name) }
    }
}

/// One taxonomy: `site.taxonomies.tags` and `term.taxonomy`, which is also the list of its terms. It is called as the site
/// calls it; all else is said by its page.
final class TaxonomyView: HostObject {
    private unowned let catalog: Catalog
    private let taxonomy: CatalogTaxonomy

    init(catalog: Catalog, taxonomy: CatalogTaxonomy) {
        self.catalog = catalog
        self.taxonomy = taxonomy
    }

    private var list: Symbol { CatalogName.terms(taxonomy.name) }
    /// That of its page.
    private var id: PageID { PageID(language: catalog.language, invented: "taxonomy", taxonomy.name) }

    var typeName: String { "taxonomy" }
    var traits: HostTraits { [.sequence, .iterable] }
    var knownAttributes: [Symbol] { ["page"] + PageAttribute.symbols }
    /// One in each language.
    var keyValue: Value? { .int(Int(id.symbol.rawValue)) }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        let rendering = render.rendering
        switch name.text {
        case "name": return .safeless(taxonomy.name)
        case "terms": return .object(PageCollection(catalog: catalog, list: list))
        case "page":
            return rendering.position(of: taxonomy, in: catalog).map { catalog.view(at: $0) } ?? Value.none
        default:
            if let page = rendering.position(of: taxonomy, in: catalog),
                case .object(let view) = catalog.view(at: page)
            {
                return try view.attribute(name, in: &render)
            }
            // One that nobody uses has no page.
            return PageAttribute(name) == nil ? nil : Value.none
        }
    }

    func equals(_ other: any HostObject, in render: inout RenderContext) throws(TemplateError) -> Bool {
        if let page = other as? PageView { return page.page.id == id }
        guard let other = other as? TaxonomyView else { return false }
        return id == other.id
    }

    /// What its page is called.
    func text(in render: inout RenderContext) throws(TemplateError) -> StringValue {
        guard case .string(let title)? = try attribute("title", in: &render) else {
            return StringValue(taxonomy.name)
        }
        return title
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        catalog.views(PageCollection(catalog: catalog, list: list).indices(render.rendering))
    }

    func count(in render: inout RenderContext) throws(TemplateError) -> Int? {
        PageCollection(catalog: catalog, list: list).count(render.rendering)
    }

    /// The term of a name or slug.
    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .string(let name) = key else {
            return try PageCollection(catalog: catalog, list: list).item(key, in: &render)
        }
        return render.rendering.position(ofTerm: name.bytes, of: taxonomy.name, in: catalog).map {
            catalog.view(at: $0)
        }
    }
}

/// `site.menus`: each menu a list of entries with their URLs resolved.
final class MenusView: HostObject {
    static let shared = MenusView()

    var typeName: String { "menus" }
    var traits: HostTraits { [.mapping, .iterable] }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        let rendering = render.rendering
        guard let entries = rendering.menu(name, in: rendering.language.bytes) else { return nil }
        return .frozen(entries.map { entry(of: $0, rendering) })
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .string(let name) = key else { return nil }
        return try attribute(Symbol(name.bytes), in: &render)
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        let rendering = render.rendering
        return rendering.menuNames(in: rendering.language.bytes).map { .safeless($0) }
    }

    /// An entry: what is written, with the base path put before a root-relative URL.
    private func entry(of data: DataValue, _ rendering: Rendering) -> Value {
        guard data.kind == .map else { return data.templateValue }
        var fields: [(Value, Value)] = []
        for field in data.entries {
            var value = field.value.templateValue
            if field.key.elementsEqual("url".utf8), case .string(let url) = value,
                let address = MenuAddress.resolved(url.bytes, rendering)
            {
                value = .safeless(rendering.basePath + address)
            } else if field.key.elementsEqual("children".utf8), field.value.kind == .list {
                value = .frozen(field.value.elements.map { entry(of: $0, rendering) })
            }
            fields.append((.safeless(Array(field.key)), value))
        }
        return .dict(DictValue(frozen: fields))
    }
}

/// `site.data`: the data files by folder and name.
final class DataFolderView: HostObject {
    private let folder: RelativePath

    init(folder: RelativePath) {
        self.folder = folder
    }

    var typeName: String { "data" }
    var traits: HostTraits { [.mapping, .iterable] }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        let path = folder.appending(name.bytes)
        switch render.rendering.context.read(DataFolderRule.self, .empty, DataFolder.entry(path)) {
        case .file(let key):
            return RecordedData.value(ofFile: key, render.rendering)
        case .folder: return .object(DataFolderView(folder: path))
        case nil: return nil
        }
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .string(let name) = key else { return nil }
        return try attribute(Symbol(name.bytes), in: &render)
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        render.rendering.context.read(DataFolderRule.self, .empty, DataFolder.names(in: folder)).map {
            .safeless($0)
        }
    }
}
