import Files
import Glibc
import Site
import TestSupport
import Text

/// A site and what was done to it, as text: what the fuzzer makes, shrinks and saves, and tests run again.
///
/// Blocks are divided by lines that say `==== build`. Each holds what `SiteFixture` reads: files put, deleted and
/// renamed; lines before its first file are orders:
///
///     now 2026-01-05T00:00:00Z     the clock
///     jobs 2 | folder NAME | drafts on | base-url URL | env NAME VALUE | tool 2
///     environment NAME             whose part of `environments` counts
///     git 1 | git 2 | git refuses | git none   which history there is, or why there is none
///     touch                        every file gets a new time
///     drop store | drop output | drop output a/index.html | alter a/index.html
///     kill 12                      a build before this one dies after so many effects
///     meanwhile 12                 the files change during a build before this one, after so many reads
///     glimpse 12                   so they do, and are put back as they were
///
/// After each block the site is built and checked.
struct EditScript: Sendable {
    var blocks: [String]

    /// What is wrong, and after which block.
    struct Failure: Sendable {
        let block: Int
        let problems: [String]
    }

    init(blocks: [String]) {
        self.blocks = blocks
    }

    init(_ text: String) {
        blocks = [""]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "==== build" { blocks.append("") } else { blocks[blocks.count - 1] += line + "\n" }
        }
        if blocks.last?.allSatisfy({ $0 == "\n" }) == true { blocks.removeLast() }
    }

    var text: String { blocks.joined(separator: "==== build\n") }

    /// Runs all of it up to the first failure.
    func run(observing observe: (SiteUnderTest) -> Void = { _ in }) -> Failure? {
        let site = Self.site()
        for (index, block) in blocks.enumerated() {
            Self.apply(block, to: site)
            let problems = site.check()
            if !problems.isEmpty { return Failure(block: index, problems: problems) }
            observe(site)
        }
        return nil
    }

    /// Where a script starts: nothing is there.
    static func site() -> SiteUnderTest { SiteUnderTest("", now: "2026-01-10") }

    /// Does what a block says, short of building.
    static func apply(_ block: String, to site: SiteUnderTest) {
        var kills: [Int] = []
        var isUndone = false
        let fixture = SiteFixture(block)
        for line in block.split(separator: "\n").prefix(while: { !$0.hasPrefix("-- ") }) {
            let words = line.split(separator: " ").map(String.init)
            switch (words.first, words.dropFirst().first) {
            case ("kill", let count?): kills.append(Int(count) ?? 0)
            case ("meanwhile", let count?):
                site.build(meddlingAfter: Int(count) ?? 0, isUndone: false) { apply(fixture, to: $0) }
            case ("glimpse", let count?):
                isUndone = true
                site.build(meddlingAfter: Int(count) ?? 0, isUndone: true) { apply(fixture, to: $0) }
            case ("now", let time?): site.world.now = World.instant(time)
            case ("jobs", let count?): site.world.jobs = Int(count) ?? 1
            case ("folder", let name?): site.world.options.folderName = name
            case ("drafts", let state?): site.world.options.drafts = state == "on"
            case ("git", let history?): site.world.probes = Self.git(history)
            case ("environment", let name?): site.world.options.environment = name
            case ("base-url", let url): site.world.options.baseURL = url
            case ("env", let name?): site.world.environment[name] = words.count > 2 ? words[2] : nil
            case ("tool", let number?): site.world.tool = Fingerprint(low: UInt64(number) ?? 0, high: 0)
            case ("touch", _): touch(site.world.source)
            case ("drop", "store"): site.disk.delete("store")
            case ("drop", _): site.disk.delete(words.count > 2 ? "public/" + words[2] : "public")
            case ("alter", let path?):
                // In place: a file put there anew would be somebody else's, were the store lost.
                if site.disk.bytes(of: "public/" + path) != nil {
                    site.disk.put("public/" + path, bytes: Array("altered".utf8), inPlace: true)
                }
            default: break
            }
        }
        if !isUndone { apply(fixture, to: site.world.source) }
        for kill in kills {
            site.settle()
            site.disk.stopEffects(after: kill)
            site.build()
            site.disk.resumeEffects()
        }
    }

    /// What Git answers: that there is no history, that it does not tell it, or one of two, of which the second is longer.
    private static func git(_ history: String) -> [String: String] {
        let commits = ["1", "2"].map { String(repeating: $0, count: 40) }
        let paths = ["content/posts/p1.md", "content/blog/p1.md", "content/about.md", "content/own/e0.md"]
        let changes = paths.map { "M\u{0}\($0)\u{0}" }.joined()
        let first = "\u{1}1577934245 \u{0}\n\(changes)"
        switch history {
        case "1": return ["git:head": "full \(commits[0])", "git:log \(commits[0])": first]
        case "2":
            return [
                "git:head": "full \(commits[1])",
                "git:log \(commits[1])": "\u{1}1609556645 1\u{0}\n\(changes)\u{0}\(first)",
            ]
        // Of the commit whose history is told at other times.
        case "refuses":
            return ["git:head": "full \(commits[0])", "git:log \(commits[0])": "none could not read"]
        default: return ["git:head": "none not a git repository"]
        }
    }

    /// The parts of a fixture that can be done: a shrunk script may move or replace what is no longer there.
    private static func apply(_ fixture: SiteFixture, to files: MemoryFileSystem) {
        for part in fixture.parts {
            switch part.change {
            case .deleted: files.delete(part.path)
            case .folder:
                if isFree(part.path, in: files) { files.putFolder(part.path) }
            case .renamed(let source):
                let exists = (try? files.stamp(RelativePath(source) ?? .root)) != nil
                if exists, isFree(part.path, in: files) {
                    files.delete(part.path)
                    files.move(source, to: part.path)
                }
            case .file(let text):
                guard isFree(part.path, in: files) else { continue }
                if let path = RelativePath(part.path), (try? files.stamp(path))?.kind == .folder {
                    files.delete(part.path)
                }
                files.put(part.path, text)
            }
        }
    }

    /// Whether no file stands where a folder must be.
    private static func isFree(_ path: String, in files: MemoryFileSystem) -> Bool {
        guard var folder = RelativePath(path)?.parent else { return false }
        while !folder.isRoot {
            if files.bytes(of: folder.text) != nil { return false }
            folder = folder.parent
        }
        return true
    }

    private static func touch(_ files: MemoryFileSystem) {
        for file in files.files { files.setModified(file.path.text, to: files.clock) }
    }
}

