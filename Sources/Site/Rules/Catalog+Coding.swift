import Text

/// What ``StoredCatalog`` takes apart.
extension Catalog {
    /// The value for the store.
    func encoded() -> [UInt8] {
        let contents = unrecorded
        let pages = contents.pages
        var writer = CompactWriter(capacity: pages.count * 224)
        writer.put(language)
        writer.put(wholeFingerprint)
        writer.put(list: contents.taxonomies) { $1.put(to: &$0) }
        writer.put(list: contents.sections) { $1.put(to: &$0) }
        writer.put(list: contents.skipped) { $1.put(to: &$0) }
        writer.put(list: contents.hidden) { $0.put($1.bytes) }
        for other in contents.otherSpellings {
            let sorted = other.map { ($0.key.bytes, $0.value) }.sorted {
                $0.0.lexicographicallyPrecedes($1.0)
            }
            writer.put(list: sorted) { writer, entry in
                writer.put(entry.0)
                writer.put(Int(entry.1))
            }
        }
        let named = contents.lists.map { ($0.key.bytes, $0.value) }.sorted {
            $0.0.lexicographicallyPrecedes($1.0)
        }
        writer.put(list: named) { writer, list in
            writer.put(list.0)
            writer.put(list.1.count)
        }
        writer.put(pages.count)
        var records = CompactWriter(capacity: pages.count * 160)
        var ends: [UInt32] = []
        ends.reserveCapacity(pages.count)
        for page in pages {
            page.put(to: &records)
            ends.append(UInt32(truncatingIfNeeded: records.bytes.count))
        }
        writer.put(words: ends)
        for page in pages { writer.put(page.idFingerprint) }
        putTables(of: contents, to: &writer)
        for (_, list) in named { writer.put(words: list.map { UInt32(bitPattern: $0) }) }
        writer.bytes += records.bytes
        return writer.bytes
    }

    /// Pages by what they are asked for; of several that have a key, the one that is found by it.
    private func putTables(of contents: CatalogContents, to writer: inout CompactWriter) {
        var ids: [(fingerprint: UInt64, position: Int)] = []
        var sources: [(fingerprint: UInt64, position: Int)] = []
        var urls: [(fingerprint: UInt64, position: Int)] = []
        for (position, page) in contents.pages.enumerated() {
            let entry = page.unrecorded
            func isFound(_ key: Symbol, in index: [Symbol: Int32]) -> Bool {
                index[key].map { Int($0) == position } ?? false
            }
            if isFound(page.id.symbol, in: contents.indexByID) {
                ids.append((StoredCatalog.key(page.id.symbol.bytes), position))
            }
            if let source = entry.source, isFound(source, in: contents.indexBySource) {
                sources.append((StoredCatalog.key(source.bytes), position))
            }
            for address in Set([entry.urlSymbol] + entry.aliasAddresses).sorted(by: {
                $0.bytes.lexicographicallyPrecedes($1.bytes)
            }) where isFound(address, in: contents.indexByURL) {
                urls.append((StoredCatalog.key(address.bytes), position))
            }
        }
        CatalogTable.put(ids, to: &writer)
        CatalogTable.put(sources, to: &writer)
        CatalogTable.put(urls, to: &writer)
    }

    /// A catalogue out of bytes that ``encoded()`` made; `nil` where they are anything else.
    static func decoded(_ bytes: Span<UInt8>) -> Catalog? {
        StoredCatalog(bytes).map { Catalog($0) }
    }
}

extension CatalogTaxonomy {
    init?(from reader: inout CompactReader) {
        let name = reader.bytes()
        let page = Int32(clamping: reader.signed())
        let terms = reader.list { reader in
            let name = reader.bytes()
            let slug = reader.bytes()
            let page = Int32(clamping: reader.signed())
            return CatalogTerm(
                name: name, slug: slug, page: page, parent: Int32(clamping: reader.signed()))
        }
        self.init(name: name, page: page, terms: terms)
    }

    func put(to writer: inout CompactWriter) {
        writer.put(name)
        writer.put(signed: Int(unrecordedPage))
        writer.put(list: unrecordedTerms) { writer, term in
            writer.put(term.unrecordedName)
            writer.put(term.slug)
            writer.put(signed: Int(term.page))
            writer.put(signed: Int(term.unrecordedParent))
        }
    }
}

extension CatalogSection {
    init?(from reader: inout CompactReader) {
        folder = RelativePath(unchecked: reader.bytes())
        page = Int32(clamping: reader.number())
        parent = Int32(clamping: reader.signed())
        hasPosts = reader.truth()
        isByDate = reader.truth()
    }

    func put(to writer: inout CompactWriter) {
        writer.put(folder.bytes)
        writer.put(Int(page))
        writer.put(signed: Int(parent))
        writer.put(hasPosts)
        writer.put(isByDate)
    }
}

extension SkippedPage {
    init?(from reader: inout CompactReader) {
        path = RelativePath(unchecked: reader.bytes())
        guard let reason = Reason(rawValue: UInt64(reader.number())) else { return nil }
        self.reason = reason
        until = reader.optionalNumber().map { Int64($0) }
    }

    func put(to writer: inout CompactWriter) {
        writer.put(path.bytes)
        writer.put(Int(reason.rawValue))
        writer.put(optional: until.map { Int($0) })
    }
}
