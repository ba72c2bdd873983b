import Foundation
import TestSupport
import Testing

/// The process itself is killed (`SIGKILL`) before one of its effects on a real disk: between a temporary file and
/// its renaming, in the midst of an append, between an output and the line in the log that tells of it.
@Suite(.enabled(if: SiteProgram.path != nil)) struct KillTests {
    /// On as many random sites as `SITE_KILL_SITES` says, at every effect; in a usual run on one site, at some.
    /// `SITE_FUZZ_SEED` names the first seed.
    @Test("After a kill at any effect the next build is as a clean one, and what is not ours stays")
    func killed() throws {
        let variables = ProcessInfo.processInfo.environment
        let wanted = variables["SITE_KILL_SITES"].flatMap { Int($0) }
        var seed = variables["SITE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
        var sites = 0
        var kills = 0
        while sites < wanted ?? 1 {
            defer { seed += 1 }
            guard let trial = try KillTrial(seed: seed) else { continue }
            sites += 1
            if let problem = try trial.run(stride: wanted == nil ? 12 : 1, &kills) {
                Issue.record("seed \(seed): \(problem)")
                return
            }
        }
        #expect(kills > 3, "nothing was killed")
    }
}

/// A random site in three states, and what a clean build makes of each.
private struct KillTrial {
    private static let foreign = ["CNAME": "example.org", "kept/by/hand.txt": "mine"]
    private let states: [[String: String]]
    private let clean: [[String: Data]]
    private let hasForeign: Bool

    /// The site of a seed; `nil` when one of its builds has errors.
    init?(seed: UInt64) throws {
        states = SiteFuzzer.states(seed: seed, count: 3)
        hasForeign = seed % 2 == 0
        var clean: [[String: Data]] = []
        for state in states {
            let site = try SiteOnDisk()
            try Self.put(state, over: [:], in: site)
            if try Self.build(site).code != 0 { return nil }
            clean.append(Self.outputs(site))
        }
        self.clean = clean
    }

    private static func put(_ state: [String: String], over old: [String: String], in site: SiteOnDisk) throws
    {
        for path in old.keys where state[path] == nil {
            try FileManager.default.removeItem(atPath: site.path + "/" + path)
        }
        for (path, text) in state.sorted(by: { $0.key < $1.key }) where old[path] != text {
            try site.write(Array(text.utf8), to: path)
        }
    }

    private static func build(_ site: SiteOnDisk, killedBefore effect: Int? = nil) throws -> SiteProgram.Run {
        try SiteProgram.run(
            ["build", "--now", "2026-01-10", "--jobs", "2", "--format", "json"], in: site.path,
            environment: effect.map { ["SITE_KILL_POINT": String($0)] } ?? [:])
    }

    /// Regular files alone, and not what a killed process had on its way.
    private static func outputs(_ site: SiteOnDisk) -> [String: Data] { site.files() }

    /// Kills the first build and the second, and goes on from there with or without the edit.
    ///
    /// - Returns: what is wrong, or `nil`.
    func run(stride: Int, _ kills: inout Int) throws -> String? {
        for killed in 0...1 {
            for next in 0...1 {
                var effect = stride > 1 ? killed + next : 0
                while true {
                    let result = try attempt(killed, next, effect)
                    if let problem = result.problem {
                        return
                            "build \(killed) killed before effect \(effect), then state \(next): \(problem)"
                    }
                    if !result.isKilled { break }
                    kills += 1
                    effect += stride
                }
            }
        }
        return nil
    }

    private func attempt(
        _ killed: Int, _ next: Int, _ effect: Int
    ) throws -> (isKilled: Bool, problem: String?) {
        let site = try SiteOnDisk()
        if hasForeign {
            for (path, text) in Self.foreign { try site.write(Array(text.utf8), to: "public/" + path) }
        }
        try Self.put(states[0], over: [:], in: site)
        if killed == 1 {
            _ = try Self.build(site)
            try Self.put(states[1], over: states[0], in: site)
        }
        let run = try Self.build(site, killedBefore: effect)
        let isKilled = run.code == -SIGKILL
        if !isKilled, run.code != 0 { return (false, "the build ends with \(run.code): \(run.output)") }
        try Self.put(states[next], over: states[killed], in: site)
        let after = try Self.build(site)
        if after.code != 0 { return (isKilled, "the next build ends with \(after.code): \(after.output)") }
        if let problem = problem(site, clean[next]) { return (isKilled, problem) }
        let null = try Self.build(site)
        if null.json["ran"] as? Int != 0 || null.json["written"] as? Int != 0 {
            return (isKilled, "a build without an edit: \(null.output)")
        }
        try Self.put(states[2], over: states[next], in: site)
        let last = try Self.build(site)
        if let problem = problem(site, clean[2]) {
            return (isKilled, "an edit later: \(problem); that build ends with \(last.code): \(last.output)")
        }
        // What was on its way is gone as well, once there is something to do again.
        let strays = site.files(below: ".site").keys.filter { $0.hasSuffix(".tmp") }.sorted()
        return (isKilled, strays.first.map { "\($0) is left in .site" })
    }

    private func problem(_ site: SiteOnDisk, _ clean: [String: Data]) -> String? {
        var files = Self.outputs(site)
        if hasForeign {
            for (path, text) in Self.foreign where files.removeValue(forKey: path) != Data(text.utf8) {
                return "somebody else's \(path) is gone or changed"
            }
        }
        for (path, bytes) in clean.sorted(by: { $0.key < $1.key }) where files[path] != bytes {
            return files[path] == nil ? "\(path) is missing" : "\(path) is stale"
        }
        let left = files.keys.filter { clean[$0] == nil }.sorted()
        return left.first.map { "\($0) is left over" }
    }
}
