import Foundation
@testable import Engine
import Files
import TestSupport
import Text
import Testing

@Suite("What is ours in the output folder, and under which name")
struct PublishingTests {
    /// An engine that publishes to a disk that takes names in any case for one.
    private func engine(_ disk: MemoryFileSystem) -> BuildEngine {
        BuildEngine(
            rules: arithmeticRules(), source: Subfolder(disk, "in"), root: RootRule.key(""),
            store: StorePlace(disk, folder: Laboratory.path("store")),
            output: OutputPlace(
                CaseInsensitiveFiles(disk), folder: Laboratory.path("out"),
                staging: Laboratory.path("store/staging")))
    }

    private func tree(_ disk: MemoryFileSystem) -> [String] {
        disk.files.filter { $0.path.text.hasPrefix("out/") }.map {
            "\($0.path.text.dropFirst(4)): \(String(decoding: $0.bytes, as: UTF8.self))"
        }
    }

    @Test(
        "an output whose name changes in case alone is neither lost nor left under its old name",
        arguments: [
            ("About:a b", "about:a b"), ("About/index:a About/b:b", "about/index:a about/b:b"),
            ("x/About/One:a x/c:b", "x/about/one:a x/c:b"), ("About/One:a", "about/One:b"),
            ("A/B/C:a A/B/D:b", "a/b/c:a a/b/d:b"),
            ("Caf\u{E9}:a", "cafe\u{301}:a"),
        ])
    func caseChanges(before: String, after: String) {
        let disk = MemoryFileSystem()
        for (path, text) in [("a.txt", "1"), ("b.txt", "2"), ("outputs.txt", before)] {
            disk.put("in/" + path, text)
        }
        let inputs = BuildInputs(now: 1000)
        _ = engine(disk).build(inputs)
        disk.put("out/CNAME", "mine")
        for list in [after, before, after] {
            disk.advanceClock(nanoseconds: 1_000_000_000)
            disk.put("in/outputs.txt", list)
            let report = engine(disk).build(inputs)
            #expect(report.diagnostics == [])
            // On a disk of its own, with nothing before.
            let clean = MemoryFileSystem()
            for file in disk.files where file.path.text.hasPrefix("in/") {
                clean.put(file.path.text, bytes: file.bytes)
            }
            _ = engine(clean).build(inputs)
            clean.put("out/CNAME", "mine")
            #expect(tree(disk) == tree(clean), "\(before) to \(list)")
            disk.advanceClock(nanoseconds: 1_000_000_000)
            let null = engine(disk).build(inputs)
            #expect(null.ran == [] && null.written == [] && null.removed == [])
        }
    }

    @Test(
        "outputs may wait in the output folder itself, which is there and stays; whatever a death leaves is cleared"
    )
    func stagingInside() {
        func engine(_ disk: MemoryFileSystem) -> BuildEngine {
            BuildEngine(
                rules: arithmeticRules(), source: Subfolder(disk, "in"), root: RootRule.key(""),
                store: StorePlace(disk, folder: Laboratory.path("store")),
                output: OutputPlace(
                    disk, folder: Laboratory.path("out"), staging: Laboratory.path("out/.staging")))
        }
        let inputs = BuildInputs(now: 1000)
        let expected = ["a: a = 1", "x/b: b = 2", "x/c: c = 3"]
        for isEdited in [false, true] {
            var effects = 0
            while true {
                let disk = MemoryFileSystem()
                disk.putFolder("out")
                let folder = try? disk.stamp(Laboratory.path("out"))
                for (path, text) in [
                    ("a.txt", isEdited ? "7" : "1"), ("b.txt", "2"), ("c.txt", "3"),
                    ("outputs.txt", isEdited ? "a x:c" : "a x/b:b x/c:c"),
                ] { disk.put("in/" + path, text) }
                if isEdited {
                    _ = engine(disk).build(inputs)
                    disk.advanceClock(nanoseconds: 1_000_000_000)
                    disk.put("in/a.txt", "1")
                    disk.put("in/outputs.txt", "a x/b:b x/c:c")
                }
                _ = disk.takeAccesses()
                disk.stopEffects(after: effects)
                _ = engine(disk).build(inputs)
                let isWhole = disk.takeAccesses().count(where: { $0.operation.isEffect }) < effects
                disk.resumeEffects()
                disk.advanceClock(nanoseconds: 1_000_000_000)
                let report = engine(disk).build(inputs)
                #expect(report.diagnostics == [])
                #expect(tree(disk) == expected, "after \(effects) effects")
                #expect((try? disk.stamp(Laboratory.path("out")))?.inode == folder?.inode)
                disk.advanceClock(nanoseconds: 1_000_000_000)
                _ = disk.takeAccesses()
                _ = engine(disk).build(inputs)
                #expect(disk.takeAccesses().filter(\.operation.isEffect).isEmpty, "after \(effects) effects")
                if isWhole { break }
                effects += 1
            }
            #expect(effects > 5)
        }
    }

