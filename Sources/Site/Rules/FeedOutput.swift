import Engine
import Markup
import Templates
import Text

/// A feed's bytes: the newest posts of the page it belongs to.
struct FeedOutputRule: Rule {
    static let kind = RuleKind.feedOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        guard let (format, page) = FeedLink.parts(of: name) else { return OutputValue(bytes: []) }
        let rendering = Rendering(
            context: context, language: Symbol(page.language), part: PagePart(page: page, number: 1))
        let catalog = rendering.catalog
        guard let index = rendering.position(of: page, in: catalog) else { return OutputValue(bytes: []) }
        let shown = catalog.page(at: index)
        let settings = rendering.configuration(Configuration.feeds)

        // A template of the feed's file name replaces the product's own feed.
        if let program = rendering.program(Array(format.fileName.utf8)) {
            let link = link(
                PageFacts(catalog: catalog, page: shown, rendering: rendering), format, settings)
            let variables = Variables([
                (Symbol("page"), catalog.view(at: index)),
                (Symbol("feed"), link.map { FeedLinks.view($0, rendering) } ?? .none),
                (
                    Symbol("posts"),
                    .object(
                        PageCollection(
                            catalog: catalog, list: rendering.entry(of: shown, in: catalog).list,
                            bounds: 0..<settings.limit))
                ),
            ])
            return OutputValue(
                bytes: SiteRenderer.render(
                    program, variables, rendering: rendering,
                    circumstance: "while rendering \(format.fileName)"))
        }
        let feed = model(of: shown, format, settings, rendering)
        switch format {
        case .atom: return OutputValue(bytes: AtomFeed.bytes(feed))
        case .rss: return OutputValue(bytes: RSSFeed.bytes(feed))
        case .json: return OutputValue(bytes: JSONFeed.bytes(feed))
        }
    }

    private func model(
        of page: CatalogPage, _ format: FeedFormat, _ settings: FeedSettings, _ rendering: Rendering
    ) -> FeedModel {
        let catalog = rendering.catalog
        let facts = PageFacts(catalog: catalog, page: page, rendering: rendering)
        let siteTitle = rendering.siteTitle(in: catalog.language)
        let link = link(facts, format, settings)
        let indices = PageCollection(catalog: catalog, list: facts.entry.list, bounds: 0..<settings.limit)
            .indices(
                rendering)
        var description = HeadMetadata.writtenDescription(facts)
        if description.isEmpty { description = rendering.siteDescription(in: catalog.language) }
        return FeedModel(
            title: link?.title ?? siteTitle, siteTitle: siteTitle, description: description,
            home: facts.permalink,
            address: rendering.baseURL + (link?.url ?? []), language: catalog.language,
            authors: people(rendering.abroad(rendering.configuration(Configuration.people)), settings),
            entries: indices.map { entry(of: catalog.page(at: Int($0)), settings, rendering) })
    }

    /// Where the feed is, and what it is called.
    private func link(_ facts: PageFacts, _ format: FeedFormat, _ settings: FeedSettings) -> FeedLink? {
        let siteTitle = facts.rendering.siteTitle(in: facts.catalog.language)
        let title =
            facts.page.kind == .home ? siteTitle : facts.title.bytes + Array(" | ".utf8) + siteTitle
        return FeedLinks.feeds(of: facts.page.id, facts.entry, FeedChoice(settings), title: title).first {
            $0.format == format
        }
    }

    /// People as a feed may name them.
    private func people(_ people: [Person], _ settings: FeedSettings) -> [Person] {
        settings.hasEmails ? people : people.map { Person(name: $0.name, url: $0.url) }
    }

    private func entry(of page: CatalogPage, _ settings: FeedSettings, _ rendering: Rendering)
        -> FeedModel.Entry
    {
        let catalog = rendering.catalog
        let facts = PageFacts(catalog: catalog, page: page, rendering: rendering)
        var summary = HeadMetadata.writtenDescription(facts)
        var content: [UInt8]?
        var isAllInSummary = false
        if let source = facts.source {
            let place = URLPlacement(
                origin: Array(rendering.baseURL.dropLast(rendering.basePath.count)),
                basePath: rendering.basePath, page: facts.entry.url)
            if settings.hasFullContent {
                content = rendering.body(source, PageBody.html).html(at: place)
            } else if summary.isEmpty {
                content = rendering.body(source, PageBody.summary).html(at: place)
            }
            if summary.isEmpty {
                summary = HTMLText.plain(rendering.body(source, PageBody.summary).html)
                isAllInSummary = settings.hasFullContent && !rendering.body(source, PageBody.isCut)
            }
        }
        var terms: [[UInt8]] = []
        // Who wrote it is said by itself.
        for (number, taxonomy) in rendering.taxonomies(in: catalog).enumerated() where !taxonomy.isOfPeople {
            terms += rendering.termNames(of: page, number, in: catalog)
        }
        return FeedModel.Entry(
            title: facts.title.bytes, url: facts.permalink, published: facts.dateValue(.date)?.instant,
            updated: facts.dateValue(.updated)?.instant, authors: people(facts.peopleAbroad, settings),
            summary: summary,
            isAllInSummary: isAllInSummary, content: content, terms: terms,
            image: SharedPicture.url(of: facts))
    }
}
