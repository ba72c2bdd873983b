import Text

/// Waiting for other workers, and what depends on itself.
extension Evaluator {
    /// Waits until a node that is claimed or held may have come to an end; the lock is held.
    ///
    /// - Returns: false if waiting would never end, since the node depends on what this worker is at.
    func wait(for node: NodeID, _ worker: Worker) -> Bool {
        let target = unfinishedNode(behind: node, worker)
        if let ring = ring(from: worker, through: target) {
            join(ring)
            return false
        }
        worker.waitingFor = target
        let start = trace?.now() ?? 0
        monitor.wait(for: .progress)
        trace?.add(.waiting(graph.key(of: node)), worker: worker.number, since: start)
        worker.waitingFor = none
        return true
    }

    /// The node whose end a claimed or held node needs: itself, or a member of its group that still runs; one
    /// on the worker's own stack before others.
    ///
    /// Of these the uppermost will do: what joins a group is the end of a stack, so of all frames between two of one group
    /// each is of that group.
    private func unfinishedNode(behind node: NodeID, _ worker: Worker) -> NodeID {
        guard graph.state(of: node) == .held, let group = groups[node] else { return node }
        if let own = worker.stack.last(where: { groups[$0] === group }) { return own }
        return group.firstUnfinished { graph.state(of: $0) == .claimed } ?? node
    }

    /// All frames between a worker and itself along the chain of who waits for whom, or `nil` if the chain
    /// ends elsewhere.
    private func ring(from worker: Worker, through first: NodeID) -> [NodeID]? {
        var members: [NodeID] = []
        var target = first
        var steps = 0
        while let owner = owners[target], target != none, steps <= 4096 {
            guard let place = owner.stack.lastIndex(of: target) else { return nil }
            members.append(contentsOf: owner.stack[place...])
            if owner === worker { return members }
            target = owner.waitingFor
            steps += 1
        }
        return nil
    }

    /// Makes one group of all these nodes and of the groups they belong to already.
    ///
    /// - Complexity: O(n) in the nodes, and what they join is moved into the largest of their groups: of a ring each member
    ///   is moved a few times, however often one of them is asked for.
    private func join(_ ring: [NodeID]) {
        var largest: CycleGroup?
        for node in ring {
            guard let group = groups[node], group.members.count > largest?.members.count ?? 0 else {
                continue
            }
            largest = group
        }
        let group = largest ?? CycleGroup()
        for node in ring {
            guard let other = groups[node] else {
                groups[node] = group
                group.members.append(node)
                if graph.state(of: node) == .claimed { group.unfinished += 1 }
                continue
            }
            if other === group { continue }
            for member in other.members { groups[member] = group }
            group.members.append(contentsOf: other.members)
            group.unfinished += other.unfinished
        }
    }

    /// The last member of a group has come to an end: all may be read now, and the cycle is reported.
    func complete(_ group: CycleGroup) {
        for node in group.members {
            groups[node] = nil
            graph.set(.fresh, of: node)
        }
        let keys = group.members.map { graph.key(of: $0) }
        let smallest = zip(keys, group.members).min { Key.precedes($0.0, $1.0) }
        guard let smallest else { return }
        let finding = finding(of: group, from: smallest.1)
        for node in group.members {
            let list = node == smallest.1 ? [finding] : []
            setFindings(list, of: node)
            store?.record(node, graph, list)
        }
        monitor.signal(.progress)
    }

    /// Describes the shortest way from a node to itself; of several, the first in the order of keys.
    private func finding(of group: CycleGroup, from start: NodeID) -> Diagnostic {
        let members = Set(group.members)
        var cameFrom: [NodeID: NodeID] = [:]
        var line = [start]
        var last = start
        search: while !line.isEmpty {
            var reached: [(key: Key, node: NodeID, from: NodeID)] = []
            for node in line {
                for index in graph.edgeRange(of: node) {
                    let next = graph.cells[Int(graph.edgeCells[index])].node
                    if members.contains(next) { reached.append((graph.key(of: next), next, node)) }
                }
            }
            // Equal keys come in the order of the line, which is itself in the order of keys.
            let sorted = reached.enumerated().sorted { left, right in
                left.element.node == right.element.node
                    ? left.offset < right.offset : Key.precedes(left.element.key, right.element.key)
            }
            line = []
            for (_, step) in sorted {
                if step.node == start {
                    last = step.from
                    break search
                }
                if cameFrom[step.node] == nil {
                    cameFrom[step.node] = step.from
                    line.append(step.node)
                }
            }
        }
        var path = [last]
        while let node = path.last, node != start, let previous = cameFrom[node] { path.append(previous) }
        let words = (path.reversed() + [start]).map { node in
            let key = graph.key(of: node)
            return rules[key.kind]?.words(key.name) ?? "\(rules.name(of: key.kind)) \(key.name.text)"
        }
        let hint = (path + [start]).compactMap { rules[graph.key(of: $0).kind]?.cycleHint }.first
        return Diagnostic(
            .dependencyCycle,
            words.count == 2
                ? "\(words[0]) depends on itself" : "depends on itself: \(words.joined(separator: " → "))",
            at: sourceFile(of: start), hint: hint)
    }

    /// The place of a file that is called as a key is, if the key reads it, or what is made of it under that name.
    private func sourceFile(of node: NodeID) -> SourceLocation? {
        let name = graph.key(of: node).name
        var open = [node]
        var seen: Set<NodeID> = [node]
        while let node = open.popLast() {
            for index in graph.edgeRange(of: node) {
                let below = graph.cells[Int(graph.edgeCells[index])].node
                let key = graph.key(of: below)
                guard key.name == name, seen.insert(below).inserted else { continue }
                if key.kind == LeafKind.file.rawValue {
                    return SourceLocation(path: RelativePath(unchecked: name.bytes))
                }
                open.append(below)
            }
        }
        return nil
    }
}
