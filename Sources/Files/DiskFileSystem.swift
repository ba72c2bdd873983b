import Synchronization
public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The door onto the disk: one folder and all below it.
///
/// Symbolic links are followed; a link that leads to a folder it lies in counts as nothing, so that a walk
/// ends. Listing a folder tells links that lead out of the root (``FileKind/outside``), and a door that stays inside opens
/// no file through one; whoever asks for a file by a name that somebody wrote looks at the folders on its way as well. Paths go to the operating system as the bytes they are. Modes are 0644 for files and 0755 for folders
/// whatever the process's mask says, since the output must not depend on who built it.
public final class DiskFileSystem: FileSystem {
    /// The root's path, without a slash at the end; `.` for the working directory.
    public let root: [UInt8]
    /// Where temporary files are made before they are renamed, on the same volume; beside the target when nil.
    public let staging: RelativePath?

    /// Whether a file is refused that is a link to what lies outside of the root.
    public let staysInside: Bool

    /// Whether files are marked: not, once the disk has refused a mark.
    public var marksFiles: Bool { marks.load(ordering: .relaxed) }

    let marks = Atomic<Bool>(true)

    let temporaryCount = Atomic<Int>(0)
    /// Which permissions the system takes from what this process makes.
    let creationMask: mode_t
    /// The folder in which ``create(_:_:)`` was last; only a hint.
    let lastFolder = Mutex(RelativePath.root)

    /// A door onto a folder, which need not exist yet.
    ///
    /// - Parameters:
    ///   - root: the folder, absolute or relative to the working directory.
    ///   - staging: the folder for temporary files, inside the root and on the same volume; made when needed.
    ///   - staysInside: whether a file that is a link to what lies outside of the root is refused
    ///     (``FileError/leadsOutside``) where it is read, mapped or copied. For files that are no links this costs nothing.
    public init(root: [UInt8], staging: RelativePath? = nil, staysInside: Bool = false) {
        var trimmed = root
        while trimmed.count > 1, trimmed.last == UInt8(ascii: "/") { trimmed.removeLast() }
        self.root = trimmed.isEmpty ? [UInt8(ascii: ".")] : trimmed
        self.staging = staging
        self.staysInside = staysInside
        creationMask = Self.currentMask
    }

    /// A door onto a folder whose path is text.
    public convenience init(root: String, staging: RelativePath? = nil, staysInside: Bool = false) {
        self.init(root: Array(root.utf8), staging: staging, staysInside: staysInside)
    }

    /// The permissions that the system takes from what this process makes (umask(2)).
    ///
    /// Linux tells it in `/proc/self/status` (proc_pid_status(5)); elsewhere it can be asked for only by setting it, which
    /// others who make files at that moment would notice.
    private static var currentMask: mode_t {
        if let status = unsafe fopen("/proc/self/status", "re") {
            defer { unsafe fclose(status) }
            var line = [CChar](repeating: 0, count: 256)
            while unsafe fgets(&line, Int32(line.count), status) != nil {
                guard unsafe strncmp(line, "Umask:", 6) == 0 else { continue }
                let digits = line[6...].map { UInt8(bitPattern: $0) }.drop { $0 == 0x09 || $0 == 0x20 }
                return digits.prefix { (0x30...0x37).contains($0) }.reduce(0) { $0 << 3 | mode_t($1 - 0x30) }
            }
        }
        let mask = umask(0o022)
        _ = umask(mask)
        return mask
    }

    // MARK: Reading

    /// The bytes of a regular file and its stamp.
    public func read(_ path: RelativePath) throws(FileError) -> FileContents? {
        guard let file = try openForReading(path, operation: "read") else { return nil }
        return try contents(of: file, path)
    }

    /// The bytes of a regular file, mapped.
    public func map(_ path: RelativePath) throws(FileError) -> MappedFile? {
        guard let file = try openForReading(path, operation: "map") else { return nil }
        guard
            let mapped = MappedFile(descriptor: file.descriptor.number, count: Int(clamping: file.stamp.size))
        else { throw refusal("map", path) }
        return mapped
    }

