import Engine
import Text

/// The posts that are most like one post.
final class RelatedPages: RuleValue {
    private let pages: [Symbol]

    init(pages: [Symbol]) {
        self.pages = pages
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        var builder = FingerprintBuilder()
        for page in pages { builder.combine(page.bytes) }
        return builder.finish()
    }

    /// The ids of the pages, most alike first.
    static let all = Reading<RelatedPages, [Symbol]>(.whole) { $0.pages }
}

/// Scores posts by the terms they share with one post: a rare term says more than a common one.
///
/// The score of a shared term is 1,000,000 divided by how many posts bear it, in whole numbers, so that no
/// rounding depends on an order. Of equal scores the newer post comes first, then the path decides.
struct RelatedPagesRule: Rule {
    static let kind = RuleKind.relatedPages
    static let stratum = Stratum.catalog

    static let limit = 5

    func placeholder(for name: Symbol) -> RelatedPages { RelatedPages(pages: []) }

    func run(_ name: Symbol, in context: RuleContext) -> RelatedPages {
        let id = PageID(symbol: name)
        let catalog = context.read(CatalogRule.self, Symbol(id.language), Catalog.all)
        guard let index = catalog.indexByID[name] else { return RelatedPages(pages: []) }
        let page = catalog.pages[Int(index)]
        var scores: [Int32: Int] = [:]
        for (taxonomy, terms) in page.terms.enumerated() {
            for term in terms {
                let entry = catalog.taxonomies[taxonomy].terms[Int(term)]
                let members = catalog.list(CatalogName.term(catalog.taxonomies[taxonomy].name, entry.slug))
                // A term that nearly everything bears tells nothing and would cost the most.
                if members.count > 2000 { continue }
                for member in members where member != index {
                    scores[member, default: 0] += 1_000_000 / members.count
                }
            }
        }
        let sorted = scores.sorted { left, right in
            if left.value != right.value { return left.value > right.value }
            let a = catalog.pages[Int(left.key)].date ?? .min
            let b = catalog.pages[Int(right.key)].date ?? .min
            if a != b { return a > b }
            return left.key < right.key
        }
        return RelatedPages(pages: sorted.prefix(Self.limit).map { catalog.pages[Int($0.key)].id.symbol })
    }
}
