public import Formats
public import Text

/// The head of a content file as a value: fields under one name each, whichever generator's spelling was
/// used, and everything else in `params` as written.
///
/// A value of any of the generators' types is made uniform once (``FrontMatterReader``): a title is text, tags
/// are a list of texts. Each field has its fingerprint, and in a store each can be read without the others.
public struct FrontMatter: Sendable {
    /// A map from field names to their uniform values, in the order of the fields.
    let root: DataValue
    /// A bit for each field that is there; so many lower ones are set, so far behind is its value.
    private let present: UInt64

    /// Front matter of a map, null for none, that has just these fields in rising order.
    init(root: DataValue, fields: some Sequence<Field>) {
        self.root = root
        var present: UInt64 = 0
        for field in fields { present |= Self.bit(field) }
        precondition(present.nonzeroBitCount == root.count, "a map of other fields")
        self.present = present
    }

    /// Front matter that says a title and nothing else.
    init(title: [UInt8]) {
        let text = DataValue(String(decoding: title, as: UTF8.self))
        self.init(root: DataValue([(Field.title.name, text)]), fields: [.title])
    }

    private static func bit(_ field: Field) -> UInt64 { 1 << UInt64(field.rawValue) }

    /// Front matter that says nothing.
    public static let empty = FrontMatter(root: .null, fields: [])

    /// The uniform value of a field, with the place where it was written.
    public subscript(field: Field) -> DataValue? {
        let bit = Self.bit(field)
        if present & bit == 0 { return nil }
        return root.mapValue(at: (present & (bit - 1)).nonzeroBitCount)
    }

    /// The fields that are there, with their values.
    public var fields: [(field: Field, value: DataValue)] {
        Field.allCases.compactMap { field in self[field].map { (field, $0) } }
    }

    /// What stands for a field's value; ``Fingerprint/absent`` where it is not there.
    public func fingerprint(of field: Field) -> Fingerprint {
        self[field]?.fingerprint ?? .absent
    }

    /// What stands for all of it.
    public var fingerprint: Fingerprint { root.fingerprint }

    /// The text of a field.
    public func text(_ field: Field) -> ArraySlice<UInt8>? { self[field]?.string }

    /// The texts of a field; none where it is not there.
    public func texts(_ field: Field) -> [ArraySlice<UInt8>] {
        guard let elements = self[field]?.elements else { return [] }
        var texts: [ArraySlice<UInt8>] = []
        texts.reserveCapacity(elements.count)
        for index in 0..<elements.count {
            if let text = elements[index].string { texts.append(text) }
        }
        return texts
    }

    /// The title.
    public var title: ArraySlice<UInt8>? { text(.title) }
    /// A shorter title for menus.
    public var linkTitle: ArraySlice<UInt8>? { text(.linkTitle) }
    /// When it was written: `date`, else `publishDate`.
    public var date: DateTimeParts? { self[.date]?.date ?? publishDate }
    /// Where to take the date from instead: `git Created`, `Last Modified` and so on (Eleventy).
    public var dateSource: DateSource? { self[.date].flatMap { $0.string.flatMap(DateSource.init) } }
    /// When it was changed last.
    public var updated: DateTimeParts? { self[.updated]?.date }
    /// When it goes live.
    public var publishDate: DateTimeParts? { self[.publishDate]?.date }
    /// When it goes off.
    public var expires: DateTimeParts? { self[.expires]?.date }
    /// Whether it is not to be published yet.
    public var isDraft: Bool { self[.draft]?.boolean ?? false }
    /// The last part of the URL.
    public var slug: ArraySlice<UInt8>? { text(.slug) }
    /// The whole URL, or a permalink pattern.
    public var url: ArraySlice<UInt8>? { text(.url) }
    /// Old URLs.
    public var aliases: [ArraySlice<UInt8>] { texts(.aliases) }
    /// The template's name as written.
    public var template: ArraySlice<UInt8>? { text(.template) }
    /// Categories, from `categories` and from `[taxonomies]`.
    public var categories: [ArraySlice<UInt8>] { terms(of: "categories") }
    /// The order among siblings; low first.
    public var weight: Int? { self[.weight]?.integer }
    /// The image.
    public var image: ArraySlice<UInt8>? {
        if let text = text(.image) { return text }
        if let image = self[.image] {
            for key in ["path", "url", "src"] {
                if let text = image[key]?.string, !text.isEmpty { return text }
            }
        }
        return texts(.images).first
    }
    /// What the image shows, if the head says so.
    public var imageAlternative: ArraySlice<UInt8>? { self[.image]?["alt"]?.string ?? text(.imageAlt) }
    /// The series it belongs to; of several, the first.
    public var series: ArraySlice<UInt8>? { texts(.series).first }
    /// What is said to search engines, `noindex, nofollow`; empty where nothing is.
    public var robots: [UInt8] { Array(texts(.robots).joined(separator: ", ".utf8)) }
    /// Whether search engines are asked to leave the page out.
    public var isNoIndex: Bool {
        if self[.noIndex]?.boolean == true { return true }
        return Self.forbidsIndexing(robots)
    }
    /// Whether what is said to search engines asks them to leave the page out.
    static func forbidsIndexing(_ robots: [UInt8]) -> Bool {
        let words = String(decoding: robots, as: UTF8.self).lowercased()
            .split { $0 == "," || $0.isWhitespace }
        return words.contains("noindex") || words.contains("none")
    }
    /// The author's own keys; a map, or null when there are none.
    public var params: DataValue { self[.params] ?? .null }
    /// Authors: text, or maps with `name` and more.
    public var authors: DataList { (self[.authors] ?? .null).elements }
    /// Whether a page of its own is written; true unless said otherwise.
    public var isRendered: Bool { self[.render]?.boolean ?? true }
    /// Whether lists show it; true unless said otherwise.
    public var isListed: Bool { self[.list]?.boolean ?? true }

