import Files
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
    }

    let place: OutputPlace
    /// A fault that a test has planted.
    var mutant: Mutant?
    private(set) var store: StorePlace?
    let jobs: Int
    // The rest is changed by one thread, or under the lock named.
    private var isLedgerKnown: Bool
    var ledger: OutputLedger
    /// What was found of each record of the ledger; filled by the threads of one loop, each its own elements.
    var found: [Found] = []
    /// Records whose file is as it should be under another stamp.
    var restamped: [OutputLedger.Record] = []
    /// What was found instead of what the ledger knows, by the index of the record.
    var alterations: [Int: OutputLedger.Record] = [:]
    /// Files that happen to be what they should be, though the ledger knows them otherwise: a build was killed
    /// between putting a file in its place and writing that down. Guarded by the evaluator's lock.
    private var adopted: [Int: OutputLedger.Record] = [:]
    /// The record of each output of the table, or -1.
    private(set) var recordOf: [Int] = []
    /// The records of files that are no longer wanted.
    private(set) var staleRecords: [Int] = []
    private(set) var caseChanges: [CaseChange] = []
    /// Staged outputs by their index in the table; guarded by the evaluator's lock while workers stage.
    var staged: [Int: Staged] = [:]
    private(set) var isFresh = false
    private(set) var paths: [RelativePath] = []

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
        isLedgerKnown = ledger != nil
        self.ledger = ledger ?? OutputLedger()
    }

    /// Reads the ledger from the store, if it is not that of the last build in this process.
    func readLedger() {
        if !isLedgerKnown { ledger = Self.readLedger(store) }
    }

    /// Takes the outputs that the graph knows, and files that bear our mark, for ours as well, if the ledger is lost, not
    /// whole, or knows fewer files than the graph does outputs: one that is cut between two frames looks whole.
    ///
    /// - Parameters:
    ///   - known: how many outputs the graph knows that were published.
    ///   - paths: their paths.
    /// - Returns: whether there is something new to be looked at.
    func addWitnesses(_ known: Int, _ paths: @autoclosure () -> [RelativePath]) -> Bool {
        let count = ledger.records.count
        if isLedgerKnown || (!ledger.isDoubtful && count >= known) { return false }
        isLedgerKnown = true
        ledger.addUnknown(paths() + Self.markedFiles(below: .root, place, depth: 0))
        return ledger.records.count > count
    }

    /// Writes down what witnesses say to be ours. The graph, which is one of them, says something else as soon as this build
    /// has gone on, though it may have errors and publish nothing; a file may lose its mark with itself, and leave a folder.
    func keepWitnesses() {
        guard let store else { return }
        do throws(FileError) {
            try ledger.rewriteIfNeeded(at: Self.ledgerPath(store), on: store.fileSystem)
        } catch {
            // Whoever publishes tries again, and says what stands in the way.
        }
    }

    /// The store cannot be written to: nothing is written down, and marks alone say which files are ours.
    func forgetStore() { store = nil }

    private static func ledgerPath(_ store: StorePlace) -> RelativePath { store.folder.appending("outputs") }

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
        case .altered: return (true, .outputAltered)
        }
    }

    /// Takes the file that lies at an output's path, and is what it should be, for ours; what was staged is not needed.
    func adopt(_ index: Int, _ stamp: FileStamp) {
        guard let output = staged.removeValue(forKey: index) else { return }
        adopted[index] = OutputLedger.Record(
            path: output.path, fingerprint: output.fingerprint, stamp: stamp)
    }

    // MARK: Staging

    /// Where an output waits.
    func stagingPath(_ index: Int) -> RelativePath {
        isFresh
            ? place.staging.appending("tree").appending(paths[index].bytes)
            : place.staging.appending("\(index)")
    }

    /// Writes bytes of that fingerprint where they wait; from any thread.
    func stage(_ index: Int, _ bytes: [UInt8], _ fingerprint: Fingerprint) throws(FileError) -> Staged {
        let source = stagingPath(index)
        let stamp = try place.fileSystem.create(source, bytes.span)
        return Staged(path: paths[index], source: source, fingerprint: fingerprint, stamp: stamp)
    }

    /// Empties the staging folder.
    func clearStaging() {
        do throws(FileError) {
            try Self.removeTree(place.staging, place.fileSystem, depth: 0)
        } catch {
            // What cannot be removed now is overwritten or removed by a later build.
        }
    }

    private static func removeTree(
        _ folder: RelativePath, _ fileSystem: any FileSystem, depth: Int
    ) throws(FileError) {
        guard depth < 200, let entries = try fileSystem.list(folder) else { return }
        for entry in entries {
            let path = folder.appending(entry.name)
            if entry.kind == .folder {
                try removeTree(path, fileSystem, depth: depth + 1)
            } else {
                try fileSystem.remove(path)
            }
        }
        _ = try fileSystem.removeFolderIfEmpty(folder)
    }

    /// Whether the file at an output's path is ours and as we left it.
    func isOurs(_ index: Int) -> Bool {
        recordOf[index] >= 0 && found[recordOf[index]] == .intact
    }

    // MARK: Publishing

    /// What publishing did.
    struct Result: Sendable {
        var written: [RelativePath] = []
        var removed: [RelativePath] = []
    }

    /// Puts what is staged in its place and removes what is no longer wanted.
    func publish() throws(FileError) -> Result {
        var result = Result()
        let staged = self.staged.sorted { $0.key < $1.key }
        result.written = staged.map(\.value.path)
        if isFresh {
            try publishTree(staged.map(\.value))
            return result
        }
        let stale = staleRecords.map { ledger.records[$0].path }
        if let store {
            // What another witness says to be ours is written down before anything of it is removed: of a file that is gone
            // the folder that it leaves empty would be nobody's.
            try ledger.rewriteIfNeeded(at: Self.ledgerPath(store), on: store.fileSystem)
            let new = staged.filter { recordOf[$0.key] < 0 }.map(\.value.path)
            if !mutant.plants(.announcementsSkipped) {
                try ledger.announce(new, at: Self.ledgerPath(store), on: store.fileSystem)
            }
        }
        for change in caseChanges {
            try changeCase(ledger.records[change.stale].path, to: paths[change.wanted])
        }
        let kept = Set(caseChanges.map { ledger.records[$0.stale].path })
        let removable = kept.isEmpty ? stale : stale.filter { !kept.contains($0) }
        let rest = try removeBlockers(among: removable, for: staged.map { ($0.value.path, !isOurs($0.key)) })
        let records = try putInPlace(staged.map { ($0.value, isOurs($0.key)) })
        if !mutant.plants(.staleOutputsKept) { try removeAll(of: rest) }
        result.removed = staleRecords.filter { found[$0] != .missing }.map { ledger.records[$0].path }
        let done = Set(result.written).union(stale)
        let known = (restamped + adopted.values).filter { !done.contains($0.path) }
        let put = (records + known).sorted { $0.path < $1.path }
        if let store {
            try ledger.update(put: put, removed: stale, at: Self.ledgerPath(store), on: store.fileSystem)
        }
        clearStaging()
        return result
    }

    /// Into a folder that is not there yet: everything at once, by one rename; into an empty one, which may be another volume
    /// or somebody's with rights of its own, by one for each name in it. The ledger comes first, so that whatever happens
    /// in between, the files are known as ours.
    private func publishTree(_ staged: [Staged]) throws(FileError) {
        let records = staged.map {
            OutputLedger.Record(path: $0.path, fingerprint: $0.fingerprint, stamp: $0.stamp)
        }
        if let store {
            try ledger.update(put: records, removed: [], at: Self.ledgerPath(store), on: store.fileSystem)
        }
        let tree = place.staging.appending("tree")
        if !staged.isEmpty, try place.fileSystem.stamp(place.folder) == nil {
            try place.fileSystem.rename(tree, to: place.folder)
        } else if !staged.isEmpty {
            for entry in try place.fileSystem.list(tree) ?? [] {
                try move(tree.appending(entry.name), to: place.folder.appending(entry.name))
            }
            // A file that is renamed has a new time of change, one in a folder that is renamed has not.
            var moved: [OutputLedger.Record] = []
            for var record in records where record.path.parent.isRoot {
                record.stamp = try place.fileSystem.stamp(place.folder.appending(record.path.bytes))
                moved.append(record)
            }
            if let store, !moved.isEmpty {
                try ledger.update(put: moved, removed: [], at: Self.ledgerPath(store), on: store.fileSystem)
            }
        }
        clearStaging()
    }

    /// Renames what was staged; a refusal is told of the place where it should be.
    private func move(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        do throws(FileError) {
            try place.fileSystem.rename(source, to: target)
        } catch {
            throw FileError(operation: "write", path: target, code: error.code)
        }
    }

    /// Removes stale files that stand in the way of new ones: a file where a folder goes, or the other way.
    ///
    /// - Returns: the stale files that remain to be removed.
    private func removeBlockers(
        among stale: [RelativePath], for paths: [(path: RelativePath, isNew: Bool)]
    ) throws(FileError) -> [RelativePath] {
        if stale.isEmpty { return [] }
        let set = Set(stale)
        var blocking: Set<RelativePath> = []
        for (path, isNew) in paths where isNew {
            var folder = path.parent
            while !folder.isRoot {
                if set.contains(folder) { blocking.insert(folder) }
                folder = folder.parent
            }
            // All that lies below the path comes together in a sorted list.
            var index = Self.firstIndex(in: stale, notBefore: path.bytes + [UInt8(ascii: "/")])
            while index < stale.count, stale[index].isInside(path) {
                blocking.insert(stale[index])
                index += 1
            }
        }
        for path in blocking.sorted() { try remove(path) }
        return stale.filter { !blocking.contains($0) }
    }

    private static func firstIndex(in paths: [RelativePath], notBefore bytes: [UInt8]) -> Int {
        var low = 0
        var high = paths.count
        while low < high {
            let middle = (low + high) / 2
            if paths[middle].bytes.lexicographicallyPrecedes(bytes) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private func putInPlace(_ staged: [(Staged, isOld: Bool)]) throws(FileError) -> [OutputLedger.Record] {
        let fileSystem = place.fileSystem
        // Renaming over a file makes ext4 write the new one out at once, 0.6 ms each. Many are removed first.
        let isMany = staged.count { $0.isOld } > 200
        let results = ResultBox<Swift.Result<OutputLedger.Record, FileError>?>(
            count: staged.count, filler: nil)
        Parallel.forEach(staged.count, jobs: isMany ? patientJobs : staged.count > 16 ? jobs : 1) {
            [self] index in
            let (file, isOld) = staged[index]
            let target = place.folder.appending(file.path.bytes)
            do throws(FileError) {
                if isOld, isMany { try fileSystem.remove(target) }
                try self.move(file.source, to: target)
                let stamp = try fileSystem.stamp(target)
                let record = OutputLedger.Record(path: file.path, fingerprint: file.fingerprint, stamp: stamp)
                results.set(.success(record), at: index)
            } catch {
                results.set(.failure(error), at: index)
            }
        }
        var records: [OutputLedger.Record] = []
        for result in results.take() {
            if let result { records.append(try result.get()) }
        }
        return records
    }

    /// Removes every file that is ours and everything that is on its way.
    ///
    /// - Returns: how many files of the output were removed.
    func removeAll() throws(FileError) -> Int {
        let records = ledger.records
        try removeAll(of: records.map(\.path))
        clearStaging()
        do throws(FileError) {
            _ = try place.fileSystem.removeFolderIfEmpty(place.folder)
        } catch {
            // The folder itself may be somebody's who lets us write in it alone.
        }
        if let store { try Self.removeTree(store.folder, store.fileSystem, depth: 0) }
        return records.count
    }

    /// For what mostly waits for the disk: to free the blocks of a file takes up to two milliseconds where freed blocks
    /// are told to the device, and a hundred waits at once take as long as one.
    private var patientJobs: Int { Swift.max(jobs, 32) }

    /// Removes files, each with the folders that it leaves empty.
    private func removeAll(of paths: [RelativePath]) throws(FileError) {
        if paths.count <= 64 {
            for path in paths { try remove(path) }
            return
        }
        let results = ResultBox<FileError?>(count: paths.count, filler: nil)
        Parallel.forEach(paths.count, jobs: patientJobs) { [self] index in
            do throws(FileError) {
                try remove(paths[index])
            } catch {
                results.set(error, at: index)
            }
        }
        if let error = results.take().lazy.compactMap({ $0 }).first { throw error }
    }

    /// Removes a file and the folders that it leaves empty. What is there may be someone else's folder by now.
    private func remove(_ path: RelativePath) throws(FileError) {
        if try isFile(path) { try place.fileSystem.remove(place.folder.appending(path.bytes)) }
        if mutant.plants(.emptyFoldersKept) { return }
        var folder = path.parent
        while !folder.isRoot {
            let inner = place.folder.appending(folder.bytes)
            // One that is gone already does not end the way up: a build may have been killed on it.
            if try !place.fileSystem.removeFolderIfEmpty(inner), try place.fileSystem.stamp(inner) != nil {
                return
            }
            folder = folder.parent
        }
    }

    /// Writes down stamps that are new though the content is not.
    func adoptStamps() throws(FileError) {
        guard let store, !restamped.isEmpty else { return }
        try ledger.update(put: restamped, removed: [], at: Self.ledgerPath(store), on: store.fileSystem)
        restamped = []
    }
}
