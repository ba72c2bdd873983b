import Engine
import Files
import Text

/// A site whose `content/` is not there, and that does not say where its content is.
///
/// A bare folder of Markdown is content itself. One that has a configuration, templates or themes is a site: to take its
/// folder for content would move every page, and publish whatever else lies there.
enum MissingContent {
    /// The finding, or `nil` where nothing says that the folder is more than content.
    static func finding(hasConfiguration: Bool, in context: RuleContext) -> Diagnostic? {
        // A folder of notes may have another that is called so.
        let sign = hasConfiguration ? nil : ["templates", "themes"].first { isOfASite($0, in: context) }
        guard hasConfiguration || sign != nil else { return nil }
        let place = RelativePath(unchecked: Array((hasConfiguration ? "site.json" : sign ?? "").utf8))
        return Diagnostic(
            .missingFolder, "there is no folder \"content\", and nothing says that the content is elsewhere",
            at: SourceLocation(path: place), hint: hint(in: context))
    }

    /// Whether there is a template in a folder.
    private static func isOfASite(_ name: String, in context: RuleContext) -> Bool {
        context.tree(RelativePath(unchecked: Array(name.utf8))).contains { OwnTemplates.isTemplate($0) }
    }

    /// Says in front of everybody what is published where a folder without any of this is content.
    ///
    /// - Parameters:
    ///   - others: the files that are published as they are, in no order.
    ///   - context: where it is told.
    static func report(publishing others: [RelativePath], in context: RuleContext) {
        let shown = others.sorted().prefix(3).map(\.text).joined(separator: ", ")
        let rest = others.count > 3 ? " …" : ""
        let what =
            switch others.count {
            case 0: "nothing besides its Markdown is published"
            case 1: "besides its Markdown, one file is published as it is: \(shown)"
            default: "besides its Markdown, \(others.count) files are published as they are: \(shown)\(rest)"
            }
        context.find(
            Diagnostic(
                .wholeFolder, "there is no folder \"content\": this folder itself is the content; \(what)",
                hint:
                    "put what is to be published into content/; or \"content\": \".\" in site.json says that this is meant"
            ))
    }

    /// The folder that was probably meant, and how to say that the whole folder is.
    private static func hint(in context: RuleContext) -> String {
        let whole = "\"content\": \".\" in site.json says that this folder itself is the content"
        let output = context.flag("output-folder")
        var folders: [[UInt8]] = []
        var hasMarkdown = false
        for entry in context.listing(.root) ?? [] {
            let path = RelativePath(unchecked: entry.name)
            if entry.kind == .file, MarkdownName.isEnding(path.fileExtension) { hasMarkdown = true }
            guard entry.kind == .folder, entry.name.first != UInt8(ascii: "."), path.text != output,
                !known.contains(where: { entry.name.elementsEqual($0.utf8) }),
                context.tree(path).contains(where: { MarkdownName.isEnding($0.fileExtension) })
            else { continue }
            folders.append(entry.name)
        }
        func name(_ folder: [UInt8]) -> String { String(decoding: folder, as: UTF8.self) }
        if let near = Spelling.nearest(to: "content".utf8, among: folders) {
            return "did you mean \"\(name(near))\"? Call it \"content\", or name it in site.json; \(whole)"
        }
        // Pages beside folders of pages: whoever has them had the whole folder in mind.
        if !hasMarkdown, let first = folders.first {
            return "is it \"\(name(first))\"? \"content\": \"\(name(first))\" in site.json says so; \(whole)"
        }
        return hasMarkdown || !folders.isEmpty ? whole : "make the folder \"content\"; \(whole)"
    }

    /// Folders of a site that hold Markdown and no content.
    private static let known = [
        "public", "themes", "templates", "static", "assets", "data", "i18n", "archetypes", "node_modules",
        "vendor",
    ]
}
