import Engine
import Text

/// How the parts of a catalogue are named.
enum CatalogName {
    static let posts: Symbol = "posts"
    static let pages: Symbol = "pages"
    static let topPages: Symbol = "top"
    static let sitemap: Symbol = "sitemap"
    /// The folders of sections that are left out; no list is called so.
    static let hidden: Symbol = "hidden"
    static let reference = Array("ref:".utf8)
    static let url = Array("url:".utf8)
    static let termNames = Array("names:".utf8)
    static let file = Array("file:".utf8)

    static func section(_ folder: RelativePath) -> Symbol { named("section:", folder.bytes) }
    static func postsOfSection(_ folder: RelativePath) -> Symbol { named("posts:", folder.bytes) }
    static func subsections(_ folder: RelativePath) -> Symbol { named("sections:", folder.bytes) }
    static func children(_ folder: RelativePath) -> Symbol { named("children:", folder.bytes) }
    static func terms(_ taxonomy: [UInt8]) -> Symbol { named("terms:", taxonomy) }
    static func termNames(_ taxonomy: [UInt8]) -> Symbol { named("names:", taxonomy) }
    static func term(_ taxonomy: [UInt8], _ slug: [UInt8]) -> Symbol {
        named("term:", termName(taxonomy, slug))
    }
    /// The name of a term among all of all taxonomies: a slash ends the taxonomy, whose own slashes are FF, which no text has.
    /// Else "b/c" of "a" would be "c" of "a/b".
    static func termName(_ taxonomy: [UInt8], _ slug: [UInt8]) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        return taxonomy.map { $0 == slash ? 0xFF : $0 } + [slash] + slug
    }
    static func fromItsEnd(_ list: Symbol) -> Symbol { named("oldest:", list.bytes) }
    static func series(_ name: [UInt8]) -> Symbol { named("series:", name) }
    static func reference(_ path: RelativePath) -> Symbol { named("ref:", path.bytes) }
    static func url(_ url: [UInt8]) -> Symbol { named("url:", url) }
    static func file(_ name: some Sequence<UInt8>) -> Symbol { named("file:", Array(name)) }
    /// How a page shows what it lists.
    static func listing(of page: Symbol) -> Symbol { part(of: page, "listing") }
    static func count(of list: Symbol) -> Symbol { part(of: list, "#") }
    static func parts(of list: Symbol, size: Int) -> Symbol { part(of: list, "#\(size)") }
    static func slice(of list: Symbol, _ start: Int, _ end: Int) -> Symbol {
        part(of: list, "[\(start):\(end)]")
    }

    /// Folders, terms and series may be called anything, `c#` and `[0:5]` too: a NUL ends the name of a list before what of
    /// it is meant, and is none of a name's own.
    private static func part(of list: Symbol, _ part: String) -> Symbol {
        Symbol(list.bytes + [0] + Array(part.utf8))
    }

    private static func named(_ prefix: String, _ rest: [UInt8]) -> Symbol {
        // No text has the byte FF in it.
        Symbol(Array(prefix.utf8) + (rest.contains(0) ? rest.map { $0 == 0 ? 0xFF : $0 } : rest))
    }

    /// What of a list, or of a page, a name means.
    enum Part: Equatable {
        /// How a page shows what it lists.
        case listing
        /// How many pages a list has.
        case count
        /// How many parts of so many pages it makes.
        case parts(size: Int)
        /// The pages from one position up to another.
        case slice(start: Int, end: Int)
    }

    /// The name of a list or page, and what of it is meant; `nil` where all of it is, or it makes no sense.
    static func divided(_ name: [UInt8]) -> (whole: Symbol, part: Part)? {
        guard let mark = name.lastIndex(of: 0), mark + 1 < name.count, let part = part(name[(mark + 1)...])
        else {
            return nil
        }
        return (Symbol(name[..<mark]), part)
    }

    private static func part(_ text: ArraySlice<UInt8>) -> Part? {
        let rest = text.dropFirst()
        switch text.first {
        case UInt8(ascii: "#"): return rest.isEmpty ? .count : number(rest).map { .parts(size: $0) }
        case UInt8(ascii: "["):
            guard rest.last == UInt8(ascii: "]"), let colon = rest.firstIndex(of: UInt8(ascii: ":")),
                let start = number(rest[..<colon]), let end = number(rest[(colon + 1)...].dropLast())
            else { return nil }
            return .slice(start: start, end: end)
        default: return text.elementsEqual("listing".utf8) ? .listing : nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        if digits.isEmpty { return nil }
        var number = 0
        for digit in digits {
            guard digit.isASCIIDigit else { return nil }
            let (tens, isLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = tens.addingReportingOverflow(Int(digit &- UInt8(ascii: "0")))
            if isLarge || isLarger { return nil }
            number = sum
        }
        return number
    }
}
