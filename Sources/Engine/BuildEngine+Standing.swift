public import Text

extension BuildEngine {
    /// How the site stands as far as it is up to date: all findings, sorted, and when the result will change
    /// without any edit, in seconds since 1970.
    ///
    /// - Complexity: O(n) in the findings and in what depends on the clock, mostly.
    public func standing() -> (diagnostics: [Diagnostic], nextFlip: Int64?) {
        evaluator.monitor.locked { evaluator.standing() }
    }

    /// The findings of the rule that makes an output, as it last ran.
    public func findings(ofOutput path: RelativePath) -> [Diagnostic] {
        evaluator.monitor.locked {
            evaluator.producer(of: path).flatMap { evaluator.image.findings[$0] } ?? []
        }
    }

    /// The errors among the findings of all that an output was made from, its own rule included, as they last ran;
    /// for a path where nothing is published, of all that the list of outputs was made from.
    ///
    /// - Complexity: O(n) in the findings of the site, and when there are errors, in what the output was made from.
    public func errors(behindOutput path: RelativePath) -> [Diagnostic] {
        evaluator.monitor.locked {
            if let producer = evaluator.producer(of: path) { return evaluator.errors(behind: producer) }
            evaluator.link()
            return evaluator.graph.find(root).map { evaluator.errors(behind: $0) } ?? []
        }
    }

    /// How many outputs there are, as of the last time the root was brought up to date.
    public var outputCount: Int { evaluator.monitor.locked { evaluator.image.outputs.entries.count } }

    /// Gives up memory that is not needed now, and writes what is remembered anew if it has grown long. For a moment
    /// without requests: it keeps all out.
    public func tidy() {
        evaluator.beginExclusive()
        defer { evaluator.endExclusive() }
        evaluator.monitor.locked {
            evaluator.store?.letGo()
            guard evaluator.store?.isLogLong == true, evaluator.graph.isLinked else { return }
            compact(liveNodes())
            evaluator.link()
        }
    }
}

extension Evaluator {
    /// The errors of a node and of all below it; the lock is held.
    fileprivate func errors(behind start: NodeID) -> [Diagnostic] {
        let broken = image.findings.compactMapValues { list in
            let errors = list.filter { $0.severity == .error }
            return errors.isEmpty ? nil : errors
        }
        if broken.isEmpty { return [] }
        var errors: [Diagnostic] = []
        var isSeen = [Bool](repeating: false, count: graph.nodes.count)
        isSeen[Int(start)] = true
        var open = [start]
        while let node = open.popLast() {
            errors += broken[node] ?? []
            for edge in graph.edgeRange(of: node) {
                let below = graph.cells[Int(graph.edgeCells[edge])].node
                if isSeen[Int(below)] { continue }
                isSeen[Int(below)] = true
                open.append(below)
            }
        }
        return errors.sorted()
    }

    /// See ``BuildEngine/standing()``; the lock is held.
    func standing() -> (diagnostics: [Diagnostic], nextFlip: Int64?) {
        link()
        var search = LivenessSearch()
        var diagnostics: [Diagnostic] = []
        for (node, list) in image.findings where search.isLive(node, graph) {
            diagnostics.append(contentsOf: list)
        }
        var next: Int64?
        for node in knownProcessLeaves() {
            let kind = graph.nodes[Int(node)].kind
            guard kind == LeafKind.past.rawValue || kind == LeafKind.clock.rawValue else { continue }
            let name = graph.key(of: node).name.text
            let flip =
                kind == LeafKind.past.rawValue ? Int64(name) : ClockGranule(named: name).end(of: inputs.now)
            guard let flip, flip > inputs.now, flip < next ?? .max, search.isLive(node, graph) else {
                continue
            }
            next = flip
        }
        return (diagnostics.sorted(), next)
    }
}

/// Whether nodes can be reached from the root or an output, asked from below: most are a few steps away.
private struct LivenessSearch {
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
