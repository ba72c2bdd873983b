public import Engine
import Text

/// What the things that a build knows are called in sentences: "the home page", "list tags = swift", "template
/// base.html". Machines get kind and name instead.
public struct SiteWords {
    private let engine: BuildEngine
    /// Pages that the product makes have the same name in all languages.
    private let namesLanguages: Bool

    /// The words for what an engine remembers.
    public init(_ engine: BuildEngine) {
        self.engine = engine
        namesLanguages = engine.count(of: .catalog) > 1
    }

    /// What a key is called. A source file is called by its path.
    public func thing(_ key: Key) -> String {
        let name = key.name.text
        let kind = engine.kindName(of: key)
        switch kind {
        case "file": return name
        case "page-meta": return "front matter of \(name)"
        case "head-places": return "the lines of the front matter of \(name)"
        case "page-body": return "text of \(name)"
        case "data-file": return "data of \(name)"
        case "listing": return name.isEmpty ? "the site's folder" : "folder \(name)"
        case "environment": return "variable \(name)"
        case "flag": return "option \(name)"
        case "is-past": return "the clock at \(Self.instant(name))"
        case "clock": return "the clock, by the \(name)"
        case "probe": return "what \(name) says"
        case "page-output": return page(name)
        case "feed-output": return feed(name)
        case "sitemap-output": return "the sitemap"
        case "robots-output": return "robots.txt"
        case "headers-output": return "the headers"
        case "host-redirects-output": return "the redirects of the host"
        case "content-json-output": return "the content as JSON"
        case "file-output": return "copy of \(name)"
        case "redirect-output":
            let parts = name.split(separator: "\n", maxSplits: 2)
            return "redirect \(parts.first ?? "") → \(parts.last ?? "")"
        case "template-program": return "template \(name)"
        case "asset": return "asset \(name)"
        case "configuration": return "the configuration"
        case "theme-chain": return "the chain of themes"
        case "catalog": return "the lists of pages"
        case "content-tree": return "the files of the content"
        case "section-sources": return "the texts of sections"
        case "neighbours": return "the neighbours of pages"
        case "related-pages": return "related pages"
        case "backlinks": return "the links to pages"
        case "link-check": return "the check of links in \(page(name))"
        case "output-manifest", "output-files": return "the list of outputs"
        case "settings-check": return "the check of site.json"
        case "asset-tree": return "the list of assets"
        case "data-folder": return "the list of data files"
        case "page-query": return "a list of pages"
        case "site-summary": return "the counts of pages"
        default: return engine.text(of: key)
        }
    }

    /// What a part of a key is called: "content/a.md: title", "list tags = swift, 1 to 10".
    public func part(_ key: Key, _ projection: Projection) -> String {
        let thing = thing(key)
        let part = projection.name.text
        switch engine.kindName(of: key) {
        case "page-body": return part.isEmpty ? thing : "\(thing), as \(part)"
        case "page-meta": return part.isEmpty ? thing : "\(key.name.text): \(Self.field(part))"
        case "data-file": return part.isEmpty ? thing : "\(key.name.text): \(part)"
        case "catalog": return part.isEmpty ? thing : entry(part)
        case "neighbours": return part.isEmpty ? thing : "the neighbours of \(page(part))"
        case "related-pages": return part.isEmpty ? thing : "pages related to \(page(part))"
        case "backlinks": return part.isEmpty ? thing : "the links to \(page(part))"
        case "section-sources": return "the text of section /\(part.dropFirst("index:".count))"
        case "configuration": return part.isEmpty ? thing : Self.setting(part)
        case "file": return part == "exists" ? "whether there is \(thing)" : thing
        default: return part.isEmpty ? thing : "\(thing): \(part)"
        }
    }

