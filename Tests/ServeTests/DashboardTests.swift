import Serve
import Testing
import Text

@testable import Serve

/// What the dashboard tells, and that nothing a title says can do harm.
@Suite struct DashboardTests {
    static let facts = DashboardFacts(
        title: "A site <b>about</b> things",
        pages: [
            PageFact(
                title: "ARC in five minutes of Swift", path: path("posts/arc/index.html"),
                source: path("content/posts/arc.md"), date: "2026-11-20"),
            PageFact(
                title: "Swift & \"quotes\" </a><script>window.evil = 1</script>",
                path: path("posts/q uotes/index.html"), date: "2026-11-19"),
            PageFact(
                title: "Unfinished thoughts", path: path("posts/draft/index.html"), date: "", state: .draft),
            PageFact(
                title: "New Year", path: path("posts/new-year/index.html"), date: "2027-01-01",
                state: .scheduled),
            PageFact(title: "Über uns", path: path("about/index.html")),
        ],
        outputCount: 42,
        findings: [
            Diagnostic(
                DiagnosticCode("unknown-key", .warning, "."), "unknown key \"descripton\"",
                at: SourceRange(4, 14),
                in: SourceFile(
                    path: path("content/posts/arc.md"), bytes: Array("---\ndescripton: ARC <x>\n---\n".utf8)),
                hint: "did you mean \"description\"?"),
            Diagnostic(DiagnosticCode("template-syntax", .error, "."), "expected \"endif\""),
        ],
        lastRebuild: RebuildFact(
            causes: ["content/posts/arc.md: title  \"ARC in 5 minutes\" → \"ARC in five minutes\""],
            work: ["3 pages, 1 feed"], changed: [path("posts/arc/index.html"), path("atom.xml")],
            duration: .microseconds(7840)))

    static func page(_ request: String) throws -> String {
        let site = FakeSite()
        site.show(facts)
        let answer = try answer(request, over: .memory, site)
        #expect(answer.status == 200)
        #expect(answer.field("content-security-policy")?.contains("default-src 'none'") == true)
        return answer.text
    }

    /// What waits for its date has no page yet to link to.
    @Test func itNamesWhatIsNotThereYet() throws {
        let site = FakeSite()
        site.show(
            DashboardFacts(pages: [
                PageFact(title: "Now", path: path("now/index.html"), source: path("content/now.md")),
                PageFact(
                    title: "Later", path: nil, source: path("content/later.md"), date: "2030-01-01",
                    state: .scheduled),
            ]))
        let page = try answer("GET /_site/", over: .memory, site).text
        #expect(page.contains("<dt>Pages</dt><dd>1</dd>") && page.contains("<dt>Scheduled</dt><dd>1</dd>"))
        #expect(page.contains("<li><span>Later</span> <span class=\"badge\">scheduled</span>"), "\(page)")
        #expect(
            try answer("GET /_site/?q=later", over: .memory, site).text.contains("<li><span>Later</span> "))
    }

    @Test func itTellsWhatTheSiteIs() throws {
        let page = try Self.page("GET /_site/")
        for part in [
            "<h1>A site &lt;b&gt;about&lt;/b&gt; things</h1>", "<dt>Pages</dt><dd>5</dd>",
            "<dt>Drafts</dt><dd>1</dd>",
            "<dt>Scheduled</dt><dd>1</dd>", "<dt>Files</dt><dd>42</dd>", "<dt>Errors</dt><dd>1</dd>",
            "Last rebuild: 7.8 ms", "ARC in 5 minutes", "3 pages, 1 feed", "href=\"/posts/arc/\"",
            "href=\"/posts/q%20uotes/\"", "content/posts/arc.md:2:1",
            "\n<span class=\"error\">^^^^^^^^^^</span>",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(!page.contains("<script>") && !page.contains("<x>"))
        let error = try #require(page.firstRange(of: "expected &#34;endif"))
        let warning = try #require(page.firstRange(of: "unknown key"))
        #expect(error.lowerBound < warning.lowerBound)
    }

    @Test(arguments: [
        ("swift", 2), ("SWIFT+arc", 1), ("%C3%BCber", 1), ("nothing+of+it", 0), ("", 5),
        ("%22%3E%3Cscript%3E", 0),
    ]) func itSearchesTitles(_ words: String, _ count: Int) throws {
        let page = try Self.page("GET /_site/?q=\(words)")
        let start = try #require(page.firstRange(of: "<div id=\"results\">"))
        #expect(page[start.upperBound...].ranges(of: "<li>").count == count)
        #expect(!page.contains("\"><script>"))
    }

    @Test func itSaysWhy() throws {
        for request in [
            "GET /_site/?why=posts%2Fhello%2Findex.html",
            "GET /_site/\nHost: localhost:4000\nReferer: http://localhost:4000/posts/hello/",
        ] {
            #expect(
                try Self.page(request).contains("because of &lt;posts/hello/index.html&gt;"), "\(request)")
        }
        let foreign = try Self.page("GET /_site/\nHost: localhost\nReferer: http://evil.example/posts/hello/")
        #expect(!foreign.contains("because of"))
        #expect(try Self.page("GET /_site/?why=../../etc/passwd").contains("etc/passwd") == false)
    }
}
