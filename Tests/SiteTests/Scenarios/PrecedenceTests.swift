import Site
import Testing
import Text

/// Whose file wins where two want to be at one address, and when that is a finding.
@Suite struct PrecedenceTests {
    @Test(arguments: [
        ("404.html", "own"), ("sitemap.xml", "<own/>"), ("robots.txt", "own"), ("atom.xml", "<own/>"),
        ("blog/atom.xml", "<own/>"), ("archive/index.html", "own"), ("_headers", "own"),
        ("index.html", "own"),
        ("blog/index.html", "own"),
    ])
    func aFileOfTheSitesOwnWinsOverAGeneratedOne(_ path: String, _ text: String) {
        expectSite(
            AddressTests.base + """
                -- site.json --
                {"headers": {"/*": {"X-A": "b"}}}
                -- templates/archive.html --
                generated
                -- content/blog/2026-01-01-a.md --
                A
                -- static/\(path) --
                \(text)

                """, [path: text + "\n"],
            // What site.json says is then not done, and that is told.
            findings: path == "_headers" ? ["key-without-effect static/_headers:1:1"] : [])
    }

    /// A file of the author's wins; a page there is a slip, as an alias is.
    @Test func aPageAtAGeneratedFilesAddressIsAFinding() {
        let site = SiteUnderTest(
            AddressTests.base + "-- content/map.md --\n---\nurl: /sitemap.xml\ntitle: Own\n---\n")
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["output-collision"])
        #expect(site.findings.first?.hint?.contains("static/") == true)
    }

    @Test func aPageAtASectionsAddressIsAFindingThatSaysWhereToPutIt() {
        let site = SiteUnderTest(AddressTests.base + "-- content/blog.md --\nB\n-- content/blog/a.md --\nA\n")
        #expect(site.check().isEmpty)
        #expect(site.findings.map(\.code.name) == ["output-collision"])
        #expect(site.findings.first?.hint?.contains("_index.md") == true)
        // A page of one's own wins over the list of tags that every site has, which is told unless it has a template of its
        // own for that. There is one address then.
        for (template, findings) in [("", ["replaced-list content/tags.md:1:1"]), ("template: page\n", [])] {
            expectSite(
                AddressTests.base + "-- content/tags.md --\n---\ntitle: Mine\ntags: [a]\n\(template)---\n"
                    + "-- templates/sitemap.xml --\n{% for page in site.pages %}{{ page.url }} {% endfor %}",
                ["tags/index.html": "Mine|"], findings: findings)
        }
    }

    @Test(arguments: [
        (
            "two texts of the home page", "-- content/_index.md --\nA\n-- content/index.md --\nB",
            "content/index.md:1:1"
        ),
        (
            "a section that is a page, too",
            "-- content/docs/_index.md --\nA\n-- content/docs/index.md --\nB",
            "content/docs/index.md:1:1"
        ),
        (
            "two endings", "-- content/docs/_index.markdown --\nA\n-- content/docs/_index.md --\nB",
            "content/docs/_index.md:1:1"
        ),
    ])
    func twoSourcesOfOneSectionAreAFinding(_ name: String, _ files: String, _ place: String) {
        expectSite(AddressTests.base + files + "\n", [:], findings: ["output-collision \(place)"])
    }

    @Test func anIndexAmongPagesIsTheTextOfTheirSection() {
        expectSite(
            AddressTests.base + """
                -- content/guide/index.md --
                ---
                title: Manual
                ---
                -- content/guide/a.md --
                ---
                title: A
                ---
                -- content/about/index.md --
                ---
                title: About
                ---
                -- content/about/me.txt --
                Me.

                """,
            ["guide/index.html": "Manual: A", "about/index.html": "About|", "about/me.txt": "Me."])
    }

    @Test(arguments: [
        "-- data/a.json --\n{}\n-- data/a/b.json --\n{}", "-- data/a.yml --\nx: 1\n-- data/a/b/c.json --\n{}",
    ])
    func dataBesideAFolderOfItsNameAreAFinding(_ files: String) {
        let site = SiteUnderTest(
            AddressTests.base + files
                + "\n-- content/a.md --\nA\n-- templates/page.html --\n{{ site.data.a }}\n")
        #expect(site.check().isEmpty)
        #expect(site.findings.map(\.code.name) == ["data-collision"])
    }
}
