@testable import Engine
import Files
import TestSupport
import Text

/// A random history of edits, builds, kills and damage, checked after every build against the answer key, a clean
/// build, and what may have run.
struct History {
    var random: RandomSource
    let laboratory: Laboratory
    var past: [[String: String]] = []
    /// What was done, for whoever reads a failure.
    private(set) var story: [String] = []
    let allowsCycles: Bool

    static let cells = ["a", "b", "c", "d", "e", "g"]
    static let outputs = ["a", "b", "o", "o/1", "o/2", "q/r/s", "z"]

    init(seed: UInt64, mutant: Mutant? = nil) {
        random = RandomSource(seed: seed)
        allowsCycles = random.below(4) == 0
        let disk = MemoryFileSystem()
        // Half of the disks have a coarse clock.
        laboratory = Laboratory([:], publishes: true, disk: disk)
        laboratory.mutant = mutant
        laboratory.inputs.jobs = 1 + random.below(2)
        laboratory.inputs.now = 1500
        for cell in Self.cells { set(cell + ".txt", script(for: cell)) }
        set("p.txt", "x=1 y=2")
        set("f/one", "1")
        set("outputs.txt", outputList())
    }

    /// A history that is told what to do: see ``DirectedHistory``.
    init(files: [String: String], allowsCycles: Bool, mutant: Mutant?) {
        random = RandomSource(seed: 1)
        self.allowsCycles = allowsCycles
        laboratory = Laboratory(files, publishes: true)
        laboratory.mutant = mutant
        laboratory.inputs.now = 1500
    }

    /// Notes what was done.
    mutating func tell(_ words: String) { story.append(words) }

    // MARK: The world

    var sources: [String: String] {
        var result: [String: String] = [:]
        for file in laboratory.disk.files {
            guard let path = file.path.relative(to: Laboratory.path("in")) else { continue }
            result[path.text] = String(decoding: file.bytes, as: UTF8.self)
        }
        return result
    }

    var model: ArithmeticModel {
        var model = ArithmeticModel()
        model.files = sources
        for folder in laboratory.disk.folders {
            if let path = folder.relative(to: Laboratory.path("in")) { model.folders.insert(path.text) }
        }
        model.environment = laboratory.inputs.environment
        model.flags = laboratory.inputs.flags
        model.now = laboratory.inputs.now
        model.tool = laboratory.tool
        model.probe = laboratory.inputs.probes("git")
        return model
    }

    // MARK: Checks

    /// Does one thing, builds and checks.
    ///
    /// - Returns: what is wrong, or `nil`.
    mutating func step(_ edit: DirectedHistory.Edit) -> String? {
        tell(edit.words)
        edit.body(laboratory)
        laboratory.disk.advanceClock(nanoseconds: 1_000_000_000)
        return buildAndCheck(alwaysTwice: true).map { $0 + "\n" + story.joined(separator: "\n") }
    }

    /// Does one thing and builds, but the build dies after so many effects.
    ///
    /// - Returns: whether it came that far.
    mutating func step(_ edit: DirectedHistory.Edit, killedAfter effects: Int, tornBytes: Int?) -> Bool {
        edit.body(laboratory)
        laboratory.disk.advanceClock(nanoseconds: 1_000_000_000)
        laboratory.disk.stopEffects(after: effects, tornBytes: tornBytes)
        let before = laboratory.disk.effectCount
        _ = laboratory.engine.build(laboratory.inputs)
        tell("\(edit.words), killed after \(effects) effects, \(tornBytes ?? 0) bytes torn")
        let isKilled = laboratory.disk.effectCount - before > effects
        laboratory.restart()
        return isKilled
    }

    /// What is wrong, or `nil` after so many steps in which nothing was.
    mutating func run(steps: Int) -> String? {
        for _ in 0..<steps {
            past.append(sources)
            for _ in 0..<(1 + random.below(3)) { edit() }
            if random.below(5) == 0 { tamper() }
            if random.below(2) == 0 { restart() }
            if random.below(6) == 0 { kill() }
            if random.below(8) == 0 { editWithinTheTick() }
            if let problem = buildAndCheck() {
                return problem + "\n\(sources.sorted { $0.key < $1.key }) \(model)\n"
                    + story.joined(separator: "\n")
            }
        }
        return nil
    }

    /// Edits, builds, and edits again before the clock of the disk has moved, so that no stamp shows it.
    private mutating func editWithinTheTick() {
        let name = random.pick(Self.cells)
        let numbers = random.below(2) == 0 ? ["1", "2"] : ["4", "3"]
        laboratory.disk.clockStep = 0
        set(name + ".txt", numbers[0])
        let report = laboratory.engine.build(laboratory.inputs)
        laboratory.disk.put("in/" + name + ".txt", bytes: Array(numbers[1].utf8), inPlace: true)
        tell(
            "\(name) := \(numbers[0]), build: \(names(report.ran)), := \(numbers[1]) in the same tick")
        if random.below(2) == 0 { restart() }
    }

    /// A build that dies at a random effect.
    private mutating func kill() {
        let effects = random.below(24)
        laboratory.disk.stopEffects(after: effects, tornBytes: random.below(3) == 0 ? random.below(200) : nil)
        advance()
        _ = laboratory.engine.build(laboratory.inputs)
        tell("killed after \(effects) effects")
        restart()
    }

    /// The clock of the disk: sometimes so little passes that a stamp proves nothing.
    mutating func advance() {
        let isSlow = random.below(3) > 0
        if isSlow { laboratory.disk.advanceClock(nanoseconds: 1_000_000_000) }
        laboratory.disk.clockStep = random.below(2) == 0 ? 0 : 1_000_000
    }
}
