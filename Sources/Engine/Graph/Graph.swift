import Text

/// All that is known of all nodes, in flat tables, and the edges backwards. The tables go to disk as they are, so a
/// graph that comes from a store is ready for use.
///
/// An edge leads to a *cell*, so a change of one projection is seen by the readers of that projection alone.
/// Edges that a node no longer has stay in the lists of readers until the next compaction; whether an edge is
/// current is asked of its reader.
///
/// It is an object and no value: whoever copies an image of a store has the same graph.
// Whoever uses it holds the evaluator's lock, or is the only one who knows it.
final class Graph: @unchecked Sendable {
    var names = NameTable()
    private(set) var nodes = Column<Node>()
    private(set) var cells = Column<Cell>()
    /// The columns of the edges: where each leads, what it saw, whose it is, and the next, always older one to the
    /// same cell.
    private(set) var edgeCells = Column<CellID>()
    private(set) var edgeSeen = Column<UInt64>()
    private(set) var edgeReaders = Column<NodeID>()
    private(set) var edgeNext = Column<EdgeID>()
    /// Nodes by kind and name, cells by node and projection.
    private(set) var nodeSlots = SlotTable()
    private(set) var cellSlots = SlotTable()
    /// How many edges are no longer anybody's.
    private(set) var deadEdges = 0
    /// Counts new nodes and records that read other cells than before: as long as it stays, so does what is alive.
    private(set) var shapeChanges = 0

    init() {}

    /// An empty graph with room for as much as there is in another.
    init(roomFor other: Graph) {
        names = NameTable(roomFor: other.names.count, bytes: other.names.heap.count)
        nodes.reserveCapacity(other.nodes.count)
        cells.reserveCapacity(other.cells.count)
        edgeCells.reserveCapacity(other.edgeCells.count)
        edgeSeen.reserveCapacity(other.edgeCells.count)
        edgeReaders.reserveCapacity(other.edgeCells.count)
        edgeNext.reserveCapacity(other.edgeCells.count)
        nodeSlots = SlotTable(roomFor: other.nodes.count)
        cellSlots = SlotTable(roomFor: other.cells.count)
    }

    /// A graph from the columns of a store, or `nil` when they do not fit together.
    ///
    /// `hasLooked` is called when one of them has been looked through.
    init?(_ columns: Columns, _ hasLooked: () -> Void = {}) {
        guard columns.fit(hasLooked),
            let nodeSlots = SlotTable(
                columns.nodeSlots, count: columns.nodes.count, limit: columns.nodes.count),
            let cellSlots = SlotTable(
                columns.cellSlots, count: columns.cells.count, limit: columns.cells.count),
            let deadEdges = columns.deadEdges
        else { return nil }
        names = columns.names
        nodes = columns.nodes
        cells = columns.cells
        edgeCells = columns.edgeCells
        edgeSeen = columns.edgeSeen
        edgeReaders = columns.edgeReaders
        edgeNext = columns.edgeNext
        self.nodeSlots = nodeSlots
        self.cellSlots = cellSlots
        self.deadEdges = deadEdges
    }

    private static func mix(_ first: UInt32, _ second: UInt32) -> UInt64 {
        var value = UInt64(first) << 32 | UInt64(second)
        value = (value ^ (value >> 32)) &* 0x9e37_79b9_7f4a_7c15
        return value >> 24
    }

    /// Whether a node saw in everything that it read what is there now, and all that is fresh.
    func isSatisfied(_ node: NodeID) -> Bool {
        for edge in edgeRange(of: node) {
            let cell = cells[Int(edgeCells[edge])]
            if cell.fingerprint != edgeSeen[edge] || state(of: cell.node) != .fresh { return false }
        }
        return true
    }

    // MARK: Nodes

    /// The node of a key, made if need be.
    func node(_ key: Key) -> NodeID {
        let name = names.name(of: key.name)
        if let known = find(kind: key.kind, name: name) { return known }
        return add(Node(kind: key.kind, name: name))
    }

    /// Adds a node that is not here yet.
    @discardableResult
    func add(_ node: Node) -> NodeID {
        let id = NodeID(nodes.count)
        shapeChanges += 1
        nodes.append(node)
        if nodeSlots.isFull {
            nodeSlots = SlotTable(roomFor: nodes.count)
            for id in nodes.indices { insert(node: NodeID(id)) }
        } else {
            insert(node: id)
        }
        return id
    }

    /// The node of a key, if there is one.
    func find(_ key: Key) -> NodeID? {
        names.find(key.name.bytes.span).flatMap { find(kind: key.kind, name: $0) }
    }

    private func find(kind: UInt8, name: UInt32) -> NodeID? {
        nodeSlots.find(Self.mix(UInt32(kind), name)) {
            nodes[Int($0)].name == name && nodes[Int($0)].kind == kind
        }
    }

    private func insert(node id: NodeID) {
        nodeSlots.insert(id, Self.mix(UInt32(nodes[Int(id)].kind), nodes[Int(id)].name))
    }

    /// The key of a node.
    func key(of node: NodeID) -> Key {
        Key(kind: nodes[Int(node)].kind, name: names.symbol(of: nodes[Int(node)].name))
    }

    @inline(__always)
    func state(of node: NodeID) -> NodeState { NodeState(rawValue: nodes[Int(node)].rawState) ?? .new }

    func set(_ state: NodeState, of node: NodeID) {
        nodes.change(Int(node)) { $0.rawState = state.rawValue }
    }

    func has(_ flag: UInt16, _ node: NodeID) -> Bool { nodes[Int(node)].flags & flag != 0 }

