import Files
import Text

/// The beginning of every build: what is remembered, what the sources are now, what lies in the output folder.
extension BuildEngine {
    /// Reads the store, looks at the sources and at the output folder; both are locked.
    ///
    /// Neither the sources nor the outputs say anything about the other, and a build in which nothing has changed
    /// does little else: one thread looks at each.
    func look(_ inputs: BuildInputs) -> Publication? {
        let publication = outputPlace.map {
            Publication($0, store: storePlace, ledger: ledger, jobs: inputs.jobs)
        }
        publication?.mutant = evaluator.mutant
        publication?.progress = inputs.progress
        let isTrusting = evaluator.mutant.plants(.outputsNotVerified)
        Parallel.forEach(publication == nil ? 1 : 2, jobs: inputs.jobs) { [self] part in
            if part == 0 {
                readStore(tool: inputs.tool)
                evaluator.begin(inputs)
                examine(.everything)
            } else {
                publication?.readLedger()
                if isTrusting { publication?.trust() } else { publication?.verify() }
            }
        }
        if let publication, inputs.surveys || publication.needsSurvey(publishedCount) {
            if publication.addWitnesses(publishedCount, outputPaths) {
                if isTrusting { publication.trust() } else { publication.verify() }
            }
            publication.keepWitnesses()
        }
        return publication
    }

    /// How many outputs were published, as far as the graph can tell; 0 when the last build did not come to its end.
    private var publishedCount: Int {
        evaluator.monitor.locked {
            evaluator.image.summary.isClean ? evaluator.image.outputs.entries.count : 0
        }
    }

    /// Opens the store when it is first needed.
    ///
    /// - Parameters:
    ///   - tool: who builds, or `nil` for questions only: then no lock is taken, and whoever wrote the store is
    ///     believed.
    ///   - willWait: called before a wait for another process.
    func openStore(tool: Fingerprint?, willWait: @Sendable (Int32?) -> Void = { _ in }) {
        lockStore(tool: tool, willWait: willWait)
        readStore(tool: tool)
    }

    /// Keeps others away from the store, if it is not open yet.
    func lockStore(tool: Fingerprint?, willWait: @Sendable (Int32?) -> Void) {
        if isOpen { return }
        guard tool != nil, let storePlace, let disk = storePlace.fileSystem as? DiskFileSystem else { return }
        do throws(FileError) {
            for folder in storePlace.others.isEmpty ? [] : [storePlace.folder] + storePlace.others {
                guard case .acquired(let lock) = try disk.lock(folder.appending("lock")) else { continue }
                self.lock = lock
                self.storePlace = storePlace.moved(to: folder)
                return
            }
            lock = try disk.waitForLock(storePlace.folder.appending("lock"), willWait: willWait)
        } catch {
            notice = "the store cannot be locked (\(error.reason))"
        }
    }

    private func readStore(tool: Fingerprint?) {
        if isOpen { return }
        isOpen = true
        guard let storePlace else { return }
        let knownTool = evaluator.mutant.plants(.toolIgnored) ? .absent : tool
        let opened = Store.open(
            storePlace, mutant: evaluator.mutant, tool: knownTool, ruleVersions: evaluator.rules.versions)
        if let text = opened.notice { notice = text }
        evaluator.monitor.locked {
            evaluator.image = opened.image
            evaluator.isDoubtDerived = false
            evaluator.knownEagerReaders = [:]
            evaluator.unsettled.forget()
            if tool != nil { evaluator.store = opened.store }
            if opened.notice != nil { evaluator.reasonForNew = .storeDiscarded }
        }
    }

    /// Looks at the leaves again.
    func examine(_ changes: Changes) {
        evaluator.monitor.locked { evaluator.repetitions = [:] }
        evaluator.examineProcessLeaves()
        switch changes {
        case .everything: evaluator.examineSources(nil)
        case .paths(let paths): evaluator.examineSources(paths)
        }
    }
}
