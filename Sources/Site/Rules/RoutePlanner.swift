import Engine
import Formats
import Text

/// Where pages live: URL and output path of each, from its head, the permalink patterns and its place on disk.
struct RoutePlanner {
    let urlPrefix: RelativePath
    let style: URLStyle
    let slugStyle: Slug.Style
    private let hasTrailingSlash: Bool
    /// What counts as a language in the name of a file.
    private let codes: [String]
    private let aliasesAreRelative: Bool
    let zone: TimeZoneRules
    /// Patterns by the section's folder.
    private let patterns: [RelativePath: PermalinkPattern]

    init(_ site: SiteConfiguration, urlPrefix: RelativePath, zone: TimeZoneRules, codes: [String]) {
        self.codes = codes
        self.urlPrefix = urlPrefix
        self.zone = zone
        style = site.urlStyle
        slugStyle = site.slugStyle
        aliasesAreRelative = site.aliasesAreRelative
        hasTrailingSlash = site.value(at: "urls.trailingSlash")?.boolean ?? true
        var patterns: [RelativePath: PermalinkPattern] = [:]
        for (section, text) in site.permalinks {
            guard let folder = RelativePath(section) else { continue }
            patterns[folder] = PermalinkPattern.read(Array(text.utf8), at: .start, in: site.file).pattern
        }
        self.patterns = patterns
    }

    /// Whether a pattern names the place of the pages of a folder: then their titles are looked at.
    func pattern(for folder: RelativePath) -> PermalinkPattern? {
        var above = folder
        while true {
            if above.isRoot, Self.isOfPosts(folder), let pattern = patterns[Self.posts] { return pattern }
            if let pattern = patterns[above] { return pattern }
            if above.isRoot { return nil }
            above = above.parent
        }
    }

    /// Where Jekyll's posts lie. They are of one kind wherever that is, at the top or in the folders of categories.
    static let posts = RelativePath(unchecked: Array("_posts".utf8))

    /// Whether a path leads through a folder of Jekyll's posts, or of their drafts.
    static func isOfPosts(_ path: RelativePath) -> Bool {
        path.bytes.contains(UInt8(ascii: "_"))
            && path.components.contains {
                $0.elementsEqual("_posts".utf8) || $0.elementsEqual("_drafts".utf8)
            }
    }

    /// The route of a page, or what is wrong with its URL.
    ///
    /// - Parameters:
    ///   - source: the page's source; `nil` for a page that the product makes.
    ///   - structure: what the page's head says about its place.
    ///   - path: the folder of the page or list below the content folder.
    ///   - title: gives the title, if a pattern wants it.
    /// - Returns: the route, or why there is none.
    func route(
        _ source: ContentTree.Source?, _ structure: SharedStructure, path: RelativePath, title: () -> [UInt8]
    ) -> Result<Route, OutputRoute.Problem> {
        let url: [UInt8]
        // With a slash at its start it counts from the root of the site, in each language (Hugo's meaning).
        var isWhole = structure.wholeURL.map { Self.path(of: $0).first == UInt8(ascii: "/") } ?? false
        if let whole = structure.wholeURL {
            if PermalinkPattern.isOne(whole), let source {
                let pattern = PermalinkPattern.read(
                    whole, at: .start, in: SourceFile(path: source.path, bytes: [])
                ).pattern
                if let expanded = expanded(pattern, source, structure, path, title()) {
                    url = expanded
                } else {
                    url = byPlace(source, structure, path)
                    isWhole = false
                }
            } else {
                url = Self.path(of: whole)
            }
        } else if let source, source.role != .section {
            if let pattern = pattern(for: path),
                let expanded = expanded(pattern, source, structure, path, title())
            {
                url = expanded
            } else {
                url = byPlace(source, structure, path)
            }
        } else {
            url = listURL(path, slug: structure.slug)
        }
        return route(url: url, below: isWhole ? .root : urlPrefix).flatMap { made in
            var made = made
            for alias in structure.aliases {
                guard let whole = address(ofAlias: alias, of: made.url) else {
                    return .failure(.leavesOutput)
                }
                if whole.contains(UInt8(ascii: "*")) {
                    made.patterns.append(alias)
                    continue
                }
                switch OutputRoute.make(whole) {
                case .success(let old):
                    if old.path != made.output, !made.aliases.contains(old.path) {
                        made.aliases.append(old.path)
                    }
                case .failure(let problem): return .failure(problem)
                }
            }
            return .success(made)
        }
    }

