public import Files
public import Text

/// The way in: brings the outputs of a site up to date and says what was done and why.
///
/// An engine knows rules and one root key, whose value is the ``ManifestValue``: which outputs there are. It
/// learns everything else by running the rules and remembering what they read. With a store it remembers across
/// processes; with an output place it publishes.
///
/// ``build(_:)`` and ``refresh(_:changed:)`` are for one caller at a time; ``output(_:)`` and ``finish()`` may be
/// called from any thread between them.
public final class BuildEngine: @unchecked Sendable {
    let evaluator: Evaluator
    let root: Key
    let rules: [any Rule]
    let storePlace: StorePlace?
    let outputPlace: OutputPlace?
    // Changed by build and refresh alone, which are for one caller at a time.
    private var isOpen = false
    private var notice: String?
    private var lock: FileLock?
    private var ledger: OutputLedger?

    /// An engine that has done nothing yet.
    ///
    /// - Parameters:
    ///   - rules: all rules, each kind once.
    ///   - source: the site's files.
    ///   - root: the key whose rule makes a ``ManifestValue``.
    ///   - store: where to remember; without it, nothing outlives the engine.
    ///   - output: where ``build(_:)`` publishes; without it, outputs are only in memory.
    public init(
        rules: [any Rule], source: any FileSystem, root: Key, store: StorePlace? = nil,
        output: OutputPlace? = nil
    ) {
        evaluator = Evaluator(rules: RuleTable(rules), source: source, inputs: BuildInputs(now: 0))
        self.root = root
        self.rules = rules
        storePlace = store
        outputPlace = output
    }

    deinit {
        evaluator.stop()
    }

    // MARK: Building

    /// Brings everything up to date and publishes it, unless there are errors.
    public func build(_ inputs: BuildInputs) -> BuildReport {
        evaluator.beginExclusive()
        defer { evaluator.endExclusive() }
        openStore(tool: inputs.tool)
        evaluator.begin(inputs)
        examine(.everything)
        var publication: Publication?
        if let outputPlace {
            let next = Publication(
                outputPlace, store: storePlace, ledger: ledger, jobs: inputs.jobs, witness: { outputPaths })
            if !evaluator.mutant.plants(.outputsNotVerified) { next.verify() } else { next.trust() }
            next.mutant = evaluator.mutant
            publication = next
        }
        if let report = unchanged(publication) { return report }
        let table = bringRoot()
        let paths = evaluator.monitor.locked { table.map { evaluator.path(of: $0.path) } }
        publication?.match(paths)
        evaluator.bringUpToDate(
            evaluator.monitor.locked {
                evaluator.image.outputs.checks.filter { evaluator.graph.state(of: $0) != .fresh }
            })
        var report = BuildReport()
        produce(table, publication, onlyNew: true)
        var live = evaluator.monitor.locked { liveNodes() }
        if evaluator.mutant.plants(.deadFindingsReported) {
            live = evaluator.monitor.locked { evaluator.graph.nodes.indices.map { NodeID($0) } }
        }
        var (diagnostics, nextFlip) = evaluator.monitor.locked { summary(of: live) }
        report.failed =
            diagnostics.contains { $0.severity == .error }
            && !evaluator.mutant.plants(.publishedDespiteErrors)
        if let publication, !report.failed {
            diagnostics += publish(table, publication, inputs, &report)
            diagnostics.sort()
            report.failed = diagnostics.contains { $0.severity == .error }
        }
        publication?.clearStaging()
        ledger = publication?.ledger
        report.keptCount = table.count - report.written.count
        report.diagnostics = diagnostics
        report.nextFlip = nextFlip
        evaluator.monitor.locked { close(&report, live, isClean: !report.failed) }
        return report
    }

    /// Opens the store when it is first needed.
    ///
    /// - Parameter tool: who builds, or `nil` for questions only: then no lock is taken, and whoever wrote the store
    ///   is believed.
    func openStore(tool: Fingerprint?) {
        if isOpen { return }
        isOpen = true
        guard let storePlace else { return }
        if tool != nil, let disk = storePlace.fileSystem as? DiskFileSystem {
            do throws(FileError) {
                if case .acquired(let lock) = try disk.lock(
                    storePlace.folder.appending("lock"), waiting: true)
                {
                    self.lock = lock
                }
            } catch {
                notice = "the store cannot be locked (error \(error.code) of the system)"
            }
        }
        let knownTool = evaluator.mutant.plants(.toolIgnored) ? .absent : tool
        let opened = Store.open(
            storePlace, mutant: evaluator.mutant, tool: knownTool, ruleVersions: evaluator.rules.versions)
        if let text = opened.notice { notice = text }
        evaluator.monitor.locked {
            evaluator.image = opened.image
            if tool != nil { evaluator.store = opened.store }
            if opened.notice != nil { evaluator.reasonForNew = .storeDiscarded }
        }
    }

