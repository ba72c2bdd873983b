import Files
import Text

/// The graph on disk as one file that is mapped and used where it lies.
///
///     0    8   magic "sitegrph"
///     8    4   byte order 0x01020304, 4 version of the format
///     16   16  identity of the tool
///     32   8   number of sections
///     40   24 × sections: offset, length, checksum of each
///     …    8   fingerprint of all the above: the generation, which the log must name
///     …        sections, each at a multiple of 16
///
/// Sections in order: ``Section``. Columns are arrays of the structures named, in the byte order of the machine;
/// another order, version or tool means: not ours.
enum Snapshot {
    static let magic: UInt64 = 0x6870_7267_6574_6973
    static let orderAndVersion: UInt64 = 0x0000_0004_0102_0304
    static let headerLength = 40 + Section.allCases.count * 24 + 8

    /// The parts of the file, in order, with the length of an element where it is a column.
    enum Section: Int, CaseIterable {
        case meta
        /// Bytes of names, where each ends (4), names by their hash (4).
        case nameHeap, nameEnds, nameSlots
        /// Nodes (24), nodes by their hash (4).
        case nodes, nodeSlots
        /// Cells (24), cells by their hash (4).
        case cells, cellSlots
        /// Of edges: the cell (4), what it was worth (8), the reader (4), the next to the same cell (4).
        case edgeCells, edgeSeen, edgeReaders, edgeNext
        /// Files (64), places of values (24), outputs (8).
        case files, places, outputs
        case findings
    }

    /// Why a snapshot cannot be used.
    enum Refusal: String, Error {
        case damaged = "it is damaged"
        case otherFormat = "it was written by another version of the format"
    }

    /// A snapshot that could be read.
    struct Contents {
        var image = StoreImage()
        var tool = Fingerprint.absent
        var generation: UInt64 = 0
        /// The version of each rule that its records were made by.
        var ruleVersions: [UInt8: Int] = [:]
    }

    // MARK: Writing

    /// A snapshot of what is in memory, which must not change before it is written.
    static func encode(_ image: StoreImage, tool: Fingerprint, ruleVersions: [UInt8: Int]) -> Encoded {
        let graph = image.graph
        return Encoded(
            tool: tool,
            [
                Column(meta(image, ruleVersions)),
                graph.names.heap, graph.names.ends, graph.names.slots.slots,
                graph.nodes, graph.nodeSlots.slots, graph.cells, graph.cellSlots.slots,
                graph.edgeCells, graph.edgeSeen, graph.edgeReaders, graph.edgeNext,
                Column(image.files.entries), Column(image.places), Column(image.outputs.column),
                Column(findings(image.findings)),
            ])
    }

    private static func meta(_ image: StoreImage, _ ruleVersions: [UInt8: Int]) -> [UInt8] {
        var encoder = Encoder()
        encoder.number(ruleVersions.count)
        for (kind, version) in ruleVersions.sorted(by: { $0.key < $1.key }) {
            encoder.number(UInt64(kind))
            encoder.number(version)
        }
        encoder.fixed(image.outputs.fingerprint)
        encoder.number(image.packNumber)
        encoder.number(image.packDead)
        Journal.encode(image.summary, to: &encoder)
        encoder.number(image.sessions.count)
        for session in image.sessions {
            encoder.number(session.number)
            encoder.signed(session.time)
        }
        encoder.number(image.history.count)
        for event in image.history { Journal.encode(event, to: &encoder) }
        return encoder.bytes
    }

    private static func findings(_ findings: [NodeID: [Diagnostic]]) -> [UInt8] {
        var encoder = Encoder()
        encoder.number(findings.count)
        for (node, list) in findings.sorted(by: { $0.key < $1.key }) {
            encoder.number(node)
            DiagnosticCoding.encode(list, to: &encoder)
        }
        return encoder.bytes
    }

    // MARK: Reading

    /// Reads what a file holds.
    ///
    /// - Returns: why it cannot be used, if so; then the contents make no sense.
    static func read(_ file: MappedFile, into contents: inout Contents) -> Refusal? {
        do throws(Refusal) {
            try decode(file, into: &contents)
            return nil
        } catch {
            return error
        }
    }

    /// A file that is longer than this is not held in memory only because all of it has been looked at once.
    private static let longFile = 96 << 20

