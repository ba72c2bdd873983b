import Glibc
import Synchronization
public import Text

/// The door onto a dictionary, for tests: the same answers as a disk, and a log of every access.
///
/// It has a clock of its own that only moves when something changes (by ``clockStep``) or when a test sets it,
/// and can refuse or stop effects to play a full disk or a killed process.
public final class MemoryFileSystem: FileSystem {
    private let state: Mutex<MemoryTree>

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

    /// Whether a file was last written through the members of ``FileSystem``, and not put there by a test.
    public func isMarked(_ path: RelativePath) -> Bool {
        state.withLock { $0.file(path)?.isMarked ?? false }
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

    // MARK: For tests

    /// The time that the next change will bear, in nanoseconds since 1970; at first 1 January 2026.
    public var clock: Int64 {
        get { state.withLock(\.clock) }
        set { state.withLock { $0.clock = newValue } }
    }

    /// How far the clock moves with every change, in nanoseconds; at first a millisecond. With 0, changes in a
    /// row bear the same time, as on a disk with a coarse clock.
    public var clockStep: Int64 {
        get { state.withLock(\.clockStep) }
        set { state.withLock { $0.clockStep = newValue } }
    }

    /// Moves the clock on.
    public func advanceClock(nanoseconds: Int64) {
        state.withLock { $0.clock += nanoseconds }
    }

    /// The accesses since the last call, in order.
    public func takeAccesses() -> [Access] {
        state.withLock { tree in
            defer { tree.accesses = [] }
            return tree.accesses
        }
    }

    /// All files, sorted by path. Not logged.
    public var files: [(path: RelativePath, bytes: [UInt8])] {
        state.withLock { tree in
            tree.nodes.compactMap { path, node in node.isFolder ? nil : (path, node.bytes) }
                .sorted { $0.0 < $1.0 }
        }
    }

    /// All folders but the root, sorted. Not logged.
    public var folders: [RelativePath] {
        state.withLock { tree in
            tree.nodes.compactMap { path, node in node.isFolder && !path.isRoot ? path : nil }.sorted()
        }
    }

    /// The bytes of a file without logging the access.
    public func bytes(of path: String) -> [UInt8]? {
        state.withLock { tree in RelativePath(path).flatMap { tree.file($0)?.bytes } }
    }

    /// The text of a file without logging the access.
    public func text(of path: String) -> String? {
        bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Puts a file without logging it or counting it as an effect.
    ///
    /// - Precondition: the path stays inside the root and neither names a folder nor runs through a file.
    public func put(_ path: String, _ text: String) {
        put(path, bytes: Array(text.utf8))
    }

    /// Puts bytes without logging the access.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - bytes: its content.
    ///   - inPlace: keep the inode, as an editor that overwrites a file, instead of renaming over it.
    public func put(_ path: String, bytes: [UInt8], inPlace: Bool = false) {
        guard let path = RelativePath(path) else { preconditionFailure("the path leaves the root: \(path)") }
        state.withLock { tree in
            if inPlace, tree.overwrite(path, bytes) { return }
            do throws(FileError) {
                _ = try tree.write(path, bytes, operation: "put")
            } catch {
                preconditionFailure("cannot put \(path): error \(error.code)")
            }
        }
    }

    /// Makes an empty folder, and those above it.
    public func putFolder(_ path: String) {
        guard let path = RelativePath(path) else { preconditionFailure("the path leaves the root: \(path)") }
        state.withLock { tree in
            do throws(FileError) {
                try tree.makeFolders(path, operation: "put")
            } catch {
                preconditionFailure("cannot make \(path): error \(error.code)")
            }
        }
    }

    /// Removes a file, or a folder with all that is in it, without logging the access.
    public func delete(_ path: String) {
        guard let path = RelativePath(path) else { return }
        state.withLock { $0.deleteTree(path) }
    }

    /// Renames a file or folder without logging the access.
    ///
    /// - Precondition: it exists, and what bears the new name can be replaced.
    public func move(_ source: String, to target: String) {
        guard let old = RelativePath(source), let new = RelativePath(target) else {
            preconditionFailure("a path leaves the root: \(source), \(target)")
        }
        state.withLock { tree in
            do throws(FileError) {
                try tree.rename(old, to: new)
            } catch {
                preconditionFailure("cannot move \(source) to \(target): error \(error.code)")
            }
        }
    }

    /// Sets the time of modification back or forth, as `touch -d`; the time of change becomes now.
    public func setModified(_ path: String, to time: Int64) {
        guard let path = RelativePath(path) else { return }
        state.withLock { $0.setModified(path, to: time) }
    }

    /// Makes one effect fail: the `n`-th from now, counted from 1; later ones work again.
    ///
    /// - Parameters:
    ///   - n: which effect.
    ///   - code: the `errno`; 28 is `ENOSPC`, a full disk.
    public func failEffect(_ n: Int, code: Int32 = 28) {
        state.withLock { $0.failure = (after: n - 1, code: code) }
    }

    /// Plays a process killed after `count` more effects: they work, and every later one throws `EINTR`.
    ///
    /// - Parameters:
    ///   - count: how many effects still work.
    ///   - tornBytes: if the first effect that throws is an append, how much of it arrives all the same.
    public func stopEffects(after count: Int, tornBytes: Int? = nil) {
        state.withLock { $0.stop = (after: count, torn: tornBytes) }
    }

    /// Forgets planned failures: the next process.
    public func resumeEffects() {
        state.withLock { tree in
            tree.stop = nil
            tree.failure = nil
        }
    }

    /// How many effects were asked for so far, those that failed included.
    public var effectCount: Int { state.withLock(\.effectCount) }
}

/// One access to a ``MemoryFileSystem``.
public struct Access: Hashable, Sendable, CustomStringConvertible {
    /// What was done.
    public enum Operation: String, Hashable, Sendable {
        /// The members of ``FileSystem`` by their names; `list` also for ``FileSystem/listWithStamps(_:)``,
        /// `rename` also for exchanging, `remove` also for folders.
        case read, list, stamp, write, append, copy, rename, remove

        /// Whether it changes something.
        public var isEffect: Bool { self != .read && self != .list && self != .stamp }
    }

    /// What was done.
    public let operation: Operation
    /// To which path; for two, the target.
    public let path: RelativePath

    /// An access.
    public init(_ operation: Operation, _ path: RelativePath) {
        self.operation = operation
        self.path = path
    }

    /// As `read content/a.md`.
    public var description: String { "\(operation.rawValue) \(path)" }
}
