#if canImport(Darwin) || canImport(CKqueue)
    #if canImport(Darwin)
        import Darwin
    #else
        import CKqueue
        import Glibc
    #endif
    internal import Text

    /// A kqueue with a watch on every folder and every file of a tree: how the door hears of changes on macOS.
    ///
    /// A folder only says that names came or left: it is listed again and compared with what it held. A file says that it
    /// was written to. The kernel says so before the call returns that changes something, and `poll` on the queue
    /// knows it; FSEvents, the other way on macOS, would come a moment later by way of a server, through a run loop, and
    /// nobody could say that a page is not older than the last edit. It would cost one stream, though, where this costs a
    /// descriptor a file: a tree with more files than the process may open is compared instead (``PollingTree``).
    ///
    /// Other than on Linux, nobody is told when a writer closes a file: a large one is named while it is being written, and
    /// again when more has come.
    struct KqueueTree {
        private let disk: DiskFileSystem
        private let isIgnored: @Sendable (RelativePath) -> Bool
        private let queue: VnodeQueue
        private var folders: [RelativePath: Folder] = [:]
        /// What the watches of `folders` and of their entries are on.
        private var places: [Int32: RelativePath] = [:]
        private var links = KqueueLinks()
        /// Folders that could not be listed for want of something that may be there again.
        private var unlisted: Set<RelativePath> = []
        /// What may not be opened: nobody would tell when it may.
        private var closed: Set<RelativePath> = []

        private struct Folder {
            let watch: VnodeQueue.Watch
            /// Without what is ignored.
            var entries: [[UInt8]: Entry] = [:]
            /// How often it was listed.
            var round = 0
        }

        private struct Entry {
            var identity: FileIdentity
            /// What it leads to, or is.
            let kind: FileKind
            /// Of a file.
            var watch: VnodeQueue.Watch?
            /// When it was last seen.
            var round: Int
        }

        /// Watches all folders and files, or says why not.
        static func watching(
            _ disk: DiskFileSystem, ignoring isIgnored: @escaping @Sendable (RelativePath) -> Bool
        ) -> Result<KqueueTree, SystemError> {
            switch VnodeQueue.make() {
            case .failure(let error): return .failure(error)
            case .success(let queue):
                var tree = KqueueTree(disk: disk, isIgnored: isIgnored, queue: queue)
                var ignored: Set<RelativePath> = []
                if let error = tree.watch(.root, found: &ignored) { return .failure(error) }
                return .success(tree)
            }
        }

        private init(
            disk: DiskFileSystem, isIgnored: @escaping @Sendable (RelativePath) -> Bool, queue: VnodeQueue
        ) {
            self.disk = disk
            self.isIgnored = isIgnored
            self.queue = queue
        }

        /// Whether everything could be looked into; else ``collect(into:)`` tries again.
        var isWhole: Bool { unlisted.isEmpty && closed.isEmpty }

        /// What `poll` waits on.
        var descriptor: Int32 { queue.descriptor }

        /// Takes all events that are there, and looks again at the folders that have changed.
        ///
        /// - Returns: the reason when something new could not be watched.
        mutating func collect(into batch: inout FileWatcher.Batch) -> SystemError? {
            var found: Set<RelativePath> = []
            defer { batch.paths.formUnion(found) }
            var changed = unlisted
            unlisted = []
            // Tried for good: what else says whether one may knows less than the kernel.
            var again = closed.filter { path in
                if case .success = disk.withPath(path, { queue.watch($0, VnodeQueue.fileNotes) }) {
                    return true
                }
                return false
            }
            // All are taken before any folder is listed: what happens from then on is told once more.
            for event in queue.take() {
                if let moved = links.links(after: event) {
                    again.formUnion(moved)
                    continue
                }
                guard let path = places[event.number] else { continue }
                if folders[path]?.watch.number == event.number {
                    changed.insert(path)
                    if event.isGone, path.isRoot { batch.needsRescan = true }
                } else {
                    found.insert(path)
                }
                if event.isGone {
                    changed.insert(path.parent)
                    if links.contains(path) { again.insert(path) }
                }
            }
            for path in again {
                closed.remove(path)
                found.insert(path)
                // As if it were new.
                if let entry = folders[path.parent]?.entries.removeValue(forKey: Array(path.name)) {
                    release(entry, path)
                }
                changed.insert(path.parent)
            }
            // Those above first, since what they lost need not be listed.
            for folder in changed.sorted() where folders[folder] != nil {
                if let error = watch(folder, found: &found) { return error }
            }
            return nil
        }

        /// Watches a folder unless it is watched, looks into it, and does the same with what is new below it. The watch comes
        /// first: what comes after the look is told.
        private mutating func watch(
            _ top: RelativePath, found: inout Set<RelativePath>
        ) -> SystemError? {
            var open = [top]
            while let path = open.popLast() {
                // Taken out, so that it is not copied when it changes.
                var folder: Folder
                if let known = folders.removeValue(forKey: path) {
                    folder = known
                } else {
                    switch disk.withPath(path, { queue.watch($0, VnodeQueue.folderNotes) }) {
                    case .success(let watch): folder = Folder(watch: watch)
                    case .failure(let error):
                        // Gone again, or not ours to read: there is nothing to watch. But a root must be there.
                        if path.isRoot || !isBearable(error, path) { return error }
                        continue
                    }
                    places[folder.watch.number] = path
                }
                let error = look(into: &folder, path, found: &found, folders: &open)
                folders[path] = folder
                if let error { return error }
            }
            return nil
        }

        /// Whether a refusal only means that there is nothing to watch, for now.
        private mutating func isBearable(_ error: SystemError, _ path: RelativePath) -> Bool {
            if error.meansForbidden { closed.insert(path) }
            return error.meansAbsent || error.meansForbidden
        }

        /// Whether what can be watched is: not if it was away for the moment in which it was to be opened.
        private func isWatched(_ entry: Entry, _ folder: RelativePath, _ name: [UInt8]) -> Bool {
            switch entry.kind {
            case .file: entry.watch != nil
            case .folder: folders[folder.appending(name)] != nil
            case .other, .outside, .dead: true
            }
        }

        /// Compares what a folder holds with what it held.
        private mutating func look(
            into folder: inout Folder, _ path: RelativePath, found: inout Set<RelativePath>,
            folders: inout [RelativePath]
        ) -> SystemError? {
            folder.round += 1
            var seen = 0
            do throws(FileError) {
                guard var reader = try FolderReader(disk, path) else { return nil }
                while let name = try reader.next() {
                    let kind = reader.kindWithoutStatus
                    let known = folder.entries.index(forKey: name)
                    if kind != nil, let known,
                        folder.entries.values[known].identity == FileIdentity(inode: reader.inode),
                        isWatched(folder.entries.values[known], path, name)
                    {
                        folder.entries.values[known].round = folder.round
                        seen += 1
                        continue
                    }
                    let place = path.appending(name)
                    if isIgnored(place) { continue }
                    var entry = Entry(
                        identity: FileIdentity(inode: reader.inode), kind: kind ?? .dead, round: folder.round)
                    var isFile = kind == .file
                    if kind == nil {
                        // It may be a link: what it is itself and what it leads to may both have changed.
                        var own = stat()
                        guard let target = reader.stamped(name),
                            disk.withPath(place, { unsafe lstat($0.start, &own) }) == 0
                        else { continue }
                        entry = Entry(
                            identity: FileIdentity(own), kind: target.entry.kind, round: folder.round)
                        isFile = [.file, .outside].contains(entry.kind) && target.stamp.kind == .file
                        if let known, folder.entries.values[known].identity == entry.identity,
                            folder.entries.values[known].kind == entry.kind,
                            isWatched(folder.entries.values[known], path, name)
                        {
                            folder.entries.values[known].round = folder.round
                            seen += 1
                            continue
                        }
                    }
                    if let known { release(folder.entries.remove(at: known).value, place) }
                    found.insert(place)
                    if kind == nil, let error = links.follow(place, disk, queue) { return error }
                    if isFile {
                        switch disk.withPath(place, { queue.watch($0, VnodeQueue.fileNotes) }) {
                        case .success(let watch):
                            places[watch.number] = place
                            entry.watch = watch
                            // Another may have come since the folder was listed.
                            if kind != nil, let inode = watch.inode {
                                entry.identity = FileIdentity(inode: inode)
                            }
                        case .failure(let error): if !isBearable(error, place) { return error }
                        }
                    } else if entry.kind == .folder {
                        folders.append(place)
                    }
                    folder.entries[name] = entry
                    seen += 1
                }
            } catch {
                if !error.isForGood { unlisted.insert(path) }
                return nil
            }
            // Most often nothing has left.
            if seen == folder.entries.count { return nil }
            for (name, entry) in folder.entries where entry.round != folder.round {
                let place = path.appending(name)
                found.insert(place)
                folder.entries[name] = nil
                release(entry, place)
            }
            return nil
        }

        /// Ends the watches of what left its name, and of all below it.
        private mutating func release(_ entry: Entry, _ path: RelativePath) {
            if let watch = entry.watch { places[watch.number] = nil }
            closed.remove(path)
            links.remove(path)
            guard entry.kind == .folder, let folder = folders.removeValue(forKey: path) else { return }
            places[folder.watch.number] = nil
            unlisted.remove(path)
            for (name, entry) in folder.entries { release(entry, path.appending(name)) }
        }
    }
#endif
