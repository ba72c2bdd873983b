import Files
import Text

/// The graph on disk: which files there are, and when each is written.
///
///     graph             the snapshot, replaced by renaming
///     log.GENERATION    what was added since; names the snapshot it goes on from
///     values.N          the pack of kept values
///     outputs           which output files are ours (see ``OutputLedger``); outlives all the others
///     lock              held by the process that builds
///
/// Every member is called under the evaluator's lock, or while nobody else is at work.
struct Store: Sendable {
    let place: StorePlace
    private(set) var journal: Journal
    private(set) var pack: ValuePack
    /// The snapshot does not describe the graph in memory: the log cannot be appended to before another is
    /// written.
    private(set) var needsSnapshot: Bool
    private var snapshotLength: Int
    private var logLength: Int
    /// The disk refused; the build goes on in memory.
    private(set) var refusal: FileError?
    private let tool: Fingerprint
    private let ruleVersions: [UInt8: Int]
    /// Memory of the last flush, for the next.
    private var room = Room()

    /// Memory in which moments were made, and in which what a flush writes was put together.
    struct Room: Sendable {
        var moments: [UInt8] = []
        var written: [UInt8] = []
    }

    /// What was found on opening.
    struct Opened {
        var store: Store
        var image: StoreImage
        /// Why what was there could not be used, in one line.
        var notice: String?
    }

    private static func log(_ place: StorePlace, _ generation: UInt64) -> RelativePath {
        place.folder.appending("log." + String(generation, radix: 16))
    }

    private var log: RelativePath { Self.log(place, journal.generation) }
    private static func snapshot(_ place: StorePlace) -> RelativePath { place.folder.appending("graph") }

    // MARK: Opening

    /// Reads what is there. Damage of any kind costs a rebuild and a notice, nothing else.
    static func open(
        _ place: StorePlace, mutant: Mutant? = nil, tool: Fingerprint?, ruleVersions: [UInt8: Int]
    ) -> Opened {
        var image = StoreImage()
        var notice: String?
        var needsSnapshot = true
        var generation: UInt64 = 0
        var snapshotLength = 0
        var logLength = 0
        do throws(FileError) {
            if let file = try place.fileSystem.map(snapshot(place)) {
                snapshotLength = file.count
                var contents = Snapshot.Contents()
                if let refusal = Snapshot.read(file, into: &contents) {
                    notice = "the store is not used, \(refusal.rawValue); everything is made again"
                } else if let tool, contents.tool != tool {
                    notice = "the store was made by another version of this program; everything is made again"
                    image = contents.image.onlyFiles()
                } else {
                    // By changing places, since a second owner would make columns leave the file.
                    swap(&image, &contents.image)
                    generation = contents.generation
                    needsSnapshot = false
                    if let bytes = try place.fileSystem.read(log(place, generation))?.bytes {
                        logLength = bytes.count
                        let isTrusting = mutant.plants(.tornLogBelieved)
                        if Replay.replay(bytes, onto: &image, generation, isTrusting) != bytes.count {
                            needsSnapshot = true
                            image.summary.isClean = false
                        }
                    }
                    if image.markOutdated(contents.ruleVersions, ruleVersions) { needsSnapshot = true }
                }
            }
        } catch {
            notice = "the store is not used, it cannot be read (\(error.reason))"
            image = StoreImage()
            needsSnapshot = true
        }
        image.forgetTransientStates()
        var packLength: UInt64 = 0
        do throws(FileError) {
            packLength = try place.fileSystem.stamp(ValuePack.path(place, image.packNumber))?.size ?? 0
        } catch {
            packLength = 0
        }
        let store = Store(
            place: place, journal: Journal(after: image.graph, generation: generation),
            pack: ValuePack(place, number: image.packNumber, length: packLength),
            needsSnapshot: needsSnapshot,
            snapshotLength: snapshotLength, logLength: logLength, tool: tool ?? .absent,
            ruleVersions: ruleVersions)
        return Opened(store: store, image: image, notice: notice)
    }

    private init(
        place: StorePlace, journal: Journal, pack: ValuePack, needsSnapshot: Bool, snapshotLength: Int,
        logLength: Int, tool: Fingerprint, ruleVersions: [UInt8: Int]
    ) {
        self.place = place
        self.journal = journal
        self.pack = pack
        self.needsSnapshot = needsSnapshot
        self.snapshotLength = snapshotLength
        self.logLength = logLength
        self.tool = tool
        self.ruleVersions = ruleVersions
    }

    // MARK: Writing

    /// So many bytes may wait before they are written: what a build that is killed makes again, a few dozen texts.
    static let flushLength = 256 << 10

    /// How many bytes wait to be written.
    var pendingCount: Int { journal.pendingCount + pack.pendingCount }

    mutating func record(_ node: NodeID, _ graph: Graph, _ findings: [Diagnostic], isWhole: Bool = true) {
        if refusal == nil { journal.record(node, graph, findings, isWhole: isWhole) }
    }

    mutating func leaf(_ node: NodeID, _ graph: Graph, _ file: FileEntry?, _ findings: [Diagnostic]) {
        if refusal == nil { journal.leaf(node, graph, file, findings) }
    }

