import Text

/// Doubt: the wave of "may have changed" along the edges backwards.
extension Evaluator {
    /// Doubts all who saw something else in a cell, and all above them; the lock is held.
    ///
    /// An eager node stops the wave until it has been looked at: most of its parts will be as they were. Only
    /// eager nodes of its own stratum are doubted with it, so that none of them runs too early.
    func doubtReaders(of cell: CellID) {
        hasChanges = true
        deriveDoubt()
        let fingerprint = graph.cells[Int(cell)].fingerprint
        var wave: [NodeID] = []
        graph.forEachReader(of: cell) { edge in
            if edge.seen != fingerprint { wave.append(edge.reader) }
        }
        doubt(&wave)
    }

    /// Makes a graph that came from a store ready for work; the lock is held. The records of a log do not say whether
    /// they are to be believed: each that saw something else than what is there now is doubted. Those of a snapshot
    /// are as they were in memory.
    func deriveDoubt() {
        if isDoubtDerived { return }
        isDoubtDerived = true
        let replayed = image.replayed
        image.replayed = Replayed()
        for node in replayed.records {
            guard let rule = rules[graph.nodes[Int(node)].kind], rule.traits.contains(.eager) else {
                continue
            }
            for edge in graph.edgeRange(of: node) {
                noteEagerReader(graph.cells[Int(graph.edgeCells[edge])].node, node, rule)
            }
        }
        if mutant.plants(.doubtNotDerived) { return }
        var wave: [NodeID] = []
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            if node.rawState == NodeState.doubtful.rawValue {
                if rules.traits(of: node.kind).contains(.eager) {
                    awaitingSettlement.append(NodeID(index))
                }
            } else if node.flags & (Graph.Flags.outdated | Graph.Flags.cyclic) != 0 {
                // Edges do not tell whether a ring is still one: its members look again, and do not run if it is.
                wave.append(NodeID(index))
            }
        }
        for node in replayed.records where !graph.isSatisfied(node) { wave.append(node) }
        for cell in replayed.cells {
            let fingerprint = graph.cells[Int(cell)].fingerprint
            graph.forEachReader(of: cell) { if $0.seen != fingerprint { wave.append($0.reader) } }
        }
        doubt(&wave)
    }

    /// In debug builds, looks whether each record that is believed sees what it saw, once eager nodes have settled.
    func checkDoubt() {
        #if DEBUG
            monitor.locked {
                if mutant != nil { return }
                for index in graph.nodes.indices where graph.state(of: NodeID(index)) == .fresh {
                    assert(graph.isSatisfied(NodeID(index)), "\(graph.key(of: NodeID(index))) is believed")
                }
            }
        #endif
    }

    /// Doubts nodes and all above them.
    func doubt(_ wave: inout [NodeID]) {
        wave.removeAll { !doubt($0) }
        if wave.isEmpty { return }
        forgetPulled()
        if mutant.plants(.doubtNotPassedOn) {
            wave = []
            return
        }
        while let node = wave.popLast() {
            let rule = rules[graph.nodes[Int(node)].kind]
            let isEager = rule?.traits.contains(.eager) ?? false
            // The metadata of a recent post is read by every page: of an eager node, only few readers matter here.
            if isEager {
                for reader in eagerReaders(of: node) where doubt(reader) { wave.append(reader) }
                continue
            }
            var cell = graph.nodes[Int(node)].firstCell
            while cell != none {
                graph.forEachReader(of: cell) { edge in
                    // A template has many parts, and all pages read several of them.
                    if doubt(edge.reader) { wave.append(edge.reader) }
                }
                cell = graph.cells[Int(cell)].next
            }
        }
    }

    /// Doubts one node.
    ///
    /// - Returns: whether it was believed until now, so that those above it are to be doubted, too.
    @inline(__always)
    private func doubt(_ node: NodeID) -> Bool {
        guard graph.state(of: node) == .fresh else {
            // Someone is just looking at it, and may be past the edge that brought us here.
            if graph.state(of: node) == .claimed { doubtedMeanwhile.insert(node) }
            return false
        }
        graph.set(.doubtful, of: node)
        if graph.has(Graph.Flags.producer, node) { unsettled.add(node) }
        let isEager = rules.traits(of: graph.nodes[Int(node)].kind).contains(.eager)
        if isEager, !mutant.plants(.eagerNodesForgotten) { awaitingSettlement.append(node) }
        return true
    }

    /// Marks a node that an eager one has read, if that is to be doubted with it before it has been looked at; the lock is
    /// held. The mark stays when the edge goes, which costs a look at its readers and no more.
    func noteEagerReader(_ node: NodeID, _ reader: NodeID, _ readerRule: ErasedRule) {
        guard readerRule.traits.contains(.eager), let rule = rules[graph.nodes[Int(node)].kind],
            rule.traits.contains(.eager), rule.stratum == readerRule.stratum
        else { return }
        graph.set(Graph.Flags.readEagerly, true, of: node)
        guard let known = knownEagerReaders[node] else { return }
        let index = known.lowerBound { $0 < reader }
        if index == known.endIndex || known[index] != reader {
            knownEagerReaders[node]?.insert(reader, at: index)
        }
    }

    /// The eager nodes of its own stratum that read an eager node, now or before.
    ///
    /// Looked for among all its readers once, and then kept: a catalogue is read by every page, and by one other of its kind.
    private func eagerReaders(of node: NodeID) -> [NodeID] {
        if !graph.has(Graph.Flags.readEagerly, node) { return [] }
        if let known = knownEagerReaders[node] { return known }
        let stratum = rules[graph.nodes[Int(node)].kind]?.stratum
        var found: Set<NodeID> = []
        for cell in graph.cells(of: node) {
            graph.forEachReader(of: cell) { edge in
                let above = rules[graph.nodes[Int(edge.reader)].kind]
                guard let above, above.traits.contains(.eager), above.stratum == stratum else { return }
                found.insert(edge.reader)
            }
        }
        let sorted = found.sorted()
        knownEagerReaders[node] = sorted
        return sorted
    }

    /// Brings the doubtful eager nodes up to date, the lowest stratum first, until there are none.
    func settleEager() {
        while true {
            let next: [NodeID] = monitor.locked {
                let stratum = awaitingSettlement.map { rules[graph.nodes[Int($0)].kind]?.stratum ?? 0 }.min()
                guard let stratum else { return [] }
                var now: [NodeID] = []
                var later: [NodeID] = []
                for node in awaitingSettlement {
                    if rules[graph.nodes[Int(node)].kind]?.stratum == stratum {
                        now.append(node)
                    } else {
                        later.append(node)
                    }
                }
                awaitingSettlement = later
                return now
            }
            if next.isEmpty { return }
            bringUpToDate(next)
        }
    }
}
