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

    init(copies: [Copy]) {
        self.copies = copies
        sourceByOutput = Dictionary(copies.map { ($0.output, $0.source) }) { first, _ in first }
        outputBySource = Dictionary(copies.map { ($0.source, $0.output) }) { first, _ in first }
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
            return outputBySource[source].map { Fingerprint(of: $0.bytes) } ?? .absent
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
        Reading(Projection(Symbol(sourcePrefix + source.bytes))) { $0.outputBySource[source] }
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

/// Lists what is copied: `static/` of the theme and the site, the site's winning; the files of bundles beside
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
        for (folder, prefix) in folders {
            // Names with a dot at their start are published from here: hosts want `.well-known`, `.nojekyll`.
            for file in context.tree(
                folder,
                ignoring: { path in Self.isDropping(path) || ignored.contains { $0.matches(path.bytes) } })
            {
                if let rest = file.relative(to: folder) { byOutput[prefix.appending(rest.bytes)] = file }
            }
        }
        addResources(to: &byOutput, theme, in: context)
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
            let catalog = context.pull(CatalogRule.self, key)
            for resource in resources {
                let output: RelativePath
                if let bundle = resource.bundle {
                    let id = PageID(language: language.code, source: bundle)
                    catalog.record(Projection(id.symbol))
                    // The files of a page that is not published are not published.
                    guard let page = catalog.value.page(id) else { continue }
                    output = page.output.parent.appending(resource.rest.bytes)
                } else {
                    output = language.urlPrefix.appending(resource.rest.bytes)
                }
                if let other = byOutput[output], other != resource.path, !other.isInside(CarriedFiles.theme),
                    !(theme.root.map { other.isInside($0) } ?? false)
                {
                    context.find(
                        Diagnostic(
                            .outputCollision,
                            "two sources want /\(output.text): \(other.text) and \(resource.path.text)",
                            at: SourceLocation(path: resource.path), hint: "rename one of them"))
                }
                byOutput[output] = resource.path
            }
        }
    }

    /// What editors and systems leave behind.
    private static func isDropping(_ path: RelativePath) -> Bool {
        path.name.elementsEqual(".DS_Store".utf8) || path.name.elementsEqual("Thumbs.db".utf8)
            || path.name.last == UInt8(ascii: "~")
    }
}
