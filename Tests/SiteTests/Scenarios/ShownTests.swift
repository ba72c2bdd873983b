import Site
import Testing
import Text

/// What readers, feeds and other programs are shown of a page.
@Suite struct ShownTests {
    /// Nobody's address is told unless the site says so.
    @Test func feedsKeepElectronicAddressesToThemselves() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"author": {"name": "Ada", "email": "ada@hill.example"}, "feeds": {"formats": ["atom", "rss", "json"]}}
            -- content/blog/2026-01-02-a.md --
            ---
            author: {name: Bob, email: bob@hill.example}
            ---
            A

            """)
        expectBuild(site, ["atom.xml": "<name>Bob</name>"])
        for (path, file) in site.cleanTree.files {
            #expect(!String(decoding: file.bytes, as: UTF8.self).contains("@hill.example"), "\(path)")
        }
        site.replace("\"formats\"", by: "\"emails\": true, \"formats\"", in: "site.json")
        expectBuild(
            site, ["atom.xml": "<name>Bob</name>\n      <email>bob@hill.example</email>"])
    }

    @Test func feedsSaySummariesAndWhereAuthorsAre() {
        let text = (1...90).map { "word\($0)" }.joined(separator: " ")
        expectSite(
            """
            -- site.json --
            {"title": "Hill", "baseURL": "https://hill.example/x/", "feeds": {"formats": ["atom", "rss", "json"], "emails": true},
             "author": {"name": "Ada", "url": "/about/", "email": "ada@hill.example"},
             "taxonomies": {"tags": {}, "authors": {}}}
            -- content/about.md --
            A
            -- content/blog/2026-01-02-long.md --
            \(text)

            The rest.
            -- content/blog/2026-01-01-short.md --
            ---
            authors: [Bob]
            tags: [t]
            ---
            Short *text*.

            """,
            [
                "atom.xml": """
                  <author>
                    <name>Ada</name>
                    <uri>https://hill.example/x/about/</uri>
                    <email>ada@hill.example</email>
                  </author>
                """,
                "blog/atom.xml": "<summary type=\"text\">\(text)</summary>",
                // Of a text that is all in the summary, readers get it once; who wrote it is no category.
                "authors/bob/atom.xml": """
                    <author>
                      <name>Bob</name>
                    </author>
                    <category term="t"/>
                    <content type="html">
                """,
                "rss.xml": "<description>Short text.</description>",
                "blog/rss.xml": "<description>\(text)</description>",
                "feed.json": "\"summary\": \"\(text)\"",
                "blog/feed.json": "\"url\": \"https://hill.example/x/about/\"",
            ])
    }

    @Test func aPageAsJSONSaysEachKeyOnceAndWholeAddresses() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://hill.example/x/", "outputs": {"page": ["json"]},
             "taxonomies": {"authors": {}, "tags": {}}}
            -- content/a.md --
            ---
            authors: [Ada]
            tags: [t]
            ---
            [b](b.md)
            -- content/b.md --
            B

            """)
        expectBuild(
            site,
            [
                "a/index.json": """
                  "authors": [
                    {
                      "name": "Ada"
                    }
                  ],
                  "tags": [
                    "t"
                  ],
                  "summary": "<p><a href=\\"https://hill.example/x/b/\\">b</a></p>\\n",
                  "content": "<p><a href=\\"https://hill.example/x/b/\\">b</a></p>\\n",
                """
            ])
    }

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

    @Test func linksInRawHTMLMeanWhatTheyMeanInMarkdown() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://hill.example/x/"}
            -- templates/page.html --
            {{ page.content }}
            -- templates/components/raw.html --
            [{{ raw_body }}]
            -- templates/home.html --
            {{ site.pages[0].content }}
            -- content/a/index.md --
            ---
            title: A
            ---
            <div id="one"><a class="x" href="../b.md#part">B</a><img src="own.svg" id="two"><a href='../b.md'>b</a></div>

            Text <a href="/c/?a=1&amp;b=2">C</a> and <a href="#one">one</a> <a href="mailto:x@y">m</a>.
            -- content/a/own.svg --
            <svg width="1" height="1"></svg>
            -- content/b.md --
            ---
            slug: be
            ---
            ## Part
            -- content/c.md --
            <p><a href="nope.md">x</a> <a href="/a/">y</a>
            <img src="gone.png" srcset="gone2.png 2x"></p>

            {{< raw >}}

            Text <a href="#nope">z</a> <a href=/nowhere/>z</a> <a href="{{ x }}">z</a>
            """)
        expectBuild(
            site,
            [
                "a/index.html": """
                <div id="one"><a class="x" href="/x/be/#part">B</a><img src="own.svg" width="1" height="1" id="two"><a href='/x/be/'>b</a></div>
                <p>Text <a href="/x/c/?a=1&amp;b=2">C</a> and <a href="#one">one</a> <a href="mailto:x@y">m</a>.</p>
                """, "c/index.html": "[]",
            ])
        #expect(
            site.findings.filter { $0.code.name.hasPrefix("broken") }.map {
                "\($0.code.name) \($0.location?.line ?? 0):\($0.location?.column ?? 0)"
            } == [
                "broken-link 1:13", "broken-image 2:11", "broken-image 2:29", "broken-anchor 6:15",
                "broken-link 6:36",
            ])
        // A link in HTML is a link: the page is looked at again when what it names goes, and knows its new address.
        site.edit("-- content/b.md --\n---\nslug: bee\n---\n## Part\n")
        expectBuild(site, ["a/index.html": "href=\"/x/bee/#part\""])
    }

    @Test func aMistakeInAComponentSaysWhereItWasCalled() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.content }}
            -- templates/components/box.html --
            <b>{{ nothing }}</b>
            -- content/a.md --
            ---
            title: A
            ---
            Text.

            {{< box >}} and {{< box >}}

            {{< box >}}
            """)
        expectBuild(site)
        func notes() -> [String] {
            site.findings.flatMap(\.notes).map { note in
                note.message + (note.location.map { " \($0.path.text):\($0.line):\($0.column)" } ?? "")
            }
        }
        #expect(
            notes() == [
                "in the component \"box\", called here content/a.md:6:1", "and in 2 more calls of this text",
            ])
        // The place moves with the head.
        site.edit(
            "-- content/a.md --\n---\ntitle: A\ntags: [t]\n---\nText.\n\n{{< box >}} and {{< box >}}\n\n{{< box >}}\n"
        )
        expectBuild(site)
        #expect(notes().first == "in the component \"box\", called here content/a.md:7:1")
    }

    @Test func aListOfTermsChangesWithThePagesOfItsTerms() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org"}
            -- content/blog/2026-01-01-a.md --
            ---
            tags: [t]
            ---
            -- content/blog/2026-02-02-b.md --
            B

            """)
        func tags(_ day: String) -> String {
            "<loc>https://example.org/tags/</loc>\n    <lastmod>\(day)T00:00:00+00:00</lastmod>"
        }
        expectBuild(site, ["sitemap.xml": tags("2026-01-01")])
        site.edit("-- content/blog/2026-02-02-b.md --\n---\ntags: [u]\n---\nB\n")
        expectBuild(site, ["sitemap.xml": tags("2026-02-02")])
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

    @Test func aPictureForSharingThatIsNotThereIsAFindingInTheHead() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org", "seo": {"image": "/common.svg"}}
            -- templates/page.html --
            {{ seo() }}
            -- content/a/index.md --
            ---
            title: A
            image: own.svg
            ---
            -- content/a/own.svg --
            <svg width="1" height="1"></svg>
            -- content/b.md --
            ---
            title: B
            image: /img/gone.png
            ---
            -- content/c.md --
            ---
            image: https://example.com/c.png
            ---

            """)
        func found() -> [String] {
            site.findings.map {
                "\($0.code.name) \($0.location.map { "\($0.path.text):\($0.line):\($0.column)" } ?? "")"
            }
        }
        expectBuild(site)
        #expect(found() == ["broken-image content/b.md:3:8", "broken-link site.json:1:53"])
        expectRebuilt(
            site, after: "-- content/b.md --\n---\nimage: /img/gone.png\ntitle: B\n---\n",
            ran: "page-meta content/b.md\npage-output en:content/b.md\nhead-places content/b.md", written: "")
        #expect(found() == ["broken-image content/b.md:2:8", "broken-link site.json:1:53"])
        site.edit(
            "-- static/img/gone.png --\nx\n-- static/common.svg --\n<svg width=\"1\" height=\"1\"></svg>\n")
        expectBuild(site)
        #expect(found() == [])
    }
}
