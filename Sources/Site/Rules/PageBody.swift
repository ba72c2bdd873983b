import Engine
import Formats
import Markup
import Synchronization
import Templates
import Text

/// The text of a page as HTML, and what can be known from it.
final class PageBody: RuleValue {
    /// The rendered Markdown.
    let markdown: MarkdownBody
    /// How many words a summary has at least that nobody has marked.
    let summaryWords: Int
    private let summaryFragment: HTMLFragment
    /// What parts are worth, as far as someone has asked: most of a body is never read.
    private let fingerprints = Mutex<[Fingerprint?]>([])

    init(_ markdown: MarkdownBody, summaryWords: Int = 70) {
        self.markdown = markdown
        self.summaryWords = summaryWords
        summaryFragment = markdown.summary(words: summaryWords)
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let part = Self.parts[projection.name] else { return .absent }
        return fingerprints.withLock { known in
            if known.isEmpty { known = Array(repeating: nil, count: MarkdownBody.Part.allCases.count) }
            if let fingerprint = known[Int(part.rawValue)] { return fingerprint }
            let fingerprint = markdown.fingerprint(of: part, summaryWords: summaryWords)
            known[Int(part.rawValue)] = fingerprint
            return fingerprint
        }
    }

    private static let parts = SymbolTableOf<MarkdownBody.Part>([
        ("html", .content), ("summary", .summary), ("headings", .headings), ("word_count", .wordCount),
        ("text", .text), ("links", .links), ("needs", .needs), ("anchors", .anchors), ("lead", .lead),
    ])

    /// The HTML with the places of its URLs.
    static let html = Reading<PageBody, HTMLFragment>("html") { $0.markdown.content }
    /// The summary: marked, or the first blocks.
    static let summary = Reading<PageBody, HTMLFragment>("summary") { $0.summaryFragment }
    /// The same, but only where the author marked its end.
    static let markedSummary = Reading<PageBody, HTMLFragment?>("lead") {
        $0.markdown.summaryEnd == nil ? nil : $0.summaryFragment
    }
    /// Whether the summary is less than all of the text.
    static let isCut = Reading<PageBody, Bool>("summary") {
        $0.markdown.isTruncated(words: $0.summaryWords)
    }
    /// The table of contents as nested lists.
    static let toc = Reading<PageBody, [UInt8]>("headings") {
        Outline($0.markdown.headings, levels: 2...4).html()
    }
    /// The headings, as a template sees them.
    static let headings = Reading<PageBody, Value>("headings") { body in
        .frozen(
            body.markdown.headings.map { heading in
                .frozen([
                    ("level", .int(heading.level)), ("id", .safeless(heading.id)),
                    ("text", .safeless(heading.text)),
                    ("html", .safe(heading.html)),
                ])
            })
    }
    /// The ids that a link may lead to.
    static let anchors = Reading<PageBody, [[UInt8]]>("anchors") { body in
        body.markdown.content.ids.map {
            Array(body.markdown.content.html[$0.offset..<($0.offset + $0.count)])
        }
    }
    /// How many words.
    static let wordCount = Reading<PageBody, Int>("word_count") { $0.markdown.wordCount }
    /// Links and images as written; their places are counted from where the text begins.
    static let links = Reading<PageBody, [BodyLink]>("links") { $0.markdown.links }
    /// The beginning of the running text, for descriptions.
    static let description = Reading<PageBody, [UInt8]>("lead") { $0.markdown.plainSummary(limit: 160) }
    /// The same for lists.
    static let excerpt = Reading<PageBody, [UInt8]>("lead") { $0.markdown.plainSummary(limit: 220) }
}

/// Turns a page's Markdown into its body: components are called, links between sources become URLs.
struct PageBodyRule: Rule {
    static let kind = RuleKind.pageBody
    static let stratum = Stratum.bodies
    static let traits: RuleTraits = .kept

    static func words(for name: Symbol) -> String { "the text of \(name.text)" }
    static var cycleHint: String? {
        "a component or a template for links that prints `page.content` cannot stand in that text; two pages cannot embed each other"
    }

    func placeholder(for name: Symbol) -> PageBody { PageBody(MarkdownBody()) }

    func run(_ name: Symbol, in context: RuleContext) -> PageBody {
        let path = RelativePath(unchecked: name.bytes)
        let meta = context.pull(PageMetaRule.self, name)
        guard let (file, start) = PageMeta.bodySource(meta, in: context) else {
            return PageBody(MarkdownBody())
        }
        let settings = context.read(ConfigurationRule.self, .empty, Configuration.markdown)
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        var options = settings.options
        if let separator = meta.read(PageMeta.excerptSeparator) { options.summarySeparator = separator }
        options.isOfJekyll = RoutePlanner.isOfPosts(path)
        if LeadingHeading.mayBe(in: file.bytes, from: start) {
            options.title = meta.read(PageMeta.title)?.bytes ?? []
        }
        let rendering = Rendering(context: context, language: Symbol(languages.language(of: path)))
        InterfaceWords.take(of: file.bytes, from: start, into: &options.words, rendering)
        var hooks = BodyHooks(rendering: rendering, source: path, file: file)
        let body = Markdown.render(file, from: start, options: options, hooks: &hooks)
        // Findings carry their places: a head that grew a line moves them.
        let findings = body.diagnostics + hooks.allFindings
        if !findings.isEmpty { meta.record(PageMeta.bodyStart.projection) }
        for diagnostic in findings { context.find(diagnostic) }
        var kept = body
        kept.diagnostics = []
        // So do links, but a body stands when only its head changes: they are told from where the text begins.
        for index in kept.links.indices {
            kept.links[index].range = kept.links[index].range.moved(by: -start)
        }
        return PageBody(kept, summaryWords: options.summaryWords)
    }

    /// How many words a summary has, then the body as it writes itself.
    static func encode(_ value: PageBody) -> [UInt8]? {
        var writer = CompactWriter()
        writer.put(value.summaryWords)
        return writer.bytes + value.markdown.encoded()
    }

    static func decode(_ bytes: Span<UInt8>) -> PageBody? {
        var reader = CompactReader(bytes)
        let words = reader.number()
        return MarkdownBody(encoded: reader.rest).map { PageBody($0, summaryWords: words) }
    }
}
