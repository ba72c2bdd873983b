#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What systems have under one name and in different ways, as far as the command line needs it: once for each.
///
/// What is for macOS was never run: it is written by the headers and the source of the system (xnu, Libc).
enum Platform {
    #if canImport(Darwin)
        /// What a process that is started does with files, before anything is said of it.
        @unsafe static var spawnActions: posix_spawn_file_actions_t? { nil }
        /// How a process is started, before anything is said of it.
        @unsafe static var spawnAttributes: posix_spawnattr_t? { nil }
        /// The handle of a thread that is not started yet.
        @unsafe static var noThread: pthread_t? { nil }
        /// What a thread is known by to ``detach(_:)`` and ``join(_:)``.
        @unsafe static func number(of thread: pthread_t?) -> UInt { UInt(bitPattern: thread) }
        /// Nobody will wait until a thread is done.
        static func detach(_ thread: UInt) {
            if let thread = unsafe pthread_t(bitPattern: thread) { unsafe pthread_detach(thread) }
        }
        /// Waits until a thread is done.
        static func join(_ thread: UInt) {
            if let thread = unsafe pthread_t(bitPattern: thread) { unsafe pthread_join(thread, nil) }
        }

        /// What helps where the system refuses to watch any more folders for this reason.
        static func remedyForRefusedWatch(_ code: Int32) -> String {
            "on macOS, every file that is watched is an open file: raise `ulimit -n` and kern.maxfilesperproc"
        }

        /// Whether a signal does what it does by itself.
        static func isDefault(_ action: sigaction) -> Bool { unsafe action.__sigaction_u.__sa_handler == nil }

        /// A pair of connected sockets, which programs that are started do not get.
        static func socketPair() -> [Int32]? {
            var ends: [Int32] = [0, 0]
            guard unsafe socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0 else { return nil }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return ends
        }

        /// There is no `sigtimedwait`. A kqueue hears of signals that are held back as well.
        private static let signals: Int32 = {
            let queue = kqueue()
            for number in [SIGINT, SIGTERM, SIGHUP] {
                var change = unsafe kevent(
                    ident: UInt(number), filter: Int16(EVFILT_SIGNAL), flags: UInt16(EV_ADD | EV_CLEAR),
                    fflags: 0, data: 0, udata: nil)
                unsafe _ = kevent(queue, &change, 1, nil, 0, nil)
            }
            return queue
        }()

        /// From now on ``signal(_:nanoseconds:)`` hears of what comes; of what has come before, it does not.
        static func listenToSignals() { while signal([], nanoseconds: 0) != nil {} }

        /// Waits for one of some signals that are held back.
        ///
        /// - Returns: the signal that came, or `nil` after so much time.
        static func signal(_ numbers: [Int32], nanoseconds: Int64) -> Int32? {
            var time = timespec(
                tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
            var event = unsafe kevent(ident: 0, filter: 0, flags: 0, fflags: 0, data: 0, udata: nil)
            guard unsafe kevent(signals, nil, 0, &event, 1, &time) == 1 else { return nil }
            let number = unsafe Int32(truncatingIfNeeded: event.ident)
            return numbers.isEmpty || numbers.contains(number) ? number : nil
        }
    #else
        /// What a process that is started does with files, before anything is said of it.
        @unsafe static var spawnActions: posix_spawn_file_actions_t { unsafe posix_spawn_file_actions_t() }
        /// How a process is started, before anything is said of it.
        @unsafe static var spawnAttributes: posix_spawnattr_t { posix_spawnattr_t() }
        /// The handle of a thread that is not started yet.
        @unsafe static var noThread: pthread_t { pthread_t() }
        /// What a thread is known by to ``detach(_:)`` and ``join(_:)``.
        @unsafe static func number(of thread: pthread_t) -> UInt { thread }
        /// Nobody will wait until a thread is done.
        static func detach(_ thread: UInt) { pthread_detach(thread) }
        /// Waits until a thread is done.
        static func join(_ thread: UInt) { pthread_join(thread, nil) }

        /// What helps where the system refuses to watch any more folders for this reason.
        static func remedyForRefusedWatch(_ code: Int32) -> String {
            "on Linux, raise fs.inotify.\(code == EMFILE ? "max_user_instances" : "max_user_watches")"
        }

        /// Whether a signal does what it does by itself.
        static func isDefault(_ action: sigaction) -> Bool {
            unsafe action.__sigaction_handler.sa_handler == nil
        }

        /// A pair of connected sockets, which programs that are started do not get.
        static func socketPair() -> [Int32]? {
            var ends: [Int32] = [0, 0]
            let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
            return unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 ? ends : nil
        }

        /// The system keeps signals that are held back, until ``signal(_:nanoseconds:)`` takes them.
        static func listenToSignals() {}

        /// Waits for one of some signals that are held back.
        ///
        /// - Returns: the signal that came, or `nil` after so much time.
        static func signal(_ numbers: [Int32], nanoseconds: Int64) -> Int32? {
            var set = sigset_t()
            unsafe sigemptyset(&set)
            for number in numbers { unsafe sigaddset(&set, number) }
            var time = timespec(
                tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
            let number = unsafe sigtimedwait(&set, nil, &time)
            return number > 0 ? number : nil
        }
    #endif
}
