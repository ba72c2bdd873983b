import Engine
import Synchronization
import Templates
import Text

/// All pages of one language: which there are, where they live, which lists they stand in and in what order.
///
/// Of the pages' heads only what decides this is read (``PageStructure``), so that a new title or body wakes
/// nobody here. Readers depend on parts by projection:
/// - a page's id: the page is there, its kind, URL and output;
/// - `posts`, `pages`, `section:FOLDER`, `posts:FOLDER`, `term:TAXONOMY/SLUG` …: an ordered list, whole; followed by a NUL, which no
///   name has, and `#` its count alone; by that and `#5` how many parts of 5 it makes; by that and `[a:b]` that slice
///   alone;
/// - `oldest:LIST`: a list from its end, where parts begin with the oldest;
/// - `terms:TAXONOMY`, `taxonomies`, `sections:FOLDER`: lists of pages likewise;
/// - `names:TAXONOMY`: how its terms are written;
/// - `ref:PATH`: which page a source path or reference names;
/// - `file:NAME`: the pages whose source is called so.
///
/// By itself it gives away nothing but which page stands at a position. What is in it is had through ``Rendering``, whose
/// readings write the edge down, or whole through ``all``.
final class Catalog: RuleValue {
    /// The language's code, which is the name of the catalogue's key.
    let language: [UInt8]
    /// The same as a symbol.
    let languageSymbol: Symbol
    /// What is in it. Read so, it leaves no edge.
    let unrecorded: CatalogContents
    let wholeFingerprint: Fingerprint
    private let views = Mutex<[Value]>([])
    private let outputs = Mutex<[RelativePath: Int32]>([:])
    private let named = Mutex<[Symbol: [Int32]]>([:])
    private let knownLists = Mutex<[Symbol: Fingerprint]>([:])

    init(_ contents: CatalogContents, fingerprint: Fingerprint? = nil) {
        language = contents.language
        languageSymbol = Symbol(contents.language)
        unrecorded = contents
        wholeFingerprint = fingerprint ?? contents.fingerprint
    }

    /// A catalogue of nothing.
    static func empty(_ language: Symbol) -> Catalog {
        Catalog(
            CatalogContents(
                language: language.bytes, pages: [], lists: [:], taxonomies: [], sections: [], skipped: []))
    }

    /// Everything.
    static let all = Reading<Catalog, CatalogContents>(.whole) { $0.unrecorded }

    /// How many positions there are, which says nothing that anyone could show.
    var pageCount: Int { unrecorded.pages.count }

    /// The page at a position, which a list or a reference has given.
    func page(at index: Int) -> CatalogPage { unrecorded.pages[index] }

    /// The page at a position as templates see it.
    func view(at index: Int) -> Value { pageValues[index] }

    /// The pages of a list as templates see them.
    func views(_ list: some Sequence<Int32>) -> [Value] {
        let values = pageValues
        return list.map { values[Int($0)] }
    }

    /// The pages of ids that a rule which reads the catalogue gave.
    func views(of ids: ArraySlice<Symbol>) -> [Value] {
        let values = pageValues
        return ids.compactMap { unrecorded.indexByID[$0] }.map { values[Int($0)] }
    }

    /// Each page as templates see it, by position; made when the first is asked for.
    private var pageValues: [Value] {
        views.withLock { views in
            if views.isEmpty {
                views = unrecorded.pages.map { .object(PageView(catalog: self, page: $0)) }
            }
            return views
        }
    }

    /// The source of the page that is written to a path; of a long list, of its first part alone. No edge: for questions
    /// about a build.
    func unrecordedSource(writtenTo output: RelativePath) -> Symbol? {
        let byOutput = outputs.withLock { outputs in
            if outputs.isEmpty {
                for (index, page) in unrecorded.pages.enumerated() {
                    outputs[page.unrecorded.output] = Int32(index)
                }
            }
            return outputs
        }
        return byOutput[output].flatMap { page(at: Int($0)).unrecorded.source }
    }

    /// The pages, listed or not, whose source has a name, with or without its ending and in composed form; a bundle is called
    /// like its folder. In the order of their paths. No edge: see ``Rendering/pages(called:in:)``.
    func unrecordedPages(called name: Symbol) -> [Int32] {
        named.withLock { named in
            if named.isEmpty {
                for (index, page) in unrecorded.pages.enumerated() {
                    guard let source = page.unrecorded.source else { continue }
                    let file = RelativePath(unchecked: source.bytes)
                    var names: Set = [Array(file.name), Array(file.stem)]
                    if file.stem.elementsEqual("index".utf8) { names.insert(Array(file.parent.name)) }
                    for name in Set(names.map { Symbol(Normalization.composed($0)) }) {
                        named[name, default: []].append(Int32(index))
                    }
                }
            }
            return named[name] ?? []
        }
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        if projection == .whole { return wholeFingerprint }
        if let index = unrecorded.indexByID[projection.name] { return page(at: Int(index)).fingerprint }
        if let list = unrecorded.lists[projection.name] {
            // Many pages may read one long list: it is worked out once.
            return knownLists.withLock { known in
                if let fingerprint = known[projection.name] { return fingerprint }
                let fingerprint = fingerprint(ofList: list[...])
                known[projection.name] = fingerprint
                return fingerprint
            }
        }
        return fingerprint(ofNamed: projection.name.bytes)
    }

    private func fingerprint(ofNamed name: [UInt8]) -> Fingerprint {
        if name.starts(with: CatalogName.reference) {
            let path = name[CatalogName.reference.count...]
            // Which page it is; who prints its address reads that besides.
            guard let index = unrecorded.index(ofReference: Array(path)) else { return .absent }
            return page(at: Int(index)).idFingerprint
        }
        if name.starts(with: CatalogName.url) {
            guard let index = unrecorded.indexByURL[Symbol(name[CatalogName.url.count...])] else {
                return .absent
            }
            return page(at: Int(index)).idFingerprint
        }
        if name.starts(with: CatalogName.file) {
            return fingerprint(
                ofList: unrecordedPages(called: Symbol(name[CatalogName.file.count...]))[...])
        }
        if name.starts(with: CatalogName.termNames) {
            let wanted = name[CatalogName.termNames.count...]
            guard let taxonomy = unrecorded.taxonomies.first(where: { $0.name.elementsEqual(wanted) }) else {
                return .absent
            }
            return taxonomy.fingerprint
        }
        if let listName = CatalogName.counted(in: name) {
            guard let list = unrecorded.lists[Symbol(listName)] else { return .absent }
            return Fingerprint(low: UInt64(list.count) &+ 1, high: 0x636f_756e_7400_0000)
        }
        if let (listName, size) = CatalogName.parts(in: name) {
            guard let list = unrecorded.lists[Symbol(listName)] else { return .absent }
            return Fingerprint(
                low: UInt64(Pagination.parts(count: list.count, size: size)), high: 0x7061_7274_7300_0000)
        }
        if let (listName, start, end) = CatalogName.slice(in: name) {
            guard let list = unrecorded.lists[Symbol(listName)] else { return .absent }
            return fingerprint(ofList: list[min(start, list.count)..<min(max(start, end), list.count)])
        }
        return .absent
    }

    private func fingerprint(ofList list: ArraySlice<Int32>) -> Fingerprint {
        var builder = FingerprintBuilder()
        for index in list { builder.combine(page(at: Int(index)).idFingerprint) }
        return builder.finish()
    }
}
