import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, fifth part: summaries, mistakes, drafts; S22 to S24.
@Suite struct PublishingScenarioTests {
    /// S22. Text before the summary mark: also the lists that show summaries. Text after it: the post and its feeds.
    @Test func s22BeforeAndAfterTheMark() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(12, summary: "A new summary."),
            ran: """
                page-meta content/blog/p12.md
                page-body content/blog/p12.md
                page-output en:@home
                page-output en:@section/blog
                page-output en:content/blog/p12.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                feed-output atom:en:@term/tags/c
                """,
            written: """
                atom.xml
                blog/index.html
                blog/p12/index.html
                index.html
                tags/b/atom.xml
                tags/c/atom.xml
                """)
        expectRebuilt(
            site, after: Fixture.post(12, summary: "A new summary.", last: "Changed."),
            ran: """
                page-meta content/blog/p12.md
                page-body content/blog/p12.md
                page-output en:content/blog/p12.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                feed-output atom:en:@term/tags/c
                """,
            written: """
                atom.xml
                blog/p12/index.html
                tags/b/atom.xml
                tags/c/atom.xml
                """)
    }

    /// S23. A head that cannot be read: an error, the old outputs stay.
    ///
    /// The design wants nothing else to run. Here an unreadable head counts as an empty one, so that the build can
    /// tell all other findings as well; whoever lists the post runs, both times.
    @Test func s23AMistakeInAHead() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- content/blog/p06.md --\n---\ntitle: [\n---\nText.",
            ran: """
                page-meta content/blog/p06.md
                catalog en
                neighbours en
                page-body content/blog/p06.md
                link-check en:content/blog/p06.md
                page-output en:@section/blog#2
                page-output en:@section/blog#3
                page-output en:@taxonomy/tags
                page-output en:@term/tags/b#2
                page-output en:@term/tags/b#3
                page-output en:content/blog/p05.md
                page-output en:content/blog/p06.md
                page-output en:content/blog/p07.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/b
                sitemap-output
                output-manifest
                site-summary
                """, written: "")
        #expect(site.last?.report.build.failed == true)
        expectRebuilt(
            site, after: Fixture.post(6, title: "Six"),
            ran: """
                page-meta content/blog/p06.md
                catalog en
                neighbours en
                page-body content/blog/p06.md
                link-check en:content/blog/p06.md
                page-output en:@section/blog#2
                page-output en:@section/blog#3
                page-output en:@taxonomy/tags
                page-output en:@term/tags/b#2
                page-output en:@term/tags/b#3
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
                blog/p06/index.html
                blog/p07/index.html
                blog/page/2/index.html
                tags/b/atom.xml
                tags/b/page/2/index.html
                """)
    }

    /// S24. A page becomes a draft, and is published again: the first state.
    @Test func s24ADraftAndBack() {
        let site = Fixture.site()
        expectBuild(site)
        let first = site.cleanTree
        expectRebuilt(
            site, after: Fixture.post(6, more: "draft: true\n"),
            ran: """
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
                site-summary
                page-query en|pages|where('params.featured')
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
        expectRebuilt(
            site, after: Fixture.post(6),
            ran: """
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
                site-summary
                page-query en|pages|where('params.featured')
                """,
            written: """
                atom.xml
                blog/p05/index.html
                blog/p06/index.html
                blog/p07/index.html
                blog/page/2/index.html
                blog/page/3/index.html
                sitemap.xml
                tags/b/atom.xml
                tags/b/page/2/index.html
                tags/b/page/3/index.html
                tags/index.html
                """)
        #expect(site.cleanTree.differences(from: first, named: "the first state").isEmpty)
    }
}
