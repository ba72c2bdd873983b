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
            return evaluator.graph.find(root).map { evaluator.errors(behind: $0) } ?? []
        }
    }

    /// Whether a file or folder could not be read that may be readable in a moment: the next refresh looks.
    public var isDoubtful: Bool { evaluator.monitor.locked { !evaluator.unreadable.isEmpty } }

    /// How many outputs there are, as of the last time the root was brought up to date.
    public var outputCount: Int { evaluator.monitor.locked { evaluator.image.outputs.entries.count } }

    /// Gives up memory that is not needed now, and writes what is remembered anew if it has grown long. For a moment
    /// without requests: it keeps all out.
    public func tidy() {
        evaluator.beginExclusive()
        defer { evaluator.endExclusive() }
        evaluator.monitor.locked {
            evaluator.store?.letGo()
            guard evaluator.store?.isLogLong == true, evaluator.isDoubtDerived else { return }
            compact(liveNodes())
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
        deriveDoubt()
        var search = LivenessSearch()
        var diagnostics: [Diagnostic] = []
        for (node, list) in image.findings where search.isLive(node, graph) {
            diagnostics.append(contentsOf: list)
        }
        let next = nextFlip { search.isLive($0, graph) }
        return (diagnostics.sorted(), next)
    }
}
