import Engine
import Text

/// What the address of a menu's entry means: a page by the name of its source, or an address counted from the root of
/// the site, with or without the slash at its start.
enum MenuAddress {
    /// The address as the site has it, without the base path, each look recorded; `nil` when it stands as it is written,
    /// since it leads out of the site or is a part of the page it is on.
    ///
    /// - Complexity: one look where the address starts with a slash, else one for each place that it may mean.
    static func resolved(_ url: [UInt8], _ rendering: Rendering) -> [UInt8]? {
        if isForeign(url) { return nil }
        if url[0] == UInt8(ascii: "/"), !isSource(url) { return url }
        let (path, fragment) = Addresses.splitFragment(url)
        let target = Addresses.withoutQuery(path)
        let rest = path[target.count...] + fragment
        if isSource(url) {
            return page(Percent.decoded(target), rendering).map { page, catalog in
                rendering.entry(of: page, in: catalog).url + rest
            } ?? rooted(url)
        }
        // A page is meant by the address that it has: a list of a menu compares itself with the page it stands on.
        for candidate in SiteAddresses.spellings(of: Percent.decoded(rooted(target))) {
            for language in rendering.configuration(Configuration.languages).all {
                let catalog = rendering.catalog(of: Symbol(language.code))
                guard let index = rendering.position(at: candidate, in: catalog) else { continue }
                return rendering.entry(of: catalog.page(at: index), in: catalog).url + rest
            }
        }
        return rooted(url)
    }

    /// That an address leads nowhere, and what was probably meant.
    struct Problem {
        /// Why it leads nowhere, where that is known.
        var reason: String?
        let hint: String?

        init(reason: String? = nil, hint: String?) {
            self.reason = reason
            self.hint = hint
        }

        fileprivate init(_ page: UnrenderedPage) {
            self.init(reason: page.problem, hint: page.hint)
        }
    }

    /// What is wrong with an address; each look is recorded.
    static func problem(_ url: [UInt8], _ rendering: Rendering) -> Problem? {
        if isForeign(url) { return nil }
        let target = Percent.decoded(Addresses.withoutQuery(Addresses.splitFragment(url).path))
        if isSource(url) {
            if let (page, catalog) = page(target, rendering) {
                return UnrenderedPage(page, in: catalog, rendering).map { Problem($0) }
            }
            // A file that is published as it is may be called so: /LICENSE.md.
            if case .file? = SiteAddresses.find(rooted(target), rendering) { return nil }
            return Problem(
                hint: References.unpublished(target, from: nil, rendering: rendering)
                    ?? References.nearest(to: target, rendering: rendering))
        }
        let address = rooted(target)
        switch SiteAddresses.find(address, rendering) {
        case .file: return nil
        case .page(let catalog, let index):
            return UnrenderedPage(catalog.page(at: index), in: catalog, rendering).map { Problem($0) }
        case nil: break
        }
        return Problem(hint: SiteAddresses.nearest(to: address, isFile: false, rendering))
    }

    /// The page of a source: in this language, or else in the site's, or else in the one that the path says.
    private static func page(_ target: [UInt8], _ rendering: Rendering) -> (
        page: CatalogPage, catalog: Catalog
    )? {
        let main = Symbol(rendering.configuration(Configuration.languages).main.code)
        let places =
            rendering.language == main
            ? [rendering] : [rendering, Rendering(context: rendering.context, language: main)]
        for place in places {
            guard let index = References.find(target, from: nil, rendering: place) else { continue }
            return (place.catalog.page(at: index), place.catalog)
        }
        return References.locate(target, from: nil, rendering: rendering).map { ($0.page, $0.catalog) }
    }

    /// Whether an address is for the world outside, or for the page that it stands on.
    private static func isForeign(_ url: [UInt8]) -> Bool {
        guard let first = url.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "?") else {
            return true
        }
        return Addresses.isAbsolute(url)
    }

    private static func isSource(_ url: [UInt8]) -> Bool {
        let target = Addresses.withoutQuery(Addresses.splitFragment(url).path)
        return target.starts(with: "@/".utf8) || MarkdownName.ends(target)
    }

    /// A menu is on every page: relative to one of them, its addresses would mean another place on each.
    private static func rooted(_ url: [UInt8]) -> [UInt8] {
        if url.first == UInt8(ascii: "/") { return url }
        return [UInt8(ascii: "/")] + (url.starts(with: "./".utf8) ? Array(url.dropFirst(2)) : url)
    }
}
