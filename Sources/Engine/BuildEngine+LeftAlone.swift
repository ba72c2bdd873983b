public import Text

/// Why an output was not made again in the last build in which anything ran.
public struct LeftAlone: Sendable {
    /// The key that makes the output.
    public let key: Key
    /// Which build that was, counted from the first that the store remembers; `nil` when none is remembered.
    public let session: UInt32?
    /// When, in seconds since 1970.
    public let time: Int64?
    /// It was made again in that build after all: ``BuildEngine/why(_:)`` says why.
    public let wasMade: Bool
    /// How many parts it reads itself.
    public let readCount: Int
    /// What had changed in the world and is read neither by it nor by anything that it is made from; sorted by key.
    public let unread: [Key]
    /// What it is made from that did run, and the parts that came out as they had been, so that the wave stopped
    /// there; sorted by key.
    public let unchanged: [Dependency]
}

extension BuildEngine {
    /// Why an output was left alone by the last build in which anything ran.
    ///
    /// - Returns: `nil` when there is no such output.
    public func whyNot(_ path: RelativePath) -> LeftAlone? {
        openForQuestions()
        return evaluator.monitor.locked {
            guard let node = evaluator.producer(of: path) else { return nil }
            let image = evaluator.image
            let session = image.sessions.last
            let events = image.history.filter { $0.session == session?.number }
            let ran = Set(events.map(\.node))
            let below = evaluator.below(node)
            var changed: Set<NodeID> = []
            for event in events where event.cause != none {
                let cause = evaluator.graph.cells[Int(event.cause)].node
                if evaluator.graph.isLeaf(cause) { changed.insert(cause) }
            }
            var unchanged: Set<Dependency> = []
            for reader in below.union([node]) where !ran.contains(reader) {
                for read in evaluator.graph.edgeRange(of: reader) {
                    let cell = evaluator.graph.cells[Int(evaluator.graph.edgeCells[read])]
                    guard ran.contains(cell.node) else { continue }
                    unchanged.insert(
                        Dependency(
                            key: evaluator.graph.key(of: cell.node),
                            projection: Projection(evaluator.graph.names.symbol(of: cell.projection))))
                }
            }
            return LeftAlone(
                key: evaluator.graph.key(of: node), session: session?.number, time: session?.time,
                wasMade: ran.contains(node), readCount: evaluator.graph.edgeRange(of: node).count,
                unread: changed.subtracting(below).map { evaluator.graph.key(of: $0) }.sorted(
                    by: Key.precedes),
                unchanged: unchanged.sorted(by: Dependency.precedes))
        }
    }

    /// The outputs that are made from a source file alone in their name: for a page, its own.
    public func outputs(namedAfter source: RelativePath) -> [RelativePath] {
        openForQuestions()
        return evaluator.monitor.locked {
            evaluator.image.outputs.entries.filter { entry in
                let name = evaluator.graph.key(of: entry.producer).name.bytes
                guard name.count >= source.bytes.count,
                    name.suffix(source.bytes.count).elementsEqual(source.bytes)
                else { return false }
                // Before it, at most a language: "en:content/a.md".
                return name.count == source.bytes.count
                    || name[name.count - source.bytes.count - 1] == UInt8(ascii: ":")
            }.map { evaluator.path(of: $0.path) }
        }
    }

    /// What an output's producer reads, counted by the kind of what is read, in the order of first reading.
    public func readCounts(ofOutput path: RelativePath) -> [(kind: String, count: Int)] {
        var order: [UInt8] = []
        var counts: [UInt8: Int] = [:]
        for read in dependencies(ofOutput: path) {
            if counts[read.key.kind] == nil { order.append(read.key.kind) }
            counts[read.key.kind, default: 0] += 1
        }
        return order.map { (evaluator.rules.name(of: $0), counts[$0] ?? 0) }
    }

    /// What people call the kind of a key: "page-body", "file".
    public func kindName(of key: Key) -> String { evaluator.rules.name(of: key.kind) }
}

extension Dependency {
    /// By key, then by the bytes of the part's name.
    static func precedes(_ left: Dependency, _ right: Dependency) -> Bool {
        if left.key != right.key { return Key.precedes(left.key, right.key) }
        return left.projection.name.bytes.lexicographicallyPrecedes(right.projection.name.bytes)
    }
}

extension Evaluator {
    /// All that a node is made from, itself left out.
    fileprivate func below(_ node: NodeID) -> Set<NodeID> {
        var below: Set<NodeID> = []
        var wave = [node]
        while let next = wave.popLast() {
            for read in graph.edgeRange(of: next) {
                let node = graph.cells[Int(graph.edgeCells[read])].node
                if below.insert(node).inserted { wave.append(node) }
            }
        }
        return below
    }
}
