import Files
import Text

/// Folders in the output that have become symbolic links: what they lead to is not the output, and nothing is put there or
/// removed there.
extension Publication {
    /// The folder nearest to the output folder, on the way from it to a path, that is a link.
    ///
    /// - Complexity: a call of the operating system for each folder that was not asked for before.
    func link(above path: RelativePath) -> RelativePath? {
        let folder = path.parent
        if folder.isRoot { return nil }
        if let known = links[folder] { return known }
        let link =
            link(above: folder)
            ?? (place.fileSystem.isLink(place.folder.appending(folder.bytes)) ? folder : nil)
        links[folder] = .some(link)
        return link
    }

    /// The links through which outputs would have to go, sorted.
    func linksInTheWay() -> [RelativePath] {
        // Somebody may have been quick since the folder was looked at.
        links = [:]
        // Where there is no folder yet, there is nothing in it. (One that cannot be looked at says so when it is written to.)
        if (try? place.fileSystem.stamp(place.folder)) == .some(nil) { return [] }
        return Set(staged.values.compactMap { link(above: $0.path) }).sorted()
    }
}
