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

/// One node. Its name and cells are in tables of their own.
struct Node: Sendable {
    var name: UInt32
    var kind: UInt8
    var state: NodeState = .new
    /// Bits of ``Graph/Flags``.
    var flags: UInt16 = 0
    /// The first of its edges, which lie together, in the order of first reading. Of a file: its index among the files.
    var firstEdge: EdgeID = 0
    var edgeCount: UInt32 = 0
    /// The last made of its cells, each of which names the next.
    var firstCell: CellID = none
}

/// A part of a node that someone has read, with what it is worth now.
struct Cell: Sendable {
    var node: NodeID
    var projection: UInt32
    /// The next cell of the same node.
    var next: CellID
    /// The first of the edges that lead here.
    var firstReader: EdgeID = none
    var fingerprint: UInt64
}

/// That a node has read a cell, and what the cell was worth then.
struct Edge: Sendable {
    var cell: CellID
    var reader: NodeID
    /// The next edge to the same cell.
    var next: EdgeID
    var seen: UInt64
}

/// All that is known of all nodes, in flat tables, and the edges backwards.
///
/// An edge leads to a *cell*, so a change of one projection is seen by the readers of that projection alone.
/// Edges that a node no longer has stay in the lists of readers until the next ``collect``; whether an edge is
/// current is asked of its reader.
struct Graph: Sendable {
    var names = NameTable()
    private(set) var nodes: [Node] = []
    private(set) var cells: [Cell] = []
    private(set) var edges: [Edge] = []
    /// Nodes by kind and name, cells by node and projection: open addressing, `none` is a free slot.
    private var nodeSlots: [UInt32] = Array(repeating: none, count: 1024)
    private var cellSlots: [UInt32] = Array(repeating: none, count: 1024)
    /// How many edges are no longer anybody's.
    private(set) var deadEdges = 0

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
    }

    init() {}

    @inline(__always)
    private static func mix(_ first: UInt32, _ second: UInt32) -> Int {
        var value = UInt64(first) << 32 | UInt64(second)
        value = (value ^ (value >> 32)) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: value >> 24)
    }

    // MARK: Nodes

    /// The node of a key, made if need be.
    mutating func node(_ key: Key) -> NodeID {
        node(kind: key.kind, name: names.name(of: key.name))
    }

    mutating func node(kind: UInt8, name: UInt32) -> NodeID {
        if let known = find(kind: kind, name: name) { return known }
        let id = NodeID(nodes.count)
        nodes.append(Node(name: name, kind: kind))
        if nodes.count * 2 > nodeSlots.count { rebuildNodeSlots() } else { insert(node: id) }
        return id
    }

    /// The node of a key, if there is one.
    func find(_ key: Key) -> NodeID? {
        names.find(key.name.bytes).flatMap { find(kind: key.kind, name: $0) }
    }

    func find(kind: UInt8, name: UInt32) -> NodeID? {
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
    func state(of node: NodeID) -> NodeState { nodes[Int(node)].state }

    mutating func set(_ state: NodeState, of node: NodeID) { nodes[Int(node)].state = state }

    func has(_ flag: UInt16, _ node: NodeID) -> Bool { nodes[Int(node)].flags & flag != 0 }

    mutating func set(_ flag: UInt16, _ on: Bool, of node: NodeID) {
        if on { nodes[Int(node)].flags |= flag } else { nodes[Int(node)].flags &= ~flag }
    }

    // MARK: Cells

    /// The cell of a projection of a node, made with that fingerprint if need be.
    mutating func cell(_ node: NodeID, _ projection: UInt32, fingerprint: UInt64) -> CellID {
        if let known = findCell(node, projection) { return known }
        let id = CellID(cells.count)
        cells.append(
            Cell(node: node, projection: projection, next: nodes[Int(node)].firstCell, fingerprint: fingerprint))
        nodes[Int(node)].firstCell = id
        if cells.count * 2 > cellSlots.count { rebuildCellSlots() } else { insert(cell: id) }
        return id
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
    func edgeRange(of node: NodeID) -> Range<Int> {
        let node = nodes[Int(node)]
        if LeafKind(rawValue: node.kind) != nil { return 0..<0 }
        return Int(node.firstEdge)..<Int(node.firstEdge) + Int(node.edgeCount)
    }

    /// Whether an edge is still one of its reader's.
    @inline(__always)
    func isCurrent(_ edge: EdgeID) -> Bool {
        let reader = nodes[Int(edges[Int(edge)].reader)]
        return edge >= reader.firstEdge && edge - reader.firstEdge < reader.edgeCount
    }

    /// Gives a node new edges in place of those that it had.
    mutating func replaceEdges(of reader: NodeID, with list: [(cell: CellID, seen: UInt64)]) {
        let old = edgeRange(of: reader)
        if old.count == list.count, zip(old, list).allSatisfy({ edges[$0].cell == $1.cell }) {
            for (index, edge) in zip(old, list) { edges[index].seen = edge.seen }
            return
        }
        deadEdges += old.count
        nodes[Int(reader)].firstEdge = EdgeID(edges.count)
        nodes[Int(reader)].edgeCount = UInt32(list.count)
        for (cell, seen) in list {
            edges.append(Edge(cell: cell, reader: reader, next: cells[Int(cell)].firstReader, seen: seen))
            cells[Int(cell)].firstReader = EdgeID(edges.count - 1)
        }
    }

    /// Takes part in the edge lists: calls `body` with each current edge to a cell, and forgets the others.
    func forEachReader(of cell: CellID, _ body: (Edge) -> Void) {
        var edge = cells[Int(cell)].firstReader
        while edge != none {
            if isCurrent(edge) { body(edges[Int(edge)]) }
            edge = edges[Int(edge)].next
        }
    }

    /// Whether anyone reads a node.
    func isRead(_ node: NodeID) -> Bool {
        var cell = nodes[Int(node)].firstCell
        while cell != none {
            var edge = cells[Int(cell)].firstReader
            while edge != none {
                if isCurrent(edge) { return true }
                edge = edges[Int(edge)].next
            }
            cell = cells[Int(cell)].next
        }
        return false
    }

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
