/// A fault that tests plant in the engine, to see whether they would notice it. In release builds there are none.
enum Mutant: String, CaseIterable, Sendable {
    case absenceNotRecorded
    case listingNotRecorded
    case onlyFirstPartRecorded
    case wholeInsteadOfPart
    case edgesMerged
    case presenceReadAsContent
    case youngStampTrusted
    case sizeAndTimeTrusted
    case environmentIgnored
    case flagsIgnored
    case pastIgnored
    case clockIgnored
    case probeIgnored
    case announcementsSkipped
    case staleOutputsKept
    case emptyFoldersKept
    case equalOutputsRewritten
    case outputsNotVerified
    case fingerprintsOfTwoBits
    case noEarlyCutoff
    case doubtNotPassedOn
    case findingsNotStored
    case deadFindingsReported
    case publishedDespiteErrors
    case cellsNotLogged
    case doubtNotDerived
    case tornLogBelieved
    case packNotChecked
    case eagerNodesForgotten
    case toolIgnored
    case tableNotChecked
    case onlyFirstEdgeValidated
    case cycleNotRetried
    case flipForgotten
}

extension Mutant? {
    /// Whether this fault is planted; never in a release build.
    @inline(__always)
    func plants(_ mutant: Mutant) -> Bool {
        #if DEBUG
            self == mutant
        #else
            false
        #endif
    }
}

extension BuildEngine {
    /// Plants a fault, before anything is built.
    func plant(_ mutant: Mutant?) {
        evaluator.mutant = mutant
    }
}
