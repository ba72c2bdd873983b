import Engine
import Files
import Text

/// Folders of Markdown that Jekyll reads as collections, `_recipes/soup.md`: where content lies in the site's own folder,
/// those that start with an underscore are no content, and whoever comes from there is told.
enum UnreadCollections {
    /// Tells of each such folder once.
    ///
    /// - Parameters:
    ///   - isLeftOut: whether the site itself says that a path is no content.
    ///   - context: where the look is recorded.
    static func report(isLeftOut: (RelativePath) -> Bool, in context: RuleContext) {
        for entry in context.listing(.root) ?? [] where entry.kind == .folder {
            let folder = RelativePath(unchecked: entry.name)
            guard entry.name.first == UInt8(ascii: "_"), entry.name.count > 1, !isLeftOut(folder),
                !known.contains(where: { entry.name.elementsEqual($0.utf8) })
            else { continue }
            let files = context.tree(folder, ignoring: isLeftOut).filter {
                MarkdownName.isEnding($0.fileExtension)
            }
            guard let first = files.min() else { continue }
            let plain = String(decoding: entry.name.drop { $0 == UInt8(ascii: "_") }, as: UTF8.self)
            context.find(
                Diagnostic(
                    .unprocessedFile,
                    "the folder \"\(folder.text)\" is not read: \(files.count) file\(files.count == 1 ? "" : "s") of Markdown in it make\(files.count == 1 ? "s" : "") no page",
                    at: SourceLocation(path: first),
                    hint:
                        "call the folder \"\(plain)\", and its pages live at /\(plain)/; or \"ignore\" it in site.json"
                ))
        }
    }

    /// What Jekyll and Eleventy keep there that makes no pages of its own.
    private static let known = [
        "_posts", "_drafts", "_data", "_includes", "_layouts", "_sass", "_site", "_plugins", "_components",
        "_config", "_assets",
    ]
}
