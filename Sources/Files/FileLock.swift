public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A lock that only one process can hold; the operating system frees it when the process dies.
///
/// It is a `flock` on a file. Only who has the lock removes the file; who waited for it meanwhile has locked what has no
/// name any more, notices, and asks again: two processes never hold locks of one name. The file holds the process id of
/// the holder, for messages only.
public final class FileLock: Sendable {
    /// What came of asking for a lock.
    public enum Outcome: Sendable {
        /// It is ours until the object goes.
        case acquired(FileLock)
        /// Another has it: the process of this id, if the file says so.
        case held(process: Int32?)
    }

    private let descriptor: Int32

    fileprivate init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // So that nobody is told of a holder that is gone.
        _ = ftruncate(descriptor, 0)
        _ = close(descriptor)
    }
}

extension DiskFileSystem {
    /// Asks for the lock in a file, which is made if it is missing.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - waiting: wait until the other lets go; otherwise answer at once.
    /// - Returns: the lock, or who has it.
    /// - Throws: when the file cannot be made or locked.
    public func lock(_ path: RelativePath, waiting: Bool = false) throws(FileError) -> FileLock.Outcome {
        var attempts = 0
        while true {
            attempts += 1
            let descriptor = Descriptor(
                try openForWriting(path, flags: O_RDWR | O_CREAT, operation: "lock").take())
            if retrying({ Int(flock(descriptor.number, waiting ? LOCK_EX : LOCK_EX | LOCK_NB)) }) != 0 {
                if errno != EWOULDBLOCK { throw refusal("lock", path) }
                return .held(process: holder(descriptor.number))
            }
            // Where a file system gives an open file another number than its name, no attempt would do.
            if !isNamed(descriptor, path), attempts < 100 { continue }
            let text = Array("\(getpid())\n".utf8)
            _ = ftruncate(descriptor.number, 0)
            unsafe text.withUnsafeBytes { buffer in
                unsafe _ = pwrite(descriptor.number, buffer.baseAddress, buffer.count, 0)
            }
            return .acquired(FileLock(descriptor: descriptor.take()))
        }
    }

    /// Waits for the lock in a file, which is made if it is missing.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - willWait: called before a wait, with the id of the process that has the lock, if the file says so.
    /// - Returns: the lock, or `nil` when it was not to be had.
    /// - Throws: when the file cannot be made or locked.
    public func waitForLock(_ path: RelativePath, willWait: (Int32?) -> Void) throws(FileError) -> FileLock? {
        switch try lock(path) {
        case .acquired(let lock): return lock
        case .held(let process): willWait(process)
        }
        guard case .acquired(let lock) = try lock(path, waiting: true) else { return nil }
        return lock
    }

    /// Whether a path still names an open file.
    private func isNamed(_ file: borrowing Descriptor, _ path: RelativePath) -> Bool {
        guard let own = file.status, case .success(let named) = status(path) else { return false }
        return named.st_ino == own.st_ino && named.st_dev == own.st_dev
    }

    private func holder(_ descriptor: Int32) -> Int32? {
        var bytes: [UInt8] = Array(repeating: 0, count: 16)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        let digits = bytes.prefix(max(count, 0)).prefix { $0.isASCIIDigit }
        return Int32(String(decoding: digits, as: UTF8.self))
    }
}

/// A folder that other processes keep out of while they ask for the same lock: a `flock` on the folder itself, so that
/// nothing lies around.
public final class FolderLock: Sendable {
    private let descriptor: Int32

    fileprivate init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Lets others in; so does the end of the object.
    public func release() { _ = flock(descriptor, LOCK_UN) }

    deinit { _ = close(descriptor) }
}

extension DiskFileSystem {
    /// Waits for the lock of a folder.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - willWait: called before a wait.
    /// - Returns: the lock, or `nil` when there is no such folder.
    /// - Throws: when the file system has no such locks.
    public func lockFolder(_ path: RelativePath, willWait: () -> Void) throws(FileError) -> FolderLock? {
        var hasWaited = false
        while true {
            let number = withPath(path) { unsafe open($0.start, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
            if number < 0 {
                if SystemError(errno).meansAbsent { return nil }
                throw refusal("lock", path)
            }
            let lock = FolderLock(descriptor: number)
            if retrying({ Int(flock(number, LOCK_EX | LOCK_NB)) }) != 0 {
                if errno != EWOULDBLOCK { throw refusal("lock", path) }
                if !hasWaited { willWait() }
                hasWaited = true
                if retrying({ Int(flock(number, LOCK_EX)) }) != 0 { throw refusal("lock", path) }
            }
            // Whoever had it may have put another folder in its place.
            var locked = stat()
            guard unsafe fstat(number, &locked) == 0 else { throw refusal("lock", path) }
            guard case .success(let named) = status(path) else { return nil }
            if named.st_ino == locked.st_ino, named.st_dev == locked.st_dev { return lock }
        }
    }
}
