import Engine
import Templates
import Text

/// One feed: of a page that lists others, in one format.
struct FeedLink: Sendable {
    let page: PageID
    let format: FeedFormat
    /// Root-relative URL without base path.
    let url: [UInt8]
    let output: RelativePath
    let title: [UInt8]

    /// The name of its key.
    var key: Symbol { Symbol(Array("\(format.name):".utf8) + page.symbol.bytes) }

    /// Format and page of a key.
    static func parts(of key: Symbol) -> (format: FeedFormat, page: PageID)? {
        let bytes = key.bytes
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let format = FeedFormat(rawValue: String(decoding: bytes[..<colon], as: UTF8.self))
        else { return nil }
        return (format, PageID(symbol: Symbol(Array(bytes[(colon + 1)...]))))
    }
}

/// What decides which pages have feeds, and how many.
struct FeedChoice: Sendable {
    let formats: [FeedFormat]
    let ofSections: Bool

    init(_ settings: FeedSettings) {
        formats = settings.formats
        ofSections = settings.ofSections
    }
}

/// Which feeds there are, and where.
enum FeedLinks {
    /// The feeds that a page should name: the site's, and its own if it is a section or term that has some.
    static func all(for page: PageID?, rendering: Rendering) -> [FeedLink] {
        let choice = rendering.configuration(Configuration.feedChoice)
        let catalog = rendering.catalog
        let home = PageID(language: catalog.language, invented: "home")
        var links: [FeedLink] = []
        if let index = rendering.position(of: home, in: catalog), case let page = catalog.page(at: index),
            has(page, in: catalog, choice, rendering)
        {
            links += feeds(
                of: home, rendering.entry(of: page, in: catalog), choice,
                title: rendering.siteTitle(in: catalog.language))
        }
        if let page, page != home, let index = rendering.position(of: page, in: catalog) {
            let facts = PageFacts(catalog: catalog, page: catalog.page(at: index), rendering: rendering)
            if has(facts.page, in: catalog, choice, rendering) {
                links += feeds(of: page, facts.entry, choice, title: facts.title.bytes)
            }
        }
        return links
    }

    /// The feeds as a template sees them.
    static func views(for page: PageID?, rendering: Rendering) -> Value {
        .frozen(
            all(for: page, rendering: rendering).map { feed in
                Value.frozen([
                    ("url", .safeless(rendering.basePath + feed.url)), ("format", .text(feed.format.name)),
                    ("title", .safeless(feed.title)), ("type", .text(feed.format.mediaType)),
                ])
            })
    }

    /// One feed as its own template sees it, which has to say where it is to be read.
    static func view(_ feed: FeedLink, _ rendering: Rendering) -> Value {
        .frozen([
            ("url", .safeless(rendering.basePath + feed.url)),
            ("permalink", .safeless(rendering.baseURL + feed.url)),
            ("format", .text(feed.format.name)), ("title", .safeless(feed.title)),
            ("type", .text(feed.format.mediaType)),
        ])
    }

    /// Whether a page has feeds; recorded.
    static func has(
        _ page: CatalogPage, in catalog: Catalog, _ feeds: FeedChoice, _ rendering: Rendering
    ) -> Bool {
        // Of most pages it is known without a look; the home page's do not hang on what it lists.
        switch page.kind {
        case .home:
            let entry = rendering.entry(of: page, in: catalog)
            return entry.isRendered && entry.redirect == nil
        case .section, .term:
            return has(
                page.kind, rendering.entry(of: page, in: catalog), rendering.listing(of: page, in: catalog),
                feeds)
        default: return false
        }
    }

    /// Whether a page has feeds: the home page, sections with posts and terms, as the configuration says.
    static func has(
        _ kind: PageKind, _ page: CatalogPage.Entry, _ listing: CatalogPage.Listing, _ feeds: FeedChoice
    ) -> Bool {
        if !page.isRendered || page.redirect != nil { return false }
        switch kind {
        case .home: return true
        case .section: return feeds.ofSections && listing.listsPosts
        case .term: return listing.hasFeeds
        default: return false
        }
    }

    /// The feeds of a page that has some, in the order of the configuration.
    static func feeds(
        of id: PageID, _ page: CatalogPage.Entry, _ feeds: FeedChoice, title: [UInt8]
    ) -> [FeedLink] {
        let folder = page.output.parent
        return feeds.formats.map { format in
            let output = folder.appending(format.fileName)
            return FeedLink(
                page: id, format: format, url: OutputRoute.escaped([UInt8(ascii: "/")] + output.bytes),
                output: output, title: title)
        }
    }
}
