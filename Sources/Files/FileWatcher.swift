import Synchronization
public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tells which paths below a folder may have changed, in batches.
///
/// What it says are hints: each path means "look again", nothing more. A folder in a batch stands for all that
/// was or is below it. It uses inotify on every folder, and on macOS a kqueue on every folder and file; where that is
/// refused (too many watches, no inotify) it compares the tree with what it was, every second, and says so once.
///
/// Any thread may call any member; a batch is told once, to whoever takes it first.
public final class FileWatcher: Sendable {
    /// What came together.
    public struct Batch: Sendable {
        /// The paths to look at again.
        public var paths: Set<RelativePath> = []
        /// Whether something was lost, so that everything must be looked at again.
        public var needsRescan = false
        /// Whether ``FileWatcher/stop()`` was called; there will be no more batches.
        public var isStopped = false
        /// Why the watcher now compares instead of listening; said in one batch only.
        public var pollingReason: PollingReason?

        /// Whether there is nothing to do.
        public var isEmpty: Bool { paths.isEmpty && !needsRescan }

        /// A batch that says nothing.
        public init() {}
    }

    /// Why folders are compared again and again instead of listened to.
    public enum PollingReason: Hashable, Sendable {
        /// Asked for.
        case requested
        /// The operating system refused with this `errno`: `ENOSPC` or, on macOS, `EMFILE` when there are too many watches.
        case refused(Int32)
    }

    /// How often the tree is compared when polling, in milliseconds.
    public static let pollingInterval = 1000

    // Whichever it is has `watching(_:ignoring:)`, `collect(into:)`, `isWhole` and `descriptor`.
    #if canImport(Darwin) || canImport(CKqueue)
        private typealias EventTree = KqueueTree
    #else
        private typealias EventTree = InotifyTree
    #endif

    private enum Source {
        case events(EventTree)
        case polling(PollingTree)
    }

    private struct State {
        var source: Source
        var pollingReason: PollingReason?
        var nextPoll: Int64 = 0
    }

    private let disk: DiskFileSystem
    private let isIgnored: @Sendable (RelativePath) -> Bool
    private let state: Mutex<State>
    private let stopped = Atomic<Bool>(false)
    /// What the system's events are listened to at, or -1.
    private let listening = Atomic<Int32>(-1)
    private let wakeUp: (reader: Int32, writer: Int32)
    /// When polling, from when on another comparison is worth its time, by ``milliseconds()``; else never.
    private let nextLook = Atomic<Int64>(.max)
    /// For so long a comparison stands at least.
    private static let shortestStand: Int64 = 5
    /// After so many milliseconds a folder that could not be read is looked at again.
    private static let retryInterval: Int64 = 100

    /// Starts watching.
    ///
    /// - Parameters:
    ///   - disk: the folder to watch, with all below it.
    ///   - polling: compare at intervals from the start: for network disks and containers, which send no events.
    ///   - isIgnored: paths that do not count; an ignored folder is not watched, nor anything in it.
    /// - Throws: when there is no pipe to be had.
    public init(
        _ disk: DiskFileSystem, polling: Bool = false,
        ignoring isIgnored: @escaping @Sendable (RelativePath) -> Bool = { _ in false }
    ) throws(FileError) {
        var ends: [Int32] = [0, 0]
        if unsafe ends.withUnsafeMutableBufferPointer({ unsafe pipe($0.baseAddress) }) != 0 {
            throw disk.refusal("watch", .root)
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        let ignored: @Sendable (RelativePath) -> Bool = { path in
            FileWatcher.isDropping(path.name) || isIgnored(path)
        }
        self.disk = disk
        self.isIgnored = ignored
        wakeUp = (ends[0], ends[1])
        if !polling {
            switch EventTree.watching(disk, ignoring: ignored) {
            case .success(let tree):
                listening.store(tree.descriptor, ordering: .releasing)
                state = Mutex(State(source: .events(tree)))
                return
            case .failure(let error):
                let tree = PollingTree(disk, ignoring: ignored)
                nextLook.store(0, ordering: .releasing)
                state = Mutex(State(source: .polling(tree), pollingReason: .refused(error.code)))
            }
        } else {
            let tree = PollingTree(disk, ignoring: ignored)
            nextLook.store(0, ordering: .releasing)
            state = Mutex(State(source: .polling(tree), pollingReason: .requested))
        }
    }

    deinit {
        _ = close(wakeUp.reader)
        _ = close(wakeUp.writer)
    }

    /// Whether something has happened that ``next(timeoutMilliseconds:)`` has not told yet: for whoever must not
    /// answer from before an edit. The kernel says so from the moment on in which an edit is done; when polling,
    /// nobody does, and it is always `false`. Any thread may ask, and none waits.
    ///
    /// - Complexity: one call of `poll`, less than a microsecond.
    public var hasNews: Bool {
        // Should the descriptor be closed meanwhile, whatever bears its number then costs a look for nothing.
        let descriptor = listening.load(ordering: .acquiring)
        if descriptor < 0 { return false }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&waiting, 1, 0) > 0
    }

    /// Whether the tree is compared at intervals.
    public var isPolling: Bool { nextLook.load(ordering: .acquiring) != .max }

    /// Whether, when polling, the last comparison is so old that whoever must not answer from before an edit should have
    /// another made by ``next(timeoutMilliseconds:)``: older than 5 ms, and than five times the processor time it took.
    public var isDue: Bool { Self.milliseconds() >= nextLook.load(ordering: .acquiring) }

