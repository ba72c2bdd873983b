import Foundation
import Site
import TestSupport
import Testing
import Text

/// Content of other generators, as it is.
@Suite struct MigrationTests {
    private static let templates = """
        -- templates/page.html --
        {{ page.title }}|{{ page.date | date("%F %R") if page.date }}|{{ page.authors | join(",") }}|{% for t in page.tags %}{{ t.title }} {% endfor %}|{{ page.summary }}|{{ page.content }}
        -- templates/section.html --
        {% for p in section.pages %}{{ p.title }} {% endfor %}

        """

    @Test(
        "The configuration in the documentation keeps the addresses of a generator",
        arguments: [
            (
                "Jekyll",
                """
                -- _posts/2022-01-02-My-First-Post.md --
                ---
                categories: jekyll update
                ---
                ![i](/assets/i.png)
                -- about.md --
                ---
                permalink: /about/
                ---
                -- assets/i.png --
                i
                -- _data/people.yml --
                lead: Ann
                -- templates/home.html --
                {{ site.data.people.lead }}

                """, ["jekyll/update/2022/01/02/My-First-Post.html", "about/index.html", "assets/i.png"]
            ),
            (
                "Hugo",
                """
                -- content/posts/first.md --
                ---
                date: 2024-01-15
                series: [S1]
                aliases: [older]
                ---
                -- content/posts/trip/index.md --
                Text.

                """,
                [
                    "posts/first/index.html", "posts/older/index.html", "posts/trip/index.html",
                    "series/s1/index.html", "rss.xml",
                ]
            ),
            (
                "Zola",
                """
                -- content/blog/_index.md --
                +++
                paginate_by = 1
                +++
                -- content/blog/2023-01-05-First-Post.md --
                +++
                [taxonomies]
                authors = ["Me"]
                +++
                -- content/blog/2023-01-06-b.md --
                Text.
                -- templates/section.html --
                {{ paginator.total }}

                """,
                ["blog/first-post/index.html", "blog/page/2/index.html", "authors/me/index.html", "atom.xml"]
            ),
            (
                "Pelican",
                """
                -- content/news/one.md --
                Title: One more
                Date: 2024-01-02
                Category: Python
                Tags: a, b

                Text.
                -- content/Travel/two.md --
                Title: Two
                Date: 2024-01-03

                Text.
                -- content/pages/about.md --
                Title: About

                Text.

                """,
                [
                    "one-more.html", "pages/about.html", "tag/a/index.html", "category/python/index.html",
                    "category/travel/index.html",
                ]
            ),
            (
                "Eleventy",
                """
                -- posts/one.md --
                ---
                title: One
                permalink: false
                ---
                -- posts/two.md --
                Text.
                -- _data/site.json --
                {}

                """, ["posts/two/index.html"]
            ),
        ])
    func documentedConfigurations(generator: String, files: String, outputs: [String]) throws {
        let page = try String(
            contentsOfFile: Repository.root + "/content/docs/coming-from.md", encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n## \(generator)\n").dropFirst().first)
        let json = try #require(
            section.components(separatedBy: "```json\n").dropFirst().first?.components(separatedBy: "```")
                .first)
        let site = SiteUnderTest("-- site.json --\n\(json)" + files)
        expectBuild(site)
        for output in outputs { #expect(site.output(output) != nil, "\(output)") }
        #expect(site.findings.filter { $0.severity != .note }.map(\.message) == [])
    }

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

    @Test func hugosParametersAreTheirValues() {
        expectSite(
            Self.templates + """
                -- site.json --
                {"params": {"version": {"major": 4}}}
                -- content/a.md --
                ---
                canonical_url: https://other.example/a/
                ours: <b>
                ---
                [there]({{% param canonical_url %}}) {{< param ours >}} {{< param "version.major" >}} [no]({{< param none >}})

                """,
            [
                "a/index.html":
                    "<a href=\"https://other.example/a/\">there</a> &lt;b&gt; 4 <a>no</a>"
            ], findings: ["unknown-component content/a.md:5:92"])
    }

    @Test func jekyllsPostsAreOfOneKindInWhicheverFolder() {
        expectSite(
            Self.templates + """
                -- site.json --
                {"permalinks": {"_posts": "date", "dogs": "/d/:title/", "/": "/all/:title/"}}
                -- cats/_posts/2024-02-09-meow.md --
                ---
                categories: [loud]
                ---
                -- cats/big/_posts/sub/2024-02-10-roar.md --
                Text.
                -- dogs/_posts/2024-02-11-woof.md --
                Text.
                -- birds/tweet.md --
                Text.

                """,
            [
                "cats/loud/2024/02/09/meow.html": "Meow|", "cats/big/2024/02/10/roar.html": "Roar|",
                "d/woof/index.html": "Woof|", "all/tweet/index.html": "Tweet|",
                "categories/cats/index.html": "",
            ])
    }

    @Test func collectionsOfJekyllAreNotPassedOverInSilence() {
        let site = SiteUnderTest(
            Self.templates + """
                -- site.json --
                {"data": "_facts"}
                -- about.md --
                Text.
                -- _recipes/soup.md --
                Text.
                -- _recipes/more/bread.md --
                Text.
                -- _layouts/about.md --
                Text.
                -- _facts/note.md --
                Text.
                -- _pictures/a.png --
                a

                """)
        func expectFindings(_ texts: [String], sourceLocation: Testing.SourceLocation = #_sourceLocation) {
            expectBuild(site, sourceLocation: sourceLocation)
            #expect(
                site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "") \($0.message)" }
                    == texts,
                sourceLocation: sourceLocation)
        }
        let finding =
            "unprocessed-file _recipes/more/bread.md the folder \"_recipes\" is not read: 2 files of Markdown in it make no page"
        expectFindings([finding])
        site.edit("-- _recipes/more (deleted) --\n")
        expectFindings([
            "unprocessed-file _recipes/soup.md the folder \"_recipes\" is not read: 1 file of Markdown in it makes no page"
        ])
        site.edit("-- site.json --\n{\"data\": \"_facts\", \"ignore\": [\"_recipes/\"]}\n")
        expectFindings([])
        site.edit("-- site.json --\n{\"data\": \"_facts\"}\n-- recipes (renamed from _recipes) --\n")
        expectFindings([])
        #expect(site.output("recipes/soup/index.html") != nil)
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

