@testable import Engine
import Files
import Synchronization
import Text
import Testing

@Suite("Why was this made again?")
struct QuestionTests {
    private func edited() -> Laboratory {
        let laboratory = Laboratory(
            ["outputs.txt": "a b", "a.txt": "+ x 1", "b.txt": "part p y", "x.txt": "4", "p.txt": "x=1 y=2"],
            publishes: true)
        _ = laboratory.build()
        laboratory.put("x.txt", "6")
        _ = laboratory.build()
        laboratory.restart()
        return laboratory
    }

    @Test("the chain leads from the output to the file, in another process")
    func chain() throws {
        let laboratory = edited()
        let why = try #require(laboratory.engine.why(Laboratory.path("a")))
        #expect(names(why.chain) == ["output a", "cell a", "cell x"])
        #expect(why.chain.map(\.reason) == [.readChanged, .readChanged, .readChanged])
        #expect(why.chain.map { $0.cause?.new } == ["7", "6", nil])
        #expect(
            why.chain.last.flatMap { $0.cause }.map { laboratory.engine.text(of: $0.key) } == "file x.txt")
        #expect(why.sessionsAgo == 0)
        #expect(why.time == 1000)
        #expect(laboratory.engine.why(Laboratory.path("b"))?.chain.map(\.reason) == [.new])
        #expect(laboratory.engine.why(Laboratory.path("nothing")) == nil)
        #expect(names(laboratory.engine.lastEvents()) == ["cell a", "cell x", "output a"])
    }

    @Test("what a value was is known in another process, if values of its kind are kept")
    func oldValues() throws {
        let laboratory = edited()
        laboratory.put("x.txt", "8")
        _ = laboratory.build()
        let why = try #require(laboratory.engine.why(Laboratory.path("a")))
        #expect(why.chain.map { $0.cause?.old } == ["7", "6", nil])
        #expect(why.chain.map { $0.cause?.new } == ["9", "8", nil])
    }

    @Test("why an output was left alone: what it does not read, and what came out as it was")
    func leftAlone() throws {
        let laboratory = Laboratory(
            ["outputs.txt": "a b c", "a.txt": "+ x 1", "b.txt": "parity x", "c.txt": "2", "x.txt": "4"],
            publishes: true)
        _ = laboratory.build()
        laboratory.put("x.txt", "6")
        _ = laboratory.build()
        laboratory.restart()
        let engine = laboratory.engine
        #expect(try #require(engine.whyNot(Laboratory.path("a"))).wasMade)
        let b = try #require(engine.whyNot(Laboratory.path("b")))
        #expect(!b.wasMade && b.session == 2 && b.readCount == 1)
        #expect(b.unread == [])
        #expect(b.unchanged.map { "\(engine.text(of: $0.key)) \($0.projection.name)" } == ["cell x parity"])
        let c = try #require(engine.whyNot(Laboratory.path("c")))
        #expect(c.unread.map { engine.text(of: $0) } == ["file x.txt"])
        #expect(c.unchanged == [])
        #expect(engine.whyNot(Laboratory.path("nothing")) == nil)
        #expect(engine.outputs(namedAfter: Laboratory.path("c")).map(\.text) == ["c"])
        #expect(engine.readCounts(ofOutput: Laboratory.path("c")).map(\.kind) == ["cell"])
    }

    @Test("an audit runs again what was reused, and notices a read that is not recorded")
    func audit() {
        let files = ["outputs.txt": "a b", "a.txt": "+ x 1", "b.txt": "size f", "x.txt": "4", "f": "123"]
        let laboratory = Laboratory(files, publishes: true)
        _ = laboratory.build()
        laboratory.restart()
        _ = laboratory.build()
        _ = laboratory.disk.takeAccesses()
        let report = laboratory.engine.audit(percent: 100, seed: 1)
        #expect(report.auditedCount == 6 && report.reusedCount == 6)
        #expect(report.differences.isEmpty)
        #expect(laboratory.disk.takeAccesses().filter(\.operation.isEffect) == [])
        #expect(laboratory.engine.audit(percent: 0, seed: 1).auditedCount == 0)
        // A program that computes otherwise, and a store that believes it is the same.
        let other = Laboratory(["outputs.txt": "a", "a.txt": "+ t 1", "t.txt": "tool"], publishes: true)
        other.mutant = .toolIgnored
        _ = other.build()
        other.tool = 1
        other.restart()
        _ = other.build()
        let found = other.engine.audit(percent: 100, seed: 1).differences
        #expect(
            found.map { "\(other.engine.text(of: $0.key)): \($0.what)" } == ["cell t: result"])
    }

    @Test("a trace has every run and every phase, each in its time")
    func trace() throws {
        let laboratory = Laboratory(
            ["outputs.txt": "a b", "a.txt": "+ x 1", "b.txt": "+ x 2", "x.txt": "4"], jobs: 2, publishes: true
        )
        let ticks = Ticks()
        let trace = BuildTrace(clock: { ticks.next() })
        laboratory.inputs.trace = trace
        let report = laboratory.build()
        #expect(trace.ruleCount == report.ran.count + report.recalled.count)
        let text = String(decoding: trace.json { laboratory.engine.text(of: $0) }, as: UTF8.self)
        for part in ["\"name\":\"cell x\"", "\"name\":\"publish\"", "\"ph\":\"X\"", "\"reason\":\"new\""] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    /// A clock that goes on by a microsecond whenever someone looks.
    private final class Ticks: Sendable {
        private let time = Mutex<Int64>(0)
        func next() -> Int64 {
            time.withLock {
                $0 += 1000
                return $0
            }
        }
    }

    @Test("however many rounds a preview sees, what it writes down stays in bounds")
    func longPreview() {
        let laboratory = Laboratory(
            ["outputs.txt": "a b", "a.txt": "+ x 1", "b.txt": "+ x 2", "x.txt": "4"], publishes: true)
        var largest = 0
        for round in 0..<1500 {
            laboratory.disk.advanceClock(nanoseconds: 1_000_000_000)
            laboratory.put("x.txt", String(round))
            _ = laboratory.engine.refresh(laboratory.inputs, changed: .paths([Laboratory.path("x.txt")]))
            laboratory.engine.finish()
            laboratory.engine.tidy()
            if round % 50 == 0 {
                let sizes = laboratory.disk.files.filter { $0.path.text.hasPrefix("store/") }.map(
                    \.bytes.count)
                largest = max(largest, sizes.reduce(0, +))
                #expect(laboratory.content("a") == "a = \(round + 1)")
            }
        }
        // 64 KB of log are allowed, a quarter of the snapshot, and the values that were made meanwhile.
        #expect(largest < 128_000, "the store took \(largest) bytes")
        laboratory.restart()
        #expect(laboratory.ran() == [])
    }

    @Test("who reads what, and what a change would reach")
    func readers() {
        let laboratory = edited()
        let engine = laboratory.engine
        #expect(
            engine.dependencies(ofOutput: Laboratory.path("a")).map { engine.text(of: $0.key) } == ["cell a"])
        #expect(engine.readers(of: Laboratory.path("p.txt")).map { engine.text(of: $0) } == ["parts p"])
        #expect(engine.readers(of: Laboratory.path("p.txt"), "y").map { engine.text(of: $0) } == ["cell b"])
        #expect(engine.readers(of: Laboratory.path("p.txt"), "x") == [])
        #expect(engine.outputsReached(from: Laboratory.path("x.txt")).map(\.text) == ["a"])
        #expect(engine.outputsReached(from: Laboratory.path("p.txt"), "y").map(\.text) == ["b"])
        #expect(engine.outputsReached(from: Laboratory.path("outputs.txt")).map(\.text) == [])
    }

    @Test("a preview brings up to date only what is asked for")
    func preview() {
        let laboratory = Laboratory(["outputs.txt": "a b", "a.txt": "+ x 1", "b.txt": "+ x 2", "x.txt": "4"])
        var report = laboratory.engine.refresh(laboratory.inputs, changed: .everything)
        #expect(names(report.ran) == ["manifest "])
        #expect(report.changed.map(\.path.text) == ["a", "b"])
        #expect(laboratory.content("a") == "a = 5")
        laboratory.disk.advanceClock(nanoseconds: 1_000_000_000)
        laboratory.put("x.txt", "6")
        report = laboratory.engine.refresh(laboratory.inputs, changed: .paths([Laboratory.path("x.txt")]))
        #expect(report.ran == [])
        #expect(report.changed.map(\.path.text) == ["a", "b"])
        #expect(laboratory.content("b") == "b = 8")
        laboratory.engine.finish()
        #expect(laboratory.content("a") == "a = 7")
        laboratory.put("outputs.txt", "b")
        report = laboratory.engine.refresh(
            laboratory.inputs, changed: .paths([Laboratory.path("outputs.txt")]))
        #expect(report.removed.map(\.text) == ["a"])
        #expect(report.changed.isEmpty)
        #expect(laboratory.content("a") == nil)
    }
}
