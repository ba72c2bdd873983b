import Files
import Engine
import Site
import Testing
import Text

/// Folders that `site.json` names: a slip of the pen must not unpublish what came out of them.
@Suite struct FolderTests {
    private static let site = """
        -- site.json --
        {"content": "inhalt", "data": "daten", "static": {"bilder": "/img/"}, "theme": "own", "languages": {"en": {}, "de": {"contentFolder": "de"}}}
        -- themes/own/templates/page.html --
        {{ page.content }}{{ site.data.get("a", {}).get("x", "") }}
        -- themes/own/templates/home.html --
        {{ page.title }}
        -- inhalt/a.md --
        A
        -- inhalt/de/a.md --
        A
        -- daten/a.json --
        {"x": 1}
        -- bilder/a.svg --
        <svg width="1" height="1"></svg>

        """

    @Test(arguments: [
        ("\"inhalt\"", "\"inhlt\"", "inhalt"), ("\"daten\"", "\"data1\"", nil),
        ("\"daten\"", "\"datem\"", "daten"), ("\"bilder\"", "\"bilde\"", "bilder"),
        ("{\"contentFolder\": \"de\"}", "{\"contentFolder\": \"dee/x\"}", nil),
    ])
    func aNameThatIsNoFolderUnpublishesNothing(_ name: String, _ slip: String, _ meant: String?) {
        let site = SiteUnderTest(Self.site)
        expectBuild(
            site, ["a/index.html": "<p>A</p>\n1", "img/a.svg": "<svg", "de/a/index.html": "<p>A</p>"])
        site.replace(name, by: slip, in: "site.json")
        expectBuild(site)
        #expect(site.last?.report.build.failed == true && site.output("de/a/index.html") != nil)
        #expect(site.findings.map(\.code.name) == ["missing-folder"])
        let hint = site.findings.first?.hint ?? ""
        #expect(hint == meant.map { "did you mean \"\($0)\"?" } ?? hint && !hint.isEmpty, "\(hint)")
        site.replace(slip, by: name, in: "site.json")
        expectRebuilt(site, ran: nil, written: "")
    }

    @Test func aSiteThatIsItsContentIsToldAsWell() {
        expectSite(
            """
            -- site.json --
            {"content": ".", "data": "_dat", "static": {"bild": "/img/"}}
            -- a.md --
            A
            -- _data/a.json --
            1

            """, [:],
            findings: ["missing-folder site.json:1:26", "missing-folder site.json:1:53"])
    }

    @Test func aThemeThatIsNotThereUnpublishesNothing() {
        let site = SiteUnderTest(Self.site)
        expectBuild(site)
        site.replace("\"own\"", by: "\"onw\"", in: "site.json")
        expectBuild(site)
        #expect(site.last?.report.build.failed == true)
        #expect(site.findings.map(\.code.name) == ["unknown-theme"])
    }

    /// Emacs leaves `#name#`; a name may begin with the mark.
    @Test func aNameMayBeginWithANumberSign() {
        let site = SiteUnderTest(
            "-- content/blog/# Notes.md --\nN\n-- content/#hash.md --\nH\n-- content/#left.md# --\nL\n")
        expectBuild(site, ["blog/notes/index.html": "N", "hash/index.html": "H"])
        #expect(!site.disk.files.contains { $0.path.text.contains("left") })
    }
}
