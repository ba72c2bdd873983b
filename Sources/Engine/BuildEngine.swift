public import Files
public import Text

/// The way in: brings the outputs of a site up to date and says what was done and why.
///
/// An engine knows rules and one root key, whose value is the ``ManifestValue``: which outputs there are. It
/// learns everything else by running the rules and remembering what they read.
public final class BuildEngine: Sendable {
    private let evaluator: Evaluator
    private let root: Key

    /// An engine that has done nothing yet.
    ///
    /// - Parameters:
    ///   - rules: all rules, each kind once.
    ///   - source: the site's files.
    ///   - root: the key whose rule makes a ``ManifestValue``.
    public init(rules: [any Rule], source: any FileSystem, root: Key) {
        evaluator = Evaluator(rules: RuleTable(rules), source: source, inputs: BuildInputs(now: 0))
        self.root = root
    }

    deinit {
        evaluator.stop()
    }

    /// Brings everything up to date.
    public func build(_ inputs: BuildInputs) -> BuildReport {
        let refreshed = refresh(inputs, changed: .everything)
        finish()
        var report = BuildReport()
        evaluator.monitor.locked {
            report.ran = evaluator.events.values.sorted(by: Event.precedes)
            report.recalled = evaluator.recalled.map { evaluator.graph.key(of: $0) }.sorted(by: Key.precedes)
            let live = liveNodes()
            let (diagnostics, nextFlip) = summary(of: live)
            report.diagnostics = diagnostics
            report.nextFlip = nextFlip
            report.reused =
                live.count {
                    LeafKind(rawValue: evaluator.graph.nodes[Int($0)].kind) == nil
                        && evaluator.events[$0] == nil
                }
        }
        report.failed = report.diagnostics.contains { $0.severity == .error }
        report.removed = refreshed.removed
        return report
    }

    /// Looks at the sources again and brings the root up to date; outputs wait until someone asks.
    public func refresh(_ inputs: BuildInputs, changed: Changes) -> RefreshReport {
        let before = manifest
        evaluator.begin(inputs)
        evaluator.examineProcessLeaves()
        switch changed {
        case .everything: evaluator.examineSources(nil)
        case .paths(let paths): evaluator.examineSources(paths)
        }
        evaluator.settleEager()
        let rootNode = evaluator.monitor.locked {
            let node = evaluator.graph.node(root)
            evaluator.graph.set(Graph.Flags.root, true, of: node)
            return node
        }
        evaluator.bringUpToDate([rootNode], wantsValues: true)
        var report = RefreshReport()
        let after = manifest
        evaluator.monitor.locked {
            let old = Set(before?.entries.map(\.path) ?? [])
            for entry in before?.entries ?? [] {
                evaluator.graph.set(Graph.Flags.producer, false, of: evaluator.graph.node(entry.producer))
            }
            for entry in after?.entries ?? [] {
                let node = evaluator.graph.node(entry.producer)
                evaluator.graph.set(Graph.Flags.producer, true, of: node)
                if evaluator.graph.state(of: node) != .fresh || !old.contains(entry.path) {
                    report.changed.append(entry.path)
                }
            }
            let new = Set(after?.entries.map(\.path) ?? [])
            report.removed = (before?.entries ?? []).map(\.path).filter { !new.contains($0) }
            report.ran = evaluator.events.values.sorted(by: Event.precedes)
            let (diagnostics, nextFlip) = summary(of: liveNodes())
            report.diagnostics = diagnostics
            report.nextFlip = nextFlip
        }
        return report
    }

    /// Brings one output up to date.
    ///
    /// - Returns: its content, or `nil` when there is no such output.
    public func output(_ path: RelativePath) -> OutputValue? {
        guard let producer = manifest?.producer(of: path) else { return nil }
        let node = evaluator.monitor.locked { evaluator.graph.node(producer) }
        evaluator.bringUpToDate([node], wantsValues: true)
        return evaluator.monitor.locked { evaluator.value(at: node) as? OutputValue }
    }

    /// The paths of all outputs, sorted, as of the last time the root was brought up to date.
    public var outputPaths: [RelativePath] { manifest?.entries.map(\.path) ?? [] }

    /// Brings up to date what is not.
    public func finish() {
        guard let manifest else { return }
        let nodes = evaluator.monitor.locked {
            manifest.entries.map { evaluator.graph.node($0.producer) }.filter {
                evaluator.graph.state(of: $0) != .fresh
            }
        }
        evaluator.bringUpToDate(nodes)
    }

    private var manifest: ManifestValue? {
        evaluator.monitor.locked {
            evaluator.graph.find(root).flatMap { evaluator.value(at: $0) as? ManifestValue }
        }
    }

    /// All nodes that can be reached from the root and the producers; the lock is held.
    private func liveNodes() -> [NodeID] {
        let graph = evaluator.graph
        var seen = [Bool](repeating: false, count: graph.nodes.count)
        var list: [NodeID] = []
        for index in graph.nodes.indices
        where graph.nodes[index].flags & (Graph.Flags.root | Graph.Flags.producer) != 0 {
            seen[index] = true
            list.append(NodeID(index))
        }
        var next = 0
        while next < list.count {
            for index in graph.edgeRange(of: list[next]) {
                let node = graph.cells[Int(graph.edges[index].cell)].node
                if seen[Int(node)] { continue }
                seen[Int(node)] = true
                list.append(node)
            }
            next += 1
        }
        return list
    }

    /// Findings and the next flip of the clock among nodes; the lock is held.
    private func summary(of nodes: [NodeID]) -> ([Diagnostic], Int64?) {
        var diagnostics: [Diagnostic] = []
        var next: Int64?
        let now = evaluator.inputs.now
        for node in nodes {
            let kind = evaluator.graph.nodes[Int(node)].kind
            if kind == LeafKind.past.rawValue || kind == LeafKind.clock.rawValue {
                let name = evaluator.graph.key(of: node).name.text
                let flip = kind == LeafKind.past.rawValue ? Int64(name) : ClockGranule(named: name).end(of: now)
                if let flip, flip > now { next = Swift.min(next ?? flip, flip) }
            }
            if evaluator.graph.has(Graph.Flags.findings, node) {
                diagnostics.append(contentsOf: evaluator.findings[node] ?? [])
            }
        }
        return (diagnostics.sorted(), next)
    }
}
