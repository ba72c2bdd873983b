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
    private var slugByName: [[[UInt8]: [UInt8]]]

    init(taxonomies: [CatalogBuilder.Classification]) {
        self.taxonomies = taxonomies
        terms = Array(repeating: [], count: taxonomies.count)
        indexBySlug = Array(repeating: [:], count: taxonomies.count)
        slugByName = Array(repeating: [:], count: taxonomies.count)
    }

    /// Adds the terms of a page; a page that is in no list makes terms known but is not counted among them.
    mutating func add(_ structure: PageStructure, page: Int, counts: Bool) {
        guard counts else { return }
        for (taxonomy, names) in structure.terms {
            guard let index = taxonomies.firstIndex(where: { $0.name == taxonomy }) else { continue }
            for name in names {
                let slug = self.slug(of: name, in: index)
                if slug.isEmpty { continue }
                add(name: name, slug: slug, taxonomy: index, page: page)
                guard taxonomies[index].isHierarchical else { continue }
                // A term `a/b` belongs to `a` as well.
                var rest = slug[...]
                var restName = name[...]
                while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
                    rest = rest[..<slash]
                    if let nameSlash = restName.lastIndex(of: UInt8(ascii: "/")) {
                        restName = restName[..<nameSlash]
                    }
                    add(name: Array(restName), slug: Array(rest), taxonomy: index, page: page)
                }
            }
        }
    }

    /// Sorts the terms by slug and finds their parents.
    mutating func finish() {
        for index in terms.indices {
            terms[index].sort { $0.slug.lexicographicallyPrecedes($1.slug) }
            indexBySlug[index] = [:]
            for (position, term) in terms[index].enumerated() { indexBySlug[index][term.slug] = position }
            for position in terms[index].indices {
                let slug = terms[index][position].slug
                guard taxonomies[index].isHierarchical, let slash = slug.lastIndex(of: UInt8(ascii: "/"))
                else { continue }
                terms[index][position].parent = Int32(indexBySlug[index][Array(slug[..<slash])] ?? -1)
            }
        }
    }

    /// For each taxonomy the indices of the terms that a page names, in the order written, each once.
    func indices(of structure: PageStructure) -> [[Int32]] {
        if structure.terms.isEmpty { return [] }
        var result = [[Int32]](repeating: [], count: taxonomies.count)
        for (taxonomy, names) in structure.terms {
            guard let index = taxonomies.firstIndex(where: { $0.name == taxonomy }) else { continue }
            for name in names {
                // A page that is in no list may write a term as no page in a list does.
                let slug = slugByName[index][name] ?? self.slug(made: name, in: index)
                guard let position = indexBySlug[index][slug] else { continue }
                if !result[index].contains(Int32(position)) { result[index].append(Int32(position)) }
            }
        }
        return result
    }

    private mutating func slug(of name: [UInt8], in taxonomy: Int) -> [UInt8] {
        if let known = slugByName[taxonomy][name] { return known }
        let slug = self.slug(made: name, in: taxonomy)
        slugByName[taxonomy][name] = slug
        return slug
    }

    private func slug(made name: [UInt8], in taxonomy: Int) -> [UInt8] {
        guard taxonomies[taxonomy].isHierarchical else { return taxonomies[taxonomy].slug(name) }
        return Array(
            name.split(separator: UInt8(ascii: "/"))
                .map { taxonomies[taxonomy].slug(Array($0)) }.filter { !$0.isEmpty }
                .joined(separator: [UInt8(ascii: "/")]))
    }

    private mutating func add(name: [UInt8], slug: [UInt8], taxonomy: Int, page: Int) {
        if let position = indexBySlug[taxonomy][slug] {
            let known = terms[taxonomy][position].name
            if known != name, seen.insert(taxonomies[taxonomy].name + [0] + name).inserted {
                spellings.append((taxonomy, known, name, page))
            }
            if terms[taxonomy][position].members.last != page {
                terms[taxonomy][position].members.append(page)
            }
        } else {
            indexBySlug[taxonomy][slug] = terms[taxonomy].count
            terms[taxonomy].append(Term(name: name, slug: slug, members: [page], parent: -1))
        }
    }
}
