import ArgumentParser
import Files
import Site
import Templates
import Text

/// `site render`: one template with data, without a site.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Render one template with data from a JSON file: the way to try a template.",
        discussion: """
            Prints what the template prints, to the byte. It is Jinja2 alone: the functions and filters of sites \
            are not there, and nothing is escaped unless asked for.

            Example: site render --templates templates card.html --data card.json
            """)

    enum Undefined: String, ExpressibleByArgument, CaseIterable {
        case lenient, strict, chainable, debug
    }

    @Argument(help: ArgumentHelp("The template's name below the folder.", valueName: "entry"))
    var entry: String

    @Option(help: ArgumentHelp("The folder of the templates.", valueName: "dir"), completion: .directory)
    var templates: String

    @Option(
        help: ArgumentHelp("A JSON object: what the template sees. Nothing without it.", valueName: "file"),
        completion: .file())
    var data: String?

    @Flag(help: "Escape what is printed as HTML.")
    var autoescape = false

    @Flag(help: "Drop the line feed after a block.")
    var trimBlocks = false

    @Flag(help: "Drop the blanks before a block on its line.")
    var lstripBlocks = false

    @Flag(help: "Keep the line feed at a template's end.")
    var keepTrailingNewline = false

    @Option(help: "What using something undefined does: lenient, strict, chainable or debug.")
    var undefined = Undefined.lenient

    @Option(
        name: .customLong("extension"),
        help: ArgumentHelp("An extension: i18n, do or loopcontrols; may be given again.", valueName: "name"))
    var extensions: [String] = []

    @Option(help: "How findings are printed: text, or json for a line each.")
    var format = OutputFormat.text

    func run() throws {
        let console = Console(environment: SiteLocation.variables)
        var settings = TemplateSettings()
        settings.autoescape = autoescape
        settings.trimBlocks = trimBlocks
        settings.lstripBlocks = lstripBlocks
        settings.keepTrailingNewline = keepTrailingNewline
        settings.undefined =
            switch undefined {
            case .lenient: .lenient
            case .strict: .strict
            case .chainable: .chainable
            case .debug: .debug
            }
        for name in extensions {
            guard let known = TemplateExtensions.named(name) else {
                throw CommandFailure(
                    .misuse, "there is no extension \"\(name)\"",
                    hint: Spelling.hint(for: name, among: ["i18n", "do", "loopcontrols", "debug"]))
            }
            settings.extensions.insert(known)
        }
        let folder = DiskFileSystem(root: try SiteLocation.folder(templates))
        let outcome = TemplateTrial(settings: settings).render(entry, in: folder, data: try dataFile())
        switch format {
        case .text: console.show(outcome.diagnostics)
        case .json: printLines(outcome, console)
        }
        if outcome.failure != nil || outcome.diagnostics.contains(where: { $0.severity == .error }) {
            throw ExitCode(CommandFailure.Kind.findings.rawValue)
        }
        console.output(outcome.bytes)
    }

    /// Jinja2's class for a finding.
    private static func kind(of code: DiagnosticCode) -> String {
        switch code.name {
        case "template-not-found": "TemplateNotFound"
        case "template-syntax", "unknown-tag": "TemplateSyntaxError"
        case "unknown-filter", "unknown-test": "TemplateAssertionError"
        case "undefined-value": "UndefinedError"
        default: code.name
        }
    }

    private func dataFile() throws -> SourceFile {
        guard let data else { return SourceFile(path: "data.json", text: "{}") }
        guard let bytes = SiteLocation.contents(of: data) else {
            throw CommandFailure(.world, "cannot read \"\(data)\"")
        }
        return SourceFile(path: RelativePath(data) ?? .root, bytes: bytes)
    }

    /// Each finding as a line of JSON on standard error: the one place where results do not go to standard output.
    private func printLines(_ outcome: TemplateTrial.Outcome, _ console: Console) {
        if let failure = outcome.failure {
            var json = JSONWriter()
            json.beginObject()
            json.key("kind")
            json.string(failure.kind.rawValue)
            json.key("template")
            json.string(failure.template)
            json.key("line")
            json.number(failure.line)
            json.key("column")
            json.number(failure.column)
            json.key("message")
            json.string(failure.message)
            json.key("hint")
            if let hint = failure.hint { json.string(hint) } else { json.null() }
            json.endObject()
            console.complain(json: json.finish())
        }
        for diagnostic in outcome.diagnostics {
            if let failure = outcome.failure, diagnostic.location?.path.bytes == failure.template,
                diagnostic.location.map({ $0.line == failure.line && $0.column == failure.column }) ?? true
            {
                continue
            }
            var json = JSONWriter()
            json.beginObject()
            json.key("kind")
            json.string(Self.kind(of: diagnostic.code))
            json.key("template")
            json.string(diagnostic.location?.path.text ?? entry)
            json.key("line")
            json.number(diagnostic.location?.line ?? 0)
            json.key("column")
            json.number(diagnostic.location?.column ?? 0)
            json.key("message")
            json.string(diagnostic.message)
            json.key("hint")
            if let hint = diagnostic.hint { json.string(hint) } else { json.null() }
            json.endObject()
            console.complain(json: json.finish())
        }
    }
}
