import Files
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Putting in place what is staged, and taking away what is no longer wanted.
extension Publication {
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
        // What lies behind a link is not in the output.
        let lost = Set(staleRecords.filter { link(above: ledger.records[$0].path) != nil })
        let stale = staleRecords.map { ledger.records[$0].path }
        if let store {
            // What another witness says to be ours is written down before anything of it is removed: of a file that is gone
            // the folder that it leaves empty would be nobody's.
            try ledger.rewriteIfNeeded(at: Self.ledgerPath(store), on: store.fileSystem)
            let new = staged.filter { recordOf[$0.key] < 0 }.map(\.value.path)
            if !mutant.plants(.announcementsSkipped) {
                try ledger.announce(new, at: Self.ledgerPath(store), on: store.fileSystem)
            }
            if !new.isEmpty || !stale.isEmpty || ledger.seal != sealOfFolder || isSealedAmiss {
                try sealFolder(changing: [new, stale])
            }
        } else if !staged.isEmpty || !stale.isEmpty {
            try sealFolder()
        }
        if !caseChanges.isEmpty { try openStaging() }
        for change in caseChanges {
            try changeCase(ledger.records[change.stale].path, to: paths[change.wanted])
        }
        let kept = Set(
            caseChanges.map(\.stale).map { ledger.records[$0].path } + lost.map { ledger.records[$0].path })
        let removable = kept.isEmpty ? stale : stale.filter { !kept.contains($0) }
        let rest = try removeBlockers(among: removable, for: staged.map { ($0.value.path, !isOurs($0.key)) })
        let records = try putInPlace(
            staged.map { Placement(file: $0.value, isOld: isOurs($0.key), isFree: free.contains($0.key)) })
        placedBeforeRefusal = records.map(\.path)
        if !mutant.plants(.staleOutputsKept) { try removeAll(of: rest) }
        result.removed = staleRecords.filter { found[$0] != .missing && !lost.contains($0) }.map {
            ledger.records[$0].path
        }
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
        let isNew = try place.fileSystem.stamp(place.folder) == nil
        if !staged.isEmpty {
            try sealFolder(isNew ? tree : nil, changing: [staged.map(\.path)])
        }
        if !staged.isEmpty, isNew {
            try place.fileSystem.rename(tree, to: place.folder)
            placedBeforeRefusal = staged.map(\.path)
        } else if !staged.isEmpty {
            for entry in try place.fileSystem.list(tree) ?? [] {
                try move(
                    tree.appending(entry.name), to: place.folder.appending(entry.name), onlyIfAbsent: true)
                let moved = RelativePath(unchecked: entry.name)
                placedBeforeRefusal += staged.map(\.path).filter { $0.isInside(moved) }
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
    ///
    /// - Throws: `EEXIST` when there is something by now where there was nothing when the folder was looked at.
    private func move(
        _ source: RelativePath, to target: RelativePath, onlyIfAbsent: Bool
    ) throws(FileError) {
        do throws(FileError) {
            if !onlyIfAbsent {
                try place.fileSystem.rename(source, to: target)
            } else if try !place.fileSystem.renameIfAbsent(source, to: target) {
                let isFolder = try place.fileSystem.stamp(target)?.kind == .folder
                throw FileError(operation: "write", path: target, code: isFolder ? EISDIR : EEXIST)
            }
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
            let first = path.bytes + [UInt8(ascii: "/")]
            var index = stale.lowerBound { $0.bytes.lexicographicallyPrecedes(first) }
            while index < stale.count, stale[index].isInside(path) {
                blocking.insert(stale[index])
                index += 1
            }
        }
        for path in blocking.sorted() { try remove(path) }
        return stale.filter { !blocking.contains($0) }
    }

    /// An output on its way, and what was found in its place: the file that we left there, or nothing.
    private struct Placement: Sendable {
        let file: Staged
        let isOld: Bool
        let isFree: Bool
    }

    private func putInPlace(_ staged: [Placement]) throws(FileError) -> [OutputLedger.Record] {
        let fileSystem = place.fileSystem
        // Renaming over a file makes ext4 write the new one out at once, 0.6 ms each. Many are removed first.
        let isMany = staged.count { $0.isOld } > 200
        progress?.want(staged.count, in: .publishing)
        let results = ResultBox<Swift.Result<OutputLedger.Record, FileError>?>(
            count: staged.count, filler: nil)
        Parallel.forEach(staged.count, jobs: isMany ? patientJobs : staged.count > 16 ? jobs : 1) {
            [self] index in
            defer { progress?.advance(in: .publishing) }
            let file = staged[index].file
            let target = place.folder.appending(file.path.bytes)
            do throws(FileError) {
                if staged[index].isOld, isMany { try fileSystem.remove(target) }
                do throws(FileError) {
                    try self.move(file.source, to: target, onlyIfAbsent: staged[index].isFree)
                } catch  where error.code == EISDIR {
                    try self.removeEmptyFolders(at: target, depth: 0)
                    try self.move(file.source, to: target, onlyIfAbsent: staged[index].isFree)
                }
                let stamp = try fileSystem.stamp(target)
                let record = OutputLedger.Record(path: file.path, fingerprint: file.fingerprint, stamp: stamp)
                results.set(.success(record), at: index)
            } catch {
                results.set(.failure(error), at: index)
            }
        }
        var records: [OutputLedger.Record] = []
        var refusal: FileError?
        for result in results.take() {
            switch result {
            case .success(let record)?: records.append(record)
            case .failure(let error)?: refusal = refusal ?? error
            case nil: break
            }
        }
        if let refusal {
            placedBeforeRefusal = records.map(\.path)
            throw refusal
        }
        return records
    }

    /// Removes a folder in which there is nothing but folders: it stands where a file goes, and nothing is lost with it.
    private func removeEmptyFolders(at path: RelativePath, depth: Int) throws(FileError) {
        guard depth < 200, !place.fileSystem.isLink(path),
            try place.fileSystem.stamp(path)?.kind == .folder
        else { return }
        for entry in try place.fileSystem.listUnlinked(path) ?? [] where entry.kind == .folder {
            try removeEmptyFolders(at: path.appending(entry.name), depth: depth + 1)
        }
        _ = try place.fileSystem.removeFolderIfEmpty(path)
    }

    /// Removes every file that is ours and everything that is on its way.
    ///
    /// - Returns: how many files of the output were removed.
    func removeAll() throws(FileError) -> Int {
        let records = ledger.records.indices.filter {
            found[$0] != .missing && link(above: ledger.records[$0].path) == nil
        }
        try removeAll(of: records.map { ledger.records[$0].path })
        clearStaging()
        if sealOfFolder != 0 { place.fileSystem.setSeal(nil, of: place.folder) }
        do throws(FileError) {
            _ = try place.fileSystem.removeFolderIfEmpty(place.folder)
        } catch {
            // The folder itself may be somebody's who lets us write in it alone.
        }
        if let store {
            // The lock goes last: until then whoever wants to build in this store waits for it.
            let lock = store.folder.appending("lock")
            try Self.removeTree(store.folder, store.fileSystem, besides: lock, depth: 0)
            try store.fileSystem.remove(lock)
            _ = try store.fileSystem.removeFolderIfEmpty(store.folder)
        }
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
        progress?.begin(.removing)
        progress?.want(paths.count, in: .removing)
        let results = ResultBox<FileError?>(count: paths.count, filler: nil)
        Parallel.forEach(paths.count, jobs: patientJobs) { [self] index in
            do throws(FileError) {
                try remove(paths[index])
                progress?.advance(in: .removing)
            } catch {
                results.set(error, at: index)
            }
        }
        if let error = results.take().firstResult({ $0 }) { throw error }
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
