public import Files
public import Text

extension BuildEngine {
    /// The value of a key, brought up to date if need be: for commands that tell about a site. By itself it
    /// makes nothing depend on anything.
    ///
    /// - Returns: `nil` when nothing in the last build or refresh has asked for that key.
    public func value<R: Rule>(of rule: R.Type, _ name: Symbol) -> R.Value? {
        let key = Key(R.kind, name)
        let answer = TypedAnswer<R.Value>()
        evaluator.performAsGuest { [evaluator] in
            evaluator.deriveDoubt()
            guard let node = evaluator.graph.find(key) else { return nil }
            return Batch([node]) { node, worker in
                answer.value = evaluator.demandValue(of: node, worker) as? R.Value
            }
        }
        return answer.value
    }

    /// What a worker found for a caller who waits for it: written before the batch is done, read after.
    private final class TypedAnswer<Value>: @unchecked Sendable {
        var value: Value?
    }
}

extension BuildEngine {
    /// Removes every output that is ours from the output folder, and the folders that become empty. Files of
    /// others stay. A build that is under way in the same store or output folder is waited for.
    ///
    /// - Parameters:
    ///   - progress: where it is counted how far this is, if anyone looks.
    ///   - willWait: called before a wait, with the id of the process that builds, if it is known.
    /// - Returns: how many files were removed.
    /// - Throws: what the file system refuses.
    public func removeOutputs(progress: BuildProgress? = nil, willWait: @Sendable (Int32?) -> Void = { _ in })
        throws(FileError) -> Int
    {
        guard let outputPlace else { return 0 }
        var storeLock: FileLock?
        if let storePlace, let disk = storePlace.fileSystem as? DiskFileSystem {
            // The lock makes the folder where there is none: nobody else shall begin with it now.
            let isThere = try disk.stamp(storePlace.folder) != nil
            do throws(FileError) {
                storeLock = try disk.waitForLock(storePlace.folder.appending("lock"), willWait: willWait)
            } catch {
                if isThere { throw error }
            }
        }
        defer { withExtendedLifetime(storeLock) {} }
        let outputLock = lockOutput(willWait)
        defer { outputLock?.release() }
        let publication = Publication(outputPlace, store: storePlace, ledger: nil, jobs: 1)
        publication.progress = progress
        publication.readLedger()
        publication.verify()
        if publication.needsSurvey(0), publication.addWitnesses(0, []) { publication.verify() }
        return try publication.removeAll()
    }
}

extension BuildEngine {
    /// The bytes of a source file as it is now: for outputs that are copies.
    public func sourceBytes(_ path: RelativePath) -> [UInt8]? {
        do throws(FileError) {
            return try evaluator.source.read(path)?.bytes
        } catch {
            return nil
        }
    }
}
