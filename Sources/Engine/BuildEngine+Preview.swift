public import Text

/// Outputs that are brought up to date when someone asks for them.
extension BuildEngine {
    /// Looks at the sources again and brings the root up to date; outputs wait until someone asks.
    public func refresh(_ inputs: BuildInputs, changed: Changes) -> RefreshReport {
        evaluator.beginExclusive()
        defer { evaluator.endExclusive() }
        openStore(tool: inputs.tool, willWait: inputs.willWait)
        evaluator.monitor.locked { evaluator.droppable.limit = DroppableValues.previewLimit }
        inputs.progress?.begin(.looking)
        evaluator.begin(inputs)
        let before = evaluator.monitor.locked { evaluator.image.outputs }
        examine(changed)
        evaluator.examineUnreadable()
        inputs.progress?.begin(.planning)
        _ = bringRoot()
        var report = RefreshReport()
        evaluator.monitor.locked {
            compare(before, evaluator.image.outputs, &report)
            report.ran = Key.sorted(Array(evaluator.events.values), by: \.key)
            (report.diagnostics, report.nextFlip) = evaluator.standing()
            evaluator.hasChanges = false
        }
        return report
    }

    /// What is new, may differ or is gone between two tables, both sorted; the lock is held.
    private func compare(_ before: OutputTable, _ after: OutputTable, _ report: inout RefreshReport) {
        if before.fingerprint == after.fingerprint, before.entries.count == after.entries.count,
            let places = evaluator.unsettledPlaces()
        {
            report.changed = places.map { place in
                let entry = after.entries[place]
                return ChangedOutput(
                    path: evaluator.path(of: entry.path),
                    former: evaluator.wholeFingerprint(of: entry.producer), isNew: false)
            }
            return
        }
        let names = evaluator.graph.names
        var old = before.entries[...]
        for entry in after.entries {
            while let first = old.first, first.path != entry.path,
                ByteOrder.precedes(names.span(of: first.path), names.span(of: entry.path))
            {
                report.removed.append(evaluator.path(of: first.path))
                old.removeFirst()
            }
            let isKnown = old.first?.path == entry.path
            if isKnown { old.removeFirst() }
            if !isKnown || evaluator.graph.state(of: entry.producer) != .fresh {
                report.changed.append(
                    ChangedOutput(
                        path: evaluator.path(of: entry.path),
                        former: isKnown ? evaluator.wholeFingerprint(of: entry.producer) : 0, isNew: !isKnown)
                )
            }
        }
        report.removed += old.map { evaluator.path(of: $0.path) }
    }

    /// Brings one output up to date.
    ///
    /// - Returns: its content, or `nil` when there is no such output.
    public func output(_ path: RelativePath) -> OutputValue? {
        let answer = Answer()
        evaluator.performAsGuest { [evaluator] in
            guard let node = evaluator.producer(of: path) else { return nil }
            return Batch([node]) { node, worker in
                answer.value = evaluator.demandValue(of: node, worker) as? OutputValue
            }
        }
        return answer.value
    }

    /// What a worker found for a caller who waits for it: written before the batch is done, read after.
    private final class Answer: @unchecked Sendable {
        var value: OutputValue?
    }

    /// What stands for the bytes of an output that is up to date, as ``ChangedOutput/former`` has it; `nil` where there is
    /// none, or it is not up to date.
    public func fingerprint(ofOutput path: RelativePath) -> UInt64? {
        evaluator.monitor.locked {
            guard let node = evaluator.producer(of: path), evaluator.graph.state(of: node) == .fresh else {
                return nil
            }
            return evaluator.wholeFingerprint(of: node)
        }
    }

    /// The paths of all outputs, sorted, as of the last time the root was brought up to date.
    public var outputPaths: [RelativePath] {
        evaluator.monitor.locked { evaluator.image.outputs.entries.map { evaluator.path(of: $0.path) } }
    }

    /// Brings up to date what is not, until ``cancel()``.
    ///
    /// - Returns: what ran since the last refresh, sorted by key.
    @discardableResult
    public func finish() -> [Event] {
        evaluator.performAsGuest { [evaluator] in
            let batch = Batch(evaluator.unsettledProducers()) { node, worker in
                _ = evaluator.demand(node, worker)
            }
            batch.isCancellable = true
            return batch
        }
        return evaluator.monitor.locked {
            evaluator.flushNow()
            return Key.sorted(Array(evaluator.events.values), by: \.key)
        }
    }

    /// Makes a running ``finish()`` stop before its next node.
    public func cancel() {
        evaluator.cancelBackground()
    }
}
