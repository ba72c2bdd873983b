import Text

/// How the site stood before a build.
struct Before {
    let summary: Summary
    let table: UInt64
    let shape: Int

    init(_ evaluator: Evaluator) {
        summary = evaluator.image.summary
        table = evaluator.image.outputs.fingerprint
        shape = evaluator.graph.shapeChanges
    }
}

/// What is said of all that is alive at the end of a build.
struct Living {
    /// How many nodes of rules there are, and how many of them ran.
    var ruleCount = 0
    var ranCount = 0
    /// Who has findings, sorted.
    var reporting: [NodeID] = []
    /// All findings, sorted.
    var diagnostics: [Diagnostic] = []
    /// When the clock next changes something.
    var nextFlip: Int64?
}

extension BuildEngine {
    /// What is alive after a build; the lock is held.
    ///
    /// - Complexity: O(n) in the nodes and edges if any record reads other things than before; else in what ran and in
    ///   the findings.
    func living(since before: Before) -> Living {
        let graph = evaluator.graph
        var living = Living()
        if before.summary.isClean, before.shape == graph.shapeChanges,
            before.table == evaluator.image.outputs.fingerprint,
            !evaluator.mutant.plants(.deadFindingsReported)
        {
            var search = LivenessSearch()
            living.ruleCount = before.summary.liveCount
            living.ranCount = evaluator.events.keys.count { search.isLive($0, graph) }
            living.reporting = evaluator.image.findings.keys.filter { search.isLive($0, graph) }
            living.nextFlip = evaluator.nextFlip { search.isLive($0, graph) }
        } else {
            let nodes = liveNodes()
            var isLive = [Bool](repeating: false, count: graph.nodes.count)
            for node in nodes { isLive[Int(node)] = true }
            living.ruleCount = nodes.count { !graph.isLeaf($0) }
            living.ranCount = evaluator.events.keys.count { isLive[Int($0)] && !graph.isLeaf($0) }
            living.reporting = evaluator.image.findings.keys.filter {
                isLive[Int($0)] || evaluator.mutant.plants(.deadFindingsReported)
            }
            living.nextFlip = evaluator.nextFlip { isLive[Int($0)] }
        }
        living.reporting.sort()
        living.diagnostics = living.reporting.flatMap { evaluator.image.findings[$0] ?? [] }.sorted()
        return living
    }

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
}

extension Evaluator {
    /// When the clock will next change something that is alive, in seconds since 1970; the lock is held.
    func nextFlip(_ isLive: (NodeID) -> Bool) -> Int64? {
        var next: Int64?
        for node in knownProcessLeaves() {
            let kind = graph.nodes[Int(node)].kind
            guard kind == LeafKind.past.rawValue || kind == LeafKind.clock.rawValue else { continue }
            let name = graph.key(of: node).name.text
            let flip =
                kind == LeafKind.past.rawValue ? Int64(name) : ClockGranule(named: name).end(of: inputs.now)
            guard let flip, flip > inputs.now, flip < next ?? .max, isLive(node) else { continue }
            next = flip
        }
        return next
    }

    /// Marks who makes an output or is wanted for findings, and only those; the lock is held. What is marked already is
    /// not touched: it may lie in a file.
    func markProducers() {
        var isProducer = [Bool](repeating: false, count: graph.nodes.count)
        for entry in image.outputs.entries { isProducer[Int(entry.producer)] = true }
        for check in image.outputs.checks { isProducer[Int(check)] = true }
        for index in isProducer.indices
        where isProducer[index] != graph.has(Graph.Flags.producer, NodeID(index)) {
            graph.set(Graph.Flags.producer, isProducer[index], of: NodeID(index))
        }
    }

    /// Which nodes were made in this build; the lock is held.
    func nodesThatRan() -> [Bool] {
        var hasRun = [Bool](repeating: false, count: graph.nodes.count)
        for node in events.keys { hasRun[Int(node)] = true }
        for node in recalled { hasRun[Int(node)] = true }
        return hasRun
    }
}

/// Whether nodes can be reached from the root or an output, asked from below: most are a few steps away.
struct LivenessSearch {
    /// Nodes from which no output can be reached.
    private var dead: Set<NodeID> = []

    mutating func isLive(_ node: NodeID, _ graph: Graph) -> Bool {
        if Self.isStart(node, graph) { return true }
        if dead.contains(node) { return false }
        var seen: Set<NodeID> = [node]
        var wave = [node]
        while let next = wave.popLast() {
            var cell = graph.nodes[Int(next)].firstCell
            while cell != none {
                var isFound = false
                graph.forEachReader(of: cell) { edge in
                    if isFound || dead.contains(edge.reader) { return }
                    if Self.isStart(edge.reader, graph) {
                        isFound = true
                    } else if seen.insert(edge.reader).inserted {
                        wave.append(edge.reader)
                    }
                }
                if isFound { return true }
                cell = graph.cells[Int(cell)].next
            }
        }
        dead.formUnion(seen)
        return false
    }

    private static func isStart(_ node: NodeID, _ graph: Graph) -> Bool {
        graph.has(Graph.Flags.root | Graph.Flags.producer, node)
    }
}
