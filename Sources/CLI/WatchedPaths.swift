import Files
import Site
import Text

/// What a preview watches: all of the site's folder but what others fill by the thousand, as far as no setting names it.
///
/// As `site.json` has it when the preview begins.
struct WatchedPaths: Sendable {
    /// Folders that do not count.
    private let left: [RelativePath]
    /// Folders that do, though they lie in one that does not.
    private let wanted: [RelativePath]

    /// - Parameters:
    ///   - settings: what `site.json` says.
    ///   - output: the output folder, if it lies in the site.
    init(_ settings: PreviewSettings, output: String?) {
        left =
            [".site", ".git", "node_modules", ".build"].map { RelativePath(unchecked: Array($0.utf8)) }
            + [output.flatMap { RelativePath($0) }].compactMap { $0 }
        var wanted = settings.folders
        // Git adds a line to this with each commit, and with whatever else moves what is checked out. (Where the site is the
        // folder of a repository, not one in it: a preview watches nothing outside of the site.)
        if settings.readsHistory { wanted.append(RelativePath(unchecked: Array(".git/logs/HEAD".utf8))) }
        self.wanted = wanted
    }

    private static let repository = Array(".git".utf8)

    /// Whether a file or folder is watched.
    ///
    /// - Complexity: O(n) in the folders that `site.json` names; nothing of the kind for most paths.
    func contains(_ path: RelativePath) -> Bool {
        // Of a theme that is a repository of its own.
        if path.name.elementsEqual(Self.repository), !path.parent.isRoot { return false }
        if !left.contains(where: { path.isInside($0) }) { return true }
        return wanted.contains { path.isInside($0) || $0.isInside(path) }
    }
}
