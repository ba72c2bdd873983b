import Site
import Testing
import Text

/// What other programs write into content: read, or told of.
@Suite struct ForeignTests {
    @Test(arguments: [
        ("---json\n{\"title\": \"J\", \"date\": \"2024-01-05\"}\n---\n", "J|2024-01-05"),
        ("---toml\ntitle = \"J\"\ndate = 2024-01-05\n---\n", "J|2024-01-05"),
        ("---yaml \r\ntitle: J\r\ndate: 2024-01-05\r\n---\r\n", "J|2024-01-05"),
    ])
    func headsMayNameTheirFormat(head: String, shown: String) {
        expectSite(
            """
            -- templates/page.html --
            {{ page.title }}|{{ page.date | date }}|{{ page.content }}
            -- content/a.md --
            \(head)Text.

            """, ["a/index.html": shown + "|<p>Text.</p>"])
    }

    @Test func aHeadInJavaScriptIsAnError() {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            ---js
            { title: "J" }
            ---
            Text.

            """)
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.code.name) \($0.message)" } == [
                "unreadable-data front matter in JavaScript is not run"
            ])
    }

    @Test func aRuleAndAWordAreNoHead() {
        expectSite(
            """
            -- templates/page.html --
            {{ page.content }}
            -- content/a.md --
            ---json is a word
            ---

            """, ["a/index.html": "json is a word"])
    }

    @Test func datesOfGitAreAskedForOrTold() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.date | date if page.date }}
            -- content/a.md --
            ---
            date: Last Modified
            ---
            -- content/b.md --
            ---
            date: git Created
            ---

            """)
        site.world.probes = [
            "git:head": "full 1", "git:log 1": "\u{1}1704412800 0\0\nA\0content/a.md\0A\0content/b.md\0",
        ]
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "")" } == [
                "key-without-effect content/a.md", "key-without-effect content/b.md",
            ])
        site.edit("-- site.json --\n{\"gitDates\": {\"updated\": true}}\n")
        expectBuild(site, ["a/index.html": "2024-01-05", "b/index.html": "2024-01-05"])
        #expect(site.findings.isEmpty)
    }

    @Test func filesOfOtherGeneratorsAreToldOncePerKind() {
        let site = SiteUnderTest(
            """
            -- content/a.rst --
            A
            -- content/b/c.rst --
            C
            -- content/b/b.11tydata.js --
            x
            -- content/#a.md# --
            x
            -- content/Thumbs.db --
            x
            -- content/page.md --
            x

            """)
        expectBuild(site, ["a.rst": "A"])
        #expect(
            site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "") \($0.notes.map(\.message))" }
                == [
                    "unprocessed-file content/a.rst [\"and 1 more file of this kind\"]",
                    "unprocessed-file content/b/b.11tydata.js []",
                ])
        #expect(site.output("Thumbs.db") == nil && site.output("#a.md#") == nil)
    }

    @Test func linksLeadToOtherLanguages() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"language": "de", "languages": {"de": {"contentFolder": "de"}, "en": {"contentFolder": "en"}}}
            -- templates/page.html --
            {{ page.content }}{{ ref("@/en/blog/b.md") if page.title == "A" }}
            -- content/de/a.md --
            ---
            title: A
            ---
            [1](../en/blog/b.md#x) [2](@/en/blog/b.md) [3](/en/blog/b.md) [4](blog/b.md) [5](../en/blog/gone.md)
            {{< ref path="blog/b.md" lang="en" >}} {{< ref "blog/b.md" >}}
            -- content/de/blog/b.md --
            B
            -- content/en/blog/b.md --
            ## X

            """)
        expectBuild(
            site,
            [
                "a/index.html":
                    "<a href=\"/en/blog/b/#x\">1</a> <a href=\"/en/blog/b/\">2</a> <a href=\"/en/blog/b/\">3</a> <a href=\"/blog/b/\">4</a>",
                "a/index.html": "/en/blog/b/ /blog/b/</p>\n/en/blog/b/",
            ])
        #expect(site.findings.map { "\($0.code.name) \($0.location?.column ?? 0)" } == ["broken-link 82"])
        site.edit("-- content/en/blog/b.md --\n---\nslug: c\n---\n## X\n")
        expectBuild(site, ["a/index.html": "/en/blog/c/#x"])
    }

    @Test func languagesInNamesHaveNoCase() {
        expectSite(
            """
            -- site.json --
            {"languages": {"en": {}, "pt-BR": {}}}
            -- templates/page.html --
            {{ page.lang }} {{ page.translations | map(attribute="lang") | join }}
            -- content/x.md --
            x
            -- content/x.pt-br.md --
            y
            -- content/z.PT-BR.md --
            z

            """, ["pt-BR/x/index.html": "pt-BR", "x/index.html": "en", "pt-BR/z/index.html": "pt-BR"])
    }

    @Test func wordsInTextsAreOfThePagesLanguage() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"language": "de"}
            -- content/a.md --
            > [!NOTE]
            > Text.[^1]

            - [x] done

            [^1]: Note.
            -- content/b.md --
            Text.

            """)
        expectBuild(
            site,
            [
                "a/index.html": "Hinweis", "a/index.html": "aria-label=\"Fußnoten\"",
                "a/index.html": "aria-label=\"Zurück zum Text 1\"", "a/index.html": "Erledigte Aufgabe",
            ])
        site.edit("-- i18n/de.yml --\nalert_note: Merke\n")
        expectBuild(site, ["a/index.html": "Merke"])
        #expect(site.last?.ran.contains("page-body content/b.md") == false)
    }

    @Test func linksBesideReferencesHaveTheirPlaces() {
        expectSite(
            """
            -- content/a.md --
            First line with [r] and [one](gone.md)
            second [two](lost.md) line

            [r]: nowhere.md

            Next [a](x.md).

            """, [:],
            findings: [
                "broken-link content/a.md:1:31", "broken-link content/a.md:2:14",
                "broken-link content/a.md:4:6",
                "broken-link content/a.md:6:10",
            ])
    }
}
