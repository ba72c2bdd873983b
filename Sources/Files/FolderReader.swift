internal import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads one folder of a disk, entry by entry.
@safe struct FolderReader: ~Copyable {
    private let disk: DiskFileSystem
    private let folder: RelativePath
    // Opened in `init`, closed in `deinit`; never null.
    private let stream: SystemCalls.FolderStream
    private let number: Int32
    /// The entry that `next` came to.
    private var entry: UnsafeMutablePointer<dirent>?

    /// Opens a folder; `nil` when there is none.
    init?(_ disk: DiskFileSystem, _ folder: RelativePath) throws(FileError) {
        guard let stream = unsafe disk.withPath(folder, { unsafe opendir($0.start) }) else {
            if SystemError(errno).meansAbsent { return nil }
            throw disk.refusal("list", folder)
        }
        self.disk = disk
        self.folder = folder
        unsafe self.stream = stream
        self.number = unsafe dirfd(stream)
        unsafe entry = nil
    }

    deinit {
        unsafe _ = closedir(stream)
    }

    /// The next name, without `.` and `..`.
    mutating func next() throws(FileError) -> [UInt8]? {
        while true {
            errno = 0
            unsafe self.entry = readdir(stream)
            guard let entry = unsafe self.entry else {
                if errno != 0 { throw disk.refusal("list", folder) }
                return nil
            }
            let name: [UInt8]? = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                let start = unsafe UnsafeRawPointer(tuple).assumingMemoryBound(to: UInt8.self)
                let count = unsafe strlen(UnsafeRawPointer(tuple).assumingMemoryBound(to: CChar.self))
                let dot = UInt8(ascii: ".")
                if count <= 2, unsafe start[0] == dot, unsafe count == 1 || start[1] == dot { return nil }
                return unsafe Array(UnsafeBufferPointer(start: start, count: count))
            }
            if let name { return name }
        }
    }

    /// The number of the entry's inode; of a link, its own.
    var inode: UInt64 { unsafe entry.map { unsafe UInt64($0.pointee.d_ino) } ?? 0 }

    /// What the entry is, if the folder itself tells.
    var kindWithoutStatus: FileKind? {
        guard let entry = unsafe self.entry else { return nil }
        switch unsafe Int(entry.pointee.d_type) {
        case 8: return .file
        case 4: return .folder
        case 1, 2, 6, 12: return .other
        default: return nil
        }
    }

    /// The entry with its stamp, or `nil` when it has just been removed.
    func stamped(_ name: [UInt8]) -> StampedEntry? {
        guard let entry = unsafe self.entry else { return nil }
        var status = stat()
        // Where the folder does not tell (0), every entry may be a link (10).
        let type = unsafe Int(entry.pointee.d_type)
        let isLink = type == 10 || type == 0
        let (isReached, isFound) = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            let start = unsafe UnsafeRawPointer(tuple).assumingMemoryBound(to: CChar.self)
            if unsafe fstatat(number, start, &status, 0) == 0 { return (true, true) }
            return unsafe (false, fstatat(number, start, &status, AT_SYMLINK_NOFOLLOW) == 0)
        }
        if !isFound { return nil }
        let stamp = FileStamp(status)
        var kind = stamp.kind
        if !isReached, status.st_mode & S_IFMT == S_IFLNK {
            kind = .dead
        } else if isLink, kind == .folder || kind == .file, disk.leadsOutside(folder.appending(name)) {
            kind = .outside
        } else if kind == .folder, isLink, disk.isAbove(status, folder) {
            kind = .dead
        }
        return StampedEntry(entry: FolderEntry(name: name, kind: kind), stamp: stamp)
    }
}

extension DiskFileSystem {
    /// Whether a folder that a link leads to is the folder of the link or one above it on the way from the root.
    func isAbove(_ target: stat, _ folder: RelativePath) -> Bool {
        var place = folder
        while true {
            if case .success(let status) = status(place), status.st_ino == target.st_ino,
                status.st_dev == target.st_dev
            {
                return true
            }
            if place.isRoot { return false }
            place = place.parent
        }
    }
}
