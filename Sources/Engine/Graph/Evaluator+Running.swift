import Text

/// One node that a worker has claimed: its record is looked at, and its rule runs if that does not stand.
extension Evaluator {
    /// Validates or runs a claimed node, on another thread's stack if this one's is well used: chains of
    /// dependencies may be as long as they like. The lock is held before and after.
    func bringOnSomeStack(_ node: NodeID, hasRecord: Bool, _ worker: Worker) {
        if worker.stack.count % Self.depthLimit != 0 { return bring(node, hasRecord: hasRecord, worker) }
        monitor.unlock()
        let done = Flag()
        let started = WorkerThread.start(stackSize: Self.stackSize) { [self] in
            monitor.locked { bring(node, hasRecord: hasRecord, worker) }
            done.raise()
        }
        if started { done.wait() }
        monitor.lock()
        if !started { bring(node, hasRecord: hasRecord, worker) }
    }

    /// Something that happens once, and who waits for it.
    private final class Flag: @unchecked Sendable {
        // Guarded by the monitor.
        private var isRaised = false
        private let monitor = Monitor()

        func raise() {
            monitor.locked {
                isRaised = true
                monitor.signal(.done)
            }
        }

        func wait() {
            monitor.lock()
            while !isRaised { monitor.wait(for: .done) }
            monitor.unlock()
        }
    }

    /// Validates or runs a claimed node; the lock is held before and after, but not while a rule runs or a file is read.
    private func bring(_ node: NodeID, hasRecord: Bool, _ worker: Worker) {
        if LeafKind(rawValue: graph.nodes[Int(node)].kind) != nil {
            return lookAgain(node, isNew: !hasRecord, worker)
        }
        var event = Event(key: graph.key(of: node), reason: reasonForNew)
        if hasRecord {
            if graph.has(Graph.Flags.outdated, node) {
                event = Event(key: event.key, reason: .ruleChanged)
            } else if let cause = firstDifference(of: node, worker) {
                event = Event(key: event.key, reason: cause.reason, cause: cause.cause)
            } else if groups[node] == nil, graph.has(Graph.Flags.cyclic, node),
                !mutant.plants(.cycleNotRetried)
            {
                event = Event(key: event.key, reason: .errorRetried)
            } else {
                if groups[node] != nil, !graph.has(Graph.Flags.cyclic, node) {
                    conclude(node, Outcome(edges: nil), worker)
                } else {
                    settle(node, worker)
                }
                return
            }
        }
        let outcome = run(event.key, node, worker, event.reason)
        if events[node] == nil { events[node] = event }
        conclude(node, outcome, worker)
        flushIfLong()
    }

    /// Asks the world for a claimed leaf; the lock is held before and after, but not meanwhile.
    private func lookAgain(_ node: NodeID, isNew: Bool, _ worker: Worker) {
        let key = graph.key(of: node)
        monitor.unlock()
        let value = examine(node, key)
        monitor.lock()
        adoptLeaf(value, at: node, isNew: isNew)
        release(node, .fresh, worker)
    }

    /// Makes the value of a claimed node again that stands as it is: from the store, or by running its rule. The lock is
    /// held before and after, but not while a rule runs or a file is read.
    func recall(_ node: NodeID, _ worker: Worker) {
        let key = graph.key(of: node)
        if graph.has(Graph.Flags.cyclic, node), let rule = rules[key.kind] {
            set(rule.placeholder(key.name), at: node)
            return release(node, .fresh, worker)
        }
        if LeafKind(rawValue: key.kind) != nil { return lookAgain(node, isNew: false, worker) }
        if let value = storedValue(of: node, key) {
            set(value, at: node)
            noteDroppable(node, value)
            return release(node, .fresh, worker)
        }
        let outcome = run(key, node, worker)
        if events[node] == nil { recalled.insert(node) }
        if let value = outcome.value, groups[node] == nil, outcome.encoded == nil,
            isRecord(outcome.edges ?? [], of: node)
        {
            // It read what its record says, so it is what it was: there is nothing to write down. Outputs are only ever read
            // whole, by copies of them; of what others read, the parts are compared all the same, since one that differed
            // would never settle.
            if value is OutputValue {
                set(value, at: node)
            } else {
                adopt(value, at: node, atMost: Self.comparedParts)
            }
            noteDroppable(node, value)
            release(node, .fresh, worker)
        } else {
            // Parts that nobody has read yet may be others now.
            forgetPulled()
            conclude(node, outcome, worker)
        }
        flushIfLong()
    }

    /// How many parts of a result are compared that was made again out of what its record says. A list of neighbours has
    /// as many parts as there are pages, and to look at all of them would cost more than to make it.
    private static let comparedParts = 256

    /// What running a rule gave.
    struct Outcome {
        /// The value, or `nil` when the record stands as it is.
        var value: (any RuleValue)?
        /// The reads in order, or `nil` for those of the record.
        var edges: [RuleContext.Read]?
        var findings: [Diagnostic] = []
        /// The ``Evaluator/pullEpoch`` in which the rule began.
        var epoch = 0
        /// The value for the store, if it is one that is kept.
        var encoded: EncodedValue?
    }

    /// Runs a rule; the reason is for the trace, `nil` when only its value is needed. The lock is held before and after,
    /// but not while the rule runs.
    func run(_ key: Key, _ node: NodeID, _ worker: Worker, _ reason: Reason? = nil) -> Outcome {
        guard let rule = rules[key.kind] else {
            preconditionFailure("no rule for \(rules.name(of: key.kind))")
        }
        let isKept = store != nil && rule.traits.contains(.kept)
        monitor.unlock()
        defer { monitor.lock() }
        let context = RuleContext(evaluator: self, worker: worker, node: node, stratum: rule.stratum)
        let trace = self.trace
        let start = trace?.now() ?? 0
        let value = rule.run(key.name, context)
        trace?.add(.rule(key, reason), worker: worker.number, since: start)
        var outcome = context.finish(value)
        if isKept { outcome.encoded = rule.encode(value).map { EncodedValue($0) } }
        return outcome
    }
}