    func set(_ flag: UInt16, _ on: Bool, of node: NodeID) {
        nodes.change(Int(node)) { node in
            if on { node.flags |= flag } else { node.flags &= ~flag }
        }
    }

    func isLeaf(_ node: NodeID) -> Bool { nodes[Int(node)].kind < RuleKind.firstNumber }

    // MARK: Cells

    /// The cell of a projection of a node, made with that fingerprint if need be.
    func cell(_ node: NodeID, _ projection: UInt32, fingerprint: UInt64) -> CellID {
        findCell(node, projection) ?? addCell(node, projection, fingerprint)
    }

    /// Adds a cell that is not here yet.
    @discardableResult
    func addCell(_ node: NodeID, _ projection: UInt32, _ fingerprint: UInt64) -> CellID {
        let id = CellID(cells.count)
        let next = nodes[Int(node)].firstCell
        nodes[Int(node)].firstCell = id
        cells.append(Cell(fingerprint: fingerprint, node: node, projection: projection, next: next))
        if cellSlots.isFull {
            cellSlots = SlotTable(roomFor: cells.count)
            for id in cells.indices { insert(cell: CellID(id)) }
        } else {
            insert(cell: id)
        }
        return id
    }

    /// Whether a number is that of the cell of a projection of a node.
    @inline(__always)
    func isCell(_ cell: CellID, of node: NodeID, _ projection: UInt32) -> Bool {
        guard Int(cell) < cells.count else { return false }
        let found = cells[Int(cell)]
        return found.node == node && found.projection == projection
    }

    func findCell(_ node: NodeID, _ projection: UInt32) -> CellID? {
        cellSlots.find(Self.mix(node, projection)) {
            cells[Int($0)].node == node && cells[Int($0)].projection == projection
        }
    }

    /// The cell at which a search for a part begins, whatever it is of: who searches for many lets the machine fetch all of
    /// these beginnings at the same time.
    @inline(__always)
    func firstCandidate(_ node: NodeID, _ projection: UInt32) -> CellID {
        cellSlots.firstCandidate(Self.mix(node, projection))
    }

    private func insert(cell id: CellID) {
        cellSlots.insert(id, Self.mix(cells[Int(id)].node, cells[Int(id)].projection))
    }

    func set(fingerprint: UInt64, of cell: CellID) { cells[Int(cell)].fingerprint = fingerprint }

    /// The cells of a node, the last made first, at most so many.
    func cells(of node: NodeID, atMost limit: Int = .max) -> [CellID] {
        var list: [CellID] = []
        var cell = nodes[Int(node)].firstCell
        while cell != none, list.count < limit {
            list.append(cell)
            cell = cells[Int(cell)].next
        }
        return list
    }

    // MARK: Edges

    /// Where the edges of a node lie.
    @inline(__always)
    func edgeRange(of node: NodeID) -> Range<Int> {
        let node = nodes[Int(node)]
        if node.kind < RuleKind.firstNumber { return 0..<0 }
        return Int(node.firstEdge)..<Int(node.firstEdge) + Int(node.edgeCount)
    }

    /// Whether an edge is still one of its reader's.
    @inline(__always)
    private func isCurrent(_ edge: EdgeID) -> Bool {
        let reader = nodes[Int(edgeReaders[Int(edge)])]
        return edge >= reader.firstEdge && edge - reader.firstEdge < reader.edgeCount
    }

    /// Gives a node new edges in place of those that it had: the cells that it read, and what each was worth.
    func replaceEdges(of reader: NodeID, cells list: Span<CellID>, seen: Span<UInt64>) {
        let old = edgeRange(of: reader)
        if old.count == list.count, list.indices.allSatisfy({ edgeCells[old.lowerBound + $0] == list[$0] }) {
            for index in list.indices { edgeSeen[old.lowerBound + index] = seen[index] }
            return
        }
        shapeChanges += 1
        deadEdges += old.count
        let first = edgeCells.count
        nodes[Int(reader)].firstEdge = EdgeID(first)
        nodes[Int(reader)].edgeCount = UInt32(list.count)
        edgeCells.append(list)
        edgeSeen.append(seen)
        edgeReaders.append(count: list.count) { _ in reader }
        edgeNext.append(count: list.count) { index in
            cells.change(Int(list[index])) { cell in
                let next = cell.firstReader
                cell.firstReader = EdgeID(first + index)
                return next
            }
        }
    }

    /// Calls `body` with each current edge to a cell.
    func forEachReader(of cell: CellID, _ body: (Edge) -> Void) {
        var edge = cells[Int(cell)].firstReader
        while edge != none {
            let index = Int(edge)
            if isCurrent(edge) { body(Edge(cell: cell, reader: edgeReaders[index], seen: edgeSeen[index])) }
            edge = edgeNext[index]
        }
    }

    /// Whether anyone reads a node.
    func isRead(_ node: NodeID) -> Bool {
        var cell = nodes[Int(node)].firstCell
        while cell != none {
            var edge = cells[Int(cell)].firstReader
            while edge != none {
                if isCurrent(edge) { return true }
                edge = edgeNext[Int(edge)]
            }
            cell = cells[Int(cell)].next
        }
        return false
    }

    func set(place: UInt32, of node: NodeID) { nodes[Int(node)].place = place }

    // MARK: Leaves

    /// The index that belongs to a file leaf.
    func fileIndex(of node: NodeID) -> Int? {
        nodes[Int(node)].edgeCount == 1 && nodes[Int(node)].kind == LeafKind.file.rawValue
            ? Int(nodes[Int(node)].firstEdge) : nil
    }

    func setFileIndex(_ index: Int, of node: NodeID) {
        nodes[Int(node)].firstEdge = EdgeID(index)
        nodes[Int(node)].edgeCount = 1
    }
}
