import Text

/// What of the findings of a preview was said in the terminal: with each edit only the news are.
struct SaidFindings {
    private var errors: [Diagnostic] = []
    private var others: Set<Finding> = []

    /// A finding wherever in its file it stands, which moves with every line that is written above it.
    private struct Finding: Hashable {
        let code: String
        let message: String
        let path: RelativePath?

        init(_ diagnostic: Diagnostic) {
            code = diagnostic.code.name
            message = diagnostic.message
            path = diagnostic.location?.path
        }
    }

    /// The errors that are to be said now: all of them where one is another, since whoever mends them wants them together.
    mutating func newErrors(among findings: [Diagnostic]) -> [Diagnostic] {
        let present = findings.filter { $0.severity == .error }
        defer { errors = present }
        return errors == present ? [] : present
    }

    /// The warnings that are to be said now, and the pages that are left out now, of all findings of a site that is up to
    /// date: only those that are new, since a site may live with many.
    mutating func newWarnings(among findings: [Diagnostic]) -> [Diagnostic] {
        let present = findings.filter { $0.severity == .warning || $0.code.name == "skipped-page" }
        let keys = present.map { Finding($0) }
        let news = zip(present, keys).filter { !others.contains($0.1) }.map(\.0)
        // What is broken hides what is wrong below it, which is no news when it is mended.
        others = errors.isEmpty ? Set(keys) : others.union(keys)
        return news
    }
}
