import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A lock with three conditions to wait for: there is work, a node or a flush has come to an end, a batch is done.
///
/// Swift's `Mutex` has no condition variable, so this is a POSIX one.
@safe
final class Monitor: @unchecked Sendable {
    // The objects are made before anyone else sees this one, never move, and are safe from any thread by
    // their own contract (POSIX.1 pthread_mutex_lock, pthread_cond_wait).
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let conditions = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 3)
    /// Whether someone has the lock: a hint for who waits for it.
    private let isTaken = Atomic<Bool>(false)
    /// How many wait for each condition; guarded by the lock.
    private var waiting = [0, 0, 0]

    enum Condition: Int {
        case work = 0
        case progress = 1
        case done = 2
    }

    init() {
        unsafe pthread_mutex_init(mutex, nil)
        for index in 0..<3 { unsafe pthread_cond_init(conditions + index, nil) }
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        for index in 0..<3 { unsafe pthread_cond_destroy(conditions + index) }
        unsafe mutex.deallocate()
        unsafe conditions.deallocate()
    }

    @inline(__always)
    func lock() {
        if unsafe pthread_mutex_trylock(mutex) != 0 { lockTaken() }
        isTaken.store(true, ordering: .relaxed)
    }

    @inline(__always)
    func unlock() {
        isTaken.store(false, ordering: .relaxed)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// How often a lock is looked at that is taken before going to sleep. With a tenth of this, a cold build of 10,000 posts
    /// by two threads went to sleep 5,000 times, with this 1,100 times, and took less time: to wake somebody takes longer
    /// than to wait. The library's own mutexes that try again give up much earlier.
    private static let patience = 200_000

    @inline(never)
    private func lockTaken() {
        for _ in 0..<Self.patience {
            // It is only looked at until it seems to be free: trying takes the line of memory away from who has it.
            if !isTaken.load(ordering: .relaxed), unsafe pthread_mutex_trylock(mutex) == 0 { return }
        }
        unsafe pthread_mutex_lock(mutex)
    }

    /// Gives up the lock until the condition is signalled; it may wake without reason.
    func wait(for condition: Condition) {
        waiting[condition.rawValue] += 1
        isTaken.store(false, ordering: .relaxed)
        unsafe pthread_cond_wait(conditions + condition.rawValue, mutex)
        isTaken.store(true, ordering: .relaxed)
        waiting[condition.rawValue] -= 1
    }

    /// Wakes all that wait for a condition; the lock is held.
    @inline(__always)
    func signal(_ condition: Condition) {
        if waiting[condition.rawValue] > 0 { unsafe pthread_cond_broadcast(conditions + condition.rawValue) }
    }

    /// Runs `body` under the lock.
    @inline(__always)
    func locked<T>(_ body: () -> T) -> T {
        lock()
        defer { unlock() }
        return body()
    }
}

/// Starts threads with stacks of their own size.
enum WorkerThread {
    private final class Start {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts a detached thread with a stack of `stackSize` bytes.
    ///
    /// - Returns: whether the system had one to give.
    static func start(stackSize: Int, _ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackSize)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let start = unsafe Unmanaged.passRetained(Start(body))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let code = unsafe pthread_create(
            &thread, &attributes,
            { pointer in
                // Systems differ in whether it may be nothing.
                guard let pointer = unsafe pointer as UnsafeMutableRawPointer? else { return nil }
                unsafe Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue().body()
                return nil
            }, start.toOpaque())
        if code != 0 { unsafe start.release() }
        return code == 0
    }
}
