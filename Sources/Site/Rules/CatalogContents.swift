import Engine
import Text

/// What is in a catalogue: for the rules that make one or read all of it. Others go through ``Rendering``, part by part.
struct CatalogContents: Sendable {
    /// The language's code.
    let language: [UInt8]
    /// All pages, first those of files in the order of their paths, then the invented ones.
    let pages: [CatalogPage]
    /// All lists by name.
    let lists: [Symbol: [Int32]]
    /// Taxonomies in the order of the configuration.
    let taxonomies: [CatalogTaxonomy]
    /// Sections, parents before children.
    let sections: [CatalogSection]
    /// What is left out of the build and why, by path.
    let skipped: [SkippedPage]
    /// The folders of sections that are left out, with all that is in them; from the root of the language's content.
    let hidden: [RelativePath]
    /// Index of a page by its id.
    let indexByID: [Symbol: Int32]
    /// Index of a page by its source.
    let indexBySource: [Symbol: Int32]
    /// Index of a page by its URL, and by its aliases.
    let indexByURL: [Symbol: Int32]
    /// Index of a page by its source in composed form, where that is not ASCII.
    private let indexByComposedSource: [Symbol: Int32]
    /// Index of a page by its source with the language as the site writes it, where the file's name writes it otherwise.
    private let indexByWrittenLanguage: [Symbol: Int32]

    init(
        language: [UInt8], pages: [CatalogPage], lists: [Symbol: [Int32]], taxonomies: [CatalogTaxonomy],
        sections: [CatalogSection], skipped: [SkippedPage], hidden: [RelativePath] = []
    ) {
        self.language = language
        self.pages = pages
        self.lists = lists
        self.taxonomies = taxonomies
        self.sections = sections
        self.skipped = skipped
        self.hidden = hidden
        var byID: [Symbol: Int32] = [:]
        var bySource: [Symbol: Int32] = [:]
        var byComposedSource: [Symbol: Int32] = [:]
        var byWrittenLanguage: [Symbol: Int32] = [:]
        var byURL: [Symbol: Int32] = [:]
        byID.reserveCapacity(pages.count)
        bySource.reserveCapacity(pages.count)
        byURL.reserveCapacity(pages.count)
        for (index, page) in pages.enumerated() {
            byID[page.id.symbol] = Int32(index)
            if let source = page.unrecorded.source {
                bySource[source] = Int32(index)
                let bytes = source.bytes
                if let other = Self.withLanguage(language, asIn: bytes), byWrittenLanguage[other] == nil {
                    byWrittenLanguage[other] = Int32(index)
                }
                if bytes.contains(where: { $0 > 0x7F }) {
                    let composed = Symbol(Normalization.composed(bytes))
                    if byComposedSource[composed] == nil { byComposedSource[composed] = Int32(index) }
                }
            }
            let address = page.unrecorded.urlSymbol
            if byURL[address] == nil { byURL[address] = Int32(index) }
        }
        // Old addresses lead to their pages as well; a page of today wins over an alias of the same address.
        for (index, page) in pages.enumerated() {
            for address in page.unrecorded.aliasAddresses {
                if byURL[address] == nil { byURL[address] = Int32(index) }
            }
        }
        indexByID = byID
        indexBySource = bySource
        indexByComposedSource = byComposedSource
        indexByWrittenLanguage = byWrittenLanguage
        indexByURL = byURL
    }

    /// Pages by their sources in composed form, and with the language as the site writes it: only those that differ.
    var otherSpellings: [[Symbol: Int32]] { [indexByComposedSource, indexByWrittenLanguage] }

    /// What is said of a page: whoever has all of it has read that.
    @inline(__always)
    func entry(of page: CatalogPage) -> CatalogPage.Entry { page.unrecorded }

    /// How a page shows what it lists.
    func listing(of page: CatalogPage) -> CatalogPage.Listing { page.unrecordedListing }

    /// When a page is dated.
    func date(of page: CatalogPage) -> Int64? { page.unrecordedDate }

    /// The page of an id.
    func page(_ id: PageID) -> CatalogPage? {
        indexByID[id.symbol].map { pages[Int($0)] }
    }

    /// The ordered pages of a list; empty when there is no such list.
    func list(_ name: Symbol) -> [Int32] {
        lists[name] ?? []
    }

    /// How many numbered parts a page has; 1 of what is no list or not cut.
    func partCount(of page: CatalogPage) -> Int {
        let listing = page.unrecordedListing
        if listing.pageSize <= 0 { return 1 }
        return Pagination.parts(count: list(listing.partsList).count, size: Int(listing.pageSize))
    }

    /// Index of the page that a reference names: by the path of its source, else by what is the same to a reader.
    func index(ofReference path: [UInt8]) -> Int32? {
        if let index = indexBySource[Symbol(path)] { return index }
        if !indexByWrittenLanguage.isEmpty, let index = indexByWrittenLanguage[Symbol(path)] { return index }
        if indexByComposedSource.isEmpty || path.allSatisfy({ $0 < 0x80 }) { return nil }
        return indexByComposedSource[Symbol(Normalization.composed(path))]
    }

    /// The path of a source with its language as the site writes it: `about.pt-BR.md` of `about.pt-br.md`; `nil` where the
    /// name has no language or has it so.
    private static func withLanguage(_ code: [UInt8], asIn source: [UInt8]) -> Symbol? {
        guard let dot = source.lastIndex(of: UInt8(ascii: ".")), dot > code.count,
            source[dot - code.count - 1] == UInt8(ascii: ".")
        else { return nil }
        let written = source[(dot - code.count)..<dot]
        guard !written.elementsEqual(code), SiteLanguages.isSame(code, written) else { return nil }
        return Symbol(source[..<(dot - code.count)] + code + source[dot...])
    }

    /// What stands for the folders of sections that are left out.
    var hiddenFingerprint: Fingerprint { Self.fingerprint(ofHidden: hidden) }

    static func fingerprint(ofHidden folders: [RelativePath]) -> Fingerprint {
        var builder = FingerprintBuilder()
        for folder in folders { builder.combine(folder.bytes) }
        return builder.finish()
    }

    /// What stands for all of it.
    var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        func combine(_ instant: Int64?) {
            builder.combine(instant != nil)
            builder.combine(UInt64(bitPattern: instant ?? 0))
        }
        for page in pages {
            builder.combine(page.fingerprint)
            builder.combine(page.listingFingerprint)
            combine(page.unrecordedDate)
        }
        for section in sections { builder.combine(section.fingerprint) }
        for taxonomy in taxonomies { builder.combine(taxonomy.fingerprint) }
        for (name, list) in lists.map({ ($0.key.bytes, $0.value) })
            .sorted(by: { $0.0.lexicographicallyPrecedes($1.0) })
        {
            builder.combine(name)
            for index in list { builder.combine(UInt64(index)) }
        }
        for page in skipped {
            builder.combine(page.path.bytes)
            builder.combine(page.reason.rawValue)
            combine(page.until)
        }
        builder.combine(hiddenFingerprint)
        return builder.finish()
    }
}
