import Files
import Synchronization
import Text

/// Brings nodes up to date: validates records, runs rules, waits for other workers, finds cycles.
///
/// Red-green with verifying traces: a record stands if every edge, in the order in which it was recorded,
/// still sees the same fingerprint; the first difference makes the rule run; a result that is equal in the
/// parts that a reader saw stops the wave there.
final class Evaluator: @unchecked Sendable {
    // Everything that changes is guarded by `monitor`, but for what a worker does on its own.
    let monitor = Monitor()
    let rules: RuleTable
    let source: any FileSystem
    /// Everything that the store keeps.
    var image = StoreImage()
    var store: Store?
    /// The values in memory, by node.
    var values: [(any RuleValue)?] = []
    /// The values that could be dropped, the oldest first, and their size.
    var droppable = DroppableValues()
    /// A worker is writing to the store.
    var isFlushing = false
    /// Records are marked as doubtful that are: not so of a store that was just opened.
    var isDoubtDerived = true
    /// Some leaf is not what it was when the last build ended.
    var hasChanges = false
    var inputs: BuildInputs
    /// The clock of the file system when this build looked at the sources, in nanoseconds.
    var scanStart: Int64 = 0
    /// Counts what makes values that a thread has pulled before wrong: doubt, other values, other numbers of nodes. Only
    /// ever counted under the lock.
    let pullEpoch = Atomic<Int>(1)
    /// What all threads may read without the lock, of the present epoch or one before.
    var sharedPulls: SharedPulls?
    /// Who has claimed a node.
    var owners: [NodeID: Worker] = [:]
    var groups: [NodeID: CycleGroup] = [:]
    var batches: [Batch] = []
    /// Eager nodes that are doubtful.
    var awaitingSettlement: [NodeID] = []
    /// What ran since the last report.
    var events: [NodeID: Event] = [:]
    /// What was made again only for its value.
    var recalled: Set<NodeID> = []
    /// What the changed cells of this build were before, where it can be said in a few words.
    var oldTexts: [CellID: String] = [:]
    /// Leaves of which something is not in the log yet: their entries in the table of files, or findings.
    var unwrittenLeaves: Set<NodeID> = []
    /// The leaves that are neither files nor folders, among the first so many nodes.
    var processLeaves: (nodes: [NodeID], upTo: Int) = ([], 0)
    /// The table of outputs whose producers are marked in the graph, by its fingerprint.
    var markedTable: UInt64?
    /// Files and folders that could not be read, though not for good: they are looked at again in each refresh.
    var unreadable: Set<NodeID> = []
    /// Producers that may not be up to date.
    var unsettled = Unsettled()
    /// The folders in which the first so many files of the table lie, and those above them.
    var fileFolders: (paths: Set<[UInt8]>, upTo: Int) = ([], 0)
    /// How many nodes there are of each kind, among the first so many.
    var kindCounts: (counts: [Int], upTo: Int) = ([], 0)
    /// Answers of probes in this build.
    var probeAnswers: [Symbol: [UInt8]?] = [:]
    /// A source changed under our hands: the records are true, but not all of one moment.
    var isUnclean = false
    /// How often each node was to be made again because a file changed under it since the last look at the sources.
    var repetitions: [NodeID: Int] = [:]
    /// The disk refused an output on its way.
    var stagingRefusal: FileError?
    /// Everything is wanted in the end, so threads without work may do what a rule says will be (see
    /// ``RuleContext/anticipate(_:_:)``).
    var anticipates = false
    /// What they were given.
    var anticipated: [Batch] = []
    /// For the eager nodes that were doubted lately, those that are doubted with them (see ``doubt(_:)``), ascending.
    var knownEagerReaders: [NodeID: [NodeID]] = [:]
    /// Nodes that were doubted while a worker had them: they are looked at again when it lets go.
    var doubtedMeanwhile: Set<NodeID> = []
    /// Why a node without a record runs.
    var reasonForNew = Reason.new
    /// Set before the workers of a build begin, and left alone while they work.
    var trace: BuildTrace?
    /// Set and left alone as the trace is.
    var progress: BuildProgress?
    /// A fault that a test has planted.
    var mutant: Mutant?
    /// Someone builds or refreshes; how many others have work done.
    private var isExclusive = false
    private var guestCount = 0
    private var isStopping = false
    private var threadCount = 0
    private var workerCount = 0

    /// How deep a chain of pulls may grow on one stack; a rule and what it calls have 640 KB.
    static let depthLimit = 400
    static let stackSize = 256 << 20

    init(rules: RuleTable, source: any FileSystem, inputs: BuildInputs) {
        self.rules = rules
        self.source = source
        self.inputs = inputs
    }

    var graph: Graph { image.graph }

    // MARK: Threads

    /// Makes sure that as many threads as the inputs ask for are at work; the lock is held.
    private func startThreads() {
        while threadCount < inputs.jobs {
            threadCount += 1
            let started = WorkerThread.start(stackSize: Self.stackSize) { [self] in serveBatches() }
            precondition(started || threadCount > 1, "the system gives no threads")
            if !started { return }
        }
    }

    func stop() {
        monitor.locked {
            isStopping = true
            monitor.signal(.work)
        }
    }

    private func serveBatches() {
        monitor.lock()
        workerCount += 1
        let worker = Worker(number: workerCount)
        while !isStopping {
            if let batch = batches.last(where: { $0.hasMore }) {
                take(from: batch, worker)
            } else {
                // What nobody may need again should not be kept alive by a thread that sleeps.
                worker.pulled.forget()
                monitor.wait(for: .work)
            }
        }
        monitor.unlock()
    }

