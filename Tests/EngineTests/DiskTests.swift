import Engine
import Files
import Foundation
import TestSupport
import Text
import Testing

@Suite("On a real disk")
struct DiskTests {
    private struct Site {
        let folder: TemporaryFolder
        let disk: DiskFileSystem
        let engine: BuildEngine

        init(_ folder: TemporaryFolder) {
            self.folder = folder
            disk = DiskFileSystem(root: folder.path)
            engine = BuildEngine(
                rules: arithmeticRules(), source: Subfolder(disk, "in"), root: RootRule.key(""),
                store: StorePlace(disk, folder: Laboratory.path(".site/store")),
                output: OutputPlace(
                    disk, folder: Laboratory.path("out"), staging: Laboratory.path(".site/store/staging")))
        }

        func put(_ path: String, _ text: String) throws {
            _ = try disk.write(Laboratory.path("in/" + path), Array(text.utf8).span)
        }

        func text(_ path: String) throws -> String? {
            try disk.read(Laboratory.path(path)).map { String(decoding: $0.bytes, as: UTF8.self) }
        }
    }

    @Test("each process does only what the edits between them make necessary", arguments: [1, 2])
    func processes(jobs: Int) throws {
        let folder = try TemporaryFolder()
        let inputs = BuildInputs(now: 1000, jobs: jobs)
        func inAnotherProcess(_ body: (Site) throws -> Void) rethrows { try body(Site(folder)) }
        try inAnotherProcess { site in
            try site.put("outputs.txt", "a b/c:b d/e/f:b")
            try site.put("a.txt", "+ b 1")
            try site.put("b.txt", "4")
            let report = site.engine.build(inputs)
            #expect(report.written.map(\.text) == ["a", "b/c", "d/e/f"])
            #expect(report.diagnostics == [])
            #expect(try site.text("out/a") == "a = 5")
        }
        // The stamps of what was just written are too young to be trusted.
        inAnotherProcess { #expect($0.engine.build(inputs).ran == []) }
        let stamp = try DiskFileSystem(root: folder.path).stamp(Laboratory.path("out/b/c"))
        try inAnotherProcess { site in
            try site.put("a.txt", "+ b 2")
            #expect(names(site.engine.build(inputs).ran) == ["cell a", "output a"])
            #expect(try site.text("out/a") == "a = 6")
            #expect(try site.disk.stamp(Laboratory.path("out/b/c")) == stamp)
        }
        try inAnotherProcess { site in
            try site.put("outputs.txt", "a")
            let report = site.engine.build(inputs)
            #expect(report.removed.map(\.text) == ["b/c", "d/e/f"])
            #expect(
                try site.disk.list(Laboratory.path("out"))?.map { String(decoding: $0.name, as: UTF8.self) }
                    == ["a"])
        }
        try inAnotherProcess { site in
            try site.disk.remove(Laboratory.path("out/a"))
            #expect(names(site.engine.build(inputs).ran) == ["output a"])
            #expect(try site.text("out/a") == "a = 6")
            #expect(site.engine.why(Laboratory.path("a"))?.chain.first?.reason == .outputMissing)
        }
    }

    @Test("a file that says it was modified next year is known by its stamp as any other")
    func fromTheFuture() throws {
        let folder = try TemporaryFolder()
        let inputs = BuildInputs(now: 1000, jobs: 1)
        try Site(folder).put("outputs.txt", "a")
        try Site(folder).put("a.txt", "4")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: 366 * 86_400)],
            ofItemAtPath: folder.path + "/in/a.txt")
        _ = Site(folder).engine.build(inputs)
        // Until the clock has moved on, it is young as all of them are.
        Thread.sleep(forTimeInterval: 0.1)
        _ = Site(folder).engine.build(inputs)
        let site = Site(folder)
        #expect(site.engine.build(inputs).ran == [])
        #expect(site.engine.youngFiles == 0)
        try site.put("a.txt", "5")
        #expect(names(site.engine.build(inputs).ran) == ["cell a", "output a"])
    }
}
