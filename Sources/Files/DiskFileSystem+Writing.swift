import Synchronization
public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What changes the disk.
extension DiskFileSystem {
    /// Writes the file where it goes.
    public func create(
        _ path: RelativePath, _ bytes: Span<UInt8>, mark: FileMark?
    ) throws(FileError) -> FileStamp {
        let file = try openStaged(path)
        try writeAll(file.descriptor, bytes, operation: "write", path: path)
        return try finish(file, path, mark)
    }

    /// Writes the file where it goes, as `fill` has it.
    func create(
        _ path: RelativePath, mark: FileMark?, fill: (borrowing Descriptor) throws(FileError) -> Void
    ) throws(FileError) -> FileStamp {
        let file = try openStaged(path)
        try fill(file.descriptor)
        return try finish(file, path, mark)
    }

    private func openStaged(_ path: RelativePath) throws(FileError) -> OpenFile {
        // In a new tree most files are alone in a folder of their own: trying the file first would be in vain.
        let folder = path.parent
        let isNewFolder = lastFolder.withLock { last in
            if last == folder { return false }
            last = folder
            return true
        }
        if isNewFolder, !folder.isRoot { try makeFolder(folder, operation: "write") }
        KillPoint.pass()
        let file = try openNew(path, operation: "write")
        KillPoint.pass()
        return file
    }

    private func finish(
        _ file: borrowing OpenFile, _ path: RelativePath, _ mark: FileMark?
    ) throws(FileError) -> FileStamp {
        if let mark { self.mark(file, mark) }
        guard let status = file.descriptor.status else { throw refusal("write", path) }
        return FileStamp(status)
    }

