import Files
import Text

/// One process at a time: for a store, and for an output folder.
extension BuildEngine {
    /// Keeps others out of the output folder for the length of a build, whatever store they have. For a folder that is not
    /// there yet the one in which it will be has to do: what it will hold waits beside it under a name that others take too.
    func lockOutput(_ willWait: @Sendable (Int32?) -> Void) -> FolderLock? {
        guard let outputPlace, let disk = outputPlace.fileSystem as? DiskFileSystem else { return nil }
        do throws(FileError) {
            var folder = outputPlace.folder
            while true {
                if let lock = try disk.lockFolder(folder, willWait: { willWait(nil) }) {
                    if folder == outputPlace.folder { return lock }
                    // Whoever had it may have made the output folder meanwhile.
                    return try disk.lockFolder(outputPlace.folder, willWait: { willWait(nil) }) ?? lock
                }
                if folder.isRoot { return nil }
                folder = folder.parent
            }
        } catch {
            // A file system that knows no locks has to do without.
            return nil
        }
    }
}
