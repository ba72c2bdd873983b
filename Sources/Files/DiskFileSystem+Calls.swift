import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// How the calls of the operating system are made: paths as C takes them, interrupted calls repeated, missing
// folders made, temporary files renamed.
extension DiskFileSystem {
    /// Calls `body` with the path as the operating system takes it.
    func withPath<Result>(_ path: RelativePath, _ body: (SystemPath) -> Result) -> Result {
        let count = root.count + 1 + path.bytes.count + 1
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer in
            var end = unsafe buffer.update(fromContentsOf: root)
            if !path.isRoot {
                // The root of all roots ends in a slash itself.
                if unsafe buffer[end - 1] != UInt8(ascii: "/") {
                    unsafe buffer[end] = UInt8(ascii: "/")
                    end += 1
                }
                unsafe end = buffer[end...].update(fromContentsOf: path.bytes)
            }
            unsafe buffer[end] = 0
            return unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else { preconditionFailure("an empty allocation") }
                return body(unsafe SystemPath(start: start))
            }
        }
    }

    func refusal(_ operation: String, _ path: RelativePath) -> FileError {
        FileError(operation: operation, path: path, code: errno)
    }

    /// The status of what a path names, links followed.
    func status(_ path: RelativePath) -> Result<stat, SystemError> {
        var status = stat()
        if withPath(path, { unsafe fstatat(AT_FDCWD, $0.start, &status, 0) }) == 0 { return .success(status) }
        return .failure(SystemError(errno))
    }

    /// Whether a name is a symbolic link to what does not lie in the root.
    func leadsOutside(_ path: RelativePath) -> Bool {
        var status = stat()
        guard withPath(path, { unsafe lstat($0.start, &status) }) == 0, status.st_mode & S_IFMT == S_IFLNK,
            let target = resolved(path), let top = resolved(.root)
        else { return false }
        if top == [UInt8(ascii: "/")] { return false }
        return target != top && !target.starts(with: top + [UInt8(ascii: "/")])
    }

    /// The path of what a path names without any links in it, from the root of the machine.
    private func resolved(_ path: RelativePath) -> [UInt8]? {
        withPath(path) { name in
            guard let found = unsafe realpath(name.start, nil) else { return nil }
            defer { unsafe free(found) }
            return unsafe Array(
                UnsafeBufferPointer(
                    start: UnsafeRawPointer(found).assumingMemoryBound(to: UInt8.self), count: strlen(found)))
        }
    }

    func linkStatus(_ path: RelativePath, operation: String) throws(FileError) -> stat? {
        var status = stat()
        if withPath(path, { unsafe lstat($0.start, &status) }) == 0 { return status }
        if SystemError(errno).meansAbsent { return nil }
        throw refusal(operation, path)
    }

    /// Opens a regular file; `nil` for anything else.
    func openForReading(
        _ path: RelativePath, operation: String
    ) throws(FileError) -> OpenFile? {
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
        var number = openExisting(path, staysInside ? flags | O_NOFOLLOW : flags)
        // A link, or links among the folders that go round in a circle (open(2)).
        let isLinked = number < 0 && staysInside && errno == ELOOP
        if isLinked {
            if leadsOutside(path) { throw FileError.leadsOutside(path) }
            number = openExisting(path, flags)
        }
        if number < 0 {
            let error = SystemError(errno)
            if error.meansAbsent || error.code == ENXIO { return nil }
            throw refusal(operation, path)
        }
        let descriptor = Descriptor(Int32(number))
        guard let status = descriptor.status else { throw refusal(operation, path) }
        let stamp = FileStamp(status)
        if stamp.kind != .file { return nil }
        return OpenFile(descriptor: descriptor, stamp: stamp, isLinked: isLinked)
    }

    private func openExisting(_ path: RelativePath, _ flags: Int32) -> Int {
        retrying { Int(withPath(path) { unsafe open($0.start, flags) }) }
    }

    func openForWriting(
        _ path: RelativePath, flags: Int32, operation: String
    ) throws(FileError) -> OpenFile {
        var number: Int32 = -1
        try makingFolders(for: path, operation: operation, blame: path) {
            number = withPath(path) { unsafe open($0.start, flags | O_CLOEXEC, 0o644) }
            return number < 0 ? -1 : 0
        }
        let descriptor = Descriptor(number)
        guard let status = descriptor.status else { throw refusal(operation, path) }
        // Whatever the process's mask took away.
        if status.st_mode & 0o7777 != 0o644, fchmod(descriptor.number, 0o644) != 0 {
            throw refusal(operation, path)
        }
        return OpenFile(descriptor: descriptor, stamp: FileStamp(status))
    }

    /// Makes a file that is not there yet; a leftover of that name is removed first, and a link never followed.
    func openNew(_ path: RelativePath, operation: String) throws(FileError) -> OpenFile {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        do throws(FileError) {
            return try openForWriting(path, flags: flags, operation: operation)
        } catch  where error.code == EEXIST {
            if withPath(path, { unsafe unlink($0.start) }) != 0 { throw refusal(operation, path) }
            return try openForWriting(path, flags: flags, operation: operation)
        }
    }

    /// How many bytes of each path name a folder, with its slash, in which all of some sorted paths lie; for others, in
    /// which the first and the last lie, if it is the same.
    static func sharedFolder(of paths: [RelativePath]) -> Int {
        guard let first = paths.first?.bytes, let last = paths.last?.bytes else { return 0 }
        var shared = 0
        for index in 0..<Swift.min(first.count, last.count) {
            if first[index] != last[index] { break }
            if first[index] == UInt8(ascii: "/") { shared = index + 1 }
        }
        let isShared = paths.allSatisfy {
            $0.bytes.count > shared
                && ByteOrder.areEqual(
                    $0.bytes.span.extracting(first: shared), first.span.extracting(first: shared))
        }
        return isShared ? shared : 0
    }

    /// Asks for the status of what a path names, seen from an open folder, links followed; false with `errno` set.
    static func status(
        _ status: inout stat, of path: Span<UInt8>, in folder: borrowing Descriptor
    ) -> Bool {
        let number = folder.number
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: path.count + 1) { buffer in
            for index in path.indices { unsafe buffer[index] = CChar(bitPattern: path[index]) }
            unsafe buffer[path.count] = 0
            guard let start = buffer.baseAddress else { return false }
            return unsafe fstatat(number, start, &status, 0) == 0
        }
    }

    func writeAll(
        _ descriptor: borrowing Descriptor, _ bytes: Span<UInt8>, operation: String, path: RelativePath
    ) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBufferPointer { buffer in
                retrying {
                    unsafe SystemCalls.writeBytes(
                        descriptor.number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                }
            }
            if count < 0 { throw refusal(operation, path) }
            written += count
        }
    }

    /// Fills a temporary file and renames it over `target`.
    func replace(
        _ target: RelativePath, operation: String, fill: (borrowing Descriptor) throws(FileError) -> Void
    ) throws(FileError) -> FileStamp {
        if target.isRoot { throw FileError(operation: operation, path: target, code: EISDIR) }
        let number = temporaryCount.wrappingAdd(1, ordering: .relaxed).newValue
        // Beside the target the name starts with a dot and says whose it is, should a kill leave it there.
        let name = Array(".site-\(Self.process)-\(number).tmp".utf8)
        let temporary = (staging ?? target.parent).appending(name)
        KillPoint.pass()
        let file = try openNew(temporary, operation: operation)
        do throws(FileError) {
            try fill(file.descriptor)
            KillPoint.pass()
            try makingFolders(for: target, operation: operation, blame: target) {
                withPath(temporary) { old in
                    withPath(target) { new in unsafe SystemCalls.renamePath(old.start, new.start) }
                }
            }
        } catch {
            _ = withPath(temporary) { unsafe unlink($0.start) }
            throw error
        }
        // After the rename, which changes the inode's time of change.
        guard let status = file.descriptor.status else { throw refusal(operation, target) }
        return FileStamp(status)
    }

    // Asked for once; the system would be asked each time.
    private static let process = getpid()

    /// Tries a call; when a folder is missing, makes those above `path` and tries once more.
    func makingFolders(
        for path: RelativePath, operation: String, blame: RelativePath, _ call: () -> Int32
    ) throws(FileError) {
        if retrying({ Int(call()) }) >= 0 { return }
        if errno == ENOENT, !path.isRoot {
            try makeFolder(path.parent, operation: operation)
            if retrying({ Int(call()) }) >= 0 { return }
        }
        throw refusal(operation, blame)
    }

    /// Makes a folder; when those above it are missing, makes them and tries once more: there are places, such as
    /// `/proc`, where a folder cannot be made though the one above is there, and the reason is the same.
    func makeFolder(_ path: RelativePath, operation: String, isRetry: Bool = false) throws(FileError) {
        KillPoint.pass()
        if withPath(path, { unsafe mkdir($0.start, 0o755) }) == 0 {
            // What the process masks is given back.
            if creationMask & 0o755 != 0, withPath(path, { unsafe chmod($0.start, 0o755) }) != 0 {
                throw refusal(operation, path)
            }
            return
        }
        switch errno {
        case EEXIST:
            guard case .success(let status) = status(path), FileStamp(status).kind == .folder else {
                throw FileError(operation: operation, path: path, code: ENOTDIR)
            }
        case ENOENT where !path.isRoot && !isRetry:
            try makeFolder(path.parent, operation: operation)
            try makeFolder(path, operation: operation, isRetry: true)
        default:
            throw refusal(operation, path)
        }
    }
}
