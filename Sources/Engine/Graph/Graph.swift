import Text

/// A node's number in a graph: its index in the table of nodes.
typealias NodeID = UInt32
/// The number of a cell: one projection of one node.
typealias CellID = UInt32
/// The number of an edge.
typealias EdgeID = UInt32

/// The number that stands for none.
let none: UInt32 = .max

/// How far a node is to be believed.
enum NodeState: UInt8, Sendable {
    /// It has no record: it must run.
    case new = 0
    /// Something below it may have changed: its edges must be looked at.
    case doubtful = 1
    /// A worker looks at it or runs it.
    case claimed = 2
    /// It ran as part of a cycle that has not come to an end.
    case held = 3
    /// Its record is true.
    case fresh = 4
}

/// One node: 24 bytes, on disk as in memory.
struct Node: Sendable, BitwiseCopyable {
    var name: UInt32
    /// The first of its edges, which lie together in the order of first reading. Of a file: its index among the
    /// files.
    var firstEdge: EdgeID = 0
    var edgeCount: UInt32 = 0
    /// The last made of its cells, each of which names the one before.
    var firstCell: CellID = none
    /// Where its value lies in the store: an index into the table of places.
    var place: UInt32 = none
    /// Bits of ``Graph/Flags``.
    var flags: UInt16 = 0
    var kind: UInt8
    /// The raw value of a ``NodeState``: any byte may come from a disk.
    var rawState: UInt8 = NodeState.new.rawValue

    init(kind: UInt8, name: UInt32) {
        self.kind = kind
        self.name = name
    }
}

/// A part of a node that someone has read, with what it is worth now: 24 bytes, on disk as in memory.
struct Cell: Sendable, BitwiseCopyable {
    var fingerprint: UInt64
    var node: NodeID
    var projection: UInt32
    /// The next cell of the same node; always an older one.
    var next: CellID
    /// The first of the edges that lead here.
    var firstReader: EdgeID = none
}

/// That a node has read a cell, and what the cell was worth then.
struct Edge: Sendable {
    var cell: CellID
    var reader: NodeID
    var seen: UInt64
}

/// All that is known of all nodes, in flat tables, and the edges backwards.
///
/// An edge leads to a *cell*, so a change of one projection is seen by the readers of that projection alone.
/// Edges that a node no longer has stay in the lists of readers until the next compaction; whether an edge is
/// current is asked of its reader.
///
/// A graph that comes from a store is not *linked*: it has its columns, but no way to find a key and no edges
/// backwards. A build in which nothing has changed needs neither.
struct Graph: Sendable {
    var names = NameTable()
    private(set) var nodes: [Node] = []
    private(set) var cells: [Cell] = []
    /// The columns of the edges: where each leads, what it saw, whose it is, and the next to the same cell.
    private(set) var edgeCells: [CellID] = []
    private(set) var edgeSeen: [UInt64] = []
    private var edgeReaders: [NodeID] = []
    private var edgeNext: [EdgeID] = []
    /// Nodes by kind and name, cells by node and projection: open addressing, `none` is a free slot.
    private var nodeSlots: [UInt32] = Array(repeating: none, count: 1024)
    private var cellSlots: [UInt32] = Array(repeating: none, count: 1024)
    /// How many edges are no longer anybody's.
    private(set) var deadEdges = 0
    private(set) var isLinked = true

    /// Bits of ``Node/flags``.
    enum Flags {
        /// It makes an output of the manifest.
        static let producer: UInt16 = 1
        /// It is the root, or otherwise alive by itself.
        static let root: UInt16 = 2
        /// Its value is a placeholder, since it depends on itself.
        static let cyclic: UInt16 = 4
        /// Its findings are not empty.
        static let findings: UInt16 = 8
        /// Its record is of another version of its rule.
        static let outdated: UInt16 = 16
        /// An eager node of its own stratum has read it, now or before: doubt goes on to its readers at once.
        static let readEagerly: UInt16 = 32
        /// Four bits that count the compactions since it was last alive.
        static let age: UInt16 = 0xf00
    }

    init() {}

    /// A graph from the columns of a store, or `nil` when they do not fit together. Not linked.
    init?(names: NameTable, nodes: [Node], cells: [Cell], edgeCells: [CellID], edgeSeen: [UInt64]) {
        guard edgeCells.count == edgeSeen.count else { return nil }
        for node in nodes {
            guard Int(node.name) < names.count, node.firstCell == none || Int(node.firstCell) < cells.count
            else {
                return nil
            }
            if node.kind == LeafKind.file.rawValue { continue }
            guard Int(node.firstEdge) + Int(node.edgeCount) <= edgeCells.count else { return nil }
        }
        for (index, cell) in cells.enumerated() {
            guard Int(cell.node) < nodes.count, Int(cell.projection) < names.count,
                cell.next == none || Int(cell.next) < index
            else { return nil }
        }
        for cell in edgeCells where Int(cell) >= cells.count { return nil }
        self.names = names
        self.nodes = nodes
        self.cells = cells
        self.edgeCells = edgeCells
        self.edgeSeen = edgeSeen
        isLinked = false
    }

