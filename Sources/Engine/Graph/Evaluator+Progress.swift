/// Counting what is done, for who waits for it.
extension Evaluator {
    /// A batch whose items are counted, by their kind and as those of a phase, if anyone looks; the lock is held.
    ///
    /// - Parameters:
    ///   - items: nodes, or whatever numbers the body understands.
    ///   - phase: the phase that consists of them, if one does.
    ///   - node: the node that an item is about.
    ///   - body: what is done with each; the lock is held before and after.
    /// - Returns: the batch, which is one like any other when nobody looks.
    func counted(
        _ items: [UInt32], in phase: BuildProgress.Phase? = nil,
        _ node: @escaping (UInt32) -> NodeID = { $0 },
        _ body: @escaping (UInt32, Worker) -> Void
    ) -> Batch {
        guard let progress else { return Batch(items, body) }
        for item in items { progress.want(graph.nodes[Int(node(item))].kind) }
        if let phase { progress.want(items.count, in: phase) }
        return Batch(items) { [self] item, worker in
            body(item, worker)
            progress.advance(graph.nodes[Int(node(item))].kind)
            if let phase { progress.advance(in: phase) }
        }
    }
}
