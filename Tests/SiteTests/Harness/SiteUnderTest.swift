import Engine
import Files
import Site
import TestSupport
import Text

/// A site in memory that is edited and built, each time in a new process over what the last one left.
///
/// After every build all promises are checked; see ``check()``. A second engine lives as long as the site, as
/// that of a preview does, and must say the same at all times.
final class SiteUnderTest {
    var world: World
    /// Store and output.
    let disk: MemoryFileSystem
    /// What the last build did.
    private(set) var last: Process?
    private let preview: Project
    /// The sources, as the preview and the builds that are meddled with read them.
    private let meddled: MeddledFiles
    private var seen: Sources?
    /// What was changed and changed back since the preview looked.
    private var touched: Set<RelativePath> = []
    /// The output of a clean build of the same inputs as the last build.
    private(set) var cleanTree: OutputTree

    init(_ site: String, now: String = "2026-06-01") {
        let source = MemoryFileSystem(site: site)
        world = World(source: source, now: World.instant(now))
        disk = MemoryFileSystem()
        meddled = MeddledFiles(source)
        preview = Project(source: meddled)
        cleanTree = OutputTree(disk)
    }

    /// Changes the sources.
    func edit(_ changes: String) { world.source.edit(changes) }

    /// Replaces a piece of text in a source; it must be there.
    func replace(_ text: String, by other: String, in path: String) {
        guard let old = world.source.text(of: path), let range = old.firstRange(of: text) else {
            preconditionFailure("\(path) has no \"\(text)\"")
        }
        world.source.put(path, old.replacingCharacters(in: range, with: other))
    }

    /// Replaces a piece of text as an editor does that overwrites the file.
    func replace(_ text: String, by other: String, inPlace path: String) {
        guard let old = world.source.text(of: path), let range = old.firstRange(of: text) else {
            preconditionFailure("\(path) has no \"\(text)\"")
        }
        world.source.put(
            path, bytes: Array(old.replacingCharacters(in: range, with: other).utf8), inPlace: true)
    }

    /// An output as text.
    func output(_ path: String) -> String? { disk.text(of: "public/" + path) }

    /// The paths of all outputs, sorted.
    var outputs: [String] {
        disk.files.map(\.path.text).filter { $0.hasPrefix("public/") }.map { String($0.dropFirst(7)) }
            .sorted()
    }

    /// The findings of the last build, but for those of pages that are not published and of sites without an address.
    var findings: [Diagnostic] {
        allFindings.filter { $0.code.name != "skipped-page" && $0.code.name != "missing-base-url" }
    }

    /// The findings of the last build.
    var allFindings: [Diagnostic] { last?.report.build.diagnostics ?? [] }

    /// Lets time pass on the disks: what was written before is older than any doubt about its stamps.
    func settle() {
        world.source.advanceClock(nanoseconds: 10_000_000_000)
        disk.advanceClock(nanoseconds: 10_000_000_000)
    }

    /// One build in a process of its own, unchecked.
    @discardableResult
    func build() -> Process {
        let process = Process(world, disk)
        last = process
        return process
    }

    /// Builds in a new process, and refreshes the preview, while the sources change after so many reads of theirs.
    ///
    /// - Parameters:
    ///   - reads: how many files and folders are looked at before the change.
    ///   - isUndone: whether all is as it was afterwards.
    ///   - change: what happens to the sources.
    func build(
        meddlingAfter reads: Int, isUndone: Bool, _ change: @escaping @Sendable (MemoryFileSystem) -> Void
    ) {
        let source = world.source
        let before = source.files
        settle()
        meddled.meddle(after: reads) { change(source) }
        last = Process(world, disk, source: meddled)
        meddled.settle()
        for file in source.files where !before.contains(where: { $0 == file }) { touched.insert(file.path) }
        for file in before where source.bytes(of: file.path.text) != file.bytes { touched.insert(file.path) }
        Self.restore(before, in: source)
        settle()
        meddled.meddle(after: reads) { change(source) }
        _ = preview.engine.refresh(world.inputs, changed: .everything)
        preview.engine.finish()
        meddled.settle()
        if isUndone { Self.restore(before, in: source) }
    }

    private static func restore(_ files: [(path: RelativePath, bytes: [UInt8])], in source: MemoryFileSystem)
    {
        for file in source.files where !files.contains(where: { $0.path == file.path }) {
            source.delete(file.path.text)
        }
        for file in files where source.bytes(of: file.path.text) != file.bytes {
            source.put(file.path.text, bytes: file.bytes)
        }
    }

    /// Builds in a new process and checks every promise.
    ///
    /// - Returns: what is wrong; empty when all is well.
    func check(settling: Bool = true) -> [String] {
        if settling { settle() }
        let before = OutputTree(disk)
        let process = build()
        let after = OutputTree(disk)
        return publicationProblems(process, before, after) + cleanProblems(process, before, after)
            + nullProblems(process)
            + previewProblems(process)
    }

    /// Builds in a new process, and checks nothing but that output and findings are those of a clean build.
    ///
    /// - Returns: what is wrong; empty when all is well.
    func checkOutput() -> [String] {
        settle()
        let before = OutputTree(disk)
        let process = build()
        return cleanProblems(process, before, OutputTree(disk))
    }

