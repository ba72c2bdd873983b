import Engine
import Text

/// Old addresses of feeds and data: a page that leads on is no feed, and whoever asks for one does not follow it.
extension OutputManifestRule {
    /// Lets an alias or redirect from `/index.xml` be a copy of the feed that it leads to, and tells of those that lead
    /// from such an address to anything else.
    func copyFeeds(_ claims: inout [Claim], in context: RuleContext) {
        let redirects = claims.indices.filter {
            claims[$0].producer.kind == RedirectOutputRule.kind.number && !claims[$0].isLine
                && Self.isOfData(claims[$0].path)
        }
        if redirects.isEmpty { return }
        var outputs: [RelativePath: Int] = [:]
        for (index, claim) in claims.enumerated() where Self.isOfData(claim.path) {
            // Of several wishes for one address the one is granted that does not give way.
            guard let other = outputs[claim.path].map({ claims[$0] }), !other.yields || claim.yields else {
                outputs[claim.path] = index
                continue
            }
        }
        let feeds = Feeds(claims)
        var rest: [Int] = []
        for index in redirects {
            let claim = claims[index]
            if let original = original(of: claim, claims, outputs, feeds, in: context),
                let copy = OutputCopyRule.key(of: claims[original].producer, at: claim.path)
            {
                claims[index].producer = copy
            } else {
                rest.append(index)
            }
        }
        // A blog that has moved may have one for each of its terms.
        for index in rest.prefix(rest.count > 3 ? 1 : 3) {
            let claim = claims[index]
            let others = rest.count > 3 ? ", and for \(rest.count - 1) other addresses of data," : ""
            context.find(
                Diagnostic(
                    .redirectAsHTML,
                    "whoever asks for /\(claim.path.text)\(others) gets a page of HTML that leads on: programs do not follow it",
                    at: place(of: claim, in: context), hint: hint(for: claim, claims, feeds)))
        }
    }

    /// The claims that are feeds.
    private struct Feeds {
        var all: [Int] = []
        /// By the page that they are of.
        var byPage: [PageID: [Int]] = [:]

        init(_ claims: [Claim]) {
            for (index, claim) in claims.enumerated()
            where claim.producer.kind == FeedOutputRule.kind.number {
                all.append(index)
                if let page = FeedLink.parts(of: claim.producer.name)?.page {
                    byPage[page, default: []].append(index)
                }
            }
        }
    }

    /// What stands at the address to which a claim leads, however often it leads on; for an alias of a page with feeds, the
    /// feed that its ending names.
    private func original(
        of claim: Claim, _ claims: [Claim], _ outputs: [RelativePath: Int], _ feeds: Feeds,
        in context: RuleContext, depth: Int = 0
    ) -> Int? {
        let next: Int?
        if let target = claim.target {
            next =
                RedirectTarget.outputs(of: target) {
                    context.read(ConfigurationRule.self, .empty, Configuration.ownBaseURLs)
                }.firstResult { outputs[$0] }
        } else if let page = claim.page {
            let feed = feeds.byPage[page]?.first { Self.fits(claims[$0].path, claim.path) }
            next = feed.flatMap { outputs[claims[$0].path] }
        } else {
            return nil
        }
        // Circles are told elsewhere.
        guard let next, depth < 8 else { return nil }
        if claims[next].producer.kind != RedirectOutputRule.kind.number { return next }
        return original(of: claims[next], claims, outputs, feeds, in: context, depth: depth + 1)
    }

    /// Whether a feed is of the kind that an ending names: `.json`, or any of XML.
    private static func fits(_ feed: RelativePath, _ path: RelativePath) -> Bool {
        let ending = path.fileExtension
        if ending.elementsEqual("json".utf8) { return feed.fileExtension.elementsEqual(ending) }
        if ending.elementsEqual("xml".utf8) { return feed.fileExtension.elementsEqual(ending) }
        return feed.stem.elementsEqual(ending)
    }

    private func hint(for claim: Claim, _ claims: [Claim], _ feeds: Feeds) -> String {
        if let feed = feeds.all.first(where: { Self.fits(claims[$0].path, claim.path) }) {
            return "one that leads to a feed, such as /\(claims[feed].path.text), is a copy of it"
        }
        return "with \"headers\" in site.json, hosts that read _redirects lead on themselves"
    }

    private func place(of claim: Claim, in context: RuleContext) -> SourceLocation? {
        if let key = claim.redirect {
            return context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                .redirectAsHTML, "", at: ["redirects", key]
            ).location
        }
        return claim.source.map {
            HeadPlaces.location(in: $0, [.url, .aliases], context) { text in
                guard case .success(let route) = OutputRoute.make(RoutePlanner.path(of: text)) else {
                    return false
                }
                return claim.path.bytes.reversed().starts(with: route.path.bytes.reversed())
            }
        }
    }

    /// Whether programs ask for such an address, and no visitor.
    private static func isOfData(_ path: RelativePath) -> Bool {
        ["xml", "rss", "atom", "json"].contains { path.fileExtension.elementsEqual($0.utf8) }
    }
}
