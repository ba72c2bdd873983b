import Engine
import Text

extension RuleContext {
    /// Reports a finding with the level that the site gives its code.
    ///
    /// Only a finding makes its rule depend on the levels: a site without findings can change them for free.
    func find(_ diagnostic: Diagnostic) {
        var diagnostic = diagnostic
        let levels = read(ConfigurationRule.self, .empty, Configuration.levels)
        // Errors cannot be silenced, only what is less can.
        if diagnostic.severity != .error, let level = levels.first(where: { $0.code == diagnostic.code.name }) {
            guard let severity = level.severity else { return }
            diagnostic.severity = severity
        }
        if diagnostic.severity == .warning, flag("strict") != nil { diagnostic.severity = .error }
        report(diagnostic)
    }
}

extension Rendering {
    /// Records that the terms of a page were read.
    func recordTerms(of page: CatalogPage, _ taxonomy: [UInt8]) {
        guard let source = page.source else { return }
        pulledMeta(source).record(PageMeta.terms(taxonomy).projection)
    }
}
