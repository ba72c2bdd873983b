import Files
import Text

/// A disk for which names that differ in case alone are one name, and which keeps the case they were given, as those of
/// macOS and Windows do.
final class CaseInsensitiveFiles: FileSystem {
    private let base: MemoryFileSystem

    init(_ base: MemoryFileSystem) {
        self.base = base
    }

    private func folded(_ name: some Sequence<UInt8>) -> String {
        String(decoding: Array(name), as: UTF8.self).lowercased()
    }

    /// The path as the disk knows it.
    private func actual(_ path: RelativePath) -> RelativePath {
        var known = RelativePath.root
        for name in path.components {
            let entries = (try? base.list(known)) ?? []
            known = known.appending(entries.first { folded($0.name) == folded(name) }?.name ?? Array(name))
        }
        return known
    }

    func read(_ path: RelativePath) throws(FileError) -> FileContents? { try base.read(actual(path)) }
    func list(_ path: RelativePath) throws(FileError) -> [FolderEntry]? { try base.list(actual(path)) }
    func listWithStamps(_ path: RelativePath) throws(FileError) -> [StampedEntry]? {
        try base.listWithStamps(actual(path))
    }
    func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? { try base.stamp(actual(path)) }
    func now() throws(FileError) -> Int64 { try base.now() }
    func fit(_ mark: FileMark, _ path: RelativePath) -> MarkFit { base.fit(mark, actual(path)) }
    func seal(of folder: RelativePath) -> UInt64? { base.seal(of: actual(folder)) }
    func setSeal(_ value: UInt64?, of folder: RelativePath) { base.setSeal(value, of: actual(folder)) }
    func makeFolder(_ path: RelativePath) throws(FileError) { try base.makeFolder(actual(path)) }
    func create(
        _ path: RelativePath, _ bytes: Span<UInt8>, mark: FileMark?
    ) throws(FileError) -> FileStamp { try base.create(actual(path), bytes, mark: mark) }
    func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
        try base.write(actual(path), bytes)
    }
    func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) {
        try base.append(actual(path), bytes)
    }
    func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        try base.copy(actual(source), to: actual(target))
    }
    func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        // What bears the name already keeps it in the case it has.
        try base.rename(actual(source), to: actual(target))
    }
    func remove(_ path: RelativePath) throws(FileError) { try base.remove(actual(path)) }
    func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
        try base.removeFolderIfEmpty(actual(path))
    }
}
