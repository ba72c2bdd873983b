import Text

/// Gathers the terms that pages use, taxonomy by taxonomy.
struct TermCollection {
    struct Term {
        var name: [UInt8]
        var slug: [UInt8]
        /// Indices of the pages, ascending.
        var members: [Int]
        var parent: Int32
    }

    /// Per taxonomy the terms, sorted by slug once finished.
    private(set) var terms: [[Term]]
    /// Other spellings of a term than its name, each with the first page that has it.
    private(set) var spellings: [(taxonomy: Int, name: [UInt8], other: [UInt8], page: Int)] = []
    private var seen: Set<[UInt8]> = []
    private let taxonomies: [CatalogBuilder.Classification]
    private var indexBySlug: [[[UInt8]: Int]]
    /// Per taxonomy the term that a name means, as terms were found; -1 for a name of which no slug can be made. Not of
    /// hierarchical ones, whose names mean several.
    private var indexByName: [[[UInt8]: Int]]
    /// What the pages name, one after the other: terms as they were found.
    private var named: [(taxonomy: Int, term: Int)] = []
    /// Where that of each page begins, and where that of the last ends.
    private var starts = [0]
    /// Per taxonomy where each term stands that was found, once they are sorted.
    private var positions: [[Int32]] = []

    init(taxonomies: [CatalogBuilder.Classification]) {
        self.taxonomies = taxonomies
        terms = Array(repeating: [], count: taxonomies.count)
        indexBySlug = Array(repeating: [:], count: taxonomies.count)
        indexByName = Array(repeating: [:], count: taxonomies.count)
    }

    /// Adds the terms of the next page; a page that is in no list makes no terms known.
    mutating func add(_ structure: SharedStructure, counts: Bool) {
        defer { starts.append(named.count) }
        guard counts else { return }
        let page = starts.count - 1
        for (taxonomy, names) in structure.terms {
            guard let index = taxonomies.firstIndex(where: { $0.name == taxonomy }) else { continue }
            for name in names {
                let term = self.term(name, taxonomy: index, page: page)
                if term >= 0 { named.append((index, term)) }
            }
        }
    }

    /// Sorts the terms by slug and finds their parents.
    mutating func finish() {
        positions = terms.map { Array(repeating: 0, count: $0.count) }
        for index in terms.indices {
            let found = terms[index]
            let order = found.indices.sorted { found[$0].slug.lexicographicallyPrecedes(found[$1].slug) }
            terms[index] = order.map { found[$0] }
            for (position, old) in order.enumerated() {
                positions[index][old] = Int32(position)
                indexBySlug[index][found[old].slug] = position
            }
            guard taxonomies[index].isHierarchical else { continue }
            for position in terms[index].indices {
                let slug = terms[index][position].slug
                guard let slash = slug.lastIndex(of: UInt8(ascii: "/")) else { continue }
                terms[index][position].parent = Int32(indexBySlug[index][Array(slug[..<slash])] ?? -1)
            }
        }
    }

    /// Which terms a page names.
    ///
    /// - Parameters:
    ///   - page: which of the pages that were added.
    ///   - structure: what its head says. A page that is in no list may name what others make a term.
    /// - Returns: for each taxonomy the indices of the terms, in the order written, each once.
    func indices(of page: Int, _ structure: SharedStructure) -> [[Int32]] {
        if structure.terms.isEmpty { return [] }
        var result = [[Int32]](repeating: [], count: taxonomies.count)
        func add(_ position: Int32, _ taxonomy: Int) {
            if !result[taxonomy].contains(position) { result[taxonomy].append(position) }
        }
        let range = starts[page]..<starts[page + 1]
        for found in named[range] { add(positions[found.taxonomy][found.term], found.taxonomy) }
        if !range.isEmpty { return result }
        for (taxonomy, names) in structure.terms {
            guard let index = taxonomies.firstIndex(where: { $0.name == taxonomy }) else { continue }
            for name in names {
                guard let position = indexBySlug[index][slug(made: name, in: index)] else { continue }
                add(Int32(position), index)
            }
        }
        return result
    }

    /// The term that a name means, which is known from then on, and those above it; -1 for a name without a slug.
    private mutating func term(_ name: [UInt8], taxonomy: Int, page: Int) -> Int {
        let isHierarchical = taxonomies[taxonomy].isHierarchical
        if !isHierarchical, let known = indexByName[taxonomy][name] {
            if known >= 0 { addMember(page, of: known, in: taxonomy) }
            return known
        }
        let slug = self.slug(made: name, in: taxonomy)
        let term = slug.isEmpty ? -1 : add(name: name, slug: slug, taxonomy: taxonomy, page: page)
        if !isHierarchical {
            indexByName[taxonomy][name] = term
            return term
        }
        // A term `a/b` belongs to `a` as well.
        var rest = slug[...]
        var restName = name[...]
        while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            if let nameSlash = restName.lastIndex(of: UInt8(ascii: "/")) { restName = restName[..<nameSlash] }
            _ = add(name: Array(restName), slug: Array(rest), taxonomy: taxonomy, page: page)
        }
        return term
    }

    private func slug(made name: [UInt8], in taxonomy: Int) -> [UInt8] {
        guard taxonomies[taxonomy].isHierarchical else { return taxonomies[taxonomy].slug(name) }
        return Array(
            name.split(separator: UInt8(ascii: "/"))
                .map { taxonomies[taxonomy].slug(Array($0)) }.filter { !$0.isEmpty }
                .joined(separator: [UInt8(ascii: "/")]))
    }

    private mutating func add(name: [UInt8], slug: [UInt8], taxonomy: Int, page: Int) -> Int {
        if let index = indexBySlug[taxonomy][slug] {
            let known = terms[taxonomy][index].name
            if known != name, seen.insert(taxonomies[taxonomy].name + [0] + name).inserted {
                spellings.append((taxonomy, known, name, page))
            }
            addMember(page, of: index, in: taxonomy)
            return index
        }
        let index = terms[taxonomy].count
        indexBySlug[taxonomy][slug] = index
        terms[taxonomy].append(Term(name: name, slug: slug, members: [page], parent: -1))
        return index
    }

    private mutating func addMember(_ page: Int, of term: Int, in taxonomy: Int) {
        if terms[taxonomy][term].members.last != page { terms[taxonomy][term].members.append(page) }
    }
}