    /// The whole address of an alias.
    ///
    /// One with a slash at its start has its language in it if it had one; as in Hugo, where the site says so, it counts
    /// from the root of the page's language. One that starts with `./` or `../` counts from the folder of the page's own
    /// address, as does any other where the site says so.
    private func address(ofAlias alias: [UInt8], of url: [UInt8]) -> [UInt8]? {
        let isAddress = Addresses.isAbsolute(alias)
        let alias = Self.path(of: alias)
        if alias.first == UInt8(ascii: "/"), aliasesAreRelative, !isAddress, !urlPrefix.isRoot {
            return [UInt8(ascii: "/")] + urlPrefix.bytes + alias
        }
        guard alias.first != UInt8(ascii: "/"), aliasesAreRelative || alias.first == UInt8(ascii: ".") else {
            return alias
        }
        guard let page = RelativePath(Percent.decoded(url)),
            let path = RelativePath(page.parent.bytes + [UInt8(ascii: "/")] + alias)
        else { return nil }
        return [UInt8(ascii: "/")] + path.bytes + (alias.last == UInt8(ascii: "/") ? [UInt8(ascii: "/")] : [])
    }

    private func expanded(
        _ pattern: PermalinkPattern, _ source: ContentTree.Source, _ structure: SharedStructure,
        _ folder: RelativePath,
        _ title: [UInt8]
    ) -> [UInt8]? {
        var values = PermalinkValues(name: ContentName(source.path, languages: codes))
        values.date = structure.told
        values.title = title
        values.slug = structure.slug ?? []
        values.isOfJekyll = Self.isOfPosts(source.path)
        values.sections = folder.components.map { Array($0) }
        values.categories = structure.terms.first { $0.taxonomy == Array("categories".utf8) }?.names ?? []
        values.slugStyle = slugStyle
        return pattern.expanded(values)
    }

    /// By folder and name: `/posts/hello/`.
    private func byPlace(_ source: ContentTree.Source, _ structure: SharedStructure, _ folder: RelativePath)
        -> [UInt8]
    {
        let name = structure.slug ?? ContentName(source.path, languages: codes).name(for: slugStyle)
        // Hosts look for it there, whatever the style of addresses.
        if folder.isRoot, name.elementsEqual("404".utf8) { return Array("/404.html".utf8) }
        var url: [UInt8] = [UInt8(ascii: "/")]
        for component in folder.components {
            url += slug(Array(component))
            url.append(UInt8(ascii: "/"))
        }
        url += structure.slug == nil ? slug(name) : ownSlug(name)
        // A slash at the end of a slug with a dot keeps `release-1.txt` from being taken for a file.
        if style == .pretty { url.append(UInt8(ascii: "/")) }
        return url
    }

    private func listURL(_ folder: RelativePath, slug ownSlug: [UInt8]?) -> [UInt8] {
        var parts = folder.components.map { slug(Array($0)) }
        if let ownSlug, !parts.isEmpty { parts[parts.count - 1] = self.ownSlug(ownSlug) }
        return [UInt8(ascii: "/")] + parts.flatMap { $0 + [UInt8(ascii: "/")] }
    }

    /// What becomes of a slug that an author wrote.
    private func ownSlug(_ written: [UInt8]) -> [UInt8] {
        let slug = Slug.make(written: written, style: slugStyle)
        return slug.isEmpty ? written : slug
    }

    /// The slug of a name; a name of which nothing is left stays as it is.
    private func slug(_ name: [UInt8]) -> [UInt8] {
        let slug = Slug.make(name, style: slugStyle)
        return slug.isEmpty ? name : slug
    }

    /// The path of a URL that an author may have written whole, with scheme and host.
    static func path(of url: [UInt8]) -> [UInt8] {
        guard Addresses.isAbsolute(url), let scheme = url.firstIndex(of: UInt8(ascii: ":")) else {
            return url
        }
        let rest = url[(scheme + 1)...].drop { $0 == UInt8(ascii: "/") }
        return Array(rest.drop { $0 != UInt8(ascii: "/") })
    }

    /// The route of a URL below the prefix of its language.
    func route(url: [UInt8]) -> Result<Route, OutputRoute.Problem> { route(url: url, below: urlPrefix) }

    private func route(url: [UInt8], below prefix: RelativePath) -> Result<Route, OutputRoute.Problem> {
        let prefixed = prefix.isRoot ? url : [UInt8(ascii: "/")] + prefix.bytes + [UInt8(ascii: "/")] + url
        return OutputRoute.make(
            Normalization.composed(Array(prefixed)), style: style, hasTrailingSlash: hasTrailingSlash
        ).map {
            Route(url: $0.escapedURL, output: $0.path)
        }
    }
}
