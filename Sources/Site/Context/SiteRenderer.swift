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
            $0.code == .templateNotFound ? Self.explained($0, rendering) : $0
        }
        return (result.bytes, findings)
    }

    /// Makes a sentence of the name of a template that nobody has, which is all that the interpreter can say.
    private static func explained(_ diagnostic: Diagnostic, _ rendering: Rendering) -> Diagnostic {
        let name = diagnostic.message
        guard !name.contains(" ") else { return diagnostic }
        let names = ThemeFiles.all(.templates, below: .root, in: rendering.context).map(\.text)
        return Diagnostic(
            diagnostic.code, "there is no template \"\(name)\" in templates/ or in the theme",
            at: diagnostic.location,
            hint: diagnostic.hint ?? Spelling.hint(for: name, among: names), notes: diagnostic.notes)
    }
}

/// Finds templates through the recorder of the page being rendered.
struct SiteTemplateLoader: TemplateLoader {
    func program(named name: [UInt8], from parent: Program?, host: AnyObject?) -> Program? {
        guard let rendering = host as? Rendering else { return nil }
        return rendering.program(name)
    }
}
