import Engine
import Formats
import Text

/// Finds what stands at a root-relative address of the published site, without the base path.
enum SiteAddresses {
    enum Found {
        case page(Catalog, Int)
        case file
    }

    /// What stands at an address; each place that was looked at is recorded. A page that is not rendered is what is found
    /// where nothing else is.
    static func find(_ address: [UInt8], _ rendering: Rendering) -> Found? {
        let languages = rendering.configuration(Configuration.languages)
        var unrendered: Found?
        for candidate in spellings(of: address) {
            for language in languages.all {
                let catalog = rendering.catalog(of: Symbol(language.code))
                guard let index = rendering.position(at: candidate, in: catalog) else { continue }
                let found = Found.page(catalog, index)
                if UnrenderedPage(catalog.page(at: index), in: catalog, rendering) == nil { return found }
                unrendered = unrendered ?? found
            }
        }
        return file(at: address, languages, rendering) ? .file : unrendered
    }

    /// Whether there is a file at an address.
    private static func file(
        at address: [UInt8], _ languages: SiteLanguages, _ rendering: Rendering
    ) -> Bool {
        guard let path = RelativePath(address) else { return false }
        // A file of a static folder, of the theme, or of a bundle; or an output that is no page.
        if rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.contains(path)) { return true }
        if isAsset(path, rendering) || isFeed(path, languages, rendering) || isRedirect(path, rendering)
            || isJSON(path, languages, rendering)
            || isPart(path, languages, rendering)
        {
            return true
        }
        let made = ["sitemap.xml", "robots.txt", "404.html"]
        return made.contains { path.bytes.elementsEqual($0.utf8) }
    }

    /// Whether a path is that of a file of `assets/`, with the fingerprint of what it holds before its ending.
    private static func isAsset(_ path: RelativePath, _ rendering: Rendering) -> Bool {
        let folder = RelativePath(unchecked: Array("assets".utf8))
        guard let rest = path.relative(to: folder) else { return false }
        let name = rest.name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // A name with an ending has the fingerprint before it, one without has it last.
        for place in [name.count - 2, name.count - 1] where place > 0 {
            var parts = name
            parts.remove(at: place)
            let own = rest.parent.appending(Array(parts.joined(separator: [UInt8(ascii: ".")])))
            if let asset = Assets.find(own.bytes, rendering),
                Percent.decoded(asset.url).dropFirst() == path.bytes[...]
            {
                return true
            }
        }
        return false
    }

    /// Whether a path is the feed of a page that has some.
    private static func isFeed(_ path: RelativePath, _ languages: SiteLanguages, _ rendering: Rendering)
        -> Bool
    {
        let feeds = rendering.configuration(Configuration.feedChoice)
        guard feeds.formats.contains(where: { path.name.elementsEqual($0.fileName.utf8) }) else {
            return false
        }
        let folder = [UInt8(ascii: "/")] + path.parent.bytes + (path.parent.isRoot ? [] : [UInt8(ascii: "/")])
        for language in languages.all {
            guard let (catalog, page) = page(at: folder, Symbol(language.code), rendering) else { continue }
            if FeedLinks.has(page, in: catalog, feeds, rendering) { return true }
        }
        return false
    }

    /// Whether a path is that of a page as JSON.
    private static func isJSON(_ path: RelativePath, _ languages: SiteLanguages, _ rendering: Rendering)
        -> Bool
    {
        guard path.fileExtension.elementsEqual("json".utf8),
            rendering.configuration(Configuration.outputs).wantsPageJSON
        else { return false }
        let stem = Array(path.stem)
        let isIndex = stem.elementsEqual("index".utf8)
        let above = [UInt8(ascii: "/")] + path.parent.bytes + (path.parent.isRoot ? [] : [UInt8(ascii: "/")])
        for address in isIndex ? [above] : [above + stem, above + stem + Array(".html".utf8)] {
            for language in languages.all {
                guard let (_, page) = self.page(at: address, Symbol(language.code), rendering) else {
                    continue
                }
                if page.kind == .page { return true }
            }
        }
        return false
    }

    /// Whether a path is a further part of a list: `blog/page/2`.
    private static func isPart(_ path: RelativePath, _ languages: SiteLanguages, _ rendering: Rendering)
        -> Bool
    {
        var path = path
        if path.name.elementsEqual("index.html".utf8) { path = path.parent }
        let folder = rendering.configuration(Configuration.paginationPath)
        guard let number = Int(String(decoding: path.name, as: UTF8.self)), number > 1,
            path.parent.name.elementsEqual(folder)
        else { return false }
        let above = path.parent.parent
        let address = [UInt8(ascii: "/")] + above.bytes + (above.isRoot ? [] : [UInt8(ascii: "/")])
        for language in languages.all {
            guard let (catalog, page) = self.page(at: address, Symbol(language.code), rendering) else {
                continue
            }
            if number <= rendering.partCount(of: page, in: catalog) { return true }
        }
        return false
    }

    /// The page of a language at an address, which may end in a slash or not; recorded.
    private static func page(at address: [UInt8], _ language: Symbol, _ rendering: Rendering) -> (
        catalog: Catalog, page: CatalogPage
    )? {
        let catalog = rendering.catalog(of: language)
        let isFolder = address.count > 1 && address.last == UInt8(ascii: "/")
        for address in isFolder ? [address, Array(address.dropLast())] : [address] {
            guard let index = rendering.position(at: address, in: catalog) else { continue }
            return (catalog, catalog.page(at: index))
        }
        return nil
    }

    /// Whether `site.json` redirects from a path.
    private static func isRedirect(_ path: RelativePath, _ rendering: Rendering) -> Bool {
        let redirected = rendering.configuration(Configuration.redirectedPaths)
        return !redirected.isEmpty
            && (redirected.contains(path) || redirected.contains(path.appending("index.html")))
    }

    /// What to do about a link to a file of `assets/`, which is published under another name.
    static func assetHint(_ address: [UInt8], _ rendering: Rendering) -> String? {
        let prefix = Array("/assets/".utf8)
        guard address.starts(with: prefix),
            Assets.find(Array(address.dropFirst(prefix.count)), rendering) != nil
        else { return nil }
        return
            "assets/ is published under names with fingerprints; put files that pages link to into static/, or publish the folder as it is: \"static\": {\"assets\": \"/assets/\"}"
    }

    /// The nearest address: of a page, recorded as a look at all pages; of a file where the address names one.
    static func nearest(to address: [UInt8], isFile: Bool, _ rendering: Rendering) -> String? {
        let nearest: [UInt8]?
        if isFile || namesFile(address) {
            let files = rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.all).map {
                [UInt8(ascii: "/")] + $0.output.bytes
            }
            nearest = near(address, files.filter { fileEnding($0) == fileEnding(address) })
        } else {
            let contents = rendering.contents(of: rendering.catalog)
            nearest = near(address, contents.pages.map { contents.entry(of: $0).url })
        }
        return nearest.map { "did you mean \"\(String(decoding: $0, as: UTF8.self))\"?" }
    }

    /// A slip in the last part, or the one address elsewhere that has the same last part. A slip is measured by
    /// that part: long addresses in one folder are all alike.
    private static func near(_ address: [UInt8], _ candidates: [[UInt8]]) -> [UInt8]? {
        let (folder, name) = parts(address)
        if name.isEmpty { return nil }
        let siblings = candidates.filter { parts($0).folder == folder }
        // Every wrong link compares itself with all of them: past a few thousand that would be most of the build.
        if siblings.count <= 2000,
            let near = Spelling.nearest(to: name, among: siblings.map { parts($0).name })
        {
            return siblings.first { parts($0).name == near }
        }
        let moved = candidates.filter { parts($0).name == name }
        return moved.count == 1 ? moved[0] : nil
    }

    /// What is before the last part of an address, and that part.
    private static func parts(_ address: [UInt8]) -> (folder: [UInt8], name: [UInt8]) {
        let path = address.last == UInt8(ascii: "/") ? address.dropLast() : address[...]
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return ([], Array(path)) }
        return (Array(path[..<slash]), Array(path[(slash + 1)...]))
    }

    /// Whether an address ends in the name of a file that is no page.
    private static func namesFile(_ address: [UInt8]) -> Bool {
        let ending = fileEnding(address)
        return ending.count >= 2 && ending.count <= 5 && !ending.elementsEqual("html".utf8)
            && ending.contains { $0 > UInt8(ascii: "9") }
    }

    private static func fileEnding(_ address: [UInt8]) -> [UInt8] {
        address.last == UInt8(ascii: "/") ? [] : Array(RelativePath(unchecked: address).fileExtension)
    }

    /// An address with and without the slash or `index.html` at its end: hosts serve both.
    static func spellings(of address: [UInt8]) -> [[UInt8]] {
        var spellings = [address]
        if address.hasSuffix("/index.html") {
            spellings.append(Array(address.dropLast("index.html".utf8.count)))
        } else if address.last == UInt8(ascii: "/"), address.count > 1 {
            spellings.append(Array(address.dropLast()))
        } else {
            spellings.append(address + [UInt8(ascii: "/")])
        }
        return spellings
    }
}

/// A page that something leads to though no page is made of it.
struct UnrenderedPage {
    private let name: String

    /// Nothing where the page is rendered; recorded.
    init?(_ page: CatalogPage, in catalog: Catalog, _ rendering: Rendering) {
        let entry = rendering.entry(of: page, in: catalog)
        if entry.isRendered { return nil }
        name = entry.source?.text ?? String(decoding: entry.url, as: UTF8.self)
    }

    /// What is wrong with it.
    var problem: String { "\(name) is not rendered" }

    /// What to do.
    var hint: String { "its head says that no page is made of it; lead to another, or let it be rendered" }
}

/// Percent-encoding of RFC 3986, section 2.1, undone.
public enum Percent {
    /// The bytes that a text stands for; what is no encoding stays as it is.
    public static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "%")) else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension [UInt8] {
    /// Whether the bytes end with a text.
    func hasSuffix(_ text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && suffix(text.utf8CodeUnitCount).elementsEqual("\(text)".utf8)
    }
}
