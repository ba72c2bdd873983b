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