    /// Waits like ``next(timeoutMilliseconds:)``, and takes nothing. When polling, it may return early for the next
    /// comparison, which is made by taking.
    ///
    /// - Returns: whether ``stop()`` was called.
    public func wait(timeoutMilliseconds: Int) -> Bool {
        let now = Self.milliseconds()
        let deadline = timeoutMilliseconds < 0 ? Int64.max : now &+ Int64(clamping: timeoutMilliseconds)
        if !stopped.load(ordering: .acquiring) { wait(until: deadline, now: now) }
        return stopped.load(ordering: .acquiring)
    }

    /// Waits until something changed, ``stop()`` was called or the time is over.
    ///
    /// There is no fixed wait after the first event: what is known is told, what comes later comes next.
    ///
    /// - Parameter timeoutMilliseconds: how long to wait at most; negative for ever.
    /// - Returns: what changed; an empty batch when the time is over.
    public func next(timeoutMilliseconds: Int) -> Batch {
        let deadline =
            timeoutMilliseconds < 0 ? Int64.max : Self.milliseconds() &+ Int64(clamping: timeoutMilliseconds)
        while true {
            var batch = collect()
            if stopped.load(ordering: .acquiring) { batch.isStopped = true }
            let now = Self.milliseconds()
            if !batch.isEmpty || batch.isStopped || batch.pollingReason != nil || now >= deadline {
                return batch
            }
            wait(until: deadline, now: now)
        }
    }

    /// Ends the waiting of ``next(timeoutMilliseconds:)``, now and from now on.
    public func stop() {
        stopped.store(true, ordering: .releasing)
        var byte: UInt8 = 1
        unsafe _ = write(wakeUp.writer, &byte, 1)
    }

    /// Whether a name is what an editor leaves for a moment beside the file it saves, or the system for itself.
    ///
    /// Rules, not a list of programs: `.#x`, `#x#`, `x~`, `.x.swp` and its like, `4913` (Vim's probe),
    /// `.DS_Store`, and our own temporary files.
    public static func isDropping(_ name: some BidirectionalCollection<UInt8>) -> Bool {
        func starts(_ text: StaticString) -> Bool {
            let prefix = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            return unsafe name.starts(with: prefix)
        }
        func ends(_ text: StaticString) -> Bool {
            let suffix = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            return unsafe name.reversed().starts(with: suffix.reversed())
        }
        func equals(_ text: StaticString) -> Bool { starts(text) && name.count == text.utf8CodeUnitCount }
        if name.last == UInt8(ascii: "~") || starts(".#") { return true }
        if name.first == UInt8(ascii: "#"), name.last == UInt8(ascii: "#"), name.count > 1 { return true }
        if name.first == UInt8(ascii: ".") {
            if ends(".swp") || ends(".swo") || ends(".swx") || ends(".swpx") || ends(".kate-swp") {
                return true
            }
            if starts(".site-"), ends(".tmp") { return true }
            return equals(".DS_Store") || starts(".goutputstream-")
        }
        return equals("4913")
    }

    // MARK: - Parts

    private static func milliseconds(by clock: clockid_t = CLOCK_MONOTONIC) -> Int64 {
        var time = timespec()
        unsafe _ = clock_gettime(clock, &time)
        return time.nanoseconds / 1_000_000
    }

    private func collect() -> Batch {
        state.withLock { state in
            var batch = Batch()
            switch state.source {
            case .events(var tree):
                if let error = tree.collect(into: &batch) {
                    listening.store(-1, ordering: .releasing)
                    // What happened until now may be lost with the watches.
                    state.source = .polling(PollingTree(disk, ignoring: isIgnored))
                    nextLook.store(0, ordering: .releasing)
                    state.pollingReason = .refused(error.code)
                    batch.needsRescan = true
                } else {
                    state.source = .events(tree)
                }
            case .polling(var tree):
                if isDue || Self.milliseconds() >= state.nextPoll {
                    let start = Self.milliseconds(by: CLOCK_THREAD_CPUTIME_ID)
                    batch.paths = tree.changes()
                    let cost = Self.milliseconds(by: CLOCK_THREAD_CPUTIME_ID) - start
                    let end = Self.milliseconds()
                    state.nextPoll = end + Int64(Self.pollingInterval)
                    nextLook.store(end + max(Self.shortestStand, 5 * cost), ordering: .releasing)
                    state.source = .polling(tree)
                }
            }
            batch.pollingReason = state.pollingReason
            state.pollingReason = nil
            return batch
        }
    }

    private func wait(until deadline: Int64, now: Int64) {
        let plan = state.withLock { state -> (descriptor: Int32, end: Int64) in
            switch state.source {
            case .events(let tree):
                (tree.descriptor, tree.isWhole ? deadline : min(deadline, now + Self.retryInterval))
            // `poll` takes no notice of negative numbers.
            case .polling: (-1, min(deadline, state.nextPoll))
            }
        }
        var waiting = [
            pollfd(fd: wakeUp.reader, events: Int16(POLLIN), revents: 0),
            pollfd(fd: plan.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let timeout = plan.end == .max ? -1 : Int32(clamping: max(plan.end - now, 0))
        unsafe waiting.withUnsafeMutableBufferPointer { buffer in
            unsafe _ = poll(buffer.baseAddress, nfds_t(buffer.count), timeout)
        }
    }
}
