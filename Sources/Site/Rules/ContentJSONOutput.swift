import Engine
import Markup
import Templates
import Text

/// A page as JSON, for programs that build on a site: what it is and its text as HTML.
struct ContentJSONOutputRule: Rule {
    static let kind = RuleKind.contentJSONOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    /// The keys of each page, besides its taxonomies.
    private static let keys = [
        "url", "title", "language", "description", "date", "updated", "authors", "summary", "content",
        "wordCount",
    ]

    /// The key is the page's id.
    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let id = PageID(symbol: name)
        let rendering = Rendering(
            context: context, language: Symbol(id.language), part: PagePart(page: id, number: 1))
        let catalog = rendering.catalog
        guard let position = rendering.position(of: id, in: catalog) else { return OutputValue(bytes: []) }
        let page = catalog.page(at: position)
        let facts = PageFacts(catalog: catalog, page: page, rendering: rendering)
        guard let source = facts.source else { return OutputValue(bytes: []) }
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.field("url", facts.permalink)
        json.field("title", facts.title.bytes)
        json.field("language", catalog.language)
        if case .string(let description) = facts.description { json.field("description", description.bytes) }
        if let date = facts.dateValue(.date) { json.field("date", date.isoformatBytes) }
        if let updated = facts.dateValue(.updated) { json.field("updated", updated.isoformatBytes) }
        json.people(facts.peopleAbroad)
        // Which taxonomies there are is read even where none of them has anything to say here.
        for (number, taxonomy) in rendering.taxonomies(in: catalog).enumerated() {
            // A taxonomy may have the name of something that every page says anyway; no key may occur twice.
            if Self.keys.contains(where: { $0.utf8.elementsEqual(taxonomy.name) }) {
                continue
            }
            let names = rendering.termNames(of: page, number, in: catalog)
            if names.isEmpty { continue }
            json.key(String(decoding: taxonomy.name, as: UTF8.self))
            json.beginArray()
            for name in names { json.string(name) }
            json.endArray()
        }
        let place = URLPlacement(
            origin: Array(rendering.baseURL.dropLast(rendering.basePath.count)), basePath: rendering.basePath,
            page: facts.entry.url, ids: .keep)
        json.field(
            "summary",
            facts.summary(
                source,
                at: URLPlacement(origin: place.origin, basePath: place.basePath, page: facts.entry.url)))
        json.field("content", rendering.body(source, PageBody.html).html(at: place))
        json.key("wordCount")
        json.number(rendering.body(source, PageBody.wordCount))
        json.endObject()
        return OutputValue(bytes: json.finish())
    }
}
