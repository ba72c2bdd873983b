import Site
import Testing
import Text

/// What keys of heads do: each has an effect, is left to templates, or is told.
@Suite struct HeadKeyTests {
    @Test func keysWithoutEffectAreToldOnce() {
        expectSite(
            """
            -- site.json --
            {"language": "en-GB", "languages": {"en-GB": {}, "de": {}}}
            -- templates/page.html --
            {{ page.lang }}|{{ page.params | list | sort | join(",") }}
            -- content/a.md --
            ---
            lang: fr
            translationKey: k
            insert_anchor_links: right
            toc: false
            search: false
            type: docs
            outputs: [html]
            ---
            -- content/b.md --
            ---
            lang: en
            insert_anchor_links: none
            ---
            -- content/c.md --
            ---
            lang: de
            ---

            """,
            ["a/index.html": "en-GB|outputs,search,toc,type", "b/index.html": "en-GB|"],
            findings: [
                "key-without-effect content/a.md:2:7", "key-without-effect content/a.md:3:17",
                "key-without-effect content/a.md:4:22", "key-without-effect content/c.md:2:7",
            ])
    }

    @Test func aPageSaysWhetherItHasATableOfContents() throws {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            ---
            toc: false
            ---
            ## A
            ## B
            ## C
            -- content/b.md --
            ## A
            ## B
            ## C
            -- content/docs/c.md --
            ---
            title: A long title
            linkTitle: Short
            ---
            -- content/d.md --
            ---
            title: Another
            link_title: Menu
            ---

            """)
        expectBuild(
            site,
            [
                "b/index.html": "class=\"toc\"", "docs/index.html": "<a href=\"/docs/c/\">Short</a>",
                "b/index.html": "<a href=\"/d/\">Menu</a>",
            ])
        #expect(try #require(site.output("a/index.html")).contains("class=\"toc\"") == false)
    }

    @Test(arguments: ["path", "url", "src"])
    func aPictureMayBeAMap(key: String) {
        expectSite(
            """
            -- site.json --
            {"title": "S", "baseURL": "https://example.org/"}
            -- templates/page.html --
            {{ page.image }}|{{ page.image_alt }}|{{ seo() }}
            -- content/a.md --
            ---
            image: {\(key): /img/a.svg, alt: A dog}
            ---
            -- content/b.md --
            ---
            title: B
            image: gone.svg
            ---
            -- static/img/a.svg --
            <svg width="1" height="1"/>

            """,
            [
                "a/index.html": "/img/a.svg|A dog|",
                "a/index.html": "<meta property=\"og:image\" content=\"https://example.org/img/a.svg\">",
                "a/index.html": "<meta property=\"og:image:alt\" content=\"A dog\">",
                "b/index.html": "<meta name=\"twitter:card\" content=\"summary\">",
            ], findings: ["broken-image content/b.md:3:8"])
    }

    @Test(arguments: [
        ("noindex: true", "noindex", false), ("robotsNoIndex: true", "noindex", false),
        ("robots: noindex, nofollow", "noindex, nofollow", false),
        ("robots: [NoIndex]", "NoIndex", false), ("robots: none", "none", false),
        ("robots: nofollow", "nofollow", true), ("noindex: false", "max-image-preview:large", true),
        ("sitemap: false", "max-image-preview:large", false),
        ("sitemap: {disable: true}", "max-image-preview:large", false),
        ("sitemap: {priority: 0.5}", "max-image-preview:large", true),
    ])
    func searchEnginesAreTold(key: String, robots: String, isInSitemap: Bool) throws {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "S", "baseURL": "https://example.org/"}
            -- templates/page.html --
            {{ seo() }}|{{ page.params | list | join }}|
            -- content/a.md --
            ---
            \(key)
            ---

            """)
        expectBuild(site, ["a/index.html": "<meta name=\"robots\" content=\"\(robots)\">"])
        #expect(try #require(site.output("sitemap.xml")).contains("/a/") == isInSitemap)
        // Templates that come along find the key where they look for it.
        if !key.hasPrefix("sitemap: false") {
            expectBuild(site, ["a/index.html": "|\(key.prefix { $0 != ":" })|"])
        }
        site.replace(key, by: "weight: 1", in: "content/a.md")
        expectBuild(site, ["a/index.html": "max-image-preview:large", "sitemap.xml": "/a/"])
    }

    @Test(arguments: ["404.md", "missing.md"])
    func aPageForWhatIsNotFoundIsInNoList(name: String) throws {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "S", "baseURL": "https://example.org/"}
            -- content/\(name) --
            ---
            title: Nothing here
            \(name == "404.md" ? "" : "permalink: /404.html")
            ---
            Text.
            -- content/other.md --
            Text.

            """)
        expectBuild(
            site, ["404.html": "<meta name=\"robots\" content=\"noindex\">", "404.html": "<p>Text.</p>"])
        #expect(try #require(site.output("sitemap.xml")).contains("404") == false)
        #expect(try #require(site.output("other/index.html")).contains("Nothing here") == false)
    }

    @Test func aSeriesMayBeAList() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"taxonomies": {"series": {}}}
            -- templates/page.html --
            {{ page.series | map(attribute="title") | join(",") }}|{{ page.terms.series | join(",") }}
            -- content/a.md --
            ---
            title: A
            series: ["Start", "Other"]
            date: 2024-01-01
            ---
            -- content/b.md --
            ---
            title: B
            series: Start
            date: 2024-01-02
            ---

            """)
        expectBuild(site, ["a/index.html": "A,B|Start,Other", "b/index.html": "A,B|Start"])
        site.replace("[\"Start\", ", by: "[", in: "content/a.md")
        expectBuild(site, ["a/index.html": "A|Other", "b/index.html": "B|Start"])
    }

    @Test func theSummaryInAHeadIsMarkdown() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "S", "baseURL": "https://example.org/base/"}
            -- templates/page.html --
            {{ page.summary }}|{{ page.excerpt }}|{{ seo() }}
            -- templates/home.html --
            {% for p in site.posts %}{{ p.summary }}{% endfor %}
            -- content/blog/a.md --
            ---
            title: A
            date: 2024-01-01
            summary: "A **bold** [l](b.md) & <i>i</i>"
            ---
            Text.
            -- content/blog/b.md --

            """)
        let html = "A <strong>bold</strong> <a href=\"/base/blog/b/\">l</a> &amp; <i>i</i>"
        expectBuild(
            site,
            [
                "blog/a/index.html":
                    "\(html)|A bold l &amp; i|<meta name=\"description\" content=\"A bold l &amp; i\">",
                "index.html": html, "atom.xml": "<summary type=\"text\">A bold l &amp; i</summary>",
            ])
        #expect(site.findings.isEmpty)
        site.edit("-- content/blog/b.md --\n---\nslug: c\n---\n")
        expectBuild(site, ["index.html": "/base/blog/c/"])
    }

    @Test func aSummaryDoesNotPrintItself() {
        expectSite(
            """
            -- templates/page.html --
            {{ page.summary }}
            -- templates/components/all.html --
            {% for p in site.pages %}{{ p.summary }}{% endfor %}
            -- templates/render/link.html --
            {% for p in site.pages %}{{ p.summary }}{% endfor %}
            -- content/a.md --
            ---
            summary: "[x](b.md) {{< all >}}"
            ---
            {{< all >}}
            -- content/b.md --

            """, ["a/index.html": "<a href=\"/b/\">x</a> {{&lt; all &gt;}}"])
    }

    @Test func theHomePageMayLeadOn() {
        expectSite(
            """
            -- content/_index.md --
            ---
            redirect_to: /blog/
            ---
            -- content/blog/a.md --
            A

            """, ["index.html": "url=/blog/"])
    }

    @Test func addressAndPageShowOneDay() {
        expectSite(
            """
            -- site.json --
            {"timeZone": "Europe/Berlin", "permalinks": {"blog": "/:year/:month/:day/:slug/"}}
            -- templates/page.html --
            {{ page.date | date("%Y/%m/%d") }}
            -- content/blog/a.md --
            ---
            date: 2023-12-31T23:30:00-05:00
            ---
            -- content/blog/b.md --
            ---
            date: 2024-01-01 00:10
            ---

            """,
            ["2023/12/31/a/index.html": "2023/12/31", "2024/01/01/b/index.html": "2024/01/01"])
    }

    @Test func dailyNotesAreDatedByTheirNames() {
        expectSite(
            """
            -- templates/page.html --
            {{ page.title }}|{{ page.date | date }}
            -- content/daily/2024-01-05.md --
            Text.
            -- content/daily/2024-01-06 Sat.md --
            Text.
            -- content/daily/2024-01-13 Sat.md --
            Text.

            """,
            [
                "daily/2024-01-05/index.html": "2024-01-05|2024-01-05",
                "daily/2024-01-06-sat/index.html": "2024-01-06 Sat|2024-01-06",
                "daily/2024-01-13-sat/index.html": "2024-01-13 Sat|2024-01-13",
            ])
    }
}
