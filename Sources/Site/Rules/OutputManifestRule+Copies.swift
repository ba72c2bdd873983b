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
        for index in redirects {
            let claim = claims[index]
            if let original = original(of: claim, claims, outputs, in: context),
                let copy = OutputCopyRule.key(of: claims[original].producer, at: claim.path)
            {
                claims[index].producer = copy
                continue
            }
            let address = "/\(claim.path.text)"
            context.find(
                Diagnostic(
                    .redirectAsHTML,
                    "whoever asks for \(address) gets a page of HTML that leads on: programs do not follow it",
                    at: place(of: claim, in: context),
                    hint: hint(for: claim, claims)))
        }
    }

    /// What stands at the address to which a claim leads, however often it leads on; for an alias of a page with feeds, the
    /// feed that its ending names.
    private func original(
        of claim: Claim, _ claims: [Claim], _ outputs: [RelativePath: Int], in context: RuleContext,
        depth: Int = 0
    ) -> Int? {
        let next: Int?
        if let target = claim.target {
            next =
                RedirectTarget.outputs(of: target) {
                    context.read(ConfigurationRule.self, .empty, Configuration.ownBaseURLs)
                }.lazy.compactMap { outputs[$0] }.first
        } else if let page = claim.page {
            let feed = claims.first {
                $0.producer.kind == FeedOutputRule.kind.number && Self.fits($0.path, claim.path)
                    && FeedLink.parts(of: $0.producer.name)?.page == page
            }
            next = feed.flatMap { outputs[$0.path] }
        } else {
            return nil
        }
        // Circles are told elsewhere.
        guard let next, depth < 8 else { return nil }
        if claims[next].producer.kind != RedirectOutputRule.kind.number { return next }
        return original(of: claims[next], claims, outputs, in: context, depth: depth + 1)
    }

    /// Whether a feed is of the kind that an ending names: `.json`, or any of XML.
    private static func fits(_ feed: RelativePath, _ path: RelativePath) -> Bool {
        let ending = path.fileExtension
        if ending.elementsEqual("json".utf8) { return feed.fileExtension.elementsEqual(ending) }
        if ending.elementsEqual("xml".utf8) { return feed.fileExtension.elementsEqual(ending) }
        return feed.stem.elementsEqual(ending)
    }

    private func hint(for claim: Claim, _ claims: [Claim]) -> String {
        if let feed = claims.first(where: {
            $0.producer.kind == FeedOutputRule.kind.number && Self.fits($0.path, claim.path)
        }) {
            return "one that leads to a feed, such as /\(feed.path.text), is a copy of it"
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
