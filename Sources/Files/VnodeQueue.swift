// Linux has it in libkqueue: whoever has no Mac compiles and tests with a module `CKqueue` over its header.
#if canImport(Darwin) || canImport(CKqueue)
    #if canImport(Darwin)
        import Darwin
    #else
        import CKqueue
        import Glibc
    #endif

    /// A kqueue (kqueue(2)) that is told what happens to open files and folders.
    struct VnodeQueue {
        /// What `poll` waits on.
        var descriptor: Int32 { instance.descriptor }

        private let instance: Instance
        /// Numbers from here on are left to others.
        private let limit: UInt64

        /// So many descriptors are kept for the rest of the process: connections, files that are read, databases.
        private static let spare: UInt64 = 512

        /// Closes the descriptor with the last watch.
        fileprivate final class Instance: Sendable {
            let descriptor: Int32

            init(descriptor: Int32) {
                self.descriptor = descriptor
            }

            deinit {
                _ = close(descriptor)
            }
        }

        /// A file or folder that is listened to for as long as the object lives. As long as it is open, no other gets the
        /// number of its inode.
        final class Watch: Sendable {
            /// The number by which events name it.
            let number: Int32
            private let instance: Instance

            fileprivate init(number: Int32, instance: Instance) {
                self.number = number
                self.instance = instance
            }

            deinit {
                // The kernel forgets what is closed; libkqueue does not hear of it.
                #if canImport(CKqueue)
                    _ = Self.change(instance, number, EV_DELETE, 0)
                #endif
                _ = close(number)
            }

            /// The number of its inode.
            var inode: UInt64? {
                var status = stat()
                return unsafe fstat(number, &status) == 0 ? UInt64(status.st_ino) : nil
            }

            fileprivate static func change(
                _ instance: Instance, _ number: Int32, _ flags: Int32, _ notes: UInt32
            ) -> Int32 {
                var change = unsafe kevent(
                    ident: UInt(number), filter: Int16(EVFILT_VNODE), flags: UInt16(flags), fflags: notes,
                    data: 0, udata: nil)
                return unsafe kevent(instance.descriptor, &change, 1, nil, 0, nil)
            }
        }

        /// What happened to a watch since it was last asked.
        struct Event {
            /// The number of the watch.
            let number: Int32
            private let notes: UInt32

            fileprivate init(_ event: kevent) {
                number = unsafe Int32(truncatingIfNeeded: event.ident)
                notes = unsafe event.fflags
            }

            /// Whether it has another name now, or none.
            var isGone: Bool { notes & UInt32(NOTE_DELETE | NOTE_RENAME | NOTE_REVOKE) != 0 }
        }

        /// Names came into a folder or left it, or it went itself.
        static let folderNotes = UInt32(
            NOTE_WRITE | NOTE_EXTEND | NOTE_LINK | NOTE_DELETE | NOTE_RENAME | NOTE_REVOKE)
        /// A file was written to, or cut off, which only counts as a change of its attributes; or it went.
        static let fileNotes = UInt32(
            NOTE_WRITE | NOTE_EXTEND | NOTE_ATTRIB | NOTE_DELETE | NOTE_RENAME | NOTE_REVOKE)

        #if canImport(Darwin)
            // Does not keep its volume from being ejected.
            private static let openFlags = O_EVTONLY | O_CLOEXEC | O_NONBLOCK
        #else
            private static let openFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
        #endif

        /// A queue, or why there is none.
        static func make() -> Result<VnodeQueue, SystemError> {
            let number = kqueue()
            if number < 0 { return .failure(SystemError(errno)) }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            return .success(VnodeQueue(instance: Instance(descriptor: number), limit: raisedLimit()))
        }

        /// Lets the process open as many files as it may: shells give 256 on macOS, and each watch is an open file.
        private static func raisedLimit() -> UInt64 {
            #if canImport(Darwin)
                let resource = RLIMIT_NOFILE
            #else
                let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            #endif
            var limit = rlimit()
            if unsafe getrlimit(resource, &limit) != 0 { return spare }
            if limit.rlim_cur < limit.rlim_max {
                let former = limit.rlim_cur
                limit.rlim_cur = limit.rlim_max
                if unsafe setrlimit(resource, &limit) != 0 { limit.rlim_cur = former }
            }
            return UInt64(limit.rlim_cur)
        }

        private init(instance: Instance, limit: UInt64) {
            self.instance = instance
            self.limit = limit
        }

        /// Listens to what a path names, links followed.
        ///
        /// - Parameters:
        ///   - path: the path as C takes it.
        ///   - notes: what counts.
        /// - Returns: the watch; or the refusal, `EMFILE` also when hardly any descriptors would be left to others.
        func watch(_ path: SystemPath, _ notes: UInt32) -> Result<Watch, SystemError> {
            let number = Int32(retrying { unsafe Int(open(path.start, Self.openFlags)) })
            if number < 0 { return .failure(SystemError(errno)) }
            // The least number that is free is given: all below it are taken.
            if UInt64(number) + Self.spare >= limit {
                _ = close(number)
                return .failure(SystemError(EMFILE))
            }
            // Its end closes the number.
            let watch = Watch(number: number, instance: instance)
            if retrying({ Int(Watch.change(instance, number, EV_ADD | EV_CLEAR, notes)) }) < 0 {
                return .failure(SystemError(errno))
            }
            return .success(watch)
        }

        /// Listens to what an absolute path names.
        func watch(_ path: [UInt8], _ notes: UInt32) -> Result<Watch, SystemError> {
            unsafe (path.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { characters in
                guard let start = characters.baseAddress else { preconditionFailure("an empty array") }
                return unsafe watch(SystemPath(start: start), notes)
            }
        }

        /// Takes all that happened, each watch once or a few times.
        func take() -> [Event] {
            var events: [Event] = []
            let none = unsafe kevent(ident: 0, filter: 0, flags: 0, fflags: 0, data: 0, udata: nil)
            var buffer = unsafe Array(repeating: none, count: 256)
            while true {
                let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                    var now = timespec()
                    return retrying {
                        unsafe Int(
                            kevent(descriptor, nil, 0, buffer.baseAddress, Int32(buffer.count), &now))
                    }
                }
                if count > 0 { unsafe events += buffer.prefix(count).map { unsafe Event($0) } }
                if unsafe count < buffer.count { return events }
            }
        }
    }
#endif
