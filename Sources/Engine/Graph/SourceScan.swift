import Files
import Text

/// Looking again at the leaves: which of them are no longer what their readers saw?
extension Evaluator {
    /// Begins a build: new inputs, no events, the clock of the file system read once.
    func begin(_ inputs: BuildInputs) {
        let now: Int64
        do throws(FileError) {
            now = try source.now()
        } catch {
            // Without a clock to compare with, every file may have been written a moment ago.
            now = .min / 2
        }
        monitor.locked {
            self.inputs = inputs
            trace = inputs.trace
            progress = inputs.progress
            scanStart = now
            events = [:]
            recalled = []
            oldTexts = [:]
            probeAnswers = [:]
        }
    }

    /// Examines the leaves that are not files: environment, flags, clock, probes.
    func examineProcessLeaves() {
        let keys: [(NodeID, Key)] = monitor.locked {
            knownProcessLeaves().compactMap { index in
                let node = graph.nodes[Int(index)]
                guard let kind = LeafKind(rawValue: node.kind), node.rawState == NodeState.fresh.rawValue
                else { return nil }
                if kind == .probe, !graph.isRead(index) {
                    graph.set(.new, of: index)
                    return nil
                }
                switch kind {
                case .environment: if mutant.plants(.environmentIgnored) { return nil }
                case .flag: if mutant.plants(.flagsIgnored) { return nil }
                case .past: if mutant.plants(.pastIgnored) { return nil }
                case .clock: if mutant.plants(.clockIgnored) { return nil }
                case .probe: if mutant.plants(.probeIgnored) { return nil }
                case .file, .listing: break
                }
                return (index, graph.key(of: index))
            }
        }
        for (node, key) in keys {
            let value = examine(node, key)
            _ = monitor.locked { adoptLeaf(value, at: node, isNew: false) }
        }
    }

    /// The leaves that are neither files nor folders; the lock is held.
    ///
    /// - Complexity: O(n) in the nodes that are new since the last call.
    func knownProcessLeaves() -> [NodeID] {
        for index in processLeaves.upTo..<Swift.max(processLeaves.upTo, graph.nodes.count) {
            if let kind = LeafKind(rawValue: graph.nodes[index].kind), kind != .file, kind != .listing {
                processLeaves.nodes.append(NodeID(index))
            }
        }
        processLeaves.upTo = graph.nodes.count
        return processLeaves.nodes
    }

    /// Looks at files and folders again, folder by folder, on many threads.
    ///
    /// - Parameter wanted: what may have changed, with all below; `nil` for everything.
    func examineSources(_ wanted: [RelativePath]?) {
        let paths = wanted.map { examineFiles($0) }
        if paths?.isEmpty == true { return }
        let plans = monitor.locked { folderPlans(paths) }
        let jobs = monitor.locked { inputs.jobs }
        if let progress { progress.want(plans.reduce(0) { $0 + $1.files.count }, in: .looking) }
        // A thread costs as much as looking at a few dozen files.
        let isMuch = plans.reduce(0) { $0 + $1.files.count + 8 } > 256
        Parallel.forEach(plans.count, jobs: isMuch ? jobs : 1) { [self] index in
            examine(plans[index])
            progress?.advance(plans[index].files.count, in: .looking)
        }
    }

    /// What is to be looked at in one folder.
    private struct FolderPlan: Sendable {
        var folder: [UInt8]
        /// Indices in the table of files.
        var files: [Int] = []
        var listing: NodeID = none
    }

