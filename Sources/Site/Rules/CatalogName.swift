import Engine
import Text

/// How the parts of a catalogue are named.
enum CatalogName {
    static let posts: Symbol = "posts"
    static let pages: Symbol = "pages"
    static let topPages: Symbol = "top"
    static let taxonomies: Symbol = "taxonomies"
    static let sitemap: Symbol = "sitemap"
    static let reference = Array("ref:".utf8)
    static let url = Array("url:".utf8)
    static let termNames = Array("names:".utf8)
    static let file = Array("file:".utf8)

    static func section(_ folder: RelativePath) -> Symbol { named("section:", folder.bytes) }
    static func postsOfSection(_ folder: RelativePath) -> Symbol { named("posts:", folder.bytes) }
    static func subsections(_ folder: RelativePath) -> Symbol { named("sections:", folder.bytes) }
    static func terms(_ taxonomy: [UInt8]) -> Symbol { named("terms:", taxonomy) }
    static func termNames(_ taxonomy: [UInt8]) -> Symbol { named("names:", taxonomy) }
    static func term(_ taxonomy: [UInt8], _ slug: [UInt8]) -> Symbol {
        named("term:", taxonomy + [UInt8(ascii: "/")] + slug)
    }
    static func fromItsEnd(_ list: Symbol) -> Symbol { named("oldest:", list.bytes) }
    static func series(_ name: [UInt8]) -> Symbol { named("series:", name) }
    static func reference(_ path: RelativePath) -> Symbol { named("ref:", path.bytes) }
    static func url(_ url: [UInt8]) -> Symbol { named("url:", url) }
    static func file(_ name: some Sequence<UInt8>) -> Symbol { named("file:", Array(name)) }
    /// How a page shows what it lists.
    static func listing(of page: Symbol) -> Symbol { part(of: page, "listing") }
    /// The page whose listing is meant.
    static func listed(in name: [UInt8]) -> [UInt8]? {
        guard let (page, part) = divided(name), part == "listing" else { return nil }
        return page
    }
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

    /// The list's name, and what of it is meant.
    private static func divided(_ name: [UInt8]) -> (list: [UInt8], part: String)? {
        guard let mark = name.lastIndex(of: 0) else { return nil }
        return (Array(name[..<mark]), String(decoding: name[(mark + 1)...], as: UTF8.self))
    }

    /// The name of the list whose count is meant.
    static func counted(in name: [UInt8]) -> [UInt8]? {
        guard let (list, part) = divided(name), part == "#" else { return nil }
        return list
    }

    /// The list's name and the size of a part, where parts are meant.
    static func parts(in name: [UInt8]) -> (list: [UInt8], size: Int)? {
        guard let (list, part) = divided(name), part.hasPrefix("#"), let size = Int(part.dropFirst()) else {
            return nil
        }
        return (list, size)
    }

    /// The list's name and the bounds, where a slice is meant.
    static func slice(in name: [UInt8]) -> (list: [UInt8], start: Int, end: Int)? {
        guard let (list, part) = divided(name), part.hasPrefix("["), part.hasSuffix("]") else { return nil }
        let bounds = part.dropFirst().dropLast().split(separator: ":").map { Int($0) }
        guard bounds.count == 2, let start = bounds[0], let end = bounds[1], start >= 0, end >= 0 else {
            return nil
        }
        return (list, start, end)
    }
}
