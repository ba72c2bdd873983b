public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DiskFileSystem {
    /// Whether nothing stands in the way of renaming from one folder to the other: both are of one file system, reached by
    /// one mount (rename(2), `EXDEV`).
    ///
    /// - Parameters:
    ///   - one: a path; where there is nothing yet, the nearest folder above it counts.
    ///   - other: another.
    /// - Returns: whether it is so, as far as anybody can tell.
    public func areOnOneVolume(_ one: RelativePath, _ other: RelativePath) -> Bool {
        guard let first = volume(of: one), let second = volume(of: other) else { return true }
        return first == second
    }

    /// The file system of a path, and the mount by which it is reached: one file system may be mounted in itself.
    private func volume(of path: RelativePath) -> [UInt64]? {
        var place = path
        while true {
            let found: [UInt64]? = withPath(place) { name in
                var status = stat()
                guard unsafe stat(name.start, &status) == 0 else { return nil }
                return [
                    UInt64(truncatingIfNeeded: status.st_dev),
                    unsafe SystemCalls.mountNumber(name.start) ?? 0,
                ]
            }
            if found != nil || place.isRoot { return found }
            place = place.parent
        }
    }
}
