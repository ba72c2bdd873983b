/// The phases of a build, one after the other, for its trace and for who waits for it.
struct Phases {
    private let trace: BuildTrace?
    private let progress: BuildProgress?
    private var current: (phase: BuildProgress.Phase, start: Int64)?

    init(_ inputs: BuildInputs) {
        trace = inputs.trace
        progress = inputs.progress
    }

    /// The next begins.
    mutating func next(_ phase: BuildProgress.Phase) {
        end()
        progress?.begin(phase)
        if let trace { current = (phase, trace.now()) }
    }

    /// The last is over.
    mutating func end() {
        if let current { trace?.add(.phase(current.phase.text), worker: 0, since: current.start) }
        current = nil
    }
}
