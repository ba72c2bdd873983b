/// In which order things are made, as far as rules have said what is best: never what is made.
extension Evaluator {
    /// Has idle workers bring nodes up to date that will be wanted later; whatever else there is to do comes first.
    func anticipate(_ nodes: [NodeID]) {
        let batch = counted(nodes) { [self] node, worker in _ = demand(node, worker) }
        batch.isCancellable = true
        batches.insert(batch, at: 0)
        anticipated.append(batch)
        monitor.signal(.work)
    }

    /// Stops what idle workers have begun, and waits until none is at it.
    func endAnticipation() {
        monitor.locked {
            anticipates = false
            for batch in anticipated { batch.isCancelled = true }
            batches.removeAll { $0.isCancelled }
            while anticipated.contains(where: { !$0.isDone }) { monitor.wait(for: .done) }
            anticipated = []
        }
    }

    /// Brings up to date what rules suggested that ran for the present item, where the manifest wants it; the lock is
    /// held before and after.
    func followSuggestions(_ worker: Worker) {
        while let key = worker.suggestions.popLast() {
            if let node = graph.find(key), graph.has(Graph.Flags.producer, node) { _ = demand(node, worker) }
        }
    }
}
