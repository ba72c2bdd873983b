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
/// rounding depends on an order. Of equal scores the one comes first that stands first under the post's first
/// terms, where the newest does. What is read is the post's own terms and who else bears them: an edit elsewhere
/// does not come here.
struct RelatedPagesRule: Rule {
    static let kind = RuleKind.relatedPages
    static let stratum = Stratum.catalog

    static let limit = 5
    /// A term that nearly everything bears tells nothing and would cost the most.
    private static let commonCount = 2000

    func placeholder(for name: Symbol) -> RelatedPages { RelatedPages(pages: []) }

    func run(_ name: Symbol, in context: RuleContext) -> RelatedPages {
        let rendering = Rendering(context: context, language: Symbol(PageID(symbol: name).language))
        let catalog = rendering.catalog
        guard let index = rendering.position(of: PageID(symbol: name), in: catalog) else {
            return RelatedPages(pages: [])
        }
        let page = catalog.page(at: index)
        var scores: [Int32: (score: Int, place: Int)] = [:]
        // Which taxonomies there are is read even where the page bears no term of them.
        for (number, taxonomy) in rendering.taxonomies(in: catalog).enumerated() {
            for term in rendering.terms(of: page, number, in: catalog) {
                let list = CatalogName.term(taxonomy.name, term.slug)
                // Of a common term it matters that it is one, whose count changes with every new post.
                if rendering.partCount(of: list, size: Self.commonCount, in: catalog) > 1 { continue }
                let members = rendering.list(list, in: catalog)
                for member in members where member != Int32(index) {
                    let place = scores[member]?.place ?? scores.count
                    let score = scores[member]?.score ?? 0
                    scores[member] = (score + 1_000_000 / members.count, place)
                }
            }
        }
        let sorted = scores.sorted { left, right in
            left.value.score == right.value.score
                ? left.value.place < right.value.place : left.value.score > right.value.score
        }
        return RelatedPages(pages: sorted.prefix(Self.limit).map { catalog.page(at: Int($0.key)).id.symbol })
    }
}
