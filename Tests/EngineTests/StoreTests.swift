import Engine
import Files
import Text
import Testing

@Suite("What is on disk is all that the next process needs")
struct StoreTests {
    static let files = [
        "outputs.txt": "a b", "a.txt": "+ x p", "b.txt": "parity x", "x.txt": "4", "p.txt": "warn 3",
    ]

    @Test("a build in another process without changes runs nothing, writes nothing and repeats its findings")
    func nullBuild() {
        let laboratory = Laboratory(Self.files, publishes: true)
        let first = laboratory.build()
        #expect(
            names(first.ran) == ["cell a", "cell b", "cell p", "cell x", "output a", "output b", "manifest "])
        #expect(first.written.map(\.text) == ["a", "b"])
        #expect(laboratory.tree() == ["a: a = 7", "b: b = 0"])
        laboratory.restart()
        _ = laboratory.disk.takeAccesses()
        let second = laboratory.build()
        #expect(laboratory.disk.takeAccesses().filter(\.operation.isEffect) == [])
        #expect(second.ran == [])
        #expect(second.recalled == [])
        #expect(second.reused == first.ran.count)
        #expect(second.diagnostics == first.diagnostics)
        #expect(second.diagnostics.count == 1)
        #expect(second.notice == nil)
        #expect(second.keptCount == 2)
    }

    @Test("an edit is worth as much in another process", arguments: [false, true])
    func edit(restarts: Bool) {
        let laboratory = Laboratory(Self.files, publishes: true)
        _ = laboratory.build()
        func step(_ path: String, _ text: String, _ ran: [String], _ written: [String]) {
            if restarts { laboratory.restart() }
            laboratory.put(path, text)
            let report = laboratory.build()
            #expect(names(report.ran) == ran)
            #expect(report.written.map(\.text) == written)
            #expect(laboratory.tree() == laboratory.cleanTree())
            if restarts { laboratory.restart() }
            #expect(laboratory.ran() == [])
        }
        step("x.txt", "6", ["cell a", "cell x", "output a"], ["a"])
        step("x.txt", "+ 5 1", ["cell x"], [])
        step("x.txt", "7", ["cell a", "cell b", "cell x", "output a", "output b"], ["a", "b"])
        step("outputs.txt", "a b x", ["output x", "manifest "], ["x"])
        step("outputs.txt", "a x", ["manifest "], [])
        step("b.txt", "12", [], [])
        step("x.txt", "8", ["cell a", "cell x", "output a", "output x"], ["a", "x"])
        step("outputs.txt", "a x b", ["cell b", "output b", "manifest "], ["b"])
    }

    @Test("another tool makes everything again but knows its outputs")
    func otherTool() {
        let laboratory = Laboratory(Self.files, publishes: true)
        _ = laboratory.build()
        laboratory.restart()
        laboratory.put("outputs.txt", "a")
        laboratory.inputs.tool = Fingerprint(of: "two")
        let report = laboratory.build()
        #expect(report.ran.allSatisfy { $0.reason == .storeDiscarded })
        #expect(names(report.ran) == ["cell a", "cell p", "cell x", "output a", "manifest "])
        #expect(report.notice != nil)
        #expect(report.written == [])
        #expect(report.removed.map(\.text) == ["b"])
        laboratory.restart()
        #expect(laboratory.ran() == [])
    }

    @Test("lost and altered outputs are made again from stored values")
    func healing() {
        let laboratory = Laboratory(Self.files, publishes: true)
        _ = laboratory.build()
        laboratory.restart()
        laboratory.disk.put("out/a", "mine!")
        laboratory.disk.delete("out/b")
        let report = laboratory.build()
        #expect(names(report.ran) == ["output a", "output b"])
        #expect(report.ran.map(\.reason) == [.outputAltered, .outputMissing])
        #expect(report.recalled == [])
        #expect(laboratory.tree() == ["a: a = 7", "b: b = 0"])
        laboratory.restart()
        laboratory.disk.delete("out")
        #expect(names(laboratory.build().ran) == ["output a", "output b"])
        #expect(laboratory.tree() == ["a: a = 7", "b: b = 0"])
        laboratory.restart()
        #expect(laboratory.ran() == [])
    }

    @Test("a store on another machine, where every stamp is another, is worth as much")
    func restored() {
        let laboratory = Laboratory(Self.files, publishes: true)
        _ = laboratory.build()
        laboratory.restart()
        for file in laboratory.disk.files {
            laboratory.disk.put(file.path.text, bytes: file.bytes)
        }
        let report = laboratory.build()
        #expect(report.ran == [])
        #expect(report.recalled == [])
        #expect(report.written == [])
        // Nobody wanted what is in the files.
        #expect(laboratory.engine.bytesAtHand == 0)
        laboratory.restart()
        _ = laboratory.disk.takeAccesses()
        #expect(laboratory.ran() == [])
        #expect(laboratory.disk.takeAccesses().filter(\.operation.isEffect) == [])
    }

    @Test("a store that is restored for every build, and has nothing to do, does not grow for ever")
    func restoredManyTimes() {
        let cells = (0..<300).map { "c\($0)" }
        var files = ["outputs.txt": cells.joined(separator: " ")]
        for cell in cells { files[cell + ".txt"] = "1" }
        let laboratory = Laboratory(files, publishes: true)
        _ = laboratory.build()
        func storeLength() -> Int {
            laboratory.disk.files.filter { $0.path.isInside(Laboratory.path("store")) }.map(\.bytes.count)
                .reduce(0, +)
        }
        let first = storeLength()
        for _ in 0..<20 {
            laboratory.restart()
            for file in laboratory.disk.files where file.path.isInside(Laboratory.path("in")) {
                laboratory.disk.put(file.path.text, bytes: file.bytes)
            }
            #expect(laboratory.ran() == [])
        }
        #expect(storeLength() < 2 * first, "\(storeLength()) bytes, \(first) at first")
        laboratory.restart()
        #expect(laboratory.ran() == [])
        #expect(laboratory.tree() == laboratory.cleanTree())
    }

    @Test("nothing is published from a build with errors, and nothing is lost")
    func errors() {
        let laboratory = Laboratory(Self.files, publishes: true)
        _ = laboratory.build()
        laboratory.restart()
        laboratory.put("x.txt", "fail 9")
        let report = laboratory.build()
        #expect(report.failed)
        #expect(report.written == [])
        #expect(laboratory.tree() == ["a: a = 7", "b: b = 0"])
        laboratory.restart()
        let again = laboratory.build()
        #expect(again.failed)
        #expect(again.ran == [])
        #expect(again.diagnostics == report.diagnostics)
        laboratory.restart()
        laboratory.put("x.txt", "9")
        let fixed = laboratory.build()
        #expect(names(fixed.ran) == ["cell x"])
        #expect(fixed.written.map(\.text) == ["a", "b"])
        #expect(laboratory.tree() == laboratory.cleanTree())
    }

    @Test("foreign files are never touched")
    func foreign() {
        let laboratory = Laboratory(Self.files, publishes: true)
        laboratory.disk.put("out/CNAME", "example.org")
        laboratory.disk.put("out/b", "not yours")
        let refused = laboratory.build()
        #expect(refused.diagnostics.filter { $0.code == .foreignOutput }.count == 1)
        #expect(laboratory.tree() == ["CNAME: example.org", "b: not yours"])
        laboratory.restart()
        laboratory.inputs.force = true
        #expect(!laboratory.build().failed)
        #expect(laboratory.tree() == ["CNAME: example.org", "a: a = 7", "b: b = 0"])
        laboratory.put("outputs.txt", "")
        #expect(laboratory.build().removed.map(\.text) == ["a", "b"])
        #expect(laboratory.tree() == ["CNAME: example.org"])
    }

    @Test("a file becomes a folder and the other way round")
    func fileAndFolder() {
        let laboratory = Laboratory(Self.files, publishes: true)
        laboratory.put("outputs.txt", "about:a b")
        _ = laboratory.build()
        laboratory.restart()
        laboratory.put("outputs.txt", "about/index:a b")
        _ = laboratory.build()
        #expect(laboratory.tree() == ["about/index: a = 7", "b: b = 0"])
        laboratory.restart()
        laboratory.put("outputs.txt", "about:a b/c/d:b")
        _ = laboratory.build()
        #expect(laboratory.tree() == ["about: a = 7", "b/c/d: b = 0"])
        laboratory.put("outputs.txt", "about:a")
        _ = laboratory.build()
        #expect(laboratory.disk.folders.map(\.text) == ["in", "out", "store"])
    }

    @Test("a young file is not trusted by its stamp")
    func racy() {
        let laboratory = Laboratory(Self.files, publishes: true)
        laboratory.disk.clockStep = 0
        _ = laboratory.build()
        laboratory.put("x.txt", "6")
        _ = laboratory.engine.build(laboratory.inputs)
        let stamp = try? laboratory.disk.stamp(Laboratory.path("in/x.txt"))
        laboratory.disk.put("in/x.txt", bytes: Array("8".utf8), inPlace: true)
        #expect(stamp == (try? laboratory.disk.stamp(Laboratory.path("in/x.txt"))))
        laboratory.restart()
        #expect(laboratory.ran() == ["cell a", "cell x", "output a"])
        #expect(laboratory.tree().first == "a: a = 11")
    }
}
