import Foundation
import TestSupport
import Testing

/// Real blogs under random edits of the kinds that people make: what a build leaves is what one from nothing makes.
///
/// `SITE_CORPUS_EDITS` says how many edits there are on each blog, `SITE_FUZZ_SEED` names the seed, and `SITE_PROGRAM`
/// another program than the one built with the tests, since a release build is ten times as fast.
@Suite(.enabled(if: Corpus.isThere), .serialized) struct CorpusEditTests {
    private static let edits = ProcessInfo.processInfo.environment["SITE_CORPUS_EDITS"].flatMap { Int($0) }
    private static let seed =
        ProcessInfo.processInfo.environment["SITE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

    @Test("Random edits of a real blog", arguments: ["swift-blog", "rust-blog", "otel-site"])
    func edits(name: String) throws {
        // In a usual run, a few on the smallest.
        guard Self.edits != nil || name == "swift-blog" else { return }
        var blog = try EditedBlog(name, seed: Self.seed)
        let count = Self.edits ?? 6
        var sinceComparison = 0
        for number in 1...count {
            blog.edit()
            if let problem = try blog.build() {
                Issue.record(
                    "\(name), seed \(Self.seed), edit \(number): \(problem)\n\(blog.story.suffix(8))")
                return
            }
            sinceComparison += 1
            if sinceComparison == (Self.edits == nil ? 3 : 2) || number == count {
                sinceComparison = 0
                if let problem = try blog.compare() {
                    Issue.record(
                        "\(name), seed \(Self.seed), edit \(number): \(problem)\n\(blog.story.suffix(8))")
                    return
                }
            }
        }
        if Self.edits != nil {
            FileHandle.standardError.write(
                Data(
                    "\(name), seed \(Self.seed): \(count) edits, \(blog.comparisons) comparisons, \(blog.failures) builds with errors\n"
                        .utf8))
        }
    }
}

/// A copy of a blog that is edited and built again and again.
private struct EditedBlog {
    private let folder: TemporaryFolder
    private let site: String
    private let original: [String: Data]
    private var random: RandomSource
    /// What was done, for whoever reads a failure.
    private(set) var story: [String] = []
    private(set) var comparisons = 0
    /// How many builds had errors: nothing is published then.
    private(set) var failures = 0
    private var hasFailed = false

    init(_ name: String, seed: UInt64) throws {
        folder = try TemporaryFolder()
        site = folder.path + "/site"
        random = RandomSource(seed: seed)
        try FileManager.default.copyItem(
            atPath: (Repository.shared ?? "") + "/corpora/" + name, toPath: site)
        try FileManager.default.copyItem(
            atPath: Repository.root + "/Tests/CLITests/Corpora/\(name)/site.json", toPath: site + "/site.json"
        )
        original = Self.files(below: site)
    }

    private static func files(below root: String) -> [String: Data] {
        var files: [String: Data] = [:]
        guard let names = FileManager.default.enumerator(atPath: root) else { return [:] }
        for case let name as String in names where !name.hasPrefix("public") && !name.hasPrefix(".site") {
            if let data = FileManager.default.contents(atPath: root + "/" + name) { files[name] = data }
        }
        return files
    }

    // MARK: Builds

    private func run(_ arguments: [String]) throws -> SiteProgram.Run {
        try SiteProgram.run(
            ["build", "--source", site, "--now", "2026-09-01T00:00:00Z", "--format", "json"] + arguments)
    }

    /// Builds over what is there.
    mutating func build() throws -> String? {
        let run = try self.run([])
        hasFailed = run.code == 1
        if hasFailed { failures += 1 }
        return run.code == 0 || run.code == 1 ? nil : "the build ends with \(run.code): \(run.error)"
    }

    /// Builds from nothing beside it and compares.
    mutating func compare() throws -> String? {
        comparisons += 1
        let clean = folder.path + "/clean"
        let stores = (try? FileManager.default.contentsOfDirectory(atPath: site + "/.site")) ?? []
        for store in stores where store.hasPrefix("output-") {
            try FileManager.default.removeItem(atPath: site + "/.site/" + store)
        }
        if FileManager.default.fileExists(atPath: clean) { try FileManager.default.removeItem(atPath: clean) }
        let run = try self.run(["--output", clean])
        if (run.code == 1) != hasFailed { return "a clean build ends with \(run.code)" }
        let again = try self.run([])
        if again.json["ran"] as? Int != 0 { return "a build without an edit ran \(again.json["ran"] ?? 0)" }
        if run.counts != again.counts { return "findings \(again.counts) instead of \(run.counts)" }
        if hasFailed { return nil }
        let expected = Self.files(below: clean)
        let found = Self.files(below: site + "/public")
        for path in expected.keys.sorted() where found[path] != expected[path] {
            return found[path] == nil ? "\(path) is missing" : "\(path) is stale"
        }
        return found.keys.filter { expected[$0] == nil }.min().map { "\($0) is left over" }
    }

    // MARK: Edits

    private func write(_ data: Data?, to path: String) {
        let file = URL(fileURLWithPath: site + "/" + path)
        guard let data else {
            try? FileManager.default.removeItem(at: file)
            return
        }
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? data.write(to: file)
    }

    /// Does one thing that people do.
    mutating func edit() {
        let files = Self.files(below: site)
        let pages = files.keys.filter { $0.hasSuffix(".md") && $0.contains("/") }.sorted()
        let page = random.pick(pages)
        let text = String(decoding: files[page] ?? Data(), as: UTF8.self)
        switch random.below(24) {
        case 0..<5: change(page, "its text", text + "\nOne more sentence, number \(random.below(1000)).\n")
        case 5, 6:
            var words = text.components(separatedBy: " ")
            words[random.below(words.count)] = random.pick(["other", "<b>bold</b>", "[link](/)", "# Part"])
            change(page, "a word", words.joined(separator: " "))
        case 7, 8, 9: changeHead(page, text, ["title": "\"Another title \(random.below(100))\""])
        case 10: changeHead(page, text, ["draft": random.pick(["true", "false"])])
        case 11:
            changeHead(
                page, text, ["date": random.pick(["2020-02-02", "2026-08-31", "2027-01-01", "2015-05-05"])])
        case 12: changeHead(page, text, ["tags": random.pick(["[\"new\"]", "[\"swift\", \"new\"]", "[]"])])
        case 13, 14:
            story.append("delete \(page)")
            write(nil, to: page)
        case 15:
            let other = random.pick(pages)
            story.append("swap \(page) and \(other)")
            write(files[other], to: page)
            write(files[page], to: other)
        case 16:
            let new = page.dropLast(3) + "-moved.md"
            story.append("move \(page) to \(new)")
            write(nil, to: page)
            write(files[page], to: String(new))
        case 17:
            let new = page.dropLast(3) + "-copy.md"
            change(String(new), "a copy", text)
        case 18: changeTemplate()
        case 19: changeConfiguration(files)
        case 20:
            let back = original.keys.sorted().filter { files[$0] != original[$0] }
            guard !back.isEmpty else { return }
            let path = random.pick(back)
            story.append("\(path) as it was")
            write(original[path], to: path)
        case 21:
            story.append("everything as it was")
            for path in files.keys where original[path] == nil { write(nil, to: path) }
            for (path, data) in original where files[path] != data { write(data, to: path) }
        case 22:
            story.append("an output altered, others deleted")
            let outputs = Self.files(below: site + "/public").keys.sorted()
            guard !outputs.isEmpty else { return }
            write(Data("mine".utf8), to: "public/" + random.pick(outputs))
            for _ in 0..<3 { write(nil, to: "public/" + random.pick(outputs)) }
        default:
            story.append("touch everything")
            for (path, data) in files { write(data, to: path) }
        }
    }

    private mutating func change(_ path: String, _ what: String, _ text: String) {
        story.append("\(path): \(what)")
        write(Data(text.utf8), to: path)
    }

    /// Sets a key of the front matter, whether it is YAML or TOML.
    private mutating func changeHead(_ path: String, _ text: String, _ values: [String: String]) {
        var lines = text.components(separatedBy: "\n")
        guard let fence = lines.first, fence == "---" || fence == "+++" else { return }
        let sign = fence == "---" ? ": " : " = "
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            let end = lines.dropFirst().firstIndex(of: fence) ?? 1
            let line = key + sign + value
            // Nested keys are of no interest: only what stands at the margin is a key of the page.
            if let old = lines[1..<end].firstIndex(where: { $0.hasPrefix(key + sign.prefix(1)) }) {
                lines[old] = line
            } else {
                lines.insert(line, at: 1)
            }
        }
        change(path, "\(values)", lines.joined(separator: "\n"))
    }

    private mutating func changeTemplate() {
        let (path, texts) = random.pick([
            (
                "templates/page.html",
                [
                    "<h1>{{ page.title }}</h1>{{ page.content }}{{ page.next.title }}",
                    "{# a comment #}<h1>{{ page.title }}</h1>{{ page.content }}", nil,
                ]
            ),
            (
                "templates/section.html",
                ["{% for p in paginator.items %}<a href=\"{{ p.url }}\">{{ p.title }}</a>{% endfor %}", nil]
            ),
            (
                "templates/term.html",
                ["{% for p in paginator.items %}{{ p.title }} {{ p.summary }}{% endfor %}", nil]
            ),
            (
                "templates/home.html",
                ["{% for p in site.posts[:5] %}{{ p.title }} {{ p.word_count }}{% endfor %}", nil]
            ),
        ])
        let text = random.pick(texts)
        story.append("\(path): \(text ?? "gone")")
        write(text.map { Data($0.utf8) }, to: path)
    }

    private mutating func changeConfiguration(_ files: [String: Data]) {
        let text = String(decoding: files["site.json"] ?? Data(), as: UTF8.self)
        let lines = text.components(separatedBy: "\n")
        let key = random.pick([
            "\"description\": \"Another \(random.below(10))\"",
            "\"pagination\": {\"size\": \(5 + random.below(9))}",
            "\"params\": {\"x\": \(random.below(3))}", "\"feeds\": {\"limit\": \(1 + random.below(20))}",
        ])
        let name = key.prefix { $0 != ":" }
        let kept = lines.dropFirst().filter { !$0.contains(name) }
        change("site.json", key, "{\n  \(key),\n" + kept.joined(separator: "\n"))
    }
}
