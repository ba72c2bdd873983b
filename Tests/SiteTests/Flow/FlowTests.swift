import Engine
import Files
import Site
import Testing
import Text

/// What each step of the flow passes on, and where an edit stops: one small site, one edit each.
///
/// The steps are those of `content/docs/architecture.md`; then every kind of thing that can be read, and every
/// kind of edit.
@Suite struct FlowTests {
    private static func site() -> SiteUnderTest {
        let site = SiteUnderTest(text)
        expectBuild(
            site, ["index.html": "B /b/", "a/index.html": "<em>a</em>", "b/index.html": "href=\"/a/\""])
        return site
    }

    /// Step 1: the folder has another name in it, the list of pages and files is equal.
    @Test func aDroppingOfAnEditorStopsAtTheListOfFiles() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/a.md~ --\nx\n", ran: "content-tree en", written: "")
    }

    /// Step 2: a head changes where nobody looks.
    @Test func aKeyNobodyReadsStopsAtTheHead() {
        let site = Self.site()
        expectRebuilt(
            site,
            after:
                "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\ntags: [t]\nunread: 1\n---\nText of *a*.\n",
            ran: "page-meta content/a.md", written: "")
    }

    /// Step 3: other Markdown, equal HTML.
    @Test func anotherWayToWriteTheSameStopsAtTheBody() {
        let site = Self.site()
        expectRebuilt(
            site,
            after: "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\ntags: [t]\n---\nText of _a_.\n",
            ran: """
                page-meta content/a.md
                page-body content/a.md
                """, written: "")
    }

    /// Step 4: a date changes, the order of the lists does not; feeds and the sitemap print it.
    @Test func aDateThatKeepsTheOrderStopsAtTheCatalogue() {
        let site = Self.site()
        expectRebuilt(
            site,
            after: "-- content/b.md --\n---\ntitle: B\ndate: 2026-01-03\n---\nSee [a](a.md). {{< box >}}\n",
            ran: """
                page-meta content/b.md
                catalog en
                feed-output atom:en:@home
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                sitemap.xml
                """)
    }

    /// Step 5: a template says the same.
    @Test func aCommentStopsAtTheProgram() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- templates/head.html --\n{# why #}<head>\n", ran: "template-program head.html",
            written: "")
    }

    /// Step 6: a page is rendered again, to the same bytes. The feeds name its title as it is written.
    @Test func equalBytesAreNotWritten() {
        let site = Self.site()
        expectRebuilt(
            site,
            after: "-- content/a.md --\n---\ntitle: a\ndate: 2026-01-01\ntags: [t]\n---\nText of *a*.\n",
            ran: """
                page-meta content/a.md
                page-output en:@home
                page-output en:content/a.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/t
                """,
            written: """
                atom.xml
                index.html
                tags/t/atom.xml
                """)
    }

    /// Step 7: a description is read by feeds, not by the sitemap.
    @Test func feedsAndSitemapReadTheirFieldsOnly() {
        let site = Self.site()
        expectRebuilt(
            site,
            after:
                "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\ntags: [t]\ndescription: D\n---\nText of *a*.\n",
            ran: """
                page-meta content/a.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/t
                """,
            written: """
                atom.xml
                tags/t/atom.xml
                """)
    }

    /// Step 8: a tag loses its page.
    @Test func whatIsNoLongerWantedIsRemoved() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\n---\nText of *a*.\n",
            ran: """
                page-meta content/a.md
                catalog en
                feed-output atom:en:@home
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                sitemap.xml
                """,
            removed: """
                tags/index.html
                tags/t/atom.xml
                tags/t/index.html
                """)
    }

    /// A value of a data file: its readers; another value of the file: nobody.
    @Test func aValueIsReadByItsPath() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- data/d.yml --\nx: 2\ny: 2\n",
            ran: """
                data-file data/d.yml
                page-output en:content/a.md
                page-output en:content/b.md
                """,
            written: """
                a/index.html
                b/index.html
                """)
        expectRebuilt(site, after: "-- data/d.yml --\nx: 2\ny: 3\n", ran: "data-file data/d.yml", written: "")
    }

    /// Absence: a data file that was looked for in vain.
    @Test func aFileThatWasMissingAppears() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- data/none.json --\n3\n",
            ran: """
                data-file data/none.json
                data-folder
                page-output en:@home
                """, written: "index.html")
        expectRebuilt(
            site, after: "-- data/none.json (deleted) --",
            ran: """
                data-file data/none.json
                data-folder
                page-output en:@home
                """, written: "index.html")
    }

    /// The environment: a variable that a template reads, and one that it does not.
    @Test func aVariableIsReadByName() {
        let site = Self.site()
        site.world.environment["X"] = "set"
        expectRebuilt(site, ran: "page-output en:@home", written: "index.html")
        site.world.environment["Y"] = "set"
        expectRebuilt(site, ran: "", written: "")
    }

    /// The command line: another base URL.
    @Test func aFlagChanges() {
        let site = Self.site()
        site.world.options.baseURL = "https://other.example/sub/"
        expectRebuilt(
            site,
            ran: """
                configuration
                page-output en:@home
                page-output en:content/a.md
                page-output en:content/b.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/t
                sitemap-output
                robots-output
                """,
            written: """
                atom.xml
                b/index.html
                index.html
                robots.txt
                sitemap.xml
                tags/t/atom.xml
                """)
    }

    /// The command line: drafts.
    @Test func drafts() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- content/d.md --\n---\ntitle: D\ndraft: true\n---\n",
            ran: """
                content-tree en
                page-meta content/d.md
                catalog en
                output-manifest
                output-files
                site-summary
                section-sources en
                """, written: "")
        site.world.options.drafts = true
        expectRebuilt(
            site,
            ran: """
                catalog en
                page-body content/d.md
                link-check en:content/d.md
                page-output en:content/d.md
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                d/index.html
                sitemap.xml
                """)
    }

    /// The clock: later on the same day nothing, on the next day who prints it.
    @Test func aNewDayComes() {
        let site = Self.site()
        site.world.now = World.instant("2026-06-01T20:00:00Z")
        expectRebuilt(site, ran: "", written: "")
        site.world.now = World.instant("2026-06-02T01:00:00Z")
        expectRebuilt(site, ran: "page-output en:@home", written: "index.html")
    }

    /// The clock: a page whose time comes, and goes back.
    @Test func aPageOfTheFutureAppears() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- content/f.md --\n---\ntitle: F\ndate: 2026-06-05\n---\n",
            ran: """
                content-tree en
                page-meta content/f.md
                catalog en
                output-manifest
                output-files
                site-summary
                section-sources en
                """, written: "")
        site.world.now = World.instant("2026-06-05T00:00:00Z")
        expectRebuilt(
            site,
            ran: """
                catalog en
                page-body content/f.md
                link-check en:content/f.md
                page-output en:@home
                page-output en:content/f.md
                feed-output atom:en:@home
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                f/index.html
                index.html
                sitemap.xml
                """)
        site.world.now = World.instant("2026-06-01T00:00:00Z")
        expectRebuilt(
            site,
            ran: """
                catalog en
                page-output en:@home
                feed-output atom:en:@home
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                index.html
                sitemap.xml
                """, removed: "f/index.html")
    }

    /// Content: a page comes, changes its name, goes.
    @Test func aPageIsAddedRenamedAndDeleted() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- content/c.md --\n---\ntitle: C\n---\nC.\n",
            ran: """
                content-tree en
                page-meta content/c.md
                catalog en
                page-body content/c.md
                link-check en:content/c.md
                page-output en:content/c.md
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                """,
            written: """
                c/index.html
                sitemap.xml
                """)
        expectRebuilt(
            site, after: "-- content/e.md (renamed from content/c.md) --",
            ran: """
                content-tree en
                page-meta content/c.md
                page-meta content/e.md
                catalog en
                page-body content/e.md
                link-check en:content/e.md
                page-output en:content/e.md
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                """,
            written: """
                e/index.html
                sitemap.xml
                """, removed: "c/index.html")
        expectRebuilt(
            site, after: "-- content/e.md (deleted) --",
            ran: """
                content-tree en
                page-meta content/e.md
                catalog en
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                """, written: "sitemap.xml", removed: "e/index.html")
    }

    /// A template: the pages it writes.
    @Test func aTemplateIsEdited() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- templates/section.html --\n[{{ page.title }}]\n",
            ran: """
                template-program section.html
                page-output en:@term/tags/t
                """, written: "tags/t/index.html")
    }

    /// An include: the pages that include it; without it, an error, and nothing is published.
    @Test func anIncludeIsEditedAndVanishes() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- templates/head.html --\n<head lang>\n",
            ran: """
                template-program head.html
                page-output en:content/a.md
                page-output en:content/b.md
                """,
            written: """
                a/index.html
                b/index.html
                """)
        expectRebuilt(
            site, after: "-- templates/head.html (deleted) --",
            ran: """
                template-program head.html
                page-output en:content/a.md
                page-output en:content/b.md
                """, written: "")
        expectRebuilt(
            site, after: "-- templates/head.html --\n<head lang>\n",
            ran: """
                template-program head.html
                page-output en:content/a.md
                page-output en:content/b.md
                """, written: "")
    }

    /// A component: the bodies that call it.
    @Test func aComponentIsEdited() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- templates/components/box.html --\nnew box\n",
            ran: """
                template-program components/box.html
                page-body content/b.md
                page-output en:content/b.md
                feed-output atom:en:@home
                """,
            written: """
                atom.xml
                b/index.html
                """)
    }

    /// A template for links: the bodies; those without links stay as they are.
    @Test func anElementGetsATemplate() {
        let site = Self.site()
        expectRebuilt(
            site,
            after:
                "-- templates/render/link.html --\n<a class=x href=\"{{ destination }}\">{{ content }}</a>\n",
            ran: """
                template-program render/link.html
                page-body content/a.md
                page-body content/b.md
                page-output en:content/b.md
                feed-output atom:en:@home
                settings-check
                """,
            written: """
                atom.xml
                b/index.html
                """)
        expectRebuilt(
            site, after: "-- templates/render/link.html (deleted) --",
            ran: """
                template-program render/link.html
                page-body content/a.md
                page-body content/b.md
                page-output en:content/b.md
                feed-output atom:en:@home
                """,
            written: """
                atom.xml
                b/index.html
                """)
    }

    /// The configuration by path: a parameter that is read, one that is not.
    @Test func aParameterChanges() {
        let site = Self.site()
        site.replace("\"a\": 1", by: "\"a\": 9", in: "site.json")
        expectRebuilt(
            site,
            ran: """
                configuration
                page-output en:@home
                """, written: "index.html")
        site.replace("\"b\": 2", by: "\"b\": 9", in: "site.json")
        expectRebuilt(site, ran: "configuration", written: "")
    }

    /// The words of the interface: one that is printed, one that is not.
    @Test func aTextOfTheInterfaceChanges() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- i18n/en.yml --\nhello: Hi\nbye: Bye\n",
            ran: """
                data-file i18n/en.yml
                page-output en:content/a.md
                page-output en:content/b.md
                """,
            written: """
                a/index.html
                b/index.html
                """)
        expectRebuilt(
            site, after: "-- i18n/en.yml --\nhello: Hi\nbye: See you\n", ran: "data-file i18n/en.yml",
            written: "")
    }

    /// An asset: who names it, and the file under its new name.
    @Test func anAssetChanges() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- assets/a.css --\nb {}\n",
            ran: """
                asset a.css
                page-output en:@home
                file-output assets/a.css
                output-manifest
                """,
            written: """
                assets/a.aef72dbbc44d.css
                index.html
                """, removed: "assets/a.7df2d3ac857e.css")
    }

    /// A static file: the copy.
    @Test func aCopiedFileChanges() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- static/f.txt --\ng\n", ran: "file-output static/f.txt", written: "f.txt")
        expectRebuilt(
            site, after: "-- static/g.txt --\ng\n",
            ran: """
                file-output static/g.txt
                output-manifest
                output-files
                """, written: "g.txt")
    }

    /// A theme's file of the same name as the site's: it is not even looked at.
    @Test func theThemeOverridesNothing() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- themes/plain/templates/page.html --\nother\n",
            ran: """
                theme-chain
                settings-check
                """, written: "")
    }

    private static let text = """
        -- site.json --
        {"title": "Flow", "baseURL": "https://example.org", "theme": "plain", "environment": ["X"], "params": {"a": 1, "b": 2}}
        -- content/a.md --
        ---
        title: A
        date: 2026-01-01
        tags: [t]
        ---
        Text of *a*.
        -- content/b.md --
        ---
        title: B
        date: 2026-01-02
        ---
        See [a](a.md). {{< box >}}
        -- templates/page.html --
        {% include "head.html" %}{{ page.title | upper }} {{ page.content }} {{ site.data.d.x }} {{ t("hello") }}
        -- templates/home.html --
        {% for p in site.posts %}{{ p.title }} {{ p.url }}
        {% endfor %}{{ site.params.a }} {{ env("X") }} {{ load_data("data/none.json") }} {{ now("day") | date("%Y-%m-%d") }} {{ asset("a.css") }}
        -- templates/section.html --
        {{ page.title }} {{ page.count }}
        -- templates/taxonomy.html --
        {{ page.title }}
        -- templates/head.html --
        <head>
        -- templates/components/box.html --
        box
        -- data/d.yml --
        x: 1
        y: 2
        -- i18n/en.yml --
        hello: Hello
        bye: Bye
        -- assets/a.css --
        a {}
        -- static/f.txt --
        f
        -- themes/plain/theme.json --
        {}

        """
}
