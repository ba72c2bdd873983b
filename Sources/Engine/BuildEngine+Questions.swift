public import Text

/// Why an output was made again, as far as the remembered sessions tell.
public struct Explanation: Sendable {
    /// The key that makes the output.
    public let key: Key
    /// The build in which it last ran, counted from the first that the store remembers, or `nil` when it has not
    /// run since.
    public let session: UInt32?
    /// How many builds ago that was: 0 for the last in which anything ran.
    public let sessionsAgo: Int?
    /// When that was, in seconds since 1970.
    public let time: Int64?
    /// From the output down to what changed in the world: each step ran because of the next.
    public let chain: [Event]
    /// How many parts it reads.
    public let readCount: Int
}

/// One read of a node.
public struct Dependency: Hashable, Sendable {
    /// What is read.
    public let key: Key
    /// Which part of it.
    public let projection: Projection
}

/// Questions about what is remembered. They may be asked of an engine that has not built anything in this
/// process: then they are about the store as it is, and take no lock.
extension BuildEngine {
    /// Why an output was last made again.
    ///
    /// - Returns: `nil` when there is no such output.
    public func why(_ path: RelativePath) -> Explanation? {
        openForQuestions()
        return evaluator.monitor.locked {
            guard let node = evaluator.producer(of: path) else { return nil }
            let image = evaluator.image
            let last = image.history.last { $0.node == node }
            let position = last.flatMap { event in image.sessions.lastIndex { $0.number == event.session } }
            return Explanation(
                key: evaluator.graph.key(of: node), session: last?.session,
                sessionsAgo: position.map { image.sessions.count - 1 - $0 },
                time: position.map { image.sessions[$0].time },
                chain: last.map { evaluator.chain(from: $0) } ?? [],
                readCount: evaluator.graph.edgeRange(of: node).count)
        }
    }

    /// What ran in the last build in which anything ran, sorted by key.
    public func lastEvents() -> [Event] {
        openForQuestions()
        return evaluator.monitor.locked {
            guard let session = evaluator.image.sessions.last?.number else { return [] }
            return evaluator.image.history.filter { $0.session == session }.map { evaluator.event(of: $0) }
                .sorted(by: Event.precedes)
        }
    }

    /// Whether the last build has such an output.
    public func hasOutput(_ path: RelativePath) -> Bool {
        openForQuestions()
        return evaluator.monitor.locked { evaluator.producer(of: path) != nil }
    }

    /// What an output's producer reads, in the order of first reading.
    public func dependencies(ofOutput path: RelativePath) -> [Dependency] {
        openForQuestions()
        return evaluator.monitor.locked { evaluator.producer(of: path).map { evaluator.reads(of: $0) } ?? [] }
    }

    /// Who reads a source file directly, sorted; with a projection, who reads that part of what is made of it.
    public func readers(of file: RelativePath, _ projection: Projection? = nil) -> [Key] {
        openForQuestions()
        return evaluator.monitor.locked {
            evaluator.readers(of: file, projection).map { evaluator.graph.key(of: $0) }.sorted(
                by: Key.precedes)
        }
    }

    /// The outputs that might change with a source file, or with that part of what is made of it; sorted. No
    /// rule runs, so where a result would turn out equal, more are named than would change.
    public func outputsReached(from file: RelativePath, _ projection: Projection? = nil) -> [RelativePath] {
        openForQuestions()
        return evaluator.monitor.locked {
            let reached = evaluator.reached(from: evaluator.readers(of: file, projection))
            return evaluator.image.outputs.entries.filter { reached.contains($0.producer) }.map {
                evaluator.path(of: $0.path)
            }
        }
    }

    /// What people call a key: "page-body content/a.md".
    public func text(of key: Key) -> String {
        let name = key.name.text
        return name.isEmpty
            ? evaluator.rules.name(of: key.kind) : "\(evaluator.rules.name(of: key.kind)) \(name)"
    }

    /// How many keys of a kind there are.
    ///
    /// - Complexity: O(n) in all that is remembered, the first time; later in what is new.
    public func count(of kind: RuleKind) -> Int {
        openForQuestions()
        return evaluator.monitor.locked {
            let nodes = evaluator.graph.nodes
            if evaluator.kindCounts.counts.isEmpty {
                evaluator.kindCounts.counts = Array(repeating: 0, count: 256)
            }
            for index in evaluator.kindCounts.upTo..<Swift.max(evaluator.kindCounts.upTo, nodes.count) {
                evaluator.kindCounts.counts[Int(nodes[index].kind)] += 1
            }
            evaluator.kindCounts.upTo = nodes.count
            return evaluator.kindCounts.counts[Int(kind.number)]
        }
    }

