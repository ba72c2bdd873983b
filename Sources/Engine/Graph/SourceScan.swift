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
            now = .max
        }
        monitor.locked {
            self.inputs = inputs
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
            graph.nodes.indices.compactMap { index in
                let node = graph.nodes[index]
                guard let kind = LeafKind(rawValue: node.kind), kind != .file, kind != .listing,
                    node.rawState == NodeState.fresh.rawValue
                else { return nil }
                if kind == .probe, !graph.isRead(NodeID(index)) {
                    graph.set(.new, of: NodeID(index))
                    return nil
                }
                return (NodeID(index), graph.key(of: NodeID(index)))
            }
        }
        for (node, key) in keys {
            let value = examine(node, key)
            monitor.locked { adoptLeaf(value, at: node, isNew: false) }
        }
    }

    /// Looks at files and folders again.
    ///
    /// - Parameter paths: what may have changed, with all below; `nil` for everything.
    func examineSources(_ paths: [RelativePath]?) {
        var folders: [RelativePath: FolderPlan] = [:]
        monitor.locked {
            for (index, entry) in image.files.entries.enumerated() {
                let path = RelativePath(
                    unchecked: Array(graph.names.bytes(of: graph.nodes[Int(entry.node)].name)))
                if let paths, !paths.contains(where: { path.isInside($0) }) { continue }
                folders[path.parent, default: FolderPlan()].files.append((Array(path.name), index))
            }
            for (index, node) in graph.nodes.enumerated() where node.kind == LeafKind.listing.rawValue {
                let folder = RelativePath(unchecked: Array(graph.names.bytes(of: node.name)))
                if let paths, !paths.contains(where: { folder.isInside($0) || $0.parent == folder }) {
                    continue
                }
                if node.rawState == NodeState.fresh.rawValue {
                    folders[folder, default: FolderPlan()].listing = NodeID(index)
                }
            }
        }
        for (folder, plan) in folders { examine(folder, plan) }
    }

    /// What is to be looked at in one folder.
    struct FolderPlan {
        var files: [(name: [UInt8], index: Int)] = []
        var listing: NodeID = none
    }

    private func examine(_ folder: RelativePath, _ plan: FolderPlan) {
        var stamped: [StampedEntry]?
        do throws(FileError) {
            stamped = try source.listWithStamps(folder)
        } catch {
            // Each leaf says for itself what is wrong.
            if plan.listing != none { reexamine(plan.listing) }
            for file in plan.files { reexamine(monitor.locked { image.files.entries[file.index].node }) }
            return
        }
        if plan.listing != none {
            let value = LeafValue(stamped.map { .listing($0.map(\.entry)) } ?? .absent)
            monitor.locked {
                setFindings([], of: plan.listing)
                adoptLeaf(value, at: plan.listing, isNew: false)
            }
        }
        let sorted = plan.files.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        let entries = stamped ?? []
        var place = 0
        for file in sorted {
            while place < entries.count, entries[place].entry.name.lexicographicallyPrecedes(file.name) {
                place += 1
            }
            let isThere =
                place < entries.count && entries[place].entry.name == file.name
                && entries[place].entry.kind != .folder
            let known = monitor.locked { image.files.entries[file.index] }
            if isThere {
                if known.stamp == entries[place].stamp, !known.isRacy, !monitor.locked({ inputs.rehash }) {
                    continue
                }
            } else if known.stamp == nil, known.fingerprint == .absent {
                continue
            }
            reexamine(known.node)
        }
    }

    private func reexamine(_ node: NodeID) {
        guard monitor.locked({ graph.state(of: node) == .fresh }) else { return }
        let value = examine(node, monitor.locked { graph.key(of: node) })
        monitor.locked { adoptLeaf(value, at: node, isNew: false) }
    }
}
