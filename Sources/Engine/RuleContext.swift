import Synchronization
public import Text

/// The only way for a rule to learn anything: every answer is written down as an edge.
///
/// One context belongs to one running node and is used on the thread that runs it. It is synchronous: what is
/// read is brought up to date on the spot, unless another thread is already at it.
public final class RuleContext {
    /// A read: what, and what it was worth.
    struct Read {
        let node: NodeID
        let projection: Symbol
        let seen: UInt64
    }

    let evaluator: Evaluator
    let worker: Worker
    /// The node that is being made.
    let node: NodeID
    private let stratum: Int
    private var reads: [Read] = []
    /// The reads by node and projection: open addressing, 0 is a free slot, else index + 1.
    private var slots: [UInt32] = Array(repeating: 0, count: 64)
    private var findings: [Diagnostic] = []
    private let epoch: Int

    init(evaluator: Evaluator, worker: Worker, node: NodeID, stratum: Int) {
        self.evaluator = evaluator
        self.worker = worker
        self.node = node
        self.stratum = stratum
        epoch = evaluator.pullEpoch.load(ordering: .acquiring)
        reads.reserveCapacity(32)
    }

    /// Reads a part of what a rule makes.
    @inlinable
    public func read<R: Rule, Result>(
        _ rule: R.Type, _ name: Symbol, _ reading: Reading<R.Value, Result>
    ) -> Result {
        pull(rule, name).read(reading)
    }

    /// Writes down that a part is read, without looking at it: whether it exists, say.
    @inlinable
    public func record<R: Rule>(_ rule: R.Type, _ name: Symbol, _ projection: Projection) {
        pull(rule, name).record(projection)
    }

    /// Brings a key up to date and holds its value, to read several parts of it. By itself this is no read.
    @inlinable
    public func pull<R: Rule>(_ rule: R.Type, _ name: Symbol) -> Pulled<R> {
        let (node, value) = bring(Key(R.kind, name), ofStratum: R.stratum)
        guard let value = value as? R.Value else {
            preconditionFailure("a value of another type than its rule makes")
        }
        return Pulled(context: self, node: node, value: value)
    }

    /// Brings a key up to date, unless this thread has pulled it before and nothing has happened since.
    @usableFromInline
    func bring(_ key: Key, ofStratum below: Int) -> (node: UInt32, value: any RuleValue) {
        precondition(below <= stratum, "a rule reads one of a higher stratum")
        let epoch = evaluator.pullEpoch.load(ordering: .acquiring)
        if let known = worker.pulled.find(key, epoch: epoch) { return known }
        evaluator.monitor.lock()
        let node = evaluator.graph.node(key)
        let value = evaluator.demandValue(of: node, worker)
        if let value, evaluator.graph.state(of: node) == .fresh {
            worker.pulled.keep(value, of: key, node, epoch: evaluator.pullEpoch.load(ordering: .relaxed))
            worker.pulled.take(evaluator.sharedPulls)
        }
        evaluator.monitor.unlock()
        guard let value = value ?? evaluator.rules[key.kind]?.placeholder(key.name) else {
            preconditionFailure("\(evaluator.rules.name(of: key.kind)) is not in the table of rules")
        }
        return (node, value)
    }

    /// Brings many keys up to date, on all threads that are free. By itself this is no read, but name only
    /// keys that will be read: one that depends on the running key is taken for a cycle.
    public func prepare<R: Rule>(_ rule: R.Type, _ names: [Symbol]) {
        precondition(R.stratum <= stratum, "a rule reads one of a higher stratum")
        let nodes = evaluator.monitor.locked { names.map { evaluator.graph.node(Key(R.kind, $0)) } }
        evaluator.prepare(nodes, worker)
    }

    /// Says that keys will be wanted by a build, whatever comes of this rule, so that threads that have nothing to do may
    /// begin with them while it runs. By itself this is no read. In a preview nothing is made before it is asked for.
    public func anticipate<R: Rule>(_ rule: R.Type, _ names: [Symbol]) {
        evaluator.monitor.locked {
            if !evaluator.anticipates { return }
            let nodes = names.map { evaluator.graph.node(R.key($0)) }.filter {
                evaluator.graph.state(of: $0) != .fresh
            }
            if nodes.count > 1 { evaluator.anticipate(nodes) }
        }
    }

