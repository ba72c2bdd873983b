import Engine
import Site
import TestSupport
import Text

/// What happens to one ``ExpressionSite``, build by build.
struct ExpressionHistory {
    /// What was done, over all histories.
    struct Tally {
        var builds = 0
        var failed = 0
        /// What kept builds from publishing, and how often.
        var errors: [String: Int] = [:]
    }

    let seed: UInt64
    /// How many builds.
    let steps: Int
    /// How many expressions.
    let size: Int

    /// Edits and builds; after each build output and findings are those of a clean one, and in the end every promise is
    /// kept.
    ///
    /// - Returns: what is wrong, with the shortest script that was found; `nil` when all is well.
    func run(_ tally: inout Tally) -> String? {
        var random = RandomSource(seed: seed)
        let topic = ExpressionTopic.all[Int(seed % UInt64(ExpressionTopic.all.count))]
        let expressions = WorldExpression.some(size, about: topic, &random)
        var state = ExpressionSite(expressions, about: topic, &random)
        let site = EditScript.site()
        var files: [String: String] = [:]
        var script = EditScript(blocks: [])
        // The last state that could be published.
        var sound = state
        var isSound = true
        for step in 0..<steps {
            // What has errors is not published, so it tells nothing: it is taken back.
            if !isSound { state = sound } else if step > 0 { state.change(&random) }
            var orders = step > 0 && random.below(5) == 0 ? "drop output\n" : ""
            if random.below(12) == 0 {
                orders += "git \(random.pick(["1", "2", "refuses", "none"]))\n"
            }
            if random.below(12) == 0 {
                orders += "environment \(random.pick(["production", "staging"]))\n"
            }
            let block = orders + SiteFuzzer.changes(from: files, to: state.files, &random)
            if block.isEmpty { continue }
            files = state.files
            script.blocks.append(block)
            EditScript.apply(block, to: site)
            let problems = step + 1 == steps ? site.check() : site.checkOutput()
            if !problems.isEmpty { return Self.told(script, problems, files) }
            tally.builds += 1
            isSound = site.last?.report.build.failed == false
            if isSound {
                sound = state
            } else {
                tally.failed += 1
                for finding in site.allFindings where finding.severity == .error {
                    tally.errors[String(finding.message.prefix(70)), default: 0] += 1
                }
            }
        }
        return nil
    }

    /// What is wrong, and the shortest script that shows it.
    private static func told(_ script: EditScript, _ problems: [String], _ files: [String: String]) -> String
    {
        var short = script
        // Most of those who ask have nothing to do with it.
        let innocent = files.keys.filter { path in
            asking.contains { path.hasPrefix($0) } && !problems.contains { $0.contains(Self.place(of: path)) }
        }
        var fewer = script
        for index in fewer.blocks.indices { fewer.blocks[index] = without(innocent, fewer.blocks[index]) }
        if fewer.run() != nil { short = fewer }
        short = short.shrunk(budget: Environment.number("SITE_FUZZ_SHRINK") ?? 200)
        // What depends on the order in which threads work may not come again.
        let left = short.run()?.problems ?? problems
        return left.joined(separator: "\n") + "\n================ script\n" + short.text
    }

    private static let asking = ["content/zz/e", "content/own/e", "content/lists/e", "templates/ask/"]

    /// The number of one who asks, as it stands in paths: `e12/`.
    private static func place(of path: String) -> String {
        let digits = path.drop { !$0.isNumber }.prefix { $0.isNumber }
        return path.hasPrefix("templates/") ? "e\(digits)/" : "/e\(digits)/"
    }

    /// A block without some files.
    private static func without(_ paths: [String], _ block: String) -> String {
        var isLeftOut = false
        var lines: [Substring] = []
        for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                isLeftOut = paths.contains { line.hasPrefix("-- \($0) ") }
            }
            if !isLeftOut { lines.append(line) }
        }
        if isLeftOut { lines.append("") }
        return lines.joined(separator: "\n")
    }
}