extension EditScript {
    /// A shorter script that still fails: blocks are dropped, then files of blocks, then lines of files.
    ///
    /// - Parameter budget: how many runs that may take.
    /// - Returns: a script that fails if this one does.
    func shrunk(budget: Int) -> EditScript {
        var best = self
        var runs = 0
        func fails(_ script: EditScript) -> Bool {
            runs += 1
            return runs <= budget && script.run() != nil
        }
        if let failure = best.run() { best.blocks = Array(best.blocks.prefix(failure.block + 1)) }
        var progress = true
        while progress, runs < budget {
            progress = false
            var index = best.blocks.count - 1
            while index > 0 {
                // A block goes away, or becomes one with the block before it.
                var without = best
                without.blocks.remove(at: index)
                var merged = best
                merged.blocks[index - 1] = Self.merged(best.blocks[index - 1], best.blocks[index])
                merged.blocks.remove(at: index)
                if fails(without) {
                    best = without
                    progress = true
                } else if index > 1 || best.blocks.count > 2, fails(merged) {
                    best = merged
                    progress = true
                }
                index -= 1
            }
            for index in best.blocks.indices.reversed() {
                var parts = Self.parts(best.blocks[index])
                var place = parts.count - 1
                while place >= 0 {
                    var fewer = parts
                    fewer.remove(at: place)
                    var candidate = best
                    candidate.blocks[index] = fewer.joined()
                    if fails(candidate) {
                        best = candidate
                        parts = fewer
                        progress = true
                    } else {
                        parts[place] = shrunkLines(parts, place, index, &best, fails, &progress)
                    }
                    place -= 1
                }
            }
        }
        return best
    }

    private func shrunkLines(
        _ parts: [String], _ place: Int, _ index: Int, _ best: inout EditScript,
        _ fails: (EditScript) -> Bool, _ progress: inout Bool
    ) -> String {
        var parts = parts
        var lines = parts[place].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var line = lines.count - 1
        while line > 0 {
            var fewer = lines
            fewer.remove(at: line)
            parts[place] = fewer.joined(separator: "\n")
            if !parts[place].hasSuffix("\n") { parts[place] += "\n" }
            var candidate = best
            candidate.blocks[index] = parts.joined()
            if !lines[line].isEmpty, fails(candidate) {
                best = candidate
                lines = fewer
                progress = true
            }
            line -= 1
        }
        var text = lines.joined(separator: "\n")
        if !text.hasSuffix("\n") { text += "\n" }
        return text
    }

    /// The orders, one a part, and the files of a block.
    private static func parts(_ block: String) -> [String] {
        var parts: [String] = []
        var isInFile = false
        for line in block.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
            block.hasSuffix("\n") ? 1 : 0)
        {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                isInFile = true
                parts.append(line + "\n")
            } else if isInFile, let last = parts.indices.last {
                parts[last] += line + "\n"
            } else {
                parts.append(line + "\n")
            }
        }
        return parts
    }

    private static func merged(_ first: String, _ second: String) -> String {
        let all = parts(first) + parts(second)
        return all.filter { !$0.hasPrefix("-- ") }.joined() + all.filter { $0.hasPrefix("-- ") }.joined()
    }
}
