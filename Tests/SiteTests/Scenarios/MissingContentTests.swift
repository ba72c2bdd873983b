import Engine
import Site
import Testing
import Text

/// A site whose folder of content is called otherwise, or is gone: nothing of it may go with it, and nothing else come.
@Suite struct MissingContentTests {
    private static let site = """
        -- templates/page.html --
        {{ page.content }}
        -- deploy.sh --
        SECRET=1
        -- content/about.md --
        About

        """

    private static let whole = "\"content\": \".\" in site.json says that this folder itself is the content"

    private static let cases: [(configuration: String?, folder: String?, hint: String)] = [
        // Of addresses that lead nowhere now nothing is said.
        (
            #"{"menus": {"main": [{"name": "A", "url": "/about/"}]}}"#, "contents",
            "did you mean \"contents\"? Call it \"content\", or name it in site.json; \(whole)"
        ),
        ("{}", "posts", "is it \"posts\"? \"content\": \"posts\" in site.json says so; \(whole)"),
        ("{}", "public", "make the folder \"content\"; \(whole)"),
        ("{}", nil, whole),
        (
            nil, "contents",
            "did you mean \"contents\"? Call it \"content\", or name it in site.json; \(whole)"
        ),
    ]

    @Test(arguments: cases)
    func aSiteWithoutContentPublishesNothing(_ configuration: String?, _ folder: String?, _ hint: String) {
        let site = SiteUnderTest(Self.site + (configuration.map { "-- site.json --\n\($0)\n" } ?? ""))
        expectBuild(site, ["about/index.html": "About"])
        site.edit("-- content (deleted) --\n-- \(folder.map { $0 + "/" } ?? "")about.md --\nAbout\n")
        expectBuild(site, ["about/index.html": "About"])
        #expect(site.last?.report.build.failed == true && site.output("deploy.sh") == nil)
        #expect(
            site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "") \($0.hint ?? "")" }
                == ["missing-folder \(configuration == nil ? "templates" : "site.json") \(hint)"])
        site.edit("-- content/about.md --\nAbout\n")
        expectBuild(site)
        #expect(site.findings.isEmpty)
    }

    @Test func aFolderThatIsNamedAsContentIsContent() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"content\": \".\"}\n-- about.md --\nAbout\n-- a.txt --\nA\n")
        expectBuild(site, ["about/index.html": "About", "a.txt": "A"])
        #expect(site.findings.isEmpty)
    }

    @Test func aFolderOfMarkdownSaysWhatIsPublished() {
        let site = SiteUnderTest("-- README.md --\nA\n-- src/b.md --\nB\n")
        func notes() -> [String] { site.allFindings.filter { $0.code.name == "whole-folder" }.map(\.message) }
        let words = "there is no folder \"content\": this folder itself is the content; "
        expectBuild(site, ["src/b/index.html": "B"])
        #expect(notes() == [words + "nothing besides its Markdown is published"])
        site.edit("-- id_rsa --\nK\n")
        expectBuild(site)
        #expect(notes() == [words + "besides its Markdown, one file is published as it is: id_rsa"])
        site.edit("-- src/a.c --\nK\n-- src/b.c --\nK\n-- src/c.c --\nK\n")
        expectBuild(site)
        #expect(
            notes() == [
                words
                    + "besides its Markdown, 4 files are published as they are: id_rsa, src/a.c, src/b.c …"
            ])
        site.edit("-- site.json --\n{\"content\": \".\"}\n")
        expectBuild(site)
        #expect(notes() == [])
    }
}
