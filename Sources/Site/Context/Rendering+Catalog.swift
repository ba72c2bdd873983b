import Engine
import Templates
import Text

/// Readings of a catalogue: each writes the edge of what it gives down, and there is no other way to it for what renders.
///
/// Positions are those of pages in the catalogue. Which page one stands for was read with the list or the reference that
/// gave it, so it may be turned into a page or a view for nothing.
extension Rendering {
    /// What is said of a page: its address, whether it is listed, what it lists.
    @inline(__always)
    func entry(of page: CatalogPage, in catalog: Catalog) -> CatalogPage.Entry {
        note(catalog, page.id.symbol)
        return page.unrecorded
    }

    /// How a page shows what it lists.
    func listing(of page: CatalogPage, in catalog: Catalog) -> CatalogPage.Listing {
        note(catalog, CatalogName.listing(of: page.id.symbol))
        return page.unrecordedListing
    }

    /// The file that describes a page. That of a page made of one is in its name.
    @inline(__always)
    func source(of page: CatalogPage, in catalog: Catalog) -> Symbol? {
        if page.kind == .page { return page.unrecorded.source }
        return entry(of: page, in: catalog).source
    }

    /// All of it.
    func contents(of catalog: Catalog) -> CatalogContents {
        note(catalog, .empty)
        return catalog.unrecorded
    }

    // MARK: Which page

    /// Where the page of an id stands, if there is one.
    func position(of id: PageID, in catalog: Catalog) -> Int? {
        note(catalog, id.symbol)
        return catalog.unrecordedPosition(of: id.symbol)
    }

    /// The page that has an address or had it, with percent signs undone.
    func position(at address: [UInt8], in catalog: Catalog) -> Int? {
        note(catalog, CatalogName.url(address))
        return catalog.unrecordedPosition(at: Symbol(address))
    }

    /// The page of a source, or of what is the same to a reader.
    func position(ofReference path: RelativePath, in catalog: Catalog) -> Int? {
        note(catalog, CatalogName.reference(path))
        return catalog.unrecordedPosition(ofReference: path.bytes)
    }

    /// The pages whose source has a name, with or without its ending, in the order of their paths.
    func positions(called name: [UInt8], in catalog: Catalog) -> [Int32] {
        note(catalog, CatalogName.file(name))
        return catalog.unrecordedPages(called: Symbol(name))
    }

    // MARK: Lists

    /// The pages of a list, in order.
    func list(_ name: Symbol, in catalog: Catalog) -> ArraySlice<Int32> {
        note(catalog, name)
        return catalog.unrecordedList(name) ?? []
    }

    /// Those of a list that stand between two bounds, as far as it goes.
    func list(_ name: Symbol, _ bounds: Range<Int>, in catalog: Catalog) -> ArraySlice<Int32> {
        note(catalog, CatalogName.slice(of: name, bounds.lowerBound, bounds.upperBound))
        return catalog.unrecordedList(name, bounds) ?? []
    }

    /// How many pages a list has.
    func count(of list: Symbol, in catalog: Catalog) -> Int {
        note(catalog, CatalogName.count(of: list))
        return catalog.unrecordedCount(of: list) ?? 0
    }

    /// How many parts of a size a list makes, which stays the same under most edits that change how long it is.
    func partCount(of list: Symbol, size: Int, in catalog: Catalog) -> Int {
        note(catalog, CatalogName.parts(of: list, size: size))
        return Pagination.parts(count: catalog.unrecordedCount(of: list) ?? 0, size: size)
    }

    /// How many numbered parts a page has; 1 of what is no list or not cut.
    func partCount(of page: CatalogPage, in catalog: Catalog) -> Int {
        if !page.isList { return 1 }
        let listing = listing(of: page, in: catalog)
        if listing.pageSize <= 0 { return 1 }
        return partCount(of: listing.partsList, size: Int(listing.pageSize), in: catalog)
    }

    // MARK: Sections

    /// The folders of sections that are left out with all that is in them, from the root of the language's content.
    func hiddenFolders(in catalog: Catalog) -> [RelativePath] {
        note(catalog, CatalogName.hidden)
        return catalog.unrecordedHidden
    }

    /// The folder of the section that a page belongs to; a section belongs to itself.
    func sectionFolder(of page: CatalogPage, in catalog: Catalog) -> RelativePath {
        catalog.unrecordedSections[Int(entry(of: page, in: catalog).section)].folder
    }

    /// The page of that section.
    func sectionPosition(of page: CatalogPage, in catalog: Catalog) -> Int {
        Int(catalog.unrecordedSections[Int(entry(of: page, in: catalog).section)].page)
    }

