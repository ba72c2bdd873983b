import Engine
import Formats
import Markup
import Synchronization
import Templates
import Text

/// What is in force of `site.json`, the environment's part of it, variables and flags.
///
/// Readers depend on paths: `title`, `params.colors.accent`. A reading of several paths names them all, joined
/// by `|`.
final class Configuration: RuleValue {
    let site: SiteConfiguration
    let languages: SiteLanguages
    private let templates: TemplatesConfiguration
    private let markdown: MarkdownConfiguration
    // What every page asks for is worked out once.
    private let title: [UInt8]
    private let description: [UInt8]
    private let baseURL: [UInt8]
    private let basePath: [UInt8]
    private let ownBaseURLs: [[UInt8]]
    private let timeZone: TimeZoneRules
    private let gitDates: GitDatesSettings
    private let feeds: FeedSettings
    private let taxonomies: [TaxonomySettings]
    private let pagination: PaginationSettings
    private let paginationPath: [UInt8]
    private let slugs: Slug.Style
    private let endsInSlash: Bool
    private let commonImage: [UInt8]
    let languageWords: LanguageWords
    private let ignoredLinks: IgnoredLinks
    /// The outputs from which `redirects` leads on.
    let knownRedirectedPaths: Set<RelativePath>
    /// Whether the whole folder is content, and nobody said so.
    private let isContentAssumed: Bool
    /// Fingerprints that were asked for: each page asks for the same few.
    private let known = Mutex<[Symbol: Fingerprint]>([:])

    init(_ site: SiteConfiguration, isContentAssumed: Bool = false) {
        self.site = site
        self.isContentAssumed = isContentAssumed
        languages = SiteLanguages(site)
        templates = TemplatesConfiguration(site)
        markdown = MarkdownConfiguration(site)
        title = Array(site.title.utf8)
        description = Array(site.description.utf8)
        baseURL = Array((site.baseURL.origin + site.baseURL.path.dropLast()).utf8)
        basePath = Array(site.baseURL.path.dropLast().utf8)
        ownBaseURLs = [site.baseURL, BaseURL(site.baseURLOfFile) ?? .none].filter { !$0.origin.isEmpty }.map {
            Array(($0.origin + $0.path.dropLast()).utf8)
        }
        timeZone = site.timeZone
        gitDates = GitDatesSettings(site)
        feeds = site.feeds
        taxonomies = site.taxonomies
        pagination = site.pagination
        paginationPath = Array(site.pagination.path.utf8)
        slugs = site.slugStyle
        endsInSlash = site.urlStyle != .pretty || site.value(at: "urls.trailingSlash")?.boolean ?? true
        commonImage = Array(site.text("seo.image").utf8)
        languageWords = LanguageWords(site)
        ignoredLinks = IgnoredLinks(site.ignoredLinks)
        knownRedirectedPaths = Set(
            site.redirects.compactMap { from, _ in
                try? OutputRoute.make(RoutePlanner.path(of: Array(from.key))).get().path
            })
    }

    /// The author's own values.
    var params: DataValue { site.value(at: "params") ?? .null }

