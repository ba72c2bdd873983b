import Files
import Testing

@testable import Engine

/// What a build counts for who waits for it.
@Suite struct ProgressTests {
    @Test(
        "what is counted of each phase and kind comes to its end, with one thread and with many",
        arguments: [1, 4])
    func counts(_ jobs: Int) {
        let laboratory = Laboratory(
            ["outputs.txt": "a b", "a.txt": "+ x 1", "b.txt": "+ x 2", "x.txt": "4"], jobs: jobs,
            publishes: true)
        #expect(BuildProgress().phase == .waiting)
        expectCounts(laboratory, [.making: 2])
        // One is otherwise now, one is new and one no longer wanted.
        laboratory.put("outputs.txt", "a c")
        laboratory.put("a.txt", "+ x 7")
        laboratory.put("c.txt", "9")
        expectCounts(laboratory, [.looking: 6, .making: 2, .publishing: 2])
        // What the disk has lost is made again only after everything else.
        laboratory.disk.delete("out/a")
        expectCounts(laboratory, [.making: 1, .publishing: 1])
    }

    @Test("many files that are removed are counted as well")
    func removing() throws {
        let names = (100..<180).map { "c\($0)" }
        let files = names.map { ("\($0).txt", "1") } + [("outputs.txt", names.joined(separator: " "))]
        let laboratory = Laboratory(Dictionary(uniqueKeysWithValues: files), publishes: true)
        _ = laboratory.build()
        let progress = BuildProgress()
        #expect(try laboratory.engine.removeOutputs(progress: progress) == 80)
        #expect(progress.phase == .removing)
        #expect(progress.count(of: .removing) == BuildProgress.Count(80, of: 80))
    }

    @Test("an audit is counted; so is a refresh")
    func others() {
        let laboratory = Laboratory(["outputs.txt": "a b", "a.txt": "1", "b.txt": "2"], publishes: true)
        _ = laboratory.build()
        laboratory.restart()
        _ = laboratory.build()
        let audited = BuildProgress()
        let report = laboratory.engine.audit(percent: 100, seed: 1, progress: audited)
        #expect(audited.phase == .comparing && report.auditedCount > 1)
        #expect(
            audited.count(of: .comparing) == BuildProgress.Count(report.auditedCount, of: report.auditedCount)
        )
        let refreshed = BuildProgress()
        laboratory.inputs.progress = refreshed
        _ = laboratory.engine.refresh(laboratory.inputs, changed: .everything)
        #expect(refreshed.phase == .planning)
        #expect(refreshed.count(of: .looking) == BuildProgress.Count(3, of: 3))
    }

    /// Builds, and expects so many files or outputs of some phases, the outputs by their kind as well.
    private func expectCounts(
        _ laboratory: Laboratory, _ expected: [BuildProgress.Phase: Int],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let progress = BuildProgress()
        laboratory.inputs.progress = progress
        #expect(!laboratory.build().failed, sourceLocation: sourceLocation)
        #expect(progress.phase == .recording, sourceLocation: sourceLocation)
        for (phase, count) in expected {
            #expect(
                progress.count(of: phase) == BuildProgress.Count(count, of: count), "\(phase)",
                sourceLocation: sourceLocation)
        }
        let outputs = progress.count(of: OutputRule.kind)
        #expect(outputs == progress.count(of: .making), sourceLocation: sourceLocation)
    }
}
