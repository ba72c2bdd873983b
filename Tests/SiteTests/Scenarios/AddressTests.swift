import Site
import Testing
import Text

/// What is published where: whose file wins, which names become which addresses, which links lead somewhere.
@Suite struct AddressTests {
    /// A site with templates that print little.
    private static let base = """
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
        ("404.html", "own"), ("sitemap.xml", "<own/>"), ("robots.txt", "own"), ("atom.xml", "<own/>"),
        ("blog/atom.xml", "<own/>"), ("archive/index.html", "own"), ("_headers", "own"),
        ("index.html", "own"),
        ("blog/index.html", "own"),
    ])
    func aFileOfTheSitesOwnWinsOverAGeneratedOne(_ path: String, _ text: String) {
        expectSite(
            Self.base + """
                -- site.json --
                {"headers": {"/*": {"X-A": "b"}}}
                -- templates/archive.html --
                generated
                -- content/blog/2026-01-01-a.md --
                A
                -- static/\(path) --
                \(text)

                """, [path: text + "\n"])
    }

    @Test func aPageAtAGeneratedFilesAddressWins() {
        expectSite(
            Self.base + "-- content/map.md --\n---\nurl: /sitemap.xml\ntitle: Own\n---\n",
            ["sitemap.xml": "Own|"])
    }

    @Test func aPageAtASectionsAddressIsAFindingThatSaysWhereToPutIt() {
        let site = SiteUnderTest(Self.base + "-- content/blog.md --\nB\n-- content/blog/a.md --\nA\n")
        #expect(site.check().isEmpty)
        #expect(site.findings.map(\.code.name) == ["output-collision"])
        #expect(site.findings.first?.hint?.contains("_index.md") == true)
        // A list of tags that is a page of one's own wins over the one that every site has.
        expectSite(
            Self.base + "-- content/tags.md --\n---\ntitle: Mine\ntags: [a]\n---\n",
            ["tags/index.html": "Mine|"])
    }

    @Test(arguments: [
        (
            "two texts of the home page", "-- content/_index.md --\nA\n-- content/index.md --\nB",
            "content/index.md:1:1"
        ),
        (
            "a section that is a page, too",
            "-- content/docs/_index.md --\nA\n-- content/docs/index.md --\nB",
            "content/docs/index.md:1:1"
        ),
        (
            "two endings", "-- content/docs/_index.markdown --\nA\n-- content/docs/_index.md --\nB",
            "content/docs/_index.md:1:1"
        ),
    ])
    func twoSourcesOfOneSectionAreAFinding(_ name: String, _ files: String, _ place: String) {
        expectSite(Self.base + files + "\n", [:], findings: ["output-collision \(place)"])
    }

    @Test func anIndexAmongPagesIsTheTextOfTheirSection() {
        expectSite(
            Self.base + """
                -- content/guide/index.md --
                ---
                title: Manual
                ---
                -- content/guide/a.md --
                ---
                title: A
                ---
                -- content/about/index.md --
                ---
                title: About
                ---
                -- content/about/me.txt --
                Me.

