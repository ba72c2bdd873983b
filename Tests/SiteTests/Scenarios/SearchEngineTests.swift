import Site
import Testing
import Text

/// What search engines are told: by pages and by the sitemap.
@Suite struct SearchEngineTests {
    /// Each address names all its versions.
    @Test(arguments: [(1, 20, 50_000), (2, 20, 38_000), (10, 25, 13_000), (40, 60, 3_200)])
    func partsOfASitemapAreAtMostFiftyMegabytes(languages: Int, baseURLLength: Int, about: Int) {
        let limit = SitemapParts.limit(languages: languages, baseURLLength: baseURLLength)
        #expect(abs(limit - about) <= about / 5)
        #expect(SitemapParts.limit(languages: 100, baseURLLength: 1 << 30) == 1)
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

    /// A picture is named in the head as in the text; where there is none, the site's stands for the page.
    @Test func thePictureOfAPageLiesBesideItsSource() {
        expectSite(
            """
            -- site.json --
            {"baseURL": "https://e.org/x/", "seo": {"image": "/social.svg"}, "feeds": {"formats": ["json"]}}
            -- static/social.svg --
            <svg width="1200" height="630"></svg>
            -- content/blog/pic a.svg --
            <svg width="60" height="30"></svg>
            -- content/blog/2026-01-02-p.md --
            ---
            image: pic a.svg
            ---
            -- content/blog/2026-01-03-q.md --
            ---
            image: none.svg
            ---

            """,
            [
                "blog/p/index.html": """
                <meta property="og:image" content="https://e.org/x/blog/pic%20a.svg">
                <meta property="og:image:width" content="60">
                """,
                "blog/q/index.html": """
                <meta property="og:image" content="https://e.org/x/social.svg">
                <meta property="og:image:width" content="1200">
                """,
                "feed.json": "\"image\": \"https://e.org/x/social.svg\"",
                "blog/feed.json": "\"image\": \"https://e.org/x/blog/pic%20a.svg\"",
            ], findings: ["broken-image content/blog/2026-01-03-q.md:2:8"])
    }

    /// Head and sitemap name the same versions of a page: those that search engines may show.
    @Test func versionsInOtherLanguagesAreOnesThatMayBeShown() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://e.org/", "languages": {"en": {}, "de": {}, "fr": {}, "it": {}, "es": {}}}
            -- content/x.md --
            X
            -- content/x.de.md --
            ---
            noindex: true
            ---
            -- content/x.fr.md --
            ---
            canonical: https://o.example/
            ---
            -- content/x.it.md --
            ---
            canonical: /it/x/
            ---
            -- content/x.es.md --
            ---
            robots: NoIndex, nofollow
            ---
            -- content/y.de.md --
            Y
            -- content/y.fr.md --
            Y

            """)
        let head = """
            <link rel="alternate" hreflang="en" href="https://e.org/x/">
            <link rel="alternate" hreflang="it" href="https://e.org/it/x/">
            <link rel="alternate" hreflang="x-default" href="https://e.org/x/">
            <meta name="robots"
            """
        expectBuild(
            site,
            [
                "x/index.html": "<link rel=\"canonical\" href=\"https://e.org/x/\">\n\(head)",
                "sitemap.xml": """
                    <loc>https://e.org/x/</loc>
                    <xhtml:link rel="alternate" hreflang="en" href="https://e.org/x/"/>
                    <xhtml:link rel="alternate" hreflang="it" href="https://e.org/it/x/"/>
                    <xhtml:link rel="alternate" hreflang="x-default" href="https://e.org/x/"/>
                  </url>
                """,
                // None of them is in the language of the site.
                "de/y/index.html": """
                <link rel="alternate" hreflang="de" href="https://e.org/de/y/">
                <link rel="alternate" hreflang="fr" href="https://e.org/fr/y/">
                <meta name="robots"
                """,
            ])
        for page in ["de/x/index.html", "fr/x/index.html", "es/x/index.html"] {
            #expect(site.output(page)?.contains("rel=\"alternate\" hreflang") == false, "\(page)")
        }
        #expect(site.output("sitemap.xml")?.contains("hreflang=\"es\" href=\"https://e.org/es/x/\"") == false)
        site.edit("-- content/x.de.md --\nX\n")
        expectBuild(
            site,
            [
                "sitemap.xml": "<xhtml:link rel=\"alternate\" hreflang=\"de\" href=\"https://e.org/de/x/\"/>",
                "x/index.html": "hreflang=\"de\" href=\"https://e.org/de/x/\"",
            ])
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
}
