import Files
import Text

/// Files of somebody else's in the output folder.
extension Publication {
    /// Files of someone else's where outputs should go. Those that bear our mark are ours though nothing remembers them,
    /// and those that happen to be equal are adopted.
    func foreignFiles() -> [RelativePath] {
        free = []
        if isFresh { return [] }
        var foreign: [RelativePath] = []
        let renamed = Set(caseChanges.map(\.wanted))
        for (index, staged) in staged.sorted(by: { $0.key < $1.key })
        where !isOurs(index) && !renamed.contains(index) {
            do throws(FileError) {
                let target = place.folder.appending(staged.path.bytes)
                if let other = try blocker(of: staged.path) {
                    foreign.append(other)
                } else if recordOf[index] >= 0 {
                    continue
                } else if place.fileSystem.isLink(target) {
                    foreign.append(staged.path)
                } else if let contents = try place.fileSystem.examine(target, keeping: 0) {
                    if contents.fingerprint == staged.fingerprint {
                        adopt(index, contents.stamp)
                    } else {
                        switch mark(of: staged.path).map({ place.fileSystem.fit($0, target) }) {
                        case .fitting, .aged: break
                        case .strayed, .others, .none?, nil: foreign.append(staged.path)
                        }
                    }
                } else {
                    free.insert(index)
                }
            } catch {
                foreign.append(staged.path)
            }
        }
        return foreign
    }

    /// Something that is not ours and of the wrong type: a file where a folder should be, or a folder with other
    /// people's files where a file should be.
    private func blocker(of path: RelativePath) throws(FileError) -> RelativePath? {
        var folder = path.parent
        while !folder.isRoot {
            if ledger.record(of: folder) == nil, try isFile(folder) { return folder }
            folder = folder.parent
        }
        return try foreignFile(below: path, depth: 0)
    }

    func isFile(_ path: RelativePath) throws(FileError) -> Bool {
        guard let stamp = try place.fileSystem.stamp(place.folder.appending(path.bytes)) else { return false }
        return stamp.mode & 0o170000 == 0o100000
    }

    private func foreignFile(below path: RelativePath, depth: Int) throws(FileError) -> RelativePath? {
        guard depth < 200, let entries = try place.fileSystem.listUnlinked(place.folder.appending(path.bytes))
        else {
            return nil
        }
        for entry in entries {
            let inner = path.appending(entry.name)
            if entry.kind == .folder {
                if let found = try foreignFile(below: inner, depth: depth + 1) { return found }
            } else if ledger.record(of: inner) == nil {
                return inner
            }
        }
        return nil
    }
}