                """,
            ["guide/index.html": "Manual: A", "about/index.html": "About|", "about/me.txt": "Me."])
    }

    @Test(arguments: [
        "-- data/a.json --\n{}\n-- data/a/b.json --\n{}", "-- data/a.yml --\nx: 1\n-- data/a/b/c.json --\n{}",
    ])
    func dataBesideAFolderOfItsNameAreAFinding(_ files: String) {
        let site = SiteUnderTest(
            Self.base + files + "\n-- content/a.md --\nA\n-- templates/page.html --\n{{ site.data.a }}\n")
        #expect(site.check().isEmpty)
        #expect(site.findings.map(\.code.name) == ["data-collision"])
    }

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

    @Test(arguments: [
        (#"{"redirects": {"/a": ""}}"#, "invalid-redirect site.json:1:22"),
        (#"{"redirects": {"/a": {"status": 301}}}"#, "invalid-redirect site.json:1:22"),
        (#"{"redirects": {"/a?b=1": "/b/"}}"#, "invalid-redirect site.json:1:16"),
        (#"{"redirects": {"/a/*": "/b/"}}"#, "alias-pattern site.json:1:16"),
        (#"{"redirects": {"/../a": "/b/"}}"#, "path-leaves-output site.json:1:16"),
        (#"{"static": {"nowhere": "/"}}"#, "missing-folder site.json:1:24"),
        (#"{"content": "contnt"}"#, "missing-folder site.json:1:13"),
        (#"{"data": "dta"}"#, "missing-folder site.json:1:10"),
        (#"{"languages": {"en": {}, "de": {"contentFolder": "de"}}}"#, "missing-folder site.json:1:50"),
        (#"{"check": {"brokn-link": "off"}}"#, "unknown-code site.json:1:12"),
        (#"{"outputs": {"page": ["jsn"]}}"#, "unknown-key site.json:1:23"),
        (#"{"outputs": {"pag": ["json"]}}"#, "unknown-key site.json:1:14"),
        (#"{"posts": ["blgo"]}"#, "missing-section site.json:1:12"),
        (#"{"permalinks": {"blgo": "/:slug/"}}"#, "missing-section site.json:1:25"),
        (#"{"headers": {"/*": {"A B": "c"}}}"#, "invalid-header site.json:1:21"),
        (#"{"headers": {"/*": {"A": "c\nd"}}}"#, "invalid-header site.json:1:26"),
    ])
    func whatTheConfigurationCannotMeanIsAFindingAtItsPlace(_ text: String, _ finding: String) {
        expectSite("-- site.json --\n\(text)\n-- content/a.md --\nA\n", [:], findings: [finding])
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

    /// A section that is named before it is there is one as soon as it has its folder.
    @Test func aSectionThatIsNamedAppears() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"posts\": [\"blog\"]}\n-- content/blgo/a.md --\nA\n")
        expectBuild(site)
        #expect(site.findings.map(\.hint) == ["did you mean \"blgo\"?"])
        site.edit("-- content/blog/b.md --\n---\ndraft: true\n---\n")
        expectBuild(site)
        #expect(site.findings.isEmpty)
    }

    /// A pattern counts from the folder of the site, or from that of the content.
    @Test(arguments: ["secret/**", "secret/", "**/secret/**", "content/secret/**", "secret"])
    func whatIsIgnoredIsNotPublished(_ pattern: String) {
        let site = SiteUnderTest(
            "-- site.json --\n{\"ignore\": [\"\(pattern)\"]}\n-- content/secret/a.md --\nA\n-- content/secret/b.txt --\nb\n-- content/c.md --\nC\n"
        )
        expectBuild(site, ["c/index.html": "C"])
        #expect(site.output("secret/a/index.html") == nil && site.output("secret/b.txt") == nil)
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

    @Test func headersAreWrittenForTheHost() {
        expectSite(
            """
            -- site.json --
            {"headers": {"/*": {"X-Frame-Options": "DENY"}, "/assets/*": {"Link": ["</a>", "</b>"]}}}
            -- content/a.md --
            A

            """,
            [
                "_headers":
                    "/*\n  X-Frame-Options: DENY\n/assets/*\n  Link: </a>\n  Link: </b>\n"
            ])
    }

    @Test func redirectsAreWrittenForTheHostThatReadsHeaders() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org/b/", "headers": {}, "redirects": {"/z/": "blog/a b/", "/feed.xml": "/atom.xml",
             "/x.html": {"to": "https://e.org/", "status": 302}, "/old/*": "/new/:splat"}}
            -- content/a.md --
            ---
            aliases: [/caf\u{E9}/, /a.pdf, /a.html]
            ---
            -- content/b.md --
            ---
            redirect_to: /a/
            ---

            """)
        expectBuild(
            site,
            [
                "_redirects": """
                /b/a.html /b/a/ 301
                /b/a.pdf /b/a/ 301
                /b/b/ /b/a/ 301
                /b/caf%C3%A9/ /b/a/ 301
                /b/feed.xml /b/atom.xml 301
                /b/x.html https://e.org/ 302
                /b/z/ /b/blog/a%20b/ 301
                /b/old/* /b/new/:splat 301

                """, "a.html": "/b/a/", "z/index.html": "/b/blog/", "x.html": "https://e.org/",
            ])
        #expect(site.output("a.pdf") == nil && site.output("feed.xml") == nil)
        #expect(site.findings.filter { $0.code.name != "broken-link" }.map(\.message) == [])
        // What stands in the way of a line is found as well.
        site.edit("-- content/a.md --\n---\naliases: [/atom.xml]\n---\n")
        expectBuild(site)
        #expect(site.findings.contains { $0.code.name == "output-collision" })
        site.edit("-- content/a.md --\n---\naliases: [/c.pdf]\n---\n")
        expectBuild(site, ["_redirects": "/b/c.pdf /b/a/ 301"])
        // An own file wins, and without the key there is none.
        site.edit("-- static/_redirects --\nown\n")
        expectBuild(site, ["_redirects": "own"])
        site.edit("-- static/_redirects (deleted) --\n")
        site.replace("\"headers\": {}, ", by: "", in: "site.json")
        expectBuild(site, ["c.pdf": "/b/a/", "feed.xml": "/b/atom.xml"])
        #expect(site.output("_redirects") == nil)
        #expect(site.findings.contains { $0.code.name == "alias-pattern" })
    }

    private static func escaped(_ name: String) -> String {
        name.replacingAll("%", by: "%25").replacingAll(" ", by: "%20").replacingAll("?", by: "%3F")
            .replacingAll("#", by: "%23").replacingAll("ü", by: "%C3%BC")
    }
}

extension String {
    fileprivate func replacingAll(_ text: String, by other: String) -> String {
        split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }
}
