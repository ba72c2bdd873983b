public import Files
public import Text

/// What a rule may learn of the world: files, folders, the environment, the command line, the clock.
extension RuleContext {
    /// A file, or `nil` when there is none; either is depended on. A file that cannot be read, or is a link out of the site,
    /// is a finding of its own and counts as absent.
    ///
    /// A path that no walk (``tree(_:ignoring:foundDeadLink:)``) gave, but somebody's text, may pass through a folder that is
    /// such a link: see ``linkOutside(from:to:)``.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - most: how many bytes are of use; one that has more counts as absent. Without this, more bytes than can be held
    ///     are a finding.
    /// - Returns: its bytes, and where they are from.
    public func file(_ path: RelativePath, most: Int = .max) -> SourceFile? {
        let key = Key(kind: LeafKind.file.rawValue, name: Symbol(path.bytes))
        var (node, value) = leaf(key)
        if case .file(.none) = value?.content {
            // The bytes were let go: the file is read again, and what is recorded is what was read now.
            let again = evaluator.readFile(node, key, keeping: most)
            evaluator.monitor.locked {
                if again.fingerprint != value?.fingerprint { evaluator.isUnclean = true }
                evaluator.adoptLeaf(again, at: node, isNew: false)
                evaluator.letGo(of: node)
            }
            value = again
        }
        guard let value else { return nil }
        record(node, .whole, of: value)
        guard case .file(.some(let bytes)) = value.content, bytes.count <= most else { return nil }
        return SourceFile(path: path, bytes: bytes)
    }

    /// A file that the rule depends on already through the part of another value, read once more: the text
    /// below a head, say. By itself this is no read.
    ///
    /// When the file is another than that part stands for, it was changed during the build. What is made of it is then
    /// of no build's world, and does not stand, even when the file has become again what it was: it is made again.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - check: whether the file still is what that part stands for.
    /// - Returns: the file as it is now, and whether it passed the check; `nil` when there is none.
    public func file(
        _ path: RelativePath, recordedBy check: (SourceFile) -> Bool
    ) -> (file: SourceFile, isAsRecorded: Bool)? {
        if let contents = try? evaluator.source.read(path) {
            let file = SourceFile(path: path, bytes: contents.bytes)
            if check(file) { return (file, true) }
        }
        let key = Key(kind: LeafKind.file.rawValue, name: Symbol(path.bytes))
        let leaf = leaf(key).node
        let again = evaluator.readFile(leaf, key, keeping: .max)
        // The rule runs again, after those through which it knows the file. A file that never stops changing is left alone
        // at some point.
        let isRepeated = evaluator.monitor.locked {
            evaluator.isUnclean = true
            evaluator.adoptLeaf(again, at: leaf, isNew: false)
            evaluator.letGo(of: leaf)
            return evaluator.repeats(node)
        }
        if isRepeated { distrust(leaf, again.fingerprint) }
        guard case .file(.some(let bytes)) = again.content else { return nil }
        return (SourceFile(path: path, bytes: bytes), false)
    }

    /// Whether there is a file; what is in it is not depended on.
    public func fileExists(_ path: RelativePath) -> Bool {
        let fingerprint = knownFingerprint(path)
        if evaluator.mutant.plants(.presenceReadAsContent) {
            record(fingerprint.node, .whole, seen: fingerprint.value.low)
        } else {
            record(fingerprint.node, LeafValue.exists, seen: LeafValue.presence(fingerprint.value).low)
        }
        return fingerprint.value != .absent
    }

    /// What stands for a file's content, ``Text/Fingerprint/absent`` when there is none.
    public func fileFingerprint(_ path: RelativePath) -> Fingerprint {
        let fingerprint = knownFingerprint(path)
        record(fingerprint.node, .whole, seen: fingerprint.value.low)
        return fingerprint.value
    }

    /// What stands for a file, without reading it if that is known.
    private func knownFingerprint(_ path: RelativePath) -> (node: NodeID, value: Fingerprint) {
        let key = Key(kind: LeafKind.file.rawValue, name: Symbol(path.bytes))
        return evaluator.monitor.locked {
            let node = evaluator.graph.node(key)
            _ = evaluator.demand(node, worker)
            evaluator.letGo(of: node)
            let index = evaluator.graph.fileIndex(of: node)
            return (node, index.map { evaluator.image.files.entries[$0].fingerprint } ?? .absent)
        }
    }

