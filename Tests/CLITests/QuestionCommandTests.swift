import Foundation
import TestSupport
import Testing

/// `site why`, `deps`, `rdeps`, `clean`, and the options of `site build` that prove things.
@Suite(.enabled(if: SiteProgram.path != nil)) struct QuestionCommandTests {
    /// A site that was built twice, with another title of one post in between.
    private func edited(output: [String] = []) throws -> SiteOnDisk {
        let site = try SiteOnDisk(
            """
            -- content/posts/a.md --
            ---
            title: Arc
            date: 2026-01-02
            ---
            Text.
            -- content/posts/b.md --
            ---
            title: Before
            date: 2026-01-01
            ---
            Text.
            -- content/about.md --
            # About

            """)
        _ = try SiteProgram.run(["build"] + output, in: site.path)
        try site.write("-- content/posts/a.md --\n---\ntitle: Arcs\ndate: 2026-01-02\n---\nText.\n")
        _ = try SiteProgram.run(["build"] + output, in: site.path)
        return site
    }

    @Test("Why an output was made: the chain down to the file, with the value before and after")
    func why() throws {
        let site = try edited()
        let text = try site.run("why", "public/posts/b/index.html")
        #expect(text.code == 0)
        #expect(text.output.contains("posts/b/index.html: made in build 2 ("), "\(text.output)")
        #expect(
            text.output.contains("└ content/posts/a.md: title  \"Arc\" → \"Arcs\"\nit reads "),
            "\(text.output)")
        // The first line says how long ago that was.
        let bySource = try site.run("why", "content/posts/b.md").output
        #expect(bySource.split(separator: "\n").dropFirst() == text.output.split(separator: "\n").dropFirst())
        let json = try site.run("why", "posts/b/", "--format", "json").json
        #expect(json["output"] as? String == "posts/b/index.html")
        #expect(json["build"] as? Int == 2)
        let chain = try #require(json["chain"] as? [[String: Any]])
        #expect(chain.map { $0["kind"] as? String } == ["page-output", "page-meta"])
        #expect((chain.first?["cause"] as? [String: Any])?["part"] as? String == "title")
        let last = try site.run("why", "--last", "--format", "json").json
        #expect((last["ran"] as? [[String: Any]])?.isEmpty == false)
        let reached = try site.run("why", "--if", "content/about.md", "--format", "json").json
        #expect((reached["outputs"] as? [String])?.contains("about/index.html") == true)
    }

    @Test("Why an output was left alone, asked by output or by source")
    func whyNot() throws {
        let site = try edited()
        for path in ["content/about.md", "public/about/index.html", "about/"] {
            let text = try site.run("why", "--not", path)
            #expect(text.code == 0, "\(text.error)")
            #expect(text.output.contains("about/index.html: verified in build 2 ("), "\(text.output)")
            #expect(text.output.contains("reads, all equal"), "\(text.output)")
        }
        let made = try site.run("why", "--not", "content/posts/a.md")
        #expect(made.output.contains("not left alone"), "\(made.output)")
        let json = try site.run("why", "--not", "content/about.md", "--format", "json").json
        let answer = try #require((json["outputs"] as? [[String: Any]])?.first)
        #expect(answer["made"] as? Bool == false)
        #expect((answer["reads"] as? Int ?? 0) > 3)
        #expect(try site.run("why", "--not", "content/nowhere.md").code == 1)
        #expect(try site.run("why").code == 2)
    }

    @Test("What reads what, as objects")
    func reads() throws {
        let site = try edited()
        let reads = try #require(
            try site.run("deps", "about/", "--format", "json").json["reads"] as? [[String: Any]])
        #expect(reads.contains { $0["kind"] as? String == "page-body" })
        let json = try site.run("rdeps", "content/posts/a.md#title", "--format", "json").json
        #expect(json["field"] as? String == "title")
        let readers = try #require(json["readers"] as? [[String: Any]])
        #expect(readers.contains { $0["name"] as? String == "en:content/posts/b.md" }, "\(json)")
        let clean = try site.run("clean", "--format", "json")
        #expect((clean.json["removed"] as? Int ?? 0) > 5)
        #expect(clean.error == "")
        #expect(site.files().isEmpty)
    }

    @Test("Questions about another output folder are asked with --output")
    func otherOutput() throws {
        let site = try edited(output: ["--output", "elsewhere"])
        #expect(try site.run("why", "posts/b/").code == 1)
        for arguments in [
            ["why", "elsewhere/posts/b/index.html"], ["why", "--not", "content/about.md"],
            ["deps", "about/"], ["rdeps", "content/about.md"],
        ] {
            let run = try SiteProgram.run(arguments + ["--output", "elsewhere"], in: site.path)
            #expect(run.code == 0 && !run.output.isEmpty, "\(arguments): \(run.error)")
        }
    }

    @Test("An audit runs reused results again; a trace can be read by Chrome")
    func proofs() throws {
        let site = try edited()
        let audit = try site.run("build", "--audit", "100")
        #expect(audit.code == 0)
        #expect(audit.error.contains("made again, all equal"), "\(audit.error)")
        let json = try site.run("build", "--audit", "50", "--format", "json").json
        let counts = try #require(json["audit"] as? [String: Any])
        let reused = try #require(counts["reused"] as? Int)
        #expect((1...reused).contains(counts["audited"] as? Int ?? 0))
        let verified = try site.run("build", "--verify", "--format", "json")
        let verdict = try #require(verified.json["verify"] as? [String: Any])
        #expect(verified.json["ok"] as? Bool == true && verified.code == 0)
        #expect(verdict["files"] as? Int ?? 0 > 5 && (verdict["differences"] as? [String]) == [])
        #expect(try site.run("build", "--audit", "101").code == 2)
        try site.write("-- content/about.md --\n# Other\n")
        #expect(try site.run("build", "--trace", "trace.json").code == 0)
        let trace = try JSONSerialization.jsonObject(with: Data((site.text("trace.json") ?? "").utf8))
        let events = try #require((trace as? [String: Any])?["traceEvents"] as? [[String: Any]])
        #expect(events.contains { $0["name"] as? String == "page-output en:content/about.md" })
        #expect(events.contains { $0["name"] as? String == "publish" && $0["cat"] as? String == "phase" })
        #expect(try site.run("build", "--trace", "/proc/nowhere/trace.json").code == 3)
        // It is written in its place: a device is no file to be replaced.
        let full = try site.run("build", "--trace", "/dev/full")
        #expect(
            full.code == 3 && full.error.contains("cannot write /dev/full: No space left"), "\(full.error)")
        #expect(try site.run("build", "--trace", "content").code == 3)
    }

    @Test("With the store deleted and a page gone, nothing stale is left and nothing foreign is touched")
    func lostStore() throws {
        let site = try edited()
        try site.write("-- public/CNAME --\nexample.org\n-- content/posts/b.md (deleted) --\n")
        try FileManager.default.removeItem(atPath: site.path + "/.site")
        let run = try site.run("build")
        // On a disk without extended attributes the files cannot be told from somebody else's.
        guard run.code == 0 else {
            #expect(run.error.contains("error[foreign-output]"), "\(run.error)")
            return
        }
        #expect(site.text("public/posts/b/index.html") == nil)
        #expect(site.text("public/posts/a/index.html")?.contains("Arcs") == true)
        #expect(site.text("public/CNAME") == "example.org\n")
    }

    @Test("A part of the configuration that nothing reads, and a page without its slash, are understood")
    func nearlyRight() throws {
        let site = try edited()
        try site.write("-- site.json --\n{\"title\": \"T\"}\n")
        _ = try site.run("build")
        let parts = try site.run("rdeps", "site.json#titel")
        #expect(parts.code == 1 && parts.error.contains("did you mean \"title\"?"), "\(parts.error)")
        #expect(try site.run("deps", "about").output == site.run("deps", "about/").output)
        let last = try site.run("why", "--last").output
        #expect(!last.contains("settings-check") && !last.contains("is-past"), "\(last)")
    }
}
