import Glibc

/// Calls of Linux that the C library hides from Swift, since they are extensions; looked up by name once.
///
/// Each says `ENOSYS` where the C library does not know it.
enum LinuxCalls {
    private typealias Exchange =
        @Sendable @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    private typealias CopyRange =
        @Sendable @convention(c) (
            Int32, UnsafeMutablePointer<Int64>?, Int32, UnsafeMutablePointer<Int64>?, Int, UInt32
        ) -> Int
    private typealias SetAttribute =
        @Sendable @convention(c) (
            Int32, UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32
        ) -> Int32
    private typealias GetAttribute =
        @Sendable @convention(c) (
            UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer?, Int
        ) -> Int
    private typealias Status =
        @Sendable @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer
        ) -> Int32
    private typealias SynchronizeVolume = @Sendable @convention(c) (Int32) -> Int32

    private static let renameat2: Exchange? = unsafe function("renameat2", as: Exchange.self)
    private static let copyRange: CopyRange? = unsafe function("copy_file_range", as: CopyRange.self)
    private static let syncfs: SynchronizeVolume? = unsafe function("syncfs", as: SynchronizeVolume.self)

    private static let statx: Status? = unsafe function("statx", as: Status.self)
    private static let fsetxattr: SetAttribute? = unsafe function("fsetxattr", as: SetAttribute.self)
    private static let getxattr: GetAttribute? = unsafe function("getxattr", as: GetAttribute.self)

    /// The function of that name; the caller makes sure of its type.
    @unsafe private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
        guard let address = unsafe dlsym(nil, name) else { return nil }
        return unsafe unsafeBitCast(address, to: type)
    }

    /// `O_PATH`: a folder that is only walked through needs no permission to be read.
    static let pathOnly: Int32 = 0o10_000_000

    /// `renameat2` with `RENAME_EXCHANGE`.
    @unsafe static func exchange(_ one: UnsafePointer<CChar>, _ other: UnsafePointer<CChar>) -> Int32 {
        guard let call = unsafe renameat2 else {
            errno = ENOSYS
            return -1
        }
        return unsafe call(AT_FDCWD, one, AT_FDCWD, other, 2)
    }

    /// `copy_file_range` of up to a gigabyte from where both files stand.
    static func copyFileRange(from source: Int32, to target: Int32) -> Int {
        guard let call = unsafe copyRange else {
            errno = ENOSYS
            return -1
        }
        return call(source, nil, target, nil, 1 << 30, 0)
    }

    /// What a link says, or `nil` for what is no link.
    static func linkTarget(of path: [UInt8]) -> [UInt8]? {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe (path + [0]).withUnsafeBytes { path in
            unsafe target.withUnsafeMutableBytes { target in
                guard let from = unsafe path.assumingMemoryBound(to: CChar.self).baseAddress,
                    let to = unsafe target.assumingMemoryBound(to: CChar.self).baseAddress
                else { return -1 }
                return unsafe readlink(from, to, target.count)
            }
        }
        return count > 0 ? Array(target.prefix(count)) : nil
    }

    /// The absolute path of a folder without links in it, or `nil` when there is none.
    static func resolved(_ path: [UInt8]) -> [UInt8]? {
        unsafe (path + [0]).withUnsafeBytes { path in
            guard let start = unsafe path.assumingMemoryBound(to: CChar.self).baseAddress,
                let resolved = unsafe realpath(start, nil)
            else { return nil }
            defer { unsafe free(resolved) }
            return unsafe UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)).map { $0 }
        }
    }

    /// Gives an open file an extended attribute (xattr(7)) of 8 bytes.
    ///
    /// - Returns: whether the file system has such attributes.
    static func mark(_ descriptor: Int32, _ attribute: StaticString, _ value: UInt64) -> Bool {
        guard let call = unsafe fsetxattr else { return false }
        var value = value.littleEndian
        return unsafe attribute.utf8Start.withMemoryRebound(
            to: CChar.self, capacity: attribute.utf8CodeUnitCount
        ) {
            unsafe call(descriptor, $0, &value, 8, 0) == 0
        }
    }

    /// The 8 bytes of an extended attribute; `nil` where a file has none, or one of another length.
    @unsafe static func mark(of path: UnsafePointer<CChar>, _ attribute: StaticString) -> UInt64? {
        guard let call = unsafe getxattr else { return nil }
        var value: UInt64 = 0
        let count = unsafe attribute.utf8Start.withMemoryRebound(
            to: CChar.self, capacity: attribute.utf8CodeUnitCount
        ) {
            unsafe call(path, $0, &value, 8)
        }
        return count == 8 ? UInt64(littleEndian: value) : nil
    }

    /// Whether a path is the root of a mount (statx(2), `STATX_ATTR_MOUNT_ROOT`, since Linux 5.8); `false` where nobody knows.
    ///
    /// Of `struct statx`, 256 bytes: `stx_attributes` is at 8, `stx_attributes_mask` at 56, both 64 bits.
    @unsafe static func isMountRoot(_ path: UnsafePointer<CChar>) -> Bool {
        guard let call = unsafe statx else { return false }
        return unsafe withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { status in
            guard let start = status.baseAddress, unsafe call(AT_FDCWD, path, 0, 0, start) == 0 else {
                return false
            }
            let attributes = unsafe start.load(fromByteOffset: 8, as: UInt64.self)
            let known = unsafe start.load(fromByteOffset: 56, as: UInt64.self)
            return attributes & known & 0x2000 != 0
        }
    }

    /// `syncfs`, or `sync` for want of it.
    static func synchronizeVolume(of descriptor: Int32) -> Int32 {
        guard let call = syncfs else {
            sync()
            return 0
        }
        return call(descriptor)
    }
}
