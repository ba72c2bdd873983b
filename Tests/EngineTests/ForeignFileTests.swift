import Files
import Text
import Testing

@testable import Engine

@Suite("What is not ours in the output folder stays, whatever is remembered")
struct ForeignFileTests {
    /// A site of cells that publishes into a folder of a disk that it shares with others.
    private struct Site {
        let disk: MemoryFileSystem
        let name: String
        var output: String
        var owner: UInt64 = 0
        /// What the output folder is seen through.
        var door: (any FileSystem)?

        func put(_ path: String, _ text: String) { disk.put("\(name)/in/\(path)", text) }
        func forget() { disk.delete(name + "/store") }

        var engine: BuildEngine {
            disk.advanceClock(nanoseconds: 1_000_000_000)
            return BuildEngine(
                rules: arithmeticRules(), source: Subfolder(disk, name + "/in"), root: RootRule.key(""),
                store: StorePlace(disk, folder: Laboratory.path(name + "/store")),
                output: OutputPlace(
                    door ?? disk, folder: Laboratory.path(output),
                    staging: Laboratory.path(name + "/store/staging"), owner: owner))
        }

        /// A build that can write nothing down.
        func buildWithoutStore() {
            disk.advanceClock(nanoseconds: 1_000_000_000)
            _ = BuildEngine(
                rules: arithmeticRules(), source: Subfolder(disk, name + "/in"), root: RootRule.key(""),
                output: OutputPlace(
                    disk, folder: Laboratory.path(output), staging: Laboratory.path(name + "/staging"))
            ).build(BuildInputs(now: 1000))
        }

        @discardableResult func build(surveys: Bool = false) -> BuildReport {
            var inputs = BuildInputs(now: 1000)
            inputs.surveys = surveys
            return engine.build(inputs)
        }

        init(_ disk: MemoryFileSystem, _ name: String, output: String, owner: UInt64 = 0, _ outputs: String) {
            self.disk = disk
            self.name = name
            self.output = output
            self.owner = owner
            put("a.txt", "1")
            put("b.txt", "2")
            put("c.txt", "3")
            put("outputs.txt", outputs)
        }
    }

    private func files(_ disk: MemoryFileSystem, _ folder: String) -> [String] {
        let root = Laboratory.path(folder)
        return disk.files.compactMap { $0.path.relative(to: root)?.text }
    }

    @Test(
        "files of another output in the folder, below it or in the same, are not removed",
        arguments: [("www/docs", 0), ("www/preview/x", 0), ("www", 1)])
    func otherOutputs(folder: String, owner: UInt64) throws {
        for keepsStore in [true, false] {
            let disk = MemoryFileSystem()
            let inner = Site(disk, "docs", output: folder, owner: owner, "x/a:a b")
            let outer = Site(disk, "blog", output: "www", "c")
            inner.build()
            let theirs = files(disk, folder)
            outer.build()
            // The others go on meanwhile.
            inner.put("outputs.txt", "x/a:a b x/c:c")
            inner.build()
            if !keepsStore { outer.forget() }
            outer.put("outputs.txt", "d:c")
            let report = outer.build()
            #expect(report.diagnostics == [] && report.removed.map(\.text) == ["c"])
            outer.put("outputs.txt", "c")
            outer.build()
            if !keepsStore { outer.forget() }
            #expect(try outer.engine.removeOutputs() == 1)
            let left = files(disk, folder)
            #expect(left == (theirs + ["x/c"]).sorted())
        }
    }

    @Test("a file that was moved within the output is the author's, and told", arguments: [true, false])
    func moved(keepsStore: Bool) throws {
        let disk = MemoryFileSystem()
        let site = Site(disk, "site", output: "out", "a x/b:b")
        site.build()
        disk.move("out/a", to: "out/kept/a")
        if !keepsStore { site.forget() }
        for _ in 0..<3 {
            let report = site.build()
            #expect(report.diagnostics.map(\.code) == [.strayOutput])
            #expect(report.diagnostics.first?.location?.path.text == "out/kept/a")
            #expect(report.removed == [])
        }
        #expect(files(disk, "out") == ["a", "kept/a", "x/b"])
        disk.delete("out/kept")
        #expect(site.build().diagnostics == [])
        disk.move("out/a", to: "out/kept/a")
        #expect(try site.engine.removeOutputs() == 1)
        #expect(files(disk, "out") == ["kept/a"])
    }