    private func examine(_ changes: Changes) {
        evaluator.examineProcessLeaves()
        switch changes {
        case .everything: evaluator.examineSources(nil)
        case .paths(let paths): evaluator.examineSources(paths)
        }
    }

    /// The report of a build in which nothing is to be done, or `nil` if there is something.
    private func unchanged(_ publication: Publication?) -> BuildReport? {
        evaluator.monitor.locked {
            let summary = evaluator.image.summary
            guard summary.isClean, !evaluator.hasChanges, publication?.isClean ?? true else { return nil }
            var report = BuildReport()
            report.notice = notice
            report.reused = summary.liveCount
            report.keptCount = evaluator.image.outputs.entries.count
            report.nextFlip = summary.nextFlip
            report.diagnostics = summary.reporting.flatMap { evaluator.image.findings[$0] ?? [] }.sorted()
            do throws(FileError) {
                try publication?.adoptStamps()
            } catch {
                report.notice = "the store cannot be written (error \(error.code) of the system)"
            }
            ledger = publication?.ledger
            if evaluator.store?.needsSnapshot == false, evaluator.store?.pendingCount ?? 0 > 0 {
                evaluator.store?.commit(evaluator.image, session: nil)
                evaluator.flushNow()
            }
            return report
        }
    }

    /// Brings eager nodes and the root up to date and returns the outputs that there should be.
    private func bringRoot() -> [OutputTable.Entry] {
        let node = evaluator.monitor.locked {
            evaluator.link()
            evaluator.prepareStore()
            evaluator.image.summary.isClean = false
            let node = evaluator.graph.node(root)
            evaluator.graph.set(Graph.Flags.root, true, of: node)
            return node
        }
        evaluator.settleEager()
        evaluator.bringUpToDate([node])
        let isKnown = evaluator.monitor.locked { evaluator.tableIsCurrent(root: node) }
        if !isKnown {
            evaluator.bringUpToDate([node], wantsValues: true)
            evaluator.monitor.locked { evaluator.takeTable(from: node) }
        }
        return evaluator.monitor.locked {
            let entries = evaluator.image.outputs.entries
            if evaluator.markedTable == evaluator.image.outputs.fingerprint { return entries }
            for index in evaluator.graph.nodes.indices
            where evaluator.graph.has(Graph.Flags.producer, NodeID(index)) {
                evaluator.graph.set(Graph.Flags.producer, false, of: NodeID(index))
            }
            for entry in entries { evaluator.graph.set(Graph.Flags.producer, true, of: entry.producer) }
            for check in evaluator.image.outputs.checks {
                evaluator.graph.set(Graph.Flags.producer, true, of: check)
            }
            evaluator.markedTable = evaluator.image.outputs.fingerprint
            return entries
        }
    }

    /// Brings the producers up to date; what they made is staged on the spot if it must be written.
    /// With `onlyNew`, what would have to be made again only because the disk lost it is left alone: whether
    /// anything is published at all is not known yet.
    private func produce(_ table: [OutputTable.Entry], _ publication: Publication?, onlyNew: Bool) {
        let evaluator = self.evaluator
        let work: [UInt32] = evaluator.monitor.locked {
            table.indices.filter { index in
                let node = table[index].producer
                if evaluator.graph.state(of: node) != .fresh { return true }
                guard let publication, publication.staged[index] == nil else { return false }
                if onlyNew { return evaluator.value(at: node) != nil }
                return publication.needsWriting(index, evaluator.wholeFingerprint(of: node)).0
            }.map { UInt32($0) }
        }
        evaluator.perform(
            Batch(work) { index, worker in
                let node = table[Int(index)].producer
                _ = evaluator.demand(node, worker)
                guard let publication else { return }
                let (isNeeded, reason) = publication.needsWriting(
                    Int(index), evaluator.wholeFingerprint(of: node))
                if isNeeded, !onlyNew || evaluator.value(at: node) != nil {
                    if let reason, evaluator.events[node] == nil {
                        evaluator.events[node] = Event(key: evaluator.graph.key(of: node), reason: reason)
                    }
                    if let value = evaluator.demandValue(of: node, worker) as? OutputValue {
                        evaluator.monitor.unlock()
                        let staged = self.stage(value, Int(index), publication)
                        evaluator.monitor.lock()
                        publication.staged[Int(index)] = staged
                    }
                }
                evaluator.set(nil, at: node)
            })
    }

