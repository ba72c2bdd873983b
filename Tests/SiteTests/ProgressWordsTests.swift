import Testing

@testable import Engine
@testable import Site

/// What is said of a build to who waits for it.
@Suite struct ProgressWordsTests {
    @Test("Each phase says what is done and how far it is")
    func phases() {
        expectText(nil, .waiting)
        expectText("looking at files", .looking)
        expectText("looking at files: 51,200 of 100,340", .looking, [(.looking, 51_200, 100_340)])
        expectText("publishing: 8,400 of 13,703", .publishing, [(.publishing, 8_400, 13_703)])
        expectText("publishing", .publishing, [(.publishing, 0, 1)])
        expectText("removing files: 7 of 1,234,567", .removing, [(.removing, 7, 1_234_567)])
        expectText("writing down what was done", .recording)
        expectText("comparing: 999 of 1,000", .comparing, [(.comparing, 999, 1_000)])
    }

    @Test("What is made is called by its kind")
    func kinds() {
        let counts: [(BuildProgress.Phase, Int, Int)] = [(.making, 5_000, 15_000)]
        expectText("reading heads: 12 of 100", .planning, kinds: [(.pageMeta, 12, 100), (.pageBody, 1, 2)])
        expectText(
            "making lists and texts: 1 of 90", .planning, kinds: [(.pageMeta, 100, 100), (.pageBody, 1, 90)])
        expectText("making lists", .planning, kinds: [(.pageMeta, 100, 100), (.pageBody, 90, 90)])
        expectText(
            "making pages: 4,213 of 13,703", .making, counts, kinds: [(.pageOutput, 4_213, 13_703)])
        expectText("making files: 5,000 of 15,000", .making, counts, kinds: [(.pageOutput, 13_703, 13_703)])
        expectText("checking links: 3 of 80", .checking, kinds: [(.linkCheck, 3, 80)])
    }

    private func expectText(
        _ text: String?, _ phase: BuildProgress.Phase, _ counts: [(BuildProgress.Phase, Int, Int)] = [],
        kinds: [(RuleKind, Int, Int)] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let progress = BuildProgress()
        progress.begin(phase)
        for (phase, done, wanted) in counts {
            progress.want(wanted, in: phase)
            progress.advance(done, in: phase)
        }
        for (kind, done, wanted) in kinds {
            for _ in 0..<wanted { progress.want(kind.number) }
            for _ in 0..<done { progress.advance(kind.number) }
        }
        #expect(SiteWords.text(of: progress) == text, sourceLocation: sourceLocation)
    }
}
