internal import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the links of a watched tree lead: for each step from link to link, the folder that holds the next step and
/// the name that it has there. What happens to that name happens to the link.
///
/// A folder is watched and not the file: editors put another file in the place of the one that they save.
struct LinkedPlaces {
    /// The links that lead through a name in a folder, by the folder's watch.
    private var links: [Int32: [[UInt8]: Set<RelativePath>]] = [:]
    /// The watches that a link needs.
    private var watches: [RelativePath: Set<Int32>] = [:]

    /// One step of a link.
    struct Step {
        /// An absolute path without links in it.
        let folder: [UInt8]
        /// A name in it.
        let name: [UInt8]
    }

    /// The steps from a link to what it leads to, as far as they lead anywhere; none for what is no link. Links among
    /// the folders on the way are steps as well, and so are folders of the tree itself, which may be moved, and the first
    /// that is missing. That one of the others outside is moved is not looked for: the way to it leads through folders in
    /// which much happens, such as `/tmp`.
    static func steps(from link: RelativePath, _ disk: DiskFileSystem) -> [Step] {
        let place = disk.withPath(link) { path in
            unsafe UnsafeRawBufferPointer(start: path.start, count: strlen(path.start)).map { $0 }
        }
        guard var folder = SystemCalls.resolved(parent(of: place)),
            let target = SystemCalls.linkTarget(of: place)
        else { return [] }
        let top = disk.withPath(.root) { path in
            unsafe UnsafeRawBufferPointer(start: path.start, count: strlen(path.start)).map { $0 }
        }
        let root = SystemCalls.resolved(top).map { $0.count == 1 ? $0 : $0 + [slash] } ?? [slash]
        var steps: [Step] = []
        var links = 1
        // What is still to be walked, the next component last.
        var rest: [ArraySlice<UInt8>] = []
        func follow(_ target: [UInt8]) {
            if target.first == slash { folder = [slash] }
            rest += target.split(separator: slash).reversed()
        }
        follow(target)
        let dot = UInt8(ascii: ".")
        // Linux follows forty links.
        while let name = rest.popLast(), links < 40 {
            if name.elementsEqual([dot]) { continue }
            if name.elementsEqual([dot, dot]) {
                folder = parent(of: folder)
                continue
            }
            let place = (folder.count == 1 ? [] : folder) + [slash] + name
            let target = SystemCalls.linkTarget(of: place)
            let isEnd = rest.isEmpty || target == nil && !isFolder(place)
            if target != nil || isEnd || (folder + [slash]).starts(with: root) {
                steps.append(Step(folder: folder, name: Array(name)))
            }
            if let target {
                links += 1
                follow(target)
            } else if isEnd {
                break
            } else {
                folder = place
            }
        }
        return steps
    }

    private static let slash = UInt8(ascii: "/")

    private static func isFolder(_ path: [UInt8]) -> Bool {
        var status = stat()
        let isThere = unsafe (path + [0]).withUnsafeBytes { bytes in
            unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress.map { unsafe lstat($0, &status) }
                == 0
        }
        return isThere && FileStamp(status).kind == .folder
    }

    private static func parent(of path: [UInt8]) -> [UInt8] {
        let end = path.lastIndex(of: slash) ?? 0
        return end == 0 ? [slash] : Array(path[..<end])
    }

    /// The links that lead through a name in the folder of a watch.
    func links(through name: [UInt8], in watch: Int32) -> Set<RelativePath> { links[watch]?[name] ?? [] }

    /// The links that lead through the folder of a watch.
    func links(in watch: Int32) -> Set<RelativePath> {
        (links[watch] ?? [:]).values.reduce(into: []) { $0.formUnion($1) }
    }

    /// Whether a watch is needed by a link.
    func needs(_ watch: Int32) -> Bool { links[watch] != nil }

    /// All links in a folder or below it, or the one at that path.
    func links(inside top: RelativePath) -> [RelativePath] { watches.keys.filter { $0.isInside(top) } }

    /// Whether a path is a link whose places are watched.
    func contains(_ link: RelativePath) -> Bool { watches[link] != nil }

    /// Notes a step of a link.
    mutating func add(_ link: RelativePath, _ name: [UInt8], in watch: Int32) {
        links[watch, default: [:]][name, default: []].insert(link)
        watches[link, default: []].insert(watch)
    }

    /// Forgets a link.
    ///
    /// - Returns: the watches that no other link needs.
    mutating func remove(_ link: RelativePath) -> [Int32] {
        var free: [Int32] = []
        for watch in watches.removeValue(forKey: link) ?? [] {
            for name in (links[watch] ?? [:]).keys {
                links[watch]?[name]?.remove(link)
                if links[watch]?[name]?.isEmpty == true { links[watch]?[name] = nil }
            }
            if links[watch]?.isEmpty == true {
                links[watch] = nil
                free.append(watch)
            }
        }
        return free
    }

    /// Forgets a watch that the system has ended.
    mutating func forget(_ watch: Int32) {
        for (_, paths) in links.removeValue(forKey: watch) ?? [:] {
            for path in paths { watches[path]?.remove(watch) }
        }
    }
}
