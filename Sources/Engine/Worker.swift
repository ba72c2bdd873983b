/// One thread's place in the graph: what it has claimed, the lowest first, and what it waits for.
///
/// Each node on the stack was asked for by the one below it, so it is something that all below depend on.
final class Worker: @unchecked Sendable {
    // Guarded by the evaluator's monitor; the frames are appended and removed by the owning thread alone. What it has
    // pulled, seen and been told is the thread's own.
    var stack: [NodeID] = []
    var waitingFor: NodeID = none
    /// Which thread of the evaluator this is, counted from 1.
    let number: Int
    /// What is best done after the present item of a batch, if it is wanted at all.
    var suggestions: [Key] = []
    /// What this thread has pulled lately.
    var pulled = PulledValues()
    /// What the parts were worth that it recorded lately.
    var seen = SeenFingerprints()
    /// The edges of the record that it writes down: room that is used again for the next one.
    var edges = Edges()

    /// Edges before they have numbers: where each leads, and what it saw.
    struct Edges {
        var cells: [CellID] = []
        var seen: [UInt64] = []

        mutating func removeAll() {
            cells.removeAll(keepingCapacity: true)
            seen.removeAll(keepingCapacity: true)
        }
    }

    init(number: Int) {
        self.number = number
    }
}

/// Work on many nodes, done by whoever has time.
final class Batch: @unchecked Sendable {
    // Guarded by the evaluator's monitor.
    /// Nodes, or whatever numbers the body understands.
    let items: [UInt32]
    /// What is done with each; the lock is held before and after.
    let body: (UInt32, Worker) -> Void
    var next = 0
    var finished = 0
    var isCancelled = false
    /// Nobody waits for this but a background thread.
    var isCancellable = false

    init(_ items: [UInt32], _ body: @escaping (UInt32, Worker) -> Void) {
        self.items = items
        self.body = body
    }

    var isDone: Bool { finished == items.count || (isCancelled && finished == next) }
    var hasMore: Bool { next < items.count && !isCancelled }
}

/// Nodes that depend on themselves through each other, while at least one of them has not come to an end.
final class CycleGroup: @unchecked Sendable {
    // Guarded by the evaluator's monitor.
    var members: [NodeID] = []
    var unfinished = 0
    /// So many of the members have come to an end, as far as was looked.
    private var finishedCount = 0

    /// The first member that still runs. One that has come to an end does not run again while the group lasts.
    func firstUnfinished(where isRunning: (NodeID) -> Bool) -> NodeID? {
        while finishedCount < members.count {
            if isRunning(members[finishedCount]) { return members[finishedCount] }
            finishedCount += 1
        }
        return nil
    }
}
