import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, second part: templates, configuration, outputs, drafts; S13 to S24.
@Suite struct SiteScenarioTests {
    /// S13, S14. The site's own footer appears over the theme's, and vanishes again: every page both times, no feed.
    @Test func s13and14ATemplateOverTheThemes() {
        let site = Fixture.site()
        expectBuild(site)
        let first = site.cleanTree
        expectRebuilt(
            site, after: "-- templates/footer.html --\n<footer>Own</footer>",
            ran: """
                template-program footer.html
                \(Fixture.everyPage)
                """,
            written: """
                \(Fixture.everyPagesFile)
                """)
        expectRebuilt(
            site, after: "-- templates/footer.html (deleted) --",
            ran: """
                template-program footer.html
                \(Fixture.everyPage)
                """,
            written: """
                \(Fixture.everyPagesFile)
                """)
        #expect(site.cleanTree.differences(from: first, named: "the first state").isEmpty)
    }

    /// S15. A template for one section: the pages of that section.
    @Test func s15AMoreSpecificTemplate() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site,
            after:
                "-- templates/blog/page.html --\n{% extends \"base.html\" %}{% block main %}{{ page.title }}{% endblock %}",
            ran: """
                template-program blog/page.html
                page-output en:content/blog/p01.md
                page-output en:content/blog/p02.md
                page-output en:content/blog/p03.md
                page-output en:content/blog/p04.md
                page-output en:content/blog/p05.md
                page-output en:content/blog/p06.md
                page-output en:content/blog/p07.md
                page-output en:content/blog/p08.md
                page-output en:content/blog/p09.md
                page-output en:content/blog/p10.md
                page-output en:content/blog/p11.md
                page-output en:content/blog/p12.md
                settings-check
                """,
            written: """
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
                """)
    }

    /// S16. A section's head hands values down to the pages below it: when it appears, changes, vanishes.
    @Test func s16WhatASectionHandsDown() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- content/docs/_index.md --\n---\ntitle: Docs\ncascade: {by: ann}\n---",
            ran: """
                page-meta content/docs/_index.md
                page-meta content/docs/one.md
                page-meta content/docs/sub/_index.md
                page-meta content/docs/sub/x.md
                page-meta content/docs/two.md
                page-output en:content/docs/one.md
                page-output en:content/docs/sub/x.md
                page-output en:content/docs/two.md
                """,
            written: """
                docs/one/index.html
                docs/sub/x/index.html
                docs/two/index.html
                """)
        expectRebuilt(
            site, after: "-- content/docs/_index.md --\n---\ntitle: Docs\ncascade: {by: bob}\n---",
            ran: """
                page-meta content/docs/_index.md
                page-meta content/docs/one.md
                page-meta content/docs/sub/_index.md
                page-meta content/docs/sub/x.md
                page-meta content/docs/two.md
                page-output en:content/docs/one.md
                page-output en:content/docs/sub/x.md
                page-output en:content/docs/two.md
                """,
            written: """
                docs/one/index.html
                docs/sub/x/index.html
                docs/two/index.html
                """)
        expectRebuilt(
            site, after: "-- content/docs/_index.md --\n---\ntitle: Docs\n---",
            ran: """
                page-meta content/docs/_index.md
                page-meta content/docs/one.md
                page-meta content/docs/sub/_index.md
                page-meta content/docs/sub/x.md
                page-meta content/docs/two.md
                page-output en:content/docs/one.md
                page-output en:content/docs/sub/x.md
                page-output en:content/docs/two.md
                """,
            written: """
                docs/one/index.html
                docs/sub/x/index.html
                docs/two/index.html
                """)
    }

    /// What comes next in a section that is not ordered by date is the page that stands after.
    @Test func neighboursStandInTheOrderOfTheirSection() {
        let posts = (1...3).map { day in
            "-- content/blog/p\(day).md --\n---\ndate: 2026-01-0\(day)\ntitle: P\(day)\n---\n"
        }.joined()
        let site = SiteUnderTest(
            posts + """
                -- site.json --
                {"theme": "plain"}
                -- themes/plain/theme.json --
                {}
                -- templates/page.html --
                {{ page.previous.title if page.previous }}<{{ page.next.title if page.next }}
                -- templates/section.html --
                x

                """)
        expectBuild(
            site,
            ["blog/p1/index.html": "<P2", "blog/p2/index.html": "P1<P3", "blog/p3/index.html": "P2<"])
        site.edit("-- content/blog/_index.md --\n---\nsort_by: title\n---\n")
        expectBuild(site, ["blog/p1/index.html": "<P2", "blog/p3/index.html": "P2<"])
        site.edit(
            "-- content/blog/_index.md (deleted) --\n-- content/blog/p3.md --\n---\ndate: 2026-01-03\ntitle: P3\nweight: 1\n---\n"
        )
        // P3 has the only weight and comes first, then the newest.
        expectRebuilt(
            site,
            ran: """
                content-tree en
                page-meta content/blog/_index.md
                page-meta content/blog/p1.md
                page-meta content/blog/p2.md
                page-meta content/blog/p3.md
                catalog en
                neighbours en
                page-output en:@section/blog
                page-output en:content/blog/p1.md
                page-output en:content/blog/p2.md
                page-output en:content/blog/p3.md
                feed-output atom:en:@section/blog
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                """, written: nil)
        expectBuild(
            site,
            ["blog/p1/index.html": "P2<", "blog/p2/index.html": "P3<P1", "blog/p3/index.html": "<P2"])
    }

    /// S17. A parameter: its reader. Then the base URL: what prints absolute addresses.
    @Test func s17ConfigurationByPath() {
        let site = Fixture.site()
        expectBuild(site)
        site.replace("Small", by: "Large", in: "site.json")
        expectRebuilt(
            site,
            ran: """
                configuration
                page-output en:@home
                """, written: "index.html")
        site.replace("https://example.org", by: "https://example.com", in: "site.json")
        expectRebuilt(
            site,
            ran: """
                configuration
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                feed-output atom:en:@term/tags/b
                feed-output atom:en:@term/tags/c
                sitemap-output
                robots-output
                """,
            written: """
                atom.xml
                robots.txt
                sitemap.xml
                tags/a/atom.xml
                tags/b/atom.xml
                tags/c/atom.xml
                """)
    }

    /// S18. The output folder goes, the store stays: all outputs come back, nothing is read anew.
    @Test func s18TheOutputIsDeleted() {
        let site = Fixture.site()
        expectBuild(site)
        site.disk.delete("public")
        expectRebuilt(
            site,
            ran: """
                \(Fixture.everyPage)
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                feed-output atom:en:@term/tags/b
                feed-output atom:en:@term/tags/c
                sitemap-output
                robots-output
                file-output static/files/a.txt
                file-output themes/plain/assets/main.css
                """,
            written: """
                404.html
                about/index.html
                assets/main.99afaa19fe6b.css
                atom.xml
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
                files/a.txt
                index.html
                robots.txt
                sitemap.xml
                tags/a/atom.xml
                tags/a/index.html
                tags/a/page/2/index.html
                tags/a/page/3/index.html
                tags/b/atom.xml
                tags/b/index.html
                tags/b/page/2/index.html
                tags/b/page/3/index.html
                tags/c/atom.xml
                tags/c/index.html
                tags/index.html
                """)
    }

    /// S19. One output is deleted, one altered: those two heal.
    @Test func s19OutputsAreDamaged() {
        let site = Fixture.site()
        expectBuild(site)
        site.disk.delete("public/blog/p01")
        site.disk.put("public/about/index.html", "altered")
        expectRebuilt(
            site,
            ran: """
                page-output en:content/about.md
                page-output en:content/blog/p01.md
                """,
            written: """
                about/index.html
                blog/p01/index.html
                """)
    }

    /// S20. A page embeds one that is not there; it appears.
    @Test func s20AMissingPageAppears() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(5, body: "{{< embed \"blog/p99.md\" >}}\n\n"),
            ran: """
                page-meta content/blog/p05.md
                page-body content/blog/p05.md
                page-output en:content/blog/p05.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                """,
            written: """
                atom.xml
                blog/p05/index.html
                tags/a/atom.xml
                """)
        expectRebuilt(
            site, after: "-- content/blog/p99.md --\n---\ntitle: Ninety-nine\ndate: 2026-01-05\n---\nHere.\n",
            ran: """
                content-tree en
                page-meta content/blog/p99.md
                catalog en
                neighbours en
                page-body content/blog/p05.md
                page-body content/blog/p99.md
                link-check en:content/blog/p99.md
                page-output en:@section/blog#2
                page-output en:@section/blog#3
                page-output en:content/blog/p04.md
                page-output en:content/blog/p05.md
                page-output en:content/blog/p99.md
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
                blog/p04/index.html
                blog/p05/index.html
                blog/p99/index.html
                blog/page/2/index.html
                blog/page/3/index.html
                sitemap.xml
                tags/a/atom.xml
                """)
    }

    /// S21. A list that selects nothing gets its first page.
    @Test func s21AListThatWasEmpty() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- content/docs/two.md --\n---\ntitle: Two\nfeatured: true\n---\nTwo.\n",
            ran: """
                page-meta content/docs/two.md
                page-output en:@home
                page-query en|pages|where('params.featured')
                """, written: "index.html")
    }

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
