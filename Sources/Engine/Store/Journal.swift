import Text

/// What a build adds to the snapshot, in the order in which it happened: the log.
///
/// Names, nodes and cells are numbered on from the snapshot; the entries of one moment define them before they use
/// them. A log that is cut at any frame is what the graph really was at that moment.
struct Journal: Sendable {
    static let magic: UInt64 = 0x676f_6c65_7469_73_02

    /// The type of the frames of a log: what was added in one moment, as entries of
    ///
    ///     1 byte    what follows (``Entry``)
    ///     4 bytes   n, the length of it, little-endian
    ///     n bytes   it
    ///
    /// They are made under the lock of the evaluator, and the frames around them with their checks beside it.
    static let frameType: UInt8 = 1

    /// What an entry is.
    enum Entry: UInt8 {
        /// Strings: the next names.
        case names = 1
        /// Kind and name of each: the next nodes.
        case nodes = 2
        /// Node, projection, fingerprint of each: the next cells.
        case cells = 3
        /// A node's flags, edges, cells, findings, after it ran.
        case record = 4
        /// A leaf's cells and findings, and what is known of the file.
        case leaf = 5
        /// Where a node's value lies.
        case place = 6
        /// The table of outputs.
        case outputs = 7
        /// The end of a build: its summary and what ran.
        case commit = 8
    }

    /// The moments that are not on disk yet: of each the length of its entries in 4 bytes, and the entries.
    private var encoder = Encoder()
    /// Where the last of them begins.
    private var moment = 0
    private(set) var generation: UInt64
    private var nameCount: Int
    private var nodeCount: Int
    private var cellCount: Int

    /// A journal that goes on from a graph.
    init(after graph: Graph, generation: UInt64) {
        self.generation = generation
        nameCount = graph.names.count
        nodeCount = graph.nodes.count
        cellCount = graph.cells.count
    }

    /// How many bytes are not on disk yet.
    var pendingCount: Int { encoder.bytes.count }

    /// The moments to be written now, for ``append(_:generation:to:)``. The next go to `room`, if there is some: memory
    /// that is new takes its time, and the lock is held while they are made.
    mutating func takePending(leaving room: consuming [UInt8] = []) -> [UInt8] {
        defer { encoder.bytes = room }
        return encoder.bytes
    }

    /// Puts each of the moments that ``takePending()`` gave into a frame.
    static func append(_ moments: [UInt8], generation: UInt64, to log: inout [UInt8]) {
        log.reserveCapacity(log.count + moments.count + moments.count / 8)
        var place = 0
        while place < moments.count {
            let start = place + lengthSize
            place = start + length(in: moments[...], at: place)
            Frames.append(frameType, moments[start..<place], generation: generation, to: &log)
        }
    }

    private static func length(in bytes: ArraySlice<UInt8>, at place: Int) -> Int {
        var length = 0
        for index in 0..<lengthSize { length |= Int(bytes[place + index]) << (8 * index) }
        return length
    }

    /// Calls `body` with each entry of a frame until it returns false.
    ///
    /// - Returns: whether it never did, and the frame is made of whole entries.
    static func forEachEntry(of frame: ArraySlice<UInt8>, _ body: (Entry, ArraySlice<UInt8>) -> Bool) -> Bool
    {
        var place = frame.startIndex
        while place < frame.endIndex {
            guard frame.endIndex - place >= entryHead, let entry = Entry(rawValue: frame[place]) else {
                return false
            }
            let length = length(in: frame, at: place + 1)
            let start = place + entryHead
            guard length <= frame.endIndex - start, body(entry, frame[start..<(start + length)]) else {
                return false
            }
            place = start + length
        }
        return true
    }

    private static let lengthSize = 4
    private static let entryHead = 1 + lengthSize

    /// Begins a moment: what it says of the graph is what the graph is now.
    private mutating func beginMoment(_ graph: Graph) {
        if encoder.bytes.isEmpty { encoder.bytes.reserveCapacity(Store.flushLength + Store.flushLength / 8) }
        moment = encoder.bytes.count
        encoder.column([0 as UInt32].span)
        define(from: graph)
    }

    /// Begins an entry; what is encoded next belongs to it.
    ///
    /// - Returns: where it begins, for ``end(_:)``.
    private mutating func begin(_ entry: Entry) -> Int {
        let start = encoder.bytes.count
        encoder.bytes.append(entry.rawValue)
        encoder.column([0 as UInt32].span)
        return start
    }

    /// Writes down how long the entry is that began there, and the moment with it.
    private mutating func end(_ start: Int) {
        setLength(encoder.bytes.count - start - Self.entryHead, at: start + 1)
        setLength(encoder.bytes.count - moment - Self.lengthSize, at: moment)
    }

