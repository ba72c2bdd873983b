import Engine
import Files
import Text

/// Which files are copied to the output, and where to: static files and what lies beside pages.
final class OutputFiles: RuleValue {
    /// A copy.
    struct Copy: Sendable {
        let output: RelativePath
        /// The file, or one that the product carries.
        let source: RelativePath
    }

    /// By output path.
    let copies: [Copy]
    private let sourceByOutput: [RelativePath: RelativePath]
    private let outputBySource: [RelativePath: RelativePath]
    /// By sources in composed form, where that is not ASCII.
    private let outputByComposedSource: [RelativePath: RelativePath]

    init(copies: [Copy]) {
        self.copies = copies
        sourceByOutput = Dictionary(copies.map { ($0.output, $0.source) }) { first, _ in first }
        outputBySource = Dictionary(copies.map { ($0.source, $0.output) }) { first, _ in first }
        let named = copies.filter { $0.source.bytes.contains { $0 > 0x7F } }
        outputByComposedSource = Dictionary(named.map { ($0.source.composed, $0.output) }) { first, _ in first
        }
    }

    /// Where a file is copied to: the one of that path, else one whose path is the same to a reader.
    private func output(ofFile source: RelativePath) -> RelativePath? {
        if let output = outputBySource[source] { return output }
        if outputByComposedSource.isEmpty || source.bytes.allSatisfy({ $0 < 0x80 }) { return nil }
        return outputByComposedSource[source.composed]
    }

    /// `whole`; an output's path, whether it is there; a source's path after `from:` and NUL, where it goes; an
    /// output's path after `to:` and NUL, where it comes from.
    func fingerprint(of projection: Projection) -> Fingerprint {
        if projection == .whole {
            var builder = FingerprintBuilder()
            for copy in copies {
                builder.combine(copy.output.bytes)
                builder.combine(copy.source.bytes)
            }
            return builder.finish()
        }
        let name = projection.name.bytes
        if name.starts(with: Self.sourcePrefix) {
            let source = RelativePath(unchecked: Array(name[Self.sourcePrefix.count...]))
            return output(ofFile: source).map { Fingerprint(of: $0.bytes) } ?? .absent
        }
        if name.starts(with: Self.outputPrefix) {
            let output = RelativePath(unchecked: Array(name[Self.outputPrefix.count...]))
            return sourceByOutput[output].map { Fingerprint(of: $0.bytes) } ?? .absent
        }
        return sourceByOutput[RelativePath(unchecked: name)] != nil
            ? Fingerprint(low: 1, high: 1) : .absent
    }

    /// All copies.
    static let all = Reading<OutputFiles, [Copy]>(.whole) { $0.copies }

    /// Where a file is copied to, or `nil` when it is not.
    static func output(of source: RelativePath) -> Reading<OutputFiles, RelativePath?> {
        Reading(Projection(Symbol(sourcePrefix + source.bytes))) { $0.output(ofFile: source) }
    }

    /// The file that is copied to a path, or `nil` when none is.
    static func source(of output: RelativePath) -> Reading<OutputFiles, RelativePath?> {
        Reading(Projection(Symbol(outputPrefix + output.bytes))) { $0.sourceByOutput[output] }
    }

    private static let sourcePrefix = Array("from:\u{0}".utf8)
    private static let outputPrefix = Array("to:\u{0}".utf8)

    /// Whether a file is copied to a path.
    static func contains(_ path: RelativePath) -> Reading<OutputFiles, Bool> {
        Reading(Projection(Symbol(path.bytes))) { $0.sourceByOutput[path] != nil }
    }
}

/// Lists what is copied, under names in composed form: `static/` of the theme and the site, the site's winning; the files of bundles beside
/// their pages; other files of the content folder at the place they have there.
struct OutputFilesRule: Rule {
    static let kind = RuleKind.outputFiles
    static let stratum = Stratum.catalog
    static let traits: RuleTraits = .eager