    @Test func aPelicanBlogIsRead() {
        expectSite(
            Self.templates + """
                -- content/news/first.md --
                Title: First: of many
                Date: 2024-01-02 10:20
                Modified: 2024-01-03
                Category: Python
                Tags: pelican, publishing
                Slug: my-first
                Authors: Ann Lee; Bob Ray
                Summary: Short
                    and dry

                [other]({filename}second.md#x) [root]({filename}/about.md) ![i]({static}/images/a.png)
                [t]({tag}pelican) [c](|category|Python) [i]({index}) [f]({attach}notes.pdf)
                -- content/news/second.md --
                Title: Second
                Date: 2024-01-04

                ## X
                -- content/news/draft.md --
                Title: Draft
                Status: draft

                -- content/news/hidden.md --
                Status: hidden
                Title: Hidden

                Text.
                -- content/news/notes.pdf --
                P
                -- content/about.md --
                title: About

                Us.
                -- content/plain.md --
                Note: this is text with a colon

                Title: and so is this
                -- content/images/a.png --
                P

                """,
            [
                "news/my-first/index.html":
                    "First: of many|2024-01-02 10:20|Ann Lee,Bob Ray|pelican publishing |Short and dry|",
                "news/second/index.html": "Second|2024-01-04", "news/hidden/index.html": "Hidden|",
                "news/index.html": "Second First: of many",
                "about/index.html": "About|", "plain/index.html": "<p>Note: this is text",
                "tags/pelican/index.html": "",
            ])
    }

    @Test func pelicansLinksAreResolvedAndChecked() {
        expectSite(
            Self.templates + """
                -- content/news/a.md --
                [a]({filename}b.md#x) ![b]({static}/images/a%20b.png) [c]({tag}swift) [d]({index}) [e]({filename}no.md)
                -- content/news/b.md --
                ---
                tags: [swift]
                ---
                ## X
                -- content/images/a b.png --
                P

                """,
            [
                "news/a/index.html":
                    "<a href=\"/news/b/#x\">a</a> <img src=\"/images/a%20b.png\" alt=\"b\"> <a href=\"/tags/swift/\">c</a> <a href=\"/\">d</a>"
            ], findings: ["broken-link content/news/a.md:1:88"])
    }

    @Test func hugosReferencesAreResolvedAndChecked() {
        expectSite(
            Self.templates + """
                -- content/posts/one.md --
                [a]({{< ref "two.md#part" >}}) [b]({{< relref "/about" >}}) [c]({{% ref path="three" %}}) <{{< ref "two" >}}>

                [d]({{< ref "nowhere.md" >}}) [e]({{< ref "#here" >}})

                ## Here
                -- content/posts/two.md --
                ## Part
                -- content/deep/er/three.md --
                Three.
                -- content/about.md --
                About.

                """,
            [
                "posts/one/index.html":
                    "<a href=\"/posts/two/#part\">a</a> <a href=\"/about/\">b</a> <a href=\"/deep/er/three/\">c</a>"
            ], findings: ["broken-link content/posts/one.md:3:5"])
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

    /// The folders above Jekyll's `_posts` are categories, in lists and in addresses.
    @Test func foldersAboveJekyllsPostsAreCategories() {
        expectSite(
            """
            -- site.json --
            {"content": ".", "permalinks": {"/": "date"}}
            -- news/local/_posts/2026-01-04-cat.md --
            ---
            categories: [own, local]
            ---
            -- templates/page.html --
            {% for c in page.categories %}{{ c.title }} {% endfor %}

            """,
            ["news/own/local/2026/01/04/cat.html": "news own local "])
    }

    /// Hugo's bundles are referred to by the names of their folders, and `resources` has no effect.
    @Test func hugosBundlesAreFoundByName() {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            ---
            resources: [{src: x.png, title: X}]
            ---
            {{< ref "first" >}} and [x]({{< ref "nope.md" >}})
            -- content/posts/first/index.md --
            F
            -- templates/page.html --
            {{ page.content }}

            """)
        expectBuild(site, ["a/index.html": "<p>/posts/first/ and"])
        #expect(
            site.findings.map(\.message).sorted() == [
                "\"resources\" has no effect here", "there is no page \"nope.md\"",
            ])
    }

    /// A link of Pelican's to a term says which term there is none of.
    @Test func pelicansLinksToTermsSayWhichIsMissing() {
        let site = SiteUnderTest(
            "-- content/a.md --\n---\ntags: [swift]\n---\n[x]({tag}swfit) [y]({author}ann)\n")
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.message) \($0.hint ?? "-")" } == [
                "no page has the tag \"swfit\" did you mean \"swift\"?", "no page has the author \"ann\" -",
            ])
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
