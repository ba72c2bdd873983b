import Synchronization

/// How far a build is: counters that it writes while it works, and that anyone may read at any time.
///
/// Whoever wants to know gives one to the build in ``BuildInputs/progress``; a build that nobody looks at counts nothing.
/// Nothing here has any influence on what is made. What is read of two counters need not be of one moment.
public final class BuildProgress: Sendable {
    /// What is being done.
    public enum Phase: Int, Sendable, CaseIterable {
        /// Nothing yet, or another process is waited for.
        case waiting = 0
        /// Sources are looked at, and what lies in the output folder.
        case looking
        /// It is found out which outputs there are.
        case planning
        /// Outputs are made, and put where they wait.
        case making
        /// What is only looked at for mistakes is looked at.
        case checking
        /// Outputs are put in their place.
        case publishing
        /// Files that are no longer wanted are removed.
        case removing
        /// What was done is written down.
        case recording
        /// What was made is compared with what is made again.
        case comparing

        /// What it is called in a trace.
        var text: String {
            switch self {
            case .waiting: "wait"
            case .looking: "look at the sources and the outputs"
            case .planning: "find out which outputs there are"
            case .making: "make outputs"
            case .checking: "check"
            case .publishing: "publish"
            case .removing: "remove"
            case .recording: "write down what was done"
            case .comparing: "compare"
            }
        }
    }

    /// How many of how many.
    public struct Count: Equatable, Sendable {
        /// So many are done.
        public let done: Int
        /// So many are to be done, as far as is known.
        public let wanted: Int

        /// A count.
        public init(_ done: Int, of wanted: Int) {
            self.done = done
            self.wanted = wanted
        }
    }

    private struct Counter: ~Copyable {
        let done = Atomic<Int>(0)
        let wanted = Atomic<Int>(0)

        func want(_ count: Int) { wanted.wrappingAdd(count, ordering: .relaxed) }
        func advance(_ count: Int) { done.wrappingAdd(count, ordering: .relaxed) }
        // What is done first, so that it is never more than what is wanted.
        var count: Count {
            let done = done.load(ordering: .relaxed)
            return Count(done, of: Swift.max(done, wanted.load(ordering: .relaxed)))
        }
    }

    private let current = Atomic<Int>(0)
    private let phases = InlineArray<9, Counter> { _ in Counter() }
    private let kinds = InlineArray<256, Counter> { _ in Counter() }

    /// Nothing has been done.
    public init() {}

    // MARK: Reading

    /// What is being done.
    public var phase: Phase { Phase(rawValue: current.load(ordering: .relaxed)) ?? .waiting }

    /// How far a phase is: files in those that look, publish and remove, outputs in the one that makes them.
    public func count(of phase: Phase) -> Count { phases[phase.rawValue].count }

    /// How far the things of one kind are that were to be done many at once.
    public func count(of kind: RuleKind) -> Count { kinds[Int(kind.number)].count }

    // MARK: Counting

    /// A phase begins.
    public func begin(_ phase: Phase) { current.store(phase.rawValue, ordering: .relaxed) }

    /// So many more are to be done in a phase.
    public func want(_ count: Int, in phase: Phase) { phases[phase.rawValue].want(count) }

    /// So many more are done in a phase.
    public func advance(_ count: Int = 1, in phase: Phase) { phases[phase.rawValue].advance(count) }

    /// One more of a kind is to be done.
    func want(_ kind: UInt8) { kinds[Int(kind)].want(1) }

    /// One more of a kind is done.
    func advance(_ kind: UInt8) { kinds[Int(kind)].advance(1) }
}
