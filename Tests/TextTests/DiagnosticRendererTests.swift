import TestSupport
import Testing
import Text

@Suite struct DiagnosticRendererTests {
    private static let unknownFilter = DiagnosticCode(
        "unknown-filter", .error, "A filter that does not exist.")
    private static let brokenLink = DiagnosticCode("broken-link", .warning, "A link to nothing.")

    /// Renders a finding about the marked range and compares with the text below the test.
    private func expectRendered(
        _ marked: String, _ expected: String, message: String = "message", hint: String? = nil,
        notes: [DiagnosticNote] = [], count: Int = 1, color: Bool = false,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let text = MarkedText(marked)
        let range = try #require(text.ranges.first, sourceLocation: sourceLocation)
        var diagnostic = Diagnostic(
            Self.unknownFilter, message, at: range, in: text.file("themes/plain/page.html"), hint: hint,
            notes: notes)
        diagnostic.count = count
        let rendered = String(decoding: DiagnosticRenderer(color: color).text(of: diagnostic), as: UTF8.self)
        #expect(rendered.utf8.elementsEqual(expected.utf8), "\n\(rendered)", sourceLocation: sourceLocation)
    }

    @Test func `a finding looks as in the documentation`() throws {
        try expectRendered(
            String(repeating: "\n", count: 11) + #"<a href="/tags/{{ tag | «slugfy» }}/">"# + "\nmore",
            """
            error[unknown-filter]: no filter named "slugfy"
              --> themes/plain/page.html:12:25
               |
            12 | <a href="/tags/{{ tag | slugfy }}/">
               |                         ^^^^^^
               = hint: did you mean "slugify"?
               = note: while rendering content/posts/hello.md

            """,
            message: #"no filter named "slugfy""#, hint: #"did you mean "slugify"?"#,
            notes: [DiagnosticNote("while rendering content/posts/hello.md")])
    }

    @Test func `notes with places, and repetition`() throws {
        let other = SourceFile(path: "base.html", text: "one\ntwo")
        try expectRendered(
            "‸a",
            """
            error[unknown-filter]: message (3 times)
             --> themes/plain/page.html:1:1
              |
            1 | a
              | ^
             ::: base.html:2:1: included here

            """,
            notes: [DiagnosticNote("included here", at: other.location(of: SourceRange(4, 7)))], count: 3)
    }

    @Test func `tabs, wide characters and marks do not move the caret`() throws {
        try expectRendered(
            "\ta\t«b\tc»",
            """
            error[unknown-filter]: message
             --> themes/plain/page.html:1:4
              |
            1 |     a   b   c
              |         ^^^^^

            """)
        try expectRendered(
            "漢e\u{301}«字»x",
            """
            error[unknown-filter]: message
             --> themes/plain/page.html:1:4
              |
            1 | 漢e\u{301}字x
              |    ^^

            """)
    }

    @Test func `the end of a line can be pointed at`() throws {
        try expectRendered(
            "abc‸\n",
            """
            error[unknown-filter]: message
             --> themes/plain/page.html:1:4
              |
            1 | abc
              |    ^

            """)
    }

    @Test func `text from files cannot steer the terminal`() throws {
        try expectRendered(
            "«\u{1B}[31m\u{202E}x»",
            """
            error[unknown-filter]: evil\u{FFFD}message
             --> themes/plain/page.html:1:1
              |
            1 | \u{FFFD}[31m\u{FFFD}x
              | ^^^^^^^

            """, message: "evil\u{7}message")
    }

    @Test func `colour is added, nothing else changes`() throws {
        let file = SourceFile(path: "a", text: "text")
        let diagnostic = Diagnostic(Self.brokenLink, "m", at: SourceRange(1, 2), in: file, hint: "h")
        let plain = DiagnosticRenderer().text(of: diagnostic)
        var colored = String(decoding: DiagnosticRenderer(color: true).text(of: diagnostic), as: UTF8.self)
        #expect(colored.contains("\u{1B}[1;33mwarning[broken-link]\u{1B}[0m"))
        for code in ["1;33", "1;34", "1", "0"] {
            colored = colored.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false).joined()
        }
        #expect(Array(colored.utf8) == plain)
    }

    @Test func `no place, no excerpt`() {
        let renderer = DiagnosticRenderer()
        let nowhere = Diagnostic(Self.brokenLink, "m", hint: "h")
        #expect(
            String(decoding: renderer.text(of: nowhere), as: UTF8.self)
                == "warning[broken-link]: m\n  = hint: h\n")
        let whole = Diagnostic(Self.brokenLink, "m", at: SourceLocation(path: .root.appending("a.md")))
        #expect(
            String(decoding: renderer.text(of: whole), as: UTF8.self)
                == "warning[broken-link]: m\n --> a.md:1:1\n")
    }

    @Test func `programs read the same facts`() {
        let file = SourceFile(path: "content/a.md", text: "a\nb\"c")
        let diagnostic = Diagnostic(
            Self.brokenLink, "no \"x\"", at: SourceRange(3, 4), in: file, hint: "h",
            notes: [DiagnosticNote("n"), DiagnosticNote("o", at: file.location(of: .start))])
        #expect(
            String(decoding: DiagnosticRenderer.json(of: diagnostic), as: UTF8.self)
                == #"{"severity":"warning","code":"broken-link","message":"no \"x\"","path":"content/a.md","line":2,"#
                + #""column":2,"hint":"h","notes":[{"message":"n"},{"message":"o","path":"content/a.md","line":1,"column":1}]}"#
        )
        #expect(
            String(decoding: DiagnosticRenderer.json(of: Diagnostic(Self.brokenLink, "m")), as: UTF8.self)
                == #"{"severity":"warning","code":"broken-link","message":"m","notes":[]}"#)
    }

    @Test func `findings are ordered by place, then code, then words`() {
        let a = SourceFile(path: "a", text: "x\ny")
        let sorted = [
            Diagnostic(Self.unknownFilter, "nowhere"),
            Diagnostic(Self.unknownFilter, "m", at: SourceRange(0, 1), in: a),
            Diagnostic(Self.brokenLink, "m", at: SourceRange(2, 3), in: a),
            Diagnostic(Self.unknownFilter, "a", at: SourceRange(2, 3), in: a),
            Diagnostic(Self.unknownFilter, "b", at: SourceRange(2, 3), in: a),
            Diagnostic(Self.unknownFilter, "a", at: .start, in: SourceFile(path: "b", text: "")),
        ]
        #expect(sorted.reversed().sorted() == sorted)
    }
}
