import Synchronization
public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Marks of files and seals of folders, both extended attributes (xattr(7)).
extension DiskFileSystem {
    /// The attribute of files: the mark's place, mixed with the number of the inode, and its owner; 8 bytes each.
    static let mark: StaticString = "user.site.output"
    /// The attribute of folders, 8 bytes.
    static let seal: StaticString = "user.site.folder"

    /// What is kept for a mark on a file.
    private static func words(_ mark: FileMark, inode: UInt64) -> (UInt64, UInt64) {
        // An odd factor keeps different inodes apart.
        (mark.place ^ (inode &* 0x9E37_79B9_7F4A_7C15), mark.owner)
    }

    /// Gives a file that is being written a mark, unless the disk has refused one before.
    func mark(_ file: borrowing OpenFile, _ mark: FileMark) {
        guard marks.load(ordering: .relaxed) else { return }
        let words = Self.words(mark, inode: file.stamp.inode)
        if !SystemCalls.setAttribute(file.descriptor.number, Self.mark, words) {
            marks.store(false, ordering: .relaxed)
        }
    }

    /// What the mark of a file says; a link has none.
    public func fit(_ mark: FileMark, _ path: RelativePath) -> MarkFit {
        guard let found = withPath(path, { unsafe SystemCalls.attribute(of: $0.start, Self.mark) }),
            let status = withLinkStatus(path)
        else { return .none }
        if found.count == 8, found.words.0 == UInt64(status.st_ino) { return .aged }
        if found.count != 16 { return .none }
        let words = Self.words(mark, inode: UInt64(status.st_ino))
        if found.words.1 != words.1 { return .others }
        return found.words.0 == words.0 ? .fitting : .strayed
    }

    private func withLinkStatus(_ path: RelativePath) -> stat? {
        var status = stat()
        return withPath(path, { unsafe lstat($0.start, &status) }) == 0 ? status : nil
    }

    /// The number that a folder bears.
    public func seal(of folder: RelativePath) -> UInt64? {
        guard let found = withPath(folder, { unsafe SystemCalls.attribute(of: $0.start, Self.seal) }),
            found.count == 8
        else { return nil }
        return found.words.0
    }

    /// Gives a folder a number, or takes it away.
    public func setSeal(_ value: UInt64?, of folder: RelativePath) {
        KillPoint.pass()
        withPath(folder) { unsafe SystemCalls.setAttribute($0.start, Self.seal, value) }
    }

    /// Whether a name is a symbolic link.
    public func isLink(_ path: RelativePath) -> Bool {
        withLinkStatus(path).map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
    }

    /// What a folder holds, links unfollowed; a folder that is a link holds nothing.
    public func listUnlinked(_ folder: RelativePath) throws(FileError) -> [FolderEntry]? {
        if isLink(folder) { return nil }
        guard var reader = try FolderReader(self, folder) else { return nil }
        var entries: [FolderEntry] = []
        while let name = try reader.next() {
            if let kind = reader.kindWithoutStatus {
                entries.append(FolderEntry(name: name, kind: kind))
            } else if let status = withLinkStatus(folder.appending(name)) {
                entries.append(FolderEntry(name: name, kind: FileStamp(status).kind))
            }
        }
        entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
        return entries
    }
}
