import Glibc
import TestSupport
import Testing

@Suite("Random heads: plain YAML is read as libyaml reads it, or not at all")
struct PlainYAMLFuzzTests {
    private static func number(_ name: String) -> Int? {
        unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) }
    }

    /// Runs a few thousand heads, or for `YAML_FUZZ_SECONDS` and with the heads of real sites among those that are
    /// spoiled; `YAML_FUZZ_SEED` names the first seed. Each head has its own.
    @Test func randomHeadsAreReadAsByEvents() {
        let first = Self.number("YAML_FUZZ_SEED") ?? 1
        let seconds = Self.number("YAML_FUZZ_SECONDS")
        var heads = ReaderCase.all("heads.txt").map { Array($0.text.utf8) }
        if seconds != nil {
            for corpus in ["swift-blog", "otel-site"] {
                heads += PlainYAMLTests.realHeads(of: corpus).map { Array($0.bytes[$0.head]) }
            }
        }
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        var taken = 0
        while seconds.map({ clock.now - start < .seconds($0) }) ?? (count < 4000) {
            var source = YAMLHeadSource(seed: UInt64(first + count), heads: heads)
            let (bytes, part) = source.next()
            let found = PlainYAMLTests.compare(bytes, part)
            if let difference = found.difference {
                Issue.record("YAML_FUZZ_SEED=\(first + count): \(difference)")
                return
            }
            count += 1
            taken += found.isTaken ? 1 : 0
        }
        #expect(taken * 5 > count, "only \(taken) of \(count) heads from seed \(first) are plain")
        if seconds != nil {
            let line = Array("\(count) heads from seed \(first), \(taken) of them plain\n".utf8)
            unsafe line.withUnsafeBytes { unsafe _ = write(2, $0.baseAddress, $0.count) }
        }
    }
}
