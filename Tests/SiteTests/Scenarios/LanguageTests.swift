import Site
import Testing
import Text

/// Which files are of which language, and how they find each other.
@Suite struct LanguageTests {
    /// The name of a file may write its language in other letters than the site does.
    @Test func aLanguageInOtherLettersIsPairedAndLinked() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://e.org/", "languages": {"en": {}, "pt-BR": {}}}
            -- templates/page.html --
            {{ page.content }}|{% for t in page.translations %}{{ t.lang }} {{ t.url }}{% endfor %}|{{ get_page("about.md").url }}
            -- content/about.md --
            A
            -- content/about.pt-br.md --
            [p](p.md) [q](q.md)
            -- content/p.md --
            P
            -- content/p.pt-br.md --
            P
            -- content/q.md --
            Q

            """)
        expectBuild(
            site,
            [
                "about/index.html": "|pt-BR /pt-BR/about/|",
                "pt-BR/about/index.html":
                    "<a href=\"/pt-BR/p/\">p</a> <a href=\"/q/\">q</a></p>\n|en /about/|/pt-BR/about/",
            ])
        #expect(site.findings.isEmpty, "\(site.findings.map(\.message))")
        site.edit("-- content/q.PT-BR.md --\nQ\n")
        expectBuild(site, ["pt-BR/about/index.html": "<a href=\"/pt-BR/q/\">q</a>"])
        site.edit("-- content/about.pt-br.md (deleted) --\n-- content/about.pt-BR.md --\n[p](p.md)\n")
        expectBuild(site, ["pt-BR/about/index.html": "<a href=\"/pt-BR/p/\">p</a>"])
    }

    /// What pages without a name of their own are called is said once, for all who ask.
    @Test func listsAreCalledInTheirLanguage() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "LD", "baseURL": "https://e.org/", "languages": {"en": {}, "de": {}}, "pagination": {"size": 1}}
            -- content/blog/2026-01-02-a.md --
            ---
            tags: [t]
            categories: [t]
            ---
            -- content/blog/2026-01-02-a.de.md --
            ---
            tags: [t]
            categories: [t]
            ---
            -- content/blog/2026-01-03-b.de.md --
            ---
            tags: [t]
            ---

            """)
        expectBuild(
            site,
            [
                "tags/index.html": "<meta property=\"og:title\" content=\"Tags\">",
                "de/tags/index.html": "<meta property=\"og:title\" content=\"Schlagwörter\">",
                "de/categories/index.html": "<h1>Kategorien</h1>",
                "de/tags/t/index.html": "<title>t (Schlagwörter) | LD</title>",
                "de/archive/index.html": "<meta property=\"og:title\" content=\"Archiv\">",
                "archive/index.html": "<h1>Archive</h1>",
                // A further part says which it is.
                "de/tags/t/page/2/index.html": "<meta property=\"og:title\" content=\"t, Seite 2\">",
                "de/blog/page/2/index.html":
                    "\"position\":2,\"name\":\"Blog, Seite 2\",\"item\":\"https://e.org/de/blog/page/2/\"",
            ])
        expectBuild(
            site, ["de/tags/t/index.html": "<a href=\"/de/tags/\">Schlagwörter</a> <span>2 Beiträge</span>"])
        expectBuild(
            site, ["de/tags/t/index.html": "\"name\":\"Schlagwörter\",\"item\":\"https://e.org/de/tags/\""])
        for page in ["de/tags/index.html", "de/tags/t/index.html", "de/archive/index.html"] {
            let text = site.output(page) ?? ""
            #expect(!text.contains("Tags") && !text.contains("Archive"), "\(text)")
        }
        site.edit("-- i18n/de.yml --\ntags: Themen\n")
        expectBuild(site, ["de/tags/index.html": "<meta property=\"og:title\" content=\"Themen\">"])
    }

    /// A source that says its language means that one, from whichever page it is asked.
    @Test func menusAndRedirectsNameSourcesOfAnyLanguage() {
        expectSite(
            """
            -- site.json --
            {"languages": {"en": {"contentFolder": "en"}, "de": {"contentFolder": "de"}},
             "menus": {"main": [{"name": "A", "url": "content/de/docs/a.md"}]},
             "redirects": {"/1/": "content/de/docs/a.md", "/2/": "de/docs/a.md", "/3/": "@/de/docs/a.md",
                           "/4/": "docs/b.md"}}
            -- templates/page.html --
            {{ site.menus.main[0].url }}
            -- content/en/docs/a.md --
            A
            -- content/de/docs/a.md --
            A
            -- content/en/docs/b.md --
            B
            -- content/de/docs/b.md --
            B

            """,
            [
                "1/index.html": "url=/de/docs/a/", "2/index.html": "url=/de/docs/a/",
                "3/index.html": "url=/de/docs/a/", "4/index.html": "url=/docs/b/",
                "docs/a/index.html": "/de/docs/a/", "de/docs/a/index.html": "/de/docs/a/",
            ])
        let site = SiteUnderTest(
            """
            -- site.json --
            {"languages": {"en": {}, "de": {}}, "redirects": {"/1/": "a.de.md", "/2/": "a.md"}}
            -- content/a.md --
            A

            """)
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["broken-link"])
        site.edit("-- content/a.de.md --\nA\n")
        expectBuild(site, ["1/index.html": "url=/de/a/", "2/index.html": "url=/a/"])
        #expect(site.findings.isEmpty)
    }

    /// The page at an old address speaks the language of the one it leads to.
    @Test func whoComesToAnOldAddressIsToldInTheLanguageOfThePage() {
        expectSite(
            """
            -- site.json --
            {"languages": {"en": {}, "de": {}}}
            -- content/about.md --
            ---
            aliases: [/us/]
            ---
            -- content/about.de.md --
            ---
            aliases: [/de/wir/]
            ---
            -- content/blog/_index.de.md --
            ---
            redirect_to: about.de.md
            ---

            """,
            [
                "us/index.html": "<html lang=\"en\">",
                "de/wir/index.html":
                    "<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n<title>Diese Seite ist umgezogen",
                "de/blog/index.html": "<html lang=\"de\">",
            ])
    }

    /// A link to a source leads to its page, in whichever language that is.
    @Test func aLinkMayNameTheFileOfAnotherLanguage() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"languages": {"en": {}, "de": {}}}
            -- templates/page.html --
            {{ page.content }}
            -- content/about.md --
            [d](about.de.md) [n](none.de.md)
            -- content/about.de.md --
            [e](about.en.md)

            """)
        expectBuild(
            site,
            [
                "about/index.html": "<a href=\"/de/about/\">d</a>",
                "de/about/index.html": "<a href=\"/about/\">e</a>",
            ])
        #expect(site.findings.map(\.message) == ["there is no page \"none.de.md\""])
        site.edit("-- content/none.de.md --\nN\n")
        expectBuild(site, ["about/index.html": "<a href=\"/de/none/\">n</a>"])
    }

    /// What a language says of `params` holds in its texts as in its templates, and what it says nothing of, too.
    @Test func parametersInTextsAreThoseOfTheLanguage() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "params": {"w": "word", "m": {"k": "deep"}, "n": {"k": "old"}}, "languages": {"en": {}, "de": {"params": {"w": "Wort", "n": 1}}}}
            -- templates/page.html --
            {{ page.content }}{{ site.params.w }}
            -- content/a.md --
            {{< param "w" >}} {{< param "m.k" >}} {{< param "n.k" >}}
            -- content/a.de.md --
            {{< param "w" >}} {{< param "m.k" >}}

            """)
        expectBuild(site, ["a/index.html": "word deep old", "de/a/index.html": "Wort deep"])
        site.replace("\"Wort\"", by: "\"Worte\"", in: "site.json")
        expectRebuilt(
            site,
            ran: """
                configuration
                page-body content/a.de.md
                page-output de:content/a.de.md
                settings-check
                """, written: "de/a/index.html")
        site.replace(", \"n\": 1", by: ", \"m\": {\"k\": \"tief\"}", in: "site.json")
        expectBuild(site, ["de/a/index.html": "Worte tief"])
        site.replace("\"deep\"", by: "\"deeper\"", in: "site.json")
        expectBuild(site, ["a/index.html": "word deeper", "de/a/index.html": "Worte tief"])
    }

    /// Lists of two languages are two, be they called the same.
    @Test func listsOfTwoLanguagesAreNotTheSame() {
        expectSite(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "languages": {"en": {}, "de": {}}}
            -- templates/page.html --
            {% for t in page.translations %}{{ t.section.pages == page.section.pages }} {{ page.section.pages == page.section.pages }}{% endfor %}
            -- templates/section.html --
            x
            -- content/s/a.md --
            A
            -- content/s/a.de.md --
            A
            -- content/s/b.md --
            B

            """, ["s/a/index.html": "False True"])
    }

    /// Words of Markdown are in the language of the page wherever Markdown is written.
    @Test func markdownOfTemplatesAndHeadsSpeaksTheLanguage() {
        let note = "> [!NOTE]\\n> x"
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "languages": {"en": {}, "de": {}}}
            -- templates/page.html --
            {{ "\(note)" | markdownify }}|{{ page.summary }}
            -- content/a.md --
            ---
            summary: "\(note)"
            ---
            -- content/a.de.md --
            ---
            summary: "\(note)"
            ---
            -- i18n/de.yml --
            alert_note: Merke

            """)
        expectBuild(site)
        func words(_ output: String, _ word: String) -> Int {
            (site.output(output) ?? "").split(separator: ">").count { $0.hasPrefix("\(word)<") }
        }
        #expect(words("de/a/index.html", "Merke") == 2, "\(site.output("de/a/index.html") ?? "")")
        #expect(words("a/index.html", "Note") == 2)
        site.edit("-- i18n/de.yml --\nalert_note: Hinweis\n")
        expectBuild(site)
        #expect(words("de/a/index.html", "Hinweis") == 2)
    }

    /// Where languages are told apart by both ways, a file called as of one that has a folder is of none, and that is told.
    @Test func aFileOfALanguageElsewhereIsTold() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "languages": {"en": {}, "de": {"contentFolder": "de"}, "fr": {}}}
            -- templates/page.html --
            x
            -- content/a.md --
            A
            -- content/a.de.md --
            A
            -- content/de/b.de.md --
            B
            -- content/a.fr.md --
            A

            """)
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "")" } == [
                "unprocessed-file content/a.de.md"
            ])
        site.edit("-- content/de/a.de.md (renamed from content/a.de.md) --\n")
        expectBuild(site, ["de/a/index.html": "x"])
        #expect(site.findings.isEmpty)
    }
}
