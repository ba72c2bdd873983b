import Files
import Synchronization
import Text

/// One build's way from values to files: what is on disk, what has to be written, staged, and put in place.
///
/// Nothing in the output folder changes before everything is staged and no finding forbids it. A file whose bytes
/// would not change is not touched.
final class Publication: @unchecked Sendable {
    /// What was found of a file that the ledger knows.
    enum Found: UInt8 {
        case intact
        case missing
        case altered
        /// Somebody else's file lies there, and ours never did, or no longer does.
        case foreign
    }

    let place: OutputPlace
    /// A fault that a test has planted.
    var mutant: Mutant?
    /// Where it is counted how far this is, if anyone looks.
    var progress: BuildProgress?
    private(set) var store: StorePlace?
    let jobs: Int
    // The rest is changed by one thread, or under the lock named.
    var isLedgerKnown: Bool
    var ledger: OutputLedger
    /// What was found of each record of the ledger; filled by the threads of one loop, each its own elements.
    var found: [Found] = []
    /// Whether something that the ledger listed turned out not to be ours.
    var hasDropped = false
    /// Records whose file is as it should be under another stamp.
    var restamped: [OutputLedger.Record] = []
    /// What was found instead of what the ledger knows, by the index of the record.
    var alterations: [Int: OutputLedger.Record] = [:]
    /// Files that happen to be what they should be, though the ledger knows them otherwise: a build was killed
    /// between putting a file in its place and writing that down. Guarded by the evaluator's lock.
    private(set) var adopted: [Int: OutputLedger.Record] = [:]
    /// The record of each output of the table, or -1.
    private(set) var recordOf: [Int] = []
    /// The records of files that are no longer wanted.
    private(set) var staleRecords: [Int] = []
    private(set) var caseChanges: [CaseChange] = []
    /// Staged outputs by their index in the table; guarded by the evaluator's lock while workers stage.
    var staged: [Int: Staged] = [:]
    private(set) var isFresh = false
    private(set) var paths: [RelativePath] = []
    /// Whether the staging folder lies in the store.
    let stagesInStore: Bool
    /// Whether the staging folder is made, and known to be ours.
    let isStagingOpen = Mutex(false)
    /// The inode of the folder that is the output, or will be it.
    var folderNumber: UInt64?
    /// Whether this build has made the output folder, before anything was put there.
    var hasMadeFolder = false
    /// The seal of the output folder when it was looked at last; 0 where it has none.
    var sealOfFolder: UInt64 = 0
    /// Files of others, where a folder is built into for the first time.
    var neighbours: [RelativePath] = []
    /// Whether there is a link in the folder, behind which files of ours may lie.
    var hasLinks = false
    /// For each folder that was asked for, the link on the way to it.
    var links: [RelativePath: RelativePath?] = [:]
    /// Outputs, by their index in the table, in whose place there was nothing when it was looked at.
    var free: Set<Int> = []
    /// What had been put in place when the system refused something.
    var placedBeforeRefusal: [RelativePath] = []

    /// An output on its way.
    struct Staged: Sendable {
        var path: RelativePath
        var source: RelativePath
        var fingerprint: Fingerprint
        var stamp: FileStamp
    }

    /// `ledger` is that of the last build in this process, if there was one.
    init(_ place: OutputPlace, store: StorePlace?, ledger: OutputLedger?, jobs: Int) {
        self.place = place
        self.store = store
        self.jobs = jobs
        stagesInStore = Self.stagesInStore(place, store)
        isLedgerKnown = ledger != nil
        self.ledger = ledger ?? OutputLedger()
    }

    /// Reads the ledger from the store, if it is not that of the last build in this process, and whose the folder is.
    func readLedger() {
        folderNumber = (try? place.fileSystem.stamp(place.folder))?.inode
        sealOfFolder = place.fileSystem.seal(of: place.folder) ?? 0
        if !isLedgerKnown { ledger = Self.readLedger(store) }
    }

