@testable import Engine
import Files
import TestSupport
import Text

/// What is looked at after each build: what the answer key says, what a clean build does, and what may have run.
extension History {
    mutating func buildAndCheck(alwaysTwice: Bool = false) -> String? {
        if !alwaysTwice { advance() }
        let treeBefore = laboratory.tree()
        let stampsBefore = stamps()
        let recordsBefore = laboratory.engine.records(laboratory.inputs)
        let report = laboratory.engine.build(laboratory.inputs)
        tell("build: \(names(report.ran).joined(separator: ", "))")
        let clean = laboratory.cleanReport()
        if report.diagnostics.map(\.message) != clean.diagnostics.map(\.message) {
            return
                "findings \(report.diagnostics.map(\.message)) instead of \(clean.diagnostics.map(\.message))"
        }
        if report.nextFlip != clean.nextFlip {
            return "next flip \(report.nextFlip ?? 0) instead of \(clean.nextFlip ?? 0)"
        }
        let tree = laboratory.tree()
        if report.failed {
            if tree != treeBefore { return "a failed build changed \(treeBefore) to \(tree)" }
        } else {
            let expected = (try? model.outputs()) ?? clean.tree
            if tree != expected { return "\(tree) instead of \(expected)" }
            let folders = laboratory.disk.folders.filter { $0.isInside(Laboratory.path("out")) }
            for folder in folders where folder.text != "out" {
                if !laboratory.disk.files.contains(where: { $0.path.isInside(folder) }) {
                    return "the empty folder \(folder) is left"
                }
            }
            if let path = rewritten(treeBefore, stampsBefore, tree) {
                return "\(path) was written for nothing"
            }
        }
        if let key = ranForNothing(report, recordsBefore) { return "\(key) ran for nothing" }
        for event in report.ran where event.reason == .readChanged || event.reason == .appeared {
            if event.cause == nil { return "no cause for \(names([event]))" }
        }
        if let problem = differsFromClean(clean.records) { return problem }
        return !alwaysTwice && random.below(3) == 0 ? nil : checkNull(report)
    }

    private mutating func checkNull(_ report: BuildReport) -> String? {
        // What is young is hashed once more, which is written down; so let time pass and do that first.
        laboratory.disk.advanceClock(nanoseconds: 1_000_000_000)
        let quiet = laboratory.engine.build(laboratory.inputs)
        if !quiet.ran.isEmpty { return "a second build runs \(names(quiet.ran))" }
        if random.below(2) == 0 { restart() }
        _ = laboratory.disk.takeAccesses()
        let null = laboratory.engine.build(laboratory.inputs)
        let effects = laboratory.disk.takeAccesses().filter(\.operation.isEffect)
        if !null.ran.isEmpty { return "a third build runs \(names(null.ran))" }
        if !report.failed, !effects.isEmpty { return "a null build does \(effects)" }
        if null.diagnostics != report.diagnostics {
            return "a null build loses findings: \(null.diagnostics)"
        }
        if null.nextFlip != report.nextFlip { return "a null build loses the next flip" }
        if null.reused != quiet.reused {
            return "a null build counts \(null.reused) instead of \(quiet.reused)"
        }
        return nil
    }

    /// Whether a live node has read other things than it reads in a clean build.
    private func differsFromClean(_ clean: [Key: [String]]) -> String? {
        // Members of a ring go on with placeholders; where they were when it showed is no matter.
        if allowsCycles { return nil }
        let records = laboratory.engine.records(laboratory.inputs)
        for (key, reads) in clean where records[key] != reads {
            return "\(key.kind) \(key.name) has read \(records[key] ?? []) instead of \(reads)"
        }
        return nil
    }

    private func stamps() -> [String: FileStamp] {
        var result: [String: FileStamp] = [:]
        for line in laboratory.tree() {
            let path = String(line.prefix { $0 != ":" })
            result[line] = (try? laboratory.disk.stamp(Laboratory.path("out/" + path))) ?? nil
        }
        return result
    }

    private func rewritten(_ before: [String], _ stamps: [String: FileStamp], _ after: [String]) -> String? {
        let now = self.stamps()
        for line in after where before.contains(line) && stamps[line] != now[line] { return line }
        return nil
    }

    /// A key that ran though its record would have stood: the same reads with the same answers.
    private func ranForNothing(_ report: BuildReport, _ before: [Key: [String]]) -> String? {
        let after = laboratory.engine.records(laboratory.inputs)
        for event in report.ran {
            switch event.reason {
            case .readChanged, .appeared, .vanished, .timePassed: break
            case .new: if before[event.key] == nil { continue }
            default: continue
            }
            if before[event.key] == after[event.key] { return names([event]).joined() }
        }
        return nil
    }
}
