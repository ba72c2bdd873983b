import Foundation
import Synchronization
import TestSupport
import Testing

/// Is what `site serve` answers ever stale? A random site is edited at random while clients ask all the time; right
/// after each edit, every address is asked for and compared with what a build from nothing writes.
///
/// `SITE_PREVIEW_EDITS` says how many edits, `SITE_PREVIEW_SEED` from which seed.
@Suite(.serialized, .enabled(if: SiteProgram.path != nil)) struct PreviewPollingTests {
    private static let variables = ProcessInfo.processInfo.environment
    static let edits = variables["SITE_PREVIEW_EDITS"].flatMap { Int($0) } ?? 20
    static let seed =
        variables["SITE_PREVIEW_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64(UInt32.max))

    /// Clients that ask for pages all the time, and leave in the middle now and then.
    private final class Crowd: Sendable {
        private let isOver = Atomic<Bool>(false)
        private let paths = Mutex<[String]>(["/"])
        private let failures = Mutex<[String]>([])
        private let group = DispatchGroup()
        let count = Atomic<Int>(0)

        init(_ preview: PreviewProcess, clients: Int, seed: UInt64) {
            for client in 0..<clients {
                let thread = Thread { [self] in
                    var random = RandomSource(seed: seed &+ UInt64(client))
                    while !isOver.load(ordering: .relaxed) {
                        let path = random.pick(paths.withLock { $0 })
                        let status = preview.get(path).status
                        // Any of these may be right in the middle of an edit; none is a crash or a hang.
                        if ![200, 302, 404, 500].contains(status) {
                            failures.withLock { $0.append("\(path): \(status)") }
                        }
                        count.wrappingAdd(1, ordering: .relaxed)
                        usleep(2_000)
                    }
                    group.leave()
                }
                group.enter()
                thread.start()
            }
        }

        func ask(for next: [String]) { paths.withLock { $0 = next } }

        /// - Returns: the requests that were not answered as any page may be.
        func stop() -> [String] {
            isOver.store(true, ordering: .relaxed)
            group.wait()
            return failures.withLock { $0 }
        }
    }

    /// What a build from nothing gives for the preview's address, by path in the output folder.
    private func cleanBuild(of site: SiteOnDisk, port: UInt16, number: Int) throws -> [String: Data]? {
        let folder = try TemporaryFolder()
        // Each output folder has a store of its own, so this build knows nothing of the others.
        let run = try site.run(
            "build", "--drafts", "--environment", "development", "--base-url", "http://localhost:\(port)/",
            "--output", folder.path + "/clean-\(number)", "--quiet")
        defer {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: site.path + "/.site")) ?? []
            where name.hasPrefix("output-") {
                try? FileManager.default.removeItem(atPath: site.path + "/.site/" + name)
            }
        }
        if run.code != 0 {
            Issue.record("the site cannot be built: \(run.error)")
            return nil
        }
        let root = folder.path + "/clean-\(number)"
        var files: [String: Data] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            if let data = FileManager.default.contents(atPath: root + "/" + name) { files[name] = data }
        }
        return files
    }

    private static func address(of file: String) -> String {
        let path = "/" + (file.hasSuffix("index.html") ? String(file.dropLast(10)) : file)
        return path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    }

    @Test func everyAnswerIsThatOfABuildFromNothing() throws {
        print("preview polling: seed \(Self.seed), \(Self.edits) edits")
        let site = try SiteOnDisk("")
        var edits = try PreviewEdits(seed: Self.seed, in: site.path)
        let preview = try PreviewProcess(in: site.path)
        let crowd = Crowd(preview, clients: 6, seed: Self.seed)
        defer { _ = crowd.stop() }
        var known: Set<String> = []
        var brokenCount = 0
        for number in 0...Self.edits {
            let (what, isWhole) = number == 0 ? ("nothing", true) : try edits.edit()
            let place = Comment(rawValue: "seed \(Self.seed), edit \(number): \(what)")
            try #require(preview.isRunning, place)
            // No pause: whatever is asked for from here on must show the edit.
            if !isWhole {
                brokenCount += 1
                // Pages that were there are still shown.
                for file in known.sorted() where file.hasSuffix("index.html") && !file.contains("page/") {
                    #expect(preview.get(Self.address(of: file)).status == 200, "\(place) \(file)")
                }
                continue
            }
            // In a random order, since the first request is the one that waits for the rest.
            var order = RandomSource(seed: Self.seed &+ UInt64(number))
            let asked = known.sorted().shuffled(using: &order).prefix(12)
            let early = asked.map { ($0, preview.get(Self.address(of: $0))) }
            let clean = try #require(try cleanBuild(of: site, port: preview.port, number: number), place)
            for (file, answer) in early {
                if let wanted = clean[file] {
                    #expect(answer.status == 200, "\(place) early \(file)")
                    #expect(answer.published == Array(wanted), "\(place) early \(file)")
                } else {
                    #expect(answer.status == 404, "\(place) early \(file)")
                }
            }
            for (file, wanted) in clean.sorted(by: { $0.key < $1.key }) {
                let answer = preview.get(Self.address(of: file))
                #expect(answer.status == 200, "\(place) \(file)")
                #expect(answer.published == Array(wanted), "\(place) \(file)")
            }
            for gone in known.subtracting(clean.keys).sorted() {
                #expect(preview.get(Self.address(of: gone)).status == 404, "\(place) \(gone)")
            }
            known = Set(clean.keys)
            crowd.ask(for: known.sorted().map(Self.address) + ["/nowhere/", "/_site/"])
        }
        try edits.mendAll()
        #expect(crowd.stop() == [])
        let end = try #require(preview.stop(), "it did not end")
        #expect(end.code == 0)
        print(
            "preview polling: \(crowd.count.load(ordering: .relaxed)) other requests, \(brokenCount) breaks, \(known.count) files at the end"
        )
    }

    @Test func itEndsAtOnceUnderLoad() throws {
        let site = try SiteOnDisk("")
        _ = try PreviewEdits(seed: 1, in: site.path)
        let preview = try PreviewProcess(in: site.path)
        let crowd = Crowd(preview, clients: 8, seed: 1)
        var edits = try PreviewEdits(seed: 2, in: site.path)
        for _ in 0..<10 { _ = try edits.edit() }
        let end = try #require(preview.stop(), "it did not end")
        #expect(end.code == 0)
        _ = crowd.stop()
    }
}