    func fingerprint(of projection: Projection) -> Fingerprint {
        known.withLock { known in
            if let fingerprint = known[projection.name] { return fingerprint }
            let paths = projection.name.text.split(separator: "|", omittingEmptySubsequences: false)
            var fingerprint = site.effective.fingerprint(atPath: Array((paths.first ?? "").utf8))
            if projection == Self.basePath.projection {
                fingerprint = Fingerprint(of: Self.basePath.extract(self))
            } else if projection == Self.ownBaseURLs.projection {
                fingerprint = Fingerprint(of: Array(ownBaseURLs.joined(separator: [0])))
            } else if projection == Self.hasOrigin.projection {
                fingerprint = Fingerprint(low: Self.hasOrigin.extract(self) ? 1 : 2, high: 0)
            } else if projection == Self.isContentAssumed.projection {
                fingerprint = Fingerprint(low: isContentAssumed ? 1 : 2, high: 0)
            } else if projection == Self.places.projection {
                var builder = FingerprintBuilder()
                builder.combine(site.file.bytes)
                // Which part of it is in force decides which place a value has.
                builder.combine(site.environment != nil)
                builder.combine(site.environment ?? "")
                // What is not said there has no place in it.
                for path in site.overriddenPaths { builder.combine(path.joined(separator: "\u{0}")) }
                fingerprint = builder.finish()
            } else if projection == Self.languages.projection {
                fingerprint = languages.fingerprint
            } else if projection == Self.taxonomyHeads.projection {
                fingerprint = TaxonomyHead.fingerprint(of: taxonomies)
            } else if projection == Self.classification.projection {
                fingerprint = TaxonomyHead.fingerprint(of: taxonomies, slugs)
            }
            if paths.count > 1 {
                var builder = FingerprintBuilder()
                for path in paths { builder.combine(site.fingerprint(at: String(path))) }
                fingerprint = builder.finish()
            } else if projection == .whole {
                fingerprint = site.effective.fingerprint
            }
            known[projection.name] = fingerprint
            return fingerprint
        }
    }

    func shortText(of projection: Projection) -> String? {
        site.optionalText(projection.name.text)
    }