    /// What a folder holds, sorted by the bytes of the names.
    public func list(_ folder: RelativePath) throws(FileError) -> [FolderEntry]? {
        guard var reader = try FolderReader(self, folder) else { return nil }
        var entries: [FolderEntry] = []
        while let name = try reader.next() {
            if let kind = reader.kindWithoutStatus {
                entries.append(FolderEntry(name: name, kind: kind))
            } else if let stamped = reader.stamped(name) {
                entries.append(stamped.entry)
            }
        }
        entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
        return entries
    }

    /// What a folder holds, and of each entry whether it may be a link.
    func listWithLinks(_ folder: RelativePath) throws(FileError) -> [(FolderEntry, mayBeLink: Bool)] {
        guard var reader = try FolderReader(self, folder) else { return [] }
        var entries: [(FolderEntry, mayBeLink: Bool)] = []
        while let name = try reader.next() {
            if let kind = reader.kindWithoutStatus {
                entries.append((FolderEntry(name: name, kind: kind), false))
            } else if let stamped = reader.stamped(name) {
                entries.append((stamped.entry, true))
            }
        }
        return entries
    }

    /// What a folder holds, sorted by the bytes of the names, each with its stamp.
    ///
    /// - Complexity: one `readdir` and one `fstatat` an entry: about 2 µs.
    public func listWithStamps(_ folder: RelativePath) throws(FileError) -> [StampedEntry]? {
        guard var reader = try FolderReader(self, folder) else { return nil }
        var entries: [StampedEntry] = []
        while let name = try reader.next() {
            if let stamped = reader.stamped(name) { entries.append(stamped) }
        }
        // Numbers are cheaper to move about than entries.
        var order = Array(0..<entries.count)
        order.sort { ByteOrder.precedes(entries[$0].entry.name, entries[$1].entry.name) }
        return order.map { entries[$0] }
    }

    /// The stamp of what a path names, links followed.
    public func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? {
        switch status(path) {
        case .success(let status): return FileStamp(status)
        case .failure(let error):
            if error.meansAbsent { return nil }
            throw FileError(operation: "stamp", path: path, code: error.code)
        }
    }

    /// The stamps of many paths: the way to the folder in which all of them lie is gone once.
    public func stamps(
        _ paths: [RelativePath], below folder: RelativePath
    ) -> [Result<FileStamp?, FileError>] {
        let shared = Self.sharedFolder(of: paths)
        let inner = RelativePath(unchecked: Array(paths.first?.bytes.prefix(Swift.max(shared - 1, 0)) ?? []))
        let number = withPath(folder.appending(inner.bytes)) {
            unsafe open($0.start, SystemCalls.pathOnly | O_DIRECTORY | O_CLOEXEC)
        }
        if number < 0 { return stampsOneByOne(paths, below: folder) }
        let descriptor = Descriptor(number)
        return paths.map { path in
            var status = stat()
            if Self.status(&status, of: path.bytes.span.extracting(droppingFirst: shared), in: descriptor) {
                return .success(FileStamp(status))
            }
            let error = SystemError(errno)
            if error.meansAbsent { return .success(nil) }
            return .failure(
                FileError(operation: "stamp", path: folder.appending(path.bytes), code: error.code))
        }
    }

    /// Now, by the clock of the disk that holds the staging folder, or of this machine if there is none.
    public func now() throws(FileError) -> Int64 {
        if let staging {
            do throws(FileError) {
                let clock = try openForWriting(
                    staging.appending("clock"), flags: O_WRONLY | O_CREAT | O_NOFOLLOW, operation: "now")
                if futimens(clock.descriptor.number, nil) == 0, let status = clock.descriptor.status {
                    return FileStamp(status).modified
                }
            } catch {
                // A disk that cannot be written to has no clock to ask; this machine's must do.
            }
        }
        var time = timespec()
        unsafe _ = clock_gettime(CLOCK_REALTIME, &time)
        return time.nanoseconds
    }
}
