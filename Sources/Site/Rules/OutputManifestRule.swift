import Engine
import Formats
import Text

/// Every output of the site and who makes it: the root of the graph.
///
/// Two producers of one path are found here, even when neither has changed, and a path that is a file for one
/// and a folder for another.
struct OutputManifestRule: Rule {
    static let kind = RuleKind.outputManifest
    static let stratum = Stratum.manifest

    func placeholder(for name: Symbol) -> ManifestValue { ManifestValue([]) }

    /// One wish for an output, with words for a finding.
    struct Claim {
        let path: RelativePath
        var producer: Key
        let source: RelativePath?
        let what: String
        /// Whether the product makes it unasked: then anything of the author's at its path wins.
        var yields = false
        /// Whether the product makes it of what is there, so that a file of the author's at its path wins.
        var yieldsToFiles = false
        /// Whether it is a file of the author's, as it is.
        var isFile = false
        /// Whether it is a page of the author's: what the product makes gives way to a file of that name, but a page there is
        /// a slip.
        var isPage = false
        /// Whether it only leads visitors on: nothing that the product makes gives way to that.
        var isRedirect = false
        /// Whether a line of `_redirects` does it, and no file is written.
        var isLine = false
        /// The key in `redirects` of site.json that asks for it.
        var redirect: String?
        /// Where it leads, if `redirects` or `redirect_to` says so. An alias leads to a page and never on.
        var target: [UInt8]?
        /// The page of which it is an alias.
        var page: PageID?
        /// The folder that it is the list of.
        var folder: RelativePath?
    }

    func run(_ name: Symbol, in context: RuleContext) -> ManifestValue {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        var claims: [Claim] = []
        var checks = [SettingsCheckRule.key(.empty)]
        var sitemapPages = 0
        for language in languages.all {
            let key = Symbol(language.code)
            let catalog = context.read(CatalogRule.self, key, Catalog.all)
            addPages(of: catalog, to: &claims, in: context)
            checks += catalog.pages.filter { page in
                let entry = catalog.entry(of: page)
                return entry.isRendered && entry.source != nil
            }.map {
                LinkCheckRule.key($0.id.symbol)
            }
            sitemapPages += catalog.list(CatalogName.sitemap).reduce(0) {
                $0 + catalog.partCount(of: catalog.pages[Int($1)])
            }
            reportSkipped(catalog, in: context)
        }
        for copy in context.read(OutputFilesRule.self, .empty, OutputFiles.all) {
            claims.append(
                Claim(
                    path: copy.output, producer: FileOutputRule.key(Symbol(copy.source.bytes)),
                    source: copy.source, what: "a copied file", isFile: true))
        }
        context.record(SiteSummaryRule.self, .empty, .whole)
        addAssets(to: &claims, in: context)
        addRedirects(to: &claims, in: context)
        if context.read(ConfigurationRule.self, .empty, Configuration.writesHostFiles) {
            addHostRedirects(to: &claims, in: context)
        }
        claims.append(
            Claim(
                path: Self.sitemap, producer: SitemapOutputRule.key(.empty), source: nil, what: "the sitemap",
                yields: true))
        // A handful of pages is one part whatever they say.
        let limit = sitemapPages > 1 ? SitemapParts.limit(languages, context) : 1
        let parts = (sitemapPages + limit - 1) / limit
        if parts > 1 {
            for number in 1...parts {
                claims.append(
                    Claim(
                        path: SitemapOutputRule.path(number),
                        producer: SitemapOutputRule.key(Symbol(String(number))), source: nil,
                        what: "a part of the sitemap", yields: true))
            }
        }
        copyFeeds(&claims, in: context)
        if !context.read(ConfigurationRule.self, .empty, Configuration.headers).entries.isEmpty {
            claims.append(
                Claim(
                    path: Self.headers, producer: HeadersOutputRule.key(.empty), source: nil,
                    what: "the headers of site.json", yields: true))
            reportOwnFile(Self.headers, insteadOf: "\"headers\" in site.json has no effect", in: context)
        }
        claims.append(
            Claim(
                path: Self.robots, producer: RobotsOutputRule.key(.empty), source: nil, what: "robots.txt",
                yields: true))
        leaveOutHeads(&claims, in: context)
        reportCircles(claims, in: context)
        return ManifestValue(settled(claims, in: context), checks: checks)
    }

    private func reportSkipped(_ catalog: CatalogContents, in context: RuleContext) {
        if catalog.skipped.isEmpty { return }
        let zone = context.read(ConfigurationRule.self, .empty, Configuration.timeZone)
        for page in catalog.skipped {
            let message =
                switch page.reason {
                case .draft: "a draft is not published"
                case .future: "not published before \(page.until.map { Self.text($0, zone) } ?? "its date")"
                case .expired: "expired on \(page.until.map { Self.text($0, zone) } ?? "its date")"
                }
            context.find(Diagnostic(.skippedPage, message, at: SourceLocation(path: page.path)))
        }
    }

    /// Says that a file of the site's stands in the place of one that `site.json` asks for.
    func reportOwnFile(_ output: RelativePath, insteadOf words: String, in context: RuleContext) {
        guard let file = context.read(OutputFilesRule.self, .empty, OutputFiles.source(of: output)) else {
            return
        }
        context.find(
            Diagnostic(
                .keyWithoutEffect, "\(words): this file is published in its place",
                at: SourceLocation(path: file), hint: "say all of it in one place"))
    }

    static func text(_ instant: Int64, _ zone: TimeZoneRules) -> String {
        String(decoding: DateValue.isoformat(Instant(seconds: Int(instant)).told(in: zone)), as: UTF8.self)
    }

    private static let sitemap = RelativePath(unchecked: Array("sitemap.xml".utf8))
    private static let headers = RelativePath(unchecked: Array("_headers".utf8))
    static let hostRedirects = RelativePath(unchecked: Array("_redirects".utf8))
    private static let robots = RelativePath(unchecked: Array("robots.txt".utf8))
}

extension DataValue {
    /// Whether `outputs` asks for each page as JSON: `{"page": ["json"]}`.
    var wantsPageJSON: Bool {
        guard let page = entries[Array("page".utf8)]?.value else { return false }
        let json = Array("json".utf8)
        return page.kind == .list
            ? page.elements.contains { $0.text.elementsEqual(json) } : page.text.elementsEqual(json)
    }
}
