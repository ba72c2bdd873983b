import Synchronization

/// Lines that come from any thread.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func append(_ line: String) { lines.withLock { $0.append(line) } }

    func removeAll() { lines.withLock { $0.removeAll() } }
}
