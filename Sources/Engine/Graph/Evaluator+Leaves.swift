import Files
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The doors to the world: each leaf is examined once, then stands until the next build looks again.
extension Evaluator {
    /// What the world says of a leaf now; takes the lock only for moments.
    func examine(_ node: NodeID, _ key: Key) -> LeafValue {
        guard let kind = LeafKind(rawValue: key.kind) else { preconditionFailure("not a leaf") }
        let name = key.name
        switch kind {
        case .file: return readFile(node, key)
        case .listing: return list(node, key)
        case .environment:
            let inputs = monitor.locked { self.inputs }
            return LeafValue(inputs.environment[name.text].map { .text($0) } ?? .absent)
        case .flag:
            let inputs = monitor.locked { self.inputs }
            return LeafValue(inputs.flags[name.text].map { .text($0) } ?? .absent)
        case .past:
            let now = monitor.locked { inputs.now }
            return LeafValue(.truth(Int64(name.text).map { $0 <= now } ?? false))
        case .clock:
            let now = monitor.locked { inputs.now }
            return LeafValue(.number(ClockGranule(named: name.text).start(of: now)))
        case .probe: return LeafValue(answer(of: name).map { .bytes($0) } ?? .absent)
        }
    }

    /// What the host answers to a probe; asked once a build.
    func answer(of name: Symbol) -> [UInt8]? {
        let (known, probes) = monitor.locked { (probeAnswers[name], inputs.probes) }
        if let known { return known }
        let answer = probes(name.text)
        return monitor.locked {
            if let first = probeAnswers[name] { return first }
            probeAnswers[name] = .some(answer)
            return answer
        }
    }

    /// Of a file with more bytes only what stands for them is kept, until somebody wants them: it may be a film.
    private static let manyBytes = 8 << 20

    /// Reads a file and writes down its stamp and fingerprint. `most` is how many bytes are worth keeping.
    func readFile(_ node: NodeID, _ key: Key, keeping most: Int = manyBytes) -> LeafValue {
        var file: ExaminedFile?
        var refusal: FileError?
        do throws(FileError) {
            file = try Self.insisting { () throws(FileError) in
                try source.examine(RelativePath(unchecked: key.name.bytes), keeping: most)
            }
        } catch {
            refusal = error
        }
        let value = file.map { LeafValue($0) } ?? LeafValue(.absent)
        monitor.locked {
            record(node, file?.stamp, value.fingerprint, isLinked: file?.isLinked ?? false)
            note(refusal, of: node)
        }
        return value
    }

    /// Tries again, for a few dozen milliseconds, what the system refused for want of something that others may let go
    /// of: of descriptors or memory, or because a file is written all the time.
    private static func insisting<Result>(
        _ body: () throws(FileError) -> Result
    ) throws(FileError) -> Result {
        var pause: UInt32 = 1000
        while true {
            do throws(FileError) {
                return try body()
            } catch {
                if !error.isShortage || pause > 16_000 { throw error }
            }
            usleep(pause)
            pause *= 2
        }
    }

    /// Notes what kept a file or folder from being read, if anything did, and whether it must be looked at again though nobody
    /// will say that it changed; the lock is held.
    ///
    /// What cannot be read counts as not there. So a refusal comes and goes without any change of value, and is a change
    /// all the same: of what a build has to say.
    func note(_ refusal: FileError?, of node: NodeID) {
        if refusal?.isForGood == false { unreadable.insert(node) } else { unreadable.remove(node) }
        let findings = refusal.map { [Self.finding($0)] } ?? []
        if findings == image.findings[node] ?? [] { return }
        setFindings(findings, of: node)
        hasChanges = true
        unwrittenLeaves.insert(node)
    }

    /// Looks again at what could not be read.
    func examineUnreadable() {
        for node in monitor.locked({ unreadable.sorted() }) { reexamine(node) }
    }

    /// Writes down what is known of a file; the lock is held.
    ///
    /// The stamp of a link's target vouches for the content, but not for where the link leads, which may be out of the site
    /// by now: that is looked at each time.
    func record(_ node: NodeID, _ stamp: FileStamp?, _ fingerprint: Fingerprint, isLinked: Bool = false) {
        let entry = FileEntry(
            node: node, stamp: stamp, fingerprint: fingerprint,
            isRacy: isLinked || stamp.map { isYoung($0) } ?? false)
        if let index = graph.fileIndex(of: node) {
            // What is known already need not be written down again, though it was looked at.
            if image.files.entries[index] == entry { return }
            image.files.entries[index] = entry
        } else {
            graph.setFileIndex(image.files.entries.count, of: node)
            image.files.entries.append(entry)
        }
        unwrittenLeaves.insert(node)
    }

    /// Puts what the world says now in the place of what it said; the lock is held.
    ///
    /// - Returns: whether anybody has read what is otherwise now.
    @discardableResult
    func adoptLeaf(_ value: LeafValue, at node: NodeID, isNew: Bool) -> Bool {
        let isChanged = adopt(value, at: node)
        let isUnwritten = unwrittenLeaves.remove(node) != nil
        guard isNew || isChanged || isUnwritten else { return isChanged }
        let file = graph.fileIndex(of: node).map { image.files.entries[$0] }
        store?.leaf(node, graph, file, image.findings[node] ?? [])
        return isChanged
    }

    /// Whether a stamp is so close to the beginning of this build, by the file system's own clock, that a
    /// later change might leave it as it is.
    ///
    /// A file may be given any time at which it was modified. Where that is far ahead, any change sets it back.
    private func isYoung(_ stamp: FileStamp) -> Bool {
        if mutant.plants(.youngStampTrusted) { return false }
        let oldest = scanStart - Self.slack
        return stamp.changed > oldest
            || (stamp.modified > oldest && stamp.modified < scanStart + Self.longest)
    }

    /// The coarsest tick of the clocks of file systems that we trust, in nanoseconds.
    static let slack: Int64 = 20_000_000
    /// Longer than any build takes, in nanoseconds: an hour.
    private static let longest: Int64 = 3_600_000_000_000

    private func list(_ node: NodeID, _ key: Key) -> LeafValue {
        var entries: [FolderEntry]?
        var refusal: FileError?
        do throws(FileError) {
            entries = try Self.insisting { () throws(FileError) in
                try source.list(RelativePath(unchecked: key.name.bytes))
            }
        } catch {
            refusal = error
        }
        monitor.locked { note(refusal, of: node) }
        return LeafValue(entries.map { .listing($0) } ?? .absent)
    }

    static func finding(_ error: FileError) -> Diagnostic {
        if error.leadsOutside { return .linkOutside(at: error.path) }
        return Diagnostic(
            .unreadableFile, "cannot \(error.operation) this: \(error.reason)",
            at: SourceLocation(path: error.path),
            hint: error.isTooLarge ? "the most is 1 GB of what is read, and 64 GB of what is copied" : nil)
    }

    /// Whether a node under which a file has changed is to be made again in this build; the lock is held.
    func repeats(_ node: NodeID) -> Bool {
        repetitions[node, default: 0] += 1
        return repetitions[node, default: 0] <= 8
    }

    /// Lets go of what only this moment's readers wanted: bytes of files. The lock is held.
    func letGo(of node: NodeID) {
        guard let value = value(at: node) as? LeafValue, case .file(.some) = value.content else { return }
        set(LeafValue(fileOf: value.fingerprint), at: node)
    }
}
