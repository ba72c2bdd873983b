import Text

/// Renumbering without what is no longer of use: edges that nobody has, parts that nobody reads, nodes that have
/// not been alive for some time.
struct Compaction {
    private let old: StoreImage
    private(set) var image = StoreImage()
    /// The new number of each old node, or `none`.
    private(set) var nodeMap: [NodeID]
    private var nameMap: [UInt32]
    private var cellMap: [CellID]

    /// For how many compactions a node is kept that nothing alive needs: a toggled draft stays cheap.
    static let ageLimit: UInt16 = 5

    init(_ old: StoreImage, isLive: [Bool]) {
        self.old = old
        image.graph = Graph(roomFor: old.graph)
        nodeMap = Array(repeating: none, count: old.graph.nodes.count)
        nameMap = Array(repeating: none, count: old.graph.names.count)
        cellMap = Array(repeating: none, count: old.graph.cells.count)
        nameMap[0] = 0
        moveNodes(isLive)
        moveCells()
        moveEdges()
        moveTheRest()
    }

    private mutating func name(_ name: UInt32) -> UInt32 {
        if nameMap[Int(name)] == none {
            nameMap[Int(name)] = UInt32(image.graph.names.count)
            let names = old.graph.names
            image.graph.names.add(names.span(of: name))
        }
        return nameMap[Int(name)]
    }

    private mutating func moveNodes(_ isLive: [Bool]) {
        var age = old.graph.nodes.map { ($0.flags & Graph.Flags.age) >> 8 }
        for node in age.indices { age[node] = isLive[node] ? 0 : Swift.min(age[node] + 1, Self.ageLimit) }
        var keeps = age.map { $0 < Self.ageLimit }
        // What a kept node reads is kept with it.
        var wave = keeps.indices.filter { keeps[$0] }.map { NodeID($0) }
        while let node = wave.popLast() {
            for edge in old.graph.edgeRange(of: node) {
                let below = old.graph.cells[Int(old.graph.edgeCells[edge])].node
                if keeps[Int(below)] { continue }
                keeps[Int(below)] = true
                wave.append(below)
            }
        }
        for entry in old.outputs.column where !keeps[Int(entry.producer)] {
            keeps[Int(entry.producer)] = true
        }
        for index in keeps.indices where keeps[index] {
            var node = old.graph.nodes[index]
            node.name = name(node.name)
            node.flags = node.flags & ~Graph.Flags.age | age[index] << 8
            node.firstEdge = 0
            node.edgeCount = 0
            node.firstCell = none
            node.place = none
            nodeMap[index] = NodeID(image.graph.nodes.count)
            image.graph.add(node)
        }
    }

    private mutating func moveCells() {
        var isRead = [Bool](repeating: false, count: old.graph.cells.count)
        for (index, node) in nodeMap.enumerated() where node != none {
            for edge in old.graph.edgeRange(of: NodeID(index)) {
                isRead[Int(old.graph.edgeCells[edge])] = true
            }
        }
        for (index, cell) in old.graph.cells.enumerated() {
            let node = nodeMap[Int(cell.node)]
            // The whole is what the publisher asks for; it has no readers among the nodes.
            guard node != none, isRead[index] || cell.projection == 0 else { continue }
            cellMap[index] = CellID(image.graph.cells.count)
            let projection = name(cell.projection)
            image.graph.addCell(node, projection, cell.fingerprint)
        }
    }

    private mutating func moveEdges() {
        for (index, node) in nodeMap.enumerated() where node != none {
            let range = old.graph.edgeRange(of: NodeID(index))
            if range.isEmpty { continue }
            let cells = range.map { cellMap[Int(old.graph.edgeCells[$0])] }
            old.graph.edgeSeen.withSpan(range) {
                image.graph.replaceEdges(of: node, cells: cells.span, seen: $0)
            }
        }
    }

    private mutating func moveTheRest() {
        for entry in old.files.entries where nodeMap[Int(entry.node)] != none {
            var moved = entry
            moved.node = nodeMap[Int(entry.node)]
            image.graph.setFileIndex(image.files.entries.count, of: moved.node)
            image.files.entries.append(moved)
        }
        image.packNumber = old.packNumber
        image.packDead = old.packDead
        for place in old.places where place.length > 0 {
            var moved = place
            moved.node = nodeMap[Int(place.node)]
            if moved.node == none {
                image.packDead &+= UInt64(place.length)
            } else {
                image.set(moved)
            }
        }
        for (node, list) in old.findings where nodeMap[Int(node)] != none {
            image.findings[nodeMap[Int(node)]] = list
        }
        image.outputs.fingerprint = old.outputs.fingerprint
        for entry in old.outputs.entries {
            let path = name(entry.path)
            image.outputs.entries.append(
                OutputTable.Entry(path: path, producer: nodeMap[Int(entry.producer)]))
        }
        image.outputs.checks = old.outputs.checks.map { nodeMap[Int($0)] }
        image.sessions = old.sessions
        for event in old.history where nodeMap[Int(event.node)] != none {
            var moved = event
            moved.node = nodeMap[Int(event.node)]
            moved.cause = event.cause == none ? none : cellMap[Int(event.cause)]
            image.history.append(moved)
        }
        image.summary = old.summary
        image.summary.reporting = old.summary.reporting.map { nodeMap[Int($0)] }.filter { $0 != none }
    }
}

extension Evaluator {
    /// Renumbers everything, writes a snapshot and begins a new log; the lock is held and nobody is at work.
    func compact(isLive: [Bool]) {
        let compaction = Compaction(image, isLive: isLive)
        image = compaction.image
        var moved: [(any RuleValue)?] = Array(repeating: nil, count: image.graph.nodes.count)
        for (old, value) in values.enumerated() where value != nil {
            let new = compaction.nodeMap[old]
            if new != none { moved[Int(new)] = value }
        }
        values = moved
        droppable = DroppableValues(limit: droppable.limit)
        for (index, value) in values.enumerated() {
            if let value { noteDroppable(NodeID(index), value) }
        }
        events = Self.remap(events, compaction.nodeMap)
        recalled = Set(recalled.map { compaction.nodeMap[Int($0)] }.filter { $0 != none })
        oldTexts = [:]
        unwrittenLeaves = []
        processLeaves = ([], 0)
        unreadable = Set(unreadable.map { compaction.nodeMap[Int($0)] }.filter { $0 != none })
        awaitingSettlement = awaitingSettlement.map { compaction.nodeMap[Int($0)] }.filter { $0 != none }
        doubtedMeanwhile = Set(doubtedMeanwhile.map { compaction.nodeMap[Int($0)] }.filter { $0 != none })
        knownEagerReaders = Self.remap(knownEagerReaders, compaction.nodeMap)
        repetitions = [:]
        kindCounts = ([], 0)
        fileFolders = ([], 0)
        unsettled.forget()
        markedTable = nil
        store?.repack(&image)
        store?.writeSnapshot(image)
    }

    private static func remap(
        _ readers: [NodeID: [NodeID]], _ map: [NodeID]
    ) -> [NodeID: [NodeID]] {
        var result: [NodeID: [NodeID]] = [:]
        for (node, readers) in readers where map[Int(node)] != none {
            result[map[Int(node)]] = readers.map { map[Int($0)] }.filter { $0 != none }.sorted()
        }
        return result
    }

    private static func remap(_ events: [NodeID: Event], _ map: [NodeID]) -> [NodeID: Event] {
        var result: [NodeID: Event] = [:]
        for (node, event) in events where map[Int(node)] != none { result[map[Int(node)]] = event }
        return result
    }
}
