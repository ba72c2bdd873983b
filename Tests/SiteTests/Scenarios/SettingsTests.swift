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

    @Test func theTemplateOfCodeHearsWhichLinesAreMarked() {
        let many = Array(repeating: "1-9999", count: 3000).joined(separator: ",")
        let site = SiteUnderTest(
            """
            -- templates/render/code.html --
            [{{ marked_lines | join("+") }}|{{ hidden_lines | length }}]
            -- templates/page.html --
            {{ page.content }}
            -- content/a.md --
            ```swift,hl_lines=4-5 1 4,hide_lines=1-99999999
            a
            ```
            -- content/b.md --
            ```swift,hide_lines=\(many)
            b
            ```

            """)
        expectBuild(site, ["a/index.html": "[1+4+5|10000]", "b/index.html": "[|9999]"])
    }

    @Test func aTaxonomyThatComesIsInThePageAsJSON() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"outputs": {"page": ["json"]}, "taxonomies": {"authors": {}}}
            -- content/a.md --
            ---
            title: A
            authors: [Ann]
            tags: [x]
            ---
            Text.

            """)
        expectBuild(site, [:])
        site.replace("{\"authors\": {}}", by: "{\"authors\": {}, \"tags\": {}}", in: "site.json")
        expectBuild(site, ["a/index.json": "\"tags\""])
    }

    @Test func picturesInTextsHaveTheirSize() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.content }}{% set size = image_size("/img/a.svg") %}{{ size.width if size }}
            -- content/trip/index.md --
            ![own](own.svg) ![far](/img/a.svg?x=1) ![given](own.svg){width=5} ![none](https://example.org/a.svg)
            -- content/other.md --
            ![far](../img/a.svg) <img src="../img/a.svg" alt='raw'>
            -- content/trip/own.svg --
            <svg width="20" height="10"></svg>
            -- static/img/a.svg --
            <svg width="4" height="3"></svg>

            """)
        expectBuild(
            site,
            [
                "trip/index.html": """
                <p><img src="own.svg" alt="own" width="20" height="10"> <img src="/img/a.svg?x=1" alt="far" width="4" height="3"> <img src="own.svg" alt="given" width="5"> <img src="https://example.org/a.svg" alt="none"></p>
                4
                """, "other/index.html": "<img src=\"../img/a.svg\" alt=\"far\" width=\"4\" height=\"3\">",
                "other/index.html": "<img src=\"../img/a.svg\" width=\"4\" height=\"3\" alt='raw'>",
            ])
        // Another picture of the same size is copied, and that is all.
        expectRebuilt(
            site, after: "-- content/trip/own.svg --\n<svg width=\"20\" height=\"10\"><g/></svg>\n",
            ran: "file-output content/trip/own.svg\nimage-facts content/trip/own.svg", written: "trip/own.svg"
        )
        expectRebuilt(
            site, after: "-- content/trip/own.svg --\n<svg width=\"21\" height=\"10\"></svg>\n",
            ran: """
                page-body content/trip/index.md
                page-output en:content/trip/index.md
                file-output content/trip/own.svg
                image-facts content/trip/own.svg
                """, written: "trip/index.html\ntrip/own.svg")
        site.edit("-- site.json --\n{\"images\": {\"sizes\": false}}\n")
        expectBuild(
            site,
            [
                "other/index.html":
                    "<img src=\"../img/a.svg\" alt=\"far\"> <img src=\"../img/a.svg\" alt='raw'>"
            ])
    }

    @Test func searchEnginesAreToldWhoWroteWhatAndWhereItIs() {
        expectSite(
            """
            -- site.json --
            {"title": "Hill", "baseURL": "https://hill.example/x/", "author": {"name": "Ada", "url": "/about/"},
             "seo": {"image": "/social.svg", "imageAlt": "A hill"}}
            -- templates/page.html --
            {{ seo() }}
            -- static/social.svg --
            <svg width="1200" height="630"></svg>
            -- content/blog/_index.md --
            ---
            title: Notes
            ---
            -- content/blog/2026-01-02-a.md --
            ---
            title: A </script>
            ---
            Text.
            -- content/blog/2026-01-03-b.md --
            ---
            title: B.svg is b.svg
            authors: [Bob, Ada]
            updated: 2026-02-01
            image: b.svg
            ---
            Text.
            -- content/about.md --
            ---
            title: About
            ---
            Text.

            """,
            [
                "blog/a/index.html": """
                <meta property="og:image" content="https://hill.example/x/social.svg">
                <meta property="og:image:width" content="1200">
                <meta property="og:image:height" content="630">
                <meta property="og:image:alt" content="A hill">
                <meta property="article:published_time" content="2026-01-02T00:00:00+00:00">
                <meta property="article:modified_time" content="2026-01-02T00:00:00+00:00">
                <meta name="twitter:card" content="summary_large_image">
                <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"BlogPosting","headline":"A \\u003c/script\\u003e","datePublished":"2026-01-02T00:00:00+00:00","dateModified":"2026-01-02T00:00:00+00:00","author":[{"@type":"Person","name":"Ada","url":"https://hill.example/x/about/"}],"publisher":{"@type":"Person","name":"Ada","url":"https://hill.example/x/about/"},"image":"https://hill.example/x/social.svg","mainEntityOfPage":"https://hill.example/x/blog/a/","description":"Text.","url":"https://hill.example/x/blog/a/","inLanguage":"en"},{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Hill","item":"https://hill.example/x/"},{"@type":"ListItem","position":2,"name":"Notes","item":"https://hill.example/x/blog/"},{"@type":"ListItem","position":3,"name":"A \\u003c/script\\u003e","item":"https://hill.example/x/blog/a/"}]}]}</script>
                """,
                "blog/b/index.html":
                    "\"author\":[{\"@type\":\"Person\",\"name\":\"Bob\"},{\"@type\":\"Person\",\"name\":\"Ada\",\"url\":\"https://hill.example/x/about/\"}]",
                "index.html": "{\"@context\":\"https://schema.org\",\"@type\":\"WebSite\",\"name\":\"Hill\"",
                // A list was changed when the page on it was that was changed last; what has no date says nothing.
                "sitemap.xml": """
                  <url>
                    <loc>https://hill.example/x/</loc>
                    <lastmod>2026-02-01T00:00:00+00:00</lastmod>
                  </url>
                  <url>
                    <loc>https://hill.example/x/about/</loc>
                  </url>
                  <url>
                    <loc>https://hill.example/x/archive/</loc>
                    <lastmod>2026-02-01T00:00:00+00:00</lastmod>
                  </url>
                  <url>
                    <loc>https://hill.example/x/blog/</loc>
                    <lastmod>2026-02-01T00:00:00+00:00</lastmod>
                  </url>
                  <url>
                    <loc>https://hill.example/x/blog/a/</loc>
                    <lastmod>2026-01-02T00:00:00+00:00</lastmod>
                  </url>
                """,
            ],
            // It need not be there to be named.
            findings: ["broken-image content/blog/2026-01-03-b.md:5:8"])
    }

    @Test func theTopOfASiteAndItsArchiveAreAtHand() {
        expectSite(
            """
            -- templates/home.html --
            {% for p in site.top_pages %}{{ p.title }} {% endfor %}| {{ site.archive.url if site.archive else "-" }}
            -- templates/page.html --
            {{ page.title }}
            -- templates/archive.html --
            all
            -- content/b.md --
            -- content/a.md --
            ---
            weight: 2
            ---
            -- content/2026-01-01-dated.md --
            -- content/blog/2026-01-01-x.md --

            """, ["index.html": "A B | /archive/"])
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
                    "<loc>https://example.org/blog/page/2/</loc>\n    <lastmod>2026-01-01T00:00:00+00:00</lastmod>\n  </url>\n  <url>\n    <loc>https://example.org/blog/a/</loc>"
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

    /// Maps of heads, of the configuration and of data files have the methods of dictionaries; `get` reads one key.
    @Test func mapsOfASiteHaveTheMethodsOfDictionaries() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"params": {"color": "red", "items": [1, 2]}}
            -- data/team.yml --
            lead: {name: Ann, "first.of": 1}
            list: [a, b, a]
            -- templates/home.html --
            {% for k, v in site.params.items() %}{{ k }}={{ v }};{% endfor %} {{ site.params.items | join("+") }}
            {{ site.data.team.lead.keys() | join(",") }} {{ load_data("data/team.yml").lead.values() | list }}
            {{ site.data.team.list.count("a") }} {{ site.data.team.list.index("b") }} {{ site.data.keys() | list }} {{ site.pages.count(1) }}{{ site.pages.index(page.next) if page.next }}
            -- templates/page.html --
            {{ page.params.get("a") }} {{ page.params.get("b", 3) }} {{ page.params }} {{ page.params | tojson }}
            -- templates/term.html --
            x
            -- templates/taxonomy.html --
            x
            -- content/a.md --
            ---
            a: 1
            tags: [t]
            ---
            -- content/b.md --

            """)
        expectBuild(
            site,
            [
                "index.html":
                    "color=red;items=[1, 2]; 1+2\nname,first.of [&#39;Ann&#39;, 1]\n2 1 [&#39;team&#39;] 0",
                "a/index.html": "1 3 {&#39;a&#39;: 1} {\"a\": 1}", "b/index.html": "None 3 {} {}",
            ])
        site.edit("-- templates/page.html --\n{{ page.params.get(\"a\") }}\n")
        expectBuild(site, ["a/index.html": "1"])
        expectRebuilt(
            site, after: "-- content/a.md --\n---\na: 1\nc: 2\ntags: [t]\n---\n",
            ran: "page-meta content/a.md", written: "")
        expectRebuilt(
            site, after: "-- content/a.md --\n---\na: 2\nc: 2\ntags: [t]\n---\n",
            ran: """
                page-meta content/a.md
                page-output en:content/a.md
                """, written: "a/index.html")
        site.edit("-- templates/page.html --\n{{ page.params.update(a=1) }}\n")
        expectBuild(site)
        #expect(
            site.findings.map(\.message).contains {
                $0.contains("this dictionary belongs to the site and cannot be changed")
            })
    }

    /// Data and images that a template names and nobody has are findings; when they come, these go.
    @Test func filesThatATemplateNamesAreMissedOrThere() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ load_data("data/no.yml") }} {{ load_data("data/maybe.yml", required=false) }} {{ image("z.png") }} {{ image("b.png") }}
            -- content/a/index.md --
            A
            -- content/a/b.png --
            b
            -- templates/section.html --
            x

            """)
        expectBuild(site, ["a/index.html": "None None z.png b.png"])
        #expect(
            site.findings.map(\.message) == [
                "there is no data file \"data/no.yml\"", "there is no image \"z.png\"",
            ])
        site.edit("-- data/no.yml --\n1\n-- content/a/z.png --\nz\n")
        expectBuild(site, ["a/index.html": "1 None z.png b.png"])
        #expect(site.findings.isEmpty)
    }
}