    private mutating func setLength(_ length: Int, at place: Int) {
        unsafe encoder.bytes.withUnsafeMutableBytes {
            unsafe $0.storeBytes(of: UInt32(length).littleEndian, toByteOffset: place, as: UInt32.self)
        }
    }

    // MARK: Writing

    private mutating func define(from graph: Graph) {
        if graph.names.count > nameCount {
            let start = begin(.names)
            encoder.number(graph.names.count - nameCount)
            for name in nameCount..<graph.names.count {
                graph.names.withBytes(of: UInt32(name)) { bytes in
                    encoder.number(bytes.count)
                    encoder.column(bytes)
                }
            }
            end(start)
            nameCount = graph.names.count
        }
        if graph.nodes.count > nodeCount {
            let start = begin(.nodes)
            encoder.number(graph.nodes.count - nodeCount)
            for index in nodeCount..<graph.nodes.count {
                encoder.number(UInt64(graph.nodes[index].kind))
                encoder.number(graph.nodes[index].name)
            }
            end(start)
            nodeCount = graph.nodes.count
        }
        if graph.cells.count > cellCount {
            let start = begin(.cells)
            encoder.number(graph.cells.count - cellCount)
            for index in cellCount..<graph.cells.count {
                let cell = graph.cells[index]
                encoder.number(cell.node)
                encoder.number(cell.projection)
                encoder.fixed(cell.fingerprint)
            }
            end(start)
            cellCount = graph.cells.count
        }
    }

    private static func encodeCells(of node: NodeID, _ graph: Graph, to encoder: inout Encoder) {
        let first = graph.nodes[Int(node)].firstCell
        var count = 0
        var cell = first
        while cell != none {
            count += 1
            cell = graph.cells[Int(cell)].next
        }
        encoder.number(count)
        cell = first
        while cell != none {
            encoder.number(cell)
            encoder.fixed(graph.cells[Int(cell)].fingerprint)
            cell = graph.cells[Int(cell)].next
        }
    }

    /// Writes down a node that ran.
    /// Without `isWhole`, what its parts are worth is left out, for tests of tests.
    mutating func record(_ node: NodeID, _ graph: Graph, _ findings: [Diagnostic], isWhole: Bool = true) {
        beginMoment(graph)
        let start = begin(.record)
        encoder.number(node)
        encoder.number(UInt64(graph.nodes[Int(node)].flags & Graph.Flags.cyclic))
        let edges = graph.edgeRange(of: node)
        encoder.number(edges.count)
        graph.edgeCells.withSpan(edges) { encoder.column($0) }
        graph.edgeSeen.withSpan(edges) { encoder.column($0) }
        if isWhole { Self.encodeCells(of: node, graph, to: &encoder) } else { encoder.number(0 as UInt64) }
        DiagnosticCoding.encode(findings, to: &encoder)
        end(start)
    }

    /// Writes down a leaf that was examined.
    mutating func leaf(_ node: NodeID, _ graph: Graph, _ file: FileEntry?, _ findings: [Diagnostic]) {
        beginMoment(graph)
        let start = begin(.leaf)
        encoder.number(node)
        Self.encodeCells(of: node, graph, to: &encoder)
        DiagnosticCoding.encode(findings, to: &encoder)
        encoder.number(file == nil ? 0 : 1 as UInt64)
        if let file {
            encoder.fingerprint(file.fingerprint)
            encoder.number(file.isRacy ? 1 : 0 as UInt64)
            StampCoding.encode(file.stamp, to: &encoder)
        }
        end(start)
    }

    /// Writes down where a value lies.
    mutating func place(_ place: ValuePlace, _ graph: Graph) {
        beginMoment(graph)
        let start = begin(.place)
        encoder.number(place.node)
        encoder.number(place.offset)
        encoder.number(place.length)
        encoder.fixed(place.check)
        end(start)
    }

    /// Writes down the table of outputs.
    mutating func outputs(_ table: OutputTable, _ graph: Graph) {
        beginMoment(graph)
        let start = begin(.outputs)
        encoder.fixed(table.fingerprint)
        let column = table.column
        encoder.number(column.count)
        for entry in column {
            encoder.number(entry.path)
            encoder.number(entry.producer)
        }
        end(start)
    }

    /// Writes down the end of a build.
    mutating func commit(_ image: StoreImage, session: UInt32?) {
        beginMoment(image.graph)
        let start = begin(.commit)
        Self.encode(image.summary, to: &encoder)
        encoder.number(image.packDead)
        encoder.number(session == nil ? 0 : 1 as UInt64)
        if let session, let last = image.sessions.last, last.number == session {
            encoder.number(session)
            encoder.signed(last.time)
            let events = image.history.filter { $0.session == session }
            encoder.number(events.count)
            for event in events { Self.encode(event, to: &encoder) }
        }
        end(start)
    }
}
