import Engine
import Files
import Text

/// Walks the content of one language: which files are pages, which are files of bundles.
struct ContentTreeRule: Rule {
    static let kind = RuleKind.contentTree
    static let stratum = Stratum.sources
    static let traits: RuleTraits = .eager

    func placeholder(for name: Symbol) -> ContentTree { ContentTree(sources: [], resources: []) }

    func run(_ name: Symbol, in context: RuleContext) -> ContentTree {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        let ignored = context.read(ConfigurationRule.self, .empty, Configuration.ignored).map {
            GlobPattern($0.utf8)
        }
        let code = name.bytes
        let root = languages.contentFolder(of: code)
        // Other languages may lie in folders below the main one's.
        let foreign = languages.all.filter { $0.code != code }.compactMap(\.folder).filter {
            $0 != root && $0.isInside(root)
        }
        let outputFolder = root.isRoot ? context.flag("output-folder").flatMap { RelativePath($0) } : nil
        let notContent = root.isRoot ? Self.otherFolders(in: context) : []
        /// Whether a pattern of `ignore` fits: it counts from the folder of site.json, or from the content folder.
        func isIgnored(_ path: RelativePath) -> Bool {
            let relative = path.relative(to: root)?.bytes ?? path.bytes
            return ignored.contains { $0.matches(path.bytes) || $0.matches(relative) }
        }
        let isMain = code == languages.main.code
        /// What is no content of this language.
        func isLeftOut(_ path: RelativePath) -> Bool {
            guard let first = path.name.first else { return false }
            if root.isRoot, path.parent.isRoot,
                Self.isOfTheSite(path, outputFolder) || notContent.contains(path)
            {
                return true
            }
            // What Jekyll keeps beside the content, where its `source` is the content folder.
            if first == UInt8(ascii: "_"), path.parent == root,
                root.components.first?.elementsEqual("content".utf8) != true, Self.isOfJekyll(path)
            {
                return true
            }
            // Unsaved copies of editors, and what systems leave in folders.
            if first == UInt8(ascii: ".") || path.name.last == UInt8(ascii: "~")
                || (first == UInt8(ascii: "#") && path.name.last == first && path.name.count > 1)
                || path.name.elementsEqual("Thumbs.db".utf8) || path.name.elementsEqual("desktop.ini".utf8)
            {
                return true
            }
            return foreign.contains(path) || isIgnored(path)
        }
        // Languages that share one folder walk it all; what is wrong with it is told once.
        let files =
            languages.usesSuffixes && !isMain
            ? context.tree(root, ignoring: isLeftOut) : context.sources(below: root, ignoring: isLeftOut)
        if root.isRoot, isMain {
            UnreadCollections.report(
                isLeftOut: { notContent.contains($0) || $0 == outputFolder || isIgnored($0) }, in: context)
            if context.read(ConfigurationRule.self, .empty, Configuration.isContentAssumed) {
                MissingContent.report(publishing: files.filter { !Self.isMarkdown($0) }, in: context)
            }
        }
        var sources: [ContentTree.Source] = []
        var others: [RelativePath] = []
        var lost: [RelativePath] = []
        var bundles: [RelativePath: RelativePath] = [:]
        for file in files {
            guard Self.isMarkdown(file) else {
                others.append(file)
                continue
            }
            if languages.usesSuffixes, case let own = languages.language(of: file), own != code {
                if !file.isInside(languages.contentFolder(of: own)) { lost.append(file) }
                continue
            }
            guard let source = source(file, root: root, code: code, languages) else { continue }
            sources.append(source)
        }
        // All languages that share the folder walk it.
        if languages.all.first(where: { $0.folder == nil })?.code == code {
            reportLost(lost.sorted(), languages, in: context)
        }
        sources.sort { $0.path < $1.path }
        sources = settled(sources, root: root, in: context)
        for source in sources where source.role == .bundle { bundles[source.path.parent] = source.path }
        if !bundles.isEmpty { reportPages(sources, in: bundles, context) }
        // Markdown in the folder of a bundle is a page of its own; anything else there belongs to the bundle.
        let resources = others.sorted().compactMap { file -> ContentTree.Resource? in
            var folder = file.parent
            while true {
                if let bundle = bundles[folder] {
                    return ContentTree.Resource(
                        path: file, bundle: bundle, rest: file.relative(to: folder) ?? file)
                }
                if folder == root || folder.isRoot { break }
                folder = folder.parent
            }
            // Languages that share one folder share its files: the main language publishes them.
            if languages.usesSuffixes && !isMain { return nil }
            return ContentTree.Resource(path: file, bundle: nil, rest: file.relative(to: root) ?? file)
        }
        return ContentTree(sources: sources, resources: resources)
    }

