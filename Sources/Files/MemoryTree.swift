internal import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files, folders, clock and plans of a ``MemoryFileSystem``, under its lock.
struct MemoryTree {
    /// A file or folder.
    struct Node {
        var isFolder: Bool
        var bytes: [UInt8]
        /// The names in a folder.
        var names: Set<[UInt8]> = []
        var inode: UInt64
        var modified: Int64
        var changed: Int64
        /// Of a file that was created with one.
        var mark: FileMark?
        /// Of a folder.
        var seal: UInt64?

        var stamp: FileStamp {
            FileStamp(
                inode: inode, size: UInt64(bytes.count), modified: modified, changed: changed,
                mode: isFolder ? 0o040755 : 0o100644)
        }
    }

    private(set) var nodes: [RelativePath: Node]
    var clock: Int64 = 1_767_225_600_000_000_000
    var clockStep: Int64 = 1_000_000
    var accesses: [Access] = []
    var failure: (after: Int, code: Int32)?
    var stop: (after: Int, torn: Int?)?
    private(set) var effectCount = 0
    private var lastInode: UInt64 = 1

    init() {
        nodes = [.root: Node(isFolder: true, bytes: [], inode: 1, modified: clock, changed: clock)]
    }

    // MARK: Log and plans

    mutating func note(_ operation: Access.Operation, _ path: RelativePath) {
        accesses.append(Access(operation, path))
    }

    /// Logs an effect, or refuses it as planned.
    mutating func effect(_ operation: Access.Operation, _ path: RelativePath) throws(FileError) {
        effectCount += 1
        if let plan = stop {
            if plan.after <= 0 { throw FileError(operation: operation.rawValue, path: path, code: EINTR) }
            stop = (after: plan.after - 1, torn: plan.torn)
        }
        if let plan = failure {
            failure = plan.after > 0 ? (after: plan.after - 1, code: plan.code) : nil
            if plan.after == 0 { throw FileError(operation: operation.rawValue, path: path, code: plan.code) }
        }
        note(operation, path)
    }

    /// How much of a stopped append arrives; only the first one is torn.
    mutating func takeTornCount() -> Int? {
        guard let plan = stop, plan.after <= 0 else { return nil }
        stop = (after: 0, torn: nil)
        return plan.torn
    }

    // MARK: Questions

    func file(_ path: RelativePath) -> Node? {
        guard let node = nodes[path], !node.isFolder else { return nil }
        return node
    }

    func entries(of folder: RelativePath) -> [StampedEntry]? {
        guard let node = nodes[folder], node.isFolder else { return nil }
        return node.names.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { name in
            nodes[folder.appending(name)].map { child in
                StampedEntry(
                    entry: FolderEntry(name: name, kind: child.isFolder ? .folder : .file), stamp: child.stamp
                )
            }
        }
    }

    // MARK: Effects

    mutating func write(
        _ path: RelativePath, _ bytes: [UInt8], operation: String, mark: FileMark? = nil
    ) throws(FileError) -> FileStamp {
        if nodes[path]?.isFolder == true { throw FileError(operation: operation, path: path, code: EISDIR) }
        try makeFolders(path.parent, operation: operation)
        let time = tick()
        let node = Node(
            isFolder: false, bytes: bytes, inode: newInode(), modified: time, changed: time, mark: mark)
        attach(node, at: path, time: time)
        return node.stamp
    }

    mutating func append(_ path: RelativePath, _ bytes: ArraySlice<UInt8>) throws(FileError) {
        guard let node = nodes[path] else {
            _ = try write(path, Array(bytes), operation: "append")
            return
        }
        if node.isFolder { throw FileError(operation: "append", path: path, code: EISDIR) }
        if bytes.isEmpty { return }
        let time = tick()
        nodes[path]?.bytes.append(contentsOf: bytes)
        nodes[path]?.modified = time
        nodes[path]?.changed = time
    }

    /// Replaces the content of an existing file without a new inode.
    mutating func overwrite(_ path: RelativePath, _ bytes: [UInt8]) -> Bool {
        guard file(path) != nil else { return false }
        let time = tick()
        nodes[path]?.bytes = bytes
        nodes[path]?.modified = time
        nodes[path]?.changed = time
        return true
    }