    @Test("an output folder that is renamed is still ours", arguments: [true, false])
    func renamedFolder(keepsStore: Bool) {
        let disk = MemoryFileSystem()
        var site = Site(disk, "site", output: "out", "a x/b:b")
        site.build()
        disk.move("out", to: "elsewhere/www")
        site.output = "elsewhere/www"
        if !keepsStore { site.forget() }
        site.put("outputs.txt", "a")
        let report = site.build()
        #expect(report.removed.map(\.text) == ["x/b"] && report.diagnostics == [])
        #expect(files(disk, "elsewhere/www") == ["a"])
    }

    @Test("what a build has put there that could write nothing down goes when it is stale")
    func unwritableStore() {
        let disk = MemoryFileSystem()
        let site = Site(disk, "site", output: "out", "a")
        site.build()
        site.put("outputs.txt", "a x/b:b")
        site.buildWithoutStore()
        #expect(files(disk, "out") == ["a", "x/b"])
        site.put("outputs.txt", "a")
        let report = site.build()
        #expect(report.removed.map(\.text) == ["x/b"] && report.diagnostics == [])
        #expect(files(disk, "out") == ["a"])
    }

    @Test("with a store that is older than the output, what is stale goes")
    func olderStore() {
        let disk = MemoryFileSystem()
        let site = Site(disk, "site", output: "out", "a")
        site.build()
        let store = disk.files.filter { $0.path.isInside(Laboratory.path("site/store")) }
        site.put("outputs.txt", "a x/b:b")
        site.build()
        site.put("outputs.txt", "a")
        site.forget()
        for file in store { disk.put(file.path.text, bytes: file.bytes) }
        let report = site.build()
        #expect(report.removed.map(\.text) == ["x/b"] && report.diagnostics == [])
        #expect(files(disk, "out") == ["a"])
        _ = disk.takeAccesses()
        #expect(site.build().removed == [])
        // Nor is the folder looked through while nothing says that it should be.
        let accesses = disk.takeAccesses()
        #expect(!accesses.contains { $0.operation.isEffect })
        #expect(!accesses.contains { $0.operation == .list && $0.path.isInside(Laboratory.path("out")) })
        #expect(!accesses.contains { $0.operation == .list && $0.path == Laboratory.path("out") })
        _ = site.build(surveys: true)
        #expect(
            disk.takeAccesses().contains { $0.operation == .list && $0.path == Laboratory.path("out") })
    }

    @Test("what an older store takes for an output is kept, if it is somebody's by now")
    func olderStoreThanFile() throws {
        for isCleaned in [false, true] {
            let disk = MemoryFileSystem()
            let site = Site(disk, "site", output: "out", "a b")
            site.build()
            let store = disk.files.filter { $0.path.isInside(Laboratory.path("site/store")) }
            site.put("outputs.txt", "a")
            site.build()
            disk.put("out/b", "theirs")
            site.forget()
            for file in store { disk.put(file.path.text, bytes: file.bytes) }
            if isCleaned {
                #expect(try site.engine.removeOutputs() == 1)
            } else {
                site.put("outputs.txt", "a b")
                for _ in 0..<2 { #expect(site.build().diagnostics.map(\.code) == [.foreignOutput]) }
                site.put("outputs.txt", "a")
                #expect(site.build().removed == [] && site.build().diagnostics == [])
            }
            #expect(disk.text(of: "out/b") == "theirs")
        }
    }

    @Test("a file that comes between the look and the rename stays, and so it does in the next build")
    func quickNeighbour() {
        let disk = MemoryFileSystem()
        var site = Site(disk, "site", output: "out", "a")
        site.build()
        site.put("outputs.txt", "a b c")
        site.door = QuickNeighbour(disk, at: Laboratory.path("out/b"))
        #expect(site.build().diagnostics.map(\.code) == [.foreignOutput])
        #expect(disk.text(of: "out/b") == "theirs")
        site.door = nil
        #expect(site.build().diagnostics.map(\.code) == [.foreignOutput])
        site.put("outputs.txt", "a c")
        #expect(site.build().diagnostics == [])
        #expect(disk.text(of: "out/b") == "theirs" && files(disk, "out") == ["a", "b", "c"])
    }

    @Test("a file in the place of an output that never came is the author's", arguments: 0..<12)
    func announcedOnly(effects: Int) {
        let disk = MemoryFileSystem()
        let site = Site(disk, "site", output: "out", "a")
        site.build()
        site.put("outputs.txt", "a b")
        disk.stopEffects(after: effects)
        site.build()
        disk.resumeEffects()
        if disk.text(of: "out/b") != nil { return }
        disk.put("out/b", "theirs")
        site.put("outputs.txt", "a")
        #expect(site.build().diagnostics == [])
        #expect(disk.text(of: "out/b") == "theirs")
    }

    @Test("that a folder holds files of others is told once, when it is first built into")
    func sharedFolder() {
        let disk = MemoryFileSystem()
        let site = Site(disk, "site", output: "out", "a x/b:b")
        disk.put("out/css/own.css", "mine")
        disk.put("out/z", "mine")
        disk.put("out/.git/config", "mine")
        let report = site.build()
        #expect(report.diagnostics.map(\.code) == [.sharedOutput] && !report.failed)
        #expect(report.diagnostics.first?.message.contains("2 files") == true)
        #expect(report.diagnostics.first?.location?.path.text == "out/css/own.css")
        #expect(site.build().diagnostics == [])
        site.forget()
        #expect(site.build().diagnostics == [])
    }
}

