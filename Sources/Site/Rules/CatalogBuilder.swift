import Engine
import Text

/// Puts the catalogue of one language together from its pages' structures: a pure function of what the rule
/// has read.
struct CatalogBuilder {
    /// What the configuration and the theme say; the rule reads it.
    struct Settings {
        var language: [UInt8]
        /// What stands before every path of this language: nothing, or `fr`.
        var urlPrefix: RelativePath
        /// Sections whose dated pages are posts; `nil` means all.
        var postSections: [RelativePath]?
        var taxonomies: [Classification]
        var pageSize: Int
        /// Whether the parts of long lists begin with the end of the list.
        var isOldestFirst = false
        /// Whether the template of a list page asks for a paginator.
        var paginates:
            (_ kind: PageKind, _ folder: RelativePath, _ taxonomy: [UInt8], _ template: [UInt8]?) -> Bool
        var hasArchive: Bool
        var hasNotFound: Bool
        /// Where a page lives: its URL and output.
        var route: (_ source: ContentTree.Source?, _ structure: PageStructure, _ path: RelativePath) -> Route
    }

    struct Classification {
        var name: [UInt8]
        /// The folder of its pages, relative to the language's root.
        var path: RelativePath
        var isHierarchical: Bool
        var pageSize: Int?
        var hasFeeds: Bool
        /// Terms of fewer pages than this are thin.
        var thin = 0
        var slug: ([UInt8]) -> [UInt8]
    }

    /// One page that is to be published.
    struct Entry {
        let source: ContentTree.Source
        let structure: PageStructure
        /// The title, if the section sorts by it.
        var title: [UInt8]?
    }

    let settings: Settings
    /// A term in two spellings, with the sources of a page that has the second and of one that has the first.
    typealias TermSpelling = (
        taxonomy: [UInt8], name: [UInt8], other: [UInt8], source: RelativePath, first: RelativePath?
    )

    private(set) var spellings: [TermSpelling] = []
    private var pages: [CatalogPage] = []
    private var sections: [CatalogSection] = []
    private var sectionByFolder: [RelativePath: Int32] = [:]
    private var lists: [Symbol: [Int32]] = [:]
    private var taxonomies: [CatalogTaxonomy] = []

    init(settings: Settings) {
        self.settings = settings
    }

    /// Builds the catalogue.
    ///
    /// - Parameters:
    ///   - entries: the pages, sorted by path; `_index.md` files among them.
    ///   - skipped: what was left out.
    /// - Returns: the catalogue.
    mutating func build(_ entries: [Entry], skipped: [SkippedPage]) -> Catalog {
        var sectionEntries: [RelativePath: Entry] = [:]
        var pageEntries: [Entry] = []
        for entry in entries {
            if entry.source.role == .section {
                sectionEntries[entry.source.folder] = entry
            } else {
                pageEntries.append(entry)
            }
        }
        let termFolders = takeTermEntries(&sectionEntries)
        let folders = sectionFolders(pageEntries, sectionEntries)
        let terms = collectTerms(pageEntries, termFolders)

        // Files first, in the order of their paths; sections, terms and the rest have invented names.
        var entryStructures: [PageStructure] = []
        for (index, folder) in folders.enumerated() { sectionByFolder[folder] = Int32(index) }
        for entry in pageEntries {
            let section = nearestSection(entry.source.folder)
            let route = settings.route(entry.source, entry.structure, entry.source.folder)
            let isPost = entry.structure.date != nil && hasPosts(folders[Int(section)])
            pages.append(
                CatalogPage(
                    id: PageID(language: settings.language, source: entry.source.path), kind: .page,
                    source: Symbol(entry.source.path.bytes), section: section, url: route.url,
                    output: route.output, date: entry.structure.date, isPost: isPost,
                    isListed: entry.structure.isListed
                        && route.output != settings.urlPrefix.appending("404.html"),
                    isRendered: entry.structure.isRendered, isDraft: entry.structure.isDraft,
                    isInSitemap: entry.structure.isInSitemap, redirect: entry.structure.redirectTo,
                    aliases: route.aliases, terms: terms.indices(of: entry.structure),
                    sectionFolder: folders[Int(section)]))
            entryStructures.append(entry.structure)
        }
        addSections(folders, sectionEntries, weighted: weightedSections(entryStructures))
        listPages(entryStructures, pageEntries, sectionEntries)
        addTaxonomies(terms, termFolders)
        addSingles()
        for page in pages where page.partsList != page.list {
            lists[page.partsList] = lists[page.list]?.reversed()
        }
        lists[CatalogName.sitemap] = pages.indices.filter { pages[$0].isInSitemap }
            .sorted { pages[$0].url.lexicographicallyPrecedes(pages[$1].url) }.map { Int32($0) }
        return Catalog(
            language: settings.language, pages: pages, lists: lists, taxonomies: taxonomies,
            sections: sections, skipped: skipped)
    }

