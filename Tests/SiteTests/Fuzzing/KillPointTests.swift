import TestSupport
import Testing

/// A process may die at any of its effects on the disk: the next one leaves what a clean build makes, and what is
/// not ours stays.
@Suite struct KillPointTests {
    /// Kills at every effect of a first build and of a build after edits, on as many sites as `SITE_KILL_SITES` says;
    /// `SITE_FUZZ_SEED` names the first seed.
    @Test func aBuildMayDieAtAnyEffect() {
        let wanted = Environment.number("SITE_KILL_SITES") ?? 1
        var seed = UInt64(Environment.number("SITE_FUZZ_SEED") ?? 1)
        var sites = 0
        var kills = 0
        while sites < wanted {
            defer { seed += 1 }
            // A build with errors publishes nothing; there, little can go wrong.
            guard let site = KilledSite(seed: seed) else { continue }
            sites += 1
            if let problem = site.run(&kills) {
                Issue.record("seed \(seed): \(problem)")
                return
            }
            if wanted > 1 { Environment.say("seed \(seed): \(kills) kills so far\n") }
        }
    }
}
