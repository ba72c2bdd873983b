import Text

/// The name of a page for the build: language, colon, and the source's path or an invented name.
///
/// A page that comes from a file is `en:content/posts/hello.md`; one that the product makes is `en:@` and
/// what it is: `en:@home`, `en:@section/posts`, `en:@taxonomy/tags`, `en:@term/tags/swift`, `en:@archive`,
/// `en:@404`. A section or term keeps its invented name when an `_index.md` gives it text, so that adding
/// one is an edit of the page and not a new page.
struct PageID: Hashable, Sendable {
    /// The name as a symbol; also the name of the page's key.
    let symbol: Symbol

    init(symbol: Symbol) {
        self.symbol = symbol
    }

    init(language: [UInt8], source: RelativePath) {
        // Of a file whose path begins as an invented name does: no path begins so.
        let mark = source.bytes.first == UInt8(ascii: "@") ? Array("./".utf8) : []
        symbol = Symbol(language + [UInt8(ascii: ":")] + mark + source.bytes)
    }

    init(language: [UInt8], invented name: String, _ argument: [UInt8] = []) {
        var bytes = language
        bytes.append(contentsOf: ":@".utf8)
        bytes.append(contentsOf: name.utf8)
        if !argument.isEmpty {
            bytes.append(UInt8(ascii: "/"))
            bytes.append(contentsOf: argument)
        }
        symbol = Symbol(bytes)
    }

    /// What stands for it.
    var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(symbol.span)
        return builder.finish()
    }

    /// The language, which is everything before the first colon.
    var language: [UInt8] {
        let bytes = symbol.bytes
        return Array(bytes.prefix { $0 != UInt8(ascii: ":") })
    }
}

/// One output of a page: the page, and which of its numbered parts (1 for the page itself).
struct PagePart: Hashable, Sendable {
    let page: PageID
    let number: Int

    /// The name of the key of this part's output.
    ///
    /// The first part has the page's own name, unless that ends as a number of a part does: a folder may be
    /// called `c#2`.
    var symbol: Symbol {
        if number <= 1, Self.number(of: page.symbol.bytes) == nil { return page.symbol }
        return Symbol(page.symbol.bytes + [UInt8(ascii: "#")] + Array(String(max(1, number)).utf8))
    }

    init(page: PageID, number: Int) {
        self.page = page
        self.number = number
    }

    /// The part whose output has this key; the number follows the last `#`, if only digits do.
    init(symbol: Symbol) {
        let bytes = symbol.bytes
        if let (mark, number) = Self.number(of: bytes) {
            page = PageID(symbol: Symbol(Array(bytes[..<mark])))
            self.number = number
        } else {
            page = PageID(symbol: symbol)
            number = 1
        }
    }

    /// Where `#5` at the end of a name begins, and the number.
    private static func number(of name: [UInt8]) -> (mark: Int, number: Int)? {
        guard let mark = name.lastIndex(of: UInt8(ascii: "#")), mark + 1 < name.count,
            name[(mark + 1)...].allSatisfy({ $0.isASCIIDigit }),
            let number = Int(String(decoding: name[(mark + 1)...], as: UTF8.self))
        else { return nil }
        return (mark, number)
    }
}

/// What a page is.
enum PageKind: UInt8, Sendable {
    case home = 0
    case section = 1
    case page = 2
    case taxonomy = 3
    case term = 4
    case archive = 5
    case notFound = 6

    /// Whether a site has it without anyone's asking, so that whatever the author has at its address wins.
    var isUnasked: Bool {
        switch self {
        case .home, .taxonomy, .archive, .notFound: true
        case .section, .page, .term: false
        }
    }

    /// The word templates see.
    var name: String {
        switch self {
        case .home: "home"
        case .section: "section"
        case .page: "page"
        case .taxonomy: "taxonomy"
        case .term: "term"
        case .archive: "archive"
        case .notFound: "404"
        }
    }
}
