import Files
import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where outputs wait until all of them are there: a folder of the engine's own, and surely so before anything in it is
/// written or removed.
///
/// Its name is known to everybody, and it may lie in a folder in which others may write. So it is made with rights for us
/// alone, and holds a file that says whose it is. In the store, all is ours.
extension Publication {
    /// The file that says that a folder is for staging.
    private var proof: RelativePath { place.staging.appending(".made-by-site") }

    /// Whether the staging folder lies in the store.
    static func stagesInStore(_ place: OutputPlace, _ store: StorePlace?) -> Bool {
        guard let store, place.staging.isInside(store.folder) else { return false }
        // Paths say so only where they begin in one folder.
        return (store.fileSystem as? DiskFileSystem)?.root == (place.fileSystem as? DiskFileSystem)?.root
    }

    /// Where an output waits.
    func stagingPath(_ index: Int) -> RelativePath {
        isFresh
            ? place.staging.appending("tree").appending(paths[index].bytes)
            : place.staging.appending("\(index)")
    }

    /// Writes bytes of that fingerprint where they wait; from any thread.
    func stage(_ index: Int, _ bytes: [UInt8], _ fingerprint: Fingerprint) throws(FileError) -> Staged {
        try openStaging()
        let source = stagingPath(index)
        let stamp = try place.fileSystem.create(source, bytes.span, mark: mark(of: paths[index]))
        return Staged(path: paths[index], source: source, fingerprint: fingerprint, stamp: stamp)
    }

    /// Makes the staging folder, and finds out which folder the outputs will be in: all marks name it.
    ///
    /// - Throws: `ELOOP` for a staging folder that is a link, `EEXIST` for one that is somebody's, with the operation
    ///   ``stagingOperation``; anything else that the system refuses.
    func openStaging() throws(FileError) {
        try isStagingOpen.withLock { isOpen throws(FileError) in
            if isOpen { return }
            let files = place.fileSystem
            if stagesInStore {
                if files.isLink(place.staging) { throw obstacle(ELOOP) }
            } else if try !files.makePrivateFolder(place.staging), try !isStagingOurs() {
                throw obstacle(files.isLink(place.staging) ? ELOOP : EEXIST)
            }
            if !stagesInStore { _ = try files.create(proof, [UInt8]().span, mark: nil) }
            if try files.stamp(place.folder) == nil {
                if isFresh {
                    // It becomes the folder itself.
                    let tree = place.staging.appending("tree")
                    try files.makeFolder(tree)
                    folderNumber = try files.stamp(tree)?.inode
                } else {
                    try files.makeFolder(place.folder)
                    hasMadeFolder = true
                    folderNumber = try files.stamp(place.folder)?.inode
                }
            }
            isOpen = true
        }
    }

    static let stagingOperation = "stage"

    private func obstacle(_ code: Int32) -> FileError {
        FileError(operation: Self.stagingOperation, path: place.staging, code: code)
    }

    /// Whether what bears the name of the staging folder may be emptied: a build that was killed has left it, with the file
    /// that says so, or empty.
    private func isStagingOurs() throws(FileError) -> Bool {
        let files = place.fileSystem
        if files.isLink(place.staging) { return false }
        if stagesInStore { return true }
        guard let entries = try files.listUnlinked(place.staging) else { return false }
        return entries.isEmpty
            || entries.contains { $0.kind == .file && $0.name.elementsEqual(proof.name) }
    }

    /// Empties the staging folder and removes it, if it is ours.
    func clearStaging() {
        isStagingOpen.withLock { $0 = false }
        do throws(FileError) {
            guard try isStagingOurs() else { return }
            if stagesInStore { return try Self.removeTree(place.staging, place.fileSystem, depth: 0) }
            // The proof goes last: whenever this ends, the folder is known as ours.
            try Self.removeTree(place.staging, place.fileSystem, besides: proof, depth: 0)
            try place.fileSystem.remove(proof)
            _ = try place.fileSystem.removeFolderIfEmpty(place.staging)
        } catch {
            // What cannot be removed now is overwritten or removed by a later build.
        }
    }

    /// Empties the staging folder for the last time, and takes away an output folder that nothing was put into.
    func closeStaging() {
        clearStaging()
        if hasMadeFolder { _ = try? place.fileSystem.removeFolderIfEmpty(place.folder) }
    }

    /// Removes all that is in a folder, and the folder if that is all; links go, what they lead to stays.
    static func removeTree(
        _ folder: RelativePath, _ fileSystem: any FileSystem, besides kept: RelativePath? = nil, depth: Int
    ) throws(FileError) {
        guard depth < 200, let entries = try fileSystem.listUnlinked(folder) else { return }
        for entry in entries {
            let path = folder.appending(entry.name)
            if path == kept { continue }
            if entry.kind == .folder {
                try removeTree(path, fileSystem, depth: depth + 1)
            } else {
                try fileSystem.remove(path)
            }
        }
        _ = try fileSystem.removeFolderIfEmpty(folder)
    }
}
