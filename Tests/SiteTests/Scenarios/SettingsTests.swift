import Site
import Testing
import Text

/// Settings that change lists, languages and pictures.
@Suite struct SettingsTests {
    /// The variable, not the word: in a comment, a class or a text it cuts nothing.
    @Test(arguments: [
        ("{{ paginator.total }}", "2"), ("{% include \"pager.html\" %}", "2"),
        ("{# paginator #}<i class=\"paginator\">paginator</i>", "<i class=\"paginator\">paginator</i>"),
    ])
    func aListIsCutWhereItsTemplateAsksForTheParts(_ template: String, _ text: String) {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"pagination": {"size": 1}}
            -- templates/section.html --
            \(template)
            -- templates/pager.html --
            {{ paginator.total }}
            -- templates/page.html --
            -
            -- content/blog/a.md --
            A
            -- content/blog/b.md --
            B

            """)
        expectBuild(site, ["blog/index.html": text])
        #expect((site.output("blog/page/2/index.html") != nil) == (text == "2"))
    }

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
                <p><img src="own.svg" alt="own" width="20" height="10"> <img src="/img/a.svg?x=1" alt="far" loading="lazy" decoding="async" width="4" height="3"> <img src="own.svg" alt="given" loading="lazy" decoding="async" width="5"> <img src="https://example.org/a.svg" alt="none" loading="lazy" decoding="async"></p>
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
}
