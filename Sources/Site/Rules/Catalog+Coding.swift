import Text

/// How a catalogue lies in the store:
///
///     language | fingerprint | pages | lists | taxonomies | sections | skipped
///
/// in the words of ``Text/CompactWriter``: each a list, the lists of pages sorted by name. Indices of pages are
/// checked when it is read, so that no damage can trap later.
extension Catalog {
    /// The value for the store.
    func encoded() -> [UInt8] {
        let contents = unrecorded
        var writer = CompactWriter(capacity: contents.pages.count * 192)
        writer.put(language)
        writer.put(wholeFingerprint)
        writer.put(list: contents.pages) { $1.put(to: &$0) }
        let named = contents.lists.map { ($0.key.bytes, $0.value) }.sorted {
            $0.0.lexicographicallyPrecedes($1.0)
        }
        writer.put(list: named) { writer, list in
            writer.put(list.0)
            writer.put(list: list.1) { $0.put(Int($1)) }
        }
        writer.put(list: contents.taxonomies) { writer, taxonomy in
            writer.put(taxonomy.name)
            writer.put(signed: Int(taxonomy.unrecordedPage))
            writer.put(list: taxonomy.unrecordedTerms) { writer, term in
                writer.put(term.unrecordedName)
                writer.put(term.slug)
                writer.put(signed: Int(term.page))
                writer.put(signed: Int(term.unrecordedParent))
            }
        }
        writer.put(list: contents.sections) { writer, section in
            writer.put(section.folder.bytes)
            writer.put(Int(section.page))
            writer.put(signed: Int(section.parent))
            writer.put(section.hasPosts)
            writer.put(section.isByDate)
        }
        writer.put(list: contents.skipped) { writer, page in
            writer.put(page.path.bytes)
            writer.put(Int(page.reason.rawValue))
            writer.put(optional: page.until.map { Int($0) })
        }
        return writer.bytes
    }

    /// A catalogue out of bytes that ``encoded()`` made; `nil` where they are anything else.
    static func decoded(_ bytes: Span<UInt8>) -> Catalog? {
        var reader = CompactReader(bytes)
        let language = reader.bytes()
        let fingerprint = reader.fingerprint()
        let pages = reader.list { CatalogPage(from: &$0) }
        let named = reader.list { reader in
            let name = reader.symbol()
            return (name, reader.list { Int32(clamping: $0.number()) })
        }
        let taxonomies = reader.list { reader in
            let name = reader.bytes()
            let page = Int32(clamping: reader.signed())
            let terms = reader.list { reader in
                let name = reader.bytes()
                let slug = reader.bytes()
                let page = Int32(clamping: reader.signed())
                return CatalogTerm(
                    name: name, slug: slug, page: page, parent: Int32(clamping: reader.signed()))
            }
            return CatalogTaxonomy(name: name, page: page, terms: terms)
        }
        let sections = reader.list { reader in
            let folder = RelativePath(unchecked: reader.bytes())
            let page = Int32(clamping: reader.number())
            let parent = Int32(clamping: reader.signed())
            let hasPosts = reader.truth()
            return CatalogSection(
                folder: folder, page: page, parent: parent, hasPosts: hasPosts, isByDate: reader.truth())
        }
        let skipped = reader.list { reader in
            let path = RelativePath(unchecked: reader.bytes())
            let reason = SkippedPage.Reason(rawValue: UInt64(reader.number()))
            let until = reader.optionalNumber().map { Int64($0) }
            return reason.map { SkippedPage(path: path, reason: $0, until: until) }
        }
        guard reader.isAtEnd,
            isSound(pages, named.map(\.1), taxonomies, sections)
        else { return nil }
        return Catalog(
            CatalogContents(
                language: language, pages: pages,
                lists: Dictionary(named, uniquingKeysWith: { first, _ in first }), taxonomies: taxonomies,
                sections: sections, skipped: skipped),
            fingerprint: fingerprint)
    }

    /// Whether all that names a page, a section or a term names one that is there.
    private static func isSound(
        _ pages: [CatalogPage], _ lists: [[Int32]], _ taxonomies: [CatalogTaxonomy],
        _ sections: [CatalogSection]
    ) -> Bool {
        func isPage(_ index: Int32) -> Bool { index >= 0 && Int(index) < pages.count }
        for page in pages {
            let entry = page.unrecorded
            guard entry.section >= 0, Int(entry.section) < sections.count,
                page.unrecordedTerms.isEmpty || page.unrecordedTerms.count == taxonomies.count,
                Int(entry.taxonomy) < taxonomies.count,
                entry.term < 0 || entry.taxonomy >= 0,
                entry.term < 0
                    || Int(entry.term) < taxonomies[Int(entry.taxonomy)].unrecordedTerms.count
            else { return false }
            for (taxonomy, terms) in page.unrecordedTerms.enumerated() {
                let count = taxonomies[taxonomy].unrecordedTerms.count
                for term in terms where term < 0 || Int(term) >= count { return false }
            }
        }
        for list in lists where !list.allSatisfy(isPage) { return false }
        for taxonomy in taxonomies {
            guard Int(taxonomy.unrecordedPage) < pages.count else { return false }
            for term in taxonomy.unrecordedTerms
            where !isPage(term.page) || Int(term.unrecordedParent) >= taxonomy.unrecordedTerms.count {
                return false
            }
        }
        return sections.allSatisfy { isPage($0.page) && Int($0.parent) < sections.count }
    }
}
