import Site
import Testing
import Text

/// What a configuration asks for: done, or a finding at its place.
@Suite struct ConfigurationFindingTests {
    @Test(arguments: [
        (#"{"redirects": {"/a": ""}}"#, "invalid-redirect site.json:1:22"),
        (#"{"redirects": {"/a": {"status": 301}}}"#, "invalid-redirect site.json:1:22"),
        (#"{"redirects": {"/q": {"to": "/a/", "status": -5}}}"#, "wrong-type site.json:1:46"),
        (#"{"redirects": {"/a?b=1": "/b/"}}"#, "invalid-redirect site.json:1:16"),
        (#"{"redirects": {"/a/*": "/b/"}}"#, "alias-pattern site.json:1:16"),
        (#"{"redirects": {"/../a": "/b/"}}"#, "path-leaves-output site.json:1:16"),
        (#"{"static": {"nowhere": "/"}}"#, "missing-folder site.json:1:24"),
        (#"{"static": {"../shared": "/up"}}"#, "wrong-type site.json:1:13"),
        (#"{"static": {".": "/"}}"#, "wrong-type site.json:1:13"),
        (#"{"static": {"content": "../x"}}"#, "wrong-type site.json:1:13"),
        (#"{"pagination": {"path": "/"}}"#, "wrong-type site.json:1:25"),
        (#"{"pagination": {"path": "/page:num/"}}"#, "wrong-type site.json:1:25"),
        (#"{"pagination": {"path": "../p"}}"#, "wrong-type site.json:1:25"),
        (#"{"language": "english"}"#, "wrong-type site.json:1:14"),
        (#"{"taxonomies": {"Tags": {}}}"#, "unknown-key site.json:1:17"),
        (#"{"taxonomies": {"category": {}}}"#, "unknown-key site.json:1:17"),
        (#"{"taxonomies": {"title": {}}}"#, "unknown-key site.json:1:17"),
        (#"{"content": "contnt"}"#, "missing-folder site.json:1:13"),
        (#"{"data": "dta"}"#, "missing-folder site.json:1:10"),
        (#"{"languages": {"en": {}, "de": {"contentFolder": "de"}}}"#, "missing-folder site.json:1:50"),
        (
            #"{"languages": {"en": {"contentFolder": "."}, "de": {"contentFolder": "../de"}}}"#,
            "wrong-type site.json:1:70"
        ),
        (
            #"{"languages": {"en": {"contentFolder": "."}, "de": {"contentFolder": "."}}}"#,
            "wrong-type site.json:1:70"
        ),
        (#"{"static": {".site/x": "/x/"}}"#, "wrong-type site.json:1:13"),
        (#"{"languages": {"en": {}, "x:y": {}}}"#, "wrong-type site.json:1:26"),
        (#"{"languages": {"": {}}}"#, "wrong-type site.json:1:16"),
        (#"{"languages": {"../up": {}}}"#, "wrong-type site.json:1:16"),
        (#"{"language": "x:y"}"#, "wrong-type site.json:1:14"),
        (#"{"theme": ["mine"]}"#, "wrong-type site.json:1:11"),
        (#"{"templates": {"limits": {"depth": 1000000000}}}"#, "wrong-type site.json:1:36"),
        (#"{"templates": {"limits": {"dept": 5}}}"#, "unknown-key site.json:1:27"),
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

    @Test func aTaxonomyCalledLikeAKeyIsFineOnceItHasTerms() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"taxonomies\": {\"author\": {}, \"Series\": {}}}\n-- content/a.md --\nA\n")
        expectBuild(site)
        #expect(site.findings.map(\.hint) == ["did you mean \"authors\"?", "did you mean \"series\"?"])
        // Zola's.
        site.edit("-- content/a.md --\n+++\n[taxonomies]\nauthor = [\"x\"]\n+++\n")
        expectBuild(site, ["author/x/index.html": ""])
        #expect(site.findings.map(\.hint) == ["did you mean \"series\"?"])
    }

    /// As others write it.
    @Test func theWordBeforeTheNumberMayHaveSlashes() {
        expectSite(
            """
            -- site.json --
            {"pagination": {"path": "/seite/", "size": 1}}
            -- templates/section.html --
            {{ paginator.next }}
            -- content/b/a.md --
            A
            -- content/b/c.md --
            C

            """, ["b/index.html": "/b/seite/2/", "b/seite/2/index.html": ""])
    }

    @Test func whatIsForNoVisitorIsNotPublished() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"static": {"more": "/more/"}}
            -- content/a.md --
            A
            -- static/.git/config --
            c
            -- static/.nojekyll --
            n
            -- static/.well-known/x --
            x
            -- more/.env --
            SECRET=1
            -- more/.env.local --
            SECRET=1
            -- more/node_modules/x.js --
            x
            -- more/x.js --
            x

            """)
        expectBuild(site, [".nojekyll": "n", ".well-known/x": "x", "more/x.js": "x"])
        #expect(site.output(".git/config") == nil && site.output("more/.env") == nil)
        #expect(site.output("more/node_modules/x.js") == nil && site.output("more/.env.local") == nil)
        #expect(site.findings.map(\.message) == ["more/.env is for no visitor and is not published"])
        #expect(
            site.findings.first?.notes.map(\.message) == [
                "nor are more/.env.local, more/node_modules, static/.git"
            ])
        site.replace("}}", by: "}, \"ignore\": [\".git\", \".env*\", \"node_modules\"]}", in: "site.json")
        expectBuild(site)
        #expect(site.findings.isEmpty && site.output(".git/config") == nil)
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

    @Test func errorsHaveNoOtherLevel() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"check\": {\"template-error\": \"off\", \"broken-link\": \"off\", \"wrong-type\": \"error\"}}\n-- content/a.md --\nA\n"
        )
        expectBuild(site)
        #expect(
            site.findings.map(\.message) == ["\"template-error\" is an error, which has no other level"])
    }
}
