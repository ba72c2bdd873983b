import Text

/// The table of outputs: the manifest in the graph's own terms.
extension Evaluator {
    /// The path that a name in the graph stands for.
    func path(of name: UInt32) -> RelativePath {
        RelativePath(unchecked: graph.names.bytes(of: name))
    }

    /// What the whole value of a node is worth, 0 if that is not known.
    func wholeFingerprint(of node: NodeID) -> UInt64 {
        // Outputs have no other part.
        let cell = graph.nodes[Int(node)].firstCell
        if graph.isCell(cell, of: node, 0) { return graph.cells[Int(cell)].fingerprint }
        return graph.findCell(node, 0).map { graph.cells[Int($0)].fingerprint } ?? 0
    }

    /// Whether the table is that of the root's present record.
    func tableIsCurrent(root: NodeID) -> Bool {
        guard let cell = graph.findCell(root, 0) else { return false }
        if mutant.plants(.tableNotChecked), !image.outputs.entries.isEmpty { return true }
        return graph.cells[Int(cell)].fingerprint == image.outputs.fingerprint
    }

    /// Makes the table from the root's value.
    func takeTable(from root: NodeID) {
        guard let manifest = value(at: root) as? ManifestValue else {
            preconditionFailure("the root's rule does not make a manifest")
        }
        var table = OutputTable()
        table.fingerprint = wholeFingerprint(of: root)
        table.entries.reserveCapacity(manifest.entries.count)
        for entry in manifest.entries {
            let path = graph.names.name(of: entry.path.bytes.span)
            table.entries.append(OutputTable.Entry(path: path, producer: graph.node(entry.producer)))
        }
        table.checks = manifest.checks.map { graph.node($0) }
        image.outputs = table
        store?.outputs(table, graph)
    }

    /// The producer of an output, by binary search.
    func producer(of path: RelativePath) -> NodeID? {
        let entries = image.outputs.entries
        let names = graph.names
        let index = entries.lowerBound { ByteOrder.precedes(names.span(of: $0.path), path.bytes.span) }
        guard index < entries.count,
            ByteOrder.areEqual(names.span(of: entries[index].path), path.bytes.span)
        else { return nil }
        return entries[index].producer
    }

    /// Keeps what ran in this build for later questions.
    ///
    /// - Returns: the number of the session, or `nil` when nothing ran.
    func rememberSession() -> UInt32? {
        if events.isEmpty { return nil }
        let number = (image.sessions.last?.number ?? 0) &+ 1
        // Of a first build there is nothing to tell of each node but that it was new.
        let isFirst =
            events.count > 2000
            && events.values.allSatisfy { $0.reason == .new || $0.reason == .storeDiscarded }
        var list: [HistoryEvent] = []
        for (node, event) in isFirst ? [:] : events {
            var cause = none
            if let read = event.cause, let below = graph.find(read.key) {
                cause = graph.findCell(below, graph.names.name(of: read.projection.name)) ?? none
            }
            list.append(
                HistoryEvent(
                    session: number, node: node, reason: event.reason, cause: cause, old: event.cause?.old,
                    new: event.cause?.new))
        }
        list.sort { $0.node < $1.node }
        image.remember((number, inputs.now), list)
        return number
    }

    /// Makes what runs in the background end before its next item.
    func cancelBackground() {
        monitor.locked {
            for batch in batches where batch.isCancellable { batch.isCancelled = true }
            batches.removeAll { $0.isCancelled }
            monitor.signal(.done)
        }
    }
}
