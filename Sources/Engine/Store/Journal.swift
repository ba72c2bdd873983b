import Text

/// What a build adds to the snapshot, in the order in which it happened: the log.
///
/// Names, nodes and cells are numbered on from the snapshot; the frames of one moment define them before they use
/// them. A log that is cut at any frame is what the graph really was at that moment.
struct Journal: Sendable {
    static let magic: UInt64 = 0x676f_6c65_7469_73_01

    /// The types of frames.
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

    /// Frames that are not on disk yet.
    private(set) var pending: [UInt8] = []
    private(set) var generation: UInt64
    private var nameCount: Int
    private var nodeCount: Int
    private var cellCount: Int
    /// The payload of the frame that is being made: one buffer for all, since a cold build makes a dozen for each page.
    private var encoder = Encoder()

    /// A journal that goes on from a graph.
    init(after graph: Graph, generation: UInt64) {
        self.generation = generation
        nameCount = graph.names.count
        nodeCount = graph.nodes.count
        cellCount = graph.cells.count
    }

    /// The frames to be written now.
    mutating func takePending() -> [UInt8] {
        defer { pending = [] }
        return pending
    }

    /// Adds the frame whose payload is in the encoder.
    private mutating func append(_ entry: Entry) {
        if pending.isEmpty { pending.reserveCapacity(80 << 10) }
        Frames.append(entry.rawValue, encoder.bytes, generation: generation, to: &pending)
        encoder.bytes.removeAll(keepingCapacity: true)
    }

    // MARK: Writing

    private mutating func define(from graph: Graph) {
        if graph.names.count > nameCount {
            encoder.number(graph.names.count - nameCount)
            for name in nameCount..<graph.names.count { encoder.string(graph.names.bytes(of: UInt32(name))) }
            append(.names)
            nameCount = graph.names.count
        }
        if graph.nodes.count > nodeCount {
            encoder.number(graph.nodes.count - nodeCount)
            for node in graph.nodes[nodeCount...] {
                encoder.number(UInt64(node.kind))
                encoder.number(node.name)
            }
            append(.nodes)
            nodeCount = graph.nodes.count
        }
        if graph.cells.count > cellCount {
            encoder.number(graph.cells.count - cellCount)
            for cell in graph.cells[cellCount...] {
                encoder.number(cell.node)
                encoder.number(cell.projection)
                encoder.fixed(cell.fingerprint)
            }
            append(.cells)
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
        define(from: graph)
        encoder.number(node)
        encoder.number(UInt64(graph.nodes[Int(node)].flags & Graph.Flags.cyclic))
        let edges = graph.edgeRange(of: node)
        encoder.number(edges.count)
        for edge in edges {
            encoder.number(graph.edgeCells[edge])
            encoder.fixed(graph.edgeSeen[edge])
        }
        if isWhole { Self.encodeCells(of: node, graph, to: &encoder) } else { encoder.number(0 as UInt64) }
        DiagnosticCoding.encode(findings, to: &encoder)
        append(.record)
    }

    /// Writes down a leaf that was examined.
    mutating func leaf(_ node: NodeID, _ graph: Graph, _ file: FileEntry?, _ findings: [Diagnostic]) {
        define(from: graph)
        encoder.number(node)
        Self.encodeCells(of: node, graph, to: &encoder)
        DiagnosticCoding.encode(findings, to: &encoder)
        encoder.number(file == nil ? 0 : 1 as UInt64)
        if let file {
            encoder.fingerprint(file.fingerprint)
            encoder.number(file.isRacy ? 1 : 0 as UInt64)
            StampCoding.encode(file.stamp, to: &encoder)
        }
        append(.leaf)
    }

    /// Writes down where a value lies.
    mutating func place(_ place: ValuePlace, _ graph: Graph) {
        define(from: graph)
        encoder.number(place.node)
        encoder.number(place.offset)
        encoder.number(place.length)
        encoder.fixed(place.check)
        append(.place)
    }

    /// Writes down the table of outputs.
    mutating func outputs(_ table: OutputTable, _ graph: Graph) {
        define(from: graph)
        encoder.fixed(table.fingerprint)
        let column = table.column
        encoder.number(column.count)
        for entry in column {
            encoder.number(entry.path)
            encoder.number(entry.producer)
        }
        append(.outputs)
    }

    /// Writes down the end of a build.
    mutating func commit(_ image: StoreImage, session: UInt32?) {
        define(from: image.graph)
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
        append(.commit)
    }

    static func encode(_ summary: Summary, to encoder: inout Encoder) {
        encoder.number(summary.isClean ? 1 : 0 as UInt64)
        encoder.number(summary.liveCount)
        encoder.number(summary.nextFlip == nil ? 0 : 1 as UInt64)
        encoder.signed(summary.nextFlip ?? 0)
        encoder.number(summary.reporting.count)
        for node in summary.reporting { encoder.number(node) }
    }

    static func decodeSummary(_ decoder: inout Decoder) -> Summary {
        var summary = Summary()
        summary.isClean = decoder.number() == 1
        summary.liveCount = decoder.index()
        let hasFlip = decoder.number() == 1
        let flip = decoder.signed()
        summary.nextFlip = hasFlip ? flip : nil
        for _ in 0..<decoder.count() { summary.reporting.append(decoder.identifier()) }
        return summary
    }

    static func encode(_ event: HistoryEvent, to encoder: inout Encoder) {
        encoder.number(event.session)
        encoder.number(event.node)
        encoder.number(UInt64(event.reason.rawValue))
        encoder.number(event.cause == none ? 0 : UInt64(event.cause) + 1)
        encoder.optional(event.old)
        encoder.optional(event.new)
    }

    static func decodeEvent(_ decoder: inout Decoder) -> HistoryEvent {
        let session = decoder.identifier()
        let node = decoder.identifier()
        let reason = Reason(rawValue: UInt8(truncatingIfNeeded: decoder.number())) ?? .new
        let cause = decoder.index()
        let old = decoder.optionalText()
        return HistoryEvent(
            session: session, node: node, reason: reason,
            cause: cause == 0 ? none : CellID(truncatingIfNeeded: cause - 1), old: old,
            new: decoder.optionalText())
    }
}
