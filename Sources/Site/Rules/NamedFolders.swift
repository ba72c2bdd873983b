import Engine
import Files
import Text

/// Folders that `site.json` names and that are not there: what was published out of them would be removed, and a slip of
/// the pen is the likeliest reason.
enum NamedFolders {
    /// Of the content, of the content of languages, and of data files.
    static func findings(_ site: SiteConfiguration, in context: RuleContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        func check(_ folder: RelativePath?, _ key: String, at path: [String]) -> Bool {
            // What is no folder at all is said to be none by those who read it.
            guard let folder, !folder.isRoot, !context.folderExists(folder) else { return true }
            findings.append(
                site.finding(
                    .missingFolder, "\"\(key)\" names the folder \"\(folder.text)\", which is not there",
                    at: path, hint: hint(for: folder, in: context)))
            return false
        }
        // Without a word about it, there may be no such folder.
        if site.isContentNamed, !check(RelativePath(site.contentFolder), "content", at: ["content"]) {
            return findings
        }
        for language in SiteLanguages(site).all {
            guard let folder = language.folder else { continue }
            let path = ["languages", String(decoding: language.code, as: UTF8.self), "contentFolder"]
            _ = check(folder, "contentFolder", at: path)
        }
        if site.dataFolder != "data" { _ = check(RelativePath(site.dataFolder), "data", at: ["data"]) }
        return findings
    }

    /// The folder that was probably meant, or what else to do.
    static func hint(for folder: RelativePath, in context: RuleContext) -> String {
        var parent = RelativePath.root
        for component in folder.components {
            let next = parent.appending(Array(component))
            if context.folderExists(next) {
                parent = next
                continue
            }
            let known = (context.listing(parent) ?? []).filter { $0.kind == .folder }.map(\.name)
            if let near = Spelling.nearest(to: component, among: known.map { Array($0) }) {
                return "did you mean \"\(parent.appending(near).text)\"?"
            }
            break
        }
        return "make the folder \"\(folder.text)\", or take it out of site.json"
    }
}
