#if os(Linux)
    import Glibc
    internal import Text

    /// One inotify instance with a watch on every folder of a tree.
    struct InotifyTree {
        private let disk: DiskFileSystem
        private let isIgnored: @Sendable (RelativePath) -> Bool
        private let instance: Instance
        /// The folders of each watch: more than one where a link leads to a folder that is watched anyway.
        private var folders: [Int32: [RelativePath]] = [:]
        private var watches: [RelativePath: Int32] = [:]
        private var linked = LinkedPlaces()
        /// Folders that could not be looked into for want of something that may be there again: of what came to be in them
        /// before they were watched, nobody was told.
        private var unlisted: Set<RelativePath> = []

        /// Closes the descriptor with the last copy of the tree.
        private final class Instance: Sendable {
            let descriptor: Int32

            init(descriptor: Int32) {
                self.descriptor = descriptor
            }

            deinit {
                _ = close(descriptor)
            }
        }

        private static let mask = UInt32(
            IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
                | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)

        /// Watches all folders, or says why not.
        static func watching(
            _ disk: DiskFileSystem, ignoring isIgnored: @escaping @Sendable (RelativePath) -> Bool
        ) -> Result<InotifyTree, SystemError> {
            let number = inotify_init1(Int32(O_NONBLOCK | O_CLOEXEC))
            if number < 0 { return .failure(SystemError(errno)) }
            var tree = InotifyTree(disk: disk, isIgnored: isIgnored, instance: Instance(descriptor: number))
            var ignored: Set<RelativePath> = []
            if let error = tree.watch(.root, found: &ignored) { return .failure(error) }
            return .success(tree)
        }

        private init(
            disk: DiskFileSystem, isIgnored: @escaping @Sendable (RelativePath) -> Bool, instance: Instance
        ) {
            self.disk = disk
            self.isIgnored = isIgnored
            self.instance = instance
        }

        /// Whether all folders could be looked into; else ``collect(into:)`` tries again.
        var isWhole: Bool { unlisted.isEmpty }

        /// What `poll` waits on.
        var descriptor: Int32 { instance.descriptor }

        /// Takes all events that are there.
        ///
        /// - Returns: the reason when a new folder could not be watched.
        mutating func collect(into batch: inout FileWatcher.Batch) -> SystemError? {
            var found: Set<RelativePath> = []
            defer { batch.paths.formUnion(found) }
            let again = unlisted
            unlisted = []
            for folder in again {
                if let error = watch(folder, found: &found) { return error }
            }
            var bytes = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                    retrying { unsafe read(descriptor, buffer.baseAddress, buffer.count) }
                }
                if count <= 0 { return nil }
                for event in Self.events(in: bytes.prefix(count)) {
                    if let error = handle(event, found: &found, batch: &batch) { return error }
                }
            }
        }

        private struct Event {
            let watch: Int32
            let mask: UInt32
            let name: [UInt8]

            func has(_ flag: some BinaryInteger) -> Bool { mask & UInt32(truncatingIfNeeded: flag) != 0 }
        }

        /// Cuts what the kernel wrote: watch, mask, cookie, length of the name (4 bytes each), name padded with NUL.
        private static func events(in bytes: ArraySlice<UInt8>) -> [Event] {
            func number(_ offset: Int) -> UInt32 {
                (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
            }
            var events: [Event] = []
            var offset = bytes.startIndex
            while offset + 16 <= bytes.endIndex {
                let end = offset + 16 + Int(number(offset + 12))
                if end > bytes.endIndex { break }
                events.append(
                    Event(
                        watch: Int32(bitPattern: number(offset)), mask: number(offset + 4),
                        name: Array(bytes[(offset + 16)..<end].prefix { $0 != 0 })))
                offset = end
            }
            return events
        }

        private mutating func handle(
            _ event: Event, found: inout Set<RelativePath>, batch: inout FileWatcher.Batch
        ) -> SystemError? {
            if event.has(IN_Q_OVERFLOW) {
                batch.needsRescan = true
                // Folders may have come that we were not told of.
                return watch(.root, found: &found)
            }
            let isGone = event.has(IN_DELETE_SELF) || event.has(IN_MOVE_SELF) || event.has(IN_IGNORED)
            let links =
                isGone
                ? linked.links(in: event.watch) : linked.links(through: event.name, in: event.watch)
            for link in links {
                found.insert(link)
                if let error = followAgain(link, found: &found) { return error }
            }
            if event.has(IN_IGNORED) { linked.forget(event.watch) }
            guard let places = folders[event.watch] else { return nil }
            if event.has(IN_IGNORED) {
                folders[event.watch] = nil
                for place in places where watches[place] == event.watch { watches[place] = nil }
                if places.contains(.root) { batch.needsRescan = true }
                return nil
            }
            if event.has(IN_DELETE_SELF) || event.has(IN_MOVE_SELF) {
                if places.contains(.root) { batch.needsRescan = true }
                return nil
            }
            if event.name.isEmpty { return nil }
            for place in places {
                let path = place.appending(event.name)
                if isIgnored(path) { continue }
                if event.has(IN_ISDIR) {
                    // Permissions and times of a folder change nothing below it.
                    if event.has(IN_ATTRIB) { continue }
                    found.insert(path)
                    if event.has(IN_MOVED_FROM) || event.has(IN_DELETE) { forget(path) }
                    if event.has(IN_CREATE) || event.has(IN_MOVED_TO) {
                        if let error = watch(path, found: &found) { return error }
                    }
                } else if !event.has(IN_CREATE) || isCompleteWhenCreated(path) {
                    found.insert(path)
                    // A link came or went, or something else has taken its place.
                    if event.has(IN_CREATE) || event.has(IN_MOVED_TO) || linked.contains(path) {
                        if let error = followAgain(path, found: &found) { return error }
                    }
                }
            }
            return nil
        }

        /// Watches what a link leads to now, and all below if that is a folder. What is no link, or no longer one, needs no
        /// more than the watch on its own folder.
        private mutating func followAgain(_ link: RelativePath, found: inout Set<RelativePath>)
            -> SystemError?
        {
            if linked.contains(link) {
                release(linked.remove(link))
                if watches[link] != nil { forget(link) }
            }
            if let error = follow(link) { return error }
            guard linked.contains(link), case .success(let status) = disk.status(link),
                FileStamp(status).kind == .folder, !disk.isAbove(status, link.parent)
            else { return nil }
            return watch(link, found: &found)
        }

        /// Watches the places that a link leads through.
        private mutating func follow(_ link: RelativePath) -> SystemError? {
            for step in LinkedPlaces.steps(from: link, disk) {
                let number = unsafe (step.folder + [0]).withUnsafeBytes { bytes in
                    unsafe inotify_add_watch(
                        descriptor, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Self.mask)
                }
                if number < 0 {
                    let error = SystemError(errno)
                    if error.meansAbsent || error.code == EACCES { break }
                    return error
                }
                linked.add(link, step.name, in: number)
            }
            return nil
        }

        /// Ends watches that are needed for nothing else.
        private func release(_ numbers: [Int32]) {
            for number in numbers where folders[number] == nil && !linked.needs(number) {
                _ = inotify_rm_watch(descriptor, number)
            }
        }

        /// A new regular file says so again when its writer closes it; a link, or a second name, does not.
        private func isCompleteWhenCreated(_ path: RelativePath) -> Bool {
            var status = stat()
            if disk.withPath(path, { unsafe lstat($0.start, &status) }) != 0 { return true }
            return FileStamp(status).kind != .file || status.st_nlink > 1
        }

        /// Watches a folder and those below it, then looks into each: what came before the watch sends no event.
        private mutating func watch(_ top: RelativePath, found: inout Set<RelativePath>) -> SystemError? {
            var open = [top]
            while let folder = open.popLast() {
                let number = disk.withPath(folder) { path in
                    unsafe inotify_add_watch(descriptor, path.start, Self.mask)
                }
                if number < 0 {
                    let error = SystemError(errno)
                    // Gone again, or not ours to read: there is nothing to watch. But a root must be there.
                    if error.meansAbsent || error.code == EACCES, !folder.isRoot { continue }
                    return error
                }
                watches[folder] = number
                if folders[number]?.contains(folder) != true { folders[number, default: []].append(folder) }
                var entries: [(FolderEntry, mayBeLink: Bool)] = []
                do throws(FileError) {
                    entries = try disk.listWithLinks(folder)
                } catch {
                    if !error.isForGood { unlisted.insert(folder) }
                }
                for (entry, mayBeLink) in entries {
                    let path = folder.appending(entry.name)
                    if isIgnored(path) { continue }
                    found.insert(path)
                    if mayBeLink, let error = follow(path) { return error }
                    if entry.kind == .folder { open.append(path) }
                }
            }
            return nil
        }

        /// Ends the watches of a folder that left, and of those below it.
        private mutating func forget(_ top: RelativePath) {
            for (path, number) in watches where path.isInside(top) {
                watches[path] = nil
                folders[number]?.removeAll { $0 == path }
                if folders[number]?.isEmpty == true {
                    folders[number] = nil
                    release([number])
                }
            }
            for link in linked.links(inside: top) { release(linked.remove(link)) }
        }
    }
#endif
