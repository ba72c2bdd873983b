public import Formats
public import Text

extension SiteConfiguration {
    /// `title`
    public var title: String { text("title") }
    /// `description`
    public var description: String { text("description") }
    /// `baseURL`
    public var baseURL: BaseURL { BaseURL(text("baseURL")) ?? .none }
    /// `language`
    public var language: String {
        let tag = text("language")
        return Self.isLanguageTag(tag) ? tag : "en"
    }
    /// `timeZone`
    public var timeZone: TimeZoneRules { TimeZoneRules(named: text("timeZone")) ?? .utc }
    /// `theme`, or `nil` for the default theme.
    public var theme: String? { optionalText("theme") }
    /// `content`: the folder of content.
    public var contentFolder: String { text("content") }
    /// `data`: the folder of data files.
    public var dataFolder: String { text("data") }
    /// `static`: further folders that are published as they are, and the address of each.
    public var staticFolders: [(folder: String, address: String)] {
        keys("static").map { ($0, String(decoding: value(at: ["static", $0])?.text ?? [], as: UTF8.self)) }
    }
    /// `urls.aliases`: whether an alias without a slash at its start counts from the page's address.
    public var aliasesAreRelative: Bool { text("urls.aliases") == "page" }
    /// `check.ignore`: patterns of links that are not checked.
    public var ignoredLinks: [String] { texts("check.ignore") }
    /// `permalinks`, as patterns by section.
    public var permalinks: [(section: String, pattern: String)] {
        keys("permalinks").map {
            ($0, String(decoding: value(at: ["permalinks", $0])?.text ?? [], as: UTF8.self))
        }
    }
    /// `urls.style`
    public var urlStyle: URLStyle {
        URLStyle(rawValue: text("urls.style")) ?? .pretty
    }
    /// `urls.slugs`
    public var slugStyle: Slug.Style { Slug.Style(rawValue: text("urls.slugs")) ?? .unicode }
    /// `taxonomies`, with the defaults of each filled in.
    public var taxonomies: [TaxonomySettings] {
        guard let map = value(at: "taxonomies") else { return [] }
        return map.entries.map { TaxonomySettings(name: $0.keyText, value: $0.value, in: self) }
    }
    /// `pagination`
    public var pagination: PaginationSettings {
        PaginationSettings(
            size: max(1, number("pagination.size")), written: text("pagination.path"),
            isOldestFirst: text("pagination.order") == "oldest")
    }
    /// `feeds`
    public var feeds: FeedSettings {
        FeedSettings(
            formats: texts("feeds.formats").compactMap(FeedFormat.init), limit: number("feeds.limit"),
            hasFullContent: text("feeds.content") == "full", ofSections: flag("feeds.sections"),
            ofTerms: flag("feeds.terms"), hasEmails: flag("feeds.emails"))
    }
    /// `languages`, by weight and then as written; empty on sites of one language.
    public var languages: [LanguageSettings] {
        guard let map = value(at: "languages") else { return [] }
        // A code becomes a part of addresses and of names of pages; what cannot be one is told, and no language.
        let all = map.entries.filter { Self.isLanguageTag($0.keyText) }.map {
            LanguageSettings(code: $0.keyText, value: $0.value)
        }
        return all.enumerated().sorted { ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset) }
            .map(\.element)
    }
    /// `posts`: the sections whose dated pages are posts, or `nil` for all.
    public var postSections: [String]? {
        guard let value = value(at: "posts"), !value.isNull else { return nil }
        return texts("posts")
    }
    /// `environment`: the variables that templates may read.
    public var readableVariables: [String] { texts("environment") }
    /// `ignore`: patterns of files that do not count.
    public var ignored: [String] { texts("ignore") }
    /// Whether `headers` is there, be it empty: the host reads `_headers` and `_redirects`.
    public var writesHostFiles: Bool { value(at: "headers")?.kind == .map }

    /// `redirects`: old URL to new URL.
    public var redirects: [(from: DataEntry, to: DataValue)] {
        value(at: "redirects").map { $0.entries.map { ($0, $0.value) } } ?? []
    }
    /// `check`: levels set by the site; `nil` for "off".
    public var levels: [(code: String, severity: Severity?)] {
        guard let map = value(at: "check") else { return [] }
        return map.entries.compactMap { entry in
            guard entry.keyText != "ignore", let text = entry.value.string else { return nil }
            switch String(decoding: text, as: UTF8.self) {
            case "error": return (entry.keyText, .error)
            case "warning": return (entry.keyText, .warning)
            case "note": return (entry.keyText, .note)
            default: return (entry.keyText, nil)
            }
        }
    }
}

/// How a site's URLs look on disk.
public enum URLStyle: String, Sendable {
    /// `/about/`, written as `about/index.html`.
    case pretty
    /// `/about.html`.
    case file
    /// `/about`, written as `about.html`.
    case bare
}

