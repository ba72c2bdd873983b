import Engine
import Text

/// The page before and the page after each page, in its section.
///
/// Posts go by date, `previous` being older; other pages, and posts of a section in another order, go in that of their
/// section. It is a node of its own
/// so that a page can depend on its own two neighbours by the mere id of the page.
///
/// Kept, and so made that nothing of the catalogue is needed to ask it: the build after an edit of one text asks for one page.
/// In the store it is the number of pages, then each page's pair (words, a position and 1 more), then what stands for each id
/// (``CatalogPage/idFingerprint``).
final class Neighbours: RuleValue {
    /// Positions in the catalogue, or -1.
    struct Pair: Sendable, Equatable {
        var previous: Int32 = -1
        var next: Int32 = -1
    }

    private let pairs: [Pair]
    private let ids: [Fingerprint]
    /// Positions by ids: open addressing, 0 is free, else a position and 1 more.
    private let places: [UInt32]

    private init(pairs: [Pair], ids: [Fingerprint]) {
        self.pairs = pairs
        self.ids = ids
        var count = 8
        while count < ids.count * 2 { count *= 2 }
        var places = [UInt32](repeating: 0, count: count)
        for (position, id) in ids.enumerated() {
            var place = Int(truncatingIfNeeded: id.low) & (count - 1)
            while places[place] != 0 { place = (place + 1) & (count - 1) }
            places[place] = UInt32(position) + 1
        }
        self.places = places
    }

    /// No page has neighbours.
    convenience init() { self.init(pairs: [], ids: []) }

    convenience init(catalog: CatalogContents) {
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
        self.init(pairs: pairs, ids: catalog.pages.map(\.idFingerprint))
    }

    /// What ``encoded`` wrote; `nil` where it is anything else.
    convenience init?(decoding bytes: Span<UInt8>) {
        var reader = CompactReader(bytes)
        let count = reader.number()
        guard count <= reader.rest.count / 24 else { return nil }
        var pairs: [Pair] = []
        pairs.reserveCapacity(count)
        for _ in 0..<count {
            let previous = reader.word()
            let next = reader.word()
            guard previous <= count, next <= count else { return nil }
            pairs.append(Pair(previous: Int32(previous) - 1, next: Int32(next) - 1))
        }
        var ids: [Fingerprint] = []
        ids.reserveCapacity(count)
        for _ in 0..<count { ids.append(reader.fingerprint()) }
        guard reader.isAtEnd else { return nil }
        self.init(pairs: pairs, ids: ids)
    }

    /// The value for the store.
    var encoded: [UInt8] {
        var writer = CompactWriter(capacity: pairs.count * 24 + 8)
        writer.put(pairs.count)
        writer.put(words: pairs.flatMap { [UInt32($0.previous + 1), UInt32($0.next + 1)] })
        for id in ids { writer.put(id) }
        return writer.bytes
    }

    private func pair(of page: Symbol) -> Pair? {
        let id = PageID(symbol: page).fingerprint
        var place = Int(truncatingIfNeeded: id.low) & (places.count - 1)
        while places[place] != 0 {
            let position = Int(places[place]) - 1
            if ids[position] == id { return pairs[position] }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// Parts are named by the page's id.
    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let pair = pair(of: projection.name) else { return .absent }
        var builder = FingerprintBuilder()
        for index in [pair.previous, pair.next] {
            builder.combine(index >= 0)
            if index >= 0 { builder.combine(ids[Int(index)]) }
        }
        return builder.finish()
    }

    /// The neighbours of a page.
    static func of(_ page: PageID) -> Reading<Neighbours, Pair> {
        Reading(Projection(page.symbol)) { $0.pair(of: page.symbol) ?? Pair() }
    }
}

/// Works the neighbours out of the catalogue.
struct NeighboursRule: Rule {
    static let kind = RuleKind.neighbours
    static let stratum = Stratum.catalog
    static let traits: RuleTraits = [.eager, .kept]

    func placeholder(for name: Symbol) -> Neighbours { Neighbours() }

    func run(_ name: Symbol, in context: RuleContext) -> Neighbours {
        Neighbours(catalog: context.read(CatalogRule.self, name, Catalog.all))
    }

    static func encode(_ value: Neighbours) -> [UInt8]? { value.encoded }

    static func decode(_ bytes: Span<UInt8>) -> Neighbours? { Neighbours(decoding: bytes) }
}
