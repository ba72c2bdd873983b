import Engine
import Files
import Synchronization
import Testing
import Text

/// Files that cannot be read for a moment: what is said of them then is not the truth for ever, though nobody will say
/// that they have changed.
@Suite("A file that cannot be read is looked at again") struct UnreadableTests {
    /// A disk that refuses to read or list some paths.
    private final class MoodyDisk: FileSystem {
        private let base: MemoryFileSystem
        /// The `errno` of each path that is refused, and how often it still is.
        let moods = Mutex<[String: (code: Int32, times: Int)]>([:])

        init(_ base: MemoryFileSystem) {
            self.base = base
        }

        private func check(_ path: RelativePath, _ operation: String) throws(FileError) {
            let code: Int32? = moods.withLock { moods in
                guard let mood = moods[path.text], mood.times > 0 else { return nil }
                moods[path.text] = (mood.code, mood.times - 1)
                return mood.code
            }
            if let code { throw FileError(operation: operation, path: path, code: code) }
        }

        func read(_ path: RelativePath) throws(FileError) -> FileContents? {
            try check(path, "read")
            return try base.read(path)
        }
        func list(_ path: RelativePath) throws(FileError) -> [FolderEntry]? {
            try check(path, "list")
            return try base.list(path)
        }
        func listWithStamps(_ path: RelativePath) throws(FileError) -> [StampedEntry]? {
            try check(path, "list")
            return try base.listWithStamps(path)
        }
        func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? { try base.stamp(path) }
        func now() throws(FileError) -> Int64 { try base.now() }
        func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
            try base.write(path, bytes)
        }
        func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) {
            try base.append(path, bytes)
        }
        func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
            try base.copy(source, to: target)
        }
        func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
            try base.rename(source, to: target)
        }
        func remove(_ path: RelativePath) throws(FileError) { try base.remove(path) }
        func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
            try base.removeFolderIfEmpty(path)
        }
    }

    /// A preview of one cell, whose file is edited while it cannot be read.
    ///
    /// - Returns: what the cell is then, and whether the engine doubts it; and the same after another look.
    private func states(_ code: Int32, times: Int) -> (then: String?, isDoubtful: Bool, later: String?, Bool)
    {
        let disk = MemoryFileSystem()
        disk.put("outputs.txt", "a")
        disk.put("a.txt", "+ x 1")
        disk.put("x.txt", "4")
        let moody = MoodyDisk(disk)
        let engine = BuildEngine(rules: arithmeticRules(tool: 0), source: moody, root: RootRule.key(""))
        func content() -> String? {
            guard case .bytes(let bytes) = engine.output(Laboratory.path("a"))?.content else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
        let inputs = BuildInputs(now: 1000)
        _ = engine.refresh(inputs, changed: .everything)
        _ = content()
        disk.advanceClock(nanoseconds: 1_000_000_000)
        disk.put("x.txt", "6")
        moody.moods.withLock { $0["x.txt"] = (code, times) }
        _ = engine.refresh(inputs, changed: .paths([Laboratory.path("x.txt")]))
        let then = (content(), engine.isDoubtful)
        moody.moods.withLock { $0 = [:] }
        // Nobody says that anything changed.
        _ = engine.refresh(inputs, changed: .paths([]))
        return (then.0, then.1, content(), engine.isDoubtful)
    }

    @Test("one that the disk refuses is doubted until it can be read")
    func aDiskError() {
        let states = states(5, times: .max)
        #expect(states.then != "a = 7")
        #expect(states.isDoubtful)
        #expect(states.later == "a = 7")
        #expect(!states.3)
    }

    @Test("a shortage of a moment is not seen at all")
    func aShortage() {
        let states = states(24, times: 2)
        #expect(states.then == "a = 7")
        #expect(!states.isDoubtful)
    }

    @Test("one that may not be read is no matter of doubt: whoever allows it is noticed")
    func aRefusal() {
        #expect(!states(13, times: .max).isDoubtful)
    }

    @Test("a refusal is told, and no longer when it is gone, even where there was never a file")
    func aRefusalOfNothing() {
        let disk = MemoryFileSystem()
        disk.put("outputs.txt", "a")
        disk.put("a.txt", "+ x 1")
        let moody = MoodyDisk(disk)
        let engine = BuildEngine(rules: arithmeticRules(tool: 0), source: moody, root: RootRule.key(""))
        func refused() -> [String] {
            _ = engine.refresh(BuildInputs(now: 1000), changed: .everything)
            _ = engine.finish()
            return engine.standing().diagnostics.filter { $0.code == .unreadableFile }.compactMap {
                $0.location?.path.text
            }
        }
        #expect(refused() == [])
        moody.moods.withLock { $0 = ["x.txt": (13, .max), "": (13, .max)] }
        #expect(refused().contains("x.txt"))
        moody.moods.withLock { $0 = [:] }
        #expect(refused() == [])
    }
}
