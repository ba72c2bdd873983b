import Files
import Text

/// The graph on disk as one file that is mapped and copied column by column.
///
///     0    8   magic "sitegrph"
///     8    4   byte order 0x01020304, 4 version of the format
///     16   16  identity of the tool
///     32   8   number of sections
///     40   24 × sections: offset, length, checksum of each
///     …    8   fingerprint of all the above: the generation, which the log must name
///     …        sections, each at a multiple of 16
///
/// Sections in order: meta · name heap · name ends (4) · nodes (24) · cells (24) · edge cells (4) · edge seen (8) ·
/// files (64) · value places (24) · outputs (8) · findings. Columns are arrays of the structures named, in the byte order of the
/// machine; another order, version or tool means: not ours.
enum Snapshot {
    static let magic: UInt64 = 0x6870_7267_6574_6973
    static let orderAndVersion: UInt64 = 0x0000_0002_0102_0304
    static let sectionCount = 11
    static let headerLength = 40 + sectionCount * 24 + 8

    /// Why a snapshot cannot be used.
    enum Refusal: String, Error {
        case damaged = "it is damaged"
        case otherFormat = "it was written by another version of the format"
    }

    /// A snapshot that could be read.
    struct Contents {
        var image: StoreImage
        var tool: Fingerprint
        var generation: UInt64
        /// The version of each rule that its records were made by.
        var ruleVersions: [UInt8: Int]
    }

    // MARK: Writing

    /// The bytes of a snapshot and its generation.
    static func encode(
        _ image: StoreImage, tool: Fingerprint, ruleVersions: [UInt8: Int]
    ) -> (bytes: [UInt8], generation: UInt64) {
        var sections: [[UInt8]] = []
        sections.append(meta(image, ruleVersions))
        sections.append(image.graph.names.heap)
        sections.append(bytes(of: image.graph.names.ends))
        sections.append(bytes(of: image.graph.nodes))
        sections.append(bytes(of: image.graph.cells))
        sections.append(bytes(of: image.graph.edgeCells))
        sections.append(bytes(of: image.graph.edgeSeen))
        sections.append(bytes(of: image.files.entries))
        sections.append(bytes(of: image.places))
        sections.append(bytes(of: image.outputs.column))
        sections.append(findings(image.findings))
        var header = Encoder()
        header.fixed(magic)
        header.fixed(orderAndVersion)
        header.fingerprint(tool)
        header.fixed(UInt64(sectionCount))
        var offset = (headerLength + 15) & ~15
        for section in sections {
            header.fixed(UInt64(offset))
            header.fixed(UInt64(section.count))
            header.fixed(Checksum.of(section.span))
            offset = (offset + section.count + 15) & ~15
        }
        let generation = Fingerprint(of: header.bytes).low
        header.fixed(generation)
        var result = header.bytes
        result.reserveCapacity(offset)
        for index in sections.indices {
            while result.count & 15 != 0 { result.append(0) }
            result.append(contentsOf: sections[index])
            sections[index] = []
        }
        return (result, generation)
    }

    private static func bytes<T: BitwiseCopyable>(of column: [T]) -> [UInt8] {
        // The structures have no padding, so every byte has been written.
        unsafe column.withUnsafeBytes { unsafe Array($0) }
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

    /// What a file holds, or why it cannot be used.
    static func read(_ span: Span<UInt8>) -> Result<Contents, Refusal> {
        do throws(Refusal) {
            return .success(try decode(span))
        } catch {
            return .failure(error)
        }
    }

    /// What a file holds, every number in it checked.
    private static func decode(_ span: Span<UInt8>) throws(Refusal) -> Contents {
        guard span.count >= headerLength else { throw .damaged }
        let head = copy(UInt8.self, span, 0, headerLength) ?? []
        var header = Decoder(head[...])
        guard header.fixed() == magic else { throw .damaged }
        guard header.fixed() == orderAndVersion else { throw .otherFormat }
        let tool = header.fingerprint()
        guard header.fixed() == UInt64(sectionCount) else { throw .otherFormat }
        var sections: [(offset: Int, length: Int)] = []
        for _ in 0..<sectionCount {
            let offset = header.fixed()
            let length = header.fixed()
            let check = header.fixed()
            guard offset <= UInt64(span.count), length <= UInt64(span.count) - offset else { throw .damaged }
            let part = span.extracting(Int(offset)..<Int(offset + length))
            guard Checksum.of(part) == check else { throw .damaged }
            sections.append((Int(offset), Int(length)))
        }
        let generation = header.fixed()
        guard Fingerprint(of: Array(head[..<(headerLength - 8)])).low == generation else { throw .damaged }
        func column<T: BitwiseCopyable>(_ type: T.Type, _ index: Int) throws(Refusal) -> [T] {
            guard let column = copy(type, span, sections[index].offset, sections[index].length) else {
                throw .damaged
            }
            return column
        }
        guard let names = NameTable(heap: try column(UInt8.self, 1), ends: try column(UInt32.self, 2)),
            let graph = Graph(
                names: names, nodes: try column(Node.self, 3), cells: try column(Cell.self, 4),
                edgeCells: try column(CellID.self, 5), edgeSeen: try column(UInt64.self, 6))
        else { throw .damaged }
        var image = StoreImage()
        image.graph = graph
        image.files.entries = try column(FileEntry.self, 7)
        image.places = try column(ValuePlace.self, 8)
        image.outputs.column = try column(OutputTable.Entry.self, 9)
        let findings = try column(UInt8.self, 10)
        guard let versions = readMeta(try column(UInt8.self, 0), into: &image),
            readFindings(findings, into: &image), image.fits
        else { throw .damaged }
        return Contents(image: image, tool: tool, generation: generation, ruleVersions: versions)
    }

    /// A column out of the file, copied; any bytes are a value of these types, which are made of whole numbers.
    private static func copy<T: BitwiseCopyable>(
        _ type: T.Type, _ span: Span<UInt8>, _ offset: Int, _ length: Int
    ) -> [T]? {
        let stride = MemoryLayout<T>.stride
        guard length % stride == 0 else { return nil }
        let count = length / stride
        return unsafe span.extracting(offset..<(offset + length)).withUnsafeBufferPointer { source in
            unsafe [T](unsafeUninitializedCapacity: count) { target, initialized in
                unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: UnsafeRawBufferPointer(source))
                initialized = count
            }
        }
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
