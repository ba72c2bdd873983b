import Engine
import Templates
import Text

/// Renders templates for the site: loader, limits, and findings that say what was being rendered.
enum SiteRenderer {
    /// Renders a program; its findings are reported with their circumstance, and positions are depended on when
    /// a finding names one.
    static func render(
        _ program: Program, _ variables: Variables, rendering: Rendering, circumstance: String
    ) -> [UInt8] {
        let (bytes, findings) = renderWithoutReporting(program, variables, rendering: rendering)
        for var finding in findings {
            finding.notes.append(DiagnosticNote(circumstance))
            rendering.context.find(finding)
        }
        return bytes
    }

    /// As `render`, for who can say better what was being rendered: they report the findings, which nobody else does.
    static func renderWithoutReporting(
        _ program: Program, _ variables: Variables, rendering: Rendering
    ) -> (bytes: [UInt8], findings: [Diagnostic]) {
        let limits = rendering.configuration(Configuration.templates).limits
        let renderer = Renderer(loader: SiteTemplateLoader(), limits: limits)
        let result = renderer.render(program, variables: variables, host: rendering)
        for found in result.programsWithFindings {
            rendering.context.record(
                TemplateProgramRule.self, Symbol(found.name), TemplateProgram.positions.projection)
        }
        let findings = result.diagnostics.map {
            switch $0.code {
            case .templateNotFound: Self.explained($0, rendering)
            case .templateLimit where $0.hint == Renderer.circleHint: Self.withWayOut($0)
            case .undefinedValue: ForeignNames.explained($0, rendering)
            case .templateError: ForeignSyntax.explainedError($0)
            default: $0
            }
        }
        return (result.bytes, findings)
    }

    /// Tells who extends a template by its own name how that of the theme is called.
    private static func withWayOut(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.hint =
            "\(Renderer.circleHint); that of the theme is called \"\(TemplateProgramRule.themeFolder.text)/…\""
        return diagnostic
    }

    /// The template that was probably meant: one of that very file name in another folder, or the nearest.
    private static func hint(for name: String, among names: [String]) -> String? {
        let file = name.split(separator: "/").last ?? ""
        if let moved = names.first(where: { $0.split(separator: "/").last == file }) {
            return "did you mean \"\(moved)\"?"
        }
        return Spelling.hint(for: name, among: names)
    }

    /// Makes a sentence of the name of a template that nobody has, which is all that the interpreter can say.
    private static func explained(_ diagnostic: Diagnostic, _ rendering: Rendering) -> Diagnostic {
        let name = diagnostic.message
        guard !name.contains(" ") else { return diagnostic }
        let prefix = TemplateProgramRule.themeFolder.text + "/"
        let isOfTheme = name.hasPrefix(prefix)
        let files =
            isOfTheme
            ? ThemeFiles.allOfTheme(.templates, below: .root, in: rendering.context)
            : ThemeFiles.all(.templates, below: .root, in: rendering.context)
        let names = files.map { (isOfTheme ? prefix : "") + $0.text }
        return Diagnostic(
            diagnostic.code,
            "there is no template \"\(name)\" in \(isOfTheme ? "the theme" : "templates/ or in the theme")",
            at: diagnostic.location,
            hint: diagnostic.hint ?? hint(for: name, among: names), notes: diagnostic.notes)
    }
}

/// Finds templates through the recorder of the page being rendered.
struct SiteTemplateLoader: TemplateLoader {
    func program(named name: [UInt8], from parent: Program?, host: AnyObject?) -> Program? {
        guard let rendering = host as? Rendering else { return nil }
        return rendering.program(name)
    }
}
