#if os(Linux)
    import Glibc

    /// Calls that every system has in another way; here those of Linux that the C library hides from Swift, since they are
    /// extensions; looked up by name once.
    ///
    /// Each says `ENOSYS` where the C library does not know it.
    enum SystemCalls {
        private typealias Exchange =
            @Sendable @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) ->
            Int32
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
        private typealias SetPathAttribute =
            @Sendable @convention(c) (
                UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32
            ) -> Int32
        private typealias RemoveAttribute =
            @Sendable @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
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
        private static let lgetxattr: GetAttribute? = unsafe function("lgetxattr", as: GetAttribute.self)
        private static let lsetxattr: SetPathAttribute? = unsafe function(
            "lsetxattr", as: SetPathAttribute.self)
        private static let lremovexattr: RemoveAttribute? = unsafe function(
            "lremovexattr", as: RemoveAttribute.self)

        /// The function of that name; the caller makes sure of its type.
        @unsafe private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
            guard let address = unsafe dlsym(nil, name) else { return nil }
            return unsafe unsafeBitCast(address, to: type)
        }

        /// What an open folder is read by.
        typealias FolderStream = OpaquePointer

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

        /// `renameat2` with `RENAME_NOREPLACE`.
        @unsafe static func renameIfAbsent(_ old: UnsafePointer<CChar>, _ new: UnsafePointer<CChar>) -> Int32
        {
            guard let call = unsafe renameat2 else {
                errno = ENOSYS
                return -1
            }
            return unsafe call(AT_FDCWD, old, AT_FDCWD, new, 1)
        }

        /// `copy_file_range` of up to a gigabyte from where both files stand.
        static func copyFileRange(from source: Int32, to target: Int32) -> Int {
            guard let call = unsafe copyRange else {
                errno = ENOSYS
                return -1
            }
            return call(source, nil, target, nil, 1 << 30, 0)
        }

        /// Gives an open file an extended attribute (xattr(7)) of 16 bytes.
        ///
        /// - Returns: whether the file system has such attributes.
        static func setAttribute(
            _ descriptor: Int32, _ attribute: StaticString, _ value: (UInt64, UInt64)
        ) -> Bool {
            guard let call = unsafe fsetxattr else { return false }
            var value = (value.0.littleEndian, value.1.littleEndian)
            return unsafe withName(attribute) { unsafe call(descriptor, $0, &value, 16, 0) == 0 }
        }

        /// Gives a file or folder an extended attribute of 8 bytes, or takes it away.
        @unsafe static func setAttribute(
            _ path: UnsafePointer<CChar>, _ attribute: StaticString, _ value: UInt64?
        ) {
            if var value = value?.littleEndian {
                guard let call = unsafe lsetxattr else { return }
                unsafe withName(attribute) { unsafe _ = call(path, $0, &value, 8, 0) }
            } else if let call = unsafe lremovexattr {
                unsafe withName(attribute) { unsafe _ = call(path, $0) }
            }
        }

        /// Up to 16 bytes of an extended attribute and how many there are; `nil` where there is none, or a longer one.
        @unsafe static func attribute(
            of path: UnsafePointer<CChar>, _ attribute: StaticString
        ) -> (words: (UInt64, UInt64), count: Int)? {
            guard let call = unsafe lgetxattr else { return nil }
            var value: (UInt64, UInt64) = (0, 0)
            let count = unsafe withName(attribute) { unsafe call(path, $0, &value, 16) }
            return count < 0 ? nil : ((UInt64(littleEndian: value.0), UInt64(littleEndian: value.1)), count)
        }

        @unsafe private static func withName<Result>(
            _ name: StaticString, _ body: (UnsafePointer<CChar>) -> Result
        ) -> Result {
            unsafe name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount) {
                unsafe body($0)
            }
        }

        /// The number of the mount in which a path lies (statx(2), `STATX_MNT_ID`, since Linux 5.8); `nil` where nobody knows.
        ///
        /// Of `struct statx`, 256 bytes: `stx_mask` is at 0, 32 bits; `stx_mnt_id` at 144, 64 bits.
        @unsafe static func mountNumber(_ path: UnsafePointer<CChar>) -> UInt64? {
            guard let call = unsafe statx else { return nil }
            return unsafe withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { status in
                guard let start = status.baseAddress, unsafe call(AT_FDCWD, path, 0, 0x1000, start) == 0,
                    unsafe start.load(as: UInt32.self) & 0x1000 != 0
                else { return nil }
                return unsafe start.load(fromByteOffset: 144, as: UInt64.self)
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

    extension stat {
        /// When the content was last changed.
        var contentTime: timespec { st_mtim }
        /// When the inode was last changed.
        var inodeTime: timespec { st_ctim }
    }
#endif
