import Engine
import Text
import Testing

@Suite("What is made from itself is a finding, never a deadlock")
struct CycleTests {
    struct Ring: Sendable {
        let files: [String: String]
        let message: String
    }

    @Test(
        "a ring is reported from its smallest key, whoever asks first",
        arguments: [
            Ring(files: ["a.txt": "+ a 1"], message: "cell a depends on itself"),
            Ring(
                files: ["a.txt": "+ b 1", "b.txt": "+ c 1", "c.txt": "+ a 1"],
                message: "depends on itself: cell a → cell b → cell c → cell a"),
            Ring(
                files: ["a.txt": "+ b 1", "b.txt": "+ c a", "c.txt": "+ b 1"],
                message: "depends on itself: cell a → cell b → cell a"),
            Ring(
                files: ["a.txt": "+ b c", "b.txt": "+ a", "c.txt": "+ b"],
                message: "depends on itself: cell a → cell b → cell a"),
        ], [1, 2, 4])
    func rings(_ ring: Ring, jobs: Int) {
        let names = ["a", "b", "c"]
        var seen: Set<[String]> = []
        for round in 0..<(jobs == 1 ? 6 : 60) {
            var files = ring.files
            let rotated = names.indices.map { names[($0 * (round % 2 + 1) + round) % 3] }
            files["outputs.txt"] = rotated.joined(separator: " ")
            let laboratory = Laboratory(files, jobs: jobs)
            let report = laboratory.build()
            #expect(report.diagnostics.map(\.message) == [ring.message])
            #expect(report.failed)
            seen.insert(names.map { laboratory.content($0) ?? "nothing" })
            #expect(laboratory.ran() == [])
            #expect(laboratory.build().diagnostics.map(\.message) == [ring.message])
        }
        #expect(seen.count == 1)
    }

    /// With a cost that grew with the cube of the ring, this would not end in time.
    @Test("a long ring is told as a short one is", .timeLimit(.minutes(1)), arguments: [1, 2])
    func longRing(jobs: Int) {
        let count = 4000
        var files = ["outputs.txt": "c0"]
        for index in 0..<count {
            // Each needs the next, the one after that and one far behind.
            let others = [index + 1, index + 2, index * 7 + 3].map { "c\($0 % count)" }
            files["c\(index).txt"] = "+ \(others.joined(separator: " "))"
        }
        let laboratory = Laboratory(files, jobs: jobs)
        let report = laboratory.build()
        #expect(report.diagnostics.count == 1)
        #expect(report.diagnostics.first?.message.hasPrefix("depends on itself: cell c0 → ") == true)
        #expect(laboratory.build().diagnostics == report.diagnostics)
    }

    @Test("an edit anywhere on the ring tries again", arguments: ["a", "b", "c"])
    func repair(edited: String) {
        let laboratory = Laboratory([
            "outputs.txt": "a b c", "a.txt": "+ b 1", "b.txt": "+ c 1", "c.txt": "+ a 1",
        ])
        #expect(laboratory.build().failed)
        laboratory.put("\(edited).txt", "5")
        let report = laboratory.build()
        #expect(!report.failed)
        #expect(laboratory.content(edited) == "\(edited) = 5")
        #expect(laboratory.ran() == [])
        laboratory.put("\(edited).txt", "+ a b c")
        #expect(laboratory.build().failed)
    }
}
