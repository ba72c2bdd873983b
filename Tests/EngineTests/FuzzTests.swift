@testable import Engine
import Glibc
import Testing

@Suite("Random histories: always what a clean build gives, never a run for nothing")
struct FuzzTests {
    /// How many histories: a few in every run of the tests, as many as `FUZZ_HISTORIES` says at night, or as many as
    /// there is time for in `FUZZ_SECONDS`.
    static func number(_ name: String, _ usual: Int) -> Int {
        unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) } ?? usual
    }

    @Test("a random history shows nothing wrong")
    func histories() {
        let first = Self.number("FUZZ_SEED", 1)
        let seconds = Self.number("FUZZ_SECONDS", 0)
        let count = seconds > 0 ? .max / 2 : Self.number("FUZZ_HISTORIES", 25)
        let clock = ContinuousClock()
        let start = clock.now
        for seed in first..<(first + count) {
            if seconds > 0, clock.now - start > .seconds(seconds) {
                MutantTests.say("\(seed - first) histories from seed \(first)")
                return
            }
            var history = History(seed: UInt64(seed))
            if let problem = history.run(steps: 20) {
                Issue.record("FUZZ_SEED=\(seed): \(problem)")
                return
            }
        }
    }
}