    private func stage(_ value: OutputValue, _ index: Int, _ publication: Publication) -> Publication.Staged?
    {
        do throws(FileError) {
            switch value.content {
            case .bytes(let bytes): return try publication.stage(index, bytes)
            case .copy(let path, let fingerprint):
                guard let contents = try evaluator.source.read(path) else { return nil }
                let staged = try publication.stage(index, contents.bytes)
                // It changed after it was hashed: the next build will see that it is not what it should be.
                if staged.fingerprint != fingerprint {
                    evaluator.monitor.locked { evaluator.isUnclean = true }
                }
                return staged
            }
        } catch {
            evaluator.monitor.locked { evaluator.stagingRefusal = evaluator.stagingRefusal ?? error }
            return nil
        }
    }

    /// Puts the outputs in place.
    ///
    /// - Returns: findings that forbade it.
    private func publish(
        _ table: [OutputTable.Entry], _ publication: Publication, _ inputs: BuildInputs,
        _ report: inout BuildReport
    ) -> [Diagnostic] {
        produce(table, publication, onlyNew: false)
        if let error = evaluator.stagingRefusal { return [Self.finding(error)] }
        if !inputs.force {
            let foreign = publication.foreignFiles()
            if !foreign.isEmpty { return foreign.prefix(10).map { finding(foreign: $0, of: foreign.count) } }
        }
        // From here on the output may be ahead of what is remembered: a build that dies in between must not leave a
        // store that calls itself up to date with sources that are as they were before.
        evaluator.monitor.locked {
            evaluator.store?.commit(evaluator.image, session: nil)
            evaluator.flushNow()
        }
        do throws(FileError) {
            let result = try publication.publish()
            report.written = result.written
            report.removed = result.removed
            return []
        } catch {
            return [Self.finding(error)]
        }
    }

    private static func finding(_ error: FileError) -> Diagnostic {
        Diagnostic(
            .unwritableOutput, "cannot \(error.operation) this: error \(error.code) of the system",
            at: SourceLocation(path: error.path))
    }

    private func finding(foreign path: RelativePath, of count: Int) -> Diagnostic {
        let folder = outputPlace?.folder ?? .root
        return Diagnostic(
            .foreignOutput,
            "an output would overwrite a file that was not written by this program",
            at: SourceLocation(path: folder.appending(path.bytes)),
            hint: count > 10 ? "there are \(count) of them; --force overwrites them" : "--force overwrites it"
        )
    }

    /// Writes the end of a build to the store and fills in the report; the lock is held.
    private func close(_ report: inout BuildReport, _ live: [NodeID], isClean: Bool) {
        report.ran = evaluator.events.values.sorted(by: Event.precedes)
        report.recalled =
            evaluator.recalled.filter { evaluator.events[$0] == nil }.map { evaluator.graph.key(of: $0) }
            .sorted(by: Key.precedes)
        let rules = live.count { !evaluator.graph.isLeaf($0) }
        report.reused = live.count { !evaluator.graph.isLeaf($0) && evaluator.events[$0] == nil }
        var summary = Summary()
        summary.isClean = isClean && !evaluator.isUnclean
        summary.liveCount = rules
        summary.nextFlip = evaluator.mutant.plants(.flipForgotten) ? nil : report.nextFlip
        summary.reporting = live.filter { evaluator.graph.has(Graph.Flags.findings, $0) }.sorted()
        evaluator.image.summary = summary
        evaluator.hasChanges = false
        evaluator.isUnclean = false
        evaluator.stagingRefusal = nil
        let session = evaluator.rememberSession()
        evaluator.store?.commit(evaluator.image, session: session)
        evaluator.flushNow()
        if evaluator.store?.isLogLong == true {
            var isLive = [Bool](repeating: false, count: evaluator.graph.nodes.count)
            for node in live { isLive[Int(node)] = true }
            evaluator.compact(isLive: isLive)
        }
        if let error = evaluator.store?.refusal {
            notice = "the store cannot be written (error \(error.code) of the system); nothing is remembered"
        }
        report.notice = notice
        notice = nil
        evaluator.reasonForNew = .new
    }

    // MARK: Preview

