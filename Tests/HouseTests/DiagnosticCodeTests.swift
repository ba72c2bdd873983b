import Foundation
import TestSupport
import Testing

/// Every kind of finding is declared once and documented on the site.
///
/// The table of the page is written from the declarations: run the tests with `SITE_UPDATE_SNAPSHOTS=1`.
@Suite struct DiagnosticCodeTests {
    private static let codes = SourceTree.sources.filter { $0.baseName.hasPrefix("DiagnosticCode+") }
        .flatMap(DeclaredCode.all)

    @Test func someCodesAreDeclared() {
        #expect(!Self.codes.isEmpty)
    }

    @Test func noCodeIsDeclaredTwice() {
        let names = Self.codes.map(\.name)
        let repeated = Set(names.filter { name in names.count(where: { $0 == name }) > 1 })
        #expect(repeated.sorted() == [])
    }

    @Test func codesAreWrittenInKebabCase() {
        let odd = Self.codes.filter { !$0.name.contains(pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$") }
        #expect(odd.map(\.name) == [])
    }

    @Test func everyDeclarationIsFound() {
        // The reader of declarations is simple; a code that it cannot read must not go undocumented.
        let written = SourceTree.sources.filter { $0.baseName.hasPrefix("DiagnosticCode+") }
            .flatMap { $0.code.filter { $0.contains(pattern: #"= DiagnosticCode\("#) } }
        #expect(written.count == Self.codes.count)
    }

    @Test func thePageOfDiagnosticsListsEveryCode() throws {
        let path = "content/docs/diagnostics.md"
        let page = try #require(SourceTree.text(at: path))
        let head = page.components(separatedBy: "\n## ")[0]
        let tables = Dictionary(grouping: Self.codes, by: \.room).sorted { $0.key < $1.key }.map {
            room, codes in
            "## \(room)\n\n| code | level | what it means |\n|---|---|---|\n"
                + codes.map(\.row).sorted().joined(separator: "\n") + "\n"
        }
        Snapshot.expect(
            head.trimmingCharacters(in: .newlines) + "\n\n" + tables.joined(separator: "\n"), equalTo: path)
    }
}

/// A code as a room declares it.
struct DeclaredCode {
    let room: String
    let name: String
    let severity: String
    let summary: String

    /// Its line in the table of the documentation.
    var row: String { "| `\(name)` | \(severity) | \(summary.escapedForTable) |" }

    /// The codes that a file declares: `DiagnosticCode("name", .severity, "summary")`, over any number of lines.
    static func all(in file: SwiftText) -> [DeclaredCode] {
        let pattern = #/DiagnosticCode\(\s*"([^"]+)",\s*\.(\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*\+?\s*)+)\)/#
        return file.withoutComments.matches(of: pattern).map { match in
            DeclaredCode(
                room: file.room ?? "", name: String(match.1), severity: String(match.2),
                summary: String(match.3).literalText)
        }
    }
}
