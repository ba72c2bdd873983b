import Engine
import Text

/// Taxonomies, their terms, and the page of each.
extension CatalogBuilder {
    /// The `_index.md` files that describe a taxonomy or a term rather than a section.
    func takeTermEntries(_ entries: inout [RelativePath: Entry]) -> [RelativePath: Entry] {
        // By the path in composed form, as slugs are.
        var taken: [RelativePath: Entry] = [:]
        for taxonomy in settings.taxonomies {
            for folder in entries.keys.filter({ $0.isInside(taxonomy.path) }).sorted() {
                let entry = entries.removeValue(forKey: folder)
                if taken[folder.composed] == nil { taken[folder.composed] = entry }
            }
        }
        return taken
    }

    mutating func collectTerms(_ entries: [Entry], _ termEntries: [RelativePath: Entry])
        -> TermCollection
    {
        var collection = TermCollection(taxonomies: settings.taxonomies)
        for entry in entries {
            collection.add(entry.structure, counts: entry.structure.isListed && entry.structure.isRendered)
        }
        collection.finish()
        spellings = collection.spellings.map { found in
            let first = collection.terms[found.taxonomy].first { $0.name == found.name }?.members.first
            return (
                settings.taxonomies[found.taxonomy].name, found.name, found.other,
                entries[found.page].source.path, first.map { entries[$0].source.path }
            )
        }
        return collection
    }

    mutating func addTaxonomies(_ terms: TermCollection, _ entries: [RelativePath: Entry]) {
        for (index, taxonomy) in settings.taxonomies.enumerated() {
            let collected = terms.terms[index]
            // A taxonomy that nobody uses has no page, unless somebody wrote one for it.
            if collected.isEmpty && entries[taxonomy.path] == nil {
                taxonomies.append(CatalogTaxonomy(name: taxonomy.name, page: -1, terms: []))
                continue
            }
            let page = addListPage(
                .taxonomy, invented: "taxonomy", taxonomy.name, path: taxonomy.path,
                entry: entries[taxonomy.path],
                taxonomy: index, term: -1, list: CatalogName.terms(taxonomy.name), size: 0)
            var listed: [CatalogTerm] = []
            for (termIndex, term) in collected.enumerated() {
                let path = taxonomy.path.appending(term.slug)
                let list = CatalogName.term(taxonomy.name, term.slug)
                let above = term.parent >= 0 ? collected[Int(term.parent)].slug : []
                let termPage = addListPage(
                    .term, invented: "term", CatalogName.termName(taxonomy.name, term.slug), path: path,
                    entry: entries[path], taxonomy: index, term: termIndex, list: list,
                    size: taxonomy.pageSize ?? settings.pageSize, isThin: term.members.count < taxonomy.thin,
                    label: term.name + [0] + above)
                listed.append(
                    CatalogTerm(name: term.name, slug: term.slug, page: termPage, parent: term.parent))
                lists[list] = term.members.sorted { newestFirst($0, $1) }.map { Int32($0) }
            }
            lists[CatalogName.terms(taxonomy.name)] = listed.map(\.page)
            taxonomies.append(CatalogTaxonomy(name: taxonomy.name, page: page, terms: listed))
        }
    }

    private mutating func addListPage(
        _ kind: PageKind, invented: String, _ argument: [UInt8], path: RelativePath, entry: Entry?,
        taxonomy: Int, term: Int, list: Symbol, size: Int, isThin: Bool = false, label: [UInt8] = []
    ) -> Int32 {
        let structure = entry?.structure ?? .empty
        let route = settings.route(entry?.source, structure, path)
        let isReplaced: Bool
        if entry == nil, kind == .taxonomy {
            let name = String(decoding: argument, as: UTF8.self)
            isReplaced =
                noteReplacement(of: name, at: route.output, describedBy: path)
                || noteSection(insteadOf: name, at: route.output)
        } else {
            isReplaced = false
        }
        pages.append(
            CatalogPage(
                id: PageID(language: settings.language, invented: invented, argument), kind: kind,
                source: entry.map { Symbol($0.source.path.bytes) }, section: 0, url: route.url,
                output: route.output, isListed: structure.isListed, isRendered: structure.isRendered,
                isDraft: structure.isDraft, isInSitemap: structure.isInSitemap && !isReplaced,
                redirect: structure.redirectTo, aliases: route.aliases, taxonomy: Int32(taxonomy),
                term: Int32(term),
                pageSize: settings.paginates(
                    kind, .root, taxonomy >= 0 ? settings.taxonomies[taxonomy].name : [], structure.template)
                    ? Int32(clamping: max(0, structure.paginateBy ?? size)) : 0,
                list: list, partsList: partsList(list), isThin: isThin, listsPosts: kind == .term,
                hasFeeds: kind == .term && settings.taxonomies[taxonomy].hasFeeds, label: label))
        return Int32(pages.count - 1)
    }

    /// The list from which the parts of a list page are cut.
    func partsList(_ list: Symbol) -> Symbol {
        settings.isOldestFirst ? CatalogName.fromItsEnd(list) : list
    }
}
