import Engine
import Files
import Site
import TestSupport
import Text

/// A random site in three states, whose builds are killed between them.
struct KilledSite {
    /// What a clean build of a state leaves and says.
    private struct Clean {
        let files: [String: [UInt8]]
        let diagnostics: [String]
    }

    /// Files of someone else's in the output folder: with them, outputs are published one by one; without any, a
    /// first build is published by one rename.
    private static let foreign = ["CNAME": "example.org", "kept/by/hand.txt": "mine"]
    private let states: [[String: String]]
    private let clean: [Clean]
    private let hasForeign: Bool

    /// The site of a seed; `nil` when one of its builds has errors.
    init?(seed: UInt64) {
        states = SiteFuzzer.states(seed: seed, count: 3)
        hasForeign = seed % 2 == 0
        var clean: [Clean] = []
        for state in states {
            let disk = MemoryFileSystem()
            let process = Process(Self.world(state), disk)
            if process.report.build.failed { return nil }
            clean.append(
                Clean(files: OutputTree(disk).files.mapValues(\.bytes), diagnostics: process.diagnostics))
        }
        self.clean = clean
    }

    private static func world(_ state: [String: String]) -> World {
        let world = World(source: MemoryFileSystem(), now: World.instant("2026-01-10"))
        put(state, in: world.source)
        return world
    }

    private static func put(_ state: [String: String], in source: MemoryFileSystem) {
        for file in source.files where state[file.path.text] == nil { source.delete(file.path.text) }
        for (path, text) in state.sorted(by: { $0.key < $1.key }) where source.text(of: path) != text {
            source.put(path, text)
        }
    }

    /// Kills the first build and the second at each of their effects, and goes on from there.
    ///
    /// - Returns: what is wrong, or `nil`; `kills` is counted up.
    func run(_ kills: inout Int) -> String? {
        for killed in 0...1 {
            // Either the edit is still there for the next build, or it has been taken back.
            for next in 0...1 {
                var effects = 0
                while true {
                    let torn = effects % 3 == 0 ? 1 + effects * 7 : nil
                    let result = attempt(killed, next, effects, torn)
                    if let problem = result.problem {
                        return
                            "build \(killed) killed after \(effects) effects, \(torn ?? 0) bytes torn, then state \(next): \(problem)"
                    }
                    if !result.isKilled { break }
                    kills += 1
                    effects += 1
                }
            }
        }
        return nil
    }

    private func attempt(
        _ killed: Int, _ next: Int, _ effects: Int, _ torn: Int?
    ) -> (isKilled: Bool, problem: String?) {
        let world = Self.world(states[0])
        let disk = MemoryFileSystem()
        if hasForeign { for (path, text) in Self.foreign { disk.put("public/" + path, text) } }
        func settle() {
            world.source.advanceClock(nanoseconds: 10_000_000_000)
            disk.advanceClock(nanoseconds: 10_000_000_000)
        }
        settle()
        if killed == 1 {
            _ = Process(world, disk)
            Self.put(states[1], in: world.source)
            settle()
        }
        let before = disk.effectCount
        disk.stopEffects(after: effects, tornBytes: torn)
        _ = Process(world, disk)
        let isKilled = disk.effectCount - before > effects
        disk.resumeEffects()

        Self.put(states[next], in: world.source)
        // Half of the time, what was written by the dead process is too young for its stamps to be trusted.
        if effects % 2 == 0 { settle() }
        if let problem = problem(Process(world, disk), disk, clean[next]) { return (isKilled, problem) }
        settle()
        let second = Process(world, disk)
        if !second.ran.isEmpty { return (isKilled, "a second build ran \(second.ran)") }
        if effects % 4 == 0 {
            _ = disk.takeAccesses()
            let third = Process(world, disk)
            let written = disk.takeAccesses().filter(\.operation.isEffect)
            if !third.ran.isEmpty || !written.isEmpty {
                return (isKilled, "a third build ran \(third.ran), wrote \(written)")
            }
            Self.put(states[2], in: world.source)
            settle()
            if let problem = problem(Process(world, disk), disk, clean[2]) {
                return (isKilled, "an edit later: \(problem)")
            }
        }
        return (isKilled, nil)
    }

    private func problem(_ process: Process, _ disk: MemoryFileSystem, _ clean: Clean) -> String? {
        if process.diagnostics != clean.diagnostics {
            return "findings \(process.diagnostics) instead of \(clean.diagnostics)"
        }
        var files = OutputTree(disk).files.mapValues(\.bytes)
        if hasForeign {
            for (path, text) in Self.foreign where files.removeValue(forKey: path) != Array(text.utf8) {
                return "somebody else's \(path) is gone or changed"
            }
        }
        for (path, bytes) in clean.files.sorted(by: { $0.key < $1.key }) where files[path] != bytes {
            return files[path] == nil ? "\(path) is missing" : "\(path) is stale"
        }
        for path in files.keys.sorted() where clean.files[path] == nil { return "\(path) is left over" }
        return nil
    }
}
