import Synchronization

/// Bounds how many bytes of sources wait in memory between the reading of heads and the making of bodies.
enum BodyBuffer {
    private static let limit = 96 << 20
    private static let held = Mutex(0)

    /// Whether so many bytes may be kept.
    static func take(_ count: Int) -> Bool {
        held.withLock { held in
            if held + count > limit { return false }
            held += count
            return true
        }
    }

    /// Says that so many bytes were let go.
    static func release(_ count: Int) {
        held.withLock { $0 -= count }
    }
}
