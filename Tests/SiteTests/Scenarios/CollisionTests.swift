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

    @Test func twoFoldersOfOneAddressAreNamed() {
        let site = SiteUnderTest("-- content/docs/a.md --\nA\n-- content/Docs/b.md --\nB\n")
        expectBuild(site)
        let found = site.findings.filter { $0.code.name == "output-collision" }
        #expect(
            found.map(\.message) == [
                "two sources want /docs/index.html: the section page /docs/ of the folder content/Docs/ and the section page /docs/ of the folder content/docs/"
            ])
        #expect(found.first?.location?.path.text == "content/docs")
        #expect(
            found.first?.hint
                == "call one of the folders otherwise, or give it an _index.md with another slug")
        site.edit("-- content/Docs/_index.md --\n---\ntitle: D\n---\n")
        expectBuild(site)
        let second = site.findings.filter { $0.code.name == "output-collision" }
        #expect(second.map { $0.location?.path.text } == ["content/Docs/_index.md"])
        #expect(second.first?.message.contains("of the folder content/docs/") == true)
        site.edit("-- content/Docs/_index.md --\n---\nslug: other\n---\n")
        expectBuild(site, ["docs/index.html": "", "other/index.html": ""])
        #expect(!site.findings.contains { $0.code.name == "output-collision" })
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
