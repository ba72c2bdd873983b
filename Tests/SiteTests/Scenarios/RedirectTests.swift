import Site
import Testing
import Text

/// Where redirects lead: to pages by their sources, to addresses, in circles.
@Suite struct RedirectTests {
    @Test func aRedirectLeadsToThePageOfItsSource() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org/p/", "headers": {}, "languages": {"en": {}, "de": {}},
             "redirects": {"/1/": "docs/a.md#x", "/2/": "@/docs/a.md", "/3/": {"to": "docs/a"}, "/4/": "/LICENSE.md"}}
            -- content/docs/a.md --
            ---
            title: A
            ---
            ## X
            -- content/docs/a.de.md --
            ---
            title: A
            ---
            -- content/docs/b.md --
            ---
            redirect_to: docs/a.md
            ---
            -- content/docs/b.de.md --
            ---
            redirect_to: docs/a.md
            ---
            -- static/LICENSE.md --
            L

            """)
        expectBuild(
            site,
            [
                "1/index.html": "url=/p/docs/a/#x\"", "2/index.html": "url=/p/docs/a/\"",
                "3/index.html": "url=/p/docs/a/\"", "4/index.html": "url=/p/LICENSE.md\"",
                "docs/b/index.html": "url=/p/docs/a/\"", "de/docs/b/index.html": "url=/p/de/docs/a/\"",
                "_redirects": "/p/1/ /p/docs/a/#x 301\n/p/2/ /p/docs/a/ 301\n",
            ])
        #expect(site.findings.map(\.message) == [])
        // The page moves, and all that lead to it with it.
        site.replace("title: A", by: "title: A\nslug: moved", in: "content/docs/a.md")
        expectBuild(
            site,
            [
                "1/index.html": "url=/p/docs/moved/#x\"", "docs/b/index.html": "url=/p/docs/moved/\"",
                "_redirects": "/p/docs/b/ /p/docs/moved/ 301",
            ])
        #expect(site.findings.map(\.message) == ["the redirect from \"/3/\" to \"docs/a\" leads nowhere"])
    }

    @Test func aPageThatLeadsOnIsChecked() {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            ---
            title: A
            redirect_to: /nope/
            ---
            -- content/b.md --
            ---
            redirect_to: c.md
            ---
            -- content/d.md --
            ---
            redirect_to: https://example.org/
            ---

            """)
        func found() -> [String] {
            site.findings.map { "\($0.message) \($0.location.map { "\($0.path.text):\($0.line)" } ?? "")" }
        }
        expectBuild(site)
        #expect(
            found() == [
                "\"redirect_to: /nope/\" leads nowhere content/a.md:3",
                "\"redirect_to: c.md\" leads nowhere content/b.md:2",
            ])
        site.edit("-- content/c.md --\nC\n-- content/nope.md --\nN\n")
        expectBuild(site, ["b/index.html": "url=/c/\""])
        #expect(found() == [])
        site.edit("-- content/c.md --\n---\nrender: false\n---\n")
        expectBuild(site)
        #expect(
            found() == ["\"redirect_to: c.md\" leads nowhere: content/c.md is not rendered content/b.md:2"])
    }

    @Test(arguments: [
        (#""/a/": "/a/""#, "this redirect leads to itself site.json:2"),
        (#""/a/": "/b/", "/b/": "/a""#, "these redirects lead in a circle: /a/ → /b/ → /a/ site.json:2"),
        (
            #""/a/": "/b/", "/b/": "https://example.org/p/c", "/c/": "/b/#x""#,
            "these redirects lead in a circle: /b/ → /c/ → /b/ site.json:2"
        ),
        (#""/a/": "/d/""#, "these redirects lead in a circle: /a/ → /d/ → /a/ site.json:2"),
        (#""/a/": "/x/", "/b/": "/a/", "/e/": "https://example.com/e/""#, nil),
    ])
    func aCircleIsTold(_ redirects: String, _ finding: String?) {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org/p/",
             "redirects": {\(redirects)}}
            -- content/x.md --
            X
            -- content/d.md --
            ---
            redirect_to: a/
            ---

            """)
        expectBuild(site)
        let found = site.findings.filter { $0.code.name == "invalid-redirect" }
        #expect(
            found.map { "\($0.message) \($0.location.map { "\($0.path.text):\($0.line)" } ?? "")" }
                == (finding.map { [$0] } ?? []))
    }
}
