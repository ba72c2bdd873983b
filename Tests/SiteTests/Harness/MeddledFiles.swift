import Files
import Synchronization
import Text

/// Sources that somebody changes while they are read: after so many reads and looks, once.
final class MeddledFiles: FileSystem {
    private let base: MemoryFileSystem
    private let plan = Mutex<(reads: Int, change: @Sendable () -> Void)?>(nil)

    init(_ base: MemoryFileSystem) {
        self.base = base
    }

    /// Makes the change after so many reads from now on.
    func meddle(after reads: Int, _ change: @escaping @Sendable () -> Void) {
        plan.withLock { $0 = (reads, change) }
    }

    /// Makes the change now if it was not made yet.
    func settle() {
        let change = plan.withLock { plan in
            defer { plan = nil }
            return plan?.change
        }
        change?()
    }

    private func count() {
        let change: (@Sendable () -> Void)? = plan.withLock { now in
            guard let known = now else { return nil }
            if known.reads > 0 {
                now = (known.reads - 1, known.change)
                return nil
            }
            now = nil
            return known.change
        }
        change?()
    }

    func read(_ path: RelativePath) throws(FileError) -> FileContents? {
        count()
        return try base.read(path)
    }
    func list(_ path: RelativePath) throws(FileError) -> [FolderEntry]? {
        count()
        return try base.list(path)
    }
    func listWithStamps(_ path: RelativePath) throws(FileError) -> [StampedEntry]? {
        count()
        return try base.listWithStamps(path)
    }
    func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? {
        count()
        return try base.stamp(path)
    }
    func now() throws(FileError) -> Int64 { try base.now() }
    func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
        try base.write(path, bytes)
    }
    func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) { try base.append(path, bytes) }
    func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        try base.copy(source, to: target)
    }
    func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        try base.rename(source, to: target)
    }
    func remove(_ path: RelativePath) throws(FileError) { try base.remove(path) }
    func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
        try base.removeFolderIfEmpty(path)
    }
}