    /// Does the next of a batch; the lock is held.
    private func take(from batch: Batch, _ worker: Worker) {
        let node = batch.items[batch.next]
        batch.next += 1
        if !batch.hasMore { batches.removeAll { $0 === batch } }
        batch.body(node, worker)
        worker.suggestions.removeAll(keepingCapacity: true)
        batch.finished += 1
        if batch.isDone { monitor.signal(.done) }
    }

    /// Brings nodes up to date and returns when all are. For callers that are not workers.
    func bringUpToDate(_ nodes: [NodeID], wantsValues: Bool = false) {
        let batch = monitor.locked {
            counted(nodes) { [self] node, worker in
                if wantsValues { _ = demandValue(of: node, worker) } else { _ = demand(node, worker) }
            }
        }
        perform(batch)
    }

    /// Has all of a batch done and returns when it is. For callers that are not workers.
    func perform(_ batch: Batch) {
        monitor.lock()
        performLocked(batch)
        monitor.unlock()
    }

    /// Has all of a batch done for a guest, who is not the one that builds or refreshes, and waits until that is over:
    /// only then is the batch made, since nodes may have got other numbers. The lock is held while it is.
    func performAsGuest(_ makeBatch: () -> Batch?) {
        monitor.lock()
        while isExclusive { monitor.wait(for: .done) }
        if let batch = makeBatch() {
            guestCount += 1
            performLocked(batch)
            guestCount -= 1
            monitor.signal(.done)
        }
        monitor.unlock()
    }

    private func performLocked(_ batch: Batch) {
        if batch.items.isEmpty { return }
        startThreads()
        batches.append(batch)
        monitor.signal(.work)
        while !batch.isDone { monitor.wait(for: .done) }
    }

    /// Keeps guests out until ``endExclusive()``: who is in is waited for, after what can wait is cancelled.
    func beginExclusive() {
        monitor.lock()
        while isExclusive { monitor.wait(for: .done) }
        isExclusive = true
        forgetPulled()
        for batch in batches where batch.isCancellable { batch.isCancelled = true }
        batches.removeAll { $0.isCancelled }
        monitor.signal(.done)
        while guestCount > 0 { monitor.wait(for: .done) }
        monitor.unlock()
    }

    func endExclusive() {
        monitor.locked {
            isExclusive = false
            forgetPulled()
            monitor.signal(.done)
        }
    }

    /// Values that threads have pulled before are to be asked for again; the lock is held.
    func forgetPulled() {
        pullEpoch.wrappingAdd(1, ordering: .releasing)
        sharedPulls = nil
    }

    /// Brings nodes up to date for a rule that will read them: this worker does its share, idle ones help.
    func prepare(_ nodes: [NodeID], _ worker: Worker) {
        monitor.lock()
        defer { monitor.unlock() }
        let wanted = nodes.filter { graph.state(of: $0) != .fresh || value(at: $0) == nil }
        if wanted.count < 2 { return }
        let batch = counted(wanted) { [self] node, worker in _ = demandValue(of: node, worker) }
        batches.append(batch)
        monitor.signal(.work)
        while batch.hasMore { take(from: batch, worker) }
        // What others have taken is waited for node by node, so that a cycle shows.
        for node in wanted { _ = demand(node, worker) }
        if wanted.count * 2 > nodes.count { share(nodes) }
    }

    // MARK: Demand

    func value(at node: NodeID) -> (any RuleValue)? {
        Int(node) < values.count ? values[Int(node)] : nil
    }

    func set(_ value: (any RuleValue)?, at node: NodeID) {
        if Int(node) >= values.count {
            values.append(contentsOf: repeatElement(nil, count: graph.nodes.count - values.count))
        }
        values[Int(node)] = value
    }

    /// Makes the record of a node true; the lock is held before and after.
    ///
    /// - Returns: false if the asking worker's own frames depend on each other through the node.
    func demand(_ node: NodeID, _ worker: Worker) -> Bool {
        while true {
            switch graph.state(of: node) {
            case .fresh: return true
            case .new, .doubtful:
                let hadRecord = graph.state(of: node) == .doubtful
                claim(node, worker)
                bringOnSomeStack(node, hasRecord: hadRecord, worker)
            case .claimed, .held: if !wait(for: node, worker) { return false }
            }
        }
    }

    /// The value of a node whose record is true; the lock is held before and after. `nil` in a cycle.
    func demandValue(of node: NodeID, _ worker: Worker) -> (any RuleValue)? {
        while true {
            if !demand(node, worker) { return nil }
            if let value = value(at: node) { return value }
            claim(node, worker)
            recall(node, worker)
        }
    }

    func claim(_ node: NodeID, _ worker: Worker) {
        graph.set(.claimed, of: node)
        owners[node] = worker
        worker.stack.append(node)
    }

    /// Gives up a claim; the lock is held.
    func release(_ node: NodeID, _ state: NodeState, _ worker: Worker) {
        precondition(worker.stack.last == node, "claims are given up in the order of a stack")
        worker.stack.removeLast()
        owners[node] = nil
        graph.set(state, of: node)
        if state != .fresh {
            if graph.has(Graph.Flags.producer, node) { unsettled.add(node) }
            forgetPulled()
        } else if !doubtedMeanwhile.isEmpty, doubtedMeanwhile.remove(node) != nil, !graph.isSatisfied(node) {
            var wave = [node]
            doubt(&wave)
        }
        monitor.signal(.progress)
    }
}