    /// What is read of a kind, as a word that is counted: "template", "setting".
    public static func countedKind(_ kind: String) -> String {
        switch kind {
        case "page-meta": "field"
        case "page-body": "text"
        case "template-program": "template"
        case "configuration": "setting"
        case "catalog", "neighbours", "related-pages", "backlinks", "page-query": "list"
        case "data-file", "data-folder": "data value"
        case "asset", "asset-tree": "asset"
        case "file-output", "style-sheet-output": "published file"
        case "listing": "folder"
        case "environment": "variable"
        case "flag": "option"
        case "output-files", "output-manifest", "content-tree": "list of files"
        case "image-facts": "picture"
        case "git-dates": "date of Git"
        case "head-places": "place in a head"
        case "section-sources": "text of a section"
        case "site-summary": "count of pages"
        case "page-output", "feed-output", "sitemap-output", "robots-output", "headers-output",
            "host-redirects-output",
            "content-json-output", "redirect-output":
            "output"
        case "theme-chain": "theme"
        case "settings-check": "check of site.json"
        case "link-check": "check of links"
        case "is-past", "clock": "look at the clock"
        default: kind
        }
    }

    /// A page by the name of its key, with its number among the parts of a list.
    private func page(_ name: String) -> String {
        let part = PagePart(symbol: Symbol(name))
        let id = part.page.symbol.text
        let rest = id.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard rest.count == 2 else { return id }
        let number = part.number > 1 ? ", page \(part.number)" : ""
        guard rest[1].hasPrefix("@") else { return "page \(rest[1])\(number)" }
        let pieces = rest[1].dropFirst().split(separator: "/", maxSplits: 1)
        let argument = pieces.count > 1 ? String(pieces[1]) : ""
        let text =
            switch pieces.first {
            case "home": "the home page"
            case "section": "section /\(argument)/"
            case "taxonomy": "the list of \(argument)"
            case "term": "list \(argument.replacing("/", with: " = ", maxReplacements: 1))"
            case "archive": "the archive"
            case "404": "the page for what is not found"
            default: "page \(rest[1])"
            }
        return "\(text)\(number)\(namesLanguages ? " (\(rest[0]))" : "")"
    }

    private func feed(_ name: String) -> String {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return "feed \(name)" }
        return "\(parts[0]) feed of \(page(String(parts[1])))"
    }

    /// Values of the configuration; what the product works out of several has no name of an author's.
    private static func setting(_ part: String) -> String {
        switch part {
        case "@languages": "which languages there are, and where"
        case "@taxonomyHeads": "which taxonomies there are"
        case "@classification": "which term a word means"
        case "@places": "the lines of site.json"
        default: "setting \(part.replacing("|", with: ", "))"
        }
    }

    /// A field of front matter; what the product works out of several has no name of an author's.
    private static func field(_ name: String) -> String {
        switch name {
        case "@structure": "what decides about its place"
        case "@body": "the text below the front matter"
        case "@body-start": "where its text begins"
        case "@cascade": "what it hands down"
        default: name.hasPrefix("@") ? String(name.dropFirst()) : name
        }
    }

    /// An entry of the catalogue: a page, a list, its length, some of its items.
    private func entry(_ name: String) -> String {
        guard let (whole, part) = CatalogName.divided(Array(name.utf8)) else { return list(name) }
        switch part {
        case .listing: return "how \(page(whole.text)) shows its list"
        case .count: return "\(list(whole.text)), its length"
        case .parts(let size): return "\(list(whole.text)), how many pages of \(size)"
        case .slice(let start, let end): return "\(list(whole.text)), \(start + 1) to \(end)"
        }
    }

    private func list(_ name: String) -> String {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            return switch name {
            case "posts", "pages": "list of all \(name)"
            case "sitemap": "the pages of the sitemap"
            default: "the \(name)"
            }
        }
        let rest = String(parts[1])
        switch parts[0] {
        case "posts": return "the posts of section /\(rest)/"
        case "section": return "list of section /\(rest)/"
        case "sections": return rest.isEmpty ? "the sections" : "the sections in /\(rest)/"
        case "children": return "the pages and sections in /\(rest)/"
        case "terms", "names": return "the \(rest)"
        case "term": return "list \(rest.replacing("/", with: " = ", maxReplacements: 1))"
        case "oldest": return "\(list(rest)) from its end"
        case "series": return "series \(rest)"
        case "ref": return "where \(rest) leads"
        case "url": return "the page at \(rest)"
        case "file": return "the pages called \(rest)"
        default: return page(name)
        }
    }

    private static func instant(_ seconds: String) -> String {
        guard let number = Int(seconds) else { return seconds }
        return DateFormat.rfc3339(Instant(seconds: number, abbreviation: "UTC"))
    }
}
