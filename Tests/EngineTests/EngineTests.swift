import Engine
import Text
import Testing

func names(_ events: [Event]) -> [String] {
    let kinds: [UInt8: String] = [20: "parts", 21: "cell", 30: "output", 31: "manifest"]
    return events.map { "\(kinds[$0.key.kind] ?? "?") \($0.key.name.text)" }
}

@Suite("Only what an edit really changes runs")
struct EngineTests {
    let files = ["outputs.txt": "a b", "a.txt": "+ x 1", "b.txt": "parity x", "x.txt": "4"]

    @Test("the first build runs everything, the second nothing")
    func firstAndSecond() {
        let laboratory = Laboratory(files)
        #expect(laboratory.ran() == ["cell a", "cell b", "cell x", "output a", "output b", "manifest "])
        #expect(laboratory.content("a") == "a = 5")
        #expect(laboratory.content("b") == "b = 0")
        #expect(laboratory.ran() == [])
    }

    struct Edit: Sendable {
        let name: String
        let path: String
        let text: String?
        let ran: [String]
    }

    @Test(
        "an edit runs exactly its readers",
        arguments: [
            Edit(name: "same parity", path: "x.txt", text: "6", ran: ["cell a", "cell x", "output a"]),
            Edit(
                name: "other parity", path: "x.txt", text: "7",
                ran: ["cell a", "cell b", "cell x", "output a", "output b"]),
            Edit(name: "same value", path: "x.txt", text: "+ 2 2", ran: ["cell x"]),
            Edit(name: "unread file", path: "unread.txt", text: "1", ran: []),
            Edit(name: "touched", path: "x.txt", text: "4", ran: []),
            Edit(name: "vanished", path: "b.txt", text: nil, ran: ["cell b"]),
            Edit(
                name: "one output more", path: "outputs.txt", text: "a b x", ran: ["output x", "manifest "]),
            Edit(name: "one output less", path: "outputs.txt", text: "a", ran: ["manifest "]),
        ])
    func edit(_ edit: Edit) {
        let laboratory = Laboratory(files)
        _ = laboratory.build()
        if let text = edit.text { laboratory.put(edit.path, text) } else { laboratory.delete(edit.path) }
        #expect(laboratory.ran() == edit.ran)
        #expect(laboratory.ran() == [])
    }

    @Test("a part that is looked for in vain is an edge, and so is one of many")
    func parts() {
        let laboratory = Laboratory([
            "outputs.txt": "a b k", "p.txt": "x=1", "a.txt": "part p x", "b.txt": "part p y",
            "k.txt": "keys p",
        ])
        _ = laboratory.build()
        laboratory.put("p.txt", "x=2")
        #expect(laboratory.ran() == ["parts p", "cell a", "output a"])
        laboratory.put("p.txt", "x=2 y=5")
        #expect(laboratory.ran() == ["parts p", "cell b", "cell k", "output b", "output k"])
        #expect(laboratory.content("b") == "b = 5")
    }

    @Test("dependencies that are no longer read are forgotten")
    func shrinking() {
        let laboratory = Laboratory([
            "outputs.txt": "a", "a.txt": "if c x y", "c.txt": "1", "x.txt": "10", "y.txt": "20",
        ])
        _ = laboratory.build()
        laboratory.put("c.txt", "0")
        #expect(laboratory.ran() == ["cell a", "cell c", "cell y", "output a"])
        laboratory.put("x.txt", "11")
        #expect(laboratory.ran() == [])
        laboratory.put("c.txt", "1")
        #expect(laboratory.ran() == ["cell a", "cell c", "cell x", "output a"])
        #expect(laboratory.content("a") == "a = 11")
    }

    @Test("findings are repeated as long as their result stands and is reachable")
    func findings() {
        let laboratory = Laboratory(["outputs.txt": "a b", "a.txt": "warn x", "x.txt": "1", "b.txt": "2"])
        #expect(laboratory.build().diagnostics.map(\.message) == ["cell a warns"])
        #expect(laboratory.build().diagnostics.map(\.message) == ["cell a warns"])
        laboratory.put("outputs.txt", "b")
        #expect(laboratory.build().diagnostics == [])
        laboratory.put("outputs.txt", "b a")
        #expect(laboratory.build().diagnostics.map(\.message) == ["cell a warns"])
    }

    @Test("absence, listings, environment, flags, clock and probes are edges")
    func world() {
        let laboratory = Laboratory([
            "outputs.txt": "e c v f p d q", "e.txt": "exists f/one", "c.txt": "count f", "v.txt": "env V",
            "f.txt": "flag drafts", "p.txt": "past 2000", "d.txt": "day", "q.txt": "probe git",
        ])
        var report = laboratory.build()
        #expect(report.nextFlip == 2000)
        #expect(laboratory.content("e") == "e = 0")
        laboratory.put("f/one", "1")
        #expect(laboratory.ran() == ["cell c", "cell e", "output c", "output e"])
        laboratory.put("f/one", "2")
        #expect(laboratory.ran() == [])
        laboratory.inputs.environment["V"] = "3"
        #expect(laboratory.ran() == ["cell v", "output v"])
        laboratory.inputs.flags["drafts"] = "1"
        #expect(laboratory.ran() == ["cell f", "output f"])
        laboratory.inputs.now = 2000
        report = laboratory.build()
        #expect(names(report.ran) == ["cell p", "output p"])
        #expect(report.nextFlip == 86400)
        laboratory.inputs.now = 1999
        #expect(laboratory.ran() == ["cell p", "output p"])
        laboratory.inputs.now = 90000
        #expect(laboratory.ran() == ["cell d", "cell p", "output d", "output p"])
        laboratory.inputs.probes = { _ in [1, 2] }
        #expect(laboratory.ran() == ["cell q", "output q"])
        #expect(laboratory.content("q") == "q = 2")
    }

    @Test("the report says why")
    func reasons() {
        let laboratory = Laboratory(["outputs.txt": "a", "a.txt": "+ x 1", "x.txt": "4"])
        #expect(laboratory.build().ran.allSatisfy { $0.reason == .new && $0.cause == nil })
        laboratory.put("x.txt", "6")
        let event = laboratory.build().ran.first
        #expect(event?.reason == .readChanged)
        #expect(event?.cause == Event.Cause(key: CellRule.key("x"), projection: .whole, old: "4", new: "6"))
    }
}
