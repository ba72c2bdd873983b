import Site
import Testing
import Text

/// Content of other generators, as it is.
@Suite struct MigrationTests {
    /// A page that prints what its head says, and a section.
    static let templates = """
        -- templates/page.html --
        {{ page.title }}|{{ page.date | date("%F %R") if page.date }}|{{ page.authors | join(",") }}|{% for t in page.tags %}{{ t.title }} {% endfor %}|{{ page.summary }}|{{ page.content }}
        -- templates/section.html --
        {% for p in section.pages %}{{ p.title }} {% endfor %}

        """

    @Test func aFileWithoutAHeadHasItsHeadingForATitle() {
        let site = SiteUnderTest(
            Self.templates + """
                -- content/a.md --
                # My *great* day

                See [b](b.md), [its top](b.md#the-second) and [the top](#my-great-day).
                -- content/b.md --
                ---
                title: The second
                ---
                # The second

                ## Part

                """)
        expectBuild(
            site,
            [
                "a/index.html": "My great day||||<p>See <a href=\"/b/\">b</a>",
                "b/index.html": "The second||||<h2>Part</h2>\n|<h2 id=\"part\">",
            ])
        #expect(site.findings.map(\.message) == [])
        // Another title, and the heading is one of the text.
        site.replace("title: The second", by: "title: Another", in: "content/b.md")
        expectBuild(site, ["b/index.html": "|<h1 id=\"the-second\">The second</h1>"])
        site.replace("# My *great* day", by: "# Mine", in: "content/a.md")
        expectBuild(site, ["a/index.html": "Mine||"])
    }

    @Test func addressesOfOtherGeneratorsArePatternsOrFindings() {
        expectSite(
            Self.templates + """
                -- content/pelican.md --
                Title: One
                Date: 2024-01-02
                Slug: my-one
                Url: {date:%Y}/{slug}.html

                Text.
                -- content/eleventy.md --
                ---
                title: Two
                permalink: /blog/{{ title | slugify }}/
                ---
                -- content/wiki.md --
                ---
                permalink: /wiki/Help:Contents/
                ---
                -- content/slip.md --
                ---
                menu: main
                ---

                """,
            [
                "2024/my-one.html": "One|", "eleventy/index.html": "Two|",
                "wiki/Help:Contents/index.html": "Wiki|",
            ],
            findings: [
                "template-in-url content/eleventy.md:3:12", "key-without-effect content/slip.md:2:7",
            ])
        expectSite(
            "-- content/slip.md --\n---\npermalink: /x/:yaer/\n---\n", [:],
            findings: ["unknown-permalink-token content/slip.md:2:12"])
    }

