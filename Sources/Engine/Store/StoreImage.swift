import Text

/// Where a value lies in the pack of values: 24 bytes, on disk as in memory.
struct ValuePlace: Sendable, BitwiseCopyable {
    var offset: UInt64
    /// Of the bytes: a pack from another history must not be believed.
    var check: UInt64
    var length: UInt32
    var node: NodeID
}

/// Which outputs there are, by the last manifest: paths are names in the graph.
struct OutputTable: Sendable {
    /// One output: 8 bytes, on disk as in memory.
    struct Entry: Sendable, BitwiseCopyable {
        var path: UInt32
        var producer: NodeID
    }

    /// Sorted by the bytes of the paths.
    var entries: [Entry] = []
    /// Nodes that make no output and are wanted for their findings.
    var checks: [NodeID] = []
    /// Of the manifest that this is: of another one, the table is not to be used.
    var fingerprint: UInt64 = 0

    /// Everything as one column: checks first, as entries without a path.
    var column: [Entry] {
        get { checks.map { Entry(path: 0, producer: $0) } + entries }
        set {
            let first = newValue.firstIndex { $0.path != 0 } ?? newValue.count
            checks = newValue[..<first].map(\.producer)
            entries = Array(newValue[first...])
        }
    }
}

/// That a node ran: what `why` tells afterwards.
struct HistoryEvent: Sendable {
    var session: UInt32
    var node: NodeID
    var reason: Reason
    /// The cell that was seen to differ, or `none`.
    var cause: CellID
    var old: String?
    var new: String?
}

/// What the last build came to, so that a build without changes can say it again.
struct Summary: Sendable {
    /// Everything that was reachable was brought up to date and published.
    var isClean = false
    /// How many rules' nodes were alive.
    var liveCount = 0
    /// Live nodes with findings.
    var reporting: [NodeID] = []
    /// The instants between which the clock changes nothing, in seconds since 1970.
    var nextFlip: Int64?
}

/// What a log has changed since the snapshot: only there can a record be fresh that saw something else than what is.
struct Replayed: Sendable {
    var records: [NodeID] = []
    /// Those with another fingerprint.
    var cells: [CellID] = []
}

/// Everything that goes to disk, as a value.
struct StoreImage: Sendable {
    var graph = Graph()
    var files = FileTable()
    var places: [ValuePlace] = []
    var findings: [NodeID: [Diagnostic]] = [:]
    var outputs = OutputTable()
    var history: [HistoryEvent] = []
    /// When each remembered session was, in seconds since 1970; the last is the newest.
    var sessions: [(number: UInt32, time: Int64)] = []
    var summary = Summary()
    /// The number of the pack of values.
    var packNumber: UInt64 = 0
    /// How many of its bytes are of no use any more.
    var packDead: UInt64 = 0
    /// Not on disk: until doubt has been derived.
    var replayed = Replayed()

    /// How many sessions ``history`` goes back.
    static let sessionLimit = 20
}
