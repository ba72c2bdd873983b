import Engine
import Templates
import Text

/// Other pages, seen from one.
extension PageFacts {
    /// Other pages.
    func relation(_ attribute: PageAttribute) -> Value? {
        switch attribute {
        case .section:
            rendering.note(catalog, page.id.symbol)
            return catalog.pageValues[Int(catalog.sections[Int(page.section)].page)]
        case .parent: return parentIndex.map { catalog.pageValues[$0] } ?? Value.none
        case .ancestors: return .items(ancestors.map { catalog.pageValues[$0] })
        case .sections:
            rendering.note(catalog, page.id.symbol)
            return .object(
                PageCollection(
                    catalog: catalog,
                    list: CatalogName.subsections(catalog.sections[Int(page.section)].folder)))
        case .pages, .posts:
            switch page.kind {
            case .home:
                return .object(
                    PageCollection(
                        catalog: catalog, list: attribute == .pages ? CatalogName.pages : CatalogName.posts))
            case .section where attribute == .posts:
                return .object(
                    PageCollection(
                        catalog: catalog,
                        list: CatalogName.postsOfSection(catalog.sections[Int(page.section)].folder)))
            case .section, .term, .taxonomy, .archive:
                return .object(PageCollection(catalog: catalog, list: page.list))
            default: return nil
            }
        case .count: return .int(PageCollection(catalog: catalog, list: page.list).count(rendering))
        case .taxonomy:
            guard page.taxonomy >= 0 else { return nil }
            let own = catalog.taxonomies[Int(page.taxonomy)].page
            return own >= 0 ? catalog.pageValues[Int(own)] : nil
        case .next: return neighbour { $0.next }
        case .previous: return neighbour { $0.previous }
        case .series:
            guard let source = page.source, let name = rendering.meta(source, PageMeta.series) else {
                return Value.none
            }
            return .object(PageCollection(catalog: catalog, list: CatalogName.series(name)))
        case .related: return related
        case .backlinks: return backlinks
        case .translations: return translations
        default: return nil
        }
    }

    /// The page above: of a page its section, of a section the one around it, of a term its taxonomy.
    private var parentIndex: Int? {
        rendering.note(catalog, page.id.symbol)
        switch page.kind {
        case .home: return nil
        case .section:
            let parent = catalog.sections[Int(page.section)].parent
            return parent >= 0 ? Int(catalog.sections[Int(parent)].page) : nil
        case .term:
            let taxonomy = catalog.taxonomies[Int(page.taxonomy)]
            let parent = taxonomy.terms[Int(page.term)].parent
            return parent >= 0 ? Int(taxonomy.terms[Int(parent)].page) : Int(taxonomy.page)
        default: return Int(catalog.sections[Int(page.section)].page)
        }
    }

    /// The pages above, from the home page down.
    var ancestors: [Int] {
        var chain: [Int] = []
        var current = PageFacts(catalog: catalog, page: page, rendering: rendering)
        while let above = current.parentIndex, chain.count < 64 {
            chain.append(above)
            current = PageFacts(catalog: catalog, page: catalog.pages[above], rendering: rendering)
        }
        return chain.reversed()
    }

    /// The page before or after; `index` is of either.
    private func neighbour(_ index: (Neighbours.Pair) -> Int32) -> Value {
        let index = index(
            rendering.context.read(NeighboursRule.self, catalog.languageSymbol, Neighbours.of(page.id)))
        return index >= 0 ? catalog.pageValues[Int(index)] : .none
    }

    private var related: Value {
        let ids = rendering.context.read(RelatedPagesRule.self, page.id.symbol, RelatedPages.all)
        return .items(ids.compactMap { catalog.indexByID[$0] }.map { catalog.pageValues[Int($0)] })
    }

    private var backlinks: Value {
        let ids = rendering.context.read(BacklinksRule.self, catalog.languageSymbol, Backlinks.of(page.id))
        return .items(ids.compactMap { catalog.indexByID[$0] }.map { catalog.pageValues[Int($0)] })
    }

    /// The same page in other languages: by the same path under the other language's content folder.
    private var translations: Value {
        .items(
            Translations.of(page, in: catalog, rendering: rendering).map { $0.catalog.pageValues[$0.index] })
    }
}
