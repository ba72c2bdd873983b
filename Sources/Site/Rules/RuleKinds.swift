import Engine

/// Every kind of thing a build of a site knows, in the order data flows.
///
/// The numbers are written to the store: never give one to something else.
extension RuleKind {
    static let configuration = RuleKind(number: 20, name: "configuration")
    static let contentTree = RuleKind(number: 21, name: "content-tree")
    static let pageMeta = RuleKind(number: 22, name: "page-meta")
    static let catalog = RuleKind(number: 23, name: "catalog")
    static let neighbours = RuleKind(number: 24, name: "neighbours")
    static let themeChain = RuleKind(number: 25, name: "theme-chain")
    static let templateProgram = RuleKind(number: 26, name: "template-program")
    static let dataFile = RuleKind(number: 27, name: "data-file")
    static let dataFolder = RuleKind(number: 28, name: "data-folder")
    static let asset = RuleKind(number: 29, name: "asset")
    static let pageBody = RuleKind(number: 30, name: "page-body")
    static let backlinks = RuleKind(number: 31, name: "backlinks")
    static let linkCheck = RuleKind(number: 32, name: "link-check")
    static let pageOutput = RuleKind(number: 33, name: "page-output")
    static let feedOutput = RuleKind(number: 34, name: "feed-output")
    static let sitemapOutput = RuleKind(number: 35, name: "sitemap-output")
    static let robotsOutput = RuleKind(number: 36, name: "robots-output")
    static let redirectOutput = RuleKind(number: 37, name: "redirect-output")
    static let fileOutput = RuleKind(number: 38, name: "file-output")
    static let contentJSONOutput = RuleKind(number: 39, name: "content-json-output")
    static let outputManifest = RuleKind(number: 40, name: "output-manifest")
    static let assetTree = RuleKind(number: 41, name: "asset-tree")
    static let gitDates = RuleKind(number: 42, name: "git-dates")
    static let relatedPages = RuleKind(number: 43, name: "related-pages")
    static let outputFiles = RuleKind(number: 44, name: "output-files")
    static let siteSummary = RuleKind(number: 45, name: "site-summary")
    static let headersOutput = RuleKind(number: 46, name: "headers-output")
    static let pageQuery = RuleKind(number: 47, name: "page-query")
    static let sectionSources = RuleKind(number: 48, name: "section-sources")
    static let imageFacts = RuleKind(number: 49, name: "image-facts")
    static let settingsCheck = RuleKind(number: 50, name: "settings-check")
    static let headPlaces = RuleKind(number: 51, name: "head-places")
    static let styleSheetOutput = RuleKind(number: 52, name: "style-sheet-output")
    static let hostRedirectsOutput = RuleKind(number: 53, name: "host-redirects-output")
    static let outputCopy = RuleKind(number: 54, name: "output-copy")
}

/// The strata: a rule reads only its own stratum or lower ones, so that most cycles cannot be written.
enum Stratum {
    static let configuration = 1
    static let sources = 2
    static let catalog = 3
    static let programs = 2
    static let bodies = 5
    static let checks = 6
    static let outputs = 7
    static let manifest = 8
}
