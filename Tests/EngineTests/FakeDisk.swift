import Files
import Synchronization
import Text

/// A disk in memory whose every effect can be counted, refused or cut short.
final class FakeDisk: FileSystem {
    struct State {
        var files: [[UInt8]: (bytes: [UInt8], stamp: FileStamp)] = [:]
        var folders: Set<[UInt8]> = [[]]
        var nextInode: UInt64 = 1
        var clock: Int64 = 1_000_000_000_000
        var reads: [String] = []
        var effects: [String] = []
        /// How many effects are still allowed; after that every one is refused, as if the process had died.
        var effectsLeft: Int?
        var refusedReads: Set<[UInt8]> = []
    }

    let state: Mutex<State>

    init(_ state: consuming sending State = State()) {
        self.state = Mutex(state)
    }

    /// The same disk as found by another process: no refusals.
    func reopened() -> FakeDisk {
        let (files, folders, inode, clock) = state.withLock { ($0.files, $0.folders, $0.nextInode, $0.clock) }
        var copy = State()
        copy.files = files
        copy.folders = folders
        copy.nextInode = inode
        copy.clock = clock + 1_000_000_000
        return FakeDisk(copy)
    }

    private static func effect(_ state: inout State, _ name: String, _ path: RelativePath) throws(FileError) {
        if let left = state.effectsLeft {
            if left == 0 { throw FileError(operation: name, path: path, code: 4) }
            state.effectsLeft = left - 1
        }
        state.effects.append("\(name) \(path.text)")
    }

    private static func makeFolders(_ state: inout State, above path: RelativePath) throws(FileError) {
        var folder = path.parent
        while !folder.isRoot {
            if state.files[folder.bytes] != nil { throw FileError(operation: "write", path: path, code: 20) }
            state.folders.insert(folder.bytes)
            folder = folder.parent
        }
    }

    private static func put(_ state: inout State, _ path: RelativePath, _ bytes: [UInt8]) -> FileStamp {
        state.clock += 1_000_000
        let stamp = FileStamp(
            inode: state.nextInode, size: UInt64(bytes.count), modified: state.clock, changed: state.clock, mode: 0o100644)
        state.nextInode += 1
        state.files[path.bytes] = (bytes, stamp)
        return stamp
    }

    // MARK: For tests

    /// Lets time pass on the disk's clock.
    func wait(seconds: Double = 1) {
        state.withLock { $0.clock += Int64(seconds * 1e9) }
    }

    func put(_ path: String, _ text: String) {
        state.withLock { state in
            let path = RelativePath(path) ?? .root
            var folder = path.parent
            while !folder.isRoot {
                state.folders.insert(folder.bytes)
                folder = folder.parent
            }
            _ = Self.put(&state, path, Array(text.utf8))
        }
    }

    /// Changes a file without any trace in its stamp.
    func sneak(_ path: String, _ text: String) {
        state.withLock { $0.files[Array(path.utf8)]?.bytes = Array(text.utf8) }
    }

    func delete(_ path: String) {
        let path = Array(path.utf8)
        state.withLock { state in
            let inside = path + [UInt8(ascii: "/")]
            for file in state.files.keys where file == path || file.starts(with: inside) { state.files[file] = nil }
            for folder in state.folders where folder == path || folder.starts(with: inside) {
                state.folders.remove(folder)
            }
        }
    }

    func text(_ path: String) -> String? {
        state.withLock { $0.files[Array(path.utf8)].map { String(decoding: $0.bytes, as: UTF8.self) } }
    }

    /// All files below a folder as "path: content", sorted.
    func tree(_ folder: String) -> [String] {
        let prefix = Array(folder.utf8) + [UInt8(ascii: "/")]
        return state.withLock { state in
            state.files.filter { $0.key.starts(with: prefix) }.map { path, file in
                "\(String(decoding: path.dropFirst(prefix.count), as: UTF8.self)): \(String(decoding: file.bytes, as: UTF8.self))"
            }
        }.sorted()
    }

    var reads: [String] { state.withLock { $0.reads } }
    var effects: [String] { state.withLock { $0.effects } }
    func forget() {
        state.withLock {
            $0.reads = []
            $0.effects = []
        }
    }

    // MARK: FileSystem

    func read(_ path: RelativePath) throws(FileError) -> FileContents? {
        let found: Result<FileContents?, FileError> = state.withLock { state in
            state.reads.append(path.text)
            if state.refusedReads.contains(path.bytes) {
                return .failure(FileError(operation: "read", path: path, code: 13))
            }
            return .success(state.files[path.bytes].map { FileContents(bytes: $0.bytes, stamp: $0.stamp) })
        }
        return try found.get()
    }

    func list(_ folder: RelativePath) throws(FileError) -> [FolderEntry]? {
        try listWithStamps(folder)?.map(\.entry)
    }