    /// Writes a temporary file and renames it over the target.
    public func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
        try replace(path, operation: "write") { descriptor throws(FileError) in
            try writeAll(descriptor, bytes, operation: "write", path: path)
        }
    }

    /// Writes a temporary file part by part and renames it over the target.
    public func write(_ path: RelativePath, parts: any ScatteredBytes) throws(FileError) -> FileStamp {
        try replace(path, operation: "write") { descriptor throws(FileError) in
            try parts.forEachPart { (part) throws(FileError) in
                try writeAll(descriptor, part, operation: "write", path: path)
            }
        }
    }

    /// Appends with one `write` where the operating system takes it whole.
    public func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) {
        let file = try openForWriting(path, flags: O_WRONLY | O_APPEND | O_CREAT, operation: "append")
        let pieces = KillPoint.pieces(of: bytes.count)
        for piece in 0..<pieces {
            let range = (bytes.count * piece / pieces)..<(bytes.count * (piece + 1) / pieces)
            KillPoint.pass()
            try writeAll(file.descriptor, bytes.extracting(range), operation: "append", path: path)
        }
    }

    /// Copies by `copy_file_range`, which shares the blocks on file systems that can.
    public func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        guard let file = try openForReading(source, operation: "copy") else {
            throw FileError(operation: "copy", path: source, code: ENOENT)
        }
        return try replace(target, operation: "copy") { output throws(FileError) in
            var copied = 0
            while true {
                let count = retrying {
                    SystemCalls.copyFileRange(from: file.descriptor.number, to: output.number)
                }
                if count > 0 {
                    copied += count
                } else if count == 0 {
                    return
                } else if copied == 0 {
                    // Between some file systems there is no such thing.
                    while true {
                        let bytes = try readAll(
                            file.descriptor, size: Self.part, path: source, looksFurther: false)
                        if bytes.isEmpty { return }
                        try writeAll(output, bytes.span, operation: "copy", path: target)
                    }
                } else {
                    throw refusal("copy", target)
                }
            }
        }
    }

    /// Renames a file or folder over whatever file bears the new name.
    public func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        try checkRenaming(source, to: target)
        KillPoint.pass()
        try makingFolders(for: target, operation: "rename", blame: source) {
            withPath(source) { old in
                withPath(target) { new in unsafe SystemCalls.renamePath(old.start, new.start) }
            }
        }
    }

    /// As the operating system would say, but before a folder is made for nothing.
    private func checkRenaming(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        if source != target, target.isInside(source) || source.isRoot {
            throw FileError(operation: "rename", path: source, code: EINVAL)
        }
        if try linkStatus(source, operation: "rename") == nil {
            throw FileError(operation: "rename", path: source, code: ENOENT)
        }
    }

    /// Renames by `renameat2` with `RENAME_NOREPLACE`; where that is unknown by a second name and the loss of the first,
    /// and where there are no second names, as for folders, by a look before.
    public func renameIfAbsent(_ source: RelativePath, to target: RelativePath) throws(FileError) -> Bool {
        try checkRenaming(source, to: target)
        KillPoint.pass()
        var isDone = false
        do throws(FileError) {
            try makingFolders(for: target, operation: "rename", blame: source) {
                withPath(source) { old in
                    withPath(target) { new in
                        let result = unsafe SystemCalls.renameIfAbsent(old.start, new.start)
                        if result == 0 || (errno != ENOSYS && errno != EINVAL) {
                            isDone = result == 0
                            return result
                        }
                        if unsafe link(old.start, new.start) == 0 {
                            isDone = true
                            return unsafe unlink(old.start)
                        }
                        return errno == EEXIST || errno == ENOENT ? -1 : 0
                    }
                }
            }
        } catch  where error.code == EEXIST {
            return false
        }
        if isDone { return true }
        if try linkStatus(target, operation: "rename") != nil { return false }
        try rename(source, to: target)
        return true
    }

    /// Makes two paths change places by `renameat2`, or by three renames where that is unknown.
    public func exchange(_ one: RelativePath, with other: RelativePath) throws(FileError) {
        if one != other, one.isInside(other) || other.isInside(one) {
            throw FileError(operation: "exchange", path: one, code: EINVAL)
        }
        KillPoint.pass()
        let result = withPath(one) { first in
            withPath(other) { second in unsafe SystemCalls.exchange(first.start, second.start) }
        }
        if result == 0 { return }
        // A path through a file names nothing.
        if errno == ENOTDIR { throw FileError(operation: "exchange", path: one, code: ENOENT) }
        if errno != ENOSYS && errno != EINVAL { throw refusal("exchange", one) }
        if one == other { return }
        let aside = RelativePath(unchecked: one.bytes + Array(".exchange".utf8))
        try rename(one, to: aside)
        try rename(other, to: one)
        try rename(aside, to: other)
    }

    /// Removes a file or a link.
    public func remove(_ path: RelativePath) throws(FileError) {
        KillPoint.pass()
        if withPath(path, { unsafe unlink($0.start) }) != 0, !SystemError(errno).meansAbsent {
            throw refusal("remove", path)
        }
    }

    /// Removes a folder if it is empty.
    public func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
        if path.isRoot { return false }
        KillPoint.pass()
        if withPath(path, { unsafe rmdir($0.start) }) == 0 { return true }
        let error = SystemError(errno)
        // One that is a volume of its own is busy for as long as it is that.
        if error.meansAbsent || [ENOTEMPTY, EEXIST, EBUSY].contains(error.code) { return false }
        throw refusal("remove folder", path)
    }

    /// Makes a folder and those above it; nothing happens when it is there.
    public func makeFolder(_ path: RelativePath) throws(FileError) {
        try makeFolder(path, operation: "make folder")
    }

    /// Makes a folder that nobody else may look into, unless there is something of that name.
    public func makePrivateFolder(_ path: RelativePath) throws(FileError) -> Bool {
        KillPoint.pass()
        do throws(FileError) {
            try makingFolders(for: path, operation: "make folder", blame: path) {
                withPath(path) { unsafe mkdir($0.start, 0o700) }
            }
            return true
        } catch  where error.code == EEXIST {
            return false
        }
    }

    /// Writes everything that waits for the volume of the root to the device itself.
    public func synchronize() throws(FileError) {
        let number = withPath(.root) { path in unsafe open(path.start, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        if number < 0 { throw refusal("synchronize", .root) }
        let descriptor = Descriptor(number)
        if SystemCalls.synchronizeVolume(of: descriptor.number) != 0 { throw refusal("synchronize", .root) }
    }
}
