import Site
import Testing
import Text

/// What readers are shown of a page.
@Suite struct ShownTests {
    @Test func aTemplateOfTheSiteWinsOverOneOfTheThemesSections() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"theme": "t"}
            -- themes/t/theme.json --
            {}
            -- themes/t/templates/docs/page.html --
            theme's docs
            -- themes/t/templates/docs/section.html --
            theme's docs {{ paginator.number }}
            -- themes/t/templates/page.html --
            theme's page
            -- themes/t/templates/section.html --
            theme's section
            -- content/docs/_index.md --
            -- content/docs/a.md --
            -- content/docs/deep/b.md --
            -- content/docs/c.md --
            ---
            template: docs/page.html
            ---
            -- content/d.md --

            """)
        expectBuild(site, ["docs/a/index.html": "theme's docs", "d/index.html": "theme's page"])
        expectRebuilt(
            site, after: "-- templates/page.html --\nown page\n",
            ran: """
                template-program page.html
                page-output en:content/d.md
                page-output en:content/docs/a.md
                page-output en:content/docs/deep/b.md
                settings-check
                """,
            written: """
                d/index.html
                docs/a/index.html
                docs/deep/b/index.html
                """)
        // Of another kind it is no better; what a head names is named.
        expectBuild(
            site,
            [
                "docs/a/index.html": "own page", "docs/index.html": "theme's docs",
                "docs/c/index.html": "theme's docs",
            ])
        // The site's own template of a section is nearest, whatever it has for all.
        site.edit("-- templates/docs/page.html --\nown docs\n")
        expectBuild(site, ["docs/deep/b/index.html": "own docs", "d/index.html": "own page"])
    }

    @Test func descriptionsAndExcerptsAreRunningText() {
        let long = (1...60).map { "w\($0)" }.joined(separator: " ")
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.excerpt }}|{{ seo() }}
            -- templates/home.html --
            {% for p in site.pages %}{{ p.excerpt }};{% endfor %}
            -- content/a.md --
            First ![picture](a.svg) words.

            - [ ] task

            ## Heading

            Second.

            <!--more-->

            Third.
            -- content/b.md --
            - only
            - items
            -- content/c.md --
            \(long)

            ## Part

            Under it.
            -- content/d.md --
            ---
            summary: Of *its* own
            ---
            Text.
            -- static/a/a.svg --
            <svg width="1" height="1"></svg>

            """)
        expectBuild(
            site,
            [
                "a/index.html":
                    "First words. Second.|<meta name=\"description\" content=\"First words. Second.\">",
                "b/index.html": "only items|<meta", "d/index.html": "Of its own|",
                "c/index.html": "w41 w42…\">",
                "index.html": "First words. Second.;only items;w1 ",
            ])
        #expect(site.output("c/index.html")?.contains("Under") == false)
        // What stands after the beginning is not depended on.
        expectRebuilt(
            site, after: "-- content/c.md --\n\(long)\n\n## Part\n\nUnder all.\n",
            ran: "page-meta content/c.md\npage-body content/c.md",
            written: "")
    }

    @Test func theDefaultThemeShowsWhatAPageIsFiledUnder() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "Hill", "baseURL": "https://example.org", "params": {"showRelated": true, "showBacklinks": true},
             "taxonomies": {"tags": {}, "categories": {}, "topics": {}, "authors": {}}}
            -- content/_index.md --
            ---
            title: Welcome
            ---
            -- content/blog/2026-01-01-a.md --
            ---
            tags: [t]
            categories: [Guides]
            topics: [Sea]
            authors: [Ada]
            ---
            [b](2026-01-02-b.md)
            -- content/blog/2026-01-02-b.md --
            ---
            tags: [t]
            ---

            """)
        expectBuild(
            site,
            [
                "index.html": "<title>Welcome | Hill</title>",
                "blog/a/index.html": """
                <nav class="tags named" aria-labelledby="terms-1">
                <p id="terms-1">Categories</p>
                <ul>
                <li><a href="/categories/guides/">Guides</a></li>
                </ul>
                </nav>
                <nav class="tags named" aria-labelledby="terms-2">
                <p id="terms-2">Topics</p>
                <ul>
                <li><a href="/topics/sea/">Sea</a></li>
                </ul>
                </nav>
                """,
                "blog/b/index.html": """
                <h2 id="backlinks-title">Pages that link here</h2>
                <ul>
                <li><a href="/blog/a/">A</a></li>
                """,
            ])
        #expect(site.output("blog/b/index.html")?.contains("<h2 id=\"related-title\">Related</h2>") == true)
        #expect(site.findings.isEmpty)
    }
}
