import Files
import Text

/// Names that differ in case alone, or in how accents are written, where the file system takes them for one name: as on
/// macOS and Windows, unless one asks for something else.
///
/// There, an output whose name changes in that way is not another file: removing the old name would remove the new
/// output, and the old name would stay on what is written under the new one.
extension Publication {
    /// An old name and the new one, for the same file.
    struct CaseChange {
        /// Index in the ledger.
        let stale: Int
        /// Index in the table of outputs.
        let wanted: Int
    }

    /// The outputs that are on disk already under a name that the file system takes for theirs.
    func findCaseChanges() -> [CaseChange] {
        let stale = staleRecords
        if stale.isEmpty { return [] }
        var indices: [String: Int] = [:]
        for index in paths.indices where recordOf[index] < 0 { indices[Self.folded(paths[index])] = index }
        if indices.isEmpty { return [] }
        return stale.compactMap { record in
            let old = ledger.records[record].path
            guard let index = indices[Self.folded(old)], let one = stamp(of: old),
                let other = stamp(of: paths[index]),
                one.inode == other.inode
            else { return nil }
            return CaseChange(stale: record, wanted: index)
        }
    }

    private static func folded(_ path: RelativePath) -> String {
        // Strings are equal, too, when they differ only in how accents are written.
        String(decoding: path.bytes, as: UTF8.self).lowercased()
    }

    private func stamp(of path: RelativePath) -> FileStamp? {
        do throws(FileError) {
            return try place.fileSystem.stamp(place.folder.appending(path.bytes))
        } catch {
            return nil
        }
    }

    /// Renames what differs between two names of one file, folder by folder; each in two steps, since one step to the
    /// same name in another case does nothing on some file systems.
    func changeCase(_ old: RelativePath, to new: RelativePath) throws(FileError) {
        var folder = place.folder
        for (before, after) in zip(old.components, new.components) {
            defer { folder = folder.appending(after) }
            if before.elementsEqual(after) { continue }
            let names = try place.fileSystem.list(folder)
            if names?.contains(where: { $0.name.elementsEqual(after) }) == true { continue }
            let aside = place.staging.appending("case")
            try place.fileSystem.rename(folder.appending(before), to: aside)
            try place.fileSystem.rename(aside, to: folder.appending(after))
        }
    }
}
