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
final class Catalog: RuleValue {
    /// The language's code.
    let language: [UInt8]
    /// The same as the name of the catalogue's key.
    let languageSymbol: Symbol
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
    /// Index of a page by its id.
    let indexByID: [Symbol: Int32]
    /// Index of a page by its source.
    let indexBySource: [Symbol: Int32]
    /// Index of a page by its source in composed form, where that is not ASCII.
    private let indexByComposedSource: [Symbol: Int32]
    /// Index of a page by its source with the language as the site writes it, where the file's name writes it otherwise.
    private let indexByWrittenLanguage: [Symbol: Int32]
    /// Index of a page by its URL, and by its aliases.
    let indexByURL: [Symbol: Int32]
    let wholeFingerprint: Fingerprint
    private let views = Mutex<[Value]>([])
    private let outputs = Mutex<[RelativePath: Int32]>([:])
    private let named = Mutex<[Symbol: [Int32]]>([:])
    private let knownLists = Mutex<[Symbol: Fingerprint]>([:])

    init(
        language: [UInt8], pages: [CatalogPage], lists: [Symbol: [Int32]], taxonomies: [CatalogTaxonomy],
        sections: [CatalogSection], skipped: [SkippedPage], fingerprint: Fingerprint? = nil
    ) {
        self.language = language
        self.languageSymbol = Symbol(language)
        self.pages = pages
        self.lists = lists
        self.taxonomies = taxonomies
        self.sections = sections
        self.skipped = skipped
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
            if let source = page.source {
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
            if byURL[page.urlSymbol] == nil { byURL[page.urlSymbol] = Int32(index) }
        }
        // Old addresses lead to their pages as well; a page of today wins over an alias of the same address.
        for (index, page) in pages.enumerated() {
            for alias in page.aliases {
                let address = Symbol(
                    [UInt8(ascii: "/")]
                        + (alias.name.elementsEqual("index.html".utf8)
                            ? alias.bytes.dropLast("index.html".utf8.count) : alias.bytes[...]))
                if byURL[address] == nil { byURL[address] = Int32(index) }
            }
        }
        indexByID = byID
        indexBySource = bySource
        indexByComposedSource = byComposedSource
        indexByWrittenLanguage = byWrittenLanguage
        indexByURL = byURL
        wholeFingerprint =
            fingerprint
            ?? Self.fingerprint(pages, lists, taxonomies: taxonomies, sections: sections, skipped: skipped)
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

    func fingerprint(of projection: Projection) -> Fingerprint {
        if projection == .whole { return wholeFingerprint }
        if let index = indexByID[projection.name] { return pages[Int(index)].fingerprint }
        if let list = lists[projection.name] {
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

    /// Each page as templates see it, by position; made when the first is asked for.
    var pageValues: [Value] {
        views.withLock { views in
            if views.isEmpty { views = pages.indices.map { .object(PageView(catalog: self, index: $0)) } }
            return views
        }
    }

    /// Everything.
    static let all = Reading<Catalog, Catalog>(.whole) { $0 }

    /// A catalogue of nothing.
    static func empty(_ language: Symbol) -> Catalog {
        Catalog(language: language.bytes, pages: [], lists: [:], taxonomies: [], sections: [], skipped: [])
    }

    /// The page of an id.
    func page(_ id: PageID) -> CatalogPage? {
        indexByID[id.symbol].map { pages[Int($0)] }
    }

    /// The page that is written to a path; of a long list, its first part alone.
    func page(writtenTo output: RelativePath) -> CatalogPage? {
        let byOutput = outputs.withLock { outputs in
            if outputs.isEmpty {
                for (index, page) in pages.enumerated() { outputs[page.output] = Int32(index) }
            }
            return outputs
        }
        return byOutput[output].map { pages[Int($0)] }
    }

    /// The pages, listed or not, whose source has a name, with or without its ending and in composed form; a bundle is called
    /// like its folder. In the order of their paths.
    func pages(called name: Symbol) -> [Int32] {
        named.withLock { named in
            if named.isEmpty {
                for (index, page) in pages.enumerated() {
                    guard let source = page.source else { continue }
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

    /// The ordered pages of a list; empty when there is no such list.
    func list(_ name: Symbol) -> [Int32] {
        lists[name] ?? []
    }

    /// What stands for all of it.
    private static func fingerprint(
        _ pages: [CatalogPage], _ lists: [Symbol: [Int32]], taxonomies: [CatalogTaxonomy],
        sections: [CatalogSection], skipped: [SkippedPage]
    ) -> Fingerprint {
        var builder = FingerprintBuilder()
        for page in pages {
            builder.combine(page.fingerprint)
            builder.combine(page.date.map { UInt64(bitPattern: $0) } ?? 0)
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
            builder.combine(UInt64(bitPattern: page.until ?? 0))
        }
        return builder.finish()
    }

    private func fingerprint(ofNamed name: [UInt8]) -> Fingerprint {
        if name.starts(with: CatalogName.reference) {
            let path = name[CatalogName.reference.count...]
            // Which page it is; who prints its address reads that besides.
            guard let index = index(ofReference: Array(path)) else { return .absent }
            return pages[Int(index)].idFingerprint
        }
        if name.starts(with: CatalogName.url) {
            guard let index = indexByURL[Symbol(name[CatalogName.url.count...])] else { return .absent }
            var builder = FingerprintBuilder()
            builder.combine(pages[Int(index)].id.symbol.bytes)
            return builder.finish()
        }
        if name.starts(with: CatalogName.file) {
            return fingerprint(ofList: pages(called: Symbol(name[CatalogName.file.count...]))[...])
        }
        if name.starts(with: CatalogName.termNames) {
            let wanted = name[CatalogName.termNames.count...]
            guard let taxonomy = taxonomies.first(where: { $0.name.elementsEqual(wanted) }) else {
                return .absent
            }
            return taxonomy.fingerprint
        }
        if let listName = CatalogName.counted(in: name) {
            guard let list = lists[Symbol(listName)] else { return .absent }
            return Fingerprint(low: UInt64(list.count) &+ 1, high: 0x636f_756e_7400_0000)
        }
        if let (listName, size) = CatalogName.parts(in: name) {
            guard let list = lists[Symbol(listName)] else { return .absent }
            return Fingerprint(
                low: UInt64(Pagination.parts(count: list.count, size: size)), high: 0x7061_7274_7300_0000)
        }
        if let (listName, start, end) = CatalogName.slice(in: name) {
            guard let list = lists[Symbol(listName)] else { return .absent }
            return fingerprint(ofList: list[min(start, list.count)..<min(max(start, end), list.count)])
        }
        return .absent
    }

    private func fingerprint(ofList list: ArraySlice<Int32>) -> Fingerprint {
        var builder = FingerprintBuilder()
        for index in list { builder.combine(pages[Int(index)].idFingerprint) }
        return builder.finish()
    }
}
