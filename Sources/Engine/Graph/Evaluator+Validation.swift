import Text

/// Whether a record stands, and if not, because of what.
extension Evaluator {
    /// The first edge of a record that no longer sees what it saw; the lock is held before and after.
    func firstDifference(
        of node: NodeID, _ worker: Worker
    ) -> (reason: Reason, cause: Event.Cause)? {
        for index in graph.edgeRange(of: node) {
            let edge = Edge(cell: graph.edgeCells[index], reader: node, seen: graph.edgeSeen[index])
            let dependency = graph.cells[Int(edge.cell)].node
            var current: UInt64
            if graph.state(of: dependency) == .fresh || demand(dependency, worker) {
                current = graph.cells[Int(edge.cell)].fingerprint
            } else {
                current = placeholderFingerprint(of: edge.cell)
            }
            if mutant.plants(.fingerprintsOfTwoBits), (current ^ edge.seen) & 3 == 0 { continue }
            if current != edge.seen || (mutant.plants(.noEarlyCutoff) && events[dependency] != nil) {
                return difference(at: edge, current)
            }
            if mutant.plants(.onlyFirstEdgeValidated) { return nil }
        }
        return nil
    }

    /// Whether reads are exactly the edges of a node's record; the lock is held.
    func isRecord(_ reads: [RuleContext.Read], of node: NodeID) -> Bool {
        let range = graph.edgeRange(of: node)
        guard range.count == reads.count else { return false }
        for (index, read) in zip(range, reads) {
            let cell = graph.cells[Int(graph.edgeCells[index])]
            guard cell.node == read.node, graph.edgeSeen[index] == read.seen,
                graph.names.name(of: read.projection) == cell.projection
            else { return false }
        }
        return true
    }

    private func placeholderFingerprint(of cell: CellID) -> UInt64 {
        let cell = graph.cells[Int(cell)]
        let key = graph.key(of: cell.node)
        let projection = Projection(graph.names.symbol(of: cell.projection))
        return rules[key.kind]?.placeholder(key.name).fingerprint(of: projection).low ?? 0
    }

    private func difference(at edge: Edge, _ current: UInt64) -> (reason: Reason, cause: Event.Cause) {
        let cell = graph.cells[Int(edge.cell)]
        let key = graph.key(of: cell.node)
        let projection = Projection(graph.names.symbol(of: cell.projection))
        let reason: Reason =
            if edge.seen == Fingerprint.absent.low {
                .appeared
            } else if current == Fingerprint.absent.low {
                .vanished
            } else if key.kind == LeafKind.past.rawValue || key.kind == LeafKind.clock.rawValue {
                .timePassed
            } else {
                .readChanged
            }
        let cause = Event.Cause(
            key: key, projection: projection, old: oldTexts[edge.cell],
            new: Self.short(value(at: cell.node)?.shortText(of: projection)))
        return (reason, cause)
    }

    /// A text cut to 60 bytes, at the end of a character.
    static func short(_ text: String?) -> String? {
        guard let text, text.utf8.count > 60 else { return text }
        var cut = text.prefix(60)
        while cut.utf8.count > 57 { cut = cut.dropLast() }
        return cut + "…"
    }
}
