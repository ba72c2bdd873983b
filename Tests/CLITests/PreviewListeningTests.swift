import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Is everyone told who shows something old, whenever an edit comes? Files are written at random moments, a millisecond
/// or less apart, while pages are opened, left and listened to; then nobody asks for anything, and after a while all
/// must show what is there.
///
/// `SITE_PREVIEW_ROUNDS` says how many times, `SITE_PREVIEW_SEED` from which seed.
@Suite(.serialized, .enabled(if: SiteProgram.path != nil)) struct PreviewListeningTests {
    private static let variables = ProcessInfo.processInfo.environment
    private static let rounds = variables["SITE_PREVIEW_ROUNDS"].flatMap { Int($0) } ?? 60
    /// The same one in CI, where a change must not be blamed for the luck of another.
    private static let seed =
        variables["SITE_PREVIEW_SEED"].flatMap { UInt64($0) }
        ?? (variables["CI"] == nil ? UInt64.random(in: 0...UInt64(UInt32.max)) : 1)

    private static let pages = ["one", "two", "three"]

    @Test func whoShowsSomethingOldIsTold() throws {
        print("preview listening: seed \(Self.seed), \(Self.rounds) rounds")
        var random = RandomSource(seed: Self.seed)
        let site = try SiteOnDisk("")
        try site.save("site.json", #"{"title": "Site"}"#)
        try site.save("templates/page.html", "{{ page.content }}")
        try site.save("templates/404.html", "nothing")
        var texts: [String: String] = [:]
        for page in Self.pages {
            texts[page] = "start"
            try site.save("content/\(page).md", "start\n")
        }
        let preview = try PreviewProcess(in: site.path)
        let listeners = (0..<9).map { number in
            let page = Self.pages[number % 3]
            return (
                page: page,
                listener: PreviewListener(preview, "/\(page)/", seed: Self.seed &+ UInt64(number))
            )
        }
        defer { for (_, listener) in listeners { listener.stop() } }
        for round in 0..<Self.rounds {
            for step in 0..<(1 + random.below(5)) {
                let page = random.pick(Self.pages)
                let path = "\(site.path)/content/\(page).md"
                let text: String? =
                    switch random.below(8) {
                    case 0: nil
                    // What was there before may come back before anyone has looked.
                    case 1, 2: "again"
                    default: "\(round) and \(step)"
                    }
                texts[page] = text
                if let text {
                    try Data("\(text)\n".utf8).write(
                        to: URL(fileURLWithPath: path), options: random.below(2) == 0 ? .atomic : [])
                } else {
                    try? FileManager.default.removeItem(atPath: path)
                }
                usleep(UInt32(random.below(random.below(3) == 0 ? 20_000 : 1_500)))
            }
            let isShown = wait {
                listeners.allSatisfy { $0.listener.text == Self.shown(texts[$0.page]) }
            }
            if isShown { continue }
            let states = listeners.map { "\($0.page) shows \($0.listener.text.debugDescription)" }
            Issue.record("seed \(Self.seed), round \(round): \(states), wanted \(texts)")
            return
        }
        #expect(try #require(preview.stop()).code == 0)
    }

    private static func shown(_ text: String?) -> String { text.map { "<p>\($0)</p>\n" } ?? "404" }

    /// Waits until something is so; half a minute, since what matters is that it comes.
    private func wait(for condition: () -> Bool) -> Bool {
        for _ in 0..<3000 {
            if condition() { return true }
            usleep(10_000)
        }
        return condition()
    }
}