    @Test("with the store lost altogether, outputs are still known as ours, and what is foreign stays")
    func lostStore() {
        let laboratory = Laboratory(
            ["outputs.txt": "a b/c:b d", "a.txt": "1", "b.txt": "2", "d.txt": "3"], publishes: true)
        _ = laboratory.build()
        laboratory.disk.put("out/CNAME", "mine")
        laboratory.disk.put("out/b/own", "mine")
        laboratory.restart()
        laboratory.disk.delete("store")
        laboratory.put("outputs.txt", "a d")
        laboratory.put("d.txt", "4")
        let report = laboratory.build()
        #expect(report.diagnostics == [])
        #expect(laboratory.tree() == ["CNAME: mine", "a: a = 1", "b/own: mine", "d: d = 4"])
        #expect(report.removed.map(\.text) == ["b/c"])
        #expect(report.written.map(\.text) == ["d"])
    }

    @Test("a site whose folder may only be read is built all the same, and again without harm")
    func readOnlyStore() {
        let disk = MemoryFileSystem()
        for (path, text) in [("a.txt", "1"), ("b.txt", "2"), ("outputs.txt", "a b/c:b")] {
            disk.put("in/" + path, text)
        }
        func build() -> BuildReport {
            disk.advanceClock(nanoseconds: 1_000_000_000)
            return BuildEngine(
                rules: arithmeticRules(), source: Subfolder(disk, "in"), root: RootRule.key(""),
                store: StorePlace(ReadOnlyFiles(disk), folder: Laboratory.path("store")),
                output: OutputPlace(disk, folder: Laboratory.path("out"), staging: Laboratory.path("staging"))
            ).build(BuildInputs(now: 1000))
        }
        let first = build()
        #expect(first.diagnostics == [] && first.notice?.contains("nothing is remembered") == true)
        #expect(tree(disk) == ["a: a = 1", "b/c: b = 2"])
        #expect(build().written == [])
        disk.put("in/outputs.txt", "a")
        disk.put("in/a.txt", "3")
        let last = build()
        #expect(last.written.map(\.text) == ["a"] && last.removed.map(\.text) == ["b/c"])
        #expect(tree(disk) == ["a: a = 3"])
    }

    @Test("with the list of outputs lost, what was altered meanwhile is put right")
    func alteredWithoutLedger() {
        let laboratory = Laboratory(["outputs.txt": "a b", "a.txt": "1", "b.txt": "2"], publishes: true)
        _ = laboratory.build()
        let clean = laboratory.tree()
        for damage in ["", "cut"] {
            laboratory.disk.put("out/a", bytes: Array("altered".utf8), inPlace: true)
            laboratory.restart()
            if damage.isEmpty {
                laboratory.disk.delete("store/outputs")
            } else {
                laboratory.disk.put(
                    "store/outputs", bytes: laboratory.disk.bytes(of: "store/outputs")?.dropLast() ?? [])
            }
            #expect(laboratory.build().written.map(\.text) == ["a"])
            #expect(laboratory.tree() == clean)
            laboratory.restart()
            #expect(laboratory.build().written == [])
        }
    }

