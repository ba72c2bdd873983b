import Formats
import Markup
import Templates
import Text

/// How templates are read and bounded.
struct TemplatesConfiguration: Sendable {
    /// Whether all templates are escaped or none; `nil` decides by the file's name.
    let autoescape: Bool?
    let language: TemplateSettings
    let limits: TemplateLimits

    init(_ site: SiteConfiguration) {
        autoescape = site.flag("templates.autoescape") ? nil : false
        var settings = TemplateSettings()
        settings.trimBlocks = site.flag("templates.trimBlocks")
        settings.lstripBlocks = site.flag("templates.lstripBlocks")
        settings.undefined = site.text("templates.undefined") == "lenient" ? .lenient : .reported
        settings.extensions = [.do, .loopControls]
        language = settings
        var limits = TemplateLimits()
        func bound(_ name: String, _ value: inout Int) {
            let wanted = site.number("templates.limits.\(name)")
            if wanted > 0 { value = wanted }
        }
        bound("depth", &limits.depth)
        bound("steps", &limits.steps)
        bound("outputBytes", &limits.outputBytes)
        bound("stringBytes", &limits.stringBytes)
        bound("listCount", &limits.listCount)
        self.limits = limits
    }
}

/// How Markdown is read.
struct MarkdownConfiguration: Sendable {
    let options: MarkdownOptions

    init(_ site: SiteConfiguration) {
        var options = MarkdownOptions()
        options.rawHTML = site.flag("markdown.rawHTML")
        options.smartPunctuation = site.flag("markdown.smartPunctuation")
        options.alerts = site.flag("markdown.alerts")
        options.attributes = site.flag("markdown.attributes")
        options.math = site.flag("markdown.math")
        options.focusableBlocks = true
        options.lazyImages = true
        switch site.text("markdown.headingIDs") {
        case "none": options.headingIDs = .none
        case "ascii": options.headingIDs = .ascii
        case "kramdown": options.headingIDs = .kramdown
        default: options.headingIDs = .github
        }
        self.options = options
    }
}

/// The links that are not checked: `check.ignore`.
struct IgnoredLinks: Sendable {
    private let patterns: [GlobPattern]

    init(_ patterns: [String]) {
        self.patterns = patterns.map { GlobPattern($0.utf8, matchesWhole: true) }
    }

    func contains(_ link: [UInt8]) -> Bool { patterns.contains { $0.matches(link) } }
}

extension FeedFormat {
    var fileName: String {
        switch self {
        case .atom: "atom.xml"
        case .rss: "rss.xml"
        case .json: "feed.json"
        }
    }

    var mediaType: String {
        switch self {
        case .atom: "application/atom+xml"
        case .rss: "application/rss+xml"
        case .json: "application/feed+json"
        }
    }

    /// The name in `site.json`.
    var name: String { rawValue }
}
