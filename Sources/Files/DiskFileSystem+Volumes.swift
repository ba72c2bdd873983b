import Glibc
public import Text

extension DiskFileSystem {
    /// Whether a folder is where another file system, or another part of one, is mounted: nothing can be renamed into it
    /// from outside (rename(2), `EXDEV`).
    ///
    /// - Parameter folder: a path.
    /// - Returns: whether it is; `false` where there is no folder, or nobody can tell.
    public func isMountPoint(_ folder: RelativePath) -> Bool {
        guard !folder.isRoot, let own = device(of: folder), let outer = device(of: folder.parent) else {
            return false
        }
        // The same file system may be mounted in itself.
        return own != outer || withPath(folder, { unsafe LinuxCalls.isMountRoot($0.start) })
    }

    private func device(of folder: RelativePath) -> UInt64? {
        withPath(folder) { path in
            var status = stat()
            guard unsafe stat(path.start, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                return nil
            }
            return UInt64(status.st_dev)
        }
    }
}
