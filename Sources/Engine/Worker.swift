/// One thread's place in the graph: what it has claimed, the lowest first, and what it waits for.
///
/// Each node on the stack was asked for by the one below it, so it is something that all below depend on.
final class Worker: @unchecked Sendable {
    // Guarded by the evaluator's monitor; the frames are appended and removed by the owning thread alone.
    var stack: [NodeID] = []
    var waitingFor: NodeID = none
}

/// Nodes to be brought up to date by whoever has time.
final class Batch: @unchecked Sendable {
    // Guarded by the evaluator's monitor.
    let nodes: [NodeID]
    /// Whether values are wanted too, not only the assurance that the records are true.
    let wantsValues: Bool
    var next = 0
    var finished = 0
    var isCancelled = false

    init(_ nodes: [NodeID], wantsValues: Bool) {
        self.nodes = nodes
        self.wantsValues = wantsValues
    }

    var isDone: Bool { finished == nodes.count || (isCancelled && finished == next) }
    var hasMore: Bool { next < nodes.count && !isCancelled }
}

/// Nodes that depend on themselves through each other, while at least one of them has not come to an end.
final class CycleGroup: @unchecked Sendable {
    // Guarded by the evaluator's monitor.
    var members: [NodeID] = []
    var unfinished = 0
}
