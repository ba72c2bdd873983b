internal import Text

/// What a tree looked like when it was last walked, to be compared with what it is now.
struct PollingTree {
    private let disk: DiskFileSystem
    private let isIgnored: @Sendable (RelativePath) -> Bool
    private var stamps: [RelativePath: FileStamp] = [:]

    init(_ disk: DiskFileSystem, ignoring isIgnored: @escaping @Sendable (RelativePath) -> Bool) {
        self.disk = disk
        self.isIgnored = isIgnored
        stamps = walk()
    }

    /// The paths whose stamps are not what they were. Folders count only when they come or go.
    mutating func changes() -> Set<RelativePath> {
        let old = stamps
        stamps = walk()
        var changed: Set<RelativePath> = []
        for (path, stamp) in stamps {
            guard let before = old[path] else {
                changed.insert(path)
                continue
            }
            if before != stamp, stamp.kind != .folder || before.kind != .folder { changed.insert(path) }
        }
        for path in old.keys where stamps[path] == nil { changed.insert(path) }
        return changed
    }

    private func walk() -> [RelativePath: FileStamp] {
        var found: [RelativePath: FileStamp] = [:]
        found.reserveCapacity(stamps.count)
        var open: [RelativePath] = [.root]
        while let folder = open.popLast() {
            // A folder that cannot be read now may be readable a second later; it counts as empty.
            guard let entries = try? disk.listWithStamps(folder) else { continue }
            for item in entries {
                let path = folder.appending(item.entry.name)
                if isIgnored(path) { continue }
                found[path] = item.stamp
                if item.entry.kind == .folder { open.append(path) }
            }
        }
        return found
    }
}
