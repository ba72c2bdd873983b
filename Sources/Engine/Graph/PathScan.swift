import Files
import Text

/// Looking again at what a watcher names: a few files among many. What this costs does not grow with the folder in
/// which a file lies, nor with the number of files.
extension Evaluator {
    /// Of more paths than this, all folders are looked through at once.
    private static let mostPaths = 64

    /// Looks at those of some paths that are and were single files.
    ///
    /// - Returns: the other paths, which stand for folders.
    func examineFiles(_ paths: [RelativePath]) -> [RelativePath] {
        guard paths.count <= Self.mostPaths else { return paths }
        return paths.filter { !examineFile($0) }
    }

    /// - Returns: whether the path was one of a single file, and has been looked at.
    private func examineFile(_ path: RelativePath) -> Bool {
        let stamp: FileStamp?
        do throws(FileError) {
            stamp = try source.stamp(path)
        } catch {
            return false
        }
        if let stamp, stamp.kind != .file { return false }
        let suspects: [NodeID]? = monitor.locked {
            let name = Symbol(path.bytes)
            if graph.find(Key(kind: LeafKind.listing.rawValue, name: name)) != nil { return nil }
            if stamp == nil, hasFiles(below: path) { return nil }
            var suspects: [NodeID] = []
            if let file = graph.find(Key(kind: LeafKind.file.rawValue, name: name)), isSuspect(file, stamp) {
                suspects.append(file)
            }
            let folder = Key(kind: LeafKind.listing.rawValue, name: Symbol(path.parent.bytes))
            if let listing = graph.find(folder), lists(listing, path.name, stamp?.kind) == false {
                suspects.append(listing)
            }
            return suspects
        }
        guard let suspects else { return false }
        for node in suspects { reexamine(node) }
        return true
    }

    /// Whether a file that anyone has asked for lies below a path; the lock is held.
    ///
    /// - Complexity: O(n) in the files that are new since the last call.
    private func hasFiles(below path: RelativePath) -> Bool {
        let files = image.files.entries
        var last: [UInt8] = []
        for index in Swift.min(fileFolders.upTo, files.count)..<files.count {
            let name = graph.nodes[Int(files[index].node)].name
            // Files that were met together mostly lie together.
            if graph.names.isFile(name, inFolder: last) { continue }
            var folder = RelativePath(unchecked: graph.names.bytes(of: name)).parent
            last = folder.bytes
            while !folder.isRoot, fileFolders.paths.insert(folder.bytes).inserted { folder = folder.parent }
        }
        fileFolders.upTo = files.count
        return fileFolders.paths.contains(path.bytes)
    }

    private func isSuspect(_ file: NodeID, _ stamp: FileStamp?) -> Bool {
        guard let index = graph.fileIndex(of: file) else { return true }
        let known = image.files.entries[index]
        guard let stamp else { return known.stamp != nil || known.fingerprint != .absent }
        return isSuspect(known, stamp)
    }

    /// Whether a folder was last seen to hold a name as what it is now, `nil` for not at all; the lock is held.
    private func lists(_ listing: NodeID, _ name: some Collection<UInt8>, _ kind: FileKind?) -> Bool {
        guard let value = value(at: listing) as? LeafValue, case .listing(let entries) = value.content else {
            return false
        }
        let index = entries.lowerBound { $0.name.lexicographicallyPrecedes(name) }
        let known =
            index < entries.count && entries[index].name.elementsEqual(name) ? entries[index].kind : nil
        return known == kind
    }
}
