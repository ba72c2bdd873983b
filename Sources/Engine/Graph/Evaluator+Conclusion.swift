import Synchronization
import Text

/// What happens when a node has run or been found to stand: its record, its value, and those who wait.
extension Evaluator {
    /// Writes down what a claimed node gave and wakes who waits for it; the lock is held before and after.
    func conclude(_ node: NodeID, _ outcome: Outcome, _ worker: Worker) {
        let graph = graph
        var isConsistent = true
        if let reads = outcome.edges {
            // A value that it read may have been replaced since it began, when a file changed during the build.
            let mayBeOld = outcome.epoch != pullEpoch.load(ordering: .relaxed)
            findCells(of: reads, mayBeOld: mayBeOld, graph, worker)
            for (index, read) in reads.enumerated() {
                let cell = worker.edges.cells[index]
                if graph.isLeaf(read.node) {
                    // The world may have changed between two reads of one build.
                    if !agrees(read, with: cell) { isConsistent = false }
                } else if graph.state(of: read.node) != .fresh {
                    isConsistent = false
                } else if graph.cells[Int(cell)].fingerprint != read.seen {
                    isConsistent = false
                    update(cell, of: read)
                }
            }
            if mutant.plants(.edgesMerged) {
                for edge in graph.edgeRange(of: node)
                where !worker.edges.cells.contains(graph.edgeCells[edge]) {
                    worker.edges.cells.append(graph.edgeCells[edge])
                    worker.edges.seen.append(graph.edgeSeen[edge])
                }
            }
            let edges = worker.edges
            graph.replaceEdges(of: node, cells: edges.cells.span, seen: edges.seen.span)
            let kind = graph.nodes[Int(node)].kind
            if rules.traits(of: kind).contains(.eager), let rule = rules[kind] {
                for cell in worker.edges.cells { noteEagerReader(graph.cells[Int(cell)].node, node, rule) }
            }
        }
        graph.set(Graph.Flags.outdated, false, of: node)
        var value = outcome.value
        let isCyclic = groups[node] != nil
        if isCyclic, let rule = rules[graph.nodes[Int(node)].kind] {
            value = rule.placeholder(graph.key(of: node).name)
        }
        graph.set(Graph.Flags.cyclic, isCyclic, of: node)
        setFindings(isCyclic ? [] : outcome.findings, of: node)
        if let value {
            if value is OutputValue || value is ManifestValue {
                // Hardly anybody reads these; the publisher asks for what they are worth.
                _ = graph.cell(node, 0, fingerprint: value.fingerprint(of: .whole).low)
            }
            adopt(value, at: node)
        }
        // Of a ring, nothing is written down before its end: the finding belongs to the record.
        if !isCyclic {
            let list = mutant.plants(.findingsNotStored) ? [] : image.findings[node] ?? []
            store?.record(node, graph, list, isWhole: !mutant.plants(.cellsNotLogged))
        }
        image.forgetPlace(of: node)
        if !isCyclic, let encoded = outcome.encoded, let place = store?.keep(encoded, of: node, graph) {
            image.set(place)
        }
        if let value, !isCyclic { noteDroppable(node, value) }
        // Who believes the pack also believes what is read from it.
        let isBelieved = isConsistent || isCyclic || mutant.plants(.packNotChecked)
        settle(node, worker, isConsistent: isBelieved)
    }

    /// What a part is worth now, if its value is at hand.
    private func worth(_ read: RuleContext.Read) -> UInt64? {
        value(at: read.node)?.fingerprint(of: Projection(read.projection)).low
    }

    /// Tells a cell what its part is worth now: it was made by a reader that held a value of before, if it is not that.
    private func update(_ cell: CellID, of read: RuleContext.Read) {
        guard let now = worth(read), now != graph.cells[Int(cell)].fingerprint else { return }
        graph.set(fingerprint: now, of: cell)
        doubtReaders(of: cell)
    }

