import Files
import TestSupport
import Testing
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Random edits of a small tree with links in it: whatever looks different afterwards must have been named.
@Suite(.serialized) struct FileWatcherFuzzTests {
    @Test(arguments: 1...40)
    func `whatever has changed is named, or a folder in which it lies`(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let outside = try TemporaryFolder()
        let disk = folder.disk()
        var random = RandomSource(seed: seed)
        let watcher = try FileWatcher(disk)
        var before: [RelativePath: FileStamp] = [:]
        var story: [String] = []
        for _ in 0..<60 {
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                story.append(edit(folder.path, outside.path, &random))
            }
            var named: Set<RelativePath> = []
            while watcher.hasNews { named.formUnion(watcher.next(timeoutMilliseconds: 0).paths) }
            let after = walk(disk)
            for path in Set(before.keys).union(after.keys) {
                let isFolder = before[path]?.kind == .folder && after[path]?.kind == .folder
                if isFolder || before[path] == after[path] || isNamed(path, in: named) { continue }
                Issue.record(
                    "\(path) is not among \(named.map(\.text).sorted()) after \(story.suffix(12))")
                return
            }
            before = after
        }
    }

    /// One edit, and its story.
    private func edit(_ root: String, _ outside: String, _ random: inout RandomSource) -> String {
        func place() -> String {
            let depth = Int.random(in: 1...40, using: &random)
            let path = (0..<depth).map { _ in ["a", "b", "c"].randomElement(using: &random) ?? "a" }
            let isOutside = Int.random(in: 0..<6, using: &random) == 0
            return (isOutside ? outside : root) + "/" + path.joined(separator: "/")
        }
        let one = place()
        let other = place()
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1:
            write(one, count: Int.random(in: 0..<100, using: &random))
            return "write \(one)"
        case 2:
            write(root + "/new", count: Int.random(in: 0..<100, using: &random))
            _ = unsafe rename(root + "/new", one)
            return "replace \(one)"
        case 3:
            _ = unsafe unlink(one)
            return "unlink \(one)"
        case 4:
            _ = unsafe mkdir(one, 0o755)
            return "mkdir \(one)"
        case 5:
            _ = unsafe rmdir(one)
            return "rmdir \(one)"
        case 6:
            _ = unsafe rename(one, other)
            return "rename \(one) \(other)"
        default:
            _ = unsafe symlink(other, one)
            return "symlink \(other) \(one)"
        }
    }

    private func write(_ path: String, count: Int) {
        guard let file = unsafe fopen(path, "w") else { return }
        unsafe fputs(String(repeating: "x", count: count), file)
        unsafe fclose(file)
    }

    private func isNamed(_ path: RelativePath, in named: Set<RelativePath>) -> Bool {
        var place = path
        while !named.contains(place) {
            if place.isRoot { return false }
            place = place.parent
        }
        return true
    }

    private func walk(_ disk: DiskFileSystem) -> [RelativePath: FileStamp] {
        var found: [RelativePath: FileStamp] = [:]
        var open: [RelativePath] = [.root]
        while let folder = open.popLast() {
            for item in (try? disk.listWithStamps(folder)) ?? [] {
                let path = folder.appending(item.entry.name)
                found[path] = item.stamp
                if item.entry.kind == .folder { open.append(path) }
            }
        }
        return found
    }
}
