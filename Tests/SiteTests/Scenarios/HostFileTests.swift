import Site
import Testing
import Text

/// The files that tell the host of a site what to answer: headers and redirects.
@Suite struct HostFileTests {
    @Test func headersAreWrittenForTheHost() {
        expectSite(
            """
            -- site.json --
            {"headers": {"/*": {"X-Frame-Options": "DENY"}, "/assets/*": {"Link": ["</a>", "</b>"]}}}
            -- content/a.md --
            A

            """,
            [
                "_headers":
                    "/*\n  X-Frame-Options: DENY\n/assets/*\n  Link: </a>\n  Link: </b>\n"
            ])
    }

    /// As those of redirects.
    @Test func pathsOfHeadersHaveThePathOfTheBaseURL() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://a.b/p/", "headers": {"/*": {"A": "b"}, "https://x.pages.dev/*": {"C": "d"}}}
            -- content/a.md --
            A

            """)
        expectBuild(site, ["_headers": "/p/*\n  A: b\nhttps://x.pages.dev/*\n  C: d\n"])
        site.replace("/p/", by: "/q/", in: "site.json")
        expectBuild(site, ["_headers": "/q/*\n"])
        #expect(site.findings.isEmpty)
        site.edit("-- static/_headers --\nown\n")
        expectBuild(site, ["_headers": "own"])
        #expect(
            site.findings.map(\.message) == [
                "\"headers\" in site.json has no effect: this file is published in its place"
            ])
    }

    @Test func redirectsAreWrittenForTheHostThatReadsHeaders() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org/b/", "headers": {}, "redirects": {"/z/": "blog/a b/", "/feed.xml": "/atom.xml",
             "/x.html": {"to": "https://e.org/", "status": 302}, "/old/*": "/new/:splat"}}
            -- content/a.md --
            ---
            aliases: [/caf\u{E9}/, /a.pdf, /a.html, "/wiki/Help:Me/"]
            ---
            -- content/b.md --
            ---
            redirect_to: /a/
            ---

            """)
        expectBuild(
            site,
            [
                "_redirects": """
                /b/a.html /b/a/ 301
                /b/a.pdf /b/a/ 301
                /b/b/ /b/a/ 301
                /b/caf%C3%A9/ /b/a/ 301
                /b/feed.xml /b/atom.xml 301
                /b/wiki/Help%3AMe/ /b/a/ 301
                /b/x.html https://e.org/ 302
                /b/z/ /b/blog/a%20b/ 301
                /b/old/* /b/new/:splat 301

                """, "a.html": "/b/a/", "z/index.html": "/b/blog/", "x.html": "https://e.org/",
            ])
        #expect(site.output("a.pdf") == nil && site.output("feed.xml") == nil)
        #expect(site.findings.filter { $0.code.name != "broken-link" }.map(\.message) == [])
        // What stands in the way of a line is found as well.
        site.edit("-- content/a.md --\n---\naliases: [/atom.xml]\n---\n")
        expectBuild(site)
        #expect(site.findings.contains { $0.code.name == "output-collision" })
        site.edit("-- content/a.md --\n---\naliases: [/c.pdf]\n---\n")
        expectBuild(site, ["_redirects": "/b/c.pdf /b/a/ 301"])
        // An own file wins, and without the key there is none.
        site.edit("-- static/_redirects --\nown\n")
        expectBuild(site, ["_redirects": "own"])
        #expect(site.findings.contains { $0.code.name == "key-without-effect" })
        site.edit("-- static/_redirects (deleted) --\n")
        site.replace("\"headers\": {}, ", by: "", in: "site.json")
        expectBuild(site, ["c.pdf": "/b/a/", "feed.xml": "/b/atom.xml"])
        #expect(site.output("_redirects") == nil)
        #expect(site.findings.contains { $0.code.name == "alias-pattern" })
    }
}
