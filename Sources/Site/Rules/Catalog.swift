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
/// - `terms:TAXONOMY`, `sections:FOLDER`: lists of pages likewise;
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
    let wholeFingerprint: Fingerprint
    /// How many positions there are, which says nothing that anyone could show.
    let pageCount: Int
    /// Where single parts are read, until so many were that all are.
    private let stored: StoredCatalog?
    /// Whether all of it is in memory.
    private let isWhole: Atomic<Bool>
    // Written once, under the lock of `singles`, before `isWhole` says so; read only after that.
    nonisolated(unsafe) private var known: CatalogContents
    private let singles = Mutex(Singles())
    private let outputs = Mutex<[RelativePath: Int32]>([:])
    private let named = Mutex<[Symbol: [Int32]]>([:])
    private let knownLists = Mutex<[Symbol: Fingerprint]>([:])

    /// Pages and views that were asked for one by one, and the views of all pages once somebody wanted most.
    private struct Singles {
        var pages: [Int: CatalogPage] = [:]
        var views: [Int: Value] = [:]
        var allViews: [Value] = []
    }

    init(_ contents: CatalogContents) {
        language = contents.language
        languageSymbol = Symbol(contents.language)
        wholeFingerprint = contents.fingerprint
        pageCount = contents.pages.count
        unsafe known = contents
        stored = nil
        isWhole = Atomic(true)
    }

    init(_ stored: StoredCatalog) {
        language = stored.language
        languageSymbol = Symbol(stored.language)
        wholeFingerprint = stored.fingerprint
        pageCount = stored.pageCount
        unsafe known = CatalogContents(
            language: stored.language, pages: [], lists: [:], taxonomies: [], sections: [], skipped: [])
        self.stored = stored
        isWhole = Atomic(false)
    }

    /// A catalogue of nothing.
    static func empty(_ language: Symbol) -> Catalog {
        Catalog(
            CatalogContents(
                language: language.bytes, pages: [], lists: [:], taxonomies: [], sections: [], skipped: []))
    }

    /// Everything.
    static let all = Reading<Catalog, CatalogContents>(.whole) { $0.unrecorded }

    /// What is in it. Read so, it leaves no edge.
    var unrecorded: CatalogContents {
        // Lent, not copied: it has many parts, and is asked at each step.
        _read {
            if !isWhole.load(ordering: .acquiring) { readAll() }
            yield unsafe known
        }
    }

    private func readAll() {
        singles.withLock { _ in
            guard let stored, !isWhole.load(ordering: .relaxed) else { return }
            unsafe known = stored.contents
            isWhole.store(true, ordering: .releasing)
        }
    }

    /// Where single parts are read; `nil` once all are in memory.
    var unrecordedParts: StoredCatalog? { isWhole.load(ordering: .acquiring) ? nil : stored }

    /// The page at a position, which a list or a reference has given.
    func page(at position: Int) -> CatalogPage {
        if isWhole.load(ordering: .acquiring) { return unsafe known.pages[position] }
        let page: CatalogPage? = singles.withLock { singles in
            if let page = singles.pages[position] { return page }
            guard let stored, singles.pages.count < Self.fewPages else { return nil }
            let page = stored.page(at: position)
            singles.pages[position] = page
            return page
        }
        return page ?? unrecorded.pages[position]
    }

    /// So many pages are read one by one; who asks for more asks for most.
    private static let fewPages = 2000

    /// The page at a position as templates see it.
    func view(at position: Int) -> Value {
        if unrecordedParts == nil { return pageValues[position] }
        let page = page(at: position)
        return singles.withLock { singles in
            // A page has one view: filters and dictionaries tell pages apart by them.
            if !singles.allViews.isEmpty { return singles.allViews[position] }
            if let view = singles.views[position] { return view }
            // The catalogue holds its views, which hold nothing of it.
            let view = Value.object(PageView(catalog: self, page: page))
            singles.views[position] = view
            return view
        }
    }

    /// The pages of a list as templates see them.
    func views(_ list: some Collection<Int32>) -> [Value] {
        if unrecordedParts != nil, list.count < Self.fewPages { return list.map { view(at: Int($0)) } }
        let values = pageValues
        return list.map { values[Int($0)] }
    }

    /// The pages of ids that a rule which reads the catalogue gave.
    func views(of ids: ArraySlice<Symbol>) -> [Value] {
        views(ids.compactMap { unrecordedPosition(of: $0) }.map { Int32($0) })
    }

    /// Each page as templates see it, by position; made when the first is asked for.
    private var pageValues: [Value] {
        let pages = unrecorded.pages
        return singles.withLock { singles in
            if singles.allViews.isEmpty {
                singles.allViews = pages.enumerated().map { position, page in
                    singles.views[position] ?? .object(PageView(catalog: self, page: page))
                }
            }
            return singles.allViews
        }
    }

    /// The source of the page that is written to a path; of a long list, of its first part alone. No edge: for questions
    /// about a build.
    func unrecordedSource(writtenTo output: RelativePath) -> Symbol? {
        let pages = unrecorded.pages
        let byOutput = outputs.withLock { outputs in
            if outputs.isEmpty {
                for (index, page) in pages.enumerated() { outputs[page.unrecorded.output] = Int32(index) }
            }
            return outputs
        }
        return byOutput[output].flatMap { page(at: Int($0)).unrecorded.source }
    }

    /// The pages, listed or not, whose source has a name, with or without its ending and in composed form; a bundle is called
    /// like its folder. In the order of their paths. No edge: see ``Rendering/positions(called:in:)``.
    func unrecordedPages(called name: Symbol) -> [Int32] {
        let pages = unrecorded.pages
        return named.withLock { named in
            if named.isEmpty {
                for (index, page) in pages.enumerated() {
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
        if let position = unrecordedPosition(of: projection.name) { return page(at: position).fingerprint }
        // Many pages may read one long list: it is worked out once.
        if let known = knownLists.withLock({ $0[projection.name] }) { return known }
        if let list = unrecordedList(projection.name) {
            let fingerprint = fingerprint(ofList: list[...])
            knownLists.withLock { $0[projection.name] = fingerprint }
            return fingerprint
        }
        return fingerprint(ofNamed: projection.name.bytes)
    }
}