    /// Says once that files are named as of a language whose content lies in a folder of its own: they are pages of none.
    private func reportLost(_ files: [RelativePath], _ languages: SiteLanguages, in context: RuleContext) {
        guard let first = files.first else { return }
        let code = languages.language(of: first)
        let folder = languages.contentFolder(of: code)
        context.find(
            Diagnostic(
                .unprocessedFile,
                "\(first.text) is called as a page in \"\(String(decoding: code, as: UTF8.self))\", whose pages lie in \(folder.text): it is left out",
                at: SourceLocation(path: first),
                hint: "move it there, or take \"contentFolder\" of that language out of site.json",
                notes: files.count == 1
                    ? []
                    : [
                        DiagnosticNote(
                            "and \(files.count - 1) more file\(files.count == 2 ? "" : "s") of this kind")
                    ]))
    }

    /// Says once that pages lie in the folders of bundles, where Hugo takes them for parts of these and everybody else for
    /// pages: to leave them out would lose those of others.
    private func reportPages(
        _ sources: [ContentTree.Source], in bundles: [RelativePath: RelativePath], _ context: RuleContext
    ) {
        func bundle(above path: RelativePath) -> RelativePath? {
            var folder = path.parent
            while !folder.isRoot {
                if let bundle = bundles[folder] { return bundle }
                folder = folder.parent
            }
            return nil
        }
        let pages = sources.filter { $0.role == .page && bundle(above: $0.path) != nil }
        guard let first = pages.first?.path, let bundle = bundle(above: first), Self.isOfHugo(context) else {
            return
        }
        context.find(
            Diagnostic(
                .pageInBundle, "\(first.text) is a page, which in Hugo belongs to \(bundle.text)",
                at: SourceLocation(path: first),
                hint:
                    "\"ignore\" in site.json leaves it out, \"render: false\" and \"list: false\" in its head keep it for templates",
                notes: pages.count == 1
                    ? []
                    : [
                        DiagnosticNote(
                            "and \(pages.count - 1) more page\(pages.count == 2 ? "" : "s") of this kind")
                    ]))
    }

    /// Whether the site has a configuration of Hugo's; older ones are called as others' are.
    private static func isOfHugo(_ context: RuleContext) -> Bool {
        func has(_ name: String) -> Bool { context.fileExists(RelativePath(unchecked: Array(name.utf8))) }
        func hasFolder(_ name: String) -> Bool {
            context.folderExists(RelativePath(unchecked: Array(name.utf8)))
        }
        return ["hugo.toml", "hugo.yaml", "hugo.json"].contains(where: has) || hasFolder("config/_default")
            || ["config.toml", "config.yaml"].contains(where: has) && hasFolder("archetypes")
    }