    /// The store cannot be written to: nothing is written down, and marks alone say which files are ours.
    func forgetStore() { store = nil }

    static func ledgerPath(_ store: StorePlace) -> RelativePath { store.folder.appending("outputs") }

    private static func readLedger(_ store: StorePlace?) -> OutputLedger {
        guard let store else { return OutputLedger() }
        do throws(FileError) {
            return try store.fileSystem.read(ledgerPath(store)).map { OutputLedger($0.bytes) }
                ?? OutputLedger()
        } catch {
            return OutputLedger()
        }
    }

    // MARK: Matching

    /// Takes the outputs that there should be, sorted by path.
    ///
    /// - Parameters:
    ///   - wanted: their paths as names.
    ///   - names: what these stand for.
    /// - Returns: whether they are just those that the ledger knows.
    func match(_ wanted: [UInt32], _ names: NameTable) -> Bool {
        clearStaging()
        let records = ledger.records
        isFresh = false
        if !wanted.isEmpty, Self.areEqual(records, wanted, names) {
            paths = records.map(\.path)
            recordOf = Array(records.indices)
            staleRecords = []
            caseChanges = []
            return true
        }
        match(wanted.map { RelativePath(unchecked: names.bytes(of: $0)) })
        return false
    }

    private static func areEqual(
        _ records: [OutputLedger.Record], _ wanted: [UInt32], _ names: NameTable
    ) -> Bool {
        guard records.count == wanted.count else { return false }
        for index in wanted.indices {
            let path = records[index].path
            if !ByteOrder.areEqual(names.span(of: wanted[index]), path.bytes.span) { return false }
        }
        return true
    }

    private func match(_ paths: [RelativePath]) {
        self.paths = paths
        recordOf = Array(repeating: -1, count: paths.count)
        staleRecords = []
        var record = 0
        var lastWanted = -1
        func skip() {
            if record != lastWanted { staleRecords.append(record) }
            record += 1
        }
        for index in paths.indices {
            while record < ledger.records.count, ledger.records[record].path < paths[index] { skip() }
            if record < ledger.records.count, ledger.records[record].path == paths[index] {
                recordOf[index] = record
                lastWanted = record
            }
        }
        while record < ledger.records.count { skip() }
        caseChanges = findCaseChanges()
        guard ledger.records.isEmpty else { return }
        do throws(FileError) {
            isFresh = try (place.fileSystem.list(place.folder) ?? []).isEmpty
        } catch {
            // What cannot be looked at is not new.
        }
    }

    /// Whether an output must be written to be of that content; the reason, if it is the disk's fault.
    func needsWriting(_ index: Int, _ fingerprint: UInt64) -> (Bool, Reason?) {
        guard recordOf[index] >= 0 else { return (true, nil) }
        if let actual = alterations[recordOf[index]], actual.fingerprint.low == fingerprint {
            adopted[index] = actual
            return (false, nil)
        }
        if mutant.plants(.equalOutputsRewritten) { return (true, nil) }
        let record = ledger.records[recordOf[index]]
        if record.fingerprint.low != fingerprint { return (true, nil) }
        switch found[recordOf[index]] {
        case .intact: return (false, nil)
        case .missing: return (true, .outputMissing)
        case .altered, .foreign: return (true, .outputAltered)
        }
    }

    /// Takes the file that lies at an output's path, and is what it should be, for ours; what was staged is not needed.
    func adopt(_ index: Int, _ stamp: FileStamp) {
        guard let output = staged.removeValue(forKey: index) else { return }
        adopted[index] = OutputLedger.Record(
            path: output.path, fingerprint: output.fingerprint, stamp: stamp)
    }

    /// Whether the file at an output's path is ours and as we left it.
    func isOurs(_ index: Int) -> Bool {
        recordOf[index] >= 0 && found[recordOf[index]] == .intact
    }
}
