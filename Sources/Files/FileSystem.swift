public import Text

/// The narrow door to files: everything the product knows of a disk comes through here.
///
/// A file system is rooted at one folder; all paths are relative to it. There is one onto the disk
/// (``DiskFileSystem``) and one onto a dictionary for tests (``MemoryFileSystem``). All members may be called
/// from any thread.
public protocol FileSystem: AnyObject, Sendable {
    /// The bytes of a file and the stamp they were read under, or `nil` when there is no such file.
    ///
    /// The stamp is taken before and after reading and the bytes are read again until both agree.
    func read(_ path: RelativePath) throws(FileError) -> FileContents?

    /// What stands for the bytes of a file, and the bytes themselves unless there are many.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - most: of more bytes than this, only parts are held at a time.
    /// - Returns: `nil` when there is no such file.
    /// - Throws: the refusal of the operating system.
    func examine(_ path: RelativePath, keeping most: Int) throws(FileError) -> ExaminedFile?

    /// What a folder holds, sorted by the bytes of the names, or `nil` when there is no such folder.
    func list(_ folder: RelativePath) throws(FileError) -> [FolderEntry]?

    /// What a folder holds, each entry with its stamp: one pass over the folder, for scanning.
    func listWithStamps(_ folder: RelativePath) throws(FileError) -> [StampedEntry]?

    /// The stamp of what a path names, following symbolic links, or `nil` when there is nothing.
    func stamp(_ path: RelativePath) throws(FileError) -> FileStamp?

    /// The stamps of many paths below a folder, as ``stamp(_:)`` gives them, for less: best when they are sorted, so that
    /// neighbours lie together.
    func stamps(_ paths: [RelativePath], below folder: RelativePath) -> [Result<FileStamp?, FileError>]

    /// Writes a whole file where nobody looks for it yet, so that a part of it may show. Missing folders are made.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - bytes: its content.
    ///   - mark: what the file bears from then on, where marks are known.
    /// - Returns: the stamp of what was written.
    /// - Throws: what the system refuses.
    func create(_ path: RelativePath, _ bytes: Span<UInt8>, mark: FileMark?) throws(FileError) -> FileStamp

    /// Writes the bytes of another file, of this file system or another, as ``create(_:_:mark:)`` writes them; of a large file only
    /// parts are held at a time.
    ///
    /// - Returns: what was written, without its bytes; `nil` when there is no such file. The fingerprint is
    ///   ``Text/Fingerprint/absent`` when the file was changed while it was read.
    func create(
        _ path: RelativePath, copyOf source: RelativePath, in other: any FileSystem, mark: FileMark?
    ) throws(FileError) -> ExaminedFile?

    /// Writes a whole file: a reader sees the old bytes or the new, never a part. Missing folders are made.
    ///
    /// - Returns: the stamp of what was written.
    func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp

    /// Writes a whole file whose bytes lie in several places, as ``write(_:_:)`` does.
    func write(_ path: RelativePath, parts: any ScatteredBytes) throws(FileError) -> FileStamp

    /// Appends to a file, making it if it is missing.
    func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError)

    /// Copies a file's content (never a link to it), with mode 0644, as ``write(_:_:)`` would write it.
    func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp

    /// Renames a file or folder over whatever file bears the new name. Missing folders are made.
    func rename(_ source: RelativePath, to target: RelativePath) throws(FileError)

    /// Renames a file or folder, unless there is something of the new name. Missing folders are made.
    ///
    /// - Returns: whether it was renamed.
    func renameIfAbsent(_ source: RelativePath, to target: RelativePath) throws(FileError) -> Bool

    /// Makes a folder and those above it; nothing happens when it is there.
    func makeFolder(_ path: RelativePath) throws(FileError)

    /// Makes a folder that nobody else may look into.
    ///
    /// - Returns: false when there is something of that name.
    func makePrivateFolder(_ path: RelativePath) throws(FileError) -> Bool

    /// Removes a file; nothing happens when there is none.
    func remove(_ path: RelativePath) throws(FileError)

    /// Removes a folder if it is empty.
    ///
    /// - Returns: whether it was removed.
    func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool

    /// Makes two files or folders change places: how a whole tree is published by one rename.
    ///
    /// Both must exist, and neither may lie inside the other.
    func exchange(_ one: RelativePath, with other: RelativePath) throws(FileError)

    /// The bytes of a file without reading them before they are touched, or `nil` when there is no such file.
    func map(_ path: RelativePath) throws(FileError) -> MappedFile?

    /// Whether a file bears a mark, and whether it is that one, and the file no copy.
    func fit(_ mark: FileMark, _ path: RelativePath) -> MarkFit

    /// The number that a folder bears, beside what is in it and known elsewhere; it goes where the folder goes, and to copies
    /// that take all along.
    func seal(of folder: RelativePath) -> UInt64?

    /// Gives a folder a number, or takes it away; where such numbers are unknown, nothing happens.
    func setSeal(_ value: UInt64?, of folder: RelativePath)

    /// Whether a name is a symbolic link, whatever it leads to.
    func isLink(_ path: RelativePath) -> Bool

    /// What a folder holds, sorted by the bytes of the names, links not followed: each counts as ``FileKind/other``. A folder
    /// that is a link itself holds nothing.
    func listUnlinked(_ folder: RelativePath) throws(FileError) -> [FolderEntry]?

    /// Now, by the clock that stamps files here, in nanoseconds since 1970: a network disk has its own.
    func now() throws(FileError) -> Int64
}

