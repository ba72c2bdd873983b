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
        let limits = rendering.configuration(Configuration.templates).limits
        let renderer = Renderer(loader: SiteTemplateLoader(), limits: limits)
        let result = renderer.render(program, variables: variables, host: rendering)
        for found in result.programsWithFindings {
            rendering.context.record(TemplateProgramRule.self, Symbol(found.name), TemplateProgram.positions.projection)
        }
        for var diagnostic in result.diagnostics {
            diagnostic.notes.append(DiagnosticNote(circumstance))
            rendering.context.find(diagnostic)
        }
        return result.bytes
    }
}

/// Finds templates through the recorder of the page being rendered.
struct SiteTemplateLoader: TemplateLoader {
    func program(named name: [UInt8], from parent: Program?, host: AnyObject?) -> Program? {
        guard let rendering = host as? Rendering else { return nil }
        return rendering.program(name)
    }
}
