import Files
import Text

/// Between the graph in memory and the store.
extension Evaluator {
    /// The value of a node from the pack, if it is there; the lock is held.
    ///
    /// It is what the readers of the node saw: a record that is written again forgets the place of the value before
    /// it, and the place knows what bytes it is for. That encoding loses nothing is looked at in debug builds alone:
    /// a catalogue has more parts than there are pages.
    func storedValue(of node: NodeID, _ key: Key) -> (any RuleValue)? {
        let index = graph.nodes[Int(node)].place
        guard index != none, let rule = rules[key.kind] else { return nil }
        let place = image.places[Int(index)]
        if place.length == 0 { return nil }
        var file = store?.mapping(for: place)
        if file == nil, store?.pack.pendingCount ?? 0 > 0 {
            flushNow()
            file = store?.mapping(for: place)
        }
        guard let file else { return nil }
        monitor.unlock()
        let value = ValuePack.bytes(in: file, at: place, isTrusting: mutant.plants(.packNotChecked)).flatMap {
            rule.decode($0)
        }
        monitor.lock()
        guard let value else { return nil }
        #if DEBUG
            if !mutant.plants(.packNotChecked), !agrees(value, with: node) {
                // With a planted fault, it is for a history to notice.
                assert(mutant != nil, "\(key) is not what it was before it was encoded")
                return nil
            }
        #endif
        return value
    }

    /// Whether a value is worth what the readers of a node saw; the lock is held.
    private func agrees(_ value: any RuleValue, with node: NodeID) -> Bool {
        graph.cells(of: node).allSatisfy { cell in
            let projection = Projection(graph.names.symbol(of: graph.cells[Int(cell)].projection))
            return value.fingerprint(of: projection).low == graph.cells[Int(cell)].fingerprint
        }
    }

    /// Notes that the value of a node can be had again, and drops the oldest of that sort if there are too many
    /// of them; the lock is held.
    func noteDroppable(_ node: NodeID, _ value: any RuleValue) {
        var size = 0
        if let output = value as? OutputValue {
            if case .bytes(let bytes) = output.content { size = bytes.count }
        } else {
            let place = graph.nodes[Int(node)].place
            if place != none { size = Int(image.places[Int(place)].length) }
        }
        droppable.add(node, size: size) { oldest in
            if oldest == node || graph.state(of: oldest) != .fresh { return true }
            return drop(oldest)
        }
    }

    /// Drops the value of a node, unless somebody holds it: then nothing would be won, and it is likely to be asked for
    /// again, as the catalogue is by every page. The lock is held.
    ///
    /// - Returns: whether it is gone.
    private func drop(_ node: NodeID) -> Bool {
        guard Int(node) < values.count, let value = values[Int(node)] else { return true }
        values[Int(node)] = nil
        var object: AnyObject = consume value
        if isKnownUniquelyReferenced(&object) { return true }
        values[Int(node)] = object as? any RuleValue
        return false
    }

    /// Writes what waits for the store if it is much; the lock is held before and after, but not while writing.
    func flushIfLong() {
        if let pending = store?.pendingCount, pending > Store.flushLength, !isFlushing { flushNow() }
    }

    /// Writes what waits for the store; the lock is held before and after, but not while writing.
    func flushNow() {
        while isFlushing { monitor.wait(for: .progress) }
        guard var flush = store?.takeFlush(), let fileSystem = store?.place.fileSystem else { return }
        if flush.isEmpty { return }
        isFlushing = true
        monitor.unlock()
        var refusal: FileError?
        do throws(FileError) {
            try flush.write(to: fileSystem)
        } catch {
            refusal = error
        }
        monitor.lock()
        isFlushing = false
        if let refusal { store?.refused(refusal) } else { store?.reuse(flush) }
        monitor.signal(.progress)
    }

    /// Makes sure that the log may be appended to; the lock is held and nobody is at work.
    func prepareStore() {
        if store?.needsSnapshot == true { store?.writeSnapshot(image) }
    }
}
