public import Engine
public import Files
public import Text

/// A site on disk, or in memory for tests, that can be built: the way in to this room.
///
/// This room knows what a page is and what it is made from; it knows no terminal and no network. Start reading
/// at ``SiteBuild``.
public final class Project: Sendable {
    /// What a person may ask of a build.
    public struct Options: Sendable {
        /// Whether drafts are published.
        public var drafts = false
        /// Whether pages of the future are published.
        public var future = false
        /// Whether expired pages are published.
        public var expired = false
        /// Whether warnings are errors.
        public var strict = false
        /// Overrides `baseURL`.
        public var baseURL: String?
        /// The name of the environment, whose part of `environments` in `site.json` counts.
        public var environment = "production"
        /// The output folder's path inside the site, if it lies there.
        public var outputFolder: String?
        /// The name of the site's folder: the title of a site that has none.
        public var folderName = ""
        /// The process's variables.
        public var variables: [String: String] = [:]

        /// The defaults of `site build`.
        public init() {}

        /// The same as flags of the engine.
        public var flags: [String: String] {
            var flags = ["environment": environment, "folder-name": folderName]
            if drafts { flags["drafts"] = "1" }
            if future { flags["future"] = "1" }
            if expired { flags["expired"] = "1" }
            if strict { flags["strict"] = "1" }
            if let baseURL { flags["base-url"] = baseURL }
            if let outputFolder { flags["output-folder"] = outputFolder }
            let own = variables.filter { $0.key.hasPrefix("SITE_") && $0.key != "SITE_ENVIRONMENT" }
                .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            if !own.isEmpty {
                flags["variables"] = own.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{0}")
            }
            return flags
        }
    }

    /// The engine, for commands that ask it questions.
    public let engine: BuildEngine

    /// A site.
    ///
    /// - Parameters:
    ///   - source: its files.
    ///   - store: where to remember between processes; nowhere without it.
    ///   - output: where to publish; without it, outputs are only in memory.
    public init(source: any FileSystem, store: StorePlace? = nil, output: OutputPlace? = nil) {
        engine = BuildEngine(
            rules: SiteBuild.rules, source: source, root: SiteBuild.root, store: store, output: output)
    }

    /// Builds the site and publishes it, unless there are errors.
    public func build(_ inputs: BuildInputs) -> SiteReport {
        let build = engine.build(inputs)
        let summary = engine.value(of: SiteSummaryRule.self, .empty)
        // Only who tells a time asks for the zone, and who finds no page for the folder: a build without an edit need not
        // read the configuration.
        let tellsTime = build.nextFlip != nil || summary?.skipped.isEmpty == false
        let asks = tellsTime || summary?.pages == 0
        let site = asks ? engine.value(of: ConfigurationRule.self, .empty)?.site : nil
        return SiteReport(build, summary: summary, site: site)
    }

    /// What is in force of the configuration, as JSON.
    public func configuration() -> [UInt8] {
        engine.value(of: ConfigurationRule.self, .empty)?.site.json ?? []
    }

    /// The pages of all languages: what `site list` shows.
    public func pages() -> [PageListing] {
        guard let configuration = engine.value(of: ConfigurationRule.self, .empty) else { return [] }
        let zone = configuration.site.timeZone
        var listings: [PageListing] = []
        for language in configuration.languages.all {
            guard let catalog = engine.value(of: CatalogRule.self, Symbol(language.code)) else { continue }
            let contents = Catalog.all.extract(catalog)
            for page in contents.pages where page.kind == .page {
                let entry = contents.entry(of: page)
                let status: PageListing.Status =
                    entry.isDraft ? .draft : entry.isRendered ? .published : .unrendered
                listings.append(
                    PageListing(
                        path: entry.source.map { RelativePath(unchecked: $0.bytes) } ?? entry.output,
                        status: status,
                        date: contents.date(of: page), url: entry.isRendered ? entry.url : [], zone: zone))
            }
            for skipped in contents.skipped {
                let listing = PageListing(skipped, zone: zone)
                // A draft waits for nothing; the date it will have is that of its head.
                let date =
                    listing.date
                    ?? engine.value(of: PageMetaRule.self, Symbol(skipped.path.bytes))?.structure.date
                listings.append(
                    PageListing(
                        path: listing.path, status: listing.status, date: date, url: [], zone: zone))
            }
        }
        return listings.sorted { $0.path < $1.path }
    }
}

/// One content file as `site list` shows it.
public struct PageListing: Sendable {
    /// Whether it is published, and if not, why.
    public enum Status: String, Sendable {
        /// It is in the output.
        case published
        /// It is a draft.
        case draft
        /// Its date lies in the future.
        case future
        /// Its expiry date has passed.
        case expired
        /// Its head says that no page is made of it (`render: false`, Hugo's `headless`).
        case unrendered = "not rendered"
    }
    /// The file.
    public let path: RelativePath
    /// Whether it is published.
    public let status: Status
    /// Its date, or when it will appear or has disappeared; seconds since 1970.
    public let date: Int64?
    /// Root-relative URL; empty when it is not published.
    public let url: [UInt8]

    private let zone: TimeZoneRules

    init(path: RelativePath, status: Status, date: Int64?, url: [UInt8], zone: TimeZoneRules) {
        self.zone = zone
        self.path = path
        self.status = status
        self.date = date
        self.url = url
    }

    init(_ skipped: SkippedPage, zone: TimeZoneRules) {
        self.init(
            path: skipped.path, status: Status(rawValue: skipped.reason.name) ?? .draft, date: skipped.until,
            url: [], zone: zone)
    }

    /// The date as RFC 3339 in the site's time zone, or nothing.
    public var dateText: String {
        date.map {
            String(decoding: DateValue.isoformat(Instant(seconds: Int($0)).told(in: zone)), as: UTF8.self)
        } ?? ""
    }
}

/// What came of a build of a site.
public struct SiteReport: Sendable {
    /// What the engine did.
    public let build: BuildReport
    /// How many content pages are published.
    public let pageCount: Int
    /// How many of them are posts.
    public let postCount: Int
    /// What is not published, and why.
    public let skipped: [PageListing]
    /// Where a first page belongs, on sites that have none.
    public let contentFolder: String

    private let zone: TimeZoneRules

    init(_ build: BuildReport, summary: SiteSummary?, site: SiteConfiguration?) {
        let zone = site?.timeZone ?? .utc
        self.zone = zone
        self.build = build
        // Without such a folder all of the site is content, until there is one.
        contentFolder = site.map(\.contentFolder).flatMap { $0 == "." ? nil : $0 } ?? "content"
        pageCount = summary?.pages ?? 0
        postCount = summary?.posts ?? 0
        skipped = (summary?.skipped ?? []).map { PageListing($0, zone: zone) }
    }

    /// When the next page appears or disappears without any edit, as RFC 3339 in the site's time zone.
    public var nextDue: String? {
        build.nextFlip.map { DateFormat.rfc3339(Instant(seconds: Int($0)).told(in: zone)) }
    }
}
