public import Files
import Text

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
    let outputPlace: OutputPlace?
    // Changed by build and refresh alone, which are for one caller at a time.
    var storePlace: StorePlace?
    var isOpen = false
    var notice: String?
    var lock: FileLock?
    var ledger: OutputLedger?

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
        var phases = Phases(inputs)
        defer { phases.end() }
        lockStore(tool: inputs.tool, willWait: inputs.willWait)
        let outputLock = lockOutput(inputs.willWait)
        defer { outputLock?.release() }
        phases.next(.looking)
        let publication = look(inputs)
        if let report = unchanged(publication) { return report }
        phases.next(.planning)
        let before = evaluator.monitor.locked { Before(evaluator) }
        // Only where nothing is remembered: with records about, doubt must have been passed on before anyone looks at them.
        evaluator.monitor.locked { evaluator.anticipates = evaluator.graph.nodes.isEmpty }
        let table = bringRoot()
        let isMatched = evaluator.monitor.locked {
            publication?.match(table.map(\.path), evaluator.graph.names) ?? false
        }
        // Then the files that are as we left them are what their producers made, until one of these runs again.
        let isRoutine =
            isMatched && before.summary.isClean
            && evaluator.monitor.locked { before.table == evaluator.image.outputs.fingerprint }
        var report = BuildReport()
        phases.next(.making)
        produce(table, publication, onlyNew: true, isRoutine: isRoutine)
        phases.next(.checking)
        evaluator.bringUpToDate(
            evaluator.monitor.locked {
                evaluator.image.outputs.checks.filter { evaluator.graph.state(of: $0) != .fresh }
            })
        evaluator.endAnticipation()
        let living = evaluator.monitor.locked { self.living(since: before) }
        var diagnostics = living.diagnostics
        report.failed =
            diagnostics.contains { $0.severity == .error }
            && !evaluator.mutant.plants(.publishedDespiteErrors)
        if let publication, !report.failed {
            phases.next(.publishing)
            diagnostics += publish(table, publication, isRoutine, inputs, &report)
            diagnostics.sort()
            report.failed = diagnostics.contains { $0.severity == .error }
        }
        phases.next(.recording)
        publication?.closeStaging()
        if let stray = publication?.strayFinding {
            diagnostics.append(stray)
            diagnostics.sort()
        }
        ledger = publication?.ledger
        report.keptCount = table.count - report.written.count
        report.diagnostics = diagnostics
        report.nextFlip = living.nextFlip
        evaluator.monitor.locked { close(&report, living, isClean: !report.failed) }
        return report
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
            if let stray = publication?.strayFinding {
                report.diagnostics.append(stray)
                report.diagnostics.sort()
            }
            do throws(FileError) {
                try publication?.adoptStamps()
            } catch {
                report.notice = "the store cannot be written (\(error.reason))"
            }
            ledger = publication?.ledger
            // What a killed build had on its way is nobody's now.
            publication?.closeStaging()
            if evaluator.store?.needsSnapshot == false, evaluator.store?.pendingCount ?? 0 > 0 {
                evaluator.store?.commit(evaluator.image, session: nil)
                evaluator.flushNow()
                // Whoever checks out anew for each build has other stamps each time, and nothing else to do.
                if evaluator.store?.isLogLong == true {
                    evaluator.deriveDoubt()
                    compact(liveNodes())
                }
                if let error = evaluator.store?.refusal { report.notice = Self.notice(of: error) }
            }
            return report
        }
    }

    /// Brings eager nodes and the root up to date and returns the outputs that there should be.
    func bringRoot() -> [OutputTable.Entry] {
        let node = evaluator.monitor.locked {
            evaluator.deriveDoubt()
            evaluator.prepareStore()
            evaluator.image.summary.isClean = false
            let node = evaluator.graph.node(root)
            evaluator.graph.set(Graph.Flags.root, true, of: node)
            return node
        }
        evaluator.settleEager()
        evaluator.checkDoubt()
        evaluator.bringUpToDate([node])
        let isKnown = evaluator.monitor.locked { evaluator.tableIsCurrent(root: node) }
        if !isKnown {
            evaluator.bringUpToDate([node], wantsValues: true)
            evaluator.monitor.locked { evaluator.takeTable(from: node) }
        }
        return evaluator.monitor.locked {
            let entries = evaluator.image.outputs.entries
            if evaluator.markedTable == evaluator.image.outputs.fingerprint { return entries }
            evaluator.markProducers()
            evaluator.notePlaces()
            evaluator.markedTable = evaluator.image.outputs.fingerprint
            return entries
        }
    }

    /// Brings the producers up to date; what they made is staged on the spot if it must be written.
    /// With `onlyNew`, what would have to be made again only because the disk lost it is left alone: whether
    /// anything is published at all is not known yet.
    func produce(
        _ table: [OutputTable.Entry], _ publication: Publication?, onlyNew: Bool, isRoutine: Bool
    ) {
        let evaluator = self.evaluator
        let work: [UInt32] = evaluator.monitor.locked {
            let hasRun = evaluator.nodesThatRan()
            return table.indices.filter { index in
                let node = table[index].producer
                if evaluator.graph.state(of: node) != .fresh { return true }
                guard let publication, publication.staged[index] == nil else { return false }
                if onlyNew { return evaluator.value(at: node) != nil }
                if isRoutine, !hasRun[Int(node)], publication.isOurs(index) { return false }
                return publication.needsWriting(index, evaluator.wholeFingerprint(of: node)).0
            }.map { UInt32($0) }
        }
        if !work.isEmpty { evaluator.progress?.begin(.making) }
        let batch = evaluator.monitor.locked {
            evaluator.counted(work, in: .making, { table[Int($0)].producer }) { index, worker in
                let node = table[Int(index)].producer
                _ = evaluator.demand(node, worker)
                defer { evaluator.followSuggestions(worker) }
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
            }
        }
        evaluator.perform(batch)
    }

    private func stage(_ value: OutputValue, _ index: Int, _ publication: Publication) -> Publication.Staged?
    {
        do throws(FileError) {
            switch value.content {
            case .bytes(let bytes): return try publication.stage(index, bytes, value.fingerprint)
            case .copy(let path, let fingerprint):
                guard let staged = try publication.stage(index, copyOf: path, in: evaluator.source) else {
                    // It went away after it was hashed: what is there from before stays for now, and is not taken for it.
                    evaluator.monitor.locked { evaluator.isUnclean = true }
                    return nil
                }
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

    /// Writes the end of a build to the store and fills in the report; the lock is held.
    private func close(_ report: inout BuildReport, _ living: Living, isClean: Bool) {
        report.events = Array(evaluator.events.values)
        report.recalled =
            Key.sorted(
                evaluator.recalled.filter { evaluator.events[$0] == nil }.map { evaluator.graph.key(of: $0) },
                by: \.self)
        report.reused = living.ruleCount - living.ranCount
        var summary = Summary()
        // A file that changed while this build read it may have put in doubt what was looked at before.
        let isSettled =
            evaluator.graph.state(of: evaluator.graph.node(root)) == .fresh
            && evaluator.unsettledProducers().isEmpty
        summary.isClean = isClean && isSettled && !evaluator.isUnclean
        summary.liveCount = living.ruleCount
        summary.nextFlip = evaluator.mutant.plants(.flipForgotten) ? nil : report.nextFlip
        summary.reporting = living.reporting
        evaluator.image.summary = summary
        evaluator.hasChanges = false
        evaluator.isUnclean = false
        evaluator.stagingRefusal = nil
        let session = evaluator.rememberSession()
        evaluator.store?.commit(evaluator.image, session: session)
        evaluator.flushNow()
        if evaluator.store?.isLogLong == true { compact(liveNodes()) }
        if let error = evaluator.store?.refusal {
            notice = Self.notice(of: error)
        }
        report.notice = notice
        notice = nil
        evaluator.reasonForNew = .new
    }

    private static func notice(of error: FileError) -> String {
        "the store cannot be written (\(error.reason)); nothing is remembered"
    }

    /// Begins a new snapshot and a new log; the lock is held, and nobody is at work.
    func compact(_ live: [NodeID]) {
        // After a first build there is nothing to leave out.
        if live.count == evaluator.graph.nodes.count, evaluator.graph.deadEdges == 0 {
            evaluator.store?.repack(&evaluator.image)
            evaluator.store?.writeSnapshot(evaluator.image)
            return
        }
        var isLive = [Bool](repeating: false, count: evaluator.graph.nodes.count)
        for node in live { isLive[Int(node)] = true }
        evaluator.compact(isLive: isLive)
    }
}