    /// The configuration with the places of its values, for findings: whoever has found something depends on every
    /// byte of the file, since a line added anywhere moves the place.
    static let places = Reading<Configuration, SiteConfiguration>("@places") { $0.site }
    /// What holds addresses of the site's own.
    static let addresses = Reading<Configuration, SiteConfiguration>("menus|languages|redirects|seo.image") {
        $0.site
    }
    static let title = Reading<Configuration, [UInt8]>("title") { $0.title }
    static let description = Reading<Configuration, [UInt8]>("description") { $0.description }
    /// Scheme, host and path, without a slash at the end.
    static let baseURL = Reading<Configuration, [UInt8]>("baseURL") { $0.baseURL }
    /// The same, and that of the file where a flag says another.
    static let ownBaseURLs = Reading<Configuration, [[UInt8]]>("@ownBaseURLs") { $0.ownBaseURLs }
    /// The path alone, without a slash at the end.
    static let basePath = Reading<Configuration, [UInt8]>("@basePath") { $0.basePath }
    /// Whether addresses can be absolute: the base URL has a scheme and a host.
    static let hasOrigin = Reading<Configuration, Bool>("@hasOrigin") { !$0.site.baseURL.origin.isEmpty }
    /// Whether the whole folder is content, and nobody said so.
    static let isContentAssumed = Reading<Configuration, Bool>("@isContentAssumed") { $0.isContentAssumed }
    /// The base URL as somebody wrote it.
    static let writtenBaseURL = Reading<Configuration, String>("baseURL") { $0.site.text("baseURL") }
    static let author = Reading<Configuration, Value>("author") {
        $0.site.value(at: "author")?.templateValue ?? .none
    }
    static let people = Reading<Configuration, [Person]>("author") { configuration in
        configuration.site.value(at: "author").map { People.all(in: $0) } ?? []
    }
    static let theme = Reading<Configuration, [UInt8]>("theme") { Array(($0.site.theme ?? "").utf8) }
    static let timeZone = Reading<Configuration, TimeZoneRules>("timeZone") { $0.timeZone }
    /// What dates of pages are read with.
    static let dating = Reading<Configuration, (zone: TimeZoneRules, git: GitDatesSettings)>(
        "timeZone|gitDates"
    ) { ($0.timeZone, $0.gitDates) }
    /// Which languages there are, and where the content of each lies.
    static let languages = Reading<Configuration, SiteLanguages>("@languages") { $0.languages }
    static let templates = Reading<Configuration, TemplatesConfiguration>("templates") { $0.templates }
    static let markdown = Reading<Configuration, MarkdownConfiguration>("markdown") { $0.markdown }
    static let feeds = Reading<Configuration, FeedSettings>("feeds") { $0.feeds }
    /// Which pages have feeds, and how many.
    static let feedChoice = Reading<Configuration, FeedChoice>("feeds.formats|feeds.sections") {
        FeedChoice($0.feeds)
    }
    static let taxonomies = Reading<Configuration, [TaxonomySettings]>(
        "taxonomies|feeds.terms|pagination.size"
    ) {
        $0.taxonomies
    }
    /// What heads must know of taxonomies: under which keys terms are written, and in which folders they are described.
    static let taxonomyHeads = Reading<Configuration, [TaxonomyHead]>("@taxonomyHeads") {
        $0.taxonomies.map(TaxonomyHead.init)
    }
    /// What decides which term a word in a head means: which taxonomies there are, and how slugs are made.
    static let classification = Reading<Configuration, Void>("@classification") { _ in }
    static let pagination = Reading<Configuration, PaginationSettings>("pagination") { $0.pagination }
    static let paginationPath = Reading<Configuration, [UInt8]>("pagination.path") { $0.paginationPath }
    /// Whether addresses that name a folder end in a slash.
    static let endsInSlash = Reading<Configuration, Bool>("urls.trailingSlash|urls.style") { $0.endsInSlash }
    static let slugs = Reading<Configuration, Slug.Style>("urls.slugs") { $0.slugs }
    static let urls = Reading<Configuration, SiteConfiguration>("urls|permalinks") { $0.site }
    static let postSections = Reading<Configuration, [String]?>("posts") { $0.site.postSections }
    static let staticFolders = Reading<
        Configuration, [(name: String, folder: RelativePath, address: RelativePath)]
    >("static") { configuration in
        configuration.site.staticFolders.compactMap { entry in
            guard let folder = RelativePath(entry.folder), let address = RelativePath(entry.address),
                // What builds keep for themselves is for no visitor, and changes with each of them.
                !folder.isRoot, folder.components.first?.elementsEqual(".site".utf8) != true
            else { return nil }
            return (entry.folder, folder, address)
        }
    }
    static let data = Reading<Configuration, RelativePath>("data") {
        RelativePath($0.site.dataFolder).flatMap { $0.isRoot ? nil : $0 }
            ?? RelativePath(unchecked: Array("data".utf8))
    }
    /// The picture of pages that have none of their own; empty when there is none.
    static let commonImage = Reading<Configuration, [UInt8]>("seo.image") { $0.commonImage }
    /// What that picture shows; empty when nothing is said.
    static let commonImageAlternative = Reading<Configuration, [UInt8]>("seo.imageAlt") {
        Array($0.site.text("seo.imageAlt").utf8)
    }
    /// Whether pictures in texts get their width and height.
    static let writesImageSizes = Reading<Configuration, Bool>("images.sizes") {
        $0.site.flag("images.sizes")
    }
    static let ignoredLinks = Reading<Configuration, IgnoredLinks>("check.ignore") { $0.ignoredLinks }
    static let ignored = Reading<Configuration, [String]>("ignore") { $0.site.ignored }
    static let allowedEnvironment = Reading<Configuration, [String]>("environment") {
        $0.site.readableVariables
    }
    static let levels = Reading<Configuration, [(code: String, severity: Severity?)]>("check") {
        $0.site.levels
    }
    static let outputs = Reading<Configuration, DataValue>("outputs") {
        $0.site.value(at: "outputs") ?? .null
    }

    /// The entries of a menu, or `nil` when there is none of that name.
    static func menu(_ name: Symbol) -> Reading<Configuration, [DataValue]?> {
        let path = isStep(name.bytes) ? Array("menus.".utf8) + name.bytes : Array("menus".utf8)
        return Reading(Projection(Symbol(path))) { configuration in
            configuration.site.value(at: ["menus", name.text]).map { $0.elements.map { $0 } }
        }
    }
}
