import Engine
import Text

extension RuleContext {
    /// Reports a finding with the level that the site gives its code.
    ///
    /// Only a finding makes its rule depend on the levels: a site without findings can change them for free.
    func find(_ diagnostic: Diagnostic) {
        find(diagnostic, levels: read(ConfigurationRule.self, .empty, Configuration.levels))
    }

    /// As ``find(_:)``, for the configuration's own rule, which cannot ask for itself.
    func find(_ diagnostic: Diagnostic, levels: [(code: String, severity: Severity?)]) {
        var diagnostic = diagnostic
        // Errors cannot be silenced, only what is less can.
        if diagnostic.severity != .error, let level = levels.first(where: { $0.code == diagnostic.code.name })
        {
            guard let severity = level.severity else { return }
            diagnostic.severity = severity
        }
        if diagnostic.severity == .warning, flag("strict") != nil { diagnostic.severity = .error }
        report(diagnostic)
    }
}

extension RuleContext {
    /// All files below a folder, as `tree` has them; a link that leads nowhere is a finding.
    func sources(
        below folder: RelativePath, ignoring: (RelativePath) -> Bool = { _ in false }
    ) -> [RelativePath] {
        tree(folder, ignoring: ignoring) { findDeadLink($0) }
    }

    /// Tells of the links below a folder that lead nowhere, where files are asked for by name.
    func findDeadLinks(below folder: RelativePath) {
        for link in deadLinks(below: folder) { findDeadLink(link) }
    }

    private func findDeadLink(_ path: RelativePath) {
        // Emacs says by such a link who is writing a file.
        if path.name.first == UInt8(ascii: ".") { return }
        var finding = Diagnostic(
            .unreadableFile, "this link leads nowhere, or around in a circle, and is not read",
            at: SourceLocation(path: path), hint: "mend it, or take it away")
        // Nothing of the site's is known to be missing.
        finding.severity = .warning
        find(finding)
    }
}