extension FileSystem {
    /// One by one.
    public func stamps(
        _ paths: [RelativePath], below folder: RelativePath
    ) -> [Result<FileStamp?, FileError>] {
        stampsOneByOne(paths, below: folder)
    }

    /// Put together first.
    public func write(_ path: RelativePath, parts: any ScatteredBytes) throws(FileError) -> FileStamp {
        var bytes: [UInt8] = []
        try parts.forEachPart { (part) throws(FileError) in
            unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        }
        return try write(path, bytes.span)
    }

    func stampsOneByOne(
        _ paths: [RelativePath], below folder: RelativePath
    ) -> [Result<FileStamp?, FileError>] {
        paths.map { path in
            do throws(FileError) {
                return .success(try stamp(folder.appending(path.bytes)))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Reads the whole file, for file systems that cannot read parts.
    public func examine(_ path: RelativePath, keeping most: Int) throws(FileError) -> ExaminedFile? {
        try read(path).map { contents in
            ExaminedFile(
                bytes: contents.bytes.count > most ? nil : contents.bytes,
                fingerprint: Fingerprint(of: contents.bytes), stamp: contents.stamp)
        }
    }

    /// Reads the whole file, for file systems that cannot read parts.
    public func create(
        _ path: RelativePath, copyOf source: RelativePath, in other: any FileSystem, mark: FileMark?
    ) throws(FileError) -> ExaminedFile? {
        try createWhole(path, copyOf: source, in: other, mark: mark)
    }

    func createWhole(
        _ path: RelativePath, copyOf source: RelativePath, in other: any FileSystem, mark: FileMark?
    ) throws(FileError) -> ExaminedFile? {
        guard let contents = try other.read(source) else { return nil }
        let stamp = try create(path, contents.bytes.span, mark: mark)
        return ExaminedFile(bytes: nil, fingerprint: Fingerprint(of: contents.bytes), stamp: stamp)
    }

    /// As any other file, for file systems that have no cheaper way, and no marks.
    public func create(
        _ path: RelativePath, _ bytes: Span<UInt8>, mark: FileMark?
    ) throws(FileError) -> FileStamp { try write(path, bytes) }

    /// Without marks, none has one.
    public func fit(_ mark: FileMark, _ path: RelativePath) -> MarkFit { .none }

    /// Without numbers, none has one.
    public func seal(of folder: RelativePath) -> UInt64? { nil }

    /// Without numbers, none is given.
    public func setSeal(_ value: UInt64?, of folder: RelativePath) {}

    /// Without links, there is none.
    public func isLink(_ path: RelativePath) -> Bool { false }

    /// Without links, as any list.
    public func listUnlinked(_ folder: RelativePath) throws(FileError) -> [FolderEntry]? { try list(folder) }

    /// By a look before, for file systems that know no better.
    public func renameIfAbsent(_ source: RelativePath, to target: RelativePath) throws(FileError) -> Bool {
        if try stamp(target) != nil { return false }
        try rename(source, to: target)
        return true
    }

    /// Folders come with what is put in them, for file systems that make none alone.
    public func makeFolder(_ path: RelativePath) throws(FileError) {}

    /// As any folder, for file systems that know no rights.
    public func makePrivateFolder(_ path: RelativePath) throws(FileError) -> Bool {
        if try stamp(path) != nil { return false }
        try makeFolder(path)
        return true
    }

    /// Three renames, for file systems that cannot exchange: in between, one of the names is missing.
    public func exchange(_ one: RelativePath, with other: RelativePath) throws(FileError) {
        let aside = RelativePath(unchecked: one.bytes + Array(".exchange".utf8))
        try rename(one, to: aside)
        try rename(other, to: one)
        try rename(aside, to: other)
    }

    /// Reads the whole file, for file systems that cannot map.
    public func map(_ path: RelativePath) throws(FileError) -> MappedFile? {
        try read(path).map { MappedFile(bytes: $0.bytes) }
    }
}

/// What was read from a file.
public struct FileContents: Sendable {
    /// All its bytes.
    public let bytes: [UInt8]
    /// The stamp it bore while it was read.
    public let stamp: FileStamp

    /// Bytes with their stamp.
    public init(bytes: [UInt8], stamp: FileStamp) {
        self.bytes = bytes
        self.stamp = stamp
    }
}

/// A file that was looked into.
public struct ExaminedFile: Sendable {
    /// All its bytes, if they were kept.
    public let bytes: [UInt8]?
    /// What stands for them.
    public let fingerprint: Fingerprint
    /// The stamp it bore.
    public let stamp: FileStamp
    /// Whether the path is a link to it: where that leads, the stamp does not say.
    public let isLinked: Bool

    init(bytes: [UInt8]?, fingerprint: Fingerprint, stamp: FileStamp, isLinked: Bool = false) {
        self.isLinked = isLinked
        self.bytes = bytes
        self.fingerprint = fingerprint
        self.stamp = stamp
    }
}

/// The world's refusal: which operation on which path, and the reason the operating system gave.
public struct FileError: Error, Hashable, Sendable {
    /// What was tried: "read", "write", "rename".
    public let operation: String
    /// On which path.
    public let path: RelativePath
    /// The operating system's number for the reason (`errno`).
    public let code: Int32

    /// A refusal.
    public init(operation: String, path: RelativePath, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }
}