    @inline(__always)
    private static func mix(_ first: UInt32, _ second: UInt32) -> Int {
        var value = UInt64(first) << 32 | UInt64(second)
        value = (value ^ (value >> 32)) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: value >> 24)
    }

    /// Makes keys findable and edges known backwards.
    ///
    /// - Complexity: O(n) in all that there is; about 100 ms for two million edges.
    mutating func link() {
        if isLinked { return }
        isLinked = true
        names.link()
        rebuildNodeSlots()
        rebuildCellSlots()
        linkEdges()
    }

    /// Works the edges backwards out of those forwards.
    private mutating func linkEdges() {
        var cells = self.cells
        self.cells = []
        var readers = [NodeID](repeating: none, count: edgeCells.count)
        var next = [EdgeID](repeating: none, count: edgeCells.count)
        Self.link(nodes.span, edgeCells.span, &cells, &readers, &next)
        deadEdges = edgeCells.count
        for node in nodes.indices { deadEdges -= edgeRange(of: NodeID(node)).count }
        self.cells = cells
        edgeReaders = readers
        edgeNext = next
    }

    /// In spans, since a million edges would otherwise ask a million times whether the arrays are shared.
    private static func link(
        _ nodes: Span<Node>, _ targets: Span<CellID>, _ cells: inout [Cell], _ readers: inout [NodeID],
        _ next: inout [EdgeID]
    ) {
        var cells = cells.mutableSpan
        var readers = readers.mutableSpan
        var next = next.mutableSpan
        for index in cells.indices { cells[index].firstReader = none }
        for reader in nodes.indices where nodes[reader].kind >= RuleKind.firstNumber {
            let first = Int(nodes[reader].firstEdge)
            for edge in first..<first + Int(nodes[reader].edgeCount) {
                let cell = Int(targets[edge])
                readers[edge] = NodeID(reader)
                next[edge] = cells[cell].firstReader
                cells[cell].firstReader = EdgeID(edge)
            }
        }
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
    mutating func node(_ key: Key) -> NodeID {
        precondition(isLinked, "keys can be found only after linking")
        return node(kind: key.kind, name: names.name(of: key.name))
    }

    private mutating func node(kind: UInt8, name: UInt32) -> NodeID {
        if let known = find(kind: kind, name: name) { return known }
        let id = NodeID(nodes.count)
        nodes.append(Node(kind: kind, name: name))
        if nodes.count * 2 > nodeSlots.count { rebuildNodeSlots() } else { insert(node: id) }
        return id
    }

    /// Adds a node as it comes from a store.
    mutating func restore(_ node: Node) {
        nodes.append(node)
        isLinked = false
    }

    /// The node of a key, if there is one.
    func find(_ key: Key) -> NodeID? {
        precondition(isLinked, "keys can be found only after linking")
        return names.find(key.name.bytes).flatMap { find(kind: key.kind, name: $0) }
    }

    /// The node of a key by looking at all nodes, for the one question asked of a graph that is not linked.
    func search(_ key: Key) -> NodeID? {
        let bytes = key.name.bytes
        return nodes.indices.first {
            nodes[$0].kind == key.kind && names.bytes(of: nodes[$0].name).elementsEqual(bytes)
        }
        .map { NodeID($0) }
    }

    private func find(kind: UInt8, name: UInt32) -> NodeID? {
        let mask = nodeSlots.count - 1
        var slot = Self.mix(UInt32(kind), name) & mask
        while nodeSlots[slot] != none {
            let id = nodeSlots[slot]
            if nodes[Int(id)].name == name, nodes[Int(id)].kind == kind { return id }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func insert(node id: NodeID) {
        let mask = nodeSlots.count - 1
        var slot = Self.mix(UInt32(nodes[Int(id)].kind), nodes[Int(id)].name) & mask
        while nodeSlots[slot] != none { slot = (slot + 1) & mask }
        nodeSlots[slot] = id
    }

    private mutating func rebuildNodeSlots() {
        var size = 1024
        while size < nodes.count * 3 { size *= 2 }
        nodeSlots = Array(repeating: none, count: size)
        for id in nodes.indices { insert(node: NodeID(id)) }
    }

    /// The key of a node.
    mutating func key(of node: NodeID) -> Key {
        Key(kind: nodes[Int(node)].kind, name: names.symbol(of: nodes[Int(node)].name))
    }

    @inline(__always)
    func state(of node: NodeID) -> NodeState { NodeState(rawValue: nodes[Int(node)].rawState) ?? .new }

    mutating func set(_ state: NodeState, of node: NodeID) { nodes[Int(node)].rawState = state.rawValue }

    func has(_ flag: UInt16, _ node: NodeID) -> Bool { nodes[Int(node)].flags & flag != 0 }

    mutating func set(_ flag: UInt16, _ on: Bool, of node: NodeID) {
        if on { nodes[Int(node)].flags |= flag } else { nodes[Int(node)].flags &= ~flag }
    }

    func isLeaf(_ node: NodeID) -> Bool { nodes[Int(node)].kind < RuleKind.firstNumber }

    // MARK: Cells

    /// The cell of a projection of a node, made with that fingerprint if need be.
    mutating func cell(_ node: NodeID, _ projection: UInt32, fingerprint: UInt64) -> CellID {
        if let known = findCell(node, projection) { return known }
        let id = CellID(cells.count)
        restoreCell(node, projection, fingerprint)
        if cells.count * 2 > cellSlots.count { rebuildCellSlots() } else { insert(cell: id) }
        return id
    }

    /// Adds a cell as it comes from a store.
    mutating func restoreCell(_ node: NodeID, _ projection: UInt32, _ fingerprint: UInt64) {
        let next = nodes[Int(node)].firstCell
        nodes[Int(node)].firstCell = CellID(cells.count)
        cells.append(Cell(fingerprint: fingerprint, node: node, projection: projection, next: next))
    }

    func findCell(_ node: NodeID, _ projection: UInt32) -> CellID? {
        let mask = cellSlots.count - 1
        var slot = Self.mix(node, projection) & mask
        while cellSlots[slot] != none {
            let id = cellSlots[slot]
            if cells[Int(id)].node == node, cells[Int(id)].projection == projection { return id }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func insert(cell id: CellID) {
        let mask = cellSlots.count - 1
        var slot = Self.mix(cells[Int(id)].node, cells[Int(id)].projection) & mask
        while cellSlots[slot] != none { slot = (slot + 1) & mask }
        cellSlots[slot] = id
    }

    private mutating func rebuildCellSlots() {
        var size = 1024
        while size < cells.count * 3 { size *= 2 }
        cellSlots = Array(repeating: none, count: size)
        for id in cells.indices { insert(cell: CellID(id)) }
    }

    mutating func set(fingerprint: UInt64, of cell: CellID) { cells[Int(cell)].fingerprint = fingerprint }

    /// The cells of a node, the last made first.
    func cells(of node: NodeID) -> [CellID] {
        var list: [CellID] = []
        var cell = nodes[Int(node)].firstCell
        while cell != none {
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

    /// Gives a node new edges in place of those that it had.
    mutating func replaceEdges(of reader: NodeID, with list: [(cell: CellID, seen: UInt64)]) {
        let old = edgeRange(of: reader)
        if old.count == list.count, zip(old, list).allSatisfy({ edgeCells[$0] == $1.cell }) {
            for (index, edge) in zip(old, list) { edgeSeen[index] = edge.seen }
            return
        }
        deadEdges += old.count
        nodes[Int(reader)].firstEdge = EdgeID(edgeCells.count)
        nodes[Int(reader)].edgeCount = UInt32(list.count)
        for (cell, seen) in list {
            if isLinked {
                edgeReaders.append(reader)
                edgeNext.append(cells[Int(cell)].firstReader)
                cells[Int(cell)].firstReader = EdgeID(edgeCells.count)
            }
            edgeCells.append(cell)
            edgeSeen.append(seen)
        }
    }

    /// Calls `body` with each current edge to a cell.
    func forEachReader(of cell: CellID, _ body: (Edge) -> Void) {
        precondition(isLinked, "edges backwards are known only after linking")
        var edge = cells[Int(cell)].firstReader
        while edge != none {
            let index = Int(edge)
            if isCurrent(edge) { body(Edge(cell: cell, reader: edgeReaders[index], seen: edgeSeen[index])) }
            edge = edgeNext[index]
        }
    }

    /// Whether anyone reads a node.
    ///
    /// - Complexity: O(n) in the number of edges as long as the graph is not linked.
    func isRead(_ node: NodeID) -> Bool {
        if !isLinked {
            let cells = Set(cells(of: node))
            return nodes.indices.contains { reader in
                edgeRange(of: NodeID(reader)).contains { cells.contains(edgeCells[$0]) }
            }
        }
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

    mutating func set(place: UInt32, of node: NodeID) { nodes[Int(node)].place = place }

    // MARK: Leaves

    /// The index that belongs to a file leaf.
    func fileIndex(of node: NodeID) -> Int? {
        nodes[Int(node)].edgeCount == 1 && nodes[Int(node)].kind == LeafKind.file.rawValue
            ? Int(nodes[Int(node)].firstEdge) : nil
    }

    mutating func setFileIndex(_ index: Int, of node: NodeID) {
        nodes[Int(node)].firstEdge = EdgeID(index)
        nodes[Int(node)].edgeCount = 1
    }
}
