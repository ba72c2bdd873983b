import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, sixth part: order, addresses, assets; S25 to S30.
@Suite struct OrderScenarioTests {
    /// S25. A post moves from the middle to the front.
    @Test func s25ADateMovesAPost() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(6, date: 20),
            ran: """
                page-meta content/blog/p06.md
                catalog en
                neighbours en
                page-output en:@home
                page-output en:@section/blog
                page-output en:@section/blog#2
                page-output en:@term/tags/b
                page-output en:@term/tags/b#2
                page-output en:content/blog/p05.md
                page-output en:content/blog/p06.md
                page-output en:content/blog/p07.md
                page-output en:content/blog/p12.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                blog/index.html
                blog/p05/index.html
                blog/p06/index.html
                blog/p07/index.html
                blog/p12/index.html
                blog/page/2/index.html
                index.html
                sitemap.xml
                tags/b/atom.xml
                tags/b/index.html
                tags/b/page/2/index.html
                """)
    }

    /// S26. An asset has its fingerprint in its name: every page that links it.
    @Test func s26AStyleSheet() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- themes/plain/assets/main.css --\nbody { color: red }\n",
            ran: """
                asset main.css
                \(Fixture.everyPage)
                file-output themes/plain/assets/main.css
                output-manifest
                """,
            written: """
                404.html
                about/index.html
                assets/main.d92e15bd3da4.css
                blog/index.html
                blog/p01/index.html
                blog/p02/index.html
                blog/p03/index.html
                blog/p04/index.html
                blog/p05/index.html
                blog/p06/index.html
                blog/p07/index.html
                blog/p08/index.html
                blog/p09/index.html
                blog/p10/index.html
                blog/p11/index.html
                blog/p12/index.html
                blog/page/2/index.html
                blog/page/3/index.html
                docs/index.html
                docs/one/index.html
                docs/sub/index.html
                docs/sub/x/index.html
                docs/two/index.html
                index.html
                tags/a/index.html
                tags/a/page/2/index.html
                tags/a/page/3/index.html
                tags/b/index.html
                tags/b/page/2/index.html
                tags/b/page/3/index.html
                tags/c/index.html
                tags/index.html
                """, removed: "assets/main.99afaa19fe6b.css")
    }

    /// S27. A copied file and its folder go.
    @Test func s27AStaticFile() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- static/files (deleted) --",
            ran: """
                output-manifest
                output-files
                """, written: "", removed: "files/a.txt")
        #expect(!site.cleanTree.folders.contains("files"))
    }

    /// S28. `one.md` becomes `one/index.md`: the same address from another source, so one page is made, and its bytes are equal.
    @Test func s28AFileBecomesABundle() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- content/docs/one/index.md (renamed from content/docs/one.md) --",
            ran: """
                content-tree en
                page-meta content/docs/one.md
                page-meta content/docs/one/index.md
                catalog en
                neighbours en
                page-body content/docs/one/index.md
                link-check en:content/docs/one/index.md
                page-output en:@section/docs
                page-output en:content/docs/one/index.md
                page-output en:content/docs/two.md
                sitemap-output
                output-manifest
                output-files
                site-summary
                page-query en|pages|where('params.featured')
                section-sources en
                """, written: "")
    }

    /// S29. Two pages swap addresses in one edit: no collision, nothing removed.
    @Test func s29TwoPagesSwapTheirAddresses() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(3, more: "slug: p04\n") + Fixture.post(4, more: "slug: p03\n"),
            ran: """
                page-meta content/blog/p03.md
                page-meta content/blog/p04.md
                catalog en
                neighbours en
                link-check en:content/blog/p03.md
                link-check en:content/blog/p04.md
                page-output en:@section/blog#2
                page-output en:@term/tags/a#3
                page-output en:@term/tags/b#3
                page-output en:content/blog/p02.md
                page-output en:content/blog/p03.md
                page-output en:content/blog/p04.md
                page-output en:content/blog/p05.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                feed-output atom:en:@term/tags/b
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                blog/p02/index.html
                blog/p03/index.html
                blog/p04/index.html
                blog/p05/index.html
                blog/page/2/index.html
                sitemap.xml
                tags/a/atom.xml
                tags/a/page/3/index.html
                tags/b/atom.xml
                tags/b/page/3/index.html
                """)
    }

    /// S30. Two weights in a data file: every page that shows it.
    @Test func s30TheOrderOfTheNavigation() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site,
            after:
                "-- data/nav.yml --\n- {title: Home, url: /, weight: 2}\n- {title: Blog, url: /blog/, weight: 1}\n",
            ran: """
                data-file data/nav.yml
                \(Fixture.everyPage)
                """,
            written: """
                \(Fixture.everyPagesFile)
                """)
    }

    /// A section lists what is in it; its posts are those of it that have a date.
    @Test func theUndatedPagesOfASectionAreNoPosts() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"posts": ["blog"]}
            -- templates/page.html --
            -- templates/section.html --
            {% for p in section.posts %}{{ p.title }},{% endfor %}{{ section.posts | length }} {% for p in section.pages %}{{ p.title }},{% endfor %}
            -- content/blog/d.md --
            ---
            date: 2026-01-02
            ---
            -- content/blog/p.md --
            -- content/docs/e.md --
            ---
            date: 2026-01-02
            ---

            """)
        expectBuild(site, ["blog/index.html": "D,1 D,P,", "docs/index.html": "0 E,"])
        site.edit("-- content/blog/p.md --\n---\ndate: 2026-01-03\n---\n")
        expectBuild(site, ["blog/index.html": "P,D,2 P,D,"])
    }
}
