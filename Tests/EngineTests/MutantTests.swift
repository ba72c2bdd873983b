@testable import Engine
import Glibc
import Testing

@Suite("Every planted fault is noticed", .serialized)
struct MutantTests {
    @Test("a directed history notices a planted fault", arguments: Mutant.allCases)
    func isNoticed(mutant: Mutant) {
        let clock = ContinuousClock()
        let start = clock.now
        guard let history = DirectedHistory.all.first(where: { $0.run(mutant) != nil }) else {
            Issue.record("nobody notices \(mutant)")
            return
        }
        Self.say("\(mutant): \(history.name), \(clock.now - start)")
    }

    /// Minutes of work, so it runs when `ENGINE_MUTANTS` is 1: after every change of the random histories.
    @Test(
        "random histories notice a planted fault within a minute",
        .enabled(if: FuzzTests.number("ENGINE_MUTANTS", 0) > 0),
        arguments: Mutant.allCases)
    func isNoticedByChance(mutant: Mutant) {
        let clock = ContinuousClock()
        let start = clock.now
        let first = FuzzTests.number("FUZZ_SEED", 1)
        var seed = first
        while clock.now - start < .seconds(60) {
            var history = History(seed: UInt64(seed), mutant: mutant)
            if history.run(steps: 20) != nil {
                Self.say("\(mutant): seed \(seed), \(clock.now - start)")
                return
            }
            seed += 1
        }
        Issue.record("seeds \(first) to \(seed) do not notice \(mutant)")
    }

    static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        unsafe line.withUnsafeBytes { unsafe _ = write(2, $0.baseAddress, $0.count) }
    }
}
