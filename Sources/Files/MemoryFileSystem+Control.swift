import Synchronization
public import Text

/// What tests do to the files behind the back of who is tested, and what they ask: none of it is logged.
extension MemoryFileSystem {
    /// The time that the next change will bear, in nanoseconds since 1970; at first 1 January 2026.
    public var clock: Int64 {
        get { state.withLock(\.clock) }
        set { state.withLock { $0.clock = newValue } }
    }

    /// How far the clock moves with every change, in nanoseconds; at first a millisecond. With 0, changes in a
    /// row bear the same time, as on a disk with a coarse clock.
    public var clockStep: Int64 {
        get { state.withLock(\.clockStep) }
        set { state.withLock { $0.clockStep = newValue } }
    }

    /// Moves the clock on.
    public func advanceClock(nanoseconds: Int64) {
        state.withLock { $0.clock += nanoseconds }
    }

    /// The accesses since the last call, in order.
    public func takeAccesses() -> [Access] {
        state.withLock { tree in
            defer { tree.accesses = [] }
            return tree.accesses
        }
    }

    /// All files, sorted by path. Not logged.
    public var files: [(path: RelativePath, bytes: [UInt8])] {
        state.withLock { tree in
            tree.nodes.compactMap { path, node in node.isFolder ? nil : (path, node.bytes) }
                .sorted { $0.0 < $1.0 }
        }
    }

    /// All folders but the root, sorted. Not logged.
    public var folders: [RelativePath] {
        state.withLock { tree in
            tree.nodes.compactMap { path, node in node.isFolder && !path.isRoot ? path : nil }.sorted()
        }
    }

    /// The bytes of a file without logging the access.
    public func bytes(of path: String) -> [UInt8]? {
        state.withLock { tree in RelativePath(path).flatMap { tree.file($0)?.bytes } }
    }

    /// The text of a file without logging the access.
    public func text(of path: String) -> String? {
        bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Puts a file without logging it or counting it as an effect.
    ///
    /// - Precondition: the path stays inside the root and neither names a folder nor runs through a file.
    public func put(_ path: String, _ text: String) {
        put(path, bytes: Array(text.utf8))
    }

    /// Puts bytes without logging the access.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - bytes: its content.
    ///   - inPlace: keep the inode, as an editor that overwrites a file, instead of renaming over it.
    public func put(_ path: String, bytes: [UInt8], inPlace: Bool = false) {
        guard let path = RelativePath(path) else { preconditionFailure("the path leaves the root: \(path)") }
        state.withLock { tree in
            if inPlace, tree.overwrite(path, bytes) { return }
            do throws(FileError) {
                _ = try tree.write(path, bytes, operation: "put")
            } catch {
                preconditionFailure("cannot put \(path): error \(error.code)")
            }
        }
    }

    /// Makes an empty folder, and those above it.
    public func putFolder(_ path: String) {
        guard let path = RelativePath(path) else { preconditionFailure("the path leaves the root: \(path)") }
        state.withLock { tree in
            do throws(FileError) {
                try tree.makeFolders(path, operation: "put")
            } catch {
                preconditionFailure("cannot make \(path): error \(error.code)")
            }
        }
    }

    /// Removes a file, or a folder with all that is in it, without logging the access.
    public func delete(_ path: String) {
        guard let path = RelativePath(path) else { return }
        state.withLock { $0.deleteTree(path) }
    }

    /// Renames a file or folder without logging the access.
    ///
    /// - Precondition: it exists, and what bears the new name can be replaced.
    public func move(_ source: String, to target: String) {
        guard let old = RelativePath(source), let new = RelativePath(target) else {
            preconditionFailure("a path leaves the root: \(source), \(target)")
        }
        state.withLock { tree in
            do throws(FileError) {
                try tree.rename(old, to: new)
            } catch {
                preconditionFailure("cannot move \(source) to \(target): error \(error.code)")
            }
        }
    }

    /// Sets the time of modification back or forth, as `touch -d`; the time of change becomes now.
    public func setModified(_ path: String, to time: Int64) {
        guard let path = RelativePath(path) else { return }
        state.withLock { $0.setModified(path, to: time) }
    }

    /// Makes one effect fail: the `n`-th from now, counted from 1; later ones work again.
    ///
    /// - Parameters:
    ///   - n: which effect.
    ///   - code: the `errno`; 28 is `ENOSPC`, a full disk.
    public func failEffect(_ n: Int, code: Int32 = 28) {
        state.withLock { $0.failure = (after: n - 1, code: code) }
    }

    /// Plays a process killed after `count` more effects: they work, and every later one throws `EINTR`.
    ///
    /// - Parameters:
    ///   - count: how many effects still work.
    ///   - tornBytes: if the first effect that throws is an append, how much of it arrives all the same.
    public func stopEffects(after count: Int, tornBytes: Int? = nil) {
        state.withLock { $0.stop = (after: count, torn: tornBytes) }
    }

    /// Forgets planned failures: the next process.
    public func resumeEffects() {
        state.withLock { tree in
            tree.stop = nil
            tree.failure = nil
        }
    }

    /// How many effects were asked for so far, those that failed included.
    public var effectCount: Int { state.withLock(\.effectCount) }
}
