import Engine
import Text

/// A catalogue as it lies in the store, of which single parts are read: a build after an edit of one text asks for one page of
/// 100,000, and would spend a fifth of its time on making the others.
///
///     language | fingerprint | taxonomies | sections | skipped | folders of hidden sections | sources of other spelling, twice
///     names and lengths of the lists | number of pages
///     where each page's record ends (words) | fingerprint of each id (16 bytes)
///     tables of pages by id, by source, by URL (``CatalogTable``)
///     the lists' positions, list after list (words) | records of the pages
///
/// in the words of ``Text/CompactWriter``. The store checks bytes before they come here, so a part that makes no sense is none of
/// ours; it is answered with nothing, and never traps.
struct StoredCatalog: Sendable {
    let language: [UInt8]
    let fingerprint: Fingerprint
    let taxonomies: [CatalogTaxonomy]
    let sections: [CatalogSection]
    let skipped: [SkippedPage]
    let hidden: [RelativePath]
    let pageCount: Int
    private let indexByComposedSource: [Symbol: Int32]
    private let indexByWrittenLanguage: [Symbol: Int32]
    private let listPlaces: [Symbol: Range<Int>]
    private let bytes: [UInt8]
    private let ends: Int
    private let ids: Int
    private let byID: CatalogTable
    private let bySource: CatalogTable
    private let byURL: CatalogTable
    private let listed: Int
    private let records: Int

    /// Reads what is small, and finds the rest; `nil` where the bytes are anything else.
    init?(_ source: Span<UInt8>) {
        bytes = unsafe source.withUnsafeBufferPointer { unsafe Array($0) }
        let size = bytes.count
        var reader = CompactReader(source)
        language = reader.bytes()
        fingerprint = reader.fingerprint()
        taxonomies = reader.list { CatalogTaxonomy(from: &$0) }
        sections = reader.list { CatalogSection(from: &$0) }
        skipped = reader.list { SkippedPage(from: &$0) }
        hidden = reader.list { RelativePath(unchecked: $0.bytes()) }
        let composed = reader.list { ($0.symbol(), Int32(clamping: $0.number())) }
        let written = reader.list { ($0.symbol(), Int32(clamping: $0.number())) }
        let lists = reader.list { ($0.symbol(), $0.number()) }
        pageCount = reader.number()
        guard pageCount <= reader.rest.count / 20 else { return nil }
        ends = size - reader.rest.count
        ids = ends + pageCount * 4
        reader.skip(pageCount * 20)
        guard let byID = CatalogTable(from: &reader, in: size),
            let bySource = CatalogTable(from: &reader, in: size),
            let byURL = CatalogTable(from: &reader, in: size)
        else { return nil }
        self.byID = byID
        self.bySource = bySource
        self.byURL = byURL
        listed = size - reader.rest.count
        var places: [Symbol: Range<Int>] = [:]
        places.reserveCapacity(lists.count)
        var total = 0
        for (name, count) in lists {
            let end = reader.sum(total, count)
            places[name] = total..<end
            total = end
        }
        guard total <= reader.rest.count / 4 else { return nil }
        reader.skip(total * 4)
        listPlaces = places
        records = size - reader.rest.count
        let end = pageCount > 0 ? Int(bytes.word(at: ends + (pageCount - 1) * 4)) : 0
        reader.skip(end)
        let count = pageCount
        indexByComposedSource = Dictionary(composed.filter { $0.1 < count }) { first, _ in first }
        indexByWrittenLanguage = Dictionary(written.filter { $0.1 < count }) { first, _ in first }
        guard reader.isAtEnd, pageCount == 0 || !sections.isEmpty else { return nil }
        let isSound =
            taxonomies.allSatisfy { taxonomy in
                taxonomy.unrecordedPage < count
                    && taxonomy.unrecordedTerms.allSatisfy {
                        $0.page >= 0 && $0.page < count
                            && Int($0.unrecordedParent) < taxonomy.unrecordedTerms.count
                    }
            }
            && sections.allSatisfy {
                $0.page >= 0 && $0.page < count && Int($0.parent) < sections.count
            }
        if !isSound { return nil }
    }