    /// Finds the cells of what a rule has read, made if need be, and leaves them with what each was worth in the worker's
    /// ``Worker/edges``; the lock is held.
    ///
    /// In two rounds: a graph of many pages lies far from the processor, and what the first looks up comes while the next
    /// is asked for.
    ///
    /// A cell that is made says what its part is worth now, and not what a reader saw that began before a file changed: such
    /// a reader would be believed, and nobody else ever agree with the cell.
    private func findCells(
        of reads: [RuleContext.Read], mayBeOld: Bool, _ graph: Graph, _ worker: Worker
    ) {
        worker.edges.removeAll()
        worker.edges.seen.append(addingCapacity: reads.count) { seen in
            for read in reads { seen.append(read.seen) }
        }
        worker.edges.cells.append(addingCapacity: reads.count) { cells in
            for read in reads {
                let projection = graph.names.name(of: read.projection)
                let hint = worker.seen.cell(of: read.node, read.projection)
                cells.append(
                    graph.isCell(hint, of: read.node, projection)
                        ? hint : graph.firstCandidate(read.node, projection))
            }
        }
        for index in reads.indices {
            let read = reads[index]
            let projection = graph.names.name(of: read.projection)
            let candidate = worker.edges.cells[index]
            if graph.isCell(candidate, of: read.node, projection) {
                worker.seen.keep(candidate, of: read.node, read.projection)
                continue
            }
            let known = graph.findCell(read.node, projection)
            let isLeaf = graph.isLeaf(read.node)
            let cell =
                known
                ?? graph.addCell(
                    read.node, projection, mayBeOld && !isLeaf ? worth(read) ?? read.seen : read.seen)
            worker.edges.cells[index] = cell
            worker.seen.keep(cell, of: read.node, read.projection)
        }
    }

    /// Whether a leaf still is what a rule has seen; its cell is told what it is now. The lock is held.
    private func agrees(_ read: RuleContext.Read, with cell: CellID) -> Bool {
        guard let leaf = value(at: read.node) as? LeafValue else { return true }
        let now = leaf.fingerprint(of: Projection(read.projection)).low
        if graph.cells[Int(cell)].fingerprint != now {
            graph.set(fingerprint: now, of: cell)
            doubtReaders(of: cell)
        }
        return now == read.seen
    }

    func setFindings(_ list: [Diagnostic], of node: NodeID) {
        graph.set(Graph.Flags.findings, !list.isEmpty, of: node)
        image.findings[node] = list.isEmpty ? nil : list
    }

    /// Gives up the claim on a node whose record is written; the lock is held.
    func settle(_ node: NodeID, _ worker: Worker, isConsistent: Bool = true) {
        guard let group = groups[node] else {
            release(node, isConsistent ? .fresh : .doubtful, worker)
            return
        }
        release(node, .held, worker)
        group.unfinished -= 1
        if group.unfinished == 0 { complete(group) }
    }

    /// Puts a value in the place of the one before and doubts those who read a part that is now different, among the
    /// first parts at most so many of which are looked at. The lock is held.
    @discardableResult
    func adopt(_ value: any RuleValue, at node: NodeID, atMost limit: Int = .max) -> Bool {
        var old = self.value(at: node)
        // What it was before is told to whoever asks why; in a new process only the store still knows. A member of a ring
        // has parts already that were never of that value. (Looking it up gives the lock away, so it comes first.)
        if old == nil, groups[node] == nil,
            graph.cells(of: node, atMost: limit).contains(where: { isTold($0, value) })
        {
            old = storedValue(of: node, graph.key(of: node))
        }
        var isChanged = false
        set(value, at: node)
        for cell in graph.cells(of: node, atMost: limit) {
            let projection = Projection(graph.names.symbol(of: graph.cells[Int(cell)].projection))
            let fingerprint = value.fingerprint(of: projection).low
            if fingerprint == graph.cells[Int(cell)].fingerprint { continue }
            graph.set(fingerprint: fingerprint, of: cell)
            isChanged = true
            if let text = Self.short(old?.shortText(of: projection)) { oldTexts[cell] = text }
            doubtReaders(of: cell)
        }
        // Outputs are pulled by copies of them alone; what is made anew was in doubt before, and that has begun another epoch.
        if isChanged, !(value is OutputValue) { forgetPulled() }
        return isChanged
    }

    /// Whether a part is another than it was, and one that is told in words.
    private func isTold(_ cell: CellID, _ value: any RuleValue) -> Bool {
        let projection = Projection(graph.names.symbol(of: graph.cells[Int(cell)].projection))
        return value.shortText(of: projection) != nil
            && value.fingerprint(of: projection).low != graph.cells[Int(cell)].fingerprint
    }
}
