#if canImport(Darwin)
    import Darwin

    /// Calls that every system has in another way; here those of macOS, with the members of those of Linux.
    ///
    /// Never run: written by the headers of the system (xnu, Libc) and checked against them by the compiler.
    enum SystemCalls {
        /// What an open folder is read by.
        typealias FolderStream = UnsafeMutablePointer<DIR>

        /// There is no `O_PATH`: a folder that is only walked through must be readable as well.
        static let pathOnly: Int32 = O_RDONLY

        /// `renamex_np` with `RENAME_SWAP`.
        @unsafe static func exchange(_ one: UnsafePointer<CChar>, _ other: UnsafePointer<CChar>) -> Int32 {
            unsafe renameWith(UInt32(RENAME_SWAP), one, other)
        }

        /// `renamex_np` with `RENAME_EXCL`.
        @unsafe static func renameIfAbsent(_ old: UnsafePointer<CChar>, _ new: UnsafePointer<CChar>) -> Int32
        {
            unsafe renameWith(UInt32(RENAME_EXCL), old, new)
        }

        @unsafe private static func renameWith(
            _ flags: UInt32, _ old: UnsafePointer<CChar>, _ new: UnsafePointer<CChar>
        ) -> Int32 {
            let result = unsafe renamex_np(old, new, flags)
            // APFS can do both; of others the callers know what to do for want of it.
            if result != 0, errno == ENOTSUP { errno = ENOSYS }
            return result
        }

        /// There is no such call between open files.
        static func copyFileRange(from source: Int32, to target: Int32) -> Int {
            errno = ENOSYS
            return -1
        }

        /// Gives an open file an extended attribute (setxattr(2)) of 16 bytes.
        ///
        /// - Returns: whether the file system has such attributes.
        static func setAttribute(
            _ descriptor: Int32, _ attribute: StaticString, _ value: (UInt64, UInt64)
        ) -> Bool {
            var value = (value.0.littleEndian, value.1.littleEndian)
            return unsafe withName(attribute) { unsafe fsetxattr(descriptor, $0, &value, 16, 0, 0) == 0 }
        }

        /// Gives a file or folder an extended attribute of 8 bytes, or takes it away.
        @unsafe static func setAttribute(
            _ path: UnsafePointer<CChar>, _ attribute: StaticString, _ value: UInt64?
        ) {
            if var value = value?.littleEndian {
                unsafe withName(attribute) { unsafe _ = setxattr(path, $0, &value, 8, 0, XATTR_NOFOLLOW) }
            } else {
                unsafe withName(attribute) { unsafe _ = removexattr(path, $0, XATTR_NOFOLLOW) }
            }
        }

        /// Up to 16 bytes of an extended attribute and how many there are; `nil` where there is none, or a longer one.
        @unsafe static func attribute(
            of path: UnsafePointer<CChar>, _ attribute: StaticString
        ) -> (words: (UInt64, UInt64), count: Int)? {
            var value: (UInt64, UInt64) = (0, 0)
            let count = unsafe withName(attribute) {
                unsafe getxattr(path, $0, &value, 16, 0, XATTR_NOFOLLOW)
            }
            return count < 0
                ? nil : ((UInt64(littleEndian: value.0), UInt64(littleEndian: value.1)), count)
        }

        @unsafe private static func withName<Result>(
            _ name: StaticString, _ body: (UnsafePointer<CChar>) -> Result
        ) -> Result {
            unsafe name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount) {
                unsafe body($0)
            }
        }

        /// Each mount has a device number of its own: nobody need ask for another.
        @unsafe static func mountNumber(_ path: UnsafePointer<CChar>) -> UInt64? { nil }

        /// `fsync_volume_np`, down to the device itself.
        static func synchronizeVolume(of descriptor: Int32) -> Int32 {
            fsync_volume_np(descriptor, SYNC_VOLUME_FULLSYNC | SYNC_VOLUME_WAIT)
        }
    }

    extension stat {
        /// When the content was last changed.
        var contentTime: timespec { st_mtimespec }
        /// When the inode was last changed.
        var inodeTime: timespec { st_ctimespec }
    }
#endif
