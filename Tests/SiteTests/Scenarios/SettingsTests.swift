import Site
import Testing
import Text

/// Settings that change lists, languages and what search engines are told.
@Suite struct SettingsTests {
    @Test func aLanguageHasWordsOfItsOwn() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "Site", "description": "About", "language": "en", "params": {"color": "red", "size": {"a": 1, "b": 2}},
             "menus": {"main": [{"name": "Home", "url": "/"}], "foot": [{"name": "Foot", "url": "/f/"}]},
             "languages": {"en": {}, "de": {"title": "Seite", "description": "Über", "params": {"color": "rot", "size": {"b": 3}},
                                            "menus": {"main": [{"name": "Start", "url": "/de/"}]}}}}
            -- templates/page.html --
            {{ site.title }}|{{ site.description }}|{{ site.params.color }}|{{ site.params.size.a }}{{ site.params.size["b"] }}|{{ site.menus.main[0].name }}|{{ site.menus.foot[0].name }}|{% for l in site.languages %}{{ l.title or "-" }} {% endfor %}
            -- templates/home.html --
            {{ page.title }}{{ seo() }}
            -- content/a.md --
            A
            -- content/a.de.md --
            A

            """)
        expectBuild(
            site,
            [
                "a/index.html": "Site|About|red|12|Home|Foot|- Seite ",
                "de/a/index.html": "Seite|Über|rot|13|Start|Foot|- Seite ",
                "de/index.html": "Seite<meta name=\"description\" content=\"Über\">",
                "de/atom.xml": "<title>Seite</title>", "atom.xml": "<title>Site</title>",
            ])
        site.replace("\"rot\"", by: "\"blau\"", in: "site.json")
        expectBuild(site, ["de/a/index.html": "|blau|", "a/index.html": "|red|"])
    }

    @Test func partsMayBeginWithTheOldest() {
        let posts = (1...5).map { "-- content/blog/2026-01-0\($0)-p\($0).md --\nText.\n" }.joined()
        let site = SiteUnderTest(
            posts + """
                -- site.json --
                {"pagination": {"size": 2, "order": "oldest"}}
                -- templates/section.html --
                {% for p in paginator.items %}{{ p.title }} {% endfor %}of {{ paginator.total }}, newest {{ section.posts[0].title }}

                """)
        expectBuild(
            site,
            [
                "blog/index.html": "P1 P2 of 3, newest P5", "blog/page/2/index.html": "P3 P4 of 3",
                "blog/page/3/index.html": "P5 of 3",
            ])
        // Full parts stay as they are but for what names the newest.
        site.edit("-- content/blog/2026-01-06-p6.md --\nText.\n")
        expectBuild(
            site, ["blog/index.html": "P1 P2 of 3, newest P6", "blog/page/3/index.html": "P5 P6 of 3"])
        site.edit("-- site.json --\n{\"pagination\": {\"size\": 2}}\n")
        expectBuild(site, ["blog/index.html": "P6 P5 of 3, newest P6"])
    }

    @Test func theSitemapHasEveryPartOfAList() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org", "pagination": {"size": 1}, "taxonomies": {}}
            -- templates/section.html --
            {{ paginator.total }}
            -- content/blog/2026-01-01-a.md --
            A
            -- content/blog/2026-01-02-b.md --
            B

            """)
        expectBuild(
            site,
            [
                "sitemap.xml":
                    "<loc>https://example.org/blog/page/2/</loc>\n  </url>\n  <url>\n    <loc>https://example.org/blog/a/</loc>"
            ])
        site.edit("-- content/blog/2026-01-03-c.md --\nC\n")
        expectBuild(site, ["sitemap.xml": "<loc>https://example.org/blog/page/3/</loc>"])
    }

    @Test func thinTermsAreKeptFromSearchEngines() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org", "taxonomies": {"tags": {"thin": 2}}}
            -- templates/term.html --
            {{ seo() }}
            -- content/a.md --
            ---
            tags: [one, two]
            ---
            -- content/b.md --
            ---
            tags: [two]
            ---

            """)
        expectBuild(site, ["tags/one/index.html": "<meta name=\"robots\" content=\"noindex\">"])
        #expect(site.output("tags/two/index.html")?.contains("noindex") == false)
        #expect(site.output("sitemap.xml")?.contains("/tags/one/") == false)
        #expect(site.output("sitemap.xml")?.contains("/tags/two/") == true)
    }

    @Test func relatedPostsAreReadTermByTerm() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {% for r in page.related %}{{ r.title }} {% endfor %}
            -- templates/section.html --
            x
            -- templates/term.html --
            x
            -- templates/taxonomy.html --
            x
            -- content/blog/2026-01-01-a.md --
            ---
            tags: [x, y]
            ---
            -- content/blog/2026-01-02-b.md --
            ---
            tags: [x, y]
            ---
            -- content/blog/2026-01-03-c.md --
            ---
            tags: [x]
            ---
            -- content/blog/2026-01-04-d.md --
            ---
            tags: [z]
            ---

            """)
        expectBuild(
            site, ["blog/a/index.html": "B C ", "blog/c/index.html": "B A "])
        site.edit("-- content/blog/2026-01-05-e.md --\n---\ntags: [z]\n---\n")
        expectBuild(site, ["blog/d/index.html": "E "])
        // Nobody who shares no tag with the new post was asked.
        #expect(site.last?.ran.filter { $0.hasPrefix("related-pages") }.count == 2)
    }
}