    /// The page at a position.
    func page(at position: Int) -> CatalogPage {
        let start = position == 0 ? 0 : Int(bytes.word(at: ends + (position - 1) * 4))
        let end = Int(bytes.word(at: ends + position * 4))
        if start <= end, records + end <= bytes.count {
            var reader = CompactReader(bytes.span.extracting((records + start)..<(records + end)))
            if let page = CatalogPage(from: &reader, idFingerprint: idFingerprint(at: position)),
                reader.isAtEnd, isSound(page)
            {
                return page
            }
        }
        return CatalogPage(
            id: PageID(symbol: .empty), kind: .page, source: nil, section: 0, url: [], output: .root,
            isListed: false, isRendered: false)
    }

    /// What stands for the id of the page at a position.
    func idFingerprint(at position: Int) -> Fingerprint {
        func word(_ index: Int) -> UInt64 { UInt64(bytes.word(at: ids + position * 16 + index * 4)) }
        return Fingerprint(low: word(0) | word(1) << 32, high: word(2) | word(3) << 32)
    }

    /// The candidates for the page of an id.
    func candidates(ofID id: Symbol) -> [Int] { sound(byID.candidates(of: Self.key(id.bytes), in: bytes)) }

    /// The candidates for the page of a source.
    func candidates(ofSource source: [UInt8]) -> [Int] {
        sound(bySource.candidates(of: Self.key(source), in: bytes))
    }

    /// The candidates for the page of an address, today's or an alias.
    func candidates(ofURL url: Symbol) -> [Int] {
        sound(byURL.candidates(of: Self.key(url.bytes), in: bytes))
    }

    /// The page of a source that is written otherwise and the same to a reader.
    func position(ofLikeSource path: [UInt8]) -> Int? {
        if let index = indexByWrittenLanguage[Symbol(path)] { return Int(index) }
        if indexByComposedSource.isEmpty || path.allSatisfy({ $0 < 0x80 }) { return nil }
        return indexByComposedSource[Symbol(Normalization.composed(path))].map { Int($0) }
    }

    /// How many pages a list has, or `nil` where there is none of that name.
    func count(of list: Symbol) -> Int? { listPlaces[list]?.count }

    /// The pages of a list that stand between two bounds, or `nil` where there is none of that name.
    func list(_ name: Symbol, _ bounds: Range<Int>? = nil) -> [Int32]? {
        guard let place = listPlaces[name] else { return nil }
        let count = UInt32(pageCount)
        return (bounds ?? 0..<place.count).clamped(to: 0..<place.count).compactMap { index in
            let position = bytes.word(at: listed + (place.lowerBound + index) * 4)
            return position < count ? Int32(position) : nil
        }
    }

    /// All of it.
    var contents: CatalogContents {
        CatalogContents(
            language: language, pages: (0..<pageCount).map { page(at: $0) },
            lists: Dictionary(uniqueKeysWithValues: listPlaces.keys.map { ($0, list($0) ?? []) }),
            taxonomies: taxonomies, sections: sections, skipped: skipped, hidden: hidden)
    }

    static func key(_ bytes: [UInt8]) -> UInt64 { Fingerprint(of: bytes).low }

    private func sound(_ positions: [Int]) -> [Int] { positions.filter { $0 < pageCount } }

    /// Whether all that a page names by position is there.
    private func isSound(_ page: CatalogPage) -> Bool {
        let entry = page.unrecorded
        guard entry.section >= 0, Int(entry.section) < sections.count,
            page.unrecordedTerms.isEmpty || page.unrecordedTerms.count == taxonomies.count,
            Int(entry.taxonomy) < taxonomies.count,
            entry.term < 0 || entry.taxonomy >= 0,
            entry.term < 0 || Int(entry.term) < taxonomies[Int(entry.taxonomy)].unrecordedTerms.count
        else { return false }
        return page.unrecordedTerms.enumerated().allSatisfy { taxonomy, terms in
            let count = taxonomies[taxonomy].unrecordedTerms.count
            return terms.allSatisfy { $0 >= 0 && Int($0) < count }
        }
    }
}
