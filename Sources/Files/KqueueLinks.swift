#if canImport(Darwin) || canImport(CKqueue)
    #if canImport(Darwin)
        import Darwin
    #else
        import CKqueue
        import Glibc
    #endif
    internal import Text

    /// Watches on the folders that the links of a tree lead through. They do not say which name has come or left, so it is
    /// remembered what the names stood for.
    struct KqueueLinks {
        private var places = LinkedPlaces()
        private var folders: [Int32: Folder] = [:]
        /// The watches of `folders`, by absolute path.
        private var numbers: [[UInt8]: Int32] = [:]

        private struct Folder {
            let watch: VnodeQueue.Watch
            let path: [UInt8]
            /// The names that links lead through, and what they stand for; `nil` for nothing.
            var names: [[UInt8]: FileIdentity?] = [:]

            func identity(of name: [UInt8]) -> FileIdentity? {
                let characters = (path + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
                var status = stat()
                let isThere = unsafe characters.withUnsafeBufferPointer { buffer in
                    unsafe buffer.baseAddress.map { unsafe lstat($0, &status) } == 0
                }
                return isThere ? FileIdentity(status) : nil
            }
        }

        /// Whether a path is a link whose places are watched.
        func contains(_ link: RelativePath) -> Bool { places.contains(link) }

        /// Watches the places that a link leads through; does nothing for what is no link.
        ///
        /// - Returns: the refusal, unless it only means that there is nothing to watch.
        mutating func follow(_ link: RelativePath, _ disk: DiskFileSystem, _ queue: VnodeQueue)
            -> SystemError?
        {
            for step in LinkedPlaces.steps(from: link, disk) {
                let number: Int32
                if let known = numbers[step.folder] {
                    number = known
                } else {
                    switch queue.watch(step.folder, VnodeQueue.folderNotes) {
                    case .success(let watch):
                        number = watch.number
                        numbers[step.folder] = number
                        folders[number] = Folder(watch: watch, path: step.folder)
                    case .failure(let error):
                        return error.meansAbsent || error.meansForbidden ? nil : error
                    }
                }
                if let folder = folders[number], folder.names[step.name] == nil {
                    folders[number]?.names[step.name] = .some(folder.identity(of: step.name))
                }
                places.add(link, step.name, in: number)
            }
            return nil
        }

        /// The links that may lead elsewhere now; `nil` where the event is of none of these folders.
        mutating func links(after event: VnodeQueue.Event) -> Set<RelativePath>? {
            guard let folder = folders[event.number] else { return nil }
            // Another may come under its name.
            if event.isGone { numbers[folder.path] = nil }
            var moved: Set<RelativePath> = []
            for (name, former) in folder.names {
                let now = folder.identity(of: name)
                if now == former, !event.isGone { continue }
                folders[event.number]?.names[name] = .some(now)
                moved.formUnion(places.links(through: name, in: event.number))
            }
            return moved
        }

        /// Forgets a link and the watches that no other needs; does nothing for what is none.
        mutating func remove(_ link: RelativePath) {
            if !places.contains(link) { return }
            for number in places.remove(link) {
                guard let free = folders.removeValue(forKey: number) else { continue }
                if numbers[free.path] == number { numbers[free.path] = nil }
            }
        }
    }

    /// What tells whether a name still stands for the same. The inode is enough for what is open; of links, which are not,
    /// the time of the last change (nanoseconds since 1970) counts as well.
    struct FileIdentity: Hashable {
        private let inode: UInt64
        private var linkChanged: Int64 = 0

        /// What is no link.
        init(inode: UInt64) {
            self.inode = inode
        }

        /// What `lstat` says.
        init(_ status: stat) {
            let stamp = FileStamp(status)
            inode = stamp.inode
            if status.st_mode & S_IFMT == S_IFLNK { linkChanged = stamp.changed }
        }
    }
#endif