    @Test func aTermMayComeFromTheFolder() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"taxonomies": {"categories": {"fromFolder": true}, "topics": {"fromFolder": true}},
             "permalinks": {"Deep": "/{category}/{slug}/"}}
            -- templates/page.html --
            {% for t in page.categories %}{{ t.title }} {% endfor %}|{% for t in page.terms.topics %}{{ t.title }} {% endfor %}
            -- templates/taxonomy.html --
            {% for t in taxonomy.terms %}{{ t.title }} {{ t.count }} {% endfor %}
            -- content/News/a.md --
            ---
            date: 2024-01-02
            topics: own
            ---
            -- content/Deep/Er/b/index.md --
            ---
            date: 2024-01-03
            ---
            -- content/News/c.md --
            ---
            date: 2024-01-04
            categories: []
            ---
            -- content/News/d.md --
            No date.
            -- content/top.md --
            ---
            date: 2024-01-05
            ---

            """)
        expectBuild(
            site,
            [
                "news/a/index.html": "News |own ", "er/b/index.html": "Er |Er ",
                "news/c/index.html": "|News ",
                "top/index.html": "|", "categories/index.html": "Er 1 News 1 ",
                "topics/index.html": "Er 1 News 1 own 1 ",
            ])
        #expect(site.output("news/d/index.html") == "|" && site.output("top/index.html") == "|")
        site.replace("date: 2024-01-02\n", by: "", in: "content/News/a.md")
        expectBuild(site, ["news/a/index.html": "|own "])
        site.replace("topics: own", by: "date: 2024-01-02", in: "content/News/a.md")
        expectBuild(site, ["news/a/index.html": "News |News "])
        site.replace("\"categories\": {\"fromFolder\": true}", by: "\"categories\": {}", in: "site.json")
        expectBuild(site, ["news/a/index.html": "|News "])
    }

    @Test func aLinkToAPageThatIsNotPublishedSaysSo() {
        let site = SiteUnderTest(
            Self.templates + """
                -- content/a.md --
                [x](b.md) [y](c.md)
                -- content/b.md --
                ---
                draft: true
                ---
                -- content/c.md --
                ---
                date: 2030-01-01
                ---

                """)
        expectBuild(site)
        #expect(
            site.findings.map(\.hint) == ["content/b.md is a draft", "content/c.md is not published yet"])
    }

    /// A page that is not rendered has no address that a link could lead to.
    @Test func aLinkToAPageThatIsNotRenderedSaysSo() {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            [one](b.md) [two](/c/)
            -- content/b.md --
            ---
            headless: true
            ---
            -- content/c.md --
            ---
            render: false
            ---
            -- templates/page.html --
            {{ page.content }}
            -- templates/home.html --
            {{ ref("b.md") }}

            """)
        expectBuild(site)
        #expect(
            site.findings.map(\.message).sorted() == [
                "\"/c/\": content/c.md is not rendered", "\"b.md\": content/b.md is not rendered",
                "\"b.md\": content/b.md is not rendered",
            ])
        #expect(
            site.last?.project.pages().map {
                "\($0.path.text) \($0.status.rawValue) \(String(decoding: $0.url, as: UTF8.self))"
            }
                == ["content/a.md published /a/", "content/b.md not rendered ", "content/c.md not rendered "])
        site.edit("-- content/b.md --\n-- content/c.md --\n")
        expectBuild(site)
        #expect(site.findings.isEmpty)
    }

    /// Unix time in a head.
    @Test(arguments: [("1650380185", "2022-04-19 14:56"), ("\"1650380185000\"", "2022-04-19 14:56")])
    func secondsSince1970AreADate(_ written: String, _ expected: String) {
        expectSite(
            "-- content/a.md --\n---\ndate: \(written)\n---\n-- templates/page.html --\n{{ page.date | date(\"%F %R\") }}\n",
            ["a/index.html": expected])
    }

    /// A text that begins with a line across the page looks like a head; the finding says what to write.
    @Test func aTextThatBeginsWithALineSaysWhatToWrite() {
        let site = SiteUnderTest("-- content/a.md --\n---\nSome words.\n\n---\nText.\n")
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["wrong-type"])
        #expect(site.findings.first?.hint?.contains("begins with ***") == true)
    }

    @Test func aLinkIntoTheAssetsSaysWhereToPutFiles() {
        let site = SiteUnderTest(
            Self.templates + "-- assets/img/a.png --\nP\n-- content/a.md --\n![x](/assets/img/a.png)\n")
        expectBuild(site)
        #expect(site.findings.first?.hint?.contains("static/") == true)
        site.edit("-- site.json --\n{\"static\": {\"assets\": \"/assets/\"}}\n")
        expectBuild(site, ["assets/img/a.png": "P"])
        #expect(site.findings.isEmpty)
    }

    @Test func aTemplateAmongContentIsAFinding() {
        expectSite(
            Self.templates
                + "-- content/index.html --\n---\nlayout: x\n---\n{% for %}\n-- content/a.html --\n<p>a</p>\n",
            ["a.html": "<p>a</p>"], findings: ["unprocessed-file content/index.html:1:1"])
    }

    @Test(arguments: ["hugo.toml", "_config.yml", "pelicanconf.py", "eleventy.config.js"])
    func theConfigurationOfAnotherGeneratorIsNamed(_ name: String) {
        expectSite(
            Self.templates + "-- \(name) --\nx\n-- content/a.MD --\nA\n", ["a/index.html": "A|"],
            findings: ["foreign-configuration \(name):1:1"])
    }
}