/// A format of feeds.
public enum FeedFormat: String, Sendable, CaseIterable {
    /// Atom, RFC 4287: `atom.xml`.
    case atom
    /// RSS 2.0: `rss.xml`.
    case rss
    /// JSON Feed 1.1: `feed.json`.
    case json
}

/// A taxonomy of the site.
public struct TaxonomySettings: Sendable {
    /// Its name, the key in front matter.
    public let name: String
    /// The first part of its URLs.
    public let path: String
    /// Whether each term has feeds.
    public let hasFeeds: Bool
    /// How many pages a page of a term shows.
    public let pageSize: Int
    /// Terms of fewer pages than this are left out of search engines.
    public let thin: Int
    /// Whether a term `a/b` belongs to `a` as well.
    public let isHierarchical: Bool
    /// Whether a dated page that names none of its terms belongs to that of its folder.
    public let isFromFolder: Bool

    init(name: String, value: DataValue, in configuration: SiteConfiguration) {
        self.name = name
        path = value["path"].map { String(decoding: $0.text, as: UTF8.self) } ?? name
        hasFeeds = value["feeds"]?.boolean ?? configuration.flag("feeds.terms")
        pageSize = value["paginate"]?.integer ?? configuration.pagination.size
        thin = value["thin"]?.integer ?? 0
        isHierarchical = value["hierarchical"]?.boolean ?? false
        isFromFolder = value["fromFolder"]?.boolean ?? false
    }
}

/// How long lists are cut.
public struct PaginationSettings: Sendable {
    /// Items a page.
    public let size: Int
    /// The word in URLs before the number: `/page/2/`.
    public let path: String
    /// Whether part 1 has the end of the list, the oldest of posts: then full parts never change.
    public let isOldestFirst: Bool
    /// What is wrong with the path as it is written, which then is `page`.
    let problem: String?

    init(size: Int, written: String, isOldestFirst: Bool) {
        self.size = size
        self.isOldestFirst = isOldestFirst
        // Slashes around it are how others write it.
        let path = RelativePath(written)
        if let path, path.isRoot {
            problem = "is empty"
        } else if written.utf8.contains(UInt8(ascii: ":")) {
            problem = "holds a token, \"\(written)\": the number has a part of the address to itself"
        } else if case .failure(let failure) = OutputRoute.make(Array(written.utf8)) {
            problem = failure.message
        } else {
            problem = nil
        }
        self.path = problem == nil ? path?.text ?? "page" : "page"
    }
}

/// What heads must know of a taxonomy.
struct TaxonomyHead: Sendable {
    let name: String
    let path: String
    let isFromFolder: Bool

    init(_ settings: TaxonomySettings) {
        name = settings.name
        path = settings.path
        isFromFolder = settings.isFromFolder
    }

    /// What stands for all of them.
    static func fingerprint(of taxonomies: [TaxonomySettings]) -> Fingerprint {
        var builder = FingerprintBuilder()
        for taxonomy in taxonomies {
            builder.combine(taxonomy.name)
            builder.combine(taxonomy.path)
            builder.combine(taxonomy.isFromFolder)
        }
        return builder.finish()
    }

    /// What stands for what decides which term a word means.
    static func fingerprint(of taxonomies: [TaxonomySettings], _ slugs: Slug.Style) -> Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(fingerprint(of: taxonomies))
        for taxonomy in taxonomies { builder.combine(taxonomy.isHierarchical) }
        builder.combine(slugs.rawValue)
        return builder.finish()
    }
}

/// Which feeds there are.
public struct FeedSettings: Sendable {
    /// Their formats.
    public let formats: [FeedFormat]
    /// How many entries.
    public let limit: Int
    /// Whether entries hold the whole text.
    public let hasFullContent: Bool
    /// Whether sections have feeds.
    public let ofSections: Bool
    /// Whether terms have feeds.
    public let ofTerms: Bool
    /// Whether they tell the e-mail addresses of authors: who gathers addresses reads feeds, too.
    public let hasEmails: Bool
}

/// A language of the site.
public struct LanguageSettings: Sendable {
    /// Its code, BCP 47: `pt-BR`.
    public let code: String
    /// Its name in itself.
    public let name: String
    /// The site's title in it, or `nil` for the site's own.
    public let title: String?
    /// The site's description in it, or `nil` for the site's own.
    public let description: String?
    /// What of `params` differs in it.
    public let params: DataValue?
    /// What of `menus` differs in it.
    public let menus: DataValue?
    /// Its folder of content below the content folder, or `nil` when files carry it in their names.
    public let contentFolder: String?
    /// Its order; low first.
    public let weight: Int

    init(code: String, value: DataValue) {
        func text(_ key: String) -> String? { value[key]?.string.map { String(decoding: $0, as: UTF8.self) } }
        self.code = code
        name = text("name") ?? code
        title = text("title")
        description = text("description")
        params = value["params"]
        menus = value["menus"]
        contentFolder = text("contentFolder")
        weight = value["weight"]?.integer ?? 0
    }
}
