import Foundation
import TestSupport
import Testing

/// How the program tells mistakes: of authors, of who calls it, of the world.
@Suite(.enabled(if: SiteProgram.path != nil)) struct MistakeCommandTests {
    @Test("A mistake of a template is told once, with the first page and how many more there are")
    func repeatedMistake() throws {
        let site = try SiteOnDisk(CommandTests.page)
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

    @Test(
        "Each mistake that stops a build is told with its place and code; the last output stays",
        arguments: Mistake.all)
    func errors(mistake: Mistake) throws {
        let site = try SiteOnDisk(CommandTests.page)
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
        let site = try SiteOnDisk(CommandTests.page)
        try site.write(Array("# A\n\nHel".utf8) + [0xFF] + Array("lo\n".utf8), to: "content/b.md")
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(
            run.error.contains("error[invalid-utf8]") && run.error.contains("--> content/b.md:3:4\n"),
            "\(run.error)")
    }

    @Test("Each slip that does not stop a build is a warning with its place", arguments: Mistake.slips)
    func warnings(slip: Mistake) throws {
        let site = try SiteOnDisk(CommandTests.page)
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
            (["build", "--now", "20240105"], "seconds since 1970 have more digits"),
            (["build", "--format", "yaml"], "'text' and 'json'"),
            (["build", "--jobs", "0"], "--jobs should be a number from 1 to 1024, not 0"),
            (["serve", "--jobs", "0"], "--jobs should be a number from 1 to 1024, not 0"),
            (["build", "--output", "/"], "is no folder for output"),
            (["build", "--output", "."], "must not hold the site itself"),
            (["build", "--output", ".."], "must not hold the site itself"),
            (["build", "--output", "content/x"], "must not lie in content/"),
        ])
    func misuse(arguments: [String], words: String) throws {
        let site = try SiteOnDisk(CommandTests.page)
        let run = try SiteProgram.run(arguments, in: site.path)
        #expect(run.code == 2)
        #expect(run.error.contains(words), "\(run.error)")
        #expect(site.text("public/index.html") == nil)
    }

    @Test("Who made skipped pages errors is shown them")
    func skippedPagesAsErrors() throws {
        let site = try SiteOnDisk(CommandTests.page)
        try site.write(
            "-- site.json --\n{\"check\": {\"skipped-page\": \"error\"}}\n-- content/d.md --\n---\ndraft: true\n---\n"
        )
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(run.error.contains("error[skipped-page]") && run.error.contains("1 error:"), "\(run.error)")
    }

    @Test("An environment that is nearly one of the file's is told")
    func environmentSlip() throws {
        let site = try SiteOnDisk(CommandTests.page)
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
}
