import Site
import Testing

/// What a site adds to pages of the default theme without a copy of its templates, and what their frame says.
@Suite struct ThemeHookTests {
    /// Each block is there in each template that has the thing, and stands where the page of documentation says.
    @Test func everyBlockCanBeAddedTo() {
        let within = ["page_header", "content", "list", "after_content"].map {
            "{% block \($0) %}[\($0)]{{ super() }}[/\($0)]{% endblock %}"
        }.joined()
        let templates = [
            "page", "section", "home", "archive", "taxonomy", "term", "404", "docs/page", "docs/section",
        ]
        let own = templates.map { name in
            let hasList = !name.hasSuffix("page")
            return """
                -- templates/\(name).html --
                {% extends "@theme/\(name).html" %}\(hasList ? within : within.replacing("{% block list %}[list]{{ super() }}[/list]{% endblock %}", with: ""))

                """
        }.joined()
        expectSite(
            own + """
                -- templates/base.html --
                {% extends "@theme/base.html" %}
                {% block header %}[header]{{ super() }}[/header]{% endblock %}
                {% block footer %}[footer]{{ super() }}[/footer]{% endblock %}
                {% block body_end %}[end]{% endblock %}
                -- content/_index.md --
                Home
                -- content/a.md --
                A
                -- content/blog/2026-01-02-b.md --
                ---
                tags: [t]
                ---
                B
                -- content/docs/_index.md --
                Docs
                -- content/docs/c.md --
                C

                """,
            [
                "a/index.html": "[header]<header class=\"site-header\">",
                "a/index.html": "[/header]\n<main id=\"main\">",
                "a/index.html": "</main>\n[footer]<footer class=\"site-footer\">",
                "a/index.html": "[/footer]\n[end]</body>",
                "a/index.html": "<article class=\"page\">\n[page_header]<header class=\"page-header\">",
                "a/index.html":
                    "<div class=\"content\">\n[content]<p>A</p>\n\n[/content]</div>\n[after_content]",
                "docs/c/index.html":
                    "<div class=\"content\">\n[content]<p>C</p>\n\n[/content]</div>\n[after_content]",
                "docs/index.html": "[content]<div class=\"content\">",
                "docs/index.html": "[list]<ul class=\"sections\">",
                "docs/index.html": "[/list][/content][after_content][/after_content]</article>",
                "index.html": "[content]<div class=\"content\">",
                "index.html": "[list]<section class=\"latest\"",
                "index.html": "[/list][/content][after_content][/after_content]</main>",
                "blog/index.html": "[content][list]<ol class=\"posts\">",
                "blog/index.html": "[/list][/content][after_content]",
                "tags/index.html": "[content][list]<ul class=\"terms\">",
                "tags/t/index.html": "[content][list]<ol class=\"posts\">",
                "archive/index.html": "[content][list]<section class=\"year\">",
                "404.html": "[content]<p class=\"way-out\">",
                "404.html": "[list]<section class=\"latest\"",
            ])
    }

    /// Text of the author's own for what is not found does not take away the way out of it.
    @Test func thePageForWhatIsNotFoundKeepsItsTemplate() {
        let site = SiteUnderTest(
            """
            -- content/404.md --
            ---
            title: Lost
            ---
            At *sea*.
            -- content/blog/2026-01-02-b.md --
            B

            """)
        expectBuild(
            site,
            [
                "404.html": "<h1>Lost</h1>\n</header>\n<div class=\"content\">\n<p>At <em>sea</em>.</p>",
                "404.html": "<p class=\"way-out\"><a href=\"/\">",
                "404.html": "<a href=\"/blog/b/\">",
            ])
        site.edit("-- content/404.md (deleted) --\n")
        expectBuild(site, ["404.html": "<p class=\"lead\">There is nothing at this address."])
        // A site's own choice, and a theme without such a template.
        site.edit("-- content/404.md --\n---\ntemplate: own\n---\n-- templates/own.html --\nmine\n")
        expectBuild(site, ["404.html": "mine"])
        // A site with a page of its own may have nothing that the theme's page for this fits into.
        site.edit("-- content/404.md --\nLost\n-- templates/page.html --\n[{{ page.content }}]\n")
        expectBuild(site, ["404.html": "[<p>Lost</p>"])
    }

    @Test func theMenuMarksTheSectionOfAPostWhateverItsAddress() {
        expectSite(
            """
            -- site.json --
            {"baseURL": "https://hill.example/x/", "permalinks": {"blog": "/:year/:slug/"},
             "menus": {"main": [{"name": "Home", "url": "/"}, {"name": "Blog", "url": "blog/_index.md"}, {"name": "Trips", "url": "blog/trips/_index.md"}]}}
            -- content/blog/_index.md --
            -- content/blog/2026-01-02-a.md --
            ---
            title: A
            ---
            -- content/blog/trips/_index.md --
            -- content/blog/trips/2026-01-03-b.md --
            ---
            title: B
            ---

            """,
            [
                "2026/a/index.html": """
                <li><a href="/x/">Home</a></li>
                <li><a href="/x/blog/" aria-current="true">Blog</a></li>
                <li><a href="/x/blog/trips/">Trips</a></li>
                """,
                "2026/b/index.html": "<a href=\"/x/blog/\" aria-current=\"true\">",
                "2026/b/index.html": "<a href=\"/x/blog/trips/\" aria-current=\"true\">",
                "blog/index.html": "<a href=\"/x/blog/\" aria-current=\"page\">",
            ])
    }

    /// A page without a translation leads to the home page of the other language.
    @Test func thereIsAWayToEachLanguage() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"languages": {"en": {}, "de": {"name": "Deutsch"}, "fr": {"name": "Français"}}}
            -- content/a.md --
            A
            -- content/a.fr.md --
            A

            """)
        func languages(_ german: String) -> String {
            """
            <ul>
            <li><a href="\(german)" lang="de" hreflang="de">Deutsch</a></li>
            <li><a href="/fr/a/" lang="fr" hreflang="fr">Français</a></li>
            </ul>
            """
        }
        expectBuild(site, ["a/index.html": languages("/de/"), "de/index.html": "<nav class=\"languages\""])
        site.edit("-- content/a.de.md --\nA\n")
        expectBuild(site, ["a/index.html": languages("/de/a/")])
        expectSite(
            "-- content/a.md --\nA\n",
            [
                "a/index.html":
                    "</main>\n<footer class=\"site-footer\">\n<div class=\"frame\">\n<nav class=\"footer-menu\""
            ])
    }
}