    /// Says that a key that is wanted anyway is best brought up to date right after this one, since it reads the same: what
    /// they share is then made, used by both and let go of. By itself this is no read, and asks for nothing new.
    public func suggest<R: Rule>(_ rule: R.Type, _ name: Symbol) {
        worker.suggestions.append(R.key(name))
    }

    /// Reports something about what is being made. It is kept with the result and reported again as long as
    /// the result stands.
    public func report(_ diagnostic: Diagnostic) {
        findings.append(diagnostic)
    }

    // MARK: Recording

    /// Writes down a read, if it is the first of that part.
    @usableFromInline
    func record(_ node: UInt32, _ projection: Projection, of value: any RuleValue) {
        let projection = evaluator.mutant.plants(.wholeInsteadOfPart) ? .whole : projection
        if evaluator.mutant.plants(.onlyFirstPartRecorded), reads.contains(where: { $0.node == node }) {
            return
        }
        guard let slot = slot(node, projection) else { return }
        if evaluator.mutant.plants(.absenceNotRecorded), value.fingerprint(of: projection) == .absent {
            return
        }
        // What the world says is known by its fingerprint, and let go of at once: the next may lie where it lay.
        if let leaf = value as? LeafValue {
            return append(node, projection, leaf.fingerprint(of: projection).low, slot)
        }
        let epoch = evaluator.pullEpoch.load(ordering: .acquiring)
        append(
            node, projection, worker.seen.fingerprint(of: projection, in: value, at: node, epoch: epoch), slot
        )
    }

    /// Writes down a read whose fingerprint is known.
    func record(_ node: NodeID, _ projection: Projection, seen: UInt64) {
        guard let slot = slot(node, projection) else { return }
        append(node, projection, seen, slot)
    }

    /// Writes down that a leaf was seen as it never is, so that the record does not stand.
    func distrust(_ node: NodeID, _ fingerprint: Fingerprint) {
        let seen = ~fingerprint.low
        if let slot = slot(node, .whole) { return append(node, .whole, seen, slot) }
        for index in reads.indices
        where reads[index].node == node && reads[index].projection == Projection.whole.name {
            reads[index] = Read(node: node, projection: reads[index].projection, seen: seen)
        }
    }

    /// The free slot for a read, or `nil` if it is written down already.
    private func slot(_ node: NodeID, _ projection: Projection) -> Int? {
        let mask = slots.count - 1
        let hash = (UInt64(node) << 32 | UInt64(projection.name.rawValue)) &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(truncatingIfNeeded: hash >> 32) & mask
        while slots[slot] != 0 {
            let read = reads[Int(slots[slot]) - 1]
            if read.node == node, read.projection == projection.name { return nil }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func append(_ node: NodeID, _ projection: Projection, _ seen: UInt64, _ slot: Int) {
        reads.append(Read(node: node, projection: projection.name, seen: seen))
        slots[slot] = UInt32(reads.count)
        if reads.count * 2 <= slots.count { return }
        slots = Array(repeating: 0, count: slots.count * 2)
        for (index, read) in reads.enumerated() {
            guard let free = self.slot(read.node, Projection(read.projection)) else { continue }
            slots[free] = UInt32(index + 1)
        }
    }

    func finish(_ value: any RuleValue) -> Evaluator.Outcome {
        Evaluator.Outcome(value: value, edges: reads, findings: findings, epoch: epoch)
    }
}

/// A key's value, held by a running rule: its parts are read through readings, which record.
public struct Pulled<R: Rule> {
    @usableFromInline let context: RuleContext
    @usableFromInline let node: UInt32
    /// The value. What is taken out of it leaves no edge: for a room's own readings alone, which write theirs down.
    public let unrecorded: R.Value

    @inlinable
    init(context: RuleContext, node: UInt32, value: R.Value) {
        self.context = context
        self.node = node
        unrecorded = value
    }

    /// Reads a part.
    @inlinable
    public func read<Result>(_ reading: Reading<R.Value, Result>) -> Result {
        context.record(node, reading.projection, of: unrecorded)
        return reading.extract(unrecorded)
    }

    /// Writes down that a part is read.
    @inlinable
    public func record(_ projection: Projection) {
        context.record(node, projection, of: unrecorded)
    }
}
