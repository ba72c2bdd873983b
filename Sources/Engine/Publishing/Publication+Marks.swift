import Files
import Text

extension Publication {
    /// The files of the output folder that bear our mark: the last witness of what is ours.
    static func markedFiles(below folder: RelativePath, _ place: OutputPlace, depth: Int) -> [RelativePath] {
        let entries = try? place.fileSystem.list(place.folder.appending(folder.bytes))
        guard depth < 200, let entries else { return [] }
        var files: [RelativePath] = []
        for entry in entries {
            let path = folder.appending(entry.name)
            // What is on its way may wait in the output folder itself.
            if place.folder.appending(path.bytes) == place.staging { continue }
            switch entry.kind {
            case .folder: files += markedFiles(below: path, place, depth: depth + 1)
            case .file:
                if place.fileSystem.isMarked(place.folder.appending(path.bytes)) { files.append(path) }
            case .other, .outside, .dead: break
            }
        }
        return files
    }
}
