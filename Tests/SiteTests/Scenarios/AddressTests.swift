import Site
import Testing
import Text

/// What is published where: which names become which addresses, which links lead somewhere.
@Suite struct AddressTests {
    /// A site with templates that print little.
    static let base = """
        -- templates/page.html --
        {{ page.title }}|{{ page.content }}
        -- templates/section.html --
        {{ section.title }}:{% for p in paginator.items %} {{ p.title }}{% endfor %}
        -- templates/404.html --
        generated
        -- templates/tags/term.html --
        {{ term.title }} at {{ term.url }}

        """

    @Test(arguments: [
        ("c#2/what? yes.md", "c-2/what-yes/index.html"), ("100%.md", "100/index.html"),
        ("über uns.md", "über-uns/index.html"), ("🎉.md", "🎉/index.html"), ("?!.md", "u3f-u21/index.html"),
        ("C++.md", "c-plus-plus/index.html"), ("C#.md", "c-sharp/index.html"),
        ("a'b\"c.md", "a-b-c/index.html"),
    ])
    func namesOfAllKindsBecomeAddresses(_ name: String, _ output: String) {
        expectSite(
            Self.base + "-- content/\(name) --\nHere.\n-- content/from.md --\n[x](<\(Self.escaped(name))>)\n",
            [output: "Here."])
    }

    @Test(arguments: ["a b.txt", "100%.txt", "c#2.txt", "what?.txt", "über.txt", "a\"b.txt"])
    func filesKeepTheirNames(_ name: String) {
        expectSite(
            Self.base + """
                -- static/files/\(name) --
                File.
                -- content/trip/index.md --
                [s](</files/\(Self.escaped(name))>) [b](<\(Self.escaped(name))>)
                -- content/trip/\(name) --
                Beside.
                -- templates/trip/page.html --
                x
                -- templates/page.html --
                {{ page.content }}{% for file in page.resources %}{{ file.url }}{% endfor %}

                """,
            [
                "files/\(name)": "File.", "trip/\(name)": "Beside.",
                "trip/index.html": "/trip/" + Self.escaped(name).replacingAll("\"", by: "%22"),
            ])
    }

    /// As GitHub and editors show them; in a bundle they lie beside the page anyway.
    @Test func filesBesideASourceAreLinkedByTheirNames() {
        expectSite(
            Self.base + """
                -- content/blog/a.md --
                ![p](pic%201.png) [f](../files/x.pdf?v=1#page=2) ![s](../../static/img/s.png) [u](../b/)
                -- content/blog/pic 1.png --
                P
                -- content/files/x.pdf --
                X
                -- static/img/s.png --
                S
                -- content/blog/b.md --
                B
                -- content/blog/trip/index.md --
                ![p](pic.png) ![o](../pic%201.png)
                -- content/blog/trip/pic.png --
                P

                """,
            [
                "blog/a/index.html": "src=\"/blog/pic%201.png\"", "blog/trip/index.html": "src=\"pic.png\"",
            ])
    }