    /// Looks at the sources again and brings the root up to date; outputs wait until someone asks.
    public func refresh(_ inputs: BuildInputs, changed: Changes) -> RefreshReport {
        evaluator.beginExclusive()
        defer { evaluator.endExclusive() }
        openStore(tool: inputs.tool)
        evaluator.begin(inputs)
        let before = evaluator.monitor.locked { evaluator.image.outputs }
        examine(changed)
        _ = bringRoot()
        var report = RefreshReport()
        evaluator.monitor.locked {
            compare(before, evaluator.image.outputs, &report)
            report.ran = evaluator.events.values.sorted(by: Event.precedes)
            (report.diagnostics, report.nextFlip) = evaluator.standing()
            evaluator.hasChanges = false
        }
        return report
    }

    /// What is new, may differ or is gone between two tables, both sorted; the lock is held.
    private func compare(_ before: OutputTable, _ after: OutputTable, _ report: inout RefreshReport) {
        let names = evaluator.graph.names
        var old = before.entries[...]
        for entry in after.entries {
            while let first = old.first, first.path != entry.path,
                names.bytes(of: first.path).lexicographicallyPrecedes(names.bytes(of: entry.path))
            {
                report.removed.append(evaluator.path(of: first.path))
                old.removeFirst()
            }
            let isKnown = old.first?.path == entry.path
            if isKnown { old.removeFirst() }
            if !isKnown || evaluator.graph.state(of: entry.producer) != .fresh {
                report.changed.append(evaluator.path(of: entry.path))
            }
        }
        report.removed += old.map { evaluator.path(of: $0.path) }
    }

    /// Brings one output up to date.
    ///
    /// - Returns: its content, or `nil` when there is no such output.
    public func output(_ path: RelativePath) -> OutputValue? {
        guard let node = evaluator.monitor.locked({ evaluator.producer(of: path) }) else { return nil }
        let answer = Answer()
        evaluator.perform(
            Batch([node]) { [evaluator] node, worker in
                answer.value = evaluator.demandValue(of: node, worker) as? OutputValue
            }, isGuest: true)
        return answer.value
    }

    /// What a worker found for a caller who waits for it: written before the batch is done, read after.
    private final class Answer: @unchecked Sendable {
        var value: OutputValue?
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
        let nodes = evaluator.monitor.locked {
            (evaluator.image.outputs.entries.map(\.producer) + evaluator.image.outputs.checks).filter {
                evaluator.graph.state(of: $0) != .fresh
            }
        }
        let batch = Batch(nodes) { [evaluator] node, worker in _ = evaluator.demand(node, worker) }
        batch.isCancellable = true
        evaluator.perform(batch, isGuest: true)
        return evaluator.monitor.locked {
            evaluator.flushNow()
            return evaluator.events.values.sorted(by: Event.precedes)
        }
    }

    /// Makes a running ``finish()`` stop before its next node.
    public func cancel() {
        evaluator.cancelBackground()
    }

    // MARK: What is alive

    /// All nodes that can be reached from the root and the producers; the lock is held.
    func liveNodes() -> [NodeID] {
        let graph = evaluator.graph
        var seen = [Bool](repeating: false, count: graph.nodes.count)
        var list: [NodeID] = []
        for index in graph.nodes.indices
        where graph.has(Graph.Flags.root | Graph.Flags.producer, NodeID(index)) {
            seen[index] = true
            list.append(NodeID(index))
        }
        var next = 0
        while next < list.count {
            for index in graph.edgeRange(of: list[next]) {
                let node = graph.cells[Int(graph.edgeCells[index])].node
                if seen[Int(node)] { continue }
                seen[Int(node)] = true
                list.append(node)
            }
            next += 1
        }
        return list
    }

    /// Findings and the next flip of the clock among nodes; the lock is held.
    private func summary(of nodes: [NodeID]) -> ([Diagnostic], Int64?) {
        var diagnostics: [Diagnostic] = []
        var next: Int64?
        let now = evaluator.inputs.now
        for node in nodes {
            let kind = evaluator.graph.nodes[Int(node)].kind
            if kind == LeafKind.past.rawValue || kind == LeafKind.clock.rawValue {
                let name = evaluator.graph.key(of: node).name.text
                let flip =
                    kind == LeafKind.past.rawValue ? Int64(name) : ClockGranule(named: name).end(of: now)
                if let flip, flip > now { next = Swift.min(next ?? flip, flip) }
            }
            if evaluator.graph.has(Graph.Flags.findings, node) {
                diagnostics.append(contentsOf: evaluator.image.findings[node] ?? [])
            }
        }
        return (diagnostics.sorted(), next)
    }
}
