import Engine
import Site
import Testing
import Text

/// Two wishes for one output.
@Suite struct CollisionTests {
    @Test(
        "An address that leads on takes nothing away that the product makes",
        arguments: ["/", "/sitemap.xml", "/robots.txt", "/atom.xml", "/404.html", "/archive/", "/tags/"])
    func generated(address: String) {
        let pages = """
            -- content/blog/x.md --
            ---
            title: X
            date: 2024-01-01
            tags: a
            aliases: ["/old/", "ALIAS"]
            ---
            -- site.json --
            {"title": "S", "baseURL": "https://example.org/"REDIRECT}

            """
        func site(_ alias: String, _ redirect: String) -> SiteUnderTest {
            SiteUnderTest(
                pages.replacing("ALIAS", with: alias).replacing(
                    "REDIRECT", with: redirect.isEmpty ? "" : ", \"redirects\": {\"\(redirect)\": \"/blog/\"}"
                ))
        }
        func expectCollision(_ site: SiteUnderTest, _ place: String) {
            expectBuild(site)
            let found = site.findings.filter { $0.code.name == "output-collision" }
            #expect(found.map { $0.location.map { "\($0.path.text):\($0.line)" } } == [place], "\(address)")
            #expect(site.last?.report.build.failed == true)
        }
        expectCollision(site(address, ""), "content/blog/x.md:5")
        expectCollision(site("/older/", address), "site.json:1")
        let fine = site("/older/", "/oldest/")
        expectBuild(fine, ["older/index.html": "/blog/x/", "oldest/index.html": "/blog/"])
        #expect(fine.findings.isEmpty)
    }

    @Test func noFileIsCalledForAPattern() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"redirects": {"/a*": "/b/"}}
            -- content/b.md --
            B

            """)
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["alias-pattern"])
        #expect(site.output("a*/index.html") == nil)
    }

    @Test(arguments: [
        ("https://b.example/?q=1", "the base URL should have neither ? nor #"),
        ("ftp://b.example/", "the base URL should be an absolute http or https URL"),
    ])
    func aBaseURLThatIsNoneIsToldOnce(url: String, message: String) {
        let site = SiteUnderTest("-- site.json --\n{\"baseURL\": \"\(url)\"}\n-- content/b.md --\nB\n")
        expectBuild(site)
        #expect(site.allFindings.map(\.message) == [message])
    }

    @Test func theFindingIsAtTheAlias() {
        expectSite(
            """
            -- content/blog/_index.md --
            ---
            title: Blog
            ---
            -- content/blog/x.md --
            ---
            title: X
            aliases: [/blog/]
            ---

            """, [:], findings: ["output-collision content/blog/x.md:3:11"])
    }
}
