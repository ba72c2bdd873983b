import Text

/// What becomes of an image that another build has left, before this one begins from it.
extension StoreImage {
    /// Only what is known of files: what remains when another tool builds.
    func onlyFiles() -> StoreImage {
        var result = StoreImage()
        result.packNumber = packNumber &+ 1
        result.sessions = sessions
        for entry in files.entries {
            let name = result.graph.names.name(
                of: graph.names.bytes(of: graph.nodes[Int(entry.node)].name).span)
            let id = NodeID(result.graph.nodes.count)
            var node = Node(kind: LeafKind.file.rawValue, name: name)
            node.rawState = NodeState.fresh.rawValue
            result.graph.add(node)
            var moved = entry
            moved.node = id
            result.graph.setFileIndex(result.files.entries.count, of: id)
            result.files.entries.append(moved)
        }
        return result
    }

    /// Marks the records of rules that are now of another version.
    mutating func markOutdated(_ old: [UInt8: Int], _ new: [UInt8: Int]) -> Bool {
        var changed: Set<UInt8> = []
        for kind in Set(old.keys).union(new.keys) where old[kind] != new[kind] { changed.insert(kind) }
        if changed.isEmpty { return false }
        for index in graph.nodes.indices where changed.contains(graph.nodes[index].kind) {
            graph.set(Graph.Flags.outdated, true, of: NodeID(index))
            let place = graph.nodes[index].place
            if place != none { places[Int(place)].length = 0 }
        }
        summary.isClean = false
        return true
    }

    /// What a node was at when a process ended is no more.
    mutating func forgetTransientStates() {
        for index in graph.nodes.indices {
            let state = graph.state(of: NodeID(index))
            if state == .claimed || state == .held { graph.set(.new, of: NodeID(index)) }
        }
    }
}
