import Site
import Testing
import Text

/// What feeds, JSON and the sitemap say of pages.
@Suite struct FeedTests {
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

    /// What readers take for HTML is written as HTML, what they take for text as text.
    @Test func whatIsTextStaysText() {
        expectSite(
            """
            -- site.json --
            {"description": "<b> & co", "feeds": {"formats": ["atom", "rss"]}}
            -- content/blog/2026-01-02-a.md --
            Use `<canvas>` & &lt;b&gt;.

            """,
            [
                "rss.xml": "<description>&lt;b&gt; &amp; co</description>",
                "blog/rss.xml":
                    "<description>Use &amp;lt;canvas&amp;gt; &amp;amp; &amp;lt;b&amp;gt;.</description>",
                "index.html": "<p>Use &lt;canvas&gt; &amp; &lt;b&gt;.</p>",
            ])
        expectSite(
            """
            -- site.json --
            {"feeds": {"formats": ["atom", "rss"]}}
            -- content/blog/2026-01-01-b.md --
            ---
            description: Why <template> beats <slot>
            ---
            Text.

            """,
            [
                "rss.xml":
                    "<description>Why &amp;lt;template&amp;gt; beats &amp;lt;slot&amp;gt;</description>",
                "atom.xml":
                    "<summary type=\"text\">Why &lt;template&gt; beats &lt;slot&gt;</summary>",
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

    /// A feed of the site's own makes what stands in posts readable away from the site, as the built-in ones do, and says
    /// where it is.
    @Test func aFeedTemplateHasWholeAddresses() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "Hill", "baseURL": "https://hill.example/x/", "feeds": {"formats": ["atom", "rss"]}}
            -- templates/rss.xml --
            {{ feed.permalink }} {{ feed.url }} {{ feed.type }} {{ feed.format }} {{ feed.title }}
            {% for post in posts %}{{ post.content | absolute_urls(post) | forceescape }}{% endfor %}
            -- templates/page.html --
            {{ ('<a href="/x/a/">a</a><a href="b">b</a><a href="#c" id="c">c</a><a href="https://e.org/">d</a>' | safe) | absolute_urls }}
            {{ page.content | absolute_urls(page) }}
            -- templates/own.html --
            {{ "<p>" | absolute_urls(7) }}
            -- content/blog/trip/index.md --
            ---
            date: 2026-01-02
            ---
            [a](/about/) ![p](p.svg) [up](../) [part](#part) note[^1] <img srcset="p.svg 1x, /q.svg 2x" src='p.svg' alt>

            ## Part

            [^1]: Note
            -- content/blog/trip/p.svg --
            <svg/>
            -- content/about.md --
            About
            -- static/q.svg --
            <svg/>

            """)
        expectBuild(
            site,
            [
                "rss.xml": "https://hill.example/x/rss.xml /x/rss.xml application/rss+xml rss Hill\n",
                "blog/rss.xml":
                    "https://hill.example/x/blog/rss.xml /x/blog/rss.xml application/rss+xml rss Blog | Hill\n",
                "about/index.html":
                    "<a href=\"https://hill.example/x/a/\">a</a><a href=\"b\">b</a><a href=\"#c\" id=\"c\">c</a><a href=\"https://e.org/\">d</a>",
                "blog/trip/index.html": "<a href=\"https://hill.example/x/blog/trip/#part\">part</a>",
            ])
        // To the letter what the feed of the product says.
        let own = site.output("rss.xml")?.split(separator: "\n", maxSplits: 1).last.map(String.init) ?? ""
        let made = site.output("atom.xml") ?? ""
        #expect(own.contains("src=&#34;https://hill.example/x/blog/trip/p.svg&#34;"), "\(own)")
        func plain(_ text: String) -> String {
            text.replacing("&#34;", with: "\"").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
        }
        #expect(plain(made).contains(plain(own)), "\(plain(made))\n\(plain(own))")
        site.edit("-- content/other.md --\n---\ntemplate: own\n---\n")
        #expect(site.check().isEmpty)
        #expect(site.findings.map(\.message) == ["absolute_urls() takes a page"])
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

    /// A feed without an author is the site's, of whatever part of the site it is.
    @Test func theAuthorOfAFeedWithoutOneIsTheSite() {
        expectSite(
            "-- site.json --\n{\"title\": \"Hill\", \"baseURL\": \"https://e.org/\"}\n-- content/blog/2026-01-02-a.md --\n---\ntags: [x]\n---\n",
            [
                "atom.xml": "<name>Hill</name>", "blog/atom.xml": "<name>Hill</name>",
                "tags/x/atom.xml": "<name>Hill</name>",
            ])
    }

    /// A home page that is not written, or leads on, has no feed; so nobody names one.
    @Test(arguments: ["redirect_to: /blog/", "render: false"])
    func aFeedThatIsNotMadeIsNotNamed(_ head: String) {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/"}
            -- templates/page.html --
            {{ feeds_links() }}[{% for f in site.feeds %}{{ f.url }}{% endfor %}]
            -- templates/section.html --
            {{ feeds_links() }}[{% for f in site.feeds %}{{ f.url }} {% endfor %}]
            -- content/blog/2026-01-02-a.md --
            A

            """)
        expectBuild(
            site, ["blog/a/index.html": "[/atom.xml]", "blog/index.html": "/blog/atom.xml", "atom.xml": ""])
        site.edit("-- content/_index.md --\n---\n\(head)\n---\n")
        expectBuild(
            site, ["blog/a/index.html": "[]", "blog/index.html": "/blog/atom.xml\">[]", "blog/atom.xml": ""])
        #expect(site.output("atom.xml") == nil)
        site.edit("-- content/_index.md (deleted) --\n")
        expectBuild(site, ["blog/a/index.html": "[/atom.xml]"])
    }
}
