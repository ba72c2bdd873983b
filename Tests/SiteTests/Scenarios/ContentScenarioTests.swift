import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, first part: texts, titles, addresses, tags; S01 to S08.
@Suite struct ContentScenarioTests {
    /// S01. A body is edited after the summary mark: the post, its feeds.
    /// The design's fixture gives feeds of tags summaries; here one setting serves all feeds, so the tag's feed has the text, too.
    @Test func s01TheLastSentenceOfABody() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(6, last: "Changed."),
            ran: """
                page-meta content/blog/p06.md
                page-body content/blog/p06.md
                page-output en:content/blog/p06.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                """,
            written: """
                atom.xml
                blog/p06/index.html
                tags/b/atom.xml
                """)
    }

    /// S02. Every file is touched: nothing.
    @Test func s02NewTimesOnEveryFile() {
        let site = Fixture.site()
        expectBuild(site)
        for file in site.world.source.files {
            site.world.source.setModified(file.path.text, to: site.world.source.clock)
        }
        expectRebuilt(site, ran: "", written: "")
    }

    /// S03. A title is read by neighbours, lists and feeds.
    @Test func s03ATitle() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(6, title: "Six"),
            ran: """
                page-meta content/blog/p06.md
                page-output en:@section/blog#2
                page-output en:@term/tags/b#2
                page-output en:content/blog/p05.md
                page-output en:content/blog/p06.md
                page-output en:content/blog/p07.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                """,
            written: """
                atom.xml
                blog/p05/index.html
                blog/p06/index.html
                blog/p07/index.html
                blog/page/2/index.html
                tags/b/atom.xml
                tags/b/page/2/index.html
                """)
    }

    /// S04. A new newest post shifts the lists it stands in. A fourth page of tag `a` appears.
    @Test func s04ANewestPost() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(13),
            ran: """
                content-tree en
                page-meta content/blog/p13.md
                catalog en
                neighbours en
                page-body content/blog/p13.md
                link-check en:content/blog/p13.md
                page-output en:@home
                page-output en:@section/blog
                page-output en:@section/blog#2
                page-output en:@section/blog#3
                page-output en:@taxonomy/tags
                page-output en:@term/tags/a
                page-output en:@term/tags/a#2
                page-output en:@term/tags/a#3
                page-output en:@term/tags/a#4
                page-output en:content/blog/p12.md
                page-output en:content/blog/p13.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                sitemap-output
                output-manifest
                output-files
                site-summary
                page-query en|pages|where('params.featured')
                section-sources en
                """,
            written: """
                atom.xml
                blog/index.html
                blog/p12/index.html
                blog/p13/index.html
                blog/page/2/index.html
                blog/page/3/index.html
                index.html
                sitemap.xml
                tags/a/atom.xml
                tags/a/index.html
                tags/a/page/2/index.html
                tags/a/page/3/index.html
                tags/a/page/4/index.html
                tags/index.html
                """)
    }

    /// S05. A post goes: its folder too; its neighbours meet, lists move up from there.
    @Test func s05APostIsDeleted() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- content/blog/p06.md (deleted) --",
            ran: """
                content-tree en
                page-meta content/blog/p06.md
                catalog en
                neighbours en
                page-output en:@section/blog#2
                page-output en:@section/blog#3
                page-output en:@taxonomy/tags
                page-output en:@term/tags/b#2
                page-output en:@term/tags/b#3
                page-output en:content/blog/p05.md
                page-output en:content/blog/p07.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                sitemap-output
                output-manifest
                output-files
                site-summary
                page-query en|pages|where('params.featured')
                section-sources en
                """,
            written: """
                atom.xml
                blog/p05/index.html
                blog/p07/index.html
                blog/page/2/index.html
                blog/page/3/index.html
                sitemap.xml
                tags/b/atom.xml
                tags/b/page/2/index.html
                tags/b/page/3/index.html
                tags/index.html
                """, removed: "blog/p06/index.html")
        #expect(!site.cleanTree.folders.contains("blog/p06"))
    }

    /// S06. An address changes: whoever prints it.
    @Test func s06ASlug() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(6, more: "slug: six\n"),
            ran: """
                page-meta content/blog/p06.md
                catalog en
                neighbours en
                link-check en:content/blog/p06.md
                page-output en:@section/blog#2
                page-output en:@term/tags/b#2
                page-output en:content/blog/p05.md
                page-output en:content/blog/p06.md
                page-output en:content/blog/p07.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                blog/p05/index.html
                blog/p07/index.html
                blog/page/2/index.html
                blog/six/index.html
                sitemap.xml
                tags/b/atom.xml
                tags/b/page/2/index.html
                """, removed: "blog/p06/index.html")
    }

    /// S07. A tag loses its last page: page and feed go, the list of tags changes. Feeds name the tags of their entries.
    @Test func s07TheLastUseOfATag() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(12, tags: "b"),
            ran: """
                page-meta content/blog/p12.md
                catalog en
                neighbours en
                page-output en:@taxonomy/tags
                page-output en:content/blog/p12.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                blog/p12/index.html
                sitemap.xml
                tags/b/atom.xml
                tags/index.html
                """,
            removed: """
                tags/c/atom.xml
                tags/c/index.html
                """)
    }

    /// S08. A tag appears.
    @Test func s08TheFirstUseOfATag() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(3, tags: "a, d"),
            ran: """
                page-meta content/blog/p03.md
                catalog en
                neighbours en
                page-output en:@taxonomy/tags
                page-output en:@term/tags/d
                page-output en:content/blog/p03.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                feed-output atom:en:@term/tags/d
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                atom.xml
                blog/p03/index.html
                sitemap.xml
                tags/a/atom.xml
                tags/d/atom.xml
                tags/d/index.html
                tags/index.html
                """)
    }
}
