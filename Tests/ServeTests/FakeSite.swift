import Serve
import Synchronization
import Text

/// A site of a few outputs, with hooks to look in.
final class FakeSite: PreviewSite {
    private struct State {
        var outputs: [RelativePath: PreviewOutput] = [:]
        var failing: Set<RelativePath> = []
        var facts = DashboardFacts(title: "Fake")
        var requested: [RelativePath] = []
        var held: Set<RelativePath> = []
    }

    private let state = Mutex(State())
    private let counter = Atomic<UInt64>(1)

    /// A site with pages and files given as text by path.
    init(_ files: [String: String] = FakeSite.small) {
        for (path, text) in files { set(path, text) }
    }

    static let small = [
        "index.html": "<!doctype html><title>Home</title><body><h1>Home</h1></body></html>",
        "posts/hello/index.html": "<!doctype html><title>Hello</title><body><p>Hello</p></body>",
        "posts/world/index.html": "<!doctype html><title>World</title><body><p>World</p></body>",
        "404.html": "<!doctype html><title>Not found</title><body><p>The site's own 404</p></body>",
        "de/404.html": "<!doctype html><title>Nicht da</title><body><p>Nicht gefunden</p></body>",
        "main.css": "body { color: black }",
        "digits.txt": "0123456789",
        "empty.txt": "",
        "caf\u{e9}/index.html": "<body>caf\u{e9}</body>",
        ".well-known/security.txt": "Contact: me",
        "secret.txt": "CANARY",
        ".env": "CANARY",
    ]

    var revision: UInt64 { counter.load(ordering: .acquiring) }

    func output(at path: RelativePath) -> PreviewAnswer {
        state.withLock { $0.requested.append(path) }
        while state.withLock({ $0.held.contains(path) }) { pause(.milliseconds(1)) }
        return state.withLock { state in
            if state.failing.contains(path) { return .failed }
            return state.outputs[path].map(PreviewAnswer.output) ?? .missing
        }
    }

    func dashboard() -> DashboardFacts { state.withLock { $0.facts } }

    func why(_ path: RelativePath) -> String? {
        state.withLock { $0.outputs[path] == nil ? nil : "because of <\(path.text)>" }
    }

    /// What was asked for.
    var requested: [RelativePath] { state.withLock { $0.requested } }

    /// Changes an output and gives the change to announce.
    @discardableResult
    func set(_ path: String, _ text: String, badge: String? = nil) -> PreviewChange {
        set(path, Array(text.utf8), badge: badge)
    }

    @discardableResult
    func set(_ path: String, _ bytes: [UInt8], badge: String? = nil) -> PreviewChange {
        let path = RelativePath(unchecked: Array(path.utf8))
        let output = PreviewOutput(
            bytes: bytes, fingerprint: Fingerprint(of: bytes), source: nil, badge: badge)
        state.withLock { $0.outputs[path] = output }
        counter.add(1, ordering: .releasing)
        return PreviewChange(changed: [path: output.fingerprint])
    }

    /// Makes an output that is read in parts; `missing` bytes are gone from the end when it is read.
    ///
    /// - Returns: how large the largest part was that anyone asked for.
    func set(_ path: String, partsOf bytes: [UInt8], missing: Int = 0) -> @Sendable () -> Int {
        let largest = Counter()
        let file = PreviewFile(count: bytes.count) { offset, count in
            largest.raise(to: count)
            return offset + count <= bytes.count - missing ? Array(bytes[offset..<offset + count]) : nil
        }
        let output = PreviewOutput(file: file, fingerprint: Fingerprint(of: bytes))
        state.withLock { $0.outputs[RelativePath(unchecked: Array(path.utf8))] = output }
        counter.add(1, ordering: .releasing)
        return { largest.value }
    }

    private final class Counter: Sendable {
        private let number = Atomic<Int>(0)
        var value: Int { number.load(ordering: .relaxed) }
        func raise(to value: Int) { number.max(value, ordering: .relaxed) }
    }

    @discardableResult
    func remove(_ path: String) -> PreviewChange {
        let path = RelativePath(unchecked: Array(path.utf8))
        state.withLock { _ = $0.outputs.removeValue(forKey: path) }
        counter.add(1, ordering: .releasing)
        return PreviewChange(removed: [path])
    }

    func fail(_ path: String) {
        state.withLock { _ = $0.failing.insert(RelativePath(unchecked: Array(path.utf8))) }
        counter.add(1, ordering: .releasing)
    }

    func heal(_ path: String) {
        state.withLock { _ = $0.failing.remove(RelativePath(unchecked: Array(path.utf8))) }
        counter.add(1, ordering: .releasing)
    }

    func show(_ facts: DashboardFacts) { state.withLock { $0.facts = facts } }

    /// Makes an output take until it is released, as a page that is long in the making.
    func hold(_ path: String) {
        state.withLock { _ = $0.held.insert(RelativePath(unchecked: Array(path.utf8))) }
    }

    func release() { state.withLock { $0.held.removeAll() } }
}

func path(_ text: String) -> RelativePath { RelativePath(unchecked: Array(text.utf8)) }
