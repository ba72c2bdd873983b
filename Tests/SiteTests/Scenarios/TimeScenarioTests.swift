import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, last part: what is gone, limits, time, death; S31 to S35.
@Suite struct TimeScenarioTests {
    /// S31. A page stops embedding another; that one's title is then no concern of it.
    @Test func s31ADependencyThatIsGone() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(5, body: ""),
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
            site, after: Fixture.post(3, title: "Three"),
            ran: """
                page-meta content/blog/p03.md
                page-output en:@section/blog#2
                page-output en:@term/tags/a#3
                page-output en:content/blog/p02.md
                page-output en:content/blog/p03.md
                page-output en:content/blog/p04.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                """,
            written: """
                atom.xml
                blog/p02/index.html
                blog/p03/index.html
                blog/p04/index.html
                blog/page/2/index.html
                tags/a/atom.xml
                tags/a/page/3/index.html
                """)
    }

    /// S32. The eleventh post is not in the feed of ten, until a newer one goes.
    @Test func s32TheLimitOfAFeed() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: Fixture.post(2, last: "Changed."),
            ran: """
                page-meta content/blog/p02.md
                page-body content/blog/p02.md
                page-output en:content/blog/p02.md
                feed-output atom:en:@term/tags/b
                """,
            written: """
                blog/p02/index.html
                tags/b/atom.xml
                """)
        expectRebuilt(
            site, after: "-- content/blog/p12.md (deleted) --",
            ran: """
                content-tree en
                page-meta content/blog/p12.md
                catalog en
                neighbours en
                page-output en:@home
                page-output en:@section/blog
                page-output en:@section/blog#2
                page-output en:@section/blog#3
                page-output en:@taxonomy/tags
                page-output en:@term/tags/b
                page-output en:@term/tags/b#2
                page-output en:@term/tags/b#3
                page-output en:content/blog/p11.md
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
                blog/index.html
                blog/p11/index.html
                blog/page/2/index.html
                blog/page/3/index.html
                index.html
                sitemap.xml
                tags/b/atom.xml
                tags/b/index.html
                tags/b/page/2/index.html
                tags/b/page/3/index.html
                tags/index.html
                """,
            removed: """
                blog/p12/index.html
                tags/c/atom.xml
                tags/c/index.html
                """)
    }

    /// S33. An edit of the same length, at the very time of the last build: stamps say nothing, content does.
    @Test func s33AnEditInTheSameInstant() {
        let site = Fixture.site()
        expectBuild(site)
        site.edit(Fixture.post(6, last: "The odd."))
        site.world.source.clockStep = 0
        site.world.source.put(
            "content/blog/p06.md",
            bytes: Array((site.world.source.text(of: "content/blog/p06.md") ?? "").utf8), inPlace: true)
        site.build()
        site.replace("The odd.", by: "The end.", inPlace: "content/blog/p06.md")
        expectRebuilt(
            site,
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

    /// S34. A build that adds a page dies at each of its effects in turn, the edit is taken back: no trace of the page.
    @Test func s34AKillThatPublishedHalf() {
        for effects in 0...30 {
            let site = Fixture.site()
            site.build()
            site.settle()
            site.edit(Fixture.post(13))
            site.disk.stopEffects(after: effects)
            site.build()
            site.disk.resumeEffects()
            site.edit("-- content/blog/p13.md (deleted) --")
            expectBuild(site)
            #expect(site.output("blog/p13/index.html") == nil, "after \(effects) effects")
        }
    }

    /// S35. A title changes and changes back: the first bytes.
    @Test func s35ThereAndBack() {
        let site = Fixture.site()
        expectBuild(site)
        let first = site.cleanTree
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
        expectRebuilt(
            site, after: Fixture.post(6),
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
        #expect(site.cleanTree.differences(from: first, named: "the first state").isEmpty)
    }

    /// Times are told in the zone of the site.
    @Test func timesAreToldInTheZoneOfTheSite() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"timeZone": "Europe/Berlin", "baseURL": "https://example.org"}
            -- content/f.md --
            ---
            date: 2026-06-05 09:00
            ---
            -- templates/page.html --
            x

            """)
        expectBuild(site)
        func expectTold(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
            let last = site.last
            #expect(last?.report.nextDue == text, sourceLocation: sourceLocation)
            #expect(last?.report.skipped.map(\.dateText) == [text], sourceLocation: sourceLocation)
            #expect(last?.project.pages().map(\.dateText) == [text], sourceLocation: sourceLocation)
            #expect(
                last?.report.build.diagnostics.map(\.message) == ["not published before \(text)"],
                sourceLocation: sourceLocation)
        }
        expectTold("2026-06-05T09:00:00+02:00")
        site.edit("-- content/f.md --\n---\ndate: 2026-06-05T09:00:00+02:00\n---\n")
        site.edit("-- site.json --\n{\"timeZone\": \"Asia/Tokyo\", \"baseURL\": \"https://example.org\"}\n")
        expectBuild(site)
        expectTold("2026-06-05T16:00:00+09:00")
    }
}
