import Site
import Testing
import Text

/// What templates get of pages, terms and dates.
@Suite struct PageValueTests {
    /// A taxonomy is one thing, whoever is asked for it.
    @Test func aTaxonomyIsCalledTheSameEverywhere() {
        expectSite(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://example.org", "taxonomies": {"cameras": {"path": "camera"}}}
            -- templates/page.html --
            {% set a = site.taxonomies.cameras %}{% set b = page.terms.cameras[0].taxonomy -%}
            {{ a.name }} {{ a.slug }} {{ a.title }} {{ a }} {{ a.url }}|{{ b.name }} {{ b.slug }} {{ b.title }} {{ b }} {{ b.url }}|{{ a == b }} {{ [a, b] | unique | list | length }} {{ b.terms | length }} {{ b | length }}
            -- templates/term.html --
            {{ term.taxonomy.name }} {{ term.taxonomy.permalink }}
            -- templates/taxonomy.html --
            {{ taxonomy.name }} {{ taxonomy.terms[0].taxonomy == taxonomy }} {{ page.taxonomy == taxonomy }}
            -- content/a.md --
            ---
            cameras: [X100]
            ---

            """,
            [
                "a/index.html":
                    "cameras camera Cameras Cameras /camera/|cameras camera Cameras Cameras /camera/|True 1 1 1",
                "camera/x100/index.html": "cameras https://example.org/camera/",
                "camera/index.html": "cameras True True",
            ])
    }

    /// Equal dates and pages are one key, as in Python.
    @Test func equalDatesAreOneKey() {
        expectSite(
            """
            -- templates/home.html --
            {% set d = site.pages | map(attribute="date") | list %}
            {{ d | unique | list | length }} {{ {d[0]: 1}[d[1]] }} {{ {d[0]: 1}[d[2]] is defined }} {{ {d[0]: 1}[d[0].timestamp] is defined }} {{ {get_page("a.md"): 2}[site.pages[0]] }}
            -- templates/page.html --
            x
            -- content/a.md --
            ---
            weight: 1
            date: 2026-01-01T12:00:00+02:00
            ---
            -- content/b.md --
            ---
            weight: 2
            date: 2026-01-01T10:00:00Z
            ---
            -- content/c.md --
            ---
            weight: 3
            date: 2026-01-02
            ---

            """, ["index.html": "2 1 False False 2"])
    }

    /// JSON and CSV have no dates: theirs are text.
    @Test func aTextThatIsADateIsFormatted() {
        expectSite(
            """
            -- data/e.json --
            [{"day": "2026-05-01"}, {"day": "2 Jan 2026 15:04 +0100"}, {"day": ""}]
            -- templates/page.html --
            {% for e in site.data.e %}[{{ e.day | date("%-d %B %H:%M %z") }}]{% endfor %}{{ page.params.when | date("long") }}
            -- content/a.md --
            ---
            when: "2026-07-01"
            ---

            """, ["a/index.html": "[1 May 00:00 +0000][2 January 15:04 +0100][]July 1, 2026"])
    }

    @Test func aTaxonomyIsItsPageAndNoSlipOfAKey() {
        expectSite(
            """
            -- site.json --
            {"taxonomies": {"serie": {}}}
            -- templates/page.html --
            {% set one = site.taxonomies.serie %}{{ one == one.page }} {{ one.page == one }} {{ [one, one.page] | unique | list | length }} {{ page.terms.serie[0].taxonomy == one.page }}
            -- content/a.md --
            ---
            serie: [x]
            ---

            """, ["a/index.html": "True True 2 True"])
    }

    /// In a list each page shows its own picture, wherever it lies.
    @Test func thePictureOfAnotherPageIsFound() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://example.org/base/"}
            -- templates/home.html --
            {% for p in site.pages | sort(attribute="weight") %}{{ p.image_url }} {% endfor %}{{ image("pier.png", page=get_page("trip/index.md")) }}
            -- templates/page.html --
            {{ page.image_url }}
            -- content/trip/index.md --
            ---
            weight: 1
            image: pier.png
            ---
            -- content/trip/pier.png --
            x
            -- content/b.md --
            ---
            weight: 2
            image: /img/b.png
            ---
            -- static/img/b.png --
            x
            -- content/c.md --
            ---
            weight: 3
            image: https://example.net/c.png
            ---
            -- content/d.md --
            ---
            weight: 4
            ---
            -- content/e.md --
            ---
            weight: 5
            image: ./no.png
            ---
            -- content/posts/f.md --
            ---
            weight: 6
            image: beside.png
            ---
            -- content/posts/beside.png --
            x

            """)
        expectBuild(
            site,
            [
                "index.html":
                    "/base/trip/pier.png /base/img/b.png https://example.net/c.png None /base/e/no.png /base/posts/beside.png /base/trip/pier.png",
                "trip/index.html": "/base/trip/pier.png",
            ])
        #expect(Set(site.findings.map(\.message)) == ["there is no image \"./no.png\""])
        // A picture that comes takes the finding away.
        site.edit("-- static/e/no.png --\nx\n")
        expectBuild(site)
        #expect(site.findings.isEmpty)
        site.replace("image: pier.png", by: "image: /img/b.png", in: "content/trip/index.md")
        expectBuild(
            site, ["index.html": "/base/img/b.png /base/img/b.png", "trip/index.html": "/base/img/b.png"])
    }

    /// Ways to say what the picture of a page shows.
    @Test(arguments: [
        ("image: /a.svg\nimage_alt: The coast", "The coast"),
        ("image: /a.svg\nimageAlt: The coast", "The coast"),
        ("image: {path: /a.svg, alt: A hill}\nimage_alt: The coast", "A hill"), ("image: /a.svg", ""),
    ])
    func thePictureIsDescribed(_ head: String, _ alternative: String) {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org"}
            -- templates/page.html --
            [{{ page.image_alt }}]{{ seo() }}
            -- content/a.md --
            ---
            title: Title
            \(head)
            ---
            -- static/a.svg --
            <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>

            """)
        expectBuild(
            site,
            [
                "a/index.html": "[\(alternative)]",
                "a/index.html":
                    "<meta property=\"og:image:alt\" content=\"\(alternative.isEmpty ? "Title" : alternative)\">",
            ])
        #expect(site.findings.isEmpty)
        site.edit("-- content/a.md --\n---\ntitle: Title\nimage: /a.svg\nimage_alt: Another\n---\n")
        expectBuild(site, ["a/index.html": "[Another]"])
    }

    /// Neither is used by the product for long, and both may be by templates.
    @Test func keywordsAndTheNameOfASeriesAreKept() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.params.keywords | join("+") }}|{{ page.series_name }}|{{ page.series | length }}
            -- content/a.md --
            ---
            keywords: [k1, k2]
            series: Learning <Rust>
            ---
            -- content/b.md --
            ---
            keywords: k3
            series: [Learning <Rust>, Other]
            ---

            """)
        expectBuild(
            site,
            [
                "a/index.html": "k1+k2|Learning &lt;Rust&gt;|2", "b/index.html": "Learning &lt;Rust&gt;|2",
            ])
        #expect(site.findings.isEmpty)
    }

    @Test func theDefaultThemeSaysWhichSeriesItIs() {
        let site = SiteUnderTest(
            "-- content/a.md --\n---\nseries: Learning\n---\n-- content/b.md --\n---\nseries: Learning\n---\n"
        )
        expectBuild(site, ["a/index.html": "In this series · <bdi>Learning</bdi></summary>"])
    }
}