    mutating func rename(_ source: RelativePath, to target: RelativePath) throws(FileError) {
        func refuse(_ code: Int32) -> FileError { FileError(operation: "rename", path: source, code: code) }
        // In the order in which Linux looks at it, so that the reasons agree, too.
        if source != target, target.isInside(source) || source.isRoot { throw refuse(EINVAL) }
        guard let node = nodes[source] else { throw refuse(ENOENT) }
        if source == target { return }
        if source.isInside(target) { throw refuse(ENOTEMPTY) }
        if let old = nodes[target] {
            if old.isFolder && !node.isFolder { throw refuse(EISDIR) }
            if !old.isFolder && node.isFolder { throw refuse(ENOTDIR) }
            if old.isFolder && !old.names.isEmpty { throw refuse(ENOTEMPTY) }
        }
        try makeFolders(target.parent, operation: "rename")
        let time = tick()
        let moved = detachTree(source, time: time)
        attachTree(moved, from: source, to: target, time: time)
    }

    mutating func exchange(_ one: RelativePath, with other: RelativePath) throws(FileError) {
        func refuse(_ code: Int32) -> FileError { FileError(operation: "exchange", path: one, code: code) }
        if one != other, one.isInside(other) || other.isInside(one) { throw refuse(EINVAL) }
        if nodes[one] == nil || nodes[other] == nil { throw refuse(ENOENT) }
        if one == other { return }
        let time = tick()
        let first = detachTree(one, time: time)
        let second = detachTree(other, time: time)
        attachTree(first, from: one, to: other, time: time)
        attachTree(second, from: other, to: one, time: time)
    }

    mutating func remove(_ path: RelativePath) throws(FileError) {
        guard let node = nodes[path] else { return }
        if node.isFolder { throw FileError(operation: "remove", path: path, code: EISDIR) }
        _ = detachTree(path, time: tick())
    }

    mutating func removeFolderIfEmpty(_ path: RelativePath) -> Bool {
        guard !path.isRoot, let node = nodes[path], node.isFolder, node.names.isEmpty else { return false }
        _ = detachTree(path, time: tick())
        return true
    }

    mutating func deleteTree(_ path: RelativePath) {
        if path.isRoot || nodes[path] == nil { return }
        _ = detachTree(path, time: tick())
    }

    mutating func setModified(_ path: RelativePath, to time: Int64) {
        let now = tick()
        nodes[path]?.modified = time
        nodes[path]?.changed = now
    }

    mutating func setSeal(_ value: UInt64?, of folder: RelativePath) {
        guard nodes[folder]?.isFolder == true else { return }
        let time = tick()
        nodes[folder]?.seal = value
        nodes[folder]?.changed = time
    }

    mutating func makeFolders(_ folder: RelativePath, operation: String) throws(FileError) {
        if let node = nodes[folder] {
            if node.isFolder { return }
            throw FileError(operation: operation, path: folder, code: ENOTDIR)
        }
        try makeFolders(folder.parent, operation: operation)
        let time = tick()
        let node = Node(isFolder: true, bytes: [], inode: newInode(), modified: time, changed: time)
        attach(node, at: folder, time: time)
    }

    // MARK: Parts

    /// The time of one change; the clock moves on afterwards.
    private mutating func tick() -> Int64 {
        defer { clock += clockStep }
        return clock
    }

    private mutating func newInode() -> UInt64 {
        lastInode += 1
        return lastInode
    }

    private mutating func attach(_ node: Node, at path: RelativePath, time: Int64) {
        nodes[path] = node
        nodes[path.parent]?.names.insert(Array(path.name))
        nodes[path.parent]?.modified = time
        nodes[path.parent]?.changed = time
    }

    /// Takes out a node and all below it.
    private mutating func detachTree(_ path: RelativePath, time: Int64) -> [(RelativePath, Node)] {
        nodes[path.parent]?.names.remove(Array(path.name))
        nodes[path.parent]?.modified = time
        nodes[path.parent]?.changed = time
        var taken: [(RelativePath, Node)] = []
        var open = [path]
        while let next = open.popLast() {
            guard let node = nodes.removeValue(forKey: next) else { continue }
            for name in node.names { open.append(next.appending(name)) }
            taken.append((next, node))
        }
        return taken
    }

    private mutating func attachTree(
        _ taken: [(RelativePath, Node)], from old: RelativePath, to new: RelativePath, time: Int64
    ) {
        for (path, node) in taken {
            guard let rest = path.relative(to: old) else { continue }
            if rest.isRoot {
                var moved = node
                moved.changed = time
                attach(moved, at: new, time: time)
            } else {
                nodes[new.appending(rest.bytes)] = node
            }
        }
    }
}

extension Span<UInt8> {
    /// The bytes as an array.
    func copied() -> [UInt8] {
        unsafe withUnsafeBufferPointer { unsafe Array($0) }
    }
}