    func listWithStamps(_ folder: RelativePath) throws(FileError) -> [StampedEntry]? {
        state.withLock { state in
            guard state.folders.contains(folder.bytes) else { return nil }
            var entries: [StampedEntry] = []
            for (path, file) in state.files where RelativePath(unchecked: path).parent == folder {
                let name = Array(RelativePath(unchecked: path).name)
                entries.append(StampedEntry(entry: FolderEntry(name: name, kind: .file), stamp: file.stamp))
            }
            for path in state.folders where !path.isEmpty && RelativePath(unchecked: path).parent == folder {
                let name = Array(RelativePath(unchecked: path).name)
                let stamp = FileStamp(inode: 0, size: 0, modified: 0, changed: 0, mode: 0o40755)
                entries.append(StampedEntry(entry: FolderEntry(name: name, kind: .folder), stamp: stamp))
            }
            return entries.sorted { $0.entry.name.lexicographicallyPrecedes($1.entry.name) }
        }
    }

    func stamp(_ path: RelativePath) throws(FileError) -> FileStamp? {
        state.withLock { state in
            if state.folders.contains(path.bytes) {
                return FileStamp(inode: 0, size: 0, modified: 0, changed: 0, mode: 0o40755)
            }
            return state.files[path.bytes]?.stamp
        }
    }

    func write(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) -> FileStamp {
        var copy: [UInt8] = []
        for index in bytes.indices { copy.append(bytes[index]) }
        let content = copy
        let result: Result<FileStamp, FileError> = state.withLock { state in
            do throws(FileError) {
                try Self.effect(&state, "write", path)
                if state.folders.contains(path.bytes) { throw FileError(operation: "write", path: path, code: 21) }
                try Self.makeFolders(&state, above: path)
                return .success(Self.put(&state, path, content))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    func append(_ path: RelativePath, _ bytes: Span<UInt8>) throws(FileError) {
        var copy: [UInt8] = []
        for index in bytes.indices { copy.append(bytes[index]) }
        let content = copy
        let result: Result<Void, FileError> = state.withLock { state in
            do throws(FileError) {
                // An append that is cut short leaves a part behind.
                if state.effectsLeft == 0 {
                    state.effectsLeft = -1
                    let old = state.files[path.bytes]?.bytes ?? []
                    _ = Self.put(&state, path, old + content.prefix(content.count / 2))
                    return .failure(FileError(operation: "append", path: path, code: 4))
                }
                if state.effectsLeft == -1 { return .failure(FileError(operation: "append", path: path, code: 4)) }
                try Self.effect(&state, "append", path)
                try Self.makeFolders(&state, above: path)
                _ = Self.put(&state, path, (state.files[path.bytes]?.bytes ?? []) + content)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    func copy(_ source: RelativePath, to target: RelativePath) throws(FileError) -> FileStamp {
        guard let bytes = state.withLock({ $0.files[source.bytes]?.bytes }) else {
            throw FileError(operation: "copy", path: source, code: 2)
        }
        return try write(target, bytes.span)
    }

    func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        let result: Result<Void, FileError> = state.withLock { state in
            do throws(FileError) {
                try Self.effect(&state, "rename", target)
                try Self.makeFolders(&state, above: target)
                if let file = state.files[source.bytes] {
                    if state.folders.contains(target.bytes) {
                        throw FileError(operation: "rename", path: target, code: 21)
                    }
                    state.files[source.bytes] = nil
                    state.files[target.bytes] = file
                } else if state.folders.contains(source.bytes) {
                    let prefix = source.bytes + [UInt8(ascii: "/")]
                    for (path, file) in state.files where path.starts(with: prefix) {
                        state.files[path] = nil
                        state.files[target.bytes + path.dropFirst(source.bytes.count)] = file
                    }
                    for path in state.folders where path == source.bytes || path.starts(with: prefix) {
                        state.folders.remove(path)
                        state.folders.insert(target.bytes + path.dropFirst(source.bytes.count))
                    }
                } else {
                    throw FileError(operation: "rename", path: source, code: 2)
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    func remove(_ path: RelativePath) throws(FileError) {
        let result: Result<Void, FileError> = state.withLock { state in
            guard state.files[path.bytes] != nil else { return .success(()) }
            do throws(FileError) {
                try Self.effect(&state, "remove", path)
                state.files[path.bytes] = nil
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    func removeFolderIfEmpty(_ path: RelativePath) throws(FileError) -> Bool {
        let result: Result<Bool, FileError> = state.withLock { state in
            let prefix = path.bytes + [UInt8(ascii: "/")]
            guard state.folders.contains(path.bytes) else { return .success(false) }
            if state.files.keys.contains(where: { $0.starts(with: prefix) }) { return .success(false) }
            if state.folders.contains(where: { $0.starts(with: prefix) }) { return .success(false) }
            do throws(FileError) {
                try Self.effect(&state, "removeFolder", path)
                state.folders.remove(path.bytes)
                return .success(true)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    func now() throws(FileError) -> Int64 {
        state.withLock { $0.clock }
    }
}
