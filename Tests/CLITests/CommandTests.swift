import Foundation
import TestSupport
import Testing

/// The program as people and scripts meet it.
@Suite(.enabled(if: SiteProgram.path != nil)) struct CommandTests {
    private static let page = """
        -- site.json --
        {"title": "T", "baseURL": "https://example.org/"}
        -- content/a.md --
        ---
        title: A
        date: 2026-01-02
        ---
        Text.

        """

    @Test("A good site is built, and its counts are told on standard error")
    func build() throws {
        let site = try SiteOnDisk(Self.page)
        let run = try site.run("build")
        #expect(run.code == 0)
        #expect(run.output == "")
        #expect(run.error.contains("1 page, 1 post, "))
        #expect(site.text("public/a/index.html")?.contains("<h1") == true)
        #expect(try site.run("build").error.contains("nothing written"))
    }

    @Test("A mistake of a template is told once, with the first page and how many more there are")
    func repeatedMistake() throws {
        let site = try SiteOnDisk(Self.page)
        try site.write(
            "-- content/b.md --\n# B\n-- content/c.md --\n# C\n-- templates/page.html --\n{{ page.titel }}\n")
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(run.error.components(separatedBy: "has no attribute 'titel'").count == 2, "\(run.error)")
        #expect(run.error.contains("while rendering content/a.md"))
        #expect(run.error.contains("and 2 more pages; --format json lists all"))
        let all = try site.run("build", "--format", "json")
        #expect((all.output + all.error).components(separatedBy: "has no attribute 'titel'").count == 4)
    }

    @Test("A template that is tried tells all its mistakes, as text and as lines of JSON")
    func triedTemplate() throws {
        let site = try SiteOnDisk("-- templates/x.html --\n{{ 1 2 }}\n{% if %}{% endif %}\n{{ x|nope }}\n")
        let run = try site.run("render", "--templates", "templates", "x.html")
        #expect(run.code == 1)
        for line in 1...3 { #expect(run.error.contains("x.html:\(line):"), "\(run.error)") }
        let lines = try site.run("render", "--templates", "templates", "x.html", "--format", "json").error
        let kinds = lines.split(separator: "\n").map { $0.contains("\"TemplateAssertionError\"") }
        #expect(kinds == [false, false, true], "\(lines)")
    }

    @Test("A folder of Markdown without any configuration is a site")
    func plainFolder() throws {
        let site = try SiteOnDisk(
            """
            -- index.md --
            # Welcome

            See [the other](other.md).
            -- other.md --
            Text.
            -- notes/deep.md --
            # Deep
            -- picture.svg --
            <svg xmlns="http://www.w3.org/2000/svg"/>

            """, named: "my-notes")
        let run = try site.run("build")
        #expect(run.code == 0, "\(run.error)")
        #expect(site.text("public/index.html")?.contains("href=\"/other/\"") == true)
        #expect(site.text("public/index.html")?.contains("my-notes") == true)
        #expect(site.text("public/notes/deep/index.html") != nil)
        #expect(site.text("public/picture.svg") != nil)
        #expect(site.text("public/public/index.html") == nil)
        // It stays one when it gets a configuration.
        try site.write("-- site.json --\n{\"title\": \"Mine\"}\n-- templates/404.html --\ngone\n")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/other/index.html")?.contains("<title>Other | Mine</title>") == true)
        #expect(site.text("public/site.json") == nil && site.text("public/templates/404.html") == nil)
    }

    @Test("Where somebody names the content folder, the whole site is not published in its place")
    func namedContentFolder() throws {
        let site = try SiteOnDisk(
            "-- site.json --\n{\"title\": \"T\", \"content\": \"content\"}\n-- README.md --\nFor the people who work here.\n",
            named: "without-content")
        let run = try site.run("build")
        #expect(run.code == 1 && run.error.contains("missing-folder"), "\(run.error)")
        #expect(!FileManager.default.fileExists(atPath: site.path + "/public"))
        try site.write("-- inhalt/.keep --\n-- site.json --\n{\"title\": \"T\", \"content\": \"inhalt\"}\n")
        #expect(try site.run("build").error.contains("such as inhalt/hello.md"))
        try site.write("-- site.json --\n{\"content\": \"content\"}\n-- content/a.md --\nA\n")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/a/index.html") != nil)
        #expect(site.text("public/readme/index.html") == nil)
        #expect(site.text("public/README/index.html") == nil)
    }

    @Test("A base URL with a path stands before every address")
    func basePath() throws {
        let site = try SiteOnDisk(Self.page)
        try site.write("-- content/b.md --\n[a](a.md) and [root](/a/)\n")
        let run = try site.run("build", "--base-url", "https://example.org/blog/")
        #expect(run.code == 0, "\(run.error)")
        let page = try #require(site.text("public/b/index.html"))
        #expect(page.components(separatedBy: "href=\"/blog/a/\"").count >= 3)
        #expect(!page.contains("href=\"/a/\""))
        #expect(site.text("public/sitemap.xml")?.contains("<loc>https://example.org/blog/a/</loc>") == true)
    }

    @Test("Drafts, future and expired pages are named, and built when asked for")
    func skipped() throws {
        let site = try SiteOnDisk(Self.page)
        try site.write(
            """
            -- content/draft.md --
            ---
            draft: true
            ---
            -- content/unpublished.md --
            ---
            published: false
            ---
            -- content/later.md --
            ---
            date: 2030-01-01
            ---
            -- content/gone.md --
            ---
            expires: 2026-02-01
            ---

            """)
        let now = ["--now", "2026-06-01T00:00:00Z"]
        let run = try SiteProgram.run(["build"] + now, in: site.path)
        #expect(run.code == 0, "\(run.error)")
        #expect(run.error.contains("skipped, draft: content/draft.md, content/unpublished.md"))
        #expect(run.error.contains("skipped, future: content/later.md (2030-01-01T00:00:00+00:00)"))
        #expect(run.error.contains("skipped, expired: content/gone.md (2026-02-01T00:00:00+00:00)"))
        #expect(run.error.contains("next change without an edit: 2030-01-01T00:00:00Z"))
        let json = try SiteProgram.run(["build", "--format", "json"] + now, in: site.path).json
        #expect((json["skipped"] as? [[String: Any]])?.count == 4)
        #expect(json["nextDue"] as? String == "2030-01-01T00:00:00Z")
        let all = try SiteProgram.run(
            ["build", "--drafts", "--future", "--expired", "--format", "json"] + now, in: site.path
        ).json
        #expect(all["pages"] as? Int == 5)
        #expect(try site.run("list", "drafts").output.contains("content/draft.md\tdraft"))
    }

    @Test("The object of --format json has its keys, and nothing else is printed")
    func jsonShape() throws {
        let site = try SiteOnDisk(Self.page)
        try site.write("-- content/b.md --\n---\ntitel: B\n---\n[x](nowhere.md)\n")
        let run = try site.run("build", "--format", "json")
        #expect(run.code == 0)
        #expect(run.error == "")
        let expected: Set<String> = [
            "command", "ok", "durationMs", "pages", "posts", "written", "removed", "reused", "ran", "skipped",
            "diagnostics",
        ]
        #expect(Set(run.json.keys).isSuperset(of: expected))
        #expect(run.json["command"] as? String == "build")
        #expect(run.json["ok"] as? Bool == true)
        let finding = try #require(run.diagnostics.first { $0["code"] as? String == "unknown-key" })
        #expect(finding["severity"] as? String == "warning")
        #expect(finding["path"] as? String == "content/b.md")
        #expect(finding["line"] as? Int == 2)
        #expect(finding["column"] as? Int == 1)
        #expect((finding["hint"] as? String)?.contains("title") == true)
    }

    @Test(
        "Each mistake that stops a build is told with its place and code; the last output stays",
        arguments: Mistake.all)
    func errors(mistake: Mistake) throws {
        let site = try SiteOnDisk(Self.page)
        #expect(try site.run("build").code == 0)
        let before = site.files()
        try site.write(mistake.files)
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(run.error.contains("error[\(mistake.code)]"), "\(run.error)")
        if let place = mistake.place { #expect(run.error.contains("--> \(place)\n"), "\(run.error)") }
        if let hint = mistake.hint { #expect(run.error.contains(hint), "\(run.error)") }
        #expect(run.error.contains("nothing was published"))
        #expect(site.files() == before)
    }

    @Test("Bytes that are not UTF-8 are an error at their place")
    func invalidText() throws {
        let site = try SiteOnDisk(Self.page)
        try site.write(Array("# A\n\nHel".utf8) + [0xFF] + Array("lo\n".utf8), to: "content/b.md")
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(
            run.error.contains("error[invalid-utf8]") && run.error.contains("--> content/b.md:3:4\n"),
            "\(run.error)")
    }

    @Test("Each slip that does not stop a build is a warning with its place", arguments: Mistake.slips)
    func warnings(slip: Mistake) throws {
        let site = try SiteOnDisk(Self.page)
        try site.write(slip.files)
        let run = try site.run("build")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.error.contains("warning[\(slip.code)]"), "\(run.error)")
        if let place = slip.place { #expect(run.error.contains("--> \(place)\n"), "\(run.error)") }
        if let hint = slip.hint { #expect(run.error.contains(hint), "\(run.error)") }
        let strict = try site.run("build", "--strict")
        #expect(strict.code == 1)
        #expect(strict.error.contains("error[\(slip.code)]"))
        let quiet = try site.run("build", "--quiet")
        #expect(quiet.code == 0)
        #expect(quiet.error == "" && quiet.output == "")
    }

    @Test(
        "Misuse ends with 2 and says what was meant",
        arguments: [
            (["biuld"], "did you mean \"build\"?"),
            (["build", "--draft"], "Did you mean '--drafts'?"),
            (["build", "--jobs", "0"], "--jobs"),
            (["build", "--now", "tomorrow"], "is no time"),
            (["build", "--format", "yaml"], "'text' and 'json'"),
            (["build", "--jobs", "0"], "--jobs should be a number from 1 to 1024, not 0"),
            (["serve", "--jobs", "0"], "--jobs should be a number from 1 to 1024, not 0"),
            (["build", "--output", "/"], "is no folder for output"),
            (["build", "--output", "."], "must not hold the site itself"),
            (["build", "--output", ".."], "must not hold the site itself"),
            (["build", "--output", "content/x"], "must not lie in content/"),
        ])
    func misuse(arguments: [String], words: String) throws {
        let site = try SiteOnDisk(Self.page)
        let run = try SiteProgram.run(arguments, in: site.path)
        #expect(run.code == 2)
        #expect(run.error.contains(words), "\(run.error)")
        #expect(site.text("public/index.html") == nil)
    }

    @Test("What a link out of the site leads to is never published")
    func linkOutside() throws {
        let site = try SiteOnDisk(Self.page)
        let other = try SiteOnDisk("-- secret.md --\nSecret.\n")
        try FileManager.default.createSymbolicLink(
            atPath: site.path + "/content/linked.md", withDestinationPath: other.path + "/secret.md")
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(run.error.contains("error[link-outside]") && run.error.contains("--> content/linked.md"))
        try site.write("-- site.json --\n{\"ignore\": [\"content/linked.md\"]}\n")
        #expect(try site.run("build").code == 0)
        // A link to a file of the site is that file.
        try FileManager.default.createSymbolicLink(
            atPath: site.path + "/content/again.md", withDestinationPath: "a.md")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/again/index.html") != nil && site.text("public/linked/index.html") == nil)
    }

    @Test("A link that leads nowhere is told, until it does")
    func deadLinks() throws {
        let site = try SiteOnDisk(
            Self.page
                + "-- static/f.txt --\n-- assets/f.txt --\n-- data/f.yml --\na: 1\n-- templates/f.html --\n"
                + "-- i18n/en.yml --\nx: y\n")
        func link(_ path: String, _ target: String) throws {
            try FileManager.default.createSymbolicLink(
                atPath: site.path + "/" + path, withDestinationPath: target)
        }
        func told() throws -> [String] {
            let run = try site.run("build")
            #expect(run.code == 0)
            let lines = run.error.split(separator: "\n")
            #expect(
                lines.count { $0.contains("[unreadable-file]") }
                    == lines.count { $0.contains("warning[unreadable-file]") })
            return lines.filter { $0.contains("--> ") && $0.contains("link") }.map {
                String($0.drop { $0 != ">" }.dropFirst(2).prefix { $0 != ":" })
            }.sorted()
        }
        let folders = ["assets", "content", "data", "i18n", "static", "templates"]
        for folder in folders { try link(folder + "/link.md", "gone.md") }
        try link("content/link-y.md", "link-z.md")
        try link("content/link-z.md", "link-y.md")
        try link("content/link-up", "..")
        let circles = ["content/link-up", "content/link-y.md", "content/link-z.md"]
        #expect(try told() == (folders.map { $0 + "/link.md" } + circles).sorted())
        #expect(try site.run("build", "--strict").code == 3)
        for folder in folders.dropFirst() { try site.write("-- \(folder)/gone.md --\nText.\n") }
        for path in circles { try FileManager.default.removeItem(atPath: site.path + "/" + path) }
        #expect(try told() == ["assets/link.md"])
        #expect(site.text("public/link/index.html") != nil)
        try FileManager.default.removeItem(atPath: site.path + "/assets/link.md")
        #expect(try told() == [])
    }

    @Test("An output folder that is none is refused by its name", arguments: ["file", "link"])
    func noFolder(kind: String) throws {
        let site = try SiteOnDisk(Self.page)
        if kind == "file" {
            try site.write("-- public --\nmine\n")
        } else {
            try FileManager.default.createSymbolicLink(
                atPath: site.path + "/public", withDestinationPath: "/nowhere")
        }
        let run = try site.run("build")
        #expect(run.code == 2)
        #expect(
            run.error.contains("the output folder public is a \(kind == "file" ? "file" : "symbolic link")"))
    }

    @Test("An environment that is nearly one of the file's is told")
    func environmentSlip() throws {
        let site = try SiteOnDisk(Self.page)
        try site.write("-- site.json --\n{\"environments\": {\"staging\": {}}}\n")
        let run = try site.run("build", "--environment", "stagin")
        #expect(run.code == 0)
        #expect(run.error.contains("warning[unknown-environment]") && run.error.contains("\"staging\""))
        #expect(try !site.run("build", "--environment", "preview").error.contains("unknown-environment"))
    }

    @Test("What the world refuses ends with 3")
    func world() throws {
        let run = try SiteProgram.run(["build", "--source", "/nowhere/at/all"])
        #expect(run.code == 3)
        #expect(run.error.contains("/nowhere/at/all"))
    }

    @Test("Under --format json a command that cannot start prints its one object, too")
    func failureAsJSON() throws {
        let run = try SiteProgram.run(["build", "--source", "/nowhere/at/all", "--format", "json"])
        #expect(run.code == 3)
        #expect(run.json["ok"] as? Bool == false)
        #expect((run.json["error"] as? String)?.contains("/nowhere/at/all") == true)
        #expect(run.diagnostics.isEmpty)
        let schema = try SiteProgram.run(["schema", "--format", "json"])
        #expect(schema.code == 0 && schema.json["properties"] != nil)
    }

    @Test("Nothing of ours is left where everything was removed")
    func cleaned() throws {
        let site = try SiteOnDisk(Self.page)
        _ = try site.run("build")
        #expect(FileManager.default.fileExists(atPath: site.path + "/.site"))
        #expect(try site.run("clean").code == 0)
        #expect(!FileManager.default.fileExists(atPath: site.path + "/.site"))
    }

    @Test("A file of somebody else's in the output is not overwritten without --force")
    func foreignFile() throws {
        let site = try SiteOnDisk(Self.page)
        try site.write("-- public/index.html --\nmine\n-- public/CNAME --\nexample.org\n")
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(run.error.contains("error[foreign-output]"))
        #expect(site.text("public/index.html") == "mine\n")
        #expect(try site.run("build", "--force").code == 0)
        #expect(site.text("public/index.html")?.contains("<html") == true)
        #expect(site.text("public/CNAME") == "example.org\n")
        #expect(try site.run("clean").code == 0)
        #expect(site.files().keys.sorted() == ["CNAME"])
    }

    @Test("An empty folder that is there is filled, and stays the folder that it is")
    func emptyOutputFolder() throws {
        let site = try SiteOnDisk(Self.page)
        let output = try TemporaryFolder()
        let path = output.path + "/html"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(unsafe chmod(path, 0o2775) == 0)
        var before = stat()
        #expect(unsafe stat(path, &before) == 0)
        for _ in 0..<2 { #expect(try site.run("build", "--output", path).code == 0) }
        var after = stat()
        #expect(unsafe stat(path, &after) == 0)
        #expect(before.st_ino == after.st_ino && after.st_mode & 0o7777 == 0o2775)
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(names.contains("index.html") && !names.contains { $0.hasPrefix(".") }, "\(names)")
        #expect(try site.run("build", "--output", path, "--format", "json").json["written"] as? Int == 0)
    }

    @Test(
        "No escape sequence is printed where there is no terminal",
        arguments: [[:], ["NO_COLOR": "1"], ["TERM": "xterm-256color"]])
    func color(environment: [String: String]) throws {
        let site = try SiteOnDisk(Self.page)
        try site.write("-- content/b.md --\n[x](nowhere.md)\n")
        let run = try SiteProgram.run(["build"], in: site.path, environment: environment)
        #expect(run.error.contains("warning[broken-link]"))
        #expect(!run.error.contains("\u{1B}"))
    }

    @Test("Variables and flags win over the file, in that order")
    func overrides() throws {
        let site = try SiteOnDisk(Self.page)
        let config = try SiteProgram.run(
            ["config", "--base-url", "https://flag.example/"], in: site.path,
            environment: [
                "SITE_TITLE": "From outside", "SITE_BASE_URL": "https://variable.example/",
                "SITE_PARAMS_COLOR": "red",
            ])
        #expect(config.code == 0, "\(config.error)")
        #expect(config.json["title"] as? String == "From outside")
        #expect(config.json["baseURL"] as? String == "https://flag.example/")
        #expect((config.json["params"] as? [String: Any])?["color"] as? String == "red")
    }

    @Test(
        "What is wrong with a variable is told by config, too",
        arguments: [
            ("SITE_PAGINATION_SIZE", "abc", "wrong-type", 1), ("SITE_TITEL", "x", "unknown-variable", 0),
        ])
    func wrongVariables(name: String, value: String, code: String, exit: Int) throws {
        let site = try SiteOnDisk(Self.page)
        let config = try SiteProgram.run(["config"], in: site.path, environment: [name: value])
        #expect(config.error.contains("[\(code)]"), "\(config.error)")
        #expect(config.code == exit)
        #expect(try !site.run("config").error.contains("["))
    }

    @Test("The schema describes every key of the configuration in force")
    func schema() throws {
        let site = try SiteOnDisk(Self.page)
        let schema = try site.run("schema").json
        let properties = try #require(schema["properties"] as? [String: Any])
        let config = try site.run("config").json
        #expect(config.count > 20)
        #expect(Set(config.keys).subtracting(properties.keys) == [])
    }
}