    /// What a file holds, every number in it checked.
    private static func decode(_ file: MappedFile, into contents: inout Contents) throws(Refusal) {
        let span = file.span
        func letGo() { if file.count > longFile { file.release(0..<file.count) } }
        guard span.count >= headerLength else { throw .damaged }
        let head = unsafe span.extracting(first: headerLength).withUnsafeBufferPointer { unsafe Array($0) }
        var header = Decoder(head[...])
        guard header.fixed() == magic else { throw .damaged }
        guard header.fixed() == orderAndVersion else { throw .otherFormat }
        contents.tool = header.fingerprint()
        guard header.fixed() == UInt64(Section.allCases.count) else { throw .otherFormat }
        var sections: [Range<Int>] = []
        for _ in Section.allCases {
            let offset = header.fixed()
            let length = header.fixed()
            let check = header.fixed()
            guard offset <= UInt64(span.count), length <= UInt64(span.count) - offset else { throw .damaged }
            let range = Int(offset)..<Int(offset + length)
            guard Checksum.of(span.extracting(range)) == check else { throw .damaged }
            letGo()
            sections.append(range)
        }
        contents.generation = header.fixed()
        guard Fingerprint(of: Array(head[..<(headerLength - 8)])).low == contents.generation else {
            throw .damaged
        }
        func column<T: BitwiseCopyable>(_ section: Section) throws(Refusal) -> Column<T> {
            guard let column = Column<T>(file, sections[section.rawValue]) else { throw .damaged }
            return column
        }
        guard
            let names = NameTable(
                heap: try column(.nameHeap), ends: try column(.nameEnds), slots: try column(.nameSlots)),
            let graph = Graph(
                Graph.Columns(
                    names: names, nodes: try column(.nodes), cells: try column(.cells),
                    edgeCells: try column(.edgeCells), edgeSeen: try column(.edgeSeen),
                    edgeReaders: try column(.edgeReaders), edgeNext: try column(.edgeNext),
                    nodeSlots: try column(.nodeSlots), cellSlots: try column(.cellSlots)), letGo)
        else { throw .damaged }
        contents.image.graph = graph
        contents.image.files.entries = Array(try column(.files))
        contents.image.places = Array(try column(.places))
        contents.image.outputs.column = Array(try column(.outputs))
        let findings = Array(try column(.findings) as Column<UInt8>)
        guard let versions = readMeta(Array(try column(.meta)), into: &contents.image),
            readFindings(findings, into: &contents.image), contents.image.fits
        else { throw .damaged }
        contents.ruleVersions = versions
        letGo()
    }

    private static func readMeta(_ bytes: [UInt8], into image: inout StoreImage) -> [UInt8: Int]? {
        var decoder = Decoder(bytes[...])
        var versions: [UInt8: Int] = [:]
        for _ in 0..<decoder.count() {
            let kind = UInt8(truncatingIfNeeded: decoder.number())
            versions[kind] = Int(truncatingIfNeeded: decoder.number())
        }
        image.outputs.fingerprint = decoder.fixed()
        image.packNumber = decoder.number()
        image.packDead = decoder.number()
        image.summary = Journal.decodeSummary(&decoder)
        for _ in 0..<decoder.count() {
            let number = decoder.identifier()
            image.sessions.append((number, decoder.signed()))
        }
        for _ in 0..<decoder.count() { image.history.append(Journal.decodeEvent(&decoder)) }
        return decoder.isValid && decoder.isAtEnd ? versions : nil
    }

    private static func readFindings(_ bytes: [UInt8], into image: inout StoreImage) -> Bool {
        var decoder = Decoder(bytes[...])
        for _ in 0..<decoder.count() {
            let node = decoder.identifier()
            image.findings[node] = DiagnosticCoding.decode(&decoder)
        }
        return decoder.isValid && decoder.isAtEnd
    }
}

extension StoreImage {
    /// Whether all that names a node or a cell names one that is there.
    var fits: Bool {
        let nodes = graph.nodes.count
        func isNode(_ node: NodeID) -> Bool { Int(node) < nodes }
        for (index, entry) in files.entries.enumerated() {
            guard isNode(entry.node), graph.fileIndex(of: entry.node) == index else { return false }
        }
        for (index, node) in graph.nodes.enumerated() {
            if node.place != none, Int(node.place) >= places.count { return false }
            if node.kind == LeafKind.file.rawValue, node.edgeCount != 0 {
                guard let file = graph.fileIndex(of: NodeID(index)), file < files.entries.count else {
                    return false
                }
            }
        }
        return places.allSatisfy { isNode($0.node) }
            && outputs.column.allSatisfy { isNode($0.producer) && Int($0.path) < graph.names.count }
            && findings.keys.allSatisfy(isNode) && summary.reporting.allSatisfy(isNode)
            && history.allSatisfy {
                isNode($0.node) && ($0.cause == none || Int($0.cause) < graph.cells.count)
            }
    }
}