    /// The page above: of a page its section, of a section the one around it, of a term the one above it or its taxonomy.
    func positionAbove(_ page: CatalogPage, in catalog: Catalog) -> Int? {
        let sections = catalog.unrecordedSections
        let entry = entry(of: page, in: catalog)
        switch page.kind {
        case .home: return nil
        case .section:
            let parent = sections[Int(entry.section)].parent
            return parent >= 0 ? Int(sections[Int(parent)].page) : nil
        case .term:
            let taxonomy = catalog.unrecordedTaxonomies[Int(entry.taxonomy)]
            let parent = taxonomy.unrecordedTerms[Int(entry.term)].unrecordedParent
            return Int(parent >= 0 ? taxonomy.unrecordedTerms[Int(parent)].page : taxonomy.unrecordedPage)
        default: return Int(sections[Int(entry.section)].page)
        }
    }

    // MARK: Taxonomies

    /// The taxonomies of the site, used or not.
    func taxonomies(in catalog: Catalog) -> [CatalogTaxonomy] {
        noteClassification()
        return catalog.unrecordedTaxonomies
    }

    /// The page of a taxonomy; one that nobody uses has none.
    func position(of taxonomy: CatalogTaxonomy, in catalog: Catalog) -> Int? {
        position(of: PageID(language: catalog.language, invented: "taxonomy", taxonomy.name), in: catalog)
    }

    /// The taxonomy that a term or the page of a taxonomy belongs to.
    func taxonomy(of page: CatalogPage, in catalog: Catalog) -> CatalogTaxonomy? {
        let index = entry(of: page, in: catalog).taxonomy
        return index >= 0 ? catalog.unrecordedTaxonomies[Int(index)] : nil
    }

    /// The name of the term that a page is about.
    func termTitle(of page: CatalogPage, in catalog: Catalog) -> StringValue {
        let entry = entry(of: page, in: catalog)
        guard entry.taxonomy >= 0, entry.term >= 0 else { return .empty }
        return catalog.unrecordedTitle(ofTerm: Int(entry.term), of: Int(entry.taxonomy))
    }

    /// The names of all terms of a taxonomy.
    func termNames(of taxonomy: [UInt8], in catalog: Catalog) -> [[UInt8]] {
        allTerms(of: taxonomy, in: catalog).map(\.unrecordedName)
    }

    /// The page of the term that has a name or a slug.
    func position(ofTerm name: [UInt8], of taxonomy: [UInt8], in catalog: Catalog) -> Int? {
        allTerms(of: taxonomy, in: catalog).first { $0.unrecordedName == name || $0.slug == name }.map {
            Int($0.page)
        }
    }

    private func allTerms(of taxonomy: [UInt8], in catalog: Catalog) -> [CatalogTerm] {
        noteClassification()
        note(catalog, CatalogName.termNames(taxonomy))
        return catalog.unrecordedTaxonomies.first { $0.name == taxonomy }?.unrecordedTerms ?? []
    }

    /// Whether a page bears a term of a taxonomy, which is named by its position among them.
    func bearsTerms(_ page: CatalogPage, of taxonomy: Int, in catalog: Catalog) -> Bool {
        !termIndices(of: page, taxonomy, in: catalog).isEmpty
    }

    /// The terms of a taxonomy that a page bears, in the order written.
    func terms(of page: CatalogPage, _ taxonomy: Int, in catalog: Catalog) -> [CatalogTerm] {
        let known = catalog.unrecordedTaxonomies[taxonomy].unrecordedTerms
        return termIndices(of: page, taxonomy, in: catalog).map { known[Int($0)] }
    }

    /// Which words its head has, and which terms these words mean.
    private func termIndices(of page: CatalogPage, _ taxonomy: Int, in catalog: Catalog) -> [Int32] {
        guard let source = source(of: page, in: catalog) else { return [] }
        noteClassification()
        pulledMeta(source).record(catalog.unrecordedTermsProjection(of: taxonomy))
        // The terms of a page that counts for nothing are there only if another page has them.
        let entry = entry(of: page, in: catalog)
        if !entry.isListed || !entry.isRendered {
            note(catalog, CatalogName.terms(catalog.unrecordedTaxonomies[taxonomy].name))
        }
        return taxonomy < page.unrecordedTerms.count ? page.unrecordedTerms[taxonomy] : []
    }

    /// The names of the terms of a page.
    func termNames(of page: CatalogPage, _ taxonomy: Int, in catalog: Catalog) -> [[UInt8]] {
        terms(of: page, taxonomy, in: catalog).map { term in
            note(catalog, catalog.page(at: Int(term.page)).id.symbol)
            return term.unrecordedName
        }
    }
}
