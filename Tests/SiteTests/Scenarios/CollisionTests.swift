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
