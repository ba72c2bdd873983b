import Engine
import Formats
import Text

/// Who wishes for which output.
extension OutputManifestRule {
    func addPages(of catalog: CatalogContents, to claims: inout [Claim], in context: RuleContext) {
        let feeds = context.read(ConfigurationRule.self, .empty, Configuration.feedChoice)
        let pagination = context.read(ConfigurationRule.self, .empty, Configuration.paginationPath)
        let content = context.read(ConfigurationRule.self, .empty, Configuration.languages).contentFolder(
            of: catalog.language)
        let wantsJSON = context.read(ConfigurationRule.self, .empty, Configuration.outputs).wantsPageJSON
        for page in catalog.pages {
            let entry = catalog.entry(of: page)
            if !entry.isRendered { continue }
            let source = entry.source.map { RelativePath(unchecked: $0.bytes) }
            let what =
                entry.source == nil
                ? "the \(page.kind.name) page \(String(decoding: entry.url, as: UTF8.self))" : "a page"
            if let redirect = entry.redirect {
                let target = RedirectTarget.address(
                    redirect, Rendering(context: context, language: Symbol(catalog.language)))
                claims.append(
                    Claim(
                        path: entry.output,
                        producer: RedirectOutputRule.key(
                            RedirectOutputRule.key(from: entry.output, in: catalog.language, to: target)),
                        source: source,
                        what: what, isPage: source != nil, target: target))
                continue
            }
            let folder =
                page.kind == .section
                ? content.appending(catalog.sections[Int(entry.section)].folder.bytes) : nil
            for number in 1...catalog.partCount(of: page) {
                claims.append(
                    Claim(
                        path: Pagination.output(of: entry, part: number, folder: pagination),
                        producer: PageOutputRule.key(PagePart(page: page.id, number: number).symbol),
                        source: source, what: what,
                        yields: entry.source == nil && page.kind.isUnasked,
                        yieldsToFiles: entry.source == nil, isPage: source != nil, folder: folder))
            }
            for alias in entry.aliases {
                claims.append(
                    Claim(
                        path: alias,
                        producer: RedirectOutputRule.key(
                            RedirectOutputRule.key(from: alias, in: catalog.language, to: entry.url)),
                        source: source,
                        what: "an alias", isRedirect: true, page: page.id))
            }
            if FeedLinks.has(page.kind, entry, catalog.listing(of: page), feeds) {
                for feed in FeedLinks.feeds(of: page.id, entry, feeds, title: []) {
                    claims.append(
                        Claim(
                            path: feed.output, producer: FeedOutputRule.key(feed.key), source: nil,
                            what: "a feed", yields: true))
                }
            }
            if wantsJSON, page.kind == .page {
                claims.append(
                    Claim(
                        path: entry.output.parent.appending(
                            entry.output.name.elementsEqual("index.html".utf8)
                                ? Array("index.json".utf8) : Array(entry.output.stem) + Array(".json".utf8)),
                        producer: ContentJSONOutputRule.key(page.id.symbol), source: source,
                        what: "the JSON of a page"))
            }
        }
    }

