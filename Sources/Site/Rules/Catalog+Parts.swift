import Engine
import Templates
import Text

/// Single parts of a catalogue, out of memory or out of the store. They leave no edge: see `Rendering+Catalog`.
extension Catalog {
    /// Where the page of an id stands.
    func unrecordedPosition(of id: Symbol) -> Int? {
        guard let parts = unrecordedParts else { return unrecorded.indexByID[id].map { Int($0) } }
        return parts.candidates(ofID: id).first { page(at: $0).id.symbol == id }
    }

    /// Where the page stands that has an address, or had it and no other has it now.
    func unrecordedPosition(at address: Symbol) -> Int? {
        guard let parts = unrecordedParts else { return unrecorded.indexByURL[address].map { Int($0) } }
        let candidates = parts.candidates(ofURL: address).sorted()
        return candidates.first { page(at: $0).unrecorded.urlSymbol == address }
            ?? candidates.first { page(at: $0).unrecorded.aliasAddresses.contains(address) }
    }

    /// Where the page of a source stands, or of what is the same to a reader.
    func unrecordedPosition(ofReference path: [UInt8]) -> Int? {
        guard let parts = unrecordedParts else { return unrecorded.index(ofReference: path).map { Int($0) } }
        let source = Symbol(path)
        return parts.candidates(ofSource: path).first { page(at: $0).unrecorded.source == source }
            ?? parts.position(ofLikeSource: path)
    }

    /// The pages of a list, in order, or those between two bounds as far as it goes; `nil` where there is none of that name.
    func unrecordedList(_ name: Symbol, _ bounds: Range<Int>? = nil) -> ArraySlice<Int32>? {
        if let parts = unrecordedParts { return parts.list(name, bounds).map { $0[...] } }
        guard let all = unrecorded.lists[name] else { return nil }
        return bounds.map { all[$0.clamped(to: all.indices)] } ?? all[...]
    }

    /// How many pages a list has, or `nil` where there is none of that name.
    func unrecordedCount(of list: Symbol) -> Int? {
        if let parts = unrecordedParts { return parts.count(of: list) }
        return unrecorded.lists[list]?.count
    }

    var unrecordedTaxonomies: [CatalogTaxonomy] {
        if let parts = unrecordedParts { return parts.taxonomies }
        return unrecorded.taxonomies
    }

    /// The name of a term, which every page that bears it prints.
    func unrecordedTitle(ofTerm term: Int, of taxonomy: Int) -> StringValue {
        if let parts = unrecordedParts {
            return parts.taxonomies[taxonomy].unrecordedTerms[term].unrecordedTitle
        }
        return unrecorded.taxonomies[taxonomy].unrecordedTerms[term].unrecordedTitle
    }

    /// The part of a page's head that says which terms of a taxonomy it bears.
    func unrecordedTermsProjection(of taxonomy: Int) -> Projection {
        if let parts = unrecordedParts { return parts.taxonomies[taxonomy].termsProjection }
        return unrecorded.taxonomies[taxonomy].termsProjection
    }

    var unrecordedSections: [CatalogSection] {
        if let parts = unrecordedParts { return parts.sections }
        return unrecorded.sections
    }

    /// The folders of sections that are left out.
    var unrecordedHidden: [RelativePath] {
        if let parts = unrecordedParts { return parts.hidden }
        return unrecorded.hidden
    }

    /// What stands for the id of the page at a position.
    private func idFingerprint(at position: Int) -> Fingerprint {
        if let parts = unrecordedParts { return parts.idFingerprint(at: position) }
        return page(at: position).idFingerprint
    }

    /// What stands for a part that is no page and no list, by its name.
    func fingerprint(ofNamed name: [UInt8]) -> Fingerprint {
        if let (whole, part) = CatalogName.divided(name) { return fingerprint(of: part, of: whole) }
        if name.elementsEqual(CatalogName.hidden.bytes) {
            return CatalogContents.fingerprint(ofHidden: unrecordedHidden)
        }
        if name.starts(with: CatalogName.reference) {
            let path = name[CatalogName.reference.count...]
            // Which page it is; who prints its address reads that besides.
            return unrecordedPosition(ofReference: Array(path)).map { idFingerprint(at: $0) } ?? .absent
        }
        if name.starts(with: CatalogName.url) {
            let address = Symbol(name[CatalogName.url.count...])
            return unrecordedPosition(at: address).map { idFingerprint(at: $0) } ?? .absent
        }
        if name.starts(with: CatalogName.file) {
            return fingerprint(
                ofList: unrecordedPages(called: Symbol(name[CatalogName.file.count...]))[...])
        }
        if name.starts(with: CatalogName.termNames) {
            let wanted = name[CatalogName.termNames.count...]
            guard let taxonomy = unrecordedTaxonomies.first(where: { $0.name.elementsEqual(wanted) }) else {
                return .absent
            }
            return taxonomy.fingerprint
        }
        return .absent
    }

    private func fingerprint(of part: CatalogName.Part, of whole: Symbol) -> Fingerprint {
        switch part {
        case .listing:
            return unrecordedPosition(of: whole).map { page(at: $0).listingFingerprint } ?? .absent
        case .count:
            guard let count = unrecordedCount(of: whole) else { return .absent }
            return Fingerprint(low: UInt64(count) &+ 1, high: 0x636f_756e_7400_0000)
        case .parts(let size):
            guard let count = unrecordedCount(of: whole) else { return .absent }
            return Fingerprint(
                low: UInt64(Pagination.parts(count: count, size: size)), high: 0x7061_7274_7300_0000)
        case .slice(let start, let end):
            guard let list = unrecordedList(whole, start..<max(start, end)) else { return .absent }
            return fingerprint(ofList: list)
        }
    }

    /// What stands for which pages there are, and in what order.
    func fingerprint(ofList list: ArraySlice<Int32>) -> Fingerprint {
        var builder = FingerprintBuilder()
        for index in list { builder.combine(idFingerprint(at: Int(index))) }
        return builder.finish()
    }
}