    func placeholder(for name: Symbol) -> OutputFiles { OutputFiles(copies: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputFiles {
        var byOutput: [RelativePath: RelativePath] = [:]
        let folder = RelativePath(unchecked: Array("static".utf8))
        let theme = context.read(ThemeRule.self, .empty, Theme.all)
        if theme.isCarried {
            let root = CarriedFiles.theme.appending(folder.bytes)
            for file in CarriedFiles.files(below: root) { byOutput[file] = root.appending(file.bytes) }
        }
        let ignored = context.read(ConfigurationRule.self, .empty, Configuration.ignored).map {
            GlobPattern($0.utf8)
        }
        var folders: [(folder: RelativePath, prefix: RelativePath)] = [(folder, .root)]
        if let root = theme.root { folders.insert((root.appending(folder.bytes), .root), at: 0) }
        for entry in context.read(ConfigurationRule.self, .empty, Configuration.staticFolders) {
            if context.listing(entry.folder) == nil {
                context.find(
                    context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                        .missingFolder,
                        "\"static\" in site.json names the folder \"\(entry.folder.text)\", which is not there",
                        at: ["static", entry.name], hint: NamedFolders.hint(for: entry.folder, in: context)))
            }
            folders.append((entry.folder, entry.address))
        }
        var kept: Set<RelativePath> = []
        for (folder, prefix) in folders {
            // Names with a dot at their start are published from here: hosts want `.well-known`, `.nojekyll`.
            for file in context.sources(
                below: folder,
                ignoring: { path in
                    if Self.isDropping(path) || ignored.contains(where: { $0.matches(path.bytes) }) {
                        return true
                    }
                    guard Self.isPrivate(path) else { return false }
                    kept.insert(path)
                    return true
                })
            {
                guard let rest = file.relative(to: folder)?.composed else { continue }
                let output = prefix.appending(rest.bytes)
                // Of names that are the same to a reader, and so to many disks, one is published.
                if let other = byOutput[output], other.isInside(folder), other != file {
                    context.find(Self.collision(other, file, at: output))
                }
                byOutput[output] = file
            }
        }
        reportPrivate(kept, in: context)
        addResources(to: &byOutput, theme, in: context)
        reportForeign(context)
        return OutputFiles(
            copies: byOutput.map { OutputFiles.Copy(output: $0.key, source: $0.value) }.sorted {
                $0.output < $1.output
            })
    }

    private func addResources(
        to byOutput: inout [RelativePath: RelativePath], _ theme: Theme, in context: RuleContext
    ) {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        for language in languages.all {
            let key = Symbol(language.code)
            let resources = context.read(ContentTreeRule.self, key, ContentTree.all).resources
            if resources.isEmpty { continue }
            let rendering = Rendering(context: context, language: key)
            var hidden: [RelativePath]?
            for resource in resources {
                let output: RelativePath
                if let bundle = resource.bundle {
                    let id = PageID(language: language.code, source: bundle)
                    let catalog = rendering.catalog
                    // The files of a page that is not published are not published.
                    guard let page = rendering.position(of: id, in: catalog) else { continue }
                    let folder = SourceFiles.folder(
                        ofBundleAt: rendering.entry(of: catalog.page(at: page), in: catalog).output)
                    output = folder.appending(resource.rest.composed.bytes)
                } else {
                    // What lies among drafts is for nobody yet.
                    if resource.rest.components.contains(where: { $0.elementsEqual("_drafts".utf8) }),
                        context.flag("drafts") == nil
                    {
                        continue
                    }
                    // Nor is what lies in a section that is not published.
                    let folders = hidden ?? Self.hiddenFolders(of: key, languages, rendering)
                    hidden = folders
                    if folders.contains(where: { resource.rest.isInside($0) }) { continue }
                    output = language.urlPrefix.appending(resource.rest.composed.bytes)
                }
                if let other = byOutput[output], other != resource.path, !other.isInside(CarriedFiles.theme),
                    !(theme.root.map { other.isInside($0) } ?? false)
                {
                    context.find(Self.collision(other, resource.path, at: output))
                }
                byOutput[output] = resource.path
            }
        }
    }

    /// The folders of sections that are not published in a language, nor in any other whose pages lie among its own: files
    /// are there for all of them.
    private static func hiddenFolders(
        of code: Symbol, _ languages: SiteLanguages, _ rendering: Rendering
    ) -> [RelativePath] {
        let hidden = rendering.hiddenFolders(in: rendering.catalog)
        if hidden.isEmpty { return [] }
        let content = languages.contentFolder(of: code.bytes)
        let others = languages.all.map(\.code).filter {
            $0 != code.bytes && languages.contentFolder(of: $0) == content
        }
        return hidden.filter { folder in
            others.allSatisfy { other in
                let catalog = rendering.catalog(of: Symbol(other))
                return rendering.count(of: CatalogName.section(folder), in: catalog) == 0
                    && rendering.count(of: CatalogName.subsections(folder), in: catalog) == 0
            }
        }
    }

    private static func collision(_ first: RelativePath, _ second: RelativePath, at output: RelativePath)
        -> Diagnostic
    {
        Diagnostic(
            .outputCollision, "two sources want /\(output.text): \(first.text) and \(second.text)",
            at: SourceLocation(path: second), hint: "rename one of them")
    }

    /// Says once of each kind of file beside the content that other generators make pages of or read.
    private func reportForeign(_ context: RuleContext) {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        var files: [String: [RelativePath]] = [:]
        for language in languages.all {
            let key = Symbol(language.code)
            for resource in context.read(ContentTreeRule.self, key, ContentTree.all).resources {
                let name = resource.path.name
                guard let ending = Self.foreignEndings.first(where: { name.hasEnding($0) }) else { continue }
                files[ending, default: []].append(resource.path)
            }
        }
        for (ending, paths) in files.sorted(by: { $0.key < $1.key }) {
            guard let first = paths.min() else { continue }
            let others = Set(paths).count - 1
            context.find(
                Diagnostic(
                    .unprocessedFile, "\(ending) is not read: the file is published as it is",
                    at: SourceLocation(path: first),
                    hint: ending.hasPrefix(".11ty")
                        ? "what it says of pages belongs in a \"cascade\" of the section's _index.md"
                        : "pages are written in Markdown; \"ignore\" in site.json leaves files out",
                    notes: others == 0
                        ? []
                        : [DiagnosticNote("and \(others) more file\(others == 1 ? "" : "s") of this kind")]))
        }
    }

    /// How files are called that are pages elsewhere, or say something of pages.
    private static let foreignEndings = [
        ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs", ".11tydata.json", ".rst", ".adoc", ".asciidoc",
        ".org",
        ".textile",
    ]

    /// What lies in folders of files and is for no visitor: histories, secrets, what programs need to build others.
    private static func isPrivate(_ path: RelativePath) -> Bool {
        let name = path.name
        return [".git", ".hg", ".svn", ".env", "node_modules"].contains { name.elementsEqual($0.utf8) }
            || name.starts(with: ".env.".utf8)
    }

    private func reportPrivate(_ paths: Set<RelativePath>, in context: RuleContext) {
        guard let first = paths.min() else { return }
        let others = paths.sorted().dropFirst().prefix(3).map(\.text).joined(separator: ", ")
        context.find(
            Diagnostic(
                .privateFile, "\(first.text) is for no visitor and is not published",
                at: SourceLocation(path: first),
                hint:
                    "\"ignore\": [\"\(String(decoding: first.name, as: UTF8.self))\"] in site.json says that this is known",
                notes: others.isEmpty
                    ? []
                    : [
                        DiagnosticNote(
                            "nor \(paths.count == 2 ? "is" : "are") \(others)\(paths.count > 4 ? " …" : "")")
                    ]))
    }

    /// What editors and systems leave behind.
    private static func isDropping(_ path: RelativePath) -> Bool {
        [".DS_Store", "Thumbs.db", "desktop.ini"].contains { path.name.elementsEqual($0.utf8) }
            || path.name.last == UInt8(ascii: "~")
    }
}

extension ArraySlice<UInt8> {
    /// Whether a name ends with a text, something before it.
    fileprivate func hasEnding(_ text: String) -> Bool {
        count > text.utf8.count && suffix(text.utf8.count).elementsEqual(text.utf8)
    }
}