    func addAssets(to claims: inout [Claim], in context: RuleContext) {
        for path in context.read(AssetTreeRule.self, .empty, AssetTree.all) {
            let asset = context.read(AssetRule.self, Symbol(path.bytes), Asset.origin)
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
            case .published, nil: break
            }
        }
    }

    /// Takes away the files that another generator would have run, where the product makes the same itself: Jekyll's
    /// `index.html` would be published with its head as the home page.
    func leaveOutHeads(_ claims: inout [Claim], in context: RuleContext) {
        var files: [RelativePath: RelativePath] = [:]
        for claim in claims where claim.isFile {
            guard let source = claim.source, FileOutputRule.mayBeTemplate(source) else { continue }
            files[claim.path] = source
        }
        if files.isEmpty { return }
        var leftOut: Set<RelativePath> = []
        for claim in claims where claim.source == nil && (claim.yields || claim.yieldsToFiles) {
            guard let path = files[claim.path], let file = FileOutputRule.withHead(path, in: context) else {
                continue
            }
            leftOut.insert(claim.path)
            context.find(
                Diagnostic(
                    .unprocessedFile,
                    "this file has front matter and is left out: the product makes /\(claim.path.text) itself",
                    at: SourceRange(0, 3), in: file,
                    hint:
                        "write a template in templates/ instead; without its front matter, the file is published as it is"
                ))
        }
        if !leftOut.isEmpty { claims.removeAll { $0.isFile && leftOut.contains($0.path) } }
    }

    /// The redirects of `site.json`.
    func addRedirects(to claims: inout [Claim], in context: RuleContext) {
        let main = context.read(ConfigurationRule.self, .empty, Configuration.languages).main
        for (from, to) in context.read(ConfigurationRule.self, .empty, Configuration.redirects) {
            let target = to.kind == .map ? to.entries[Array("to".utf8)]?.value.text : to.text
            // No file is called for a pattern; that none is made is told by the configuration.
            guard let target, !target.isEmpty, !from.key.contains(UInt8(ascii: "*")),
                case .success(let old) = OutputRoute.make(RoutePlanner.path(of: Array(from.key)))
            else { continue }
            let address = RedirectTarget.address(
                Array(target), Rendering(context: context, language: Symbol(main.code)))
            claims.append(
                Claim(
                    path: old.path,
                    producer: RedirectOutputRule.key(
                        RedirectOutputRule.key(from: old.path, in: main.code, to: address)),
                    source: RelativePath("site.json"), what: "a redirect", isRedirect: true,
                    redirect: from.keyText, target: address))
        }
    }

    /// Says which redirects lead to each other, or to themselves: a browser goes on for ever.
    func reportCircles(_ claims: [Claim], in context: RuleContext) {
        var next: [RelativePath: Claim] = [:]
        for claim in claims where claim.target != nil { next[claim.path] = next[claim.path] ?? claim }
        if next.isEmpty { return }
        var followed: Set<RelativePath> = []
        for start in next.keys.sorted() {
            var way: [Claim] = []
            var at: RelativePath? = start
            while let path = at, let claim = next[path], followed.insert(path).inserted {
                way.append(claim)
                at = RedirectTarget.outputs(of: claim.target ?? []) {
                    context.read(ConfigurationRule.self, .empty, Configuration.ownBaseURLs)
                }.first { next[$0] != nil }
            }
            // What was followed on the way of another start is told of there, or ends.
            guard let end = at, let first = way.firstIndex(where: { $0.path == end }) else { continue }
            let circle = way[first...]
            let words = circle.map { String(decoding: Self.address(of: $0.path), as: UTF8.self) }
            context.find(
                Diagnostic(
                    .invalidRedirect,
                    circle.count == 1
                        ? "this redirect leads to itself"
                        : "these redirects lead in a circle: \((words + words.prefix(1)).joined(separator: " → "))",
                    at: Self.place(ofRedirect: way[first], in: context),
                    hint: "let one of them lead to a page"))
        }
    }

    /// The address of an output.
    private static func address(of output: RelativePath) -> [UInt8] {
        let isIndex = output.name.elementsEqual("index.html".utf8)
        return [UInt8(ascii: "/")]
            + (isIndex ? output.bytes.dropLast("index.html".utf8.count) : output.bytes[...])
    }

    /// Where a redirect is written.
    private static func place(ofRedirect claim: Claim, in context: RuleContext) -> SourceLocation? {
        if let key = claim.redirect {
            return context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                .invalidRedirect, "", at: ["redirects", key]
            ).location
        }
        return claim.source.map { HeadPlaces.location(in: $0, [.redirectTo], context) { _ in true } }
    }

    /// The file of redirects that the host itself reads. A page that leads on stays where it can be one: other hosts and
    /// the preview need it.
    func addHostRedirects(to claims: inout [Claim], in context: RuleContext) {
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
        reportOwnFile(
            Self.hostRedirects, insteadOf: "redirects and aliases are not written to _redirects", in: context)
    }
}
