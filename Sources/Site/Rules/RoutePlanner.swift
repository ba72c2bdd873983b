import Engine
import Formats
import Text

/// Where pages live: URL and output path of each, from its head, the permalink patterns and its place on disk.
struct RoutePlanner {
    let urlPrefix: RelativePath
    let style: URLStyle
    let slugStyle: Slug.Style
    let zone: TimeZoneRules
    /// Patterns by the section's folder.
    private let patterns: [RelativePath: PermalinkPattern]

    init(_ site: SiteConfiguration, urlPrefix: RelativePath, zone: TimeZoneRules) {
        self.urlPrefix = urlPrefix
        self.zone = zone
        style = site.urlStyle
        slugStyle = site.slugStyle
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
            if let pattern = patterns[above] { return pattern }
            if above.isRoot { return nil }
            above = above.parent
        }
    }

    /// The route of a page, or `nil` when it leaves the output folder.
    ///
    /// - Parameters:
    ///   - source: the page's source; `nil` for a page that the product makes.
    ///   - path: the folder of the page or list below the content folder.
    ///   - title: gives the title, if a pattern wants it.
    func route(
        _ source: ContentTree.Source?, _ structure: PageStructure, path: RelativePath, title: () -> [UInt8]
    ) -> Route? {
        let url: [UInt8]
        if let whole = structure.wholeURL {
            if whole.contains(UInt8(ascii: ":")), let source {
                let pattern = PermalinkPattern.read(whole, at: .start, in: SourceFile(path: source.path, bytes: [])).pattern
                guard let expanded = expanded(pattern, source, structure, path, title()) else { return nil }
                url = expanded
            } else {
                url = Self.completed(whole)
            }
        } else if let source, source.role != .section {
            if let pattern = pattern(for: path), let expanded = expanded(pattern, source, structure, path, title()) {
                url = expanded
            } else {
                url = byPlace(source, structure, path)
            }
        } else {
            url = listURL(path, slug: structure.slug)
        }
        guard var route = Self.route(url: url, prefix: urlPrefix) else { return nil }
        for alias in structure.aliases {
            guard let old = Self.route(url: Self.completed(alias), prefix: .root) else { return nil }
            if old.output != route.output, !route.aliases.contains(old.output) { route.aliases.append(old.output) }
        }
        return route
    }

    private func expanded(
        _ pattern: PermalinkPattern, _ source: ContentTree.Source, _ structure: PageStructure, _ folder: RelativePath,
        _ title: [UInt8]
    ) -> [UInt8]? {
        var values = PermalinkValues(name: ContentName(source.path))
        values.date = structure.date.map { Instant(seconds: Int($0)).told(in: zone) }
        values.title = title
        values.slug = structure.slug ?? []
        values.sections = folder.components.map { Array($0) }
        values.categories = structure.terms.first { $0.taxonomy == Array("categories".utf8) }?.names ?? []
        values.slugStyle = slugStyle
        return pattern.expanded(values)
    }

    /// By folder and name: `/posts/hello/`.
    private func byPlace(_ source: ContentTree.Source, _ structure: PageStructure, _ folder: RelativePath) -> [UInt8] {
        var url: [UInt8] = [UInt8(ascii: "/")]
        for component in folder.components {
            url += slug(Array(component))
            url.append(UInt8(ascii: "/"))
        }
        let name = structure.slug ?? ContentName(source.path).name
        url += slug(name)
        switch style {
        case .pretty: url.append(UInt8(ascii: "/"))
        case .file: url += Array(".html".utf8)
        case .bare: break
        }
        return url
    }

    private func listURL(_ folder: RelativePath, slug ownSlug: [UInt8]?) -> [UInt8] {
        var parts = folder.components.map { slug(Array($0)) }
        if let ownSlug, !parts.isEmpty { parts[parts.count - 1] = slug(ownSlug) }
        return [UInt8(ascii: "/")] + parts.flatMap { $0 + [UInt8(ascii: "/")] }
    }

    /// The slug of a name; a name of which nothing is left stays as it is.
    private func slug(_ name: [UInt8]) -> [UInt8] {
        let slug = Slug.make(name, style: slugStyle)
        return slug.isEmpty ? name : slug
    }

    /// A URL as authors write it, with a slash at its start, and at its end unless it names a file.
    static func completed(_ url: [UInt8]) -> [UInt8] {
        var path = url
        // An author may write the whole address; what counts is its path.
        if Addresses.isAbsolute(path), let scheme = path.firstIndex(of: UInt8(ascii: ":")) {
            let rest = path[(scheme + 1)...].drop { $0 == UInt8(ascii: "/") }
            path = Array(rest.drop { $0 != UInt8(ascii: "/") })
        }
        if path.first != UInt8(ascii: "/") { path.insert(UInt8(ascii: "/"), at: 0) }
        if path.last == UInt8(ascii: "/") { return path }
        let name = path.split(separator: UInt8(ascii: "/")).last ?? []
        let ending = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? []
        let isFile = name.contains(UInt8(ascii: ".")) && ["html", "htm", "xml", "json", "txt", "php", "asp", "aspx"].contains { ending.elementsEqual($0.utf8) }
        return isFile ? path : path + [UInt8(ascii: "/")]
    }

    /// URL and output of a path; `nil` when it leaves the output folder or holds what no file name can.
    static func route(url: [UInt8], prefix: RelativePath) -> Route? {
        let decoded = Percent.decoded(url)
        if decoded.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) { return nil }
        if decoded.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) || $0.count > 255 }) { return nil }
        guard let path = RelativePath(decoded) else { return nil }
        let place = prefix.appending(path.bytes)
        let isFolder = decoded.last == UInt8(ascii: "/")
        var shown: [UInt8] = [UInt8(ascii: "/")] + Escaping.urlPath.escaped(place.bytes)
        if isFolder, !place.isRoot { shown.append(UInt8(ascii: "/")) }
        if isFolder { return Route(url: shown, output: place.appending("index.html")) }
        // `/about` without a slash is written as a file that hosts serve at that address.
        let hasExtension = place.name.contains(UInt8(ascii: "."))
        return Route(url: shown, output: hasExtension ? place : RelativePath(unchecked: place.bytes + Array(".html".utf8)))
    }
}
