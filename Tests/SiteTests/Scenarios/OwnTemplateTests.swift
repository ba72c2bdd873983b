import Files
import Site
import Testing
import Text

/// Templates of the site that no page is written with: a name that means something elsewhere is told.
@Suite struct OwnTemplateTests {
    /// The findings of one more template beside a site that works.
    private func findings(_ path: String, _ text: String = "x", more: String = "") -> [String] {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.content }}
            -- content/blog/a.md --
            A
            -- \(path) --
            \(text)
            \(more)
            """)
        expectBuild(site)
        return site.findings.map {
            "\($0.code.name) \($0.location?.path.text ?? ""): \($0.hint ?? "")"
        }
    }

    @Test(arguments: [
        ("index.html", "home.html"), ("blog/index.html", "blog/section.html"), ("single.html", "page.html"),
        ("post.html", "page.html"), ("_default/single.html", "page.html"),
        ("blog/list.html", "blog/section.html"),
        ("list.html", "section.html"), ("tags.html", "taxonomy.html, or tags/taxonomy.html"),
        ("tag.html", "term.html, or tags/term.html"), ("Home.html", "home.html"),
        ("component/video.html", "components/video.html"), ("shortcodes/video.html", "components/video.html"),
    ])
    func aNameOfAnothersIsTold(_ name: String, _ meant: String) {
        #expect(
            findings("templates/" + name) == ["unused-template templates/\(name): did you mean \(meant)?"])
    }

    @Test(arguments: [
        // Whoever asks for it knows what it is.
        ("index.html", "-- templates/home.html --\n{% include \"index.html\" %}\n"),
        ("list.html", "-- templates/section.html --\n{% extends \"list.html\" %}\n"),
        ("post.html", "-- content/blog/b.md --\n---\nlayout: post\n---\n"),
        ("post.html", "-- content/blog/_index.md --\n---\ncascade: {template: post.html}\n---\n"),
        ("blog/single.html", "-- content/blog/b.md --\n---\ntemplate: blog/single\n---\n"),
        // Names of one's own.
        ("hero.html", ""), ("partials/list.html", ""), ("components/index.html", ""), ("README.md", ""),
        (".index.html", ""), ("macros/post.html", ""),
    ])
    func aNameThatIsAskedForIsNot(_ name: String, _ more: String) {
        #expect(findings("templates/" + name, more: more) == [])
    }

    /// Another generator's templates may lie beside those of a site that works.
    @Test(arguments: ["old/hero.html", "old/single.html"])
    func whatNothingAsksForIsNotCompiled(_ name: String) {
        let broken = "{{ define \"main\" }}{{ .Content"
        let told = findings("templates/" + name, broken)
        #expect(
            told
                == (name == "old/hero.html"
                    ? [] : ["unused-template templates/\(name): did you mean old/page.html?"]))
        #expect(
            findings(
                "templates/" + name, broken, more: "-- site.json --\n{\"ignore\": [\"templates/old/\"]}\n")
                == [])
    }

    @Test func layoutsAreNotRead() {
        let site = SiteUnderTest(
            "-- content/a.md --\nA\n-- layouts/_default/single.html --\n{{ .Content }}\n")
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "")" } == [
                "unprocessed-file layouts/_default/single.html"
            ])
        site.edit("-- site.json --\n{\"ignore\": [\"layouts/\"]}\n")
        expectBuild(site)
        #expect(site.findings.isEmpty)
    }

    /// A look at the folder is no look at the pages: a text that changes makes nothing of this again.
    @Test func aTextThatChangesLooksAtNoTemplate() {
        let site = SiteUnderTest(
            "-- templates/page.html --\n{{ page.content }}\n-- templates/list.html --\nx\n-- content/a.md --\nA\n-- content/b.md --\nB\n"
        )
        expectBuild(site)
        site.edit("-- content/a.md --\nC\n")
        expectBuild(site, ["a/index.html": "C"])
        #expect(site.last?.ran.contains { $0.contains("settings-check") || $0.contains("template") } == false)
        site.edit("-- content/a.md --\n---\ntemplate: list\n---\n")
        expectBuild(site, ["a/index.html": "x"])
        #expect(site.findings.isEmpty)
    }

    /// One that cannot be read is told once, not as if it were not there.
    @Test func aTemplateThatIsNoTextIsToldAlone() {
        let site = SiteUnderTest("-- content/a.md --\nA\n-- content/b.md --\nB\n")
        site.world.source.put("templates/page.html", bytes: [0x61, 0xFF])
        site.world.source.put("templates/home.html", bytes: [0x61])
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["invalid-utf8"], "\(site.findings.map(\.message))")
    }
}
