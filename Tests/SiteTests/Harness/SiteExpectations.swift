import Glibc
import Site
import Testing
import Text

/// Builds and expects that every promise is kept; with `outputs`, that these hold those texts.
func expectBuild(
    _ site: SiteUnderTest, _ outputs: KeyValuePairs<String, String> = [:],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    for problem in site.check() { Issue.record("\(problem)", sourceLocation: sourceLocation) }
    for (path, text) in outputs {
        let output = site.output(path)
        #expect(
            output?.firstRange(of: text) != nil, "\(path) holds \(output ?? "nothing: it is not there")",
            sourceLocation: sourceLocation)
    }
}

/// Builds after an edit; expects that every promise is kept, and that exactly this ran, was written and was
/// removed.
///
/// - Parameters:
///   - site: the site.
///   - edit: as `SiteFixture` reads it.
///   - ran: the keys that ran, one a line, in the order of keys; `nil` does not look.
///   - written: the outputs written, one a line, sorted; `nil` does not look.
///   - removed: the outputs removed, one a line, sorted.
///   - sourceLocation: the test.
func expectRebuilt(
    _ site: SiteUnderTest, after edit: String = "", ran: String?, written: String?, removed: String = "",
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    site.edit(edit)
    for problem in site.check() { Issue.record("\(problem)", sourceLocation: sourceLocation) }
    guard let last = site.last else { return }
    func compare(_ what: String, _ expected: String?, _ seen: [String]) {
        guard let expected else { return }
        let wanted = expected.split(separator: "\n").map { String($0.drop { $0 == " " }) }
        if wanted == seen { return }
        let missing = wanted.filter { !seen.contains($0) }
        let extra = seen.filter { !wanted.contains($0) }
        Issue.record(
            """
            \(what):
            \(seen.joined(separator: "\n"))
            too many: \(extra)
            missing: \(missing)
            """, sourceLocation: sourceLocation)
    }
    compare("ran", ran, last.ran)
    compare("written", written, last.written)
    compare("removed", removed, last.removed)
}

/// Builds a site in memory and expects that every promise is kept, that these outputs hold those texts, and that
/// these are the findings but for skipped pages, as `code path:line:column`.
func expectSite(
    _ files: String, _ outputs: KeyValuePairs<String, String>, findings: [String] = [],
    now: String = "2026-06-01",
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    let site = SiteUnderTest(files, now: now)
    expectBuild(site, outputs, sourceLocation: sourceLocation)
    let found = site.findings.map { finding in
        finding.code.name
            + (finding.location.map { " \($0.path.text):\($0.line):\($0.column)" } ?? "")
    }
    #expect(
        found == findings, "\(site.findings.map { "\($0.message) (\($0.hint ?? ""))" })",
        sourceLocation: sourceLocation)
}
