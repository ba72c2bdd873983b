import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, fourth part: outputs that are gone, pages and lists that come; S18 to S21.
@Suite struct OutputScenarioTests {
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
}
