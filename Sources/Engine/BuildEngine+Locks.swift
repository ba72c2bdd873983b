import Files

/// One process at a time: for a store, and for an output folder.
extension BuildEngine {
    /// Keeps others out of the output folder for the length of a build, whatever store they have. A folder that is not
    /// there yet needs no lock: it is put in its place by one rename, which fails if someone else was faster.
    func lockOutput(_ willWait: @Sendable (Int32?) -> Void) -> FolderLock? {
        guard let outputPlace, let disk = outputPlace.fileSystem as? DiskFileSystem else { return nil }
        do throws(FileError) {
            return try disk.lockFolder(outputPlace.folder, willWait: { willWait(nil) })
        } catch {
            // A file system that knows no locks has to do without.
            return nil
        }
    }
}
