import Foundation
import Synchronization
import TestSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the script in a page does, without a browser: shows a page, listens, and asks again when it is told that it
/// shows something else than the site has. Now and then it goes away and comes back.
final class PreviewListener: Sendable {
    private struct State {
        var text = ""
        var identity = ""
        var isOver = false
        var isListening = false
    }

    private let preview: PreviewProcess
    private let path: String
    private let state = Mutex(State())
    private let group = DispatchGroup()

    /// Starts to listen on a thread of its own.
    init(_ preview: PreviewProcess, _ path: String, seed: UInt64) {
        self.preview = preview
        self.path = path
        let thread = Thread { [self] in
            var random = RandomSource(seed: seed)
            while !isOver { listen(&random) }
            group.leave()
        }
        group.enter()
        thread.start()
    }

    /// What is shown, without the preview's own part.
    var text: String { state.withLock { $0.text } }

    /// Ends it.
    func stop() {
        state.withLock { $0.isOver = true }
        group.wait()
    }

    private var isOver: Bool { state.withLock { $0.isOver } }

    private func load() {
        let answer = preview.get(path)
        let body = String(decoding: answer.body, as: UTF8.self)
        let identity = body.components(separatedBy: "data-is=\"").dropFirst().first?.prefix { $0 != "\"" }
        let text =
            answer.status == 200 ? String(decoding: answer.published, as: UTF8.self) : "\(answer.status)"
        state.withLock { state in
            state.text = text
            state.identity = identity.map(String.init) ?? ""
        }
    }

    /// One life of a page, from its first request until it is left.
    private func listen(_ random: inout RandomSource) {
        load()
        guard let descriptor = preview.connection(patience: 0.02) else { return }
        defer { _ = close(descriptor) }
        let shown = state.withLock { $0.identity }
        PreviewProcess.ask("/_site/events?page=\(path)&is=\(shown)", on: descriptor, port: preview.port)
        // Most stay; some leave in the middle of an edit.
        let patience = random.below(4) == 0 ? random.below(10) : 1_000_000
        var unread: [UInt8] = []
        for _ in 0..<patience where !isOver {
            guard let bytes = PreviewProcess.receive(descriptor) else { continue }
            if bytes.isEmpty { return }
            unread += bytes
            while let end = unread.firstRange(of: Array("\n\n".utf8)) {
                let event = String(decoding: unread[..<end.lowerBound], as: UTF8.self)
                unread.removeSubrange(..<end.upperBound)
                // A browser would go there; this reader comes back at once.
                if event.contains("event: moved\n") { return }
                heed(event)
            }
        }
    }

    private func heed(_ event: String) {
        guard event.contains("event: page\n"), let data = event.components(separatedBy: "data: ").last,
            let words = try? JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: String],
            let identity = words["is"]
        else { return }
        if !identity.isEmpty, identity == state.withLock({ $0.identity }) { return }
        load()
    }
}
