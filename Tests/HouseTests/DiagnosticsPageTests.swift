import Foundation
import Testing

/// Every kind of finding is declared once, documented on the site, and produced by some test.
@Suite struct DiagnosticsPageTests {
    private static let page = Repository.text(at: "content/docs/diagnostics.md")
    private static let codes = Repository.sources.filter { $0.baseName.hasPrefix("DiagnosticCode+") }
        .flatMap(DeclaredCode.all)

    @Test func noCodeIsDeclaredTwice() {
        let names = Self.codes.map(\.name)
        #expect(Set(names).count == names.count, "\(names.sorted())")
    }

    @Test func codesAreWrittenInKebabCase() {
        #expect(
            Self.codes.filter { !$0.name.contains(pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$") }.map(\.name)
                == [])
    }

    @Test("the page of diagnostics lists every code with its level and meaning", .enabled(if: page != nil))
    func thePageListsEveryCode() throws {
        let page = try #require(Self.page)
        let rows = page.split(separator: "\n").map(String.init).filter { $0.hasPrefix("| `") }
        #expect(
            rows.sorted() == Self.codes.map(\.row).sorted(),
            "run Tests/HouseTests/diagnostics.py to rewrite the page")
    }
}

/// A code as a room declares it.
struct DeclaredCode {
    let name: String
    let severity: String
    let summary: String

    /// Its line in the table of the documentation.
    var row: String { "| `\(name)` | \(severity) | \(summary.replacingOccurrences(of: "|", with: "\\|")) |" }

    /// The codes that a file declares: `DiagnosticCode("name", .severity, "summary")`, over any number of lines.
    static func all(in file: SwiftText) -> [DeclaredCode] {
        let text = file.lines.filter { !$0.trimmed.hasPrefix("//") }.joined(separator: "\n")
        let pattern = #/DiagnosticCode\(\s*"([^"]+)",\s*\.(\w+),\s*"((?:[^"\\]|\\.)*)"\s*\)/#
        return text.matches(of: pattern).map { match in
            DeclaredCode(
                name: String(match.1), severity: String(match.2),
                summary: match.3.replacingOccurrences(of: "\\\"", with: "\""))
        }
    }
}
