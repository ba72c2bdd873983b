import Foundation
import TestSupport
import Testing

/// A preview beside other processes of the same site.
@Suite(.enabled(if: SiteProgram.path != nil)) struct PreviewNeighbourTests {
    private func site() throws -> SiteOnDisk {
        let site = try SiteOnDisk("")
        try site.save("site.json", #"{"title": "Site"}"#)
        try site.save("templates/page.html", "{{ page.content }}")
        try site.save("content/one.md", "first\n")
        return site
    }

    @Test func twoPreviewsOfOneSiteRunSideBySide() throws {
        let site = try site()
        let previews = try [
            PreviewProcess(in: site.path), PreviewProcess(in: site.path), PreviewProcess(in: site.path),
        ]
        for text in ["first", "second", "third"] {
            try site.save("content/one.md", text + "\n")
            for preview in previews {
                #expect(String(decoding: preview.get("/one/").published, as: UTF8.self) == "<p>\(text)</p>\n")
            }
        }
        for preview in previews { #expect(try #require(preview.stop()).code == 0) }
        // What each has remembered is used again.
        let stores = try FileManager.default.contentsOfDirectory(atPath: site.path + "/.site").sorted()
        #expect(stores == ["serve", "serve-2", "serve-3"])
        let next = try PreviewProcess(in: site.path)
        #expect(next.get("/one/").status == 200)
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.path + "/.site").sorted() == stores)
    }

    @Test func aBuildGoesOnBesideAPreview() throws {
        let site = try site()
        let preview = try PreviewProcess(in: site.path)
        for text in ["first", "second"] {
            try site.save("content/one.md", text + "\n")
            let run = try site.run("build", "--quiet")
            #expect(run.code == 0)
            let written = try String(contentsOfFile: site.path + "/public/one/index.html", encoding: .utf8)
            #expect(written == "<p>\(text)</p>\n")
            #expect(Array(written.utf8) == preview.get("/one/").published)
        }
    }

    /// As sites have it that were made for some other programs, and are built into another folder.
    @Test(arguments: ["public", "node_modules/thing"])
    func foldersThatTheSiteNamesAreWatched(folder: String) throws {
        let site = try site()
        try site.save("site.json", "{\"title\": \"Site\", \"static\": {\"\(folder)\": \"/\"}}")
        try site.save(folder + "/f.txt", "first\n")
        try site.save("node_modules/other/f.txt", "other\n")
        let preview = try PreviewProcess(in: site.path)
        for text in ["first", "second", "third"] {
            try site.save(folder + "/f.txt", text + "\n")
            #expect(preview.get("/f.txt").body == Array((text + "\n").utf8))
        }
        #expect(!preview.said.contains("output-among-sources"))
        #expect(try #require(preview.stop()).code == 0)
    }

    @Test func aCommitIsSeen() throws {
        let site = try site()
        try site.save("site.json", #"{"title": "Site", "gitDates": {"updated": true}}"#)
        try site.save("templates/page.html", "{{ page.updated }}")
        func git(_ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"] + arguments
            process.currentDirectoryURL = URL(fileURLWithPath: site.path)
            process.environment = [
                "PATH": "/usr/bin:/bin", "HOME": "/tmp", "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
                "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
            ]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        try git("init", "--quiet")
        try git("commit", "--quiet", "--allow-empty", "--message", "first")
        let preview = try PreviewProcess(in: site.path)
        #expect(!String(decoding: preview.get("/one/").published, as: UTF8.self).contains("2026"))
        try git("add", "content")
        try git("commit", "--quiet", "--message", "second")
        var page = ""
        for _ in 0..<500 where !page.contains("2026-01-02") {
            page = String(decoding: preview.get("/one/").published, as: UTF8.self)
            usleep(10_000)
        }
        #expect(page.contains("2026-01-02"), "\(page) \(preview.said)")
        #expect(try #require(preview.stop()).code == 0)
    }

    /// Where files are compared, a request has them compared.
    @Test func whoAsksNeedNotWaitForTheNextComparison() throws {
        let site = try site()
        let preview = try PreviewProcess(in: site.path, ["--poll"])
        #expect(preview.get("/one/").status == 200)
        let start = Date()
        for number in 0..<20 {
            try site.save("content/one.md", "edit \(number)\n")
            let wanted = Array("<p>edit \(number)</p>\n".utf8)
            for _ in 0..<1000 {
                if preview.get("/one/").published == wanted { break }
                usleep(10_000)
            }
        }
        // A comparison a second would take twenty.
        #expect(Date().timeIntervalSince(start) < 10)
        #expect(try #require(preview.stop()).code == 0)
    }

    /// Whoever opens the browser is a program of its own: it can be ended, and does not end with the preview.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status")))
    func theBrowserTakesSignalsAndIsNotInterruptedWithThePreview() throws {
        let site = try site()
        let tools = try TemporaryFolder()
        let program = tools.path + "/xdg-open"
        let script =
            "#!/bin/sh\nread -r _ _ _ _ group _ < /proc/$$/stat\n"
            + "{ echo \"$1 $group $$\"; grep -E '^Sig(Blk|Ign)' /proc/self/status; } > \(tools.path)/told.new\n"
            + "mv \(tools.path)/told.new \(tools.path)/told\n"
        try script.write(toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let preview = try PreviewProcess(in: site.path, ["--open"], path: tools.path + ":/usr/bin:/bin")
        for _ in 0..<2000 where !FileManager.default.fileExists(atPath: tools.path + "/told") {
            usleep(10_000)
        }
        let told = try String(contentsOfFile: tools.path + "/told", encoding: .utf8).split(separator: "\n")
        let words = try #require(told.first).split(separator: " ")
        #expect(
            words.count == 3 && words[0] == "http://localhost:\(preview.port)/" && words[1] == words[2],
            "\(told)")
        for line in told.dropFirst() {
            // Hangup, interrupt, a broken pipe, termination.
            let mask = UInt64(line.split(separator: "\t").last ?? "", radix: 16) ?? .max
            #expect(mask & (1 << 0 | 1 << 1 | 1 << 12 | 1 << 14) == 0, "\(line)")
        }
        #expect(told.count == 3)
    }
}
