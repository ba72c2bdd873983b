import Site
import TestSupport
import Testing
import Text

/// The examples of `content/docs/theme.md` and of the feed in `content/docs/templates.md` do what they say.
@Suite struct ThemeDocumentTests {
    /// Each template of the page, by itself, over the default theme.
    @Test("a template of the page makes a site without a finding", arguments: templates)
    func templatesAreSound(name: String, text: String) {
        let site = SiteUnderTest(Self.site + "-- \(name) --\n\(text)\n")
        expectBuild(site)
        #expect(site.findings.map { "\($0.message) \($0.hint ?? "")" } == [])
        for mark in text.matches(of: #/<(?:p|section)[^>{]*>/#).map({ String($0.0) }) {
            #expect(site.output("blog/a/index.html")?.contains(mark) == true, "\(mark)")
        }
        if text.contains("own.css") {
            #expect(site.output("blog/a/index.html")?.contains("href=\"/assets/own.") == true)
        }
    }

    @Test func thereAreExamples() {
        #expect(Self.templates.count >= 4)
        #expect(Self.fences("yaml").count == 1)
    }

    /// The head that gives a section the layout of documentation.
    @Test func anySectionCanLookLikeDocumentation() {
        expectSite(
            "-- content/handbook/_index.md --\n" + Self.fences("yaml").joined() + "\n"
                + "-- content/handbook/a.md --\nA\n-- content/handbook/more/_index.md --\n"
                + "-- content/handbook/more/b.md --\nB\n",
            [
                "handbook/index.html": "<div class=\"docs listing\">",
                "handbook/a/index.html":
                    "<div class=\"docs\">\n<nav class=\"sidebar\" aria-label=\"Handbook\">",
                "handbook/more/index.html": "<div class=\"docs listing\">",
                "handbook/more/b/index.html": "<div class=\"docs\">",
            ])
    }

    /// The feed of the page about templates says what the product's own says, as far as it says the same.
    @Test func theFeedOfThePageIsAFeed() throws {
        let page = String(decoding: Repository.file("content/docs/templates.md") ?? [], as: UTF8.self)
        let feed = try #require(page.firstMatch(of: #/```xml\n([^`]*)```/#)?.1)
        let site = SiteUnderTest(
            Self.site
                + "-- templates/atom.xml --\n\(feed)-- content/blog/2026-01-01-b/index.md --\n![p](p.svg) [a](../a/)\n"
                + "-- content/blog/2026-01-01-b/p.svg --\n<svg width=\"8\" height=\"6\"/>\n")
        expectBuild(
            site,
            [
                "atom.xml":
                    "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://hill.example/atom.xml\"/>",
                "atom.xml": "src=&#34;https://hill.example/blog/b/p.svg&#34;",
                "atom.xml": "href=&#34;https://hill.example/blog/a/&#34;",
                "atom.xml": "<updated>2026-01-02T00:00:00+00:00</updated>",
                "blog/atom.xml": "<title>Blog | Hill</title>\n<id>https://hill.example/blog/</id>",
            ])
        #expect(site.findings.map(\.message) == [])
    }

    static let templates: [(String, String)] = fences("jinja").compactMap { text in
        text.firstMatch(of: #/^\{# (templates\/[^ ]+) #\}/#).map { (String($0.1), text) }
    }

    private static func fences(_ language: String) -> [String] {
        let page = String(decoding: Repository.file("content/docs/theme.md") ?? [], as: UTF8.self)
        return page.split(separator: "```\(language)\n").dropFirst().map {
            $0.split(separator: "```", maxSplits: 1).first.map(String.init) ?? ""
        }
    }

    private static let site = """
        -- site.json --
        {"title": "Hill", "baseURL": "https://hill.example/"}
        -- assets/own.css --
        a { color: red }
        -- assets/own.js --
        1
        -- content/about.md --
        About
        -- content/blog/2026-01-02-a.md --
        ---
        image: {path: /p.png, alt: A}
        ---
        A
        -- static/p.png --
        p

        """
}
