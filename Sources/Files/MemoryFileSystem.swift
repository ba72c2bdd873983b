import Synchronization
public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The door onto a dictionary, for tests: the same answers as a disk, and a log of every access.
///
/// It has a clock of its own that only moves when something changes (by ``clockStep``) or when a test sets it,
/// and can refuse or stop effects to play a full disk or a killed process.
public final class MemoryFileSystem: FileSystem {
    let state: Mutex<MemoryTree>

    /// An empty folder.
    public init() {
        state = Mutex(MemoryTree())
    }

    /// Files from a list of path and text; later ones win.
    ///
    /// - Precondition: the paths stay inside the root and name no folder of another.
    public convenience init(_ files: KeyValuePairs<String, String>) {
        self.init()
        for (path, text) in files { put(path, text) }
    }

    // MARK: Reading

    /// The bytes of a file and its stamp; see ``FileSystem``.
    public func read(_ path: RelativePath) throws(FileError) -> FileContents? {
        state.withLock { tree in
            tree.note(.read, path)
            return tree.file(path).map { FileContents(bytes: $0.bytes, stamp: $0.stamp) }
        }
    }

    /// What a folder holds, sorted by name.
    public func list(_ folder: RelativePath) throws(FileError) -> [FolderEntry]? {
        state.withLock { tree in
            tree.note(.list, folder)
            return tree.entries(of: folder)?.map(\.entry)
        }
    }

    /// What a folder holds, sorted by name, with stamps.
    public func listWithStamps(_ folder: RelativePath) throws(FileError) -> [StampedEntry]? {
        state.withLock { tree in
            tree.note(.list, folder)
            return tree.entries(of: folder)
        }
    }

    /// The stamp of what a path names.
    public func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? {
        state.withLock { tree in
            tree.note(.stamp, path)
            return tree.nodes[path]?.stamp
        }
    }

    /// What the mark of a file says; one that a test has put there has none.
    public func fit(_ mark: FileMark, _ path: RelativePath) -> MarkFit {
        state.withLock { tree in
            guard let found = tree.file(path)?.mark else { return .none }
            if found.owner != mark.owner { return .others }
            return found == mark ? .fitting : .strayed
        }
    }

    /// The number that a folder bears.
    public func seal(of folder: RelativePath) -> UInt64? {
        state.withLock { $0.nodes[folder]?.seal }
    }

    /// Gives a folder a number, or takes it away.
    public func setSeal(_ value: UInt64?, of folder: RelativePath) {
        state.withLock { tree in
            if (try? tree.effect(.write, folder)) != nil { tree.setSeal(value, of: folder) }
        }
    }

    /// The fake clock's time.
    public func now() throws(FileError) -> Int64 { clock }

    // MARK: Writing

    /// Writes a whole file, as a new inode that takes the old one's name.
    public func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
        let copy = bytes.copied()
        return try state.withLock { tree throws(FileError) in
            try tree.effect(.write, path)
            return try tree.write(path, copy, operation: "write")
        }
    }

    /// Writes a whole file that bears a mark.
    public func create(
        _ path: RelativePath, _ bytes: Span<UInt8>, mark: FileMark?
    ) throws(FileError) -> FileStamp {
        let copy = bytes.copied()
        return try state.withLock { tree throws(FileError) in
            try tree.effect(.write, path)
            return try tree.write(path, copy, operation: "write", mark: mark)
        }
    }

    /// Makes a folder and those above it.
    public func makeFolder(_ path: RelativePath) throws(FileError) {
        try state.withLock { tree throws(FileError) in
            try tree.effect(.write, path)
            try tree.makeFolders(path, operation: "make folder")
        }
    }

    /// Appends to a file in place.
    public func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) {
        let copy = bytes.copied()
        try state.withLock { tree throws(FileError) in
            do throws(FileError) {
                try tree.effect(.append, path)
            } catch {
                if let torn = tree.takeTornCount() {
                    try tree.append(path, copy.prefix(max(0, torn)))
                }
                throw error
            }
            try tree.append(path, copy[...])
        }
    }

    /// Copies a file's content.
    public func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        try state.withLock { tree throws(FileError) in
            try tree.effect(.copy, target)
            guard let file = tree.file(source) else {
                throw FileError(operation: "copy", path: source, code: ENOENT)
            }
            return try tree.write(target, file.bytes, operation: "copy")
        }
    }

    /// Renames a file or folder.
    public func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        try state.withLock { tree throws(FileError) in
            try tree.effect(.rename, target)
            try tree.rename(source, to: target)
        }
    }

    /// Renames a file or folder, unless there is something of the new name.
    public func renameIfAbsent(_ source: RelativePath, to target: RelativePath) throws(FileError) -> Bool {
        try state.withLock { tree throws(FileError) in
            try tree.effect(.rename, target)
            // What is wrong with the old name is told first.
            let isInside = source != target && (target.isInside(source) || source.isRoot)
            if tree.nodes[source] != nil, !isInside, tree.nodes[target] != nil { return false }
            try tree.rename(source, to: target)
            return true
        }
    }

    /// Makes two files or folders change places at once.
    public func exchange(_ one: RelativePath, with other: RelativePath) throws(FileError) {
        try state.withLock { tree throws(FileError) in
            try tree.effect(.rename, other)
            try tree.exchange(one, with: other)
        }
    }

    /// Removes a file.
    public func remove(_ path: RelativePath) throws(FileError) {
        try state.withLock { tree throws(FileError) in
            try tree.effect(.remove, path)
            try tree.remove(path)
        }
    }

    /// Removes a folder if it is empty.
    public func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
        try state.withLock { tree throws(FileError) in
            try tree.effect(.remove, path)
            return tree.removeFolderIfEmpty(path)
        }
    }
}
