import Engine
import Text

/// Where the files of the site and its theme lie, the site's own first.
enum ThemeFiles {
    /// A folder that both a site and a theme have.
    enum Folder: String, CaseIterable {
        case templates, assets, `static`, i18n, data
    }

    /// The files of the site, its theme, or the carried one below a folder, relative to it; each name once, sorted.
    static func all(_ folder: Folder, below path: RelativePath, in context: RuleContext) -> [RelativePath] {
        let own = RelativePath(unchecked: Array(folder.rawValue.utf8)).appending(path.bytes)
        var files = Set(context.tree(own, ignoring: { _ in false }).compactMap { $0.relative(to: own) })
        files.formUnion(allOfTheme(folder, below: path, in: context))
        return files.sorted()
    }

    /// The files of the theme below a folder, relative to it, sorted.
    static func allOfTheme(
        _ folder: Folder, below path: RelativePath, in context: RuleContext
    ) -> [RelativePath] {
        let own = RelativePath(unchecked: Array(folder.rawValue.utf8)).appending(path.bytes)
        let theme = context.read(ThemeRule.self, .empty, Theme.all)
        guard let root = theme.root else {
            return theme.isCarried
                ? CarriedFiles.files(below: CarriedFiles.theme.appending(own.bytes)) : []
        }
        let folder = root.appending(own.bytes)
        return context.tree(folder, ignoring: { _ in false }).compactMap { $0.relative(to: folder) }.sorted()
    }

    /// A file by its path below a folder: the site's own, the theme's, or the one the product carries.
    static func find(_ folder: Folder, _ path: RelativePath, in context: RuleContext) -> SourceFile? {
        let own = RelativePath(unchecked: Array(folder.rawValue.utf8))
        return SiteFolders.file(own.appending(path.bytes), below: own, in: context)
            ?? findInTheme(folder, path, in: context)
    }

    /// A file by its path below a folder of the theme, whatever the site has of its own.
    static func findInTheme(_ folder: Folder, _ path: RelativePath, in context: RuleContext) -> SourceFile? {
        let own = RelativePath(unchecked: Array(folder.rawValue.utf8)).appending(path.bytes)
        let theme = context.read(ThemeRule.self, .empty, Theme.all)
        if let root = theme.root {
            let top = root.appending(folder.rawValue)
            return SiteFolders.file(root.appending(own.bytes), below: top, in: context)
        }
        // The product's own theme is part of the program, whose identity every record depends on.
        return theme.isCarried ? CarriedFiles.file(CarriedFiles.theme.appending(own.bytes)) : nil
    }
}
