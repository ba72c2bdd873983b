import Foundation
import Site
import Testing
import Text

/// Content of Hugo's, as it is.
@Suite struct HugoTests {
    @Test func hugosParametersAreTheirValues() {
        expectSite(
            MigrationTests.templates + """
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

    /// Names, terms and addresses as Hugo 0.168 has them.
    @Test func addressesAreHugos() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"languages": {"en": {}, "de": {}}, "urls": {"slugs": "hugo"}, "taxonomies": {"tags": {}, "topics": {}}}
                -- content/a.de.md --
                ---
                url: /c/
                ---
                -- content/b.de.md --
                ---
                url: d/
                Topics: [X]
                ---
                -- content/e.de.md --
                ---
                path: zola/e
                ---
                -- content/f.md --
                ---
                slug: cn/x_Y
                tags: [C++, CI/CD, fly.io, "don't", A  B, Ö_x, 日本, "..", "（a）", "c#"]
                ---
                -- content/My_File.v2 it's (x)+y~@&!,;=#.md --
                Text.

                """)
        expectBuild(site)
        let pages = site.outputs.filter { $0.hasSuffix("/index.html") }.map {
            $0.dropLast("/index.html".count)
        }
        #expect(
            pages.sorted() == [
                "c", "cn/x_y", "de", "de/d", "de/topics", "de/topics/x", "my_file.v2-its-x+y~@#", "tags",
                "tags/a", "tags/a--b",
                "tags/c#", "tags/c++", "tags/ci/cd", "tags/dont", "tags/fly.io", "tags/u2e-u2e", "tags/ö_x",
                "tags/日本", "zola/e",
            ])
    }

    /// Hugo leaves the date in the address of a dated name.
    @Test func theDateOfANameStaysInItsAddress() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"urls": {"slugs": "hugo"}, "permalinks": {"news": "/n/:contentbasename/"}, "taxonomies": {}}
                -- content/posts/2020-01-02-foo.md --
                Text.
                -- content/posts/2020-01-03-bar/index.md --
                Text.
                -- content/news/2020-01-04-baz.md --
                ---
                tags: Web Development
                ---

                """)
        expectBuild(site)
        #expect(site.output("posts/2020-01-02-foo/index.html") != nil)
        #expect(site.output("posts/2020-01-03-bar/index.html") != nil)
        #expect(site.output("n/2020-01-04-baz/index.html") != nil)
    }

    /// An address from the root may be that of another language's home, which is told; a pattern without its values is none.
    @Test func anAddressFromTheRootMayBeAnotherLanguages() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"languages": {"en": {}, "de": {}}, "baseURL": "https://e.org/", "urls": {"aliases": "page"}}
                -- content/a.md --
                Text.
                -- content/b.de.md --
                ---
                url: /
                aliases: [/old/]
                ---
                -- content/c.de.md --
                ---
                url: /:year/:slug/
                ---

                """)
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "")" } == [
                "replaced-list content/b.de.md"
            ])
        #expect(site.output("de/c/index.html") != nil)
        #expect(site.output("de/old/index.html") != nil)
    }

    @Test func aPageInThePlaceOfTheHomeIsInTheSitemapOnce() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"baseURL": "https://e.org/"}
                -- content/a.md --
                ---
                url: /
                ---

                """)
        expectBuild(site)
        #expect(site.output("sitemap.xml")?.components(separatedBy: "<loc>https://e.org/</loc>").count == 2)
    }

    /// What no page is made of is in no menu of sections.
    @Test func aSectionThatIsNotRenderedIsInNoList() {
        expectSite(
            """
            -- templates/home.html --
            {% for s in site.sections %}{{ s.title }},{% endfor %}{% for s in page.children %}{{ s.title }}.{% endfor %}
            -- templates/page.html --
            x
            -- templates/section.html --
            x
            -- content/a/_index.md --
            ---
            title: A
            build: {render: never}
            ---
            -- content/a/x.md --
            Text.
            -- content/b/x.md --
            Text.
            -- content/c/_index.md --
            +++
            title = "C"
            render = false
            +++
            -- content/c/x.md --
            Text.

            """, ["index.html": "B,B."])
    }

    @Test func hugosReferencesAreResolvedAndChecked() {
        expectSite(
            MigrationTests.templates + """
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

    /// Hugo's bundles are referred to by the names of their folders, and `resources` has no effect.
    @Test func emptyKeysOfArchetypesSayNothing() {
        expectSite(
            """
            -- templates/page.html --
            {{ page.title }}
            -- templates/home.html --
            home
            -- content/b/p.md --
            ---
            title: P
            date: 2024-01-01
            url: ""
            slug: ""
            aliases: ""
            layout: ""
            ---
            -- content/b/q.md --
            ---
            title: Q
            permalink: ""
            template: ""
            redirect_to: ""
            ---

            """, ["index.html": "home", "b/p/index.html": "P", "b/q/index.html": "Q"])
    }

    @Test func pagesInBundlesAreToldWhereTheSiteIsHugos() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- content/posts/trip/index.md --
                Trip
                -- content/posts/trip/sub.md --
                Sub
                -- content/posts/trip/deep/er.md --
                Er
                -- content/posts/a.md --
                A

                """)
        expectBuild(site, ["posts/trip/sub/index.html": "Sub"])
        #expect(site.findings.isEmpty)
        site.edit("-- hugo.toml --\n")
        expectBuild(site, ["posts/trip/sub/index.html": "Sub"])
        #expect(site.findings.map(\.code.name).contains("page-in-bundle"))
        #expect(
            site.findings.first { $0.code.name == "page-in-bundle" }?.notes.map(\.message) == [
                "and 1 more page of this kind"
            ])
        site.edit(
            "-- content/posts/trip/sub.md (deleted) --\n-- content/posts/trip/deep/er.md (deleted) --\n")
        expectBuild(site)
        #expect(!site.findings.map(\.code.name).contains("page-in-bundle"))
    }

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
}
