#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The signals by which people end a process, for a thread that has something to put in order before: it waits for them,
/// and all other threads leave them to it.
///
/// Those that are ignored, or that somebody else waits for already, are left as they are.
struct EndingSignals: Sendable {
    private let numbers: [Int32]

    /// Keeps the signals from this thread and those that it starts.
    static func take() -> EndingSignals {
        var blocked = sigset_t()
        unsafe sigemptyset(&blocked)
        unsafe pthread_sigmask(SIG_BLOCK, nil, &blocked)
        let numbers = [SIGINT, SIGTERM].filter { number in
            var action = sigaction()
            guard unsafe sigaction(number, nil, &action) == 0 else { return false }
            return unsafe Platform.isDefault(action) && sigismember(&blocked, number) == 0
        }
        let signals = EndingSignals(numbers: numbers)
        var set = signals.set
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        Platform.listenToSignals()
        return signals
    }

    /// Lets this thread have them again; one that came meanwhile ends the process now.
    func giveBack() {
        var set = set
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Waits.
    ///
    /// - Returns: the signal that came, or `nil` after so much time.
    func wait(nanoseconds: Int64) -> Int32? { Platform.signal(numbers, nanoseconds: nanoseconds) }

    /// Ends the process as the signal would have: whoever waits for it sees which one it was.
    static func end(by number: Int32) {
        var set = EndingSignals(numbers: [number]).set
        raise(number)
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    private var set: sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in numbers { unsafe sigaddset(&set, number) }
        return set
    }
}