    // MARK: Sections

    /// The folders that are sections: the root, each top folder, and deeper ones that have an `_index.md`.
    private func sectionFolders(_ entries: [Entry], _ sectionEntries: [RelativePath: Entry]) -> [RelativePath]
    {
        var folders: Set<RelativePath> = [.root]
        for folder in sectionEntries.keys {
            folders.insert(folder)
            if let top = folder.components.first { folders.insert(RelativePath(unchecked: Array(top))) }
        }
        for entry in entries {
            if let top = entry.source.folder.components.first {
                folders.insert(RelativePath(unchecked: Array(top)))
            }
        }
        return folders.sorted()
    }

    private func nearestSection(_ folder: RelativePath) -> Int32 {
        var candidate = folder
        while true {
            if let index = sectionByFolder[candidate] { return index }
            if candidate.isRoot { return 0 }
            candidate = candidate.parent
        }
    }

    private func hasPosts(_ folder: RelativePath) -> Bool {
        guard let named = settings.postSections else { return true }
        return named.contains { folder.isInside($0) && (!$0.isRoot || folder.isRoot) }
    }

    /// The sections in which a post has a weight.
    private func weightedSections(_ structures: [PageStructure]) -> Set<Int32> {
        Set(
            structures.indices.filter {
                structures[$0].weight != 0 && pages[$0].isPost && pages[$0].isListed && pages[$0].isRendered
            }.map { pages[$0].section })
    }

    /// Whether a section's posts stand in the order of their dates.
    private func isByDate(_ order: [UInt8]?, isWeighted: Bool) -> Bool {
        switch order.map({ String(decoding: $0, as: UTF8.self) }) {
        case "title", "path", "slug": false
        case "date", "publish_date", "update_date": true
        default: !isWeighted
        }
    }

    private mutating func addSections(
        _ folders: [RelativePath], _ entries: [RelativePath: Entry], weighted: Set<Int32>
    ) {
        let withPosts = Set(pages.filter { $0.isPost && $0.isListed && $0.isRendered }.map(\.section))
        for folder in folders {
            let entry = entries[folder]
            let structure = entry?.structure ?? PageStructure()
            let kind: PageKind = folder.isRoot ? .home : .section
            let route = settings.route(entry?.source, structure, folder)
            let index = Int32(sections.count)
            let list = folder.isRoot ? CatalogName.posts : CatalogName.section(folder)
            let size = structure.paginateBy ?? settings.pageSize
            let paginates = settings.paginates(kind, folder, [], structure.template)
            pages.append(
                CatalogPage(
                    id: kind == .home
                        ? PageID(language: settings.language, invented: "home")
                        : PageID(language: settings.language, invented: "section", folder.bytes),
                    kind: kind, source: entry.map { Symbol($0.source.path.bytes) }, section: index,
                    url: route.url, output: route.output, date: structure.date,
                    isListed: structure.isListed, isRendered: structure.isRendered,
                    isDraft: structure.isDraft, isInSitemap: structure.isInSitemap,
                    redirect: structure.redirectTo, aliases: route.aliases,
                    pageSize: paginates ? Int32(clamping: max(0, size)) : 0, list: list,
                    partsList: partsList(list),
                    listsPosts: folder.isRoot ? !withPosts.isEmpty : withPosts.contains(index),
                    sectionFolder: folder.isRoot ? folder : folders[Int(nearestSection(folder.parent))]))
            sections.append(
                CatalogSection(
                    folder: folder, page: Int32(pages.count - 1),
                    parent: folder.isRoot ? -1 : nearestSection(folder.parent), hasPosts: hasPosts(folder),
                    isByDate: isByDate(structure.sortBy, isWeighted: weighted.contains(index))))
        }
        for section in sections where section.parent >= 0 {
            lists[CatalogName.subsections(sections[Int(section.parent)].folder), default: []].append(
                section.page)
        }
    }

    // MARK: Lists