    @Test("marks are kept by a real disk, if it has such things, for one place, one owner and one inode")
    func marks() throws {
        let folder = try TemporaryFolder()
        let disk = DiskFileSystem(root: folder.path)
        let mark = FileMark(owner: 1, place: 2)
        func fit(_ path: String, _ mark: FileMark) -> MarkFit {
            DiskFileSystem(root: folder.path).fit(mark, Laboratory.path(path))
        }
        _ = try disk.create(Laboratory.path("ours"), [1].span, mark: mark)
        _ = try disk.create(Laboratory.path("theirs"), [1].span, mark: nil)
        try disk.rename(Laboratory.path("ours"), to: Laboratory.path("moved"))
        #expect(fit("theirs", mark) == .none)
        #expect(fit("nothing", mark) == .none)
        // Where attributes are unknown, nothing is marked, and nothing fails.
        guard disk.marksFiles else { return }
        #expect(fit("moved", mark) == .fitting)
        #expect(fit("moved", FileMark(owner: 1, place: 3)) == .strayed)
        #expect(fit("moved", FileMark(owner: 3, place: 2)) == .others)
        // A copy is the author's own, even with the attribute on it.
        let copying = Process()
        copying.executableURL = URL(fileURLWithPath: "/bin/cp")
        copying.arguments = ["--preserve=all", folder.path + "/moved", folder.path + "/copy"]
        try copying.run()
        copying.waitUntilExit()
        #expect(fit("copy", mark) == .strayed)
        // A link is not what it leads to.
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link", withDestinationPath: "moved")
        #expect(fit("link", mark) == .none)
    }

    @Test("two processes do not publish to one folder at once, and who waits says so")
    func folderLock() throws {
        let folder = try TemporaryFolder()
        let disk = DiskFileSystem(root: folder.path)
        #expect(try disk.lockFolder(Laboratory.path("out"), willWait: {}) == nil)
        try disk.makeFolder(Laboratory.path("out"))
        let held = try #require(try disk.lockFolder(Laboratory.path("out"), willWait: {}))
        var hasWaited = false
        let second = try disk.lockFolder(Laboratory.path("out")) {
            hasWaited = true
            held.release()
        }
        #expect(hasWaited)
        #expect(second != nil)
    }

    @Test("who waits for a store says for whom")
    func storeLock() throws {
        let folder = try TemporaryFolder()
        let disk = DiskFileSystem(root: folder.path)
        var held = try disk.waitForLock(Laboratory.path("lock"), willWait: { _ in })
        var process: Int32?
        let second = try disk.waitForLock(Laboratory.path("lock")) {
            process = $0
            held = nil
        }
        #expect(held == nil && second != nil)
        #expect((process ?? 0) > 0)
    }
}

/// A disk that is for reading only.
private final class ReadOnlyFiles: FileSystem {
    private let base: MemoryFileSystem

    init(_ base: MemoryFileSystem) {
        self.base = base
    }

    private func refuse(_ path: RelativePath) throws(FileError) -> Never {
        throw FileError(operation: "write", path: path, code: 30)
    }

    func read(_ path: RelativePath) throws(FileError) -> FileContents? { try base.read(path) }
    func list(_ path: RelativePath) throws(FileError) -> [FolderEntry]? { try base.list(path) }
    func listWithStamps(_ path: RelativePath) throws(FileError) -> [StampedEntry]? {
        try base.listWithStamps(path)
    }
    func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? { try base.stamp(path) }
    func now() throws(FileError) -> Int64 { try base.now() }
    func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp { try refuse(path) }
    func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) { try refuse(path) }
    func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        try refuse(target)
    }
    func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) { try refuse(target) }
    func remove(_ path: RelativePath) throws(FileError) { try refuse(path) }
    func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool { try refuse(path) }
}
