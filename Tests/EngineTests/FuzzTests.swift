@testable import Engine
import Glibc
import Testing

@Suite("Random histories: always what a clean build gives, never a run for nothing")
struct FuzzTests {
    /// How many histories: a few in every run of the tests, as many as `FUZZ_HISTORIES` says at night.
    static func number(_ name: String, _ usual: Int) -> Int {
        unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) } ?? usual
    }

    @Test("a random history shows nothing wrong")
    func histories() {
        let first = Self.number("FUZZ_SEED", 1)
        let count = Self.number("FUZZ_HISTORIES", 25)
        for seed in first..<(first + count) {
            var history = History(seed: UInt64(seed))
            if let problem = history.run(steps: 20) {
                Issue.record("FUZZ_SEED=\(seed): \(problem)")
                return
            }
        }
    }
}

/// Minutes of work, so it runs when `ENGINE_MUTANTS` is 1: after every change of the engine or of the histories.
@Suite(
    "The random histories notice every planted fault", .serialized,
    .enabled(if: FuzzTests.number("ENGINE_MUTANTS", 0) > 0))
struct MutantTests {
    @Test("a planted fault is noticed", arguments: Mutant.allCases)
    func isNoticed(mutant: Mutant) {
        let clock = ContinuousClock()
        let start = clock.now
        for seed in 1...400 {
            var history = History(seed: UInt64(seed), mutant: mutant)
            if history.run(steps: 20) == nil { continue }
            let line = Array("\(mutant): seed \(seed), \(clock.now - start)\n".utf8)
            unsafe line.withUnsafeBytes { unsafe _ = write(2, $0.baseAddress, $0.count) }
            return
        }
        Issue.record("nobody notices \(mutant)")
    }
}
