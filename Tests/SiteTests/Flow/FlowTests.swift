import Engine
import Files
import Site
import Testing
import Text

/// What each step of the flow passes on, and where an edit stops: one small site, one edit each.
///
/// The steps are those of `content/docs/architecture.md`.
@Suite struct FlowTests {
    /// Step 1: the folder has another name in it, the list of pages and files is equal.
    @Test func aDroppingOfAnEditorStopsAtTheListOfFiles() {
        let site = FlowFixture.site()
        expectRebuilt(site, after: "-- content/a.md~ --\nx\n", ran: "content-tree en", written: "")
    }

    /// Step 2: a head changes where nobody looks.
    @Test func aKeyNobodyReadsStopsAtTheHead() {
        let site = FlowFixture.site()
        expectRebuilt(
            site,
            after:
                "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\ntags: [t]\nunread: 1\n---\nText of *a*.\n",
            ran: "page-meta content/a.md", written: "")
    }

    /// Step 3: other Markdown, equal HTML.
    @Test func anotherWayToWriteTheSameStopsAtTheBody() {
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- templates/head.html --\n{# why #}<head>\n", ran: "template-program head.html",
            written: "")
    }

    /// Step 6: a page is rendered again, to the same bytes. The feeds name its title as it is written.
    @Test func equalBytesAreNotWritten() {
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
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
        let site = FlowFixture.site()
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
}
