import Engine
import Templates
import Text

/// Other pages, seen from one.
extension PageFacts {
    /// Other pages.
    func relation(_ attribute: PageAttribute) -> Value? {
        switch attribute {
        case .section: return catalog.view(at: rendering.sectionPosition(of: page, in: catalog))
        case .parent:
            return rendering.positionAbove(page, in: catalog).map { catalog.view(at: $0) } ?? Value.none
        case .ancestors: return .items(ancestors.map { catalog.view(at: $0) })
        case .sections:
            return .object(
                PageCollection(
                    catalog: catalog,
                    list: CatalogName.subsections(rendering.sectionFolder(of: page, in: catalog))))
        case .children:
            guard page.kind == .home || page.kind == .section else { return nil }
            let folder = rendering.sectionFolder(of: page, in: catalog)
            let hasSections = rendering.count(of: CatalogName.subsections(folder), in: catalog) > 0
            return .object(
                PageCollection(
                    catalog: catalog,
                    list: hasSections ? CatalogName.children(folder) : CatalogName.section(folder)))
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
                        list: CatalogName.postsOfSection(rendering.sectionFolder(of: page, in: catalog))))
            case .section, .term, .taxonomy, .archive:
                return .object(PageCollection(catalog: catalog, list: entry.list))
            default: return nil
            }
        case .count: return .int(PageCollection(catalog: catalog, list: entry.list).count(rendering))
        case .taxonomy:
            return rendering.taxonomy(of: page, in: catalog).map {
                .object(TaxonomyView(catalog: catalog, taxonomy: $0))
            }
        case .next: return neighbour { $0.next }
        case .previous: return neighbour { $0.previous }
        case .series:
            guard let source, let name = rendering.meta(source, PageMeta.series) else {
                return Value.none
            }
            return .object(PageCollection(catalog: catalog, list: CatalogName.series(name)))
        case .related: return related
        case .backlinks: return backlinks
        case .translations: return translations
        default: return nil
        }
    }

    /// The pages above, from the home page down.
    var ancestors: [Int] {
        var chain: [Int] = []
        var current = page
        while let above = rendering.positionAbove(current, in: catalog), chain.count < 64 {
            chain.append(above)
            current = catalog.page(at: above)
        }
        return chain.reversed()
    }

    /// The page before or after; `index` is of either.
    private func neighbour(_ index: (Neighbours.Pair) -> Int32) -> Value {
        let index = index(
            rendering.context.read(NeighboursRule.self, catalog.languageSymbol, Neighbours.of(page.id)))
        return index >= 0 ? catalog.view(at: Int(index)) : .none
    }

    private var related: Value {
        views(rendering.context.read(RelatedPagesRule.self, page.id.symbol, RelatedPages.all))
    }

    private var backlinks: Value {
        views(rendering.context.read(BacklinksRule.self, catalog.languageSymbol, Backlinks.of(page.id)))
    }

    /// The pages of ids that another rule gave, which took them out of the catalogue.
    private func views(_ ids: [Symbol]) -> Value { .items(catalog.views(of: ids[...])) }

    /// The same page in other languages: by the same path under the other language's content folder.
    private var translations: Value {
        .items(
            Translations.of(page, in: catalog, rendering: rendering).map { $0.catalog.view(at: $0.index) })
    }
}
