import ArgumentParser
import Engine
import Site
import Text

/// The output folder of a preview that writes the site as well (`--write`).
///
/// What is written is what `site build` would write with the same options, its base URL included, which is not that
/// of the preview. So it is a build of its own, with the store of `site build`, after each round of edits.
struct PreviewFolder: Sendable {
    private let location: SiteLocation
    private let content: ContentOptions
    private let environment: String
    private let progress: ProgressLine
    private let console: Console

    /// The folder of a command's site.
    init(_ location: SiteLocation, _ command: ServeCommand, _ progress: ProgressLine, _ console: Console)
        throws
    {
        var words: [String] = []
        if command.drafts { words.append("--drafts") }
        if command.future { words.append("--future") }
        if let baseURL = command.baseUrl { words += ["--base-url", baseURL] }
        if let jobs = command.jobs { words += ["--jobs", String(jobs)] }
        content = try ContentOptions.parse(words)
        environment = command.environment
        self.location = location
        self.progress = progress
        self.console = console
    }

    /// Writes what is to be written, and says what stood in the way.
    ///
    /// - Parameter known: the findings of the preview, which are not said again.
    func write(besides known: [Diagnostic]) {
        do {
            let session = try SiteSession(location, content, environment: environment)
            let report = progress.accompany("writing") { counts in
                var inputs = session.inputs()
                inputs.progress = counts
                inputs.willWait = { [console] in console.say(BuildNarration.waiting(for: $0)) }
                return session.project.build(inputs).build
            }
            let said = Set(known.map { "\($0.code.name) \($0.message)" })
            let others = report.diagnostics.filter {
                $0.code.name != "skipped-page" && !said.contains("\($0.code.name) \($0.message)")
            }
            console.show(DiagnosticFolding.folded(others))
            if report.failed {
                console.complain("nothing was written; the last output stays")
            } else if !report.written.isEmpty || !report.removed.isEmpty {
                console.say("wrote \(BuildNarration.counted(report.written.count, "file"))")
            }
        } catch {
            console.complain("error: the output folder could not be written: \(error)")
        }
    }
}
