@testable import Engine
import Files
import TestSupport
import Text

/// A random history of edits, builds, kills and damage, checked after every build against the answer key, a clean
/// build, and what may have run.
struct History {
    private var random: RandomSource
    private let laboratory: Laboratory
    private var past: [[String: String]] = []
    /// What was done, for whoever reads a failure.
    private(set) var story: [String] = []
    private let allowsCycles: Bool

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

    // MARK: The world

    private var sources: [String: String] {
        var result: [String: String] = [:]
        for file in laboratory.disk.files {
            guard let path = file.path.relative(to: Laboratory.path("in")) else { continue }
            result[path.text] = String(decoding: file.bytes, as: UTF8.self)
        }
        return result
    }

    private var model: ArithmeticModel {
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

    private func set(_ path: String, _ text: String) { laboratory.put(path, text) }

    private mutating func cell(below name: String) -> String {
        // Only later names, so that no cell depends on itself.
        let later = Self.cells.filter { allowsCycles || $0 > name }
        return later.isEmpty || random.below(4) == 0 ? String(random.below(5)) : random.pick(later)
    }

    private mutating func script(for name: String) -> String {
        // What stands for a cell while it depends on itself, so that a ring may break without anyone seeing it.
        if allowsCycles, random.below(8) == 0 { return "-999" }
        return switch random.below(24) {
        case 23: "tool"
        case 0, 1: String(random.below(10))
        case 2, 3, 4: "+ \(cell(below: name)) \(cell(below: name))"
        case 5: "parity \(cell(below: name))"
        case 6, 7: "part p \(random.pick(["x", "y", "z"]))"
        case 8: "keys p"
        case 9, 10: "if \(cell(below: name)) \(cell(below: name)) \(cell(below: name))"
        case 11: "exists \(random.pick(["f/one", "f/two", "f"]))"
        case 12: "size \(random.pick(["f/one", "f/two", "p.txt"]))"
        case 13: "count \(random.pick(["f", "f/sub"]))"
        case 14: "tree f"
        case 15: "env V"
        case 16: "flag drafts"
        case 17: "past \(random.pick([1000, 2000, 3000]))"
        case 18: "day"
        case 19: "probe git"
        case 21: "both p"
        case 20: "\(random.pick(["prepare", "begin"])) \(cell(below: name)) \(cell(below: name))"
        default: random.below(3) == 0 ? "fail \(cell(below: name))" : "warn \(cell(below: name))"
        }
    }

    private mutating func outputList() -> String {
        var list = Self.outputs.filter { _ in random.below(5) < 3 }
        // A path may not be a file and a folder at once.
        if list.contains("o") { list.removeAll { $0.hasPrefix("o/") } }
        return list.map { "\($0):\(random.pick(Self.cells))" }.joined(separator: " ")
    }

    // MARK: Edits

    private mutating func edit() {
        let kind = random.below(24)
        switch kind {
        case 0...6:
            let name = random.pick(Self.cells)
            let text = script(for: name)
            story.append("\(name) := \(text)")
            set(name + ".txt", text)
        case 7:
            let name = random.pick(Self.cells)
            story.append("delete \(name)")
            laboratory.delete(name + ".txt")
        case 8, 9:
            let text = random.pick(["x=1 y=2", "y=2 x=1", "x=3 y=2", "x=1", "x=1 y=2 z=4", "", "y=9"])
            story.append("p := \(text)")
            set("p.txt", text)
        case 10, 11, 12:
            let text = outputList()
            story.append("outputs := \(text)")
            set("outputs.txt", text)
        case 13:
            let path = random.pick(["f/one", "f/two", "f/sub/deep", "f"])
            story.append("delete \(path)")
            laboratory.delete(path)
        case 14:
            let path = random.pick(["f/one", "f/two", "f/sub/deep"])
            let text = random.pick(["1", "22", "2"])
            story.append("\(path) := \(text)")
            set(path, text)
        case 15:
            laboratory.inputs.environment["V"] = random.pick([nil, "1", "2"])
            story.append("env V := \(laboratory.inputs.environment["V"] ?? "nil")")
        case 16:
            laboratory.inputs.flags["drafts"] = random.pick([nil, "1", "2"])
            story.append("flag drafts := \(laboratory.inputs.flags["drafts"] ?? "nil")")
        case 17:
            laboratory.inputs.now = random.pick([500, 1500, 2000, 2500, 1999, 90000, 3000])
            story.append("now := \(laboratory.inputs.now)")
        case 18:
            let answer: [UInt8]? = random.pick([nil, [1], [1, 2]])
            laboratory.inputs.probes = { _ in answer }
            story.append("probe := \(answer.map { String($0.count) } ?? "nil")")
        case 19:
            story.append("touch everything")
            for (path, text) in sources { set(path, text) }
        case 20, 21:
            guard let old = past.randomElement(using: &random) else { return }
            story.append("go back to an earlier state")
            for path in sources.keys where old[path] == nil { laboratory.delete(path) }
            for (path, text) in old.sorted(by: { $0.key < $1.key }) where sources[path] != text {
                set(path, text)
            }
        default:
            // As an editor that writes in place within the same tick of the clock, with the same size.
            let name = random.pick(Self.cells) + ".txt"
            guard let text = sources[name], let last = text.last, last.isNumber else { return }
            let changed = text.dropLast() + String((last.wholeNumberValue ?? 0) == 1 ? 2 : 1)
            story.append("\(name) := \(changed) in place")
            let before = (try? laboratory.disk.stamp(Laboratory.path("in/" + name))) ?? nil
            laboratory.disk.put("in/" + name, bytes: Array(String(changed).utf8), inPlace: true)
            if random.below(3) == 0, let before {
                story.append("with its old time of modification")
                laboratory.disk.setModified("in/" + name, to: before.modified)
            }
        }
    }

    private mutating func tamper() {
        let files = laboratory.disk.files.map(\.path.text)
        let outputs = files.filter { $0.hasPrefix("out/") }
        let stored = files.filter { $0.hasPrefix("store/") && !$0.hasPrefix("store/staging") }
        switch random.below(10) {
        case 9:
            restart()
            story.append("delete the store")
            laboratory.disk.delete("store")
            deleteEmptyFolders()
        case 7, 8:
            guard let path = stored.first(where: { $0.contains("values.") }),
                var bytes = laboratory.disk.bytes(of: path)
            else { return }
            restart()
            story.append("every value of the pack is another")
            for index in bytes.indices { bytes[index] ^= 1 }
            // So that the values are asked for.
            laboratory.disk.delete("out")
            laboratory.disk.put(path, bytes: bytes)
        case 0:
            guard let path = outputs.randomElement(using: &random) else { return }
            story.append("delete \(path)")
            laboratory.disk.delete(path)
        case 1:
            guard let path = outputs.randomElement(using: &random) else { return }
            story.append("alter \(path)")
            // In place, as people do: a file that is put there anew would be somebody else's, were the store lost.
            laboratory.disk.put(path, bytes: Array("altered".utf8), inPlace: true)
        case 2:
            story.append("delete the output folder")
            laboratory.disk.delete("out")
        case 3, 4:
            // The log is the file that is most often damaged: it is the one that grows.
            let log = stored.first { $0.hasPrefix("store/log.") && random.below(2) == 0 }
            guard
                let path = log ?? stored.randomElement(using: &random),
                var bytes = laboratory.disk.bytes(of: path), !bytes.isEmpty
            else { return }
            restart()
            if random.below(2) == 0 {
                bytes.removeLast(1 + random.below(bytes.count))
                story.append("cut \(path) to \(bytes.count)")
            } else {
                for _ in 0...random.below(4) {
                    let place = random.below(bytes.count)
                    bytes[place] ^= UInt8(1 << random.below(8))
                    story.append("flip a bit of \(path) at \(place)")
                }
            }
            laboratory.disk.put(path, bytes: bytes)
        case 5:
            story.append("another tool")
            laboratory.tool = 1 + random.below(3)
            restart()
        default:
            guard let path = stored.randomElement(using: &random) else { return }
            restart()
            story.append("delete \(path)")
            laboratory.disk.delete(path)
            deleteEmptyFolders()
        }
    }

    /// A folder that is empty since someone deleted the file in it, while builds failed, is known to the store alone.
    private func deleteEmptyFolders() {
        for folder in laboratory.disk.folders
        where folder.isInside(Laboratory.path("out"))
            && !laboratory.disk.files.contains(where: { $0.path.isInside(folder) })
        {
            laboratory.disk.delete(folder.text)
        }
    }

    private mutating func restart() {
        story.append("restart")
        laboratory.restart()
    }

    // MARK: Checks

    /// Does one thing, builds and checks.
    ///
    /// - Returns: what is wrong, or `nil`.
    mutating func step(_ edit: DirectedHistory.Edit) -> String? {
        story.append(edit.words)
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
        story.append("\(edit.words), killed after \(effects) effects, \(tornBytes ?? 0) bytes torn")
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
        story.append(
            "\(name) := \(numbers[0]), build: \(names(report.ran)), := \(numbers[1]) in the same tick")
        if random.below(2) == 0 { restart() }
    }

    /// A build that dies at a random effect.
    private mutating func kill() {
        let effects = random.below(24)
        laboratory.disk.stopEffects(after: effects, tornBytes: random.below(3) == 0 ? random.below(200) : nil)
        advance()
        _ = laboratory.engine.build(laboratory.inputs)
        story.append("killed after \(effects) effects")
        restart()
    }

    /// The clock of the disk: sometimes so little passes that a stamp proves nothing.
    private mutating func advance() {
        let isSlow = random.below(3) > 0
        if isSlow { laboratory.disk.advanceClock(nanoseconds: 1_000_000_000) }
        laboratory.disk.clockStep = random.below(2) == 0 ? 0 : 1_000_000
    }

    private mutating func buildAndCheck(alwaysTwice: Bool = false) -> String? {
        if !alwaysTwice { advance() }
        let treeBefore = laboratory.tree()
        let stampsBefore = stamps()
        let recordsBefore = laboratory.engine.records(laboratory.inputs)
        let report = laboratory.engine.build(laboratory.inputs)
        story.append("build: \(names(report.ran).joined(separator: ", "))")
        let clean = laboratory.cleanReport()
        if report.diagnostics.map(\.message) != clean.diagnostics.map(\.message) {
            return
                "findings \(report.diagnostics.map(\.message)) instead of \(clean.diagnostics.map(\.message))"
        }
        if report.nextFlip != clean.nextFlip {
            return "next flip \(report.nextFlip ?? 0) instead of \(clean.nextFlip ?? 0)"
        }
        let tree = laboratory.tree()
        if report.failed {
            if tree != treeBefore { return "a failed build changed \(treeBefore) to \(tree)" }
        } else {
            let expected = (try? model.outputs()) ?? clean.tree
            if tree != expected { return "\(tree) instead of \(expected)" }
            let folders = laboratory.disk.folders.filter { $0.isInside(Laboratory.path("out")) }
            for folder in folders where folder.text != "out" {
                if !laboratory.disk.files.contains(where: { $0.path.isInside(folder) }) {
                    return "the empty folder \(folder) is left"
                }
            }
            if let path = rewritten(treeBefore, stampsBefore, tree) {
                return "\(path) was written for nothing"
            }
        }
        if let key = ranForNothing(report, recordsBefore) { return "\(key) ran for nothing" }
        for event in report.ran where event.reason == .readChanged || event.reason == .appeared {
            if event.cause == nil { return "no cause for \(names([event]))" }
        }
        if let problem = differsFromClean(clean.records) { return problem }
        return !alwaysTwice && random.below(3) == 0 ? nil : checkNull(report)
    }

    private mutating func checkNull(_ report: BuildReport) -> String? {
        // What is young is hashed once more, which is written down; so let time pass and do that first.
        laboratory.disk.advanceClock(nanoseconds: 1_000_000_000)
        let quiet = laboratory.engine.build(laboratory.inputs)
        if !quiet.ran.isEmpty { return "a second build runs \(names(quiet.ran))" }
        if random.below(2) == 0 { restart() }
        _ = laboratory.disk.takeAccesses()
        let null = laboratory.engine.build(laboratory.inputs)
        let effects = laboratory.disk.takeAccesses().filter(\.operation.isEffect)
        if !null.ran.isEmpty { return "a third build runs \(names(null.ran))" }
        if !report.failed, !effects.isEmpty { return "a null build does \(effects)" }
        if null.diagnostics != report.diagnostics {
            return "a null build loses findings: \(null.diagnostics)"
        }
        if null.nextFlip != report.nextFlip { return "a null build loses the next flip" }
        if null.reused != quiet.reused {
            return "a null build counts \(null.reused) instead of \(quiet.reused)"
        }
        return nil
    }

    /// Whether a live node has read other things than it reads in a clean build.
    private func differsFromClean(_ clean: [Key: [String]]) -> String? {
        // Members of a ring go on with placeholders; where they were when it showed is no matter.
        if allowsCycles { return nil }
        let records = laboratory.engine.records(laboratory.inputs)
        for (key, reads) in clean where records[key] != reads {
            return "\(key.kind) \(key.name) has read \(records[key] ?? []) instead of \(reads)"
        }
        return nil
    }

    private func stamps() -> [String: FileStamp] {
        var result: [String: FileStamp] = [:]
        for line in laboratory.tree() {
            let path = String(line.prefix { $0 != ":" })
            result[line] = (try? laboratory.disk.stamp(Laboratory.path("out/" + path))) ?? nil
        }
        return result
    }

    private func rewritten(_ before: [String], _ stamps: [String: FileStamp], _ after: [String]) -> String? {
        let now = self.stamps()
        for line in after where before.contains(line) && stamps[line] != now[line] { return line }
        return nil
    }

    /// A key that ran though its record would have stood: the same reads with the same answers.
    private func ranForNothing(_ report: BuildReport, _ before: [Key: [String]]) -> String? {
        let after = laboratory.engine.records(laboratory.inputs)
        for event in report.ran {
            switch event.reason {
            case .readChanged, .appeared, .vanished, .timePassed: break
            case .new: if before[event.key] == nil { continue }
            default: continue
            }
            if before[event.key] == after[event.key] { return names([event]).joined() }
        }
        return nil
    }
}

extension BuildEngine {
    /// The reads of every node that has run, with what they saw: in words.
    func records(_ inputs: BuildInputs) -> [Key: [String]] {
        openStore(tool: inputs.tool)
        return evaluator.monitor.locked {
            evaluator.deriveDoubt()
            var result: [Key: [String]] = [:]
            for index in evaluator.graph.nodes.indices {
                let node = NodeID(index)
                if evaluator.graph.isLeaf(node) || evaluator.graph.state(of: node) == .new { continue }
                result[evaluator.graph.key(of: node)] = evaluator.graph.edgeRange(of: node).map { edge in
                    let cell = evaluator.graph.cells[Int(evaluator.graph.edgeCells[edge])]
                    let key = evaluator.graph.key(of: cell.node)
                    let projection = evaluator.graph.names.symbol(of: cell.projection)
                    return "\(key.kind) \(key.name) \(projection) \(evaluator.graph.edgeSeen[edge])"
                }
            }
            return result
        }
    }
}
