import Text

/// What came of running rules again whose results were reused.
public struct AuditReport: Sendable {
    /// How many rules were run again.
    public var auditedCount = 0
    /// How many could have been.
    public var reusedCount = 0
    /// What came out otherwise, sorted by key: a mistake of the product.
    public var differences: [Difference] = []

    /// A rule that no longer gives what is remembered of it.
    public struct Difference: Sendable {
        /// Which.
        public let key: Key
        /// What differs: "part title", "reads", "findings".
        public let what: String
    }
}

extension BuildEngine {
    /// Runs some of the rules again whose results the last build reused, and compares what they make, what they read
    /// and what they find with what is remembered. It finds what no other check names: a read that is not recorded.
    ///
    /// Nothing that is remembered changes.
    ///
    /// - Parameters:
    ///   - percent: how many of them, from 0 to 100.
    ///   - seed: which of them.
    ///   - progress: where it is counted how far this is, if anyone looks.
    /// - Returns: what came out.
    /// - Complexity: as much as a build from nothing, for 100 percent.
    public func audit(percent: Double, seed: UInt64, progress: BuildProgress? = nil) -> AuditReport {
        let evaluator = self.evaluator
        let (chosen, reused): ([NodeID], Int) = evaluator.monitor.locked {
            evaluator.deriveDoubt()
            var chosen: [NodeID] = []
            var reused = 0
            let limit = UInt64((Swift.max(0, Swift.min(100, percent)) * 10_000).rounded())
            for index in evaluator.graph.nodes.indices {
                let node = NodeID(index)
                guard !evaluator.graph.isLeaf(node), evaluator.graph.state(of: node) == .fresh,
                    evaluator.events[node] == nil, !evaluator.graph.has(Graph.Flags.cyclic, node)
                else { continue }
                reused += 1
                var builder = FingerprintBuilder()
                builder.combine(seed)
                builder.combine(UInt64(index))
                if builder.finish().low % 1_000_000 < limit { chosen.append(node) }
            }
            return (chosen, reused)
        }
        progress?.begin(.comparing)
        progress?.want(chosen.count, in: .comparing)
        let found = Found()
        evaluator.perform(
            Batch(chosen) { node, worker in
                let differences = evaluator.differences(of: node, worker)
                found.list += differences
                progress?.advance(in: .comparing)
            })
        let list = found.list.sorted { Key.precedes($0.key, $1.key) }
        return AuditReport(auditedCount: chosen.count, reusedCount: reused, differences: list)
    }

    /// What workers found: changed under the evaluator's lock, read when all are done.
    private final class Found: @unchecked Sendable {
        var list: [AuditReport.Difference] = []
    }
}

extension Evaluator {
    /// Runs the rule of a node whose record is true and says what is not as the record has it; the lock is held before
    /// and after.
    fileprivate func differences(of node: NodeID, _ worker: Worker) -> [AuditReport.Difference] {
        let key = graph.key(of: node)
        let edges = graph.edgeRange(of: node).map { (graph.edgeCells[$0], graph.edgeSeen[$0]) }
        let findings = image.findings[node] ?? []
        let outcome = run(key, node, worker)
        var differences: [AuditReport.Difference] = []
        func note(_ what: String) { differences.append(AuditReport.Difference(key: key, what: what)) }
        if let value = outcome.value {
            for cell in graph.cells(of: node).reversed() {
                let cell = graph.cells[Int(cell)]
                let projection = Projection(graph.names.symbol(of: cell.projection))
                if value.fingerprint(of: projection).low != cell.fingerprint {
                    note(projection == .whole ? "result" : "part \(projection.name.text)")
                }
            }
        }
        let reads = outcome.edges ?? []
        let isSame =
            reads.count == edges.count
            && zip(reads, edges).allSatisfy { read, edge in
                let cell = graph.cells[Int(edge.0)]
                return cell.node == read.node && graph.names.symbol(of: cell.projection) == read.projection
                    && edge.1 == read.seen
            }
        if !isSame { note("reads") }
        if outcome.findings != findings { note("findings") }
        return differences
    }
}
