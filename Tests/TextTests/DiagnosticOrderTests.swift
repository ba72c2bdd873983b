import Testing
import Text

@Suite("The order of findings")
struct DiagnosticOrderTests {
    /// Whatever is shown differs counts, so that the order never depends on which thread met a finding first.
    @Test func noTwoDifferentFindingsAreEqualInIt() {
        let code = DiagnosticCode("made-up", .warning, "For this test.")
        func place(_ path: String, _ line: Int) -> Text.SourceLocation {
            Text.SourceLocation(
                path: RelativePath(path) ?? .root, line: line, column: 1, length: 0, excerpt: "",
                excerptColumn: 1)
        }
        func finding(_ line: Int, _ message: String, notes: [DiagnosticNote] = [], hint: String? = nil)
            -> Diagnostic
        {
            var finding = Diagnostic(
                code, message, at: place("a.md", line),
                hint: hint)
            finding.notes = notes
            return finding
        }
        func note(_ line: Int) -> DiagnosticNote {
            DiagnosticNote(
                "called here", at: place("b.md", line))
        }
        var often = finding(2, "a")
        often.count = 3
        let longer = Diagnostic(
            code, "a",
            at: Text.SourceLocation(
                path: RelativePath("a.md") ?? .root, line: 2, column: 1, length: 2, excerpt: "",
                excerptColumn: 1))
        let ordered = [
            finding(1, "b"), finding(2, "a"), finding(2, "a", hint: "x"), often,
            finding(2, "a", notes: [DiagnosticNote("called here")]), finding(2, "a", notes: [note(3)]),
            finding(2, "a", notes: [note(4)]), finding(2, "a", notes: [note(4), note(5)]), finding(2, "b"),
            // The same in the eyes of Unicode, not in bytes.
            finding(2, "cafe\u{301}"), finding(2, "caf\u{e9}"), longer,
        ]
        #expect(ordered.reversed().sorted() == ordered)
        for (index, one) in ordered.enumerated() {
            for other in ordered[(index + 1)...] { #expect(one < other && !(other < one)) }
        }
    }
}
