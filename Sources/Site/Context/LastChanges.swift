import Engine
import Text

/// When pages were changed last: a page itself, or of a list the page on it that was changed last. Never the time of a
/// build.
struct LastChanges {
    let rendering: Rendering
    /// By the language's pages; each is asked once, although it stands in many lists.
    private var known: [Symbol: [Change]] = [:]

    private enum Change {
        case unasked
        case never
        case at(Instant)
    }

    init(rendering: Rendering) { self.rendering = rendering }

    /// When what stands at an address was changed last.
    ///
    /// - Parameters:
    ///   - part: which numbered part of a list, from 1.
    ///   - facts: the page.
    /// - Returns: the time, or `nil` when nothing there is dated.
    mutating func last(at part: Int, of facts: PageFacts) -> Instant? {
        let catalog = facts.catalog
        let page = facts.page
        var last = own(facts)
        let list: Symbol
        var bounds: Range<Int>?
        switch page.kind {
        case .home, .section, .term:
            let listing = rendering.listing(of: page, in: catalog)
            list = listing.partsList == .empty ? CatalogName.posts : listing.partsList
            let size = Int(listing.pageSize)
            if size > 0 { bounds = (part - 1) * size..<part * size }
        case .taxonomy: return later(last, ofTermsOf: page, in: catalog)
        case .archive: list = CatalogName.posts
        default: return last
        }
        // One edge for all parts: a sitemap has thousands of them.
        let all = rendering.list(list, in: catalog)
        take(all[(bounds ?? all.indices).clamped(to: all.indices)], of: catalog, into: &last)
        return last
    }

    /// A list of terms was changed when a page of one of them was.
    private mutating func later(_ own: Instant?, ofTermsOf page: CatalogPage, in catalog: Catalog) -> Instant?
    {
        var last = own
        guard let taxonomy = rendering.taxonomy(of: page, in: catalog) else { return last }
        for term in rendering.list(CatalogName.terms(taxonomy.name), in: catalog) {
            let list = rendering.listing(of: catalog.page(at: Int(term)), in: catalog).partsList
            take(rendering.list(list, in: catalog), of: catalog, into: &last)
        }
        return last
    }

    private mutating func take(_ pages: ArraySlice<Int32>, of catalog: Catalog, into last: inout Instant?) {
        for index in pages {
            guard let changed = change(of: Int(index), in: catalog) else { continue }
            if last.map({ $0.seconds < changed.seconds }) ?? true { last = changed }
        }
    }

    private mutating func change(of index: Int, in catalog: Catalog) -> Instant? {
        let language = catalog.languageSymbol
        if known[language] == nil {
            known[language] = Array(repeating: .unasked, count: catalog.pageCount)
        }
        switch known[language]?[index] {
        case .at(let instant): return instant
        case .never, nil: return nil
        case .unasked:
            let found = own(PageFacts(catalog: catalog, page: catalog.page(at: index), rendering: rendering))
            known[language]?[index] = found.map { .at($0) } ?? .never
            return found
        }
    }

    private func own(_ facts: PageFacts) -> Instant? {
        (facts.dateValue(.updated) ?? facts.dateValue(.date))?.instant
    }
}
