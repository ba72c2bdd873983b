import Engine
import Files
import Text

/// The folders of a site that may be links to anywhere (`content`, `static`, a theme), and files below them that are asked
/// for by a name which stands in a text, not found by a walk.
///
/// A walk follows no link that leads out of the site, and tells it. So must whoever asks by name: one link in the folder
/// and one `load_data` would publish any file that the machine of the build may read.
enum SiteFolders {
    /// A file by its path, which may lie anywhere in the site.
    static func file(named path: RelativePath, in context: RuleContext) -> SourceFile? {
        guard let file = context.file(path) else { return nil }
        // Of a file at the top, the door itself says whether it is a link.
        if path.parent.isRoot { return file }
        return checked(file, below: folder(of: path, in: context), in: context)
    }

    /// A file by its path below a folder that may be a link to anywhere.
    static func file(_ path: RelativePath, below folder: RelativePath, in context: RuleContext) -> SourceFile?
    {
        context.file(path).flatMap { checked($0, below: folder, in: context) }
    }

    private static func checked(
        _ file: SourceFile, below folder: RelativePath, in context: RuleContext
    ) -> SourceFile? {
        guard let link = context.linkOutside(from: folder, to: file.path) else { return file }
        context.find(.linkOutside(at: link))
        return nil
    }

    /// The innermost folder of the site in which a file lies, from which walks begin; the site itself for a file in none.
    private static func folder(of path: RelativePath, in context: RuleContext) -> RelativePath {
        let components = path.components.map { Array($0) }
        func isNamed(_ index: Int, _ names: [String]) -> Bool {
            index < components.count - 1 && names.contains { components[index].elementsEqual($0.utf8) }
        }
        func first(_ count: Int) -> RelativePath {
            components.prefix(count).reduce(RelativePath.root) { $0.appending($1) }
        }
        let parts = ThemeFiles.Folder.allCases.map(\.rawValue)
        if isNamed(0, ["themes"]) { return first(isNamed(2, parts) ? 3 : 2) }
        if isNamed(0, ["templates", "assets", "static", "i18n"]) { return first(1) }
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        var folders = [
            context.read(ConfigurationRule.self, .empty, Configuration.data), languages.content,
        ]
        folders += context.read(ConfigurationRule.self, .empty, Configuration.staticFolders).map(\.folder)
        folders += languages.all.compactMap(\.folder)
        return folders.filter { path.isInside($0) }.max { $0.bytes.count < $1.bytes.count } ?? .root
    }
}
