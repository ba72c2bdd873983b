import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where tests make a process die: before any of its effects on the disk, and in the midst of an append.
///
/// What a killed process leaves must be what it did before, in order, and nothing else; no test can show that without
/// killing one. Only debug builds can be armed.
public enum KillPoint {
    #if DEBUG
        /// How many effects are still to come before the end; never less than nothing where it is not armed.
        private static let countdown = Atomic<Int>(.max)
    #endif

    /// Makes this process end by `SIGKILL` before its n-th effect from now on, counted from 0.
    ///
    /// A release build takes no notice.
    public static func arm(beforeEffect number: Int) {
        #if DEBUG
            countdown.store(number, ordering: .relaxed)
        #endif
    }

    /// An effect follows.
    @inline(__always)
    static func pass() {
        #if DEBUG
            if countdown.wrappingSubtract(1, ordering: .relaxed).oldValue == 0 { kill(getpid(), SIGKILL) }
        #endif
    }

    /// Into how many pieces an append of so many bytes is cut, to die between them.
    @inline(__always)
    static func pieces(of count: Int) -> Int {
        #if DEBUG
            countdown.load(ordering: .relaxed) < .max / 2 && count > 1 ? 2 : 1
        #else
            1
        #endif
    }
}
