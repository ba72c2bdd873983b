import Site
import Testing
import Text

/// What lies in a section that is not published is not published.
@Suite struct HiddenSectionTests {
    private static let site = """
        -- site.json --
        {"title": "T", "baseURL": "https://e.org/"}
        -- templates/page.html --
        {{ page.content }}
        -- templates/section.html --
        {{ page.title }}
        -- templates/home.html --
        x
        -- content/a.md --
        [f](docs/f.txt)
        -- content/docs/_index.md --
        ---
        title: Docs
        ---
        -- content/docs/f.txt --
        f
        -- content/docs/deep/g.txt --
        g
        -- content/docs/b.md --
        B
        -- content/docs2/h.txt --
        h

        """

    /// A draft, of the future, expired; and back.
    @Test(arguments: [("draft: true", nil), ("date: 2026-06-02", "2026-06-03"), ("expires: 2026-05-01", nil)])
    func filesOfAHiddenSectionAreHidden(_ head: String, _ later: String?) {
        let site = SiteUnderTest(Self.site)
        expectBuild(site, ["docs/f.txt": "f", "docs/deep/g.txt": "g", "docs2/h.txt": "h"])
        site.edit("-- content/docs/_index.md --\n---\ntitle: Docs\n\(head)\n---\n")
        expectBuild(site, ["docs2/h.txt": "h"])
        #expect(site.outputs.filter { $0.hasPrefix("docs/") } == [])
        // Who links a file of it is told.
        #expect(site.findings.map(\.code.name) == ["broken-link"])
        if let later {
            site.world.now = World.instant(later)
        } else {
            site.edit("-- content/docs/_index.md --\n---\ntitle: Docs\n---\n")
        }
        expectBuild(site, ["docs/f.txt": "f", "docs/deep/g.txt": "g"])
        #expect(site.findings.isEmpty)
    }

    /// A draft page hides nothing but itself, so no file is looked at again.
    @Test func aHiddenPageIsNoHiddenSection() {
        let site = SiteUnderTest(Self.site)
        expectBuild(site)
        expectRebuilt(
            site, after: "-- content/docs/b.md --\n---\ndraft: true\n---\nB\n",
            ran: """
                page-meta content/docs/b.md
                catalog en
                sitemap-output
                output-manifest
                site-summary
                """,
            written: "sitemap.xml", removed: "docs/b/index.html")
        #expect(site.output("docs/f.txt") == "f\n")
    }

    /// Drafts that are asked for are shown with what lies beside them.
    @Test func draftsThatAreAskedForHaveTheirFiles() {
        let site = SiteUnderTest(Self.site)
        site.edit("-- content/docs/_index.md --\n---\ndraft: true\n---\n")
        site.world.options.drafts = true
        expectBuild(site, ["docs/f.txt": "f"])
    }

    /// In a language of its own folder the folders count from there.
    @Test func foldersCountFromTheContentOfTheLanguage() {
        expectSite(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "languages": {"en": {"contentFolder": "en"}, "de": {"contentFolder": "de"}}}
            -- templates/page.html --
            x
            -- templates/section.html --
            x
            -- content/en/docs/f.txt --
            f
            -- content/de/docs/f.txt --
            g
            -- content/de/docs/_index.md --
            ---
            title: D
            ---
            -- content/en/docs/_index.md --
            ---
            draft: true
            ---

            """, ["de/docs/f.txt": "g"])
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "languages": {"en": {}, "de": {}}}
            -- templates/page.html --
            x
            -- templates/section.html --
            x
            -- content/docs/f.txt --
            f
            -- content/docs/_index.md --
            ---
            draft: true
            ---

            """)
        expectBuild(site)
        #expect(site.output("docs/f.txt") == nil)
        // Another language's pages in the same folder want their files.
        site.edit("-- content/docs/one.de.md --\nEins\n")
        expectBuild(site, ["docs/f.txt": "f"])
        site.edit("-- content/docs/one.de.md (deleted) --\n")
        expectBuild(site)
        #expect(site.output("docs/f.txt") == nil)
    }
}
