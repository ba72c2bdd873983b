/// Who makes an output, or is wanted for findings, and may not be up to date: what a preview has still to do after an edit,
/// found without a look at all outputs.
struct Unsettled {
    /// All of them and some that are up to date again; `nil` when that is not known, and all outputs are looked at.
    private(set) var nodes: [NodeID]?
    /// Where each node stands in the table of outputs, `none` for what makes no output; `nil` when some node makes
    /// several, or when that is not known.
    var places: [UInt32]?

    /// Notes a node that is no longer up to date.
    @inline(__always)
    mutating func add(_ node: NodeID) { nodes?.append(node) }

    /// Puts all that there are in the place of what was noted.
    mutating func set(_ all: [NodeID]) { nodes = all }

    /// What is noted is not to be relied on: there are other outputs, or nodes have other numbers.
    mutating func forget() {
        nodes = nil
        places = nil
    }
}

extension Evaluator {
    /// The producers and checks that are not up to date, in the order of their numbers; the lock is held.
    ///
    /// - Complexity: O(n log n) in those that were doubted since the last call; in the outputs when it is not known which.
    func unsettledProducers() -> [NodeID] {
        var list: [NodeID]
        if let known = unsettled.nodes {
            list = known.filter {
                graph.state(of: $0) != .fresh && graph.has(Graph.Flags.producer, $0)
            }
            list.sort()
            var kept = 0
            for node in list where kept == 0 || list[kept - 1] != node {
                list[kept] = node
                kept += 1
            }
            list.removeSubrange(kept...)
        } else {
            list = []
            for entry in image.outputs.entries where graph.state(of: entry.producer) != .fresh {
                list.append(entry.producer)
            }
            for check in image.outputs.checks where graph.state(of: check) != .fresh { list.append(check) }
        }
        #if DEBUG
            let wanted = image.outputs.entries.map(\.producer) + image.outputs.checks
            let missed = wanted.first { graph.state(of: $0) != .fresh && !list.contains($0) }
            assert(
                missed == nil || mutant != nil,
                "\(missed.map { graph.key(of: $0) }.debugDescription) is missed")
        #endif
        unsettled.set(list)
        return list
    }

    /// Notes where each node stands in the table of outputs; the lock is held.
    func notePlaces() {
        unsettled.forget()
        var places = [UInt32](repeating: none, count: graph.nodes.count)
        for (index, entry) in image.outputs.entries.enumerated() {
            if places[Int(entry.producer)] != none { return }
            places[Int(entry.producer)] = UInt32(index)
        }
        unsettled.places = places
    }

    /// The places in the table of outputs, in order, of those that are not up to date; `nil` when that takes a look at all
    /// of them. The lock is held.
    func unsettledPlaces() -> [Int]? {
        guard let places = unsettled.places, unsettled.nodes != nil else { return nil }
        var list: [Int] = []
        for node in unsettledProducers() where Int(node) < places.count && places[Int(node)] != none {
            list.append(Int(places[Int(node)]))
        }
        list.sort()
        return list
    }
}