    /// The parts of a source file that are read: of the file, by its readers, and of what these make of it, by theirs.
    ///
    /// - Returns: sorted by name; `nil` when nothing has ever asked for such a file.
    public func partsRead(of file: RelativePath) -> [Projection]? {
        openForQuestions()
        return evaluator.monitor.locked { evaluator.partsRead(of: file) }
    }

    /// Whether a key is something of the world: a file, a listing, a variable, a flag, the clock.
    public func isLeaf(_ key: Key) -> Bool { LeafKind(rawValue: key.kind) != nil }

    func openForQuestions() {
        openStore(tool: nil)
        evaluator.monitor.locked { evaluator.deriveDoubt() }
    }
}

extension Evaluator {
    func event(of remembered: HistoryEvent) -> Event {
        var cause: Event.Cause?
        if remembered.cause != none {
            let cell = graph.cells[Int(remembered.cause)]
            cause = Event.Cause(
                key: graph.key(of: cell.node),
                projection: Projection(graph.names.symbol(of: cell.projection)),
                old: remembered.old, new: remembered.new)
        }
        return Event(key: graph.key(of: remembered.node), reason: remembered.reason, cause: cause)
    }

    /// An event and those of the same session that led to it.
    func chain(from first: HistoryEvent) -> [Event] {
        var chain: [Event] = []
        var seen: Set<NodeID> = []
        var next: HistoryEvent? = first
        while let event = next, seen.insert(event.node).inserted {
            chain.append(self.event(of: event))
            if event.cause == none { break }
            let below = graph.cells[Int(event.cause)].node
            next = image.history.last { $0.session == event.session && $0.node == below }
        }
        return chain
    }

    func reads(of node: NodeID) -> [Dependency] {
        graph.edgeRange(of: node).map { index in
            let cell = graph.cells[Int(graph.edgeCells[index])]
            return Dependency(
                key: graph.key(of: cell.node), projection: Projection(graph.names.symbol(of: cell.projection))
            )
        }
    }

    /// The nodes that read a file, or a part of a node that reads it.
    func readers(of file: RelativePath, _ projection: Projection?) -> Set<NodeID> {
        var readers: Set<NodeID> = []
        func add(_ node: NodeID, _ projection: UInt32?) {
            for cell in graph.cells(of: node)
            where projection == nil || graph.cells[Int(cell)].projection == projection {
                graph.forEachReader(of: cell) { readers.insert($0.reader) }
            }
        }
        guard let leaf = graph.find(Key(kind: LeafKind.file.rawValue, name: Symbol(file.bytes))) else {
            return []
        }
        add(leaf, nil)
        guard let projection else { return readers }
        let direct = readers
        readers = []
        guard let name = graph.names.find(projection.name.bytes.span) else { return [] }
        for node in direct { add(node, name) }
        return readers
    }

    func partsRead(of file: RelativePath) -> [Projection]? {
        guard let leaf = graph.find(Key(kind: LeafKind.file.rawValue, name: Symbol(file.bytes))) else {
            return nil
        }
        var parts: Set<Projection> = []
        let all = readers(of: file, nil)
        let namesake = all.filter { graph.nodes[Int($0)].name == graph.nodes[Int(leaf)].name }
        // What is made of a file of the whole site has no name.
        for node in namesake.isEmpty ? all.filter({ graph.key(of: $0).name == .empty }) : namesake {
            for cell in graph.cells(of: node) {
                var isRead = false
                graph.forEachReader(of: cell) { _ in isRead = true }
                let projection = Projection(graph.names.symbol(of: graph.cells[Int(cell)].projection))
                if isRead, projection != .whole { parts.insert(projection) }
            }
        }
        return parts.sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    /// All that lies above some nodes, themselves included.
    func reached(from nodes: Set<NodeID>) -> Set<NodeID> {
        var reached = nodes
        var wave = Array(nodes)
        while let node = wave.popLast() {
            for cell in graph.cells(of: node) {
                graph.forEachReader(of: cell) { edge in
                    if reached.insert(edge.reader).inserted { wave.append(edge.reader) }
                }
            }
        }
        return reached
    }
}
