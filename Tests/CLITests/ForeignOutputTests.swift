import Files
import Foundation
import TestSupport
import Testing
import Text

/// Files of the author's and of other sites are neither removed nor overwritten, however they came where they are.
@Suite(.enabled(if: SiteProgram.path != nil)) struct ForeignOutputTests {
    private static let page =
        "-- site.json --\n{\"baseURL\": \"https://example.org/\"}\n-- content/a.md --\nA\n"

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    private func copy(_ source: String, to target: String) throws {
        let copying = Process()
        copying.executableURL = URL(fileURLWithPath: "/bin/cp")
        copying.arguments = ["-a", source, target]
        try copying.run()
        copying.waitUntilExit()
        #expect(copying.terminationStatus == 0)
    }

    /// Whether files can be marked in the folder of the tests.
    private static let hasMarks: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        let disk = folder.disk()

        disk.setSeal(1, of: .root)
        return disk.seal(of: .root) == 1
    }()

    @Test("Another site below the output folder stays, with the store and without", arguments: [true, false])
    func siteBelow(keepsStore: Bool) throws {
        let blog = try SiteOnDisk(Self.page)
        let docs = try SiteOnDisk(Self.page)
        let www = blog.path + "/../www"
        #expect(try docs.run("build", "-o", www + "/docs").code == 0)
        let before = blog.files(below: "../www/docs").keys.sorted()
        #expect(before.count > 5)
        for arguments in [["build"], ["build", "--strict"], ["clean"]] {
            if !keepsStore { try? FileManager.default.removeItem(atPath: blog.path + "/.site") }
            #expect(try SiteProgram.run(arguments + ["-s", blog.path, "-o", www]).code == 0)
            #expect(blog.files(below: "../www/docs").keys.sorted() == before)
        }
        #expect(blog.files(below: "../www").count == before.count)
    }

    @Test("What is put back from a copy is told, by --verify too, and stays", .enabled(if: hasMarks))
    func putBack() throws {
        let site = try SiteOnDisk(Self.page + "-- content/b.md --\nB\n")
        _ = try site.run("build")
        try copy(site.path + "/public", to: site.path + "/copy")
        try site.write("-- content/b.md (gone) --\n")
        try? FileManager.default.removeItem(atPath: site.path + "/content/b.md")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/b/index.html") == nil)
        // Not removed: what is copied would get the numbers of the inodes that are free then, and be ours again.
        try FileManager.default.moveItem(atPath: site.path + "/public", toPath: site.path + "/aside")
        try copy(site.path + "/copy", to: site.path + "/public")
        for arguments in [["build"], ["build"], ["build", "--verify"]] {
            let run = try SiteProgram.run(arguments, in: site.path)
            #expect(run.code == 0)
            #expect(run.error.contains("warning[stray-output]"), "\(run.error)")
            #expect(run.error.contains("--> public/b/index.html"))
        }
        #expect(site.text("public/b/index.html") != nil)
        try FileManager.default.removeItem(atPath: site.path + "/public/b")
        #expect(try !site.run("build", "--verify").error.contains("stray-output"))
        // A folder alone is not seen to be back, unless somebody asks.
        try copy(site.path + "/copy/b", to: site.path + "/public/b")
        #expect(try site.run("build", "--verify").error.contains("warning[stray-output]"))
    }

    @Test("A page that a store does not know, since it is older, is taken off", .enabled(if: hasMarks))
    func olderStore() throws {
        let site = try SiteOnDisk(Self.page)
        _ = try site.run("build")
        try copy(site.path + "/.site", to: site.path + "/.old")
        try site.save("content/b.md", "B")
        _ = try site.run("build")
        try FileManager.default.removeItem(atPath: site.path + "/content/b.md")
        try FileManager.default.removeItem(atPath: site.path + "/.site")
        try FileManager.default.moveItem(atPath: site.path + "/.old", toPath: site.path + "/.site")
        let run = try site.run("build", "--format", "json")
        #expect(run.code == 0 && run.json["removed"] as? Int == 1)
        #expect(site.text("public/b/index.html") == nil)
    }

    @Test("A folder of the output that is a link is left alone, by builds and by clean")
    func linkedFolder() throws {
        let site = try SiteOnDisk(Self.page + "-- static/img/a.png --\na\n-- static/img/deep/b.png --\nb\n")
        _ = try site.run("build")
        let sources = site.files(below: "static")
        try FileManager.default.removeItem(atPath: site.path + "/public/img")
        try link(site.path + "/public/img", to: "../static/img")
        for arguments in [["build"], ["build", "--force"]] {
            let run = try SiteProgram.run(arguments, in: site.path)
            #expect(run.code == 1)
            #expect(run.error.contains("error[foreign-output]") && run.error.contains("--> public/img:"))
            #expect(site.files(below: "static") == sources)
        }
        // What was published through it is stale.
        try site.save("site.json", "{\"baseURL\": \"https://example.org/\", \"ignore\": [\"static/img\"]}")
        #expect(try site.run("build").code == 0)
        #expect(site.files(below: "static") == sources)
        #expect(try site.run("clean").code == 0)
        #expect(site.files(below: "static") == sources)
    }

    @Test(
        "What became stale behind a link made since is not removed, nor by clean",
        arguments: ["build", "clean"])
    func staleBehindLink(command: String) throws {
        let site = try SiteOnDisk(Self.page + "-- static/img/a.png --\na\n")
        _ = try site.run("build")
        try FileManager.default.moveItem(atPath: site.path + "/public/img", toPath: site.path + "/kept")
        try link(site.path + "/public/img", to: "../kept")
        try FileManager.default.removeItem(atPath: site.path + "/static/img/a.png")
        #expect(try site.run(command).code == 0)
        #expect(site.text("kept/a.png") == "a\n")
    }

    @Test("What comes back from behind a link is ours again", .enabled(if: hasMarks))
    func linkedForAWhile() throws {
        let site = try SiteOnDisk(Self.page + "-- static/img/x.svg --\n<svg/>\n")
        #expect(try site.run("build").code == 0)
        let folder = site.path + "/public/img"
        try FileManager.default.moveItem(atPath: folder, toPath: site.path + "/kept")
        try link(folder, to: "../elsewhere")
        try FileManager.default.createDirectory(
            atPath: site.path + "/elsewhere", withIntermediateDirectories: true)
        _ = try site.run("build")
        _ = try site.run("build")
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.moveItem(atPath: site.path + "/kept", toPath: folder)
        try FileManager.default.removeItem(atPath: site.path + "/static")
        #expect(try site.run("build").code == 0)
        #expect(!site.files(below: "public").keys.contains { $0.contains("x.svg") })
    }

    @Test("A staging folder that is a link, or somebody's, stops the build and loses nothing")
    func stagingOfOthers() throws {
        let site = try SiteOnDisk(Self.page)
        let other = try SiteOnDisk("-- f --\nf\n-- sub/g --\ng\n")
        let output = site.path + "/../out"
        let staging = site.path + "/../.out.staging"
        try link(staging, to: other.path)
        for command in ["build", "clean"] {
            let run = try site.run(command, "-o", output)
            if command == "build" {
                #expect(run.code == 3 && run.error.contains("error[unwritable-output]"))
                #expect(run.error.contains(".out.staging") && run.error.contains("symbolic link"))
            }
            #expect(other.files(below: ".").keys.sorted().filter { !$0.hasSuffix("sub") } == ["f", "sub/g"])
        }
        try FileManager.default.removeItem(atPath: staging)
        try copy(other.path, to: staging)
        let run = try site.run("build", "-o", output)
        #expect(run.code == 3 && run.error.contains("files of others"))
        #expect(site.text("../.out.staging/sub/g") == "g\n")
        try FileManager.default.removeItem(atPath: staging)
        #expect(try site.run("build", "-o", output).code == 0)
        #expect(!FileManager.default.fileExists(atPath: staging))
        // In the folder itself, once it is there.
        try site.save("../out/.site-staging/mine", "mine")
        try site.save("content/b.md", "B")
        #expect(try site.run("build", "-o", output).code == 3)
        #expect(site.text("../out/.site-staging/mine") == "mine")
    }

    @Test("A store on another volume than the output is no obstacle")
    func otherVolume() throws {
        let site = try SiteOnDisk(Self.page)
        // Not everywhere another volume than that of temporary folders, but then nothing is wrong.
        let store = "/dev/shm/site-test-\(UUID().uuidString)"
        guard
            (try? FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false))
                != nil
        else { return }
        defer { try? FileManager.default.removeItem(atPath: store) }
        try link(site.path + "/.site", to: store)
        let run = try site.run("build")
        #expect(run.code == 0, "\(run.error)")
        try site.save("content/b.md", "B")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/b/index.html") != nil)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: site.path).sorted() == [
                ".site", "content", "public", "site.json",
            ])
    }

    @Test("Sources are not written among by another name of theirs")
    func guards() throws {
        let site = try SiteOnDisk(Self.page + "-- texts/c.md --\nC\n")
        try link(site.path + "/../alias", to: site.path)
        for output in ["../alias/content", "../alias/content/x", "../alias", "../alias/.."] {
            #expect(try site.run("build", "-o", output).code == 2, "\(output)")
        }
        #expect(site.files(below: "content").keys.sorted() == ["a.md"])
        for key in ["\"content\": \"texts\"", "\"data\": \"texts\"", "\"static\": {\"texts\": \"/\"}"] {
            try site.save("site.json", "{\(key), \"baseURL\": \"https://example.org/\"}")
            for output in ["texts", "texts/x", "../alias/texts"] {
                let run = try site.run("build", "-o", output)
                #expect(run.code == 1 && run.error.contains("error[output-among-sources]"), "\(run.error)")
            }
            #expect(site.files(below: "texts").keys.sorted() == ["c.md"])
        }
    }

    @Test("Where public/ is a folder of sources, the first build says what to do")
    func publicOfOthers() throws {
        let site = try SiteOnDisk(
            Self.page + "-- public/css/own.css --\nmine\n-- eleventy.config.mjs --\nexport default {}\n")
        let run = try site.run("build")
        #expect(run.code == 0 && run.error.contains("warning[shared-output]"))
        #expect(run.error.contains("--output _site") && run.error.contains("\"static\": {\"public\": \"/\"}"))
        #expect(try !site.run("build").error.contains("shared-output"))
        let other = try SiteOnDisk(
            Self.page + "-- public/robots.txt --\nmine\n-- vite.config.ts --\nexport default {}\n")
        let refused = try other.run("build")
        #expect(refused.code == 1 && refused.error.contains("--output _site"))
        #expect(other.text("public/robots.txt") == "mine\n")
    }
}