/// A disk on which somebody is quicker.
private final class QuickNeighbour: FileSystem {
    private let base: MemoryFileSystem
    private let path: RelativePath

    init(_ base: MemoryFileSystem, at path: RelativePath) {
        self.base = base
        self.path = path
    }

    func renameIfAbsent(_ source: RelativePath, to target: RelativePath) throws(FileError) -> Bool {
        if target == path { base.put(path.text, "theirs") }
        return try base.renameIfAbsent(source, to: target)
    }
    func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        if target == path { base.put(path.text, "theirs") }
        try base.rename(source, to: target)
    }
    func fit(_ mark: FileMark, _ path: RelativePath) -> MarkFit { base.fit(mark, path) }
    func seal(of folder: RelativePath) -> UInt64? { base.seal(of: folder) }
    func setSeal(_ value: UInt64?, of folder: RelativePath) { base.setSeal(value, of: folder) }
    func makeFolder(_ path: RelativePath) throws(FileError) { try base.makeFolder(path) }
    func create(
        _ path: RelativePath, _ bytes: Span<UInt8>, mark: FileMark?
    ) throws(FileError) -> FileStamp { try base.create(path, bytes, mark: mark) }
    func read(_ path: RelativePath) throws(FileError) -> FileContents? { try base.read(path) }
    func list(_ path: RelativePath) throws(FileError) -> [FolderEntry]? { try base.list(path) }
    func listWithStamps(_ path: RelativePath) throws(FileError) -> [StampedEntry]? {
        try base.listWithStamps(path)
    }
    func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? { try base.stamp(path) }
    func now() throws(FileError) -> Int64 { try base.now() }
    func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
        try base.write(path, bytes)
    }
    func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) {
        try base.append(path, bytes)
    }
    func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        try base.copy(source, to: target)
    }
    func remove(_ path: RelativePath) throws(FileError) { try base.remove(path) }
    func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
        try base.removeFolderIfEmpty(path)
    }
}
