import Engine
import Files
import Site
import Testing
import Text

/// What each kind of thing that can be read makes run when it changes.
@Suite struct FlowReadingTests {
    /// A value of a data file: its readers; another value of the file: nobody.
    @Test func aValueIsReadByItsPath() {
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
        site.world.environment["X"] = "set"
        expectRebuilt(site, ran: "page-output en:@home", written: "index.html")
        site.world.environment["Y"] = "set"
        expectRebuilt(site, ran: "", written: "")
    }

    /// The command line: another base URL.
    @Test func aFlagChanges() {
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
        site.world.now = World.instant("2026-06-01T20:00:00Z")
        expectRebuilt(site, ran: "", written: "")
        site.world.now = World.instant("2026-06-02T01:00:00Z")
        expectRebuilt(site, ran: "page-output en:@home", written: "index.html")
    }

    /// The clock: a page whose time comes, and goes back.
    @Test func aPageOfTheFutureAppears() {
        let site = FlowFixture.site()
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

    /// The configuration by path: a parameter that is read, one that is not.
    @Test func aParameterChanges() {
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
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
}
