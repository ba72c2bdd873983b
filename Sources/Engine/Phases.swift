/// The phases of a build, one after the other, for its trace.
struct Phases {
    private let trace: BuildTrace?
    private var current: (name: String, start: Int64)?

    init(_ trace: BuildTrace?) {
        self.trace = trace
    }

    /// The next begins.
    mutating func next(_ name: String) {
        end()
        if let trace { current = (name, trace.now()) }
    }

    /// The last is over.
    mutating func end() {
        if let current { trace?.add(.phase(current.name), worker: 0, since: current.start) }
        current = nil
    }
}
