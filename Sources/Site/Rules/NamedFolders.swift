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

    /// Folders that `site.json` names for sources and in which the output would go, or that lie in the output.
    static func findingsOfOutput(_ site: SiteConfiguration, in context: RuleContext) -> [Diagnostic] {
        guard let output = context.flag("output-folder").flatMap({ RelativePath($0) }) else { return [] }
        var named: [(folder: String, path: [String])] = [
            (site.contentFolder, ["content"]), (site.dataFolder, ["data"]),
        ]
        named += site.staticFolders.map { ($0.folder, ["static", $0.folder]) }
        return named.compactMap { folder, path in
            // The folder of the site itself holds all outputs that lie in the site.
            guard let sources = RelativePath(folder), !sources.isRoot,
                output == sources || output.isInside(sources) || sources.isInside(output)
            else { return nil }
            return site.finding(
                .outputAmongSources,
                "the output would go into \"\(output.text)\", and \"\(path[0])\" says that sources are in \"\(sources.text)\"",
                at: path, hint: "build into another folder with --output")
        }
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
