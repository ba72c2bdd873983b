import Files
import Foundation
import TestSupport
import Testing
import Text

/// What the program does with the folder it writes into, and with what is there already.
@Suite(.enabled(if: SiteProgram.path != nil)) struct OutputFolderTests {
    @Test("An output folder that is none is refused by its name", arguments: ["file", "link"])
    func noFolder(kind: String) throws {
        let site = try SiteOnDisk(CommandTests.page)
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

    @Test("Nothing of ours is left where everything was removed")
    func cleaned() throws {
        let site = try SiteOnDisk(CommandTests.page)
        _ = try site.run("build")
        #expect(FileManager.default.fileExists(atPath: site.path + "/.site"))
        #expect(try site.run("clean").code == 0)
        #expect(!FileManager.default.fileExists(atPath: site.path + "/.site"))
    }

    @Test("What is being built is not removed before it is done")
    func cleanedWhileBuilding() async throws {
        let site = try SiteOnDisk(CommandTests.page)
        _ = try site.run("build")
        let stores = try FileManager.default.subpathsOfDirectory(atPath: site.path + "/.site").filter {
            $0 == "lock" || $0.hasSuffix("/lock")
        }
        let store = try #require(stores.first)
        let disk = DiskFileSystem(root: site.path + "/.site")
        var held = try disk.waitForLock(RelativePath(unchecked: Array(store.utf8)), willWait: { _ in })
        let path = site.path
        let cleaning = Task.detached { try SiteProgram.run(["clean", "--source", path]) }
        try await Task.sleep(for: .milliseconds(300))
        #expect(held != nil && FileManager.default.fileExists(atPath: path + "/public/index.html"))
        held = nil
        let run = try await cleaning.value
        #expect(run.code == 0 && !FileManager.default.fileExists(atPath: path + "/public"))
    }

    @Test("A file of somebody else's in the output is not overwritten without --force")
    func foreignFile() throws {
        let site = try SiteOnDisk(CommandTests.page)
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
        let site = try SiteOnDisk(CommandTests.page)
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

    @Test("An empty folder in the place of an output is taken away, and nothing is half done")
    func emptyFolderInThePlaceOfAnOutput() throws {
        let site = try SiteOnDisk(CommandTests.page + "-- content/b.md --\none\n")
        #expect(try site.run("build").code == 0)
        let page = site.path + "/public/a/index.html"
        try FileManager.default.removeItem(atPath: page)
        try FileManager.default.createDirectory(
            atPath: page + "/deeper", withIntermediateDirectories: true)
        try site.save("content/b.md", "two\n")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/a/index.html") != nil)
        #expect(site.text("public/b/index.html")?.contains("two") == true)
        // The same for an output that is new.
        try FileManager.default.createDirectory(
            atPath: site.path + "/public/new/index.html/deeper", withIntermediateDirectories: true)
        try site.save("content/new.md", "new\n")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/new/index.html") != nil)
        // One that holds somebody's file is told before anything is written.
        try FileManager.default.removeItem(atPath: page)
        try FileManager.default.createDirectory(atPath: page, withIntermediateDirectories: true)
        try site.save("public/a/index.html/mine.txt", "mine\n")
        try site.save("content/b.md", "three\n")
        let run = try site.run("build")
        #expect(run.code == 1 && run.error.contains("nothing was published"))
        #expect(site.text("public/b/index.html")?.contains("two") == true)
        #expect(site.text("public/a/index.html/mine.txt") == "mine\n")
    }

    @Test(
        "An output that readers are kept from, or a link in its place, is made again",
        arguments: ["mode", "link"])
    func unusableOutput(kind: String) throws {
        let site = try SiteOnDisk(CommandTests.page)
        #expect(try site.run("build").code == 0)
        let page = site.path + "/public/a/index.html"
        let before = site.text("public/a/index.html")
        if kind == "mode" {
            #expect(unsafe chmod(page, 0o600) == 0)
        } else {
            try FileManager.default.moveItem(atPath: page, toPath: site.path + "/elsewhere")
            try FileManager.default.createSymbolicLink(
                atPath: page, withDestinationPath: site.path + "/elsewhere")
        }
        #expect(try site.run("build", "--format", "json").json["written"] as? Int == 1)
        var status = stat()
        #expect(unsafe lstat(page, &status) == 0)
        #expect(status.st_mode == S_IFREG | 0o644 && site.text("public/a/index.html") == before)
        #expect(try site.run("build", "--format", "json").json["written"] as? Int == 0)
    }
}
