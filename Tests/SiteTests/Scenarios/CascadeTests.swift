import Site
import Testing
import Text

/// What a section's head hands down, and to whom.
@Suite struct CascadeTests {
    /// Hugo's cascades with targets: for some of the pages below, by kind, place, language and environment.
    @Test func aSectionHandsDownToSomePages() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"theme": "plain", "languages": {"en": {}, "de": {}}}
            -- themes/plain/theme.json --
            {}
            -- templates/page.html --
            {{ page.params.by | default("") }} {{ page.params.low | default("") }} {{ page.weight }} {{ page.params | length }}
            -- content/guide/_index.md --
            ---
            cascade:
              - {_target: {path: "/guide/{a,z}*"}, by: ann, params: {low: 1}}
              - {target: {kind: section, sites: {matrix: {languages: [fr, en]}}}, by: sec}
              - {target: {environment: "dev*"}, weight: 7}
              - {by: all}
            ---
            -- content/guide/a.md --
            A
            -- content/guide/b.md --
            ---
            by: own
            ---
            -- content/guide/c/index.md --
            C
            -- content/guide/sub/_index.md --
            ---
            cascade: {target: {path: "/guide/sub/**", kind: page}, by: near}
            ---
            -- content/guide/sub/x.md --
            X

            """)
        expectBuild(
            site,
            [
                "guide/a/index.html": "ann 1 0 2", "guide/b/index.html": "own  0 1",
                "guide/c/index.html": "all  0 1",
                "guide/index.html": "  0 0", "guide/sub/index.html": "sec  0 1",
                "guide/sub/x/index.html": "near  0 1",
            ])
        #expect(site.findings.map(\.message) == [])
        site.world.options.environment = "development"
        expectBuild(site, ["guide/a/index.html": "ann 1 7 2", "guide/sub/index.html": "sec  7 1"])
        site.replace("{a,z}*", by: "{b,c}", in: "content/guide/_index.md")
        expectBuild(
            site, ["guide/a/index.html": "all  7 1", "guide/b/index.html": "own 1 7 2"])
        #expect(site.last?.written.contains("guide/sub/x/index.html") == false)
    }

    /// For whom it was meant, nobody knows: then it is for nobody.
    @Test(arguments: [
        ("{pth: \"/guide/**\"}", "unknown-key", "known are kind, path, lang and environment"),
        ("{kind: page, lng: en}", "unknown-key", "known are kind, path, lang and environment"),
        ("page", "wrong-type", "target: {path: \"/blog/**\", kind: page}"),
        ("{kind: [page, section]}", "wrong-type", "write kind: \"{page,section}\" for each of them"),
        ("{path: }", "wrong-type", ""),
        ("{path: \"guide/**\"}", "key-without-effect", "write path: \"/guide/**\""),
        ("{sites: {matrix: {roles: [guest]}}}", "unknown-key", "write lang: \"{en,fr}\""),
        ("{sites: {matrix: {languages: [en], roles: [guest]}}}", "unknown-key", "write lang: \"{en,fr}\""),
    ])
    func aTargetThatIsNotUnderstoodIsForNobody(_ target: String, _ code: String, _ hint: String) {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            [{{ page.params.by or "" }}]
            -- templates/section.html --
            [{{ page.params.by or "" }}]
            -- content/guide/_index.md --
            ---
            title: Guide
            ---
            -- content/guide/a.md --
            A

            """)
        expectBuild(site)
        site.edit(
            "-- content/guide/_index.md --\n---\ntitle: Guide\ncascade: [{target: \(target), draft: true, by: x}]\n---\n"
        )
        expectBuild(site, ["guide/index.html": "[]", "guide/a/index.html": "[]"])
        #expect(site.findings.map(\.code.name) == [code])
        #expect(site.findings.map { $0.hint ?? "" } == [hint])
    }

    @Test func whatIsNoMapIsSaidToBeNone() {
        expectSite(
            "-- content/guide/_index.md --\n---\ncascade: draft\n---\n-- content/guide/a.md --\nA\n", [:],
            findings: ["wrong-type content/guide/_index.md:2:10"])
        let site = SiteUnderTest("-- content/guide/_index.md --\n---\ncascade: draft\n---\n")
        expectBuild(site)
        #expect(site.findings.map(\.message) == ["\"cascade\" should be a map of keys, not \"draft\""])
        #expect(site.findings.map(\.hint) == ["write cascade: {draft: …}"])
    }

    /// `1.2` is a version, no language: the page's path has all of its name.
    @Test func onlyTheLanguagesOfTheSiteAreNoPartOfAPath() {
        expectSite(
            """
            -- site.json --
            {"languages": {"en": {}, "de": {}, "pt-BR": {}}}
            -- templates/page.html --
            [{{ page.params.by or "" }}]
            -- content/blog/_index.md --
            ---
            cascade:
              - {target: {path: "/blog/release-1.2"}, by: Ada}
              - {target: {path: "/blog/release-1"}, by: Eve}
            ---
            -- content/blog/_index.de.md --
            ---
            cascade: [{target: {path: "/blog/other", lang: "{de,pt-BR}"}, by: Bob}]
            ---
            -- content/blog/_index.pt-br.md --
            ---
            cascade: [{target: {path: "/blog/other", lang: "{de,pt-BR}"}, by: Bob}]
            ---
            -- content/blog/release-1.2.md --
            A
            -- content/blog/other.md --
            A
            -- content/blog/other.de.md --
            A
            -- content/blog/other.pt-br.md --
            A

            """,
            [
                "blog/release-1-2/index.html": "[Ada]", "de/blog/other/index.html": "[Bob]",
                "pt-BR/blog/other/index.html": "[Bob]", "blog/other/index.html": "[]",
            ])
    }
}
