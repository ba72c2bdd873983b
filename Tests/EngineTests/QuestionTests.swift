import Engine
import Files
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

    @Test("who reads what, and what a change would reach")
    func readers() {
        let laboratory = edited()
        let engine = laboratory.engine
        #expect(
            engine.dependencies(ofOutput: Laboratory.path("a")).map { engine.text(of: $0.key) } == ["cell a"])
        #expect(
            engine.dependencies(of: CellRule.key("a")).map { engine.text(of: $0.key) } == [
                "file a.txt", "cell x",
            ])
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
        #expect(report.changed.map(\.text) == ["a", "b"])
        #expect(laboratory.content("a") == "a = 5")
        laboratory.disk.advanceClock(nanoseconds: 1_000_000_000)
        laboratory.put("x.txt", "6")
        report = laboratory.engine.refresh(laboratory.inputs, changed: .paths([Laboratory.path("x.txt")]))
        #expect(report.ran == [])
        #expect(report.changed.map(\.text) == ["a", "b"])
        #expect(laboratory.content("b") == "b = 8")
        laboratory.engine.finish()
        #expect(laboratory.content("a") == "a = 7")
        laboratory.put("outputs.txt", "b")
        report = laboratory.engine.refresh(
            laboratory.inputs, changed: .paths([Laboratory.path("outputs.txt")]))
        #expect(report.removed.map(\.text) == ["a"])
        #expect(report.changed == [])
        #expect(laboratory.content("a") == nil)
    }
}
