import TestSupport
import Testing

/// The functions and filters that the site gives to templates are documented with an example each.
///
/// Both tables of the page are written from the one table in `Site/Context`: run the tests with
/// `SITE_UPDATE_SNAPSHOTS=1`.
@Suite struct TemplateReferenceTests {
    private static let entries = SourceTree.sources.filter { $0.path.hasPrefix("Sources/Site/Context/") }
        .flatMap(LanguageEntry.all)

    @Test(.enabled(if: !entries.isEmpty))
    func thePageOfTemplatesListsEveryFunctionAndFilter() throws {
        let path = "content/docs/templates.md"
        var page = try #require(SourceTree.text(at: path))
        for kind in ["function", "filter"] {
            let rows = Self.entries.filter { $0.kind == kind }.map(\.row).sorted()
            let table = (["| \(kind) | what it does | example |", "|---|---|---|"] + rows).joined(
                separator: "\n")
            page = try #require(page.replacingTable(startingWith: "| \(kind) |", by: table))
        }
        Snapshot.expect(page, equalTo: path)
    }

    @Test(.enabled(if: !entries.isEmpty))
    func everyEntryIsFound() {
        let written = SourceTree.sources.filter { $0.path.hasPrefix("Sources/Site/Context/") }
            .flatMap { $0.code.filter { $0.contains(pattern: #"^\s+(function|filter)\("#) } }
        #expect(written.count == Self.entries.count)
    }
}

/// A function or filter as `Site/Context` declares it.
struct LanguageEntry {
    let kind: String
    let name: String
    let signature: String
    let summary: String
    let example: String

    /// Its line in the table of the documentation.
    var row: String {
        let call =
            kind == "function" ? "\(name)(\(signature))" : signature.isEmpty ? name : "\(name)(\(signature))"
        return "| `\(call.escapedForTable)` | \(summary.escapedForTable) | `\(example.escapedForTable)` |"
    }

    /// The entries that a file declares: `filter("name", "parameters", "summary", example: "…")`.
    static func all(in file: SwiftText) -> [LanguageEntry] {
        let pattern =
            #/\b(function|filter)\(\s*"([^"]+)",\s*"([^"]*)",\s*((?:"(?:[^"\\]|\\.)*"\s*\+?\s*)+),\s*example:\s*("(?:[^"\\]|\\.)*")/#
        return file.withoutComments.matches(of: pattern).map { match in
            LanguageEntry(
                kind: String(match.1), name: String(match.2), signature: String(match.3),
                summary: String(match.4).literalText, example: String(match.5).literalText)
        }
    }
}