    /// Where pages are files, each bundle has a folder of its own for its files.
    @Test(arguments: [
        ("{\"style\": \"file\"}", "blog/a.html"), ("{\"style\": \"bare\"}", "blog/a.html"),
        ("{\"trailingSlash\": false}", "blog/a/index.html"), ("{}", "blog/a/index.html"),
    ])
    func bundlesKeepTheirFilesApart(_ urls: String, _ page: String) {
        let isFolder = urls == "{}"
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org/base/", "urls": \(urls), "outputs": {"page": ["json"]},
             "feeds": {"formats": ["atom", "json"]}}
            -- templates/page.html --
            {{ page.content }}|{% for file in page.resources %}{{ file.url }}{% endfor %}|{{ "c.svg" | file_url }}|{{ image("c.svg") }}|{{ image_size("c.svg").width }}|{{ seo() }}
            -- templates/home.html --
            {% for p in site.posts %}{{ p.content }}{% endfor %}
            -- content/blog/c.svg --
            <svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>
            -- content/blog/a/index.md --
            ---
            date: 2024-01-01
            image: c.svg
            ---
            ![i](c.svg?v=1#x) <img src="c.svg">
            -- content/blog/a/c.svg --
            <svg xmlns="http://www.w3.org/2000/svg" width="2" height="3"></svg>
            -- content/blog/b/index.md --
            ---
            date: 2024-01-02
            ---
            ![i](c.svg) [a](../a/c.svg)
            -- content/blog/b/c.svg --
            <svg xmlns="http://www.w3.org/2000/svg" width="4" height="5"></svg>

            """)
        let own = isFolder ? "c.svg" : "/base/blog/a/c.svg"
        let text = "src=\"\(own)?v=1#x\" alt=\"i\" width=\"2\" height=\"3\""
        expectBuild(
            site,
            [
                page: text, "blog/a/c.svg": "width=\"2\"", "blog/b/c.svg": "width=\"4\"",
                "blog/c.svg": "width=\"1\"", "index.html": "src=\"/base/blog/a/c.svg?v=1#x\"",
                "blog/atom.xml": "https://example.org/base/blog/b/c.svg",
                "blog/feed.json": "https://example.org/base/blog/a/c.svg",
                page.replacing(".html", with: ".json"): "https://example.org/base/blog/a/c.svg",
            ])
        #expect(site.findings.map(\.message) == [])
        for part in [
            "|/base/blog/a/c.svg|\(isFolder ? "c.svg|c.svg" : "/base/blog/a/c.svg|/base/blog/a/c.svg")|2|",
            "og:image\" content=\"https://example.org/base/blog/a/c.svg\"", "og:image:width\" content=\"2\"",
        ] {
            #expect(site.output(page)?.firstRange(of: part) != nil, "\(part): \(site.output(page) ?? "")")
        }
        // A bundle that becomes a page beside others, and a file that comes and goes.
        site.edit("-- content/blog/a/d.svg --\nD\n")
        site.replace("<img src=\"c.svg\">", by: "[d](d.svg)", in: "content/blog/a/index.md")
        expectBuild(site, [page: "href=\"\(isFolder ? "d.svg" : "/base/blog/a/d.svg")\""])
        site.edit(
            "-- content/blog/a/d.svg (deleted) --\n-- content/blog/a.md (renamed from content/blog/a/index.md) --"
        )
        expectBuild(site)
        site.replace(urls, by: "{\"style\": \"file\"}", in: "site.json")
        expectBuild(site, ["blog/b.html": "src=\"/base/blog/b/c.svg\""])
    }

    @Test func componentsAndTemplatesFindFilesBesideTheSource() {
        expectSite(
            """
            -- site.json --
            {"baseURL": "https://example.org/base/"}
            -- templates/page.html --
            {{ page.params.cover | file_url if page.params.cover }}|{{ page.content }}
            -- templates/components/self.html --
            <a href="{{ page.url }}">self</a>
            -- content/blog/a.md --
            ---
            cover: b c.png#x
            ---
            {{< self >}} {{< figure src="b%20c.png" >}} {{< figure src="/f/d.png" >}} {{< figure src="https://example.com/e.png" >}}
            -- content/blog/b c.png --
            P
            -- static/f/d.png --
            P

            """,
            ["blog/a/index.html": "/base/blog/b%20c.png#x|<a href=\"/base/blog/a/\">self</a>"])
        expectSite(
            "-- site.json --\n{\"baseURL\": \"/base/\"}\n-- content/blog/a.md --\n{{< figure src=\"b.png\" >}}\n-- content/blog/b.png --\nP\n",
            ["blog/a/index.html": "<img src=\"/base/blog/b.png\""])
    }

    @Test func termsOfSignsHaveAddressesOfTheirOwn() {
        expectSite(
            Self.base + """
                -- site.json --
                {"taxonomies": {"tags": {}}}
                -- content/a.md --
                ---
                tags: ["🎉", "?", "C", "C++", "C#", "C++11", ".net"]
                ---
                """,
            [
                "tags/🎉/index.html": "🎉 at /tags/%F0%9F%8E%89/", "tags/u3f/index.html": "? at /tags/u3f/",
                "tags/c/index.html": "C at", "tags/c-plus-plus/index.html": "C++ at",
                "tags/c-sharp/index.html": "C# at", "tags/c-plus-plus-11/index.html": "C++11 at",
                "tags/net/index.html": ".net at",
            ])
    }

    @Test func linksToPartsAndToJSONLeadSomewhere() {
        expectSite(
            Self.base + """
                -- site.json --
                {"pagination": {"size": 1}, "outputs": {"page": ["json"]}}
                -- content/blog/a.md --
                [2](/blog/page/2/) [2](page/2/) [j](/blog/b/index.json) [3](/blog/page/3/) [x](/blog/index.json)
                -- content/blog/b.md --
                [2](../page/2/) [j](index.json)

                """, [:],
            findings: [
                "broken-link content/blog/a.md:1:24", "broken-link content/blog/a.md:1:61",
                "broken-link content/blog/a.md:1:80",
            ])
    }

    /// Within raw HTML, too, a component's links are those of its template, and an asset is there under its name.
    @Test func aComponentInRawHTMLLinksWhatItKnows() {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            <div>
            {{< pic "photo.jpg" >}}
            {{< box >}}
            [broken](/nope/)
            {{< /box >}}
            <img src="{{< url "sub/notes" >}}">
            </div>
            -- assets/photo.jpg --
            x
            -- assets/sub/notes --
            y
            -- templates/components/pic.html --
            <img src="{{ image(args[0]) }}"><a href="/template/">t</a>
            -- templates/components/url.html --
            {{ asset(args[0]) }}
            -- templates/components/box.html --
            <b>{{ body }}</b>
            -- templates/page.html --
            {{ page.content }}

            """)
        expectBuild(site, ["a/index.html": "<img src=\"/assets/photo.73cb3858a687.jpg\">"])
        #expect(site.findings.map(\.message) == ["the link \"/nope/\" leads nowhere"])
        #expect(site.findings.map(\.location?.line) == [4])
        site.edit(
            "-- content/b.md --\n[a](/assets/photo.73cb3858a687.jpg) [b](/assets/photo.03cb3858a687.jpg)\n")
        expectBuild(site)
        #expect(site.findings.map(\.location?.column) == [10, 41])
    }

    /// Markdown has several endings.
    @Test(arguments: ["md", "markdown", "mkd", "mdown", "MD"])
    func markdownHasSeveralEndings(_ ending: String) {
        expectSite(
            "-- content/a.\(ending) --\n[b](b.\(ending))\n-- content/b.\(ending) --\n*B*\n",
            ["a/index.html": "href=\"/b/\"", "b/index.html": "<em>B</em>"])
    }

    /// What is found out among many heads has its place in one; it moves with the head, not with the text.
    @Test(arguments: [
        (
            "tags: [x, swift]", "-- content/b.md --\n---\ntags: [Swift]\n---\n",
            "term-spelling content/c.md:4:11"
        ),
        ("template: nosuch", "", "unknown-template content/c.md:4:11"),
        ("aliases: [/a/, /b/*]", "", "alias-pattern content/c.md:4:16"),
        ("url: /d/", "-- content/d.md --\n", "output-collision content/d.md:1:1"),
        (
            "aliases: [/x/, /d/]", "-- content/b.md --\n---\naliases: [/d/]\n---\n",
            "output-collision content/c.md:4:16"
        ),
        ("slug: d", "-- content/b.md --\n---\nslug: d\n---\n", "output-collision content/c.md:4:7"),
    ])
    func aFindingAmongManyHeadsHasItsPlace(_ line: String, _ others: String, _ finding: String) {
        let site = SiteUnderTest(
            "-- templates/page.html --\n{{ page.content }}\n" + others
                + "-- content/c.md --\n---\ntitle: C\n\n\(line)\n---\nText.\n")
        func found() -> [String] {
            site.findings.compactMap { found in
                found.location.map { "\(found.code.name) \($0.path.text):\($0.line):\($0.column)" }
            }
        }
        expectBuild(site)
        #expect(found().contains(finding), "\(found())")
        site.replace("Text.", by: "Other text.", in: "content/c.md")
        expectBuild(site)
        #expect(
            site.last?.ran.contains("catalog en") == false
                && site.last?.ran.contains("output-manifest") == false)
        site.replace("title: C\n\n", by: "title: C\n", in: "content/c.md")
        expectBuild(site)
        #expect(found().contains(finding.replacingAll("c.md:4", by: "c.md:3")), "\(found())")
    }

    private static func escaped(_ name: String) -> String {
        name.replacingAll("%", by: "%25").replacingAll(" ", by: "%20").replacingAll("?", by: "%3F")
            .replacingAll("#", by: "%23").replacingAll("ü", by: "%C3%BC")
    }

    /// What the product writes itself is nobody's page, and no page lives on another site.
    @Test(arguments: [
        ("/sitemap.xml", "output-collision content/a.md:2:6"),
        ("/robots.txt", "output-collision content/a.md:2:6"),
        ("/atom.xml", "output-collision content/a.md:2:6"),
        ("http://x/y", "path-leaves-output content/a.md:2:6"),
        ("https://e.org.evil/y", "path-leaves-output content/a.md:2:6"),
        ("https://e.org/sub/y/", nil), ("http://E.org/sub/y/", nil),
        ("ftp://e.org/sub/y/", "path-leaves-output content/a.md:2:6"),
        ("https://e.org/sub", "output-collision content/_index.md:1:1"),
    ])
    func anAddressIsOneOfTheSites(_ url: String, _ finding: String?) {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://e.org/sub/"}
            -- templates/page.html --
            {{ page.url }}
            -- content/blog/2026-01-01-b.md --
            -- content/_index.md --
            -- content/a.md --
            ---
            url: \(url)
            ---

            """)
        expectBuild(site)
        let found = site.findings.map { found in
            found.code.name + (found.location.map { " \($0.path.text):\($0.line):\($0.column)" } ?? "")
        }
        #expect(found == (finding.map { [$0] } ?? []), "\(site.findings.map(\.message))")
        guard finding == nil else { return }
        expectBuild(site, ["y/index.html": "/sub/y/"])
        // A preview has another address; what the file says is the site's all the same.
        site.world.options.baseURL = "http://localhost:4000/sub/"
        expectBuild(site, ["y/index.html": "/sub/y/"])
        #expect(site.findings.isEmpty)
        site.replace("e.org", by: "f.org", in: "site.json")
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["path-leaves-output"])
    }

    @Test func partsOfListsHaveNoSlashWherePagesHaveNone() {
        expectSite(
            """
            -- site.json --
            {"baseURL": "https://e.org/", "urls": {"trailingSlash": false}, "pagination": {"size": 1}}
            -- templates/page.html --
            -- templates/section.html --
            {{ paginator.next }}|{{ paginator.previous }}|{{ seo() }}
            -- templates/home.html --
            {{ paginator.next }}|{{ paginator.last }}
            -- content/blog/2026-01-01-a.md --
            [2](/blog/page/2)
            -- content/blog/2026-01-02-b.md --

            """,
            [
                "blog/index.html": "/blog/page/2|", "blog/page/2/index.html": "https://e.org/blog/page/2\"",
                "index.html": "/page/2|/page/2", "sitemap.xml": "<loc>https://e.org/blog/page/2</loc>",
            ])
    }
}

extension String {
    fileprivate func replacingAll(_ text: String, by other: String) -> String {
        split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }
}
