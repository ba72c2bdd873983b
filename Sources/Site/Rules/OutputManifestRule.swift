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
    private struct Claim {
        let path: RelativePath
        let producer: Key
        let source: RelativePath?
        let what: String
        /// Whether the product makes it unasked: then anything of the author's at its path wins.
        var yields = false
        /// Whether the product makes it of what is there, so that a file of the author's at its path wins.
        var yieldsToFiles = false
        /// Whether it is a file of the author's, as it is.
        var isFile = false
        /// Whether it only leads visitors on: nothing that the product makes gives way to that.
        var isRedirect = false
        /// Whether a line of `_redirects` does it, and no file is written.
        var isLine = false
        /// The key in `redirects` of site.json that asks for it.
        var redirect: String?
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
            checks += catalog.pages.filter { $0.isRendered && $0.redirect == nil && $0.source != nil }.map {
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
        let parts = (sitemapPages + SitemapOutputRule.limit - 1) / SitemapOutputRule.limit
        if parts > 1 {
            for number in 1...parts {
                claims.append(
                    Claim(
                        path: SitemapOutputRule.path(number),
                        producer: SitemapOutputRule.key(Symbol(String(number))), source: nil,
                        what: "a part of the sitemap", yields: true))
            }
        }
        if !context.read(ConfigurationRule.self, .empty, Configuration.headers).entries.isEmpty {
            claims.append(
                Claim(
                    path: Self.headers, producer: HeadersOutputRule.key(.empty), source: nil,
                    what: "the headers of site.json", yields: true))
        }
        claims.append(
            Claim(
                path: Self.robots, producer: RobotsOutputRule.key(.empty), source: nil, what: "robots.txt",
                yields: true))
        return ManifestValue(settled(claims, in: context), checks: checks)
    }

    private func addPages(of catalog: Catalog, to claims: inout [Claim], in context: RuleContext) {
        let feeds = context.read(ConfigurationRule.self, .empty, Configuration.feeds)
        let pagination = context.read(ConfigurationRule.self, .empty, Configuration.paginationPath)
        let wantsJSON = context.read(ConfigurationRule.self, .empty, Configuration.outputs).wantsPageJSON
        for page in catalog.pages where page.isRendered {
            let source = page.source.map { RelativePath(unchecked: $0.bytes) }
            let what =
                page.source == nil
                ? "the \(page.kind.name) page \(String(decoding: page.url, as: UTF8.self))" : "a page"
            if let redirect = page.redirect {
                claims.append(
                    Claim(
                        path: page.output,
                        producer: RedirectOutputRule.key(
                            RedirectOutputRule.key(from: page.output, to: redirect)), source: source,
                        what: what))
                continue
            }
            for number in 1...catalog.partCount(of: page) {
                claims.append(
                    Claim(
                        path: Pagination.output(of: page, part: number, folder: pagination),
                        producer: PageOutputRule.key(PagePart(page: page.id, number: number).symbol),
                        source: source, what: what,
                        yields: page.source == nil && page.kind.isUnasked,
                        yieldsToFiles: page.source == nil))
            }
            for alias in page.aliases {
                claims.append(
                    Claim(
                        path: alias,
                        producer: RedirectOutputRule.key(RedirectOutputRule.key(from: alias, to: page.url)),
                        source: source,
                        what: "an alias", isRedirect: true))
            }
            if FeedLinks.has(page, in: catalog, feeds) {
                for feed in FeedLinks.feeds(of: page, in: catalog, feeds, title: []) {
                    claims.append(
                        Claim(
                            path: feed.output, producer: FeedOutputRule.key(feed.key), source: nil,
                            what: "a feed", yields: true))
                }
            }
            if wantsJSON, page.kind == .page {
                claims.append(
                    Claim(
                        path: page.output.parent.appending(
                            page.output.name.elementsEqual("index.html".utf8)
                                ? Array("index.json".utf8) : Array(page.output.stem) + Array(".json".utf8)),
                        producer: ContentJSONOutputRule.key(page.id.symbol), source: source,
                        what: "the JSON of a page"))
            }
        }
    }

    private func addAssets(to claims: inout [Claim], in context: RuleContext) {
        for path in context.read(AssetTreeRule.self, .empty, AssetTree.all) {
            let asset = context.read(AssetRule.self, Symbol(path.bytes), Asset.all)
            let output = RelativePath(unchecked: Percent.decoded(asset.output.bytes))
            switch asset.source {
            case .file(let file), .carried(let file):
                claims.append(
                    Claim(
                        path: output, producer: FileOutputRule.key(Symbol(file.bytes)), source: file,
                        what: "an asset"))
            case .styleSheet(let file):
                claims.append(
                    Claim(
                        path: output, producer: StyleSheetOutputRule.key(Symbol(path.bytes)), source: file,
                        what: "an asset"))
            case nil: break
            }
        }
    }

    /// The redirects of `site.json`.
    private func addRedirects(to claims: inout [Claim], in context: RuleContext) {
        for (from, to) in context.read(ConfigurationRule.self, .empty, Configuration.redirects) {
            let target = to.kind == .map ? to.entries[Array("to".utf8)]?.value.text : to.text
            // No file is called for a pattern; that none is made is told by the configuration.
            guard let target, !target.isEmpty, !from.key.contains(UInt8(ascii: "*")),
                case .success(let old) = OutputRoute.make(RoutePlanner.path(of: Array(from.key)))
            else { continue }
            claims.append(
                Claim(
                    path: old.path,
                    producer: RedirectOutputRule.key(
                        RedirectOutputRule.key(from: old.path, to: Array(target))),
                    source: RelativePath("site.json"), what: "a redirect", isRedirect: true,
                    redirect: from.keyText))
        }
    }

    /// The file of redirects that the host itself reads. A page that leads on stays where it can be one: other hosts and
    /// the preview need it.
    private func addHostRedirects(to claims: inout [Claim], in context: RuleContext) {
        let redirects = claims.indices.filter { claims[$0].producer.kind == RedirectOutputRule.kind.number }
        let hasPatterns = context.read(ConfigurationRule.self, .empty, Configuration.redirects).contains {
            $0.from.key.contains(UInt8(ascii: "*"))
        }
        if redirects.isEmpty && !hasPatterns { return }
        for index in redirects where claims[index].isRedirect {
            let ending = claims[index].path.fileExtension
            claims[index].isLine =
                !ending.isEmpty && !["html", "htm"].contains { ending.elementsEqual($0.utf8) }
        }
        claims.append(
            Claim(
                path: Self.hostRedirects, producer: HostRedirectsOutputRule.key(.empty), source: nil,
                what: "the redirects of the host", yields: true))
    }

    /// The claims that stand; findings for those that cannot.
    private func settled(_ claims: [Claim], in context: RuleContext) -> [ManifestValue.Entry] {
        let sorted = claims.enumerated().sorted { left, right in
            if left.element.path != right.element.path { return left.element.path < right.element.path }
            if left.element.yields != right.element.yields { return right.element.yields }
            if left.element.isFile != right.element.isFile { return left.element.isFile }
            return left.offset < right.offset
        }.map(\.element)
        var entries: [ManifestValue.Entry] = []
        entries.reserveCapacity(sorted.count)
        var files: [RelativePath: Claim] = [:]
        for claim in sorted {
            guard let clean = RelativePath(claim.path.bytes), clean == claim.path, !clean.isRoot else {
                context.find(
                    Diagnostic(
                        .pathLeavesOutput, "the output \"\(claim.path.text)\" leads out of the output folder",
                        at: claim.source.map { SourceLocation(path: $0) }))
                continue
            }
            if let other = files[claim.path] {
                let gives =
                    (claim.yields && !other.yields && !other.isRedirect)
                    || (claim.yieldsToFiles && other.isFile)
                if other.producer != claim.producer, !gives {
                    context.find(Self.collision(other, claim, in: context))
                }
                continue
            }
            files[claim.path] = claim
        }
        for finding in Self.caseCollisions(files) { context.find(finding) }
        for claim in sorted where files[claim.path]?.producer == claim.producer {
            // Of the same wish twice the first is taken.
            if entries.last?.path == claim.path { continue }
            if let file = Self.fileAbove(claim.path, files) {
                context.find(
                    Diagnostic(
                        .outputCollision,
                        "/\(file.path.text) would be a file (\(file.what)) and a folder (\(claim.what))",
                        at: (claim.source ?? file.source).map { SourceLocation(path: $0) }))
                continue
            }
            if claim.isLine { continue }
            entries.append(ManifestValue.Entry(path: claim.path, producer: claim.producer))
        }
        return entries
    }

    /// Outputs that are one on a disk or host that does not tell upper from lower case. Only those with an upper-case
    /// letter of ASCII are looked at.
    private static func caseCollisions(_ files: [RelativePath: Claim]) -> [Diagnostic] {
        func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
        var firsts: [RelativePath: RelativePath] = [:]
        var findings: [Diagnostic] = []
        for path in files.keys.filter({ $0.bytes.contains(where: isUpper) }).sorted() {
            let lower = RelativePath(unchecked: path.bytes.map { isUpper($0) ? $0 | 0x20 : $0 })
            let other = files[lower] != nil ? lower : firsts[lower]
            guard let other else {
                firsts[lower] = path
                continue
            }
            findings.append(
                Diagnostic(
                    .caseCollision, "/\(path.text) and /\(other.text) differ only in upper and lower case",
                    at: (files[path]?.source ?? files[other]?.source).map { SourceLocation(path: $0) },
                    hint: "give one of them another slug or URL"))
        }
        return findings
    }

    /// The claim that makes a file of a folder in which a path lies.
    private static func fileAbove(_ path: RelativePath, _ files: [RelativePath: Claim]) -> Claim? {
        var above = path.parent
        while !above.isRoot {
            if let file = files[above] { return file }
            above = above.parent
        }
        return nil
    }

    private static func collision(_ first: Claim, _ second: Claim, in context: RuleContext) -> Diagnostic {
        func place(_ claim: Claim) -> SourceLocation? {
            guard let source = claim.source else { return nil }
            if let redirect = claim.redirect {
                return context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                    .outputCollision, "", at: ["redirects", redirect]
                ).location
            }
            return HeadPlaces.location(in: source, [.url, .aliases, .slug], context) { text in
                guard case .success(let route) = OutputRoute.make(RoutePlanner.path(of: text)) else {
                    return false
                }
                return route.path == first.path || route.path.appending("index.html") == first.path
                    || first.path.parent.name.elementsEqual(text)
            }
        }
        func words(_ claim: Claim) -> String {
            claim.source.map { "\($0.text) (\(claim.what))" } ?? claim.what
        }
        // Of an address of today and one that leads on, the latter is what somebody can take away.
        let isFirst = second.source == nil || (first.isRedirect && !second.isRedirect)
        let (own, other) = isFirst ? (first, second) : (second, first)
        // `blog.md` beside `blog/` is most often meant as the text of the section.
        let isSection = [first, second].contains { $0.yieldsToFiles && $0.what.hasPrefix("the section page") }
        let hint: String
        if own.isRedirect {
            hint =
                other.source != nil
                ? "take it out"
                : "the product makes that itself: take this address out"
                    + (own.path.name.elementsEqual("index.html".utf8)
                        ? ", or write an _index.md there with redirect_to: …" : "")
        } else if isSection {
            hint = "move the page to _index.md in the folder of the section, or give it another slug or URL"
        } else {
            hint = "give one of them another slug or URL"
        }
        return Diagnostic(
            .outputCollision, "two sources want /\(first.path.text): \(words(first)) and \(words(second))",
            at: place(own), hint: hint,
            notes: place(other).map { [DiagnosticNote("the other one is here", at: $0)] } ?? [])
    }

    private func reportSkipped(_ catalog: Catalog, in context: RuleContext) {
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

    private static func text(_ instant: Int64, _ zone: TimeZoneRules) -> String {
        String(decoding: DateValue.isoformat(Instant(seconds: Int(instant)).told(in: zone)), as: UTF8.self)
    }

    private static let sitemap = RelativePath(unchecked: Array("sitemap.xml".utf8))
    private static let headers = RelativePath(unchecked: Array("_headers".utf8))
    private static let hostRedirects = RelativePath(unchecked: Array("_redirects".utf8))
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