    /// The sources with one text for each folder: an `index.md` at the top of a section is the section's text,
    /// and of two files for one folder the first is taken, with a finding at the other.
    private func settled(_ sources: [ContentTree.Source], root: RelativePath, in context: RuleContext)
        -> [ContentTree.Source]
    {
        // Top folders with pages in them are sections, whatever else is there.
        var sections = Set(
            sources.compactMap { $0.folder.components.first.map { RelativePath(unchecked: Array($0)) } })
        sections.formUnion(sources.filter { $0.role == .section }.map(\.folder))
        var texts: [RelativePath: RelativePath] = [:]
        for source in sources where source.role == .section {
            if texts[source.folder] == nil { texts[source.folder] = source.path }
        }
        return sources.compactMap { source in
            var source = source
            if source.role == .bundle {
                let own = source.path.parent.relative(to: root) ?? .root
                guard sections.contains(own) else { return source }
                source = ContentTree.Source(path: source.path, folder: own, name: source.name, role: .section)
                if texts[own] == nil { texts[own] = source.path }
            }
            guard source.role == .section, let first = texts[source.folder], first != source.path else {
                return source
            }
            let folder =
                source.folder.isRoot ? "the home page" : "the section /\(source.folder.text)/"
            context.find(
                Diagnostic(
                    .outputCollision, "\(first.text) and \(source.path.text) are both the text of \(folder)",
                    at: SourceLocation(path: source.path), hint: "keep one of them",
                    notes: [DiagnosticNote("the other one is here", at: SourceLocation(path: first))]))
            return nil
        }
    }

    private func source(
        _ file: RelativePath, root: RelativePath, code: [UInt8], _ languages: SiteLanguages
    ) -> ContentTree.Source? {
        guard let relative = file.relative(to: root) else { return nil }
        let stem = Array(ContentName.split(file.stem, languages: languages.codes).stem)
        if stem == Array("_index".utf8) {
            return ContentTree.Source(
                path: file, folder: relative.parent, name: Array(relative.parent.name), role: .section)
        }
        if stem == Array("index".utf8) {
            // `index.md` of the root is the home page's text: there is no folder around it to belong to.
            if relative.parent.isRoot {
                return ContentTree.Source(path: file, folder: .root, name: [], role: .section)
            }
            return ContentTree.Source(
                path: file, folder: relative.parent.parent, name: Array(relative.parent.name), role: .bundle)
        }
        return ContentTree.Source(path: file, folder: relative.parent, name: stem, role: .page)
    }

    /// Whether a folder of the site's root is something else than content, where content lies in the root itself.
    private static func isOfTheSite(_ path: RelativePath, _ output: RelativePath?) -> Bool {
        if let output, path == output { return true }
        // Jekyll and Eleventy keep what is no content under such names.
        if path.name.first == UInt8(ascii: "_"), !path.name.starts(with: "_index.".utf8),
            !["_posts", "_drafts", "_headers", "_redirects"].contains(where: {
                path.bytes.elementsEqual($0.utf8)
            })
        {
            return true
        }
        return [
            "public", "themes", "templates", "static", "assets", "data", "i18n", "archetypes", "node_modules",
            "site.json", "site.schema.json", "Gemfile", "Gemfile.lock", "package.json", "package-lock.json",
        ]
        .contains { path.bytes.elementsEqual($0.utf8) }
            || ConfigurationRule.foreignNames.contains { path.bytes.elementsEqual($0.utf8) }
    }

    private static func isOfJekyll(_ path: RelativePath) -> Bool {
        ["_layouts", "_includes", "_sass", "_plugins", "_data"].contains { path.name.elementsEqual($0.utf8) }
    }

    /// The folders that the configuration makes something else than content.
    private static func otherFolders(in context: RuleContext) -> [RelativePath] {
        context.read(ConfigurationRule.self, .empty, Configuration.staticFolders).map(\.folder)
            + [context.read(ConfigurationRule.self, .empty, Configuration.data)]
            + (isOfRuby(context) ? [RelativePath(unchecked: Array("vendor".utf8))] : [])
    }

    /// Whether Bundler may have put its packages into `vendor/`, with their READMEs: Jekyll does not read them.
    private static func isOfRuby(_ context: RuleContext) -> Bool {
        ["Gemfile", "_config.yml"].contains { context.fileExists(RelativePath(unchecked: Array($0.utf8))) }
    }

    private static func isMarkdown(_ path: RelativePath) -> Bool {
        MarkdownName.isEnding(path.fileExtension)
    }
}
