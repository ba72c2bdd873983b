import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, third part: templates, sections, configuration; S13 to S17.
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
                settings-check
                """,
            written: """
                \(Fixture.everyPagesFile)
                """)
        expectRebuilt(
            site, after: "-- templates/footer.html (deleted) --",
            ran: """
                template-program footer.html
                \(Fixture.everyPage)
                settings-check
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

    /// The order of keys is read by who goes through them, and by nobody else.
    @Test func theOrderOfKeys() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org/", "params": {"m": {"p": 1, "q": 2}}, "taxonomies": {"tags": {}, "topics": {}}, "feeds": {"formats": []}}
            -- data/d.json --
            {"a": 1, "b": 2}
            -- content/all.md --
            ---
            x: {c: 1, d: 2}
            ---
            -- content/one.md --
            ---
            x: {c: 1, d: 2}
            ---
            -- templates/page.html --
            {% if page.slug == "all" %}{% for k in site.data.d %}{{ k }}{% endfor %}{% for k in site.params.m %}{{ k }}{% endfor %}{% for k in page.params.x %}{{ k }}{% endfor %}{% else %}{{ site.data.d.b }}{{ site.params.m.q }}{{ page.params.x.d }}{% endif %}
            -- templates/home.html --
            -
            -- templates/404.html --
            -
            """)
        expectBuild(site, ["all/index.html": "abpqcd", "one/index.html": "222"])
        for (path, old, new, ran, shown) in [
            ("data/d.json", "\"a\": 1, \"b\": 2", "\"b\": 2, \"a\": 1", "data-file data/d.json", "bapqcd"),
            ("site.json", "\"p\": 1, \"q\": 2", "\"q\": 2, \"p\": 1", "configuration", "baqpcd"),
            (
                "content/all.md", "c: 1, d: 2", "d: 2, c: 1", "page-meta content/all.md", "baqpdc"
            ),
        ] {
            site.replace(old, by: new, in: path)
            expectRebuilt(site, ran: "\(ran)\npage-output en:content/all.md", written: "all/index.html")
            expectBuild(site, ["all/index.html": shown])
        }
    }

    /// What a site says in one language, how long its lists and feeds are: none of it is read by a page that does not show it.
    @Test func oneLanguagesWordsAndTheLengthOfLists() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {
              "title": "T", "baseURL": "https://example.org/",
              "languages": {
                "en": {},
                "de": { "title": "Titel", "params": { "x": "eins" }, "menus": { "main": [{ "name": "Menu", "url": "/" }] } }
              },
              "menus": { "main": [{ "name": "Home", "url": "/" }] },
              "params": { "x": "one", "y": "same" },
              "taxonomies": { "tags": { "thin": 1 } },
              "pagination": { "size": 8 }, "feeds": { "limit": 9, "sections": false, "terms": false }
            }
            -- content/blog/a.md --
            ---
            title: A
            date: 2026-01-01
            tags: [t]
            ---
            A [link](b.md).
            -- content/blog/a.de.md --
            ---
            title: A
            date: 2026-01-01
            tags: [t]
            ---
            A.
            -- content/blog/b.md --
            ---
            title: B
            date: 2026-01-02
            ---
            B.
            -- templates/page.html --
            {{ page.title }}{% for tag in page.tags %}{{ tag.url }}{% endfor %}{{ page.section.url }}{{ page.content }}
            -- templates/section.html --
            {{ page.url }}{{ site.params.y }}{{ paginator.total }}
            -- templates/term.html --
            {{ term.name }}
            -- templates/taxonomy.html --
            {{ taxonomy.name }}
            -- templates/archive.html --
            -
            -- templates/404.html --
            -
            -- templates/home.html --
            {{ site.title }}{{ site.params.x }}{% for entry in site.menus.main %}{{ entry.name }}{% endfor %}
            """)
        expectBuild(site, ["de/index.html": "TiteleinsMenu", "index.html": "ToneHome"])
        func expect(_ old: String, _ new: String, ran: String, written: String) {
            site.replace(old, by: new, in: "site.json")
            expectRebuilt(site, ran: ran, written: written)
        }
        expect(
            "Menu", "Speise",
            ran: """
                configuration
                page-output de:@home
                settings-check
                """, written: "de/index.html")
        expect(
            "eins", "zwei",
            ran: """
                configuration
                page-output de:@home
                settings-check
                """, written: "de/index.html")
        expect(
            "Titel", "Name",
            ran: """
                configuration
                page-output de:@home
                feed-output atom:de:@home
                settings-check
                """,
            written: """
                de/atom.xml
                de/index.html
                """)
        expect(
            "\"size\": 8", "\"size\": 1",
            ran: """
                configuration
                catalog de
                catalog en
                page-output de:@section/blog
                page-output en:@section/blog
                page-output en:@section/blog#2
                sitemap-output
                output-manifest
                site-summary
                """,
            written: """
                blog/index.html
                blog/page/2/index.html
                sitemap.xml
                """)
        expect(
            "\"limit\": 9", "\"limit\": 1",
            ran: """
                configuration
                feed-output atom:de:@home
                feed-output atom:en:@home
                """, written: "atom.xml")
        // A thin term is left out of the sitemap; that it is, its own page says, and none that names it.
        expect(
            "\"thin\": 1", "\"thin\": 2",
            ran: """
                configuration
                catalog de
                catalog en
                page-output de:@term/tags/t
                page-output en:@term/tags/t
                sitemap-output
                output-manifest
                site-summary
                """, written: "sitemap.xml")
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
}
