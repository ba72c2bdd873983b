import Synchronization

/// Loops over many cores.
enum Parallel {
    private final class Progress: Sendable {
        let next = Atomic<Int>(0)
        let monitor = Monitor()
        // Guarded by the monitor.
        let running = Mutex<Int>(0)
    }

    /// Calls `body` once for each index, on at most `jobs` threads, this one among them, and returns when all
    /// calls have returned. The order is not defined.
    static func forEach(_ count: Int, jobs: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let helpers = Swift.min(jobs, count) - 1
        if helpers < 1 {
            for index in 0..<Swift.max(count, 0) { body(index) }
            return
        }
        let progress = Progress()
        @Sendable func work() {
            while true {
                let index = progress.next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { return }
                body(index)
            }
        }
        for _ in 0..<helpers {
            progress.running.withLock { $0 += 1 }
            let started = WorkerThread.start(stackSize: 1 << 20) {
                work()
                progress.monitor.locked {
                    progress.running.withLock { $0 -= 1 }
                    progress.monitor.signal(.done)
                }
            }
            if !started { progress.running.withLock { $0 -= 1 } }
        }
        work()
        progress.monitor.lock()
        while progress.running.withLock({ $0 > 0 }) { progress.monitor.wait(for: .done) }
        progress.monitor.unlock()
    }
}
