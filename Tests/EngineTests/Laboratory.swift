@testable import Engine
import Files
import Text

/// Builds a site of cells after each edit and says which keys ran. Source, store and output are on one disk in
/// memory, in the folders `in`, `store` and `out`.
final class Laboratory {
    let disk: MemoryFileSystem
    private(set) var engine: BuildEngine
    /// Which program builds from the next restart on.
    var tool = 0
    var inputs: BuildInputs
    let publishes: Bool
    /// A fault planted in the engine.
    var mutant: Mutant? {
        didSet { engine.plant(mutant) }
    }

    init(
        _ files: [String: String], jobs: Int = 1, publishes: Bool = false,
        disk: MemoryFileSystem = MemoryFileSystem()
    ) {
        self.disk = disk
        self.publishes = publishes
        for (path, text) in files.sorted(by: { $0.key < $1.key }) { disk.put("in/" + path, text) }
        engine = Self.engine(disk, publishes, tool: 0)
        inputs = BuildInputs(now: 1000, jobs: jobs)
    }

    private static func engine(_ disk: MemoryFileSystem, _ publishes: Bool, tool: Int) -> BuildEngine {
        let rules = arithmeticRules(tool: tool)
        let source = Subfolder(disk, "in")
        if !publishes { return BuildEngine(rules: rules, source: source, root: RootRule.key("")) }
        return BuildEngine(
            rules: rules, source: source, root: RootRule.key(""),
            store: StorePlace(disk, folder: path("store")),
            output: OutputPlace(disk, folder: path("out"), staging: path("store/staging")))
    }

    static func path(_ text: String) -> RelativePath { RelativePath(text) ?? .root }

    /// The next process: nothing is remembered but what is on the disk.
    func restart() {
        engine = Self.engine(disk, publishes, tool: tool)
        if tool != 0 { inputs.tool = Fingerprint(of: "program \(tool)") }
        engine.plant(mutant)
        disk.resumeEffects()
    }

    func put(_ path: String, _ text: String) { disk.put("in/" + path, text) }
    func delete(_ path: String) { disk.delete("in/" + path) }

    func build() -> BuildReport {
        disk.advanceClock(nanoseconds: 1_000_000_000)
        return engine.build(inputs)
    }

    func ran() -> [String] { names(build().ran) }

    func content(_ path: String) -> String? {
        guard case .bytes(let bytes) = engine.output(Self.path(path))?.content else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All files below a folder of the disk as "path: content", sorted.
    func tree(_ folder: String = "out") -> [String] {
        let root = Self.path(folder)
        return disk.files.compactMap { file in
            file.path.relative(to: root).map { "\($0.text): \(String(decoding: file.bytes, as: UTF8.self))" }
        }
    }

    /// What a clean build of the same sources gives.
    func cleanReport() -> (
        tree: [String], diagnostics: [Diagnostic], nextFlip: Int64?, records: [Key: [String]]
    ) {
        let other = Laboratory([:], publishes: true)
        for file in disk.files where file.path.isInside(Self.path("in")) {
            other.disk.put(file.path.text, bytes: file.bytes)
        }
        for folder in disk.folders where folder.isInside(Self.path("in")) {
            other.disk.putFolder(folder.text)
        }
        other.tool = tool
        other.restart()
        other.inputs = inputs
        let report = other.build()
        return (other.tree(), report.diagnostics, report.nextFlip, other.engine.records(inputs))
    }

    func cleanTree() -> [String] { cleanReport().tree }
}

/// A folder of a file system as a file system of its own, for reading.
final class Subfolder: FileSystem {
    let base: any FileSystem
    let folder: RelativePath

    init(_ base: any FileSystem, _ folder: String) {
        self.base = base
        self.folder = RelativePath(folder) ?? .root
    }

    private func inner(_ path: RelativePath) -> RelativePath { folder.appending(path.bytes) }

    func read(_ path: RelativePath) throws(FileError) -> FileContents? { try base.read(inner(path)) }
    func list(_ path: RelativePath) throws(FileError) -> [FolderEntry]? { try base.list(inner(path)) }
    func listWithStamps(_ path: RelativePath) throws(FileError) -> [StampedEntry]? {
        try base.listWithStamps(inner(path))
    }
    func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? { try base.stamp(inner(path)) }
    func now() throws(FileError) -> Int64 { try base.now() }
    func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
        try base.write(inner(path), bytes)
    }
    func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) {
        try base.append(inner(path), bytes)
    }
    func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        try base.copy(inner(source), to: inner(target))
    }
    func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        try base.rename(inner(source), to: inner(target))
    }
    func remove(_ path: RelativePath) throws(FileError) { try base.remove(inner(path)) }
    func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
        try base.removeFolderIfEmpty(inner(path))
    }
}