    /// The terms of a taxonomy: from its own key where that is understood (`tags`, `categories`), from the
    /// map `taxonomies`, or from a key of the author's that has the taxonomy's name.
    public func terms(of taxonomy: String) -> [ArraySlice<UInt8>] { terms(of: Symbol(taxonomy)) }

    /// The terms of a taxonomy given by its name as a symbol.
    func terms(of taxonomy: Symbol) -> [ArraySlice<UInt8>] {
        switch taxonomy {
        case Self.tagsName where self[.tags] != nil: return texts(.tags)
        case Self.categoriesName where self[.categories] != nil: return texts(.categories)
        case Self.seriesName where self[.series] != nil: return texts(.series)
        case Self.keywordsName where self[.keywords] != nil: return texts(.keywords)
        case Self.authorsName:
            let names = authors.compactMap { $0.string ?? $0["name"]?.text }
            if !names.isEmpty { return names }
        default: break
        }
        let name = taxonomy.bytes
        if let listed = self[.taxonomies]?[name] { return listed.elements.compactMap(\.string) }
        // The case of a key counts nowhere in a head.
        guard
            let own = params[name]
                ?? params.entries.first(where: {
                    $0.key.elementsEqual(name, by: { $0.asciiLowercased == $1.asciiLowercased })
                })?
                .value
        else { return [] }
        if own.isScalar { return [own.text] }
        return own.elements.filter(\.isScalar).map(\.text)
    }

    private static let tagsName: Symbol = "tags"
    private static let categoriesName: Symbol = "categories"
    private static let seriesName: Symbol = "series"
    private static let keywordsName: Symbol = "keywords"
    private static let authorsName: Symbol = "authors"

    /// These fields, and those of `defaults` where they say nothing; `params` are laid over key by key.
    ///
    /// This is how a section's `cascade` reaches its pages.
    public func filled(from defaults: FrontMatter) -> FrontMatter {
        if defaults.root.isNull { return self }
        if root.isNull { return defaults }
        var merged: [(key: String, value: DataValue)] = []
        var fields: [Field] = []
        for field in Field.allCases {
            switch (self[field], defaults[field]) {
            case (.some(let own), .some(let other)) where field == .params:
                merged.append((field.name, other.overlaid(with: own)))
            case (.some(let value), _), (nil, .some(let value)): merged.append((field.name, value))
            case (nil, nil): continue
            }
            fields.append(field)
        }
        return FrontMatter(root: DataValue(merged), fields: fields)
    }

    /// The same with further categories before its own.
    func filled(withCategories names: [[UInt8]]) -> FrontMatter {
        let own = categories.map { Array($0) }
        let added = names.filter { !own.contains($0) }
        if added.isEmpty { return self }
        let list = DataValue((added + own).map { DataValue(String(decoding: $0, as: UTF8.self)) })
        var merged: [(key: String, value: DataValue)] = []
        var fields: [Field] = []
        for field in Field.allCases {
            guard let value = field == .categories ? list : self[field] else { continue }
            merged.append((field.name, value))
            fields.append(field)
        }
        return FrontMatter(root: DataValue(merged), fields: fields)
    }

    /// The same with a term of a taxonomy of which it says nothing.
    func filled(withTerm term: [UInt8], of taxonomy: String) -> FrontMatter {
        let entry: [(key: String, value: DataValue)] = [
            (taxonomy, DataValue([DataValue(String(decoding: term, as: UTF8.self))]))
        ]
        let own = self[.taxonomies].flatMap { $0.kind == .map ? $0 : nil }
        let map = own.map { DataValue(entry).overlaid(with: $0) } ?? DataValue(entry)
        var merged: [(key: String, value: DataValue)] = []
        var fields: [Field] = []
        for field in Field.allCases {
            let value = field == .taxonomies ? map : self[field]
            guard let value else { continue }
            merged.append((field.name, value))
            fields.append(field)
        }
        return FrontMatter(root: DataValue(merged), fields: fields)
    }

    /// Where the date of a page comes from when its front matter names a source instead.
    public enum DateSource: Sendable {
        /// When the file was changed last.
        case fileModified
        /// When the file was made.
        case fileCreated
        /// The last commit that touched the file.
        case gitModified
        /// The commit that added the file.
        case gitCreated

        init?(_ text: ArraySlice<UInt8>) {
            switch String(decoding: text, as: UTF8.self).lowercased() {
            case "last modified": self = .fileModified
            case "created": self = .fileCreated
            case "git last modified": self = .gitModified
            case "git created": self = .gitCreated
            default: return nil
            }
        }
    }
}