    mutating func outputs(_ table: OutputTable, _ graph: Graph) {
        if refusal == nil { journal.outputs(table, graph) }
    }

    mutating func commit(_ image: StoreImage, session: UInt32?) {
        if refusal == nil { journal.commit(image, session: session) }
    }

    /// Keeps a value.
    mutating func keep(_ value: EncodedValue, of node: NodeID, _ graph: Graph) -> ValuePlace? {
        if refusal != nil { return nil }
        let place = pack.append(value, of: node)
        journal.place(place, graph)
        return place
    }

    /// The pack's file as far as a place reaches.
    mutating func mapping(for place: ValuePlace) -> MappedFile? {
        pack.mapping(for: place)
    }

    /// Gives up what is only held to be quick.
    mutating func letGo() {
        pack.letGo()
        room = Room()
    }

    /// What a flush has to write: values first, so that no log names a value that is not there.
    struct Flush: Sendable {
        var values: [[UInt8]]
        var valuesPath: RelativePath
        var moments: [UInt8]
        var generation: UInt64
        /// Nothing is in the log yet.
        var isFirst: Bool
        var logPath: RelativePath
        fileprivate var written: [UInt8]

        var isEmpty: Bool { values.isEmpty && moments.isEmpty }

        mutating func write(to fileSystem: any FileSystem) throws(FileError) {
            try ValuePack.append(values, to: valuesPath, fileSystem, &written)
            values = []
            if moments.isEmpty { return }
            written.removeAll(keepingCapacity: true)
            if isFirst { written += Frames.header(Journal.magic, generation: generation) }
            Journal.append(moments, generation: generation, to: &written)
            try fileSystem.append(logPath, written.span)
        }

        /// The memory, when all is written.
        fileprivate consuming func leaveRoom() -> Room {
            moments.removeAll(keepingCapacity: true)
            written.removeAll(keepingCapacity: true)
            return Room(moments: moments, written: written)
        }
    }

    /// Takes what is to be written; the caller writes it, in the order in which flushes were taken.
    mutating func takeFlush() -> Flush {
        var old = Room()
        swap(&old, &room)
        let moments = journal.takePending(leaving: old.moments)
        let isFirst = logLength == 0
        // Without what the frames add: it is compared with the length of the snapshot.
        if !moments.isEmpty { logLength += Frames.headerLength + moments.count }
        return Flush(
            values: pack.takePending(), valuesPath: pack.path, moments: moments,
            generation: journal.generation,
            isFirst: isFirst, logPath: log, written: old.written)
    }

    /// Takes back the memory of a flush that was written.
    mutating func reuse(_ flush: consuming Flush) { room = flush.leaveRoom() }

    /// The disk refused: nothing is written any more.
    mutating func refused(_ error: FileError) {
        if refusal == nil { refusal = error }
        _ = journal.takePending()
        _ = pack.takePending()
    }

    /// Whether the log has grown so long that another snapshot is due.
    var isLogLong: Bool { logLength > 64 << 10 + snapshotLength / 4 }

    /// Writes a snapshot of what is in memory and begins a new log.
    mutating func writeSnapshot(_ image: StoreImage) {
        if refusal != nil { return }
        let old = log
        let encoded = Snapshot.encode(image, tool: tool, ruleVersions: ruleVersions)
        do throws(FileError) {
            try pack.writePending()
            _ = try place.fileSystem.write(Self.snapshot(place), parts: encoded)
            journal = Journal(after: image.graph, generation: encoded.generation)
            snapshotLength = encoded.count
            logLength = 0
            needsSnapshot = false
            if old != log { try place.fileSystem.remove(old) }
            // Of an earlier life, when the very same snapshot was written.
            try place.fileSystem.remove(log)
            try removeStrangers()
        } catch {
            refused(error)
        }
    }

    /// Removes logs and packs that no snapshot names.
    private func removeStrangers() throws(FileError) {
        for entry in try place.fileSystem.list(place.folder) ?? [] where entry.kind == .file {
            let path = place.folder.appending(entry.name)
            let isLog = entry.name.starts(with: Array("log.".utf8))
            let isPack = entry.name.starts(with: Array("values.".utf8))
            if (isLog && path != log) || (isPack && path != pack.path) { try place.fileSystem.remove(path) }
        }
    }

    /// Moves the values that are still of use to a new pack, if most of the old one is dead.
    mutating func repack(_ image: inout StoreImage) {
        if refusal != nil || pack.length < 1 << 20 || image.packDead < pack.length / 2 { return }
        var fresh = ValuePack(place, number: pack.number &+ 1, length: 0)
        do throws(FileError) {
            try pack.writePending()
            try place.fileSystem.remove(fresh.path)
            for index in image.places.indices {
                let old = image.places[index]
                if let file = pack.mapping(for: old), let bytes = ValuePack.bytes(in: file, at: old) {
                    image.places[index] = fresh.append(EncodedValue(bytes), of: old.node)
                } else {
                    image.places[index].length = 0
                }
                if fresh.pendingCount > 1 << 20 {
                    try fresh.writePending()
                }
            }
            try fresh.writePending()
        } catch {
            refused(error)
            return
        }
        image.packNumber = fresh.number
        image.packDead = 0
        pack = fresh
    }
}
