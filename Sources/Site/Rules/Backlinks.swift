import Engine
import Markup
import Text

/// Which pages of a language link to which.
final class Backlinks: RuleValue {
    private let links: [Symbol: [Symbol]]

    init(links: [Symbol: [Symbol]]) {
        self.links = links
    }

    /// Parts are named by the id of the page that is linked to.
    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let pages = links[projection.name] else { return .absent }
        var builder = FingerprintBuilder()
        for page in pages { builder.combine(page.bytes) }
        return builder.finish()
    }

    /// The ids of the pages that link to a page, in the order of the catalogue.
    static func of(_ page: PageID) -> Reading<Backlinks, [Symbol]> {
        Reading(Projection(page.symbol)) { $0.links[page.symbol] ?? [] }
    }
}

/// Turns the links of all bodies around. It runs only when a template asks for `page.backlinks`.
struct BacklinksRule: Rule {
    static let kind = RuleKind.backlinks
    static let stratum = Stratum.bodies

    func placeholder(for name: Symbol) -> Backlinks { Backlinks(links: [:]) }

    func run(_ name: Symbol, in context: RuleContext) -> Backlinks {
        let catalog = context.read(CatalogRule.self, name, Catalog.all)
        let sources = catalog.pages.compactMap { catalog.entry(of: $0).source }
        context.prepare(PageBodyRule.self, sources)
        var links: [Symbol: [Symbol]] = [:]
        for page in catalog.pages {
            let entry = catalog.entry(of: page)
            guard let source = entry.source else { continue }
            for link in context.read(PageBodyRule.self, source, PageBody.links) where !link.isImage {
                let path = Addresses.withoutQuery(Addresses.splitFragment(link.url).path)
                if path.isEmpty || Addresses.isAbsolute(link.url) { continue }
                guard
                    let address = LinkCheckRule.resolve(
                        Percent.decoded(path), against: Percent.decoded(entry.url)),
                    let index = SiteAddresses.spellings(of: address).firstResult({
                        catalog.indexByURL[Symbol($0)]
                    })
                else { continue }
                let linked = catalog.pages[Int(index)].id.symbol
                if linked != page.id.symbol, links[linked]?.last != page.id.symbol {
                    links[linked, default: []].append(page.id.symbol)
                }
            }
        }
        return Backlinks(links: links)
    }
}
