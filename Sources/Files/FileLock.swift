import Glibc
public import Text

/// A lock that only one process can hold; the operating system frees it when the process dies.
///
/// It is a `flock` on a file that stays where it is: removing it would let two processes lock two files of the
/// same name. The file holds the process id of the holder, for messages only.
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
        let descriptor = try openForWriting(path, flags: O_RDWR | O_CREAT, operation: "lock")
        if retrying({ Int(flock(descriptor.number, waiting ? LOCK_EX : LOCK_EX | LOCK_NB)) }) != 0 {
            if errno != EWOULDBLOCK { throw refusal("lock", path) }
            return .held(process: holder(descriptor.number))
        }
        let text = Array("\(getpid())\n".utf8)
        _ = ftruncate(descriptor.number, 0)
        unsafe text.withUnsafeBytes { buffer in
            unsafe _ = pwrite(descriptor.number, buffer.baseAddress, buffer.count, 0)
        }
        return .acquired(FileLock(descriptor: descriptor.take()))
    }

    private func holder(_ descriptor: Int32) -> Int32? {
        var bytes: [UInt8] = Array(repeating: 0, count: 16)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        let digits = bytes.prefix(max(count, 0)).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return Int32(String(decoding: digits, as: UTF8.self))
    }
}