    /// What a folder holds, sorted by the bytes of the names, or `nil` when there is no such folder.
    public func listing(_ folder: RelativePath) -> [FolderEntry]? {
        guard case .listing(let entries) = read(.listing, folder.bytes).content else { return nil }
        return entries
    }

    /// Whether there is a folder; what it holds is not depended on.
    public func folderExists(_ folder: RelativePath) -> Bool {
        if case .listing = read(.listing, folder.bytes, LeafValue.exists).content { return true }
        return false
    }

    /// All files below a folder, in the order of a walk: each folder by the bytes of its names.
    ///
    /// - Parameters:
    ///   - folder: where to begin.
    ///   - ignoring: paths of files and folders to leave out, with all below them.
    ///   - foundDeadLink: called with each link that leads nowhere.
    /// - Returns: their paths from the root of the site.
    public func tree(
        _ folder: RelativePath, ignoring: (RelativePath) -> Bool = { _ in false },
        foundDeadLink: (RelativePath) -> Void = { _ in }
    ) -> [RelativePath] {
        var files: [RelativePath] = []
        func walk(_ folder: RelativePath, depth: Int) {
            guard depth < 200, let entries = listing(folder) else { return }
            for entry in entries {
                let path = folder.appending(entry.name)
                if entry.kind == .other || ignoring(path) { continue }
                if entry.kind == .dead {
                    foundDeadLink(path)
                    continue
                }
                if entry.kind == .outside {
                    report(.linkOutside(at: path))
                    continue
                }
                if entry.kind == .folder { walk(path, depth: depth + 1) } else { files.append(path) }
            }
        }
        walk(folder, depth: 0)
        return files
    }

    /// A variable of the environment.
    public func environment(_ name: String) -> String? {
        text(of: read(.environment, Array(name.utf8)))
    }

    /// Something that the command line says.
    public func flag(_ name: String) -> String? {
        text(of: read(.flag, Array(name.utf8)))
    }

    private func text(of value: LeafValue) -> String? {
        guard case .text(let text) = value.content else { return nil }
        return text
    }

    /// Whether an instant, in seconds since 1970, lies in the past or is now. The reader stands until the
    /// answer changes, either way.
    public func isPast(_ instant: Int64) -> Bool {
        guard case .truth(let truth) = read(.past, Array(String(instant).utf8)).content else { return false }
        return truth
    }

    /// When the current granule of time began, in seconds since 1970.
    public func now(_ granule: ClockGranule) -> Int64 {
        guard case .number(let number) = read(.clock, Array(granule.name.utf8)).content else { return 0 }
        return number
    }

    /// Something that the host works out once a build, if anyone asks.
    public func probe(_ name: String) -> [UInt8]? {
        guard case .bytes(let bytes) = read(.probe, Array(name.utf8)).content else { return nil }
        return bytes
    }

    /// Something whose name says all of it: the history up to a commit, a file by the hash of its content. The same
    /// name has the same answer for ever, so this is no read; what the name was made from is one.
    public func constant(_ name: String) -> [UInt8]? {
        evaluator.answer(of: Symbol(name))
    }

    func read(_ kind: LeafKind, _ name: [UInt8], _ projection: Projection = .whole) -> LeafValue {
        let (node, value) = leaf(Key(kind: kind.rawValue, name: Symbol(name)))
        guard let value else { return LeafValue(.absent) }
        if kind == .listing, evaluator.mutant.plants(.listingNotRecorded) { return value }
        record(node, projection, of: value)
        return value
    }

    /// What the world says of a leaf; of its bytes the evaluator lets go.
    private func leaf(_ key: Key) -> (node: NodeID, value: LeafValue?) {
        evaluator.monitor.locked {
            let node = evaluator.graph.node(key)
            let value = evaluator.demandValue(of: node, worker) as? LeafValue
            evaluator.letGo(of: node)
            return (node, value)
        }
    }
}
