import Foundation
import TestSupport
import Testing

/// The program as people and scripts meet it.
@Suite(.enabled(if: SiteProgram.path != nil)) struct CommandTests {
    /// A site of one page.
    static let page = """
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
        #expect(run.error.contains("one file is published as it is: picture.svg"))
        // With a configuration it is a site, whose content lies in a folder of its own unless that says otherwise.
        try site.write("-- site.json --\n{\"title\": \"Mine\"}\n-- templates/404.html --\ngone\n")
        let second = try site.run("build")
        #expect(second.code == 1 && second.error.contains("\"content\": \".\""), "\(second.error)")
        #expect(site.text("public/other/index.html") != nil)
        try site.write("-- site.json --\n{\"title\": \"Mine\", \"content\": \".\"}\n")
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

    @Test("A time that no calendar here can tell is the next that it can")
    func timesWithoutEnd() throws {
        let site = try SiteOnDisk(
            "-- templates/page.html --\n{{ now(\"year\").year }} {{ now(\"hour\").hour }}\n-- content/a.md --\nA\n"
                + "-- site.json --\n{\"title\": \"T\", \"timeZone\": \"Europe/Berlin\"}\n")
        for (now, year) in [("9223372036854775807", "9999"), ("-9223372036854775808", "-996")] {
            let run = try site.run("build", "--now=\(now)")
            #expect(run.code == 0, "\(run.error)")
            let page = try String(contentsOfFile: site.path + "/public/a/index.html", encoding: .utf8)
            #expect(page.hasPrefix(year), "\(page)")
        }
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

    @Test("Help on a command that is not there is an error, said as errors are")
    func unknownHelp() throws {
        let run = try SiteProgram.run(["help", "biuld"])
        #expect(run.code == 2)
        #expect(run.error.contains("error: there is no command \"biuld\"\nhint: did you mean \"build\"?"))
        #expect(try SiteProgram.run(["help", "build"]).output.contains("USAGE: site build"))
        #expect(try SiteProgram.run(["build", "--nope"]).error.hasPrefix("error: "))
    }

    @Test("An explanation is in the object, too")
    func explainedAsJSON() throws {
        let run = try SiteOnDisk(Self.page).run("build", "--explain", "--format", "json")
        #expect((run.json["explained"] as? [String])?.contains { $0.contains("content/a.md") } == true)
    }

    @Test("A file is one line of the list, whatever it is called")
    func namesWithLines() throws {
        let site = try SiteOnDisk("-- content/a.md --\nA\n")
        try Data().write(to: URL(fileURLWithPath: site.path + "/content/b\nc\td.md"))
        let lines = try site.run("list").output.split(separator: "\n")
        #expect(lines.count == 2 && lines[1].hasPrefix("content/b\\nc\\td.md\tpublished\t"), "\(lines)")
    }

    @Test("A folder of somebody's where a file should be is told with what to do")
    func folderInTheWay() throws {
        let site = try SiteOnDisk(Self.page)
        _ = try site.run("build")
        try site.write("-- content/zz.md --\nZ\n-- public/zz/index.html/mine.txt --\nmine\n")
        let run = try site.run("build")
        #expect(
            run.code == 1 && run.error.contains("stands in the way of an output")
                && run.error.contains("--> public/zz/index.html/mine.txt"), "\(run.error)")
        // Nothing would be written over it.
        #expect(run.error.contains("hint: move it away") && !run.error.contains("--force"))
    }

    @Test("Options that take a path complete paths")
    func completion() throws {
        let lines = try SiteProgram.run(["completion", "bash"]).output.split(separator: "\n")
        for option in ["source", "output", "templates", "data", "trace", "not", "if"] {
            let cases = lines.indices.filter { lines[$0].hasSuffix("'--\(option)')") }
            #expect(!cases.isEmpty, "\(option)")
            for line in cases {
                #expect(
                    lines[line + 1].contains("-o filenames") || lines[line + 1].contains("add_completions"),
                    "\(option): \(lines[line + 1])")
            }
        }
    }
}
