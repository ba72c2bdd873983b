import Engine
import Glibc
import Site
import TestSupport
import Testing
import Text

/// Random sites under random edits: whatever happens, a build leaves what a clean build makes.
@Suite struct SiteFuzzTests {
    /// Runs for `SITE_FUZZ_SECONDS`, or a few sites; `SITE_FUZZ_SEED` names the first seed.
    @Test func anyHistoryEndsInWhatACleanBuildMakes() {
        let seconds = Environment.number("SITE_FUZZ_SECONDS")
        let first = UInt64(Environment.number("SITE_FUZZ_SEED") ?? 1)
        let steps = Environment.number("SITE_FUZZ_STEPS") ?? 12
        let count = Environment.number("SITE_FUZZ_COUNT") ?? (seconds == nil ? 4 : .max)
        let start = Environment.seconds
        var seed = first
        var builds = 0
        var failures = 0
        var unpublished = 0
        var errors: [String: Int] = [:]
        var ran = 0
        var written = 0
        while seed - first < UInt64(clamping: count), failures < 3 {
            if let seconds, Environment.seconds - start >= seconds { break }
            let script = EditScript(blocks: SiteFuzzer.blocks(seed: seed, steps: steps))
            builds += script.blocks.count
            let failure = script.run { site in
                if site.last?.report.build.failed == true { unpublished += 1 }
                let codes = Set(
                    (site.last?.report.build.diagnostics ?? []).filter { $0.severity == .error }.map(
                        \.code.name))
                for code in codes { errors[code, default: 0] += 1 }
                ran += site.last?.ran.count { $0.contains("-output ") } ?? 0
                written += site.last?.written.count ?? 0
            }
            if let failure {
                let short = script.shrunk(budget: Environment.number("SITE_FUZZ_SHRINK") ?? 200)
                // What depends on the order in which threads work may not come again.
                let problems = (short.run() ?? failure).problems.joined(separator: "\n")
                Issue.record("seed \(seed): \(problems)\n================ script\n\(short.text)")
                failures += 1
            }
            seed += 1
        }
        if seconds != nil || count > 4 {
            Environment.say(
                "fuzzed \(seed - first) sites from seed \(first), \(builds) builds, \(unpublished) with errors \(errors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }); \(ran) outputs made, \(written) written\n"
            )
        }
    }

    /// What once failed.
    @Test(arguments: SavedCases.all)
    func aSavedCaseStaysRight(_ saved: SavedCases.Case) {
        let failure = EditScript(saved.text).run()
        #expect(
            failure == nil,
            "\(saved.name), block \(failure?.block ?? 0): \(failure?.problems.joined(separator: "\n") ?? "")")
    }
}