    /// Untouched outputs keep inode and time; exactly what differs is written, and is said to be.
    private func publicationProblems(_ process: Process, _ before: OutputTree, _ after: OutputTree)
        -> [String]
    {
        var problems: [String] = []
        var written: [String] = []
        for (path, file) in after.files {
            if let old = before.files[path], old.stamp == file.stamp { continue }
            written.append(path)
            if let old = before.files[path], old.bytes == file.bytes {
                problems.append("\(path) was written though it is the same")
            }
        }
        let removed = before.files.keys.filter { after.files[$0] == nil }
        if process.written != written.sorted() {
            problems.append("the report says written \(process.written), the disk \(written.sorted())")
        }
        // What was announced before a process died is said to be removed, whether it had been put there or not.
        if process.removed.filter({ removed.contains($0) }) != removed.sorted()
            || process.removed.contains(where: { after.files[$0] != nil })
        {
            problems.append("the report says removed \(process.removed), the disk \(removed.sorted())")
        }
        if process.report.build.failed, !(written + removed).isEmpty {
            problems.append("a build with errors published \(written + removed)")
        }
        return problems
    }

    /// The output is that of a clean build, the findings are.
    private func cleanProblems(_ process: Process, _ before: OutputTree, _ after: OutputTree) -> [String] {
        var problems: [String] = []
        let cleanDisk = MemoryFileSystem()
        let clean = Process(world, cleanDisk)
        cleanTree = OutputTree(cleanDisk)
        if process.report.build.failed != clean.report.build.failed {
            problems.append(
                "fails: \(process.report.build.failed), a clean build: \(clean.report.build.failed)")
        }
        if !clean.report.build.failed {
            problems += after.differences(from: cleanTree, named: "a clean build")
        }
        problems += Self.findingProblems(process.diagnostics, clean.diagnostics, "a clean build")
        if process.report.build.nextFlip != clean.report.build.nextFlip {
            problems.append(
                "next due \(process.report.nextDue ?? "never"), a clean build says \(clean.report.nextDue ?? "never")"
            )
        }
        if process.report.pageCount != clean.report.pageCount
            || process.report.postCount != clean.report.postCount
        {
            problems.append(
                "counts \(process.report.pageCount) pages, a clean build \(clean.report.pageCount)")
        }
        return problems
    }

    /// Once more: no rule runs, no byte is written, the findings are repeated.
    private func nullProblems(_ process: Process) -> [String] {
        settle()
        var problems: [String] = []
        _ = disk.takeAccesses()
        let null = Process(world, disk)
        let effects = disk.takeAccesses().filter(\.operation.isEffect)
        if !null.ran.isEmpty { problems.append("a build without an edit ran \(null.ran)") }
        if !process.report.build.failed, !effects.isEmpty {
            problems.append("a build without an edit wrote: \(effects)")
        }
        problems += Self.findingProblems(null.diagnostics, process.diagnostics, "the build before")
        if null.report.pageCount != process.report.pageCount {
            problems.append("a build without an edit counts \(null.report.pageCount) pages")
        }
        return problems
    }

    /// The engine that stayed in memory says the same.
    private func previewProblems(_ process: Process) -> [String] {
        _ = preview.engine.refresh(world.inputs, changed: changes())
        var problems: [String] = []
        var shown: [String: [UInt8]] = [:]
        for path in preview.engine.outputPaths {
            switch preview.engine.output(path)?.content {
            case .bytes(let bytes)?: shown[path.text] = bytes
            case .copy(let source, _)?: shown[path.text] = world.source.bytes(of: source.text)
            case nil: problems.append("a preview has no \(path)")
            }
        }
        if !process.report.build.failed {
            for path in Set(shown.keys).union(cleanTree.files.keys).sorted()
            where shown[path] != cleanTree.files[path]?.bytes {
                problems.append(
                    "a preview shows another \(path):\n\(shown[path].map { String(decoding: $0, as: UTF8.self) } ?? "nothing")\n--- should be\n"
                        + (cleanTree.files[path].map { String(decoding: $0.bytes, as: UTF8.self) }
                            ?? "nothing"))
            }
        }
        // Findings are complete once the rest is made, too.
        preview.engine.finish()
        let second = preview.engine.refresh(world.inputs, changed: .everything)
        if !second.ran.isEmpty {
            problems.append(
                "a preview without an edit ran \(second.ran.map { preview.engine.text(of: $0.key) })")
        }
        problems += Self.findingProblems(
            second.diagnostics.map { String(decoding: DiagnosticRenderer().text(of: $0), as: UTF8.self) },
            process.diagnostics,
            "a build (in a preview)")
        return problems
    }

    /// What a watcher would name since the last call.
    private func changes() -> Changes {
        var now = Sources()
        for file in world.source.files { now.files[file.path] = file.bytes }
        now.folders = Set(world.source.folders)
        defer {
            seen = now
            touched = []
        }
        guard let seen else { return .everything }
        var paths = now.folders.symmetricDifference(seen.folders).union(touched)
        for path in Set(now.files.keys).union(seen.files.keys) where now.files[path] != seen.files[path] {
            paths.insert(path)
        }
        return .paths(paths.sorted())
    }

    /// The sources as the preview saw them.
    private struct Sources {
        var files: [RelativePath: [UInt8]] = [:]
        var folders: Set<RelativePath> = []
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }

    /// The first place of a text, byte for byte.
    func firstRange(of text: String) -> Range<Index>? {
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: text.utf8) {
                return start..<utf8.index(start, offsetBy: text.utf8.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