    private mutating func listPages(
        _ structures: [PageStructure], _ entries: [Entry], _ sectionEntries: [RelativePath: Entry]
    ) {
        let listed = (0..<entries.count).filter { pages[$0].isListed && pages[$0].isRendered }
        let byDate = listed.sorted { newestFirst($0, $1) }
        lists[CatalogName.posts] = byDate.filter { pages[$0].isPost }.map { Int32($0) }
        lists[CatalogName.pages] = listed.map { Int32($0) }
        var members = [[Int]](repeating: [], count: sections.count)
        for page in listed {
            var section = Int(pages[page].section)
            members[section].append(page)
            // Pages of a transparent section are listed by the section around it as well (Zola's meaning).
            while sections[section].parent >= 0,
                sectionEntries[sections[section].folder]?.structure.isTransparent == true
            {
                section = Int(sections[section].parent)
                members[section].append(page)
            }
        }
        for (index, section) in sections.enumerated() {
            let order = sectionEntries[section.folder]?.structure.sortBy
            let sorted = members[index].sorted { left, right in
                switch order.map({ String(decoding: $0, as: UTF8.self) }) {
                case "title":
                    let a = entries[left].title ?? []
                    let b = entries[right].title ?? []
                    if a != b { return a.lexicographicallyPrecedes(b) }
                    return entries[left].source.path < entries[right].source.path
                case "path", "slug":
                    return entries[left].source.path < entries[right].source.path
                case "date", "publish_date", "update_date": return newestFirst(left, right)
                default:
                    // Hugo's default order: weight with 0 last, then newest first, then path.
                    let a = structures[left].weight == 0 ? Int.max : structures[left].weight
                    let b = structures[right].weight == 0 ? Int.max : structures[right].weight
                    if a != b { return a < b }
                    return newestFirst(left, right)
                }
            }
            lists[CatalogName.section(section.folder)] = sorted.map { Int32($0) }
            if index == 0 {
                lists[CatalogName.topPages] = sorted.filter { pages[$0].date == nil }.map { Int32($0) }
            }
        }
        var series: [[UInt8]: [Int]] = [:]
        for page in listed {
            if let name = structures[page].series { series[name, default: []].append(page) }
        }
        for (name, members) in series {
            lists[CatalogName.series(name)] = members.sorted { newestFirst($1, $0) }.map { Int32($0) }
        }
    }

    /// Newest first, undated last, then by path: a total order.
    private func newestFirst(_ left: Int, _ right: Int) -> Bool {
        switch (pages[left].date, pages[right].date) {
        case (.some(let a), .some(let b)) where a != b: return a > b
        case (.some, nil): return true
        case (nil, .some): return false
        default: return left < right
        }
    }

    // MARK: Taxonomies

    /// The `_index.md` files that describe a taxonomy or a term rather than a section.
    private func takeTermEntries(_ entries: inout [RelativePath: Entry]) -> [RelativePath: Entry] {
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

    private mutating func collectTerms(_ entries: [Entry], _ termEntries: [RelativePath: Entry])
        -> TermCollection
    {
        var collection = TermCollection(taxonomies: settings.taxonomies)
        for (index, entry) in entries.enumerated() {
            let counts = entry.structure.isListed && entry.structure.isRendered
            collection.add(entry.structure, page: index, counts: counts)
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

    private mutating func addTaxonomies(_ terms: TermCollection, _ entries: [RelativePath: Entry]) {
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
                    .term, invented: "term", taxonomy.name + [UInt8(ascii: "/")] + term.slug, path: path,
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
        lists[CatalogName.taxonomies] = taxonomies.filter { $0.page >= 0 }.map(\.page)
    }

    private mutating func addListPage(
        _ kind: PageKind, invented: String, _ argument: [UInt8], path: RelativePath, entry: Entry?,
        taxonomy: Int, term: Int, list: Symbol, size: Int, isThin: Bool = false, label: [UInt8] = []
    ) -> Int32 {
        let structure = entry?.structure ?? PageStructure()
        let route = settings.route(entry?.source, structure, path)
        pages.append(
            CatalogPage(
                id: PageID(language: settings.language, invented: invented, argument), kind: kind,
                source: entry.map { Symbol($0.source.path.bytes) }, section: 0, url: route.url,
                output: route.output, isListed: structure.isListed, isRendered: structure.isRendered,
                isDraft: structure.isDraft, isInSitemap: structure.isInSitemap,
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
    private func partsList(_ list: Symbol) -> Symbol {
        settings.isOldestFirst ? CatalogName.fromItsEnd(list) : list
    }

    // MARK: The rest

    /// The archive and the page for what is not found, when the theme has templates for them.
    private mutating func addSingles() {
        var taken = Set(pages.map(\.output))
        if settings.hasArchive, !(lists[CatalogName.posts] ?? []).isEmpty {
            let route = settings.route(nil, PageStructure(), RelativePath(unchecked: Array("archive".utf8)))
            if taken.insert(route.output).inserted {
                pages.append(
                    CatalogPage(
                        id: PageID(language: settings.language, invented: "archive"), kind: .archive,
                        source: nil,
                        section: 0, url: route.url, output: route.output, list: CatalogName.posts))
            }
        }
        if settings.hasNotFound {
            let output = settings.urlPrefix.appending("404.html")
            if taken.insert(output).inserted {
                pages.append(
                    CatalogPage(
                        id: PageID(language: settings.language, invented: "404"), kind: .notFound,
                        source: nil,
                        section: 0, url: [UInt8(ascii: "/")] + output.bytes, output: output, isListed: false))
            }
        }
    }
}

/// Where a page lives.
struct Route: Sendable {
    var url: [UInt8]
    var output: RelativePath
    var aliases: [RelativePath] = []
    /// Aliases that stand for many addresses; no page can be written for them.
    var patterns: [[UInt8]] = []
}
