import Engine
import Formats

import TestSupport
import Testing
import Text

@testable import Site

/// One page for each thing that can be asked of the world, and one thing changed at a time: what is read and not
/// recorded leaves its page as it was.
@Suite struct ExpressionFuzzTests {
    /// Runs for `SITE_FUZZ_SECONDS`, or a short time on one site of each topic; `SITE_FUZZ_SEED` names the first seed,
    /// `SITE_FUZZ_STEPS` how many builds a site has, `SITE_FUZZ_EXPRESSIONS` how many pages ask something.
    @Test func whateverIsAskedIsAnsweredAnew() {
        let seconds = Environment.number("SITE_FUZZ_SECONDS")
        let topics = ExpressionTopic.all.count
        let first = UInt64(Environment.number("SITE_FUZZ_SEED") ?? 1)
        let count = Environment.number("SITE_FUZZ_COUNT") ?? (seconds == nil ? topics : .max)
        let steps = Environment.number("SITE_FUZZ_STEPS") ?? (seconds == nil ? 5 : 12)
        let size = Environment.number("SITE_FUZZ_EXPRESSIONS") ?? 40
        let most = Environment.number("SITE_FUZZ_FAILURES") ?? 3
        let start = Environment.seconds
        var seed = first
        var failures = 0
        var tally = ExpressionHistory.Tally()
        while seed - first < UInt64(clamping: count), failures < most {
            if let seconds, Environment.seconds - start >= seconds { break }
            if let failure = ExpressionHistory(seed: seed, steps: steps, size: size).run(&tally) {
                Issue.record("seed \(seed): \(failure)")
                failures += 1
            }
            seed += 1
        }
        if seconds != nil || count > topics {
            Environment.say(
                "asked on \(seed - first) sites from seed \(first): \(tally.builds) builds, \(tally.failed) with errors \(tally.errors.sorted { $0.value > $1.value }.prefix(12).map { "\($0.value) × \($0.key)" })\n"
            )
        }
    }

    /// They can be asked of a usual site: one that ends in an error would tell nothing.
    @Test func expressionsAreUnderstood() {
        var random = RandomSource(seed: 1)
        let anything = ExpressionTopic.all[ExpressionTopic.all.count - 1]
        let all = WorldExpression.some(150, about: anything, &random) + WorldExpression.written
        let site = EditScript.site()
        let files = ExpressionSite(all, about: anything, &random).files
        EditScript.apply(SiteFuzzer.changes(from: [:], to: files, &random), to: site)
        let found = site.build().report.build.diagnostics.filter { $0.severity == .error }
        let questions = found.map { finding in
            finding.message + ": " + (finding.location.flatMap { files[$0.path.text] } ?? "")
        }
        #expect(questions.isEmpty)
    }

    /// What a table names has an expression; for attributes and `site` the tables are asked themselves.
    @Test func everythingThatCanBeAskedIs() {
        #expect(WorldExpression.paginatorAttributes.count > 5)
        #expect(WorldExpression.taxonomyAttributes.count > 3)
        let written = WrittenExpressions.templates + WrittenExpressions.own + WrittenExpressions.data
        for entry in SiteLanguage.entries {
            let isUsed = written.contains {
                entry.kind == .function ? $0.contains("\(entry.name)(") : $0.contains("| \(entry.name)")
            }
            #expect(isUsed, "no expression has \(entry.name)")
        }
    }

    /// Every key of heads and of `site.json` is one of those that are edited.
    @Test func everyKeyIsEdited() {
        for field in FrontMatter.Field.allCases {
            #expect(ExpressionSiteParts.heads.contains { $0.0 == field.name }, "no edit of \(field.name)")
        }
        guard case .object(let properties, _) = SiteConfiguration.schema.shape else { return }
        for property in properties {
            #expect(
                ExpressionSiteParts.configurations.contains { $0.0 == property.name },
                "no edit of \(property.name)")
        }
    }
}