    /// The leaves to be looked at, by folder; the lock is held.
    private func folderPlans(_ paths: [RelativePath]?) -> [FolderPlan] {
        var plans: [FolderPlan] = []
        var indices: [[UInt8]: Int] = [:]
        var last = -1
        func plan(_ folder: [UInt8]) -> Int {
            if let known = indices[folder] { return known }
            indices[folder] = plans.count
            plans.append(FolderPlan(folder: folder))
            return plans.count - 1
        }
        let graph = image.graph
        for (index, entry) in image.files.entries.enumerated() {
            let name = graph.nodes[Int(entry.node)].name
            if let paths {
                let path = RelativePath(unchecked: graph.names.bytes(of: name))
                if !paths.contains(where: { path.isInside($0) }) { continue }
            }
            // Files that were met together mostly lie together.
            if last < 0 || !graph.names.isFile(name, inFolder: plans[last].folder) {
                last = plan(RelativePath(unchecked: graph.names.bytes(of: name)).parent.bytes)
            }
            plans[last].files.append(index)
        }
        for (index, node) in graph.nodes.enumerated()
        where node.kind == LeafKind.listing.rawValue && node.rawState == NodeState.fresh.rawValue {
            if let paths {
                let folder = RelativePath(unchecked: graph.names.bytes(of: node.name))
                if !paths.contains(where: { folder.isInside($0) || $0.parent == folder }) { continue }
            }
            let place = plan(graph.names.bytes(of: node.name))
            plans[place].listing = NodeID(index)
        }
        return plans
    }

    private func examine(_ plan: FolderPlan) {
        var stamped: [StampedEntry]?
        do throws(FileError) {
            stamped = try source.listWithStamps(RelativePath(unchecked: plan.folder))
        } catch {
            // Each leaf says for itself what is wrong.
            if plan.listing != none { reexamine(plan.listing) }
            for file in plan.files { reexamine(monitor.locked { image.files.entries[file].node }) }
            return
        }
        if plan.listing != none {
            let value = LeafValue(stamped.map { .listing($0.map(\.entry)) } ?? .absent)
            monitor.locked {
                note(nil, of: plan.listing)
                adoptLeaf(value, at: plan.listing, isNew: false)
            }
        }
        for node in suspects(among: plan, stamped ?? []) { reexamine(node) }
    }

    /// The files of a folder whose stamps do not vouch for them.
    private func suspects(among plan: FolderPlan, _ entries: [StampedEntry]) -> [NodeID] {
        monitor.lock()
        defer { monitor.unlock() }
        let skipped = plan.folder.isEmpty ? 0 : plan.folder.count + 1
        let names = graph.names
        let files = image.files.entries
        func name(of file: Int) -> UInt32 { graph.nodes[Int(files[file].node)].name }
        var order = plan.files
        var isSorted = true
        for (file, next) in zip(order, order.dropFirst()) where isSorted {
            isSorted = ByteOrder.precedes(
                names.span(of: name(of: file)), names.span(of: name(of: next)))
        }
        if !isSorted {
            order.sort {
                ByteOrder.precedes(names.span(of: name(of: $0)), names.span(of: name(of: $1)))
            }
        }
        var suspects: [NodeID] = []
        var place = 0
        for file in order {
            let name = names.span(of: name(of: file)).extracting(droppingFirst: skipped)
            var isHere = false
            while place < entries.count {
                let entry = entries[place].entry.name
                if ByteOrder.precedes(entry.span, name) {
                    place += 1
                    continue
                }
                isHere = ByteOrder.areEqual(entry.span, name)
                break
            }
            let known = files[file]
            if isHere, entries[place].entry.kind != .folder {
                if !isSuspect(known, entries[place].stamp) { continue }
            } else if known.stamp == nil, known.fingerprint == .absent,
                !graph.has(Graph.Flags.findings, known.node)
            {
                // Not there, as before. What could not be read counted as not there as well.
                continue
            }
            suspects.append(known.node)
        }
        return suspects
    }

    func isSuspect(_ known: FileEntry, _ stamp: FileStamp) -> Bool {
        if mutant.plants(.sizeAndTimeTrusted), known.stamp?.size == stamp.size,
            known.stamp?.modified == stamp.modified
        {
            return false
        }
        return known.stamp != stamp || known.isRacy || inputs.rehash
    }

    func reexamine(_ node: NodeID) {
        guard monitor.locked({ graph.state(of: node) == .fresh }) else { return }
        let value = examine(node, monitor.locked { graph.key(of: node) })
        monitor.locked {
            let isChanged = adoptLeaf(value, at: node, isNew: false)
            // Nobody asks for the bytes of what is as it was: all the pictures of a site that was just checked out.
            if !isChanged || value.byteCount > Self.manyChangedBytes { letGo(of: node) }
        }
    }

    /// Of a changed file with more bytes than this, readers read again: it is no text that waits for its page.
    private static let manyChangedBytes = 1 << 20
}
