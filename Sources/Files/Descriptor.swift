#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file's number; closed when it goes out of scope.
struct Descriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        _ = close(number)
    }

    /// Gives up the number to an owner that will close it.
    consuming func take() -> Int32 {
        let number = number
        discard self
        return number
    }

    /// What the operating system says of the file, or `nil` with `errno` set.
    var status: stat? {
        var status = stat()
        return unsafe fstat(number, &status) == 0 ? status : nil
    }
}

/// A path as C takes it, for the length of one call.
@safe struct SystemPath {
    // Valid inside the closure of `DiskFileSystem.withPath` and never kept.
    let start: UnsafePointer<CChar>
}

/// A file open for reading and the stamp it bore when it was opened.
struct OpenFile: ~Copyable {
    let descriptor: Descriptor
    let stamp: FileStamp
    /// Whether the path is a link to it, where links are looked at.
    var isLinked = false

    /// Gives up the number to an owner that will close it.
    consuming func take() -> Int32 { descriptor.take() }
}

/// A reason that the operating system gave.
struct SystemError: Error {
    let code: Int32

    init(_ code: Int32) {
        self.code = code
    }

    /// Whether it only says that there is nothing under this name.
    ///
    /// A loop of links leads nowhere; a name that is too long cannot exist.
    var meansAbsent: Bool {
        code == ENOENT || code == ENOTDIR || code == ELOOP || code == ENAMETOOLONG
    }

    /// Whether it is not ours to read; macOS says `EPERM` where the person has not allowed it.
    var meansForbidden: Bool { code == EACCES || code == EPERM }
}

/// Repeats a call while a signal interrupts it.
@inline(__always)
func retrying(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

extension timespec {
    var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}

extension FileStamp {
    /// The stamp in what the operating system says.
    init(_ status: stat) {
        self.init(
            inode: UInt64(status.st_ino), size: UInt64(clamping: status.st_size),
            modified: status.contentTime.nanoseconds, changed: status.inodeTime.nanoseconds,
            mode: UInt32(status.st_mode))
    }
}
