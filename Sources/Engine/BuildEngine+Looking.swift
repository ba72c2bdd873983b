import Files
import Text

/// The beginning of every build: what is remembered, what the sources are now, what lies in the output folder.
extension BuildEngine {
    /// Opens the store, looks at the sources and at the output folder.
    ///
    /// Neither the sources nor the outputs say anything about the other, and a build in which nothing has changed
    /// does little else: one thread looks at each.
    func look(_ inputs: BuildInputs) -> Publication? {
        lockStore(tool: inputs.tool)
        let publication = outputPlace.map {
            Publication($0, store: storePlace, ledger: ledger, jobs: inputs.jobs)
        }
        publication?.mutant = evaluator.mutant
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
        if let publication, publication.addWitnesses(outputPaths) {
            if isTrusting { publication.trust() } else { publication.verify() }
        }
        return publication
    }

    /// Opens the store when it is first needed.
    ///
    /// - Parameter tool: who builds, or `nil` for questions only: then no lock is taken, and whoever wrote the store
    ///   is believed.
    func openStore(tool: Fingerprint?) {
        lockStore(tool: tool)
        readStore(tool: tool)
    }

    private func lockStore(tool: Fingerprint?) {
        if isOpen { return }
        guard tool != nil, let disk = storePlace?.fileSystem as? DiskFileSystem, let storePlace else {
            return
        }
        do throws(FileError) {
            if case .acquired(let lock) = try disk.lock(storePlace.folder.appending("lock"), waiting: true) {
                self.lock = lock
            }
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
            if tool != nil { evaluator.store = opened.store }
            if opened.notice != nil { evaluator.reasonForNew = .storeDiscarded }
        }
    }

    /// Looks at the leaves again.
    func examine(_ changes: Changes) {
        evaluator.examineProcessLeaves()
        switch changes {
        case .everything: evaluator.examineSources(nil)
        case .paths(let paths): evaluator.examineSources(paths)
        }
    }
}
