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
        var route:
            (_ source: ContentTree.Source?, _ structure: SharedStructure, _ path: RelativePath) -> Route
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
        let structure: SharedStructure
        /// The title, if the section sorts by it.
        var title: [UInt8]?
    }

    let settings: Settings
    /// A term in two spellings, with the sources of a page that has the second and of one that has the first.
    typealias TermSpelling = (
        taxonomy: [UInt8], name: [UInt8], other: [UInt8], source: RelativePath, first: RelativePath?
    )

    var spellings: [TermSpelling] = []
    /// Pages that stand where a list would be, which they do not ask for: the page's source, what the list is of, and where a
    /// text for it would lie.
    var replacements: [(source: RelativePath, list: String, description: RelativePath?)] = []
    /// Taxonomies whose list would stand where a section stands, and the folder of that.
    var overtaken: [(taxonomy: String, section: RelativePath)] = []
    /// The pages of files by their outputs, and what their heads say; while the others are made.
    private var pagesByOutput: [RelativePath: Int] = [:]
    private var structures: [SharedStructure] = []
    private var sectionsByOutput: [RelativePath: RelativePath] = [:]
    var pages: [CatalogPage] = []
    var sections: [CatalogSection] = []
    var sectionByFolder: [RelativePath: Int32] = [:]
    var lists: [Symbol: [Int32]] = [:]
    var taxonomies: [CatalogTaxonomy] = []

    init(settings: Settings) {
        self.settings = settings
    }

    /// Builds the catalogue.
    ///
    /// - Parameters:
    ///   - entries: the pages, sorted by path; `_index.md` files among them.
    ///   - skipped: what was left out.
    ///   - hidden: the folders of sections that were.
    /// - Returns: the catalogue.
    mutating func build(_ entries: [Entry], skipped: [SkippedPage], hidden: [RelativePath]) -> Catalog {
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
        var entryStructures: [SharedStructure] = []
        for (index, folder) in folders.enumerated() { sectionByFolder[folder] = Int32(index) }
        let notFound = settings.urlPrefix.appending("404.html")
        // Neighbours lie in one folder.
        var last: (folder: RelativePath, section: Int32) = (.root, 0)
        pages.reserveCapacity(pageEntries.count)
        for (index, entry) in pageEntries.enumerated() {
            if entry.source.folder != last.folder {
                last = (entry.source.folder, nearestSection(entry.source.folder))
            }
            let section = last.section
            let route = settings.route(entry.source, entry.structure, entry.source.folder)
            let isPost = entry.structure.date != nil && hasPosts(folders[Int(section)])
            pages.append(
                CatalogPage(
                    id: PageID(language: settings.language, source: entry.source.path), kind: .page,
                    source: Symbol(entry.source.path.bytes), section: section, url: route.url,
                    output: route.output, date: entry.structure.date, isPost: isPost,
                    isListed: entry.structure.isListed
                        && route.output != notFound,
                    isRendered: entry.structure.isRendered, isDraft: entry.structure.isDraft,
                    isInSitemap: entry.structure.isInSitemap, redirect: entry.structure.redirectTo,
                    aliases: route.aliases, terms: terms.indices(of: index, entry.structure),
                    sectionFolder: folders[Int(section)]))
            entryStructures.append(entry.structure)
        }
        for (index, page) in pages.enumerated() { pagesByOutput[page.unrecorded.output] = index }
        addSections(folders, sectionEntries, weighted: weightedSections(entryStructures))
        for section in sections where pages[Int(section.page)].unrecorded.isRendered {
            sectionsByOutput[pages[Int(section.page)].unrecorded.output] = section.folder
        }
        listPages(entryStructures, pageEntries, sectionEntries)
        structures = entryStructures
        addTaxonomies(terms, termFolders)
        addSingles()
        pagesByOutput = [:]
        for page in pages where page.unrecordedListing.partsList != page.unrecorded.list {
            lists[page.unrecordedListing.partsList] = lists[page.unrecorded.list]?.reversed()
        }
        lists[CatalogName.sitemap] = pages.indices.filter { pages[$0].unrecordedIsInSitemap }
            .sorted { pages[$0].unrecorded.url.lexicographicallyPrecedes(pages[$1].unrecorded.url) }.map {
                Int32($0)
            }
        return Catalog(
            CatalogContents(
                language: settings.language, pages: pages, lists: lists, taxonomies: taxonomies,
                sections: sections, skipped: skipped, hidden: hidden))
    }

    /// Notes that a section stands where the list of a taxonomy would be.
    ///
    /// - Returns: whether there is one.
    mutating func noteSection(insteadOf taxonomy: String, at output: RelativePath) -> Bool {
        guard let section = sectionsByOutput[output] else { return false }
        overtaken.append((taxonomy, section))
        return true
    }

    /// Notes that the page of a file stands where a list would be. One that names its template shows what it wants.
    ///
    /// - Returns: whether there is such a page.
    @discardableResult
    mutating func noteReplacement(
        of list: String, at output: RelativePath, describedBy description: RelativePath?
    ) -> Bool {
        guard let index = pagesByOutput[output], let source = pages[index].unrecorded.source,
            pages[index].unrecorded.isRendered
        else { return false }
        if structures[index].template == nil {
            replacements.append((RelativePath(unchecked: source.bytes), list, description))
        }
        return true
    }

    /// The archive and the page for what is not found, when the theme has templates for them.
    private mutating func addSingles() {
        var taken = Set(pages.map(\.unrecorded.output))
        if settings.hasArchive, !(lists[CatalogName.posts] ?? []).isEmpty {
            let route = settings.route(nil, .empty, RelativePath(unchecked: Array("archive".utf8)))
            noteReplacement(of: "all posts", at: route.output, describedBy: nil)
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
