import Engine
import Text

/// The page before and the page after each page, in its section.
///
/// Posts go by date, `previous` being older; other pages, and posts of a section in another order, go in that of their
/// section. It is a node of its own
/// so that a page can depend on its own two neighbours by the mere id of the page.
final class Neighbours: RuleValue {
    /// Positions in the catalogue, or -1.
    struct Pair: Sendable {
        var previous: Int32 = -1
        var next: Int32 = -1
    }

    private let catalog: CatalogContents
    private let pairs: [Pair]

    init(catalog: CatalogContents) {
        self.catalog = catalog
        var pairs = [Pair](repeating: Pair(), count: catalog.pages.count)
        for section in catalog.sections {
            let list = catalog.list(CatalogName.section(section.folder)).filter {
                catalog.entry(of: catalog.pages[Int($0)]).section
                    == catalog.entry(of: catalog.pages[Int(section.page)]).section
            }
            let posts =
                section.isByDate ? list.filter { catalog.entry(of: catalog.pages[Int($0)]).isPost } : []
            // Newest first in the list: what stands after is older.
            for (position, page) in posts.enumerated() {
                if position > 0 { pairs[Int(page)].next = posts[position - 1] }
                if position + 1 < posts.count { pairs[Int(page)].previous = posts[position + 1] }
            }
            let others =
                section.isByDate ? list.filter { !catalog.entry(of: catalog.pages[Int($0)]).isPost } : list
            for (position, page) in others.enumerated() {
                if position > 0 { pairs[Int(page)].previous = others[position - 1] }
                if position + 1 < others.count { pairs[Int(page)].next = others[position + 1] }
            }
        }
        self.pairs = pairs
    }

    /// Parts are named by the page's id.
    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let index = catalog.indexByID[projection.name] else { return .absent }
        let pair = pairs[Int(index)]
        var builder = FingerprintBuilder()
        for index in [pair.previous, pair.next] {
            builder.combine(index >= 0)
            if index >= 0 { builder.combine(catalog.pages[Int(index)].idFingerprint) }
        }
        return builder.finish()
    }

    /// The neighbours of a page.
    static func of(_ page: PageID) -> Reading<Neighbours, Pair> {
        Reading(Projection(page.symbol)) { value in
            guard let index = value.catalog.indexByID[page.symbol] else { return Pair() }
            return value.pairs[Int(index)]
        }
    }
}

/// Works the neighbours out of the catalogue.
struct NeighboursRule: Rule {
    static let kind = RuleKind.neighbours
    static let stratum = Stratum.catalog
    static let traits: RuleTraits = .eager

    func placeholder(for name: Symbol) -> Neighbours {
        Neighbours(catalog: Catalog.all.extract(Catalog.empty(name)))
    }

    func run(_ name: Symbol, in context: RuleContext) -> Neighbours {
        Neighbours(catalog: context.read(CatalogRule.self, name, Catalog.all))
    }
}
