import Engine
import Formats
import Markup
import Templates
import Text

/// What a page's Markdown asks of the site: components, links, references of other generators.
struct BodyHooks: MarkdownHooks {
    let rendering: Rendering
    let source: RelativePath
    /// Where the text is read, for places of calls.
    let file: SourceFile
    var findings: [Diagnostic] = []
    /// Components of this text that were told to be left open.
    var componentsLeftOpen: [[UInt8]] = []
    /// How often each of the findings was made: a component that is called six times makes the same mistake six times.
    var times: [Int] = []
    var known: [FoundInCall: Int] = [:]

    init(rendering: Rendering, source: RelativePath, file: SourceFile) {
        self.rendering = rendering
        self.source = source
        self.file = file
        rendering.source = source
    }

    /// Which elements the site or its theme writes by a template of its own.
    var overrides: MarkdownOverrides {
        var overrides: MarkdownOverrides = []
        for (name, override) in Self.renderTemplates
        where rendering.context.read(TemplateProgramRule.self, name, TemplateProgram.exists) {
            overrides.insert(override)
        }
        return overrides
    }

    /// The page that the text belongs to.
    var pageView: Value? {
        let catalog = rendering.catalog
        return rendering.position(ofReference: source, in: catalog).map { catalog.view(at: $0) }
    }

    private static let renderTemplates: [(Symbol, MarkdownOverrides)] = [
        ("render/link.html", .link), ("render/image.html", .image), ("render/heading.html", .heading),
        ("render/code.html", .codeBlock),
    ]
}

/// Hooks that say where links lead, and leave all else as it usually is.
struct LinkHooks: MarkdownHooks {
    private var hooks: BodyHooks

    init(_ hooks: BodyHooks) { self.hooks = hooks }

    mutating func resolveLink(_ link: MarkdownLink) -> ResolvedLink? { hooks.resolveLink(link) }
}
