import Engine
import Files
import Formats
import Templates
import Text

/// The site's own templates that have a name which means something to another generator and nothing here.
enum OwnTemplates {
    /// Looks at their names, once a build, and where there is such a one, at what the others ask for. They are not compiled:
    /// what nothing asks for may be anything, and must not stand in the way of a site that works.
    static func check(in context: RuleContext) {
        reportLayouts(in: context)
        let folder = RelativePath(unchecked: Array("templates".utf8))
        let ignored = ignored(in: context)
        let files = context.tree(folder) { path in ignored.contains { $0.matches(path.bytes) } }
        var unused: [(path: RelativePath, meant: String)] = files.compactMap { file in
            guard let path = file.relative(to: folder), isTemplate(path), let meant = meaning(of: path) else {
                return nil
            }
            return (path, meant)
        }
        if unused.isEmpty { return }
        for path in ThemeFiles.all(.templates, below: .root, in: context) where isTemplate(path) {
            guard !unused.isEmpty, let file = ThemeFiles.find(.templates, path, in: context) else { continue }
            if Self.computesNames(file.bytes) { return }
            // Whoever asks for one writes its name somewhere.
            unused.removeAll { $0.path != path && Self.mentions(file.bytes, $0.path.bytes) }
        }
        removeNamedInHeads(&unused, in: context)
        for (path, meant) in unused {
            context.find(
                Diagnostic(
                    .unusedTemplate, "nothing asks for the template \(path.text)",
                    at: SourceLocation(path: folder.appending(path.bytes)), hint: "did you mean \(meant)?"))
        }
    }

    /// Whether a name stands in a text, in quotes.
    private static func mentions(_ text: [UInt8], _ name: [UInt8]) -> Bool {
        ["\"", "'"].contains { text.firstRange(of: Array($0.utf8) + name + Array($0.utf8)) != nil }
    }

    /// Whether a template asks for others by names that it works out.
    private static func computesNames(_ text: [UInt8]) -> Bool {
        let space = UInt8(ascii: " ")
        for word in ["include", "extends", "import", "from"] {
            var rest = text[...]
            while let found = rest.firstRange(of: word.utf8) {
                let before = rest[..<found.lowerBound].reversed().drop {
                    $0 == space || $0 == UInt8(ascii: "-")
                }
                rest = rest[found.upperBound...]
                let next = rest.drop { $0 == space }.first ?? 0
                if before.starts(with: "%{".utf8), rest.first == space,
                    ![UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "%")].contains(next)
                {
                    return true
                }
            }
        }
        return false
    }

    /// Takes away those that a page's head names, looking at no more heads than it takes to find each.
    private static func removeNamedInHeads(
        _ unused: inout [(path: RelativePath, meant: String)], in context: RuleContext
    ) {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        for language in languages.all where !unused.isEmpty {
            let tree = context.read(ContentTreeRule.self, Symbol(language.code), ContentTree.all)
            for source in tree.sources where !unused.isEmpty {
                let named = context.read(
                    PageMetaRule.self, Symbol(source.path.bytes), PageMeta.written(.template))
                guard let named else { continue }
                let names = TemplateChoice.spellings(of: Array(named.text))
                unused.removeAll { names.contains($0.path.bytes) }
            }
        }
    }

    /// What a name means that other generators give their templates, in words for a hint; `nil` for names that are right, or
    /// anybody's own.
    static func meaning(of path: RelativePath) -> String? {
        let folders = path.components.dropLast().map { String(decoding: $0, as: UTF8.self) }
        let name = String(decoding: path.name, as: UTF8.self)
        if let first = folders.first {
            if ["component", "shortcodes", "shortcode"].contains(first) {
                let rest = (folders.dropFirst() + [name]).joined(separator: "/")
                return "components/\(rest)"
            }
            if ["components", "render", "partials", "includes", "macros"].contains(first) { return nil }
        }
        let place = folders.first == "_default" ? [] : folders
        func beside(_ name: String) -> String { (place + [name]).joined(separator: "/") }
        switch name {
        case "index.html": return place.isEmpty ? "home.html" : beside("section.html")
        case "single.html", "post.html": return beside("page.html")
        case "list.html": return beside("section.html")
        case "tags.html", "categories.html", "taxonomy_list.html", "terms.html":
            return "taxonomy.html, or \(taxonomy(name))/taxonomy.html"
        case "tag.html", "category.html", "taxonomy_single.html":
            return "term.html, or \(taxonomy(name))/term.html"
        default: break
        }
        let usual = [
            "home.html", "section.html", "page.html", "taxonomy.html", "term.html", "archive.html",
            "404.html",
            "redirect.html",
        ]
        return usual.first { $0 != name && $0 == name.lowercased() }.map(beside)
    }

    private static func taxonomy(_ name: String) -> String {
        switch name {
        case "tags.html", "tag.html": "tags"
        case "categories.html", "category.html": "categories"
        default: "TAXONOMY"
        }
    }

    /// Whether a file is written in the language of templates, for all that its name says.
    static func isTemplate(_ path: RelativePath) -> Bool {
        guard path.name.first != UInt8(ascii: "."), path.name.last != UInt8(ascii: "~") else { return false }
        return ["html", "htm", "xml", "j2", "jinja", "jinja2"].contains {
            path.fileExtension.elementsEqual($0.utf8)
        }
    }

    private static func ignored(in context: RuleContext) -> [GlobPattern] {
        context.read(ConfigurationRule.self, .empty, Configuration.ignored).map { GlobPattern($0.utf8) }
    }

    /// Says of a folder of Hugo's or Eleventy's that it is not read.
    private static func reportLayouts(in context: RuleContext) {
        let folder = RelativePath(unchecked: Array("layouts".utf8))
        guard context.folderExists(folder) else { return }
        let ignored = ignored(in: context)
        if ignored.contains(where: { $0.matches(folder.bytes) }) { return }
        let files = context.tree(folder) { path in ignored.contains { $0.matches(path.bytes) } }
        guard let first = files.filter({ $0.fileExtension.elementsEqual("html".utf8) }).min() else { return }
        context.find(
            Diagnostic(
                .unprocessedFile, "the folder \"layouts\" is not read: templates lie in templates/",
                at: SourceLocation(path: first),
                hint:
                    "write those that are needed anew in templates/; \"ignore\": [\"layouts/\"] in site.json says that this is known"
            ))
    }
}
