// What a graph is made of: the records of its tables, and the numbers by which they name each other.

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

extension Graph {
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
}
