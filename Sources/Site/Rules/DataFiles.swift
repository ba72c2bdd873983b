import Engine
import Files
import Formats
import Text

/// What is in a data file, or the lack of one.
final class DataFile: RuleValue {
    let data: DataValue
    let isThere: Bool

    init(data: DataValue, isThere: Bool) {
        self.data = data
        self.isThere = isThere
    }

    /// Parts are named by their path, `a.b.c`; the whole by nothing.
    func fingerprint(of projection: Projection) -> Fingerprint {
        guard isThere else { return .absent }
        if projection == Self.exists.projection { return Fingerprint(low: 1, high: 1) }
        return data.fingerprint(atPath: projection.name.bytes)
    }

    func shortText(of projection: Projection) -> String? {
        data.shortText(atPath: projection.name.bytes)
    }

    /// Whether there is such a file. The name cannot be that of a path.
    static let exists = Reading<DataFile, Bool>("\u{0}exists") { $0.isThere }
    /// All of it.
    static let whole = Reading<DataFile, DataValue>(.whole) { $0.data }
    /// The value at a path, `a.b.c`.
    static func value(at path: [UInt8]) -> Reading<DataFile, DataValue?> {
        Reading(Projection(Symbol(path))) { $0.data.value(at: String(decoding: path, as: UTF8.self)) }
    }
    /// Whether it holds a map, a list or something else.
    static let shape: Projection = "\u{0}"
}

/// Reads a data file: YAML, TOML, JSON, CSV or TSV by its extension.
struct DataFileRule: Rule {
    static let kind = RuleKind.dataFile
    static let stratum = Stratum.configuration
    static let traits: RuleTraits = .eager

    func placeholder(for name: Symbol) -> DataFile { DataFile(data: .null, isThere: false) }

    func run(_ name: Symbol, in context: RuleContext) -> DataFile {
        let path = RelativePath(unchecked: name.bytes)
        guard let format = DataFormat(fileExtension: path.fileExtension),
            let file = path.isInside(CarriedFiles.theme)
                ? CarriedFiles.file(path) : SiteFolders.file(named: path, in: context)
        else {
            return DataFile(data: .null, isThere: false)
        }
        let document = DataReader.read(file, as: format)
        for diagnostic in document.diagnostics { context.find(diagnostic) }
        if Theme.isSettings(path) {
            for finding in Theme.schema.findings(in: document.value, of: file, named: "theme.json") {
                context.find(finding)
            }
        }
        return DataFile(data: document.value, isThere: true)
    }
}

/// Which data files there are, by the names that templates use: `site.data.FOLDER.NAME`.
final class DataFolder: RuleValue {
    enum Entry: Sendable {
        /// A file, by the key of its rule.
        case file(Symbol)
        case folder
    }

    private let entries: [RelativePath: Entry]
    private let names: [RelativePath: [[UInt8]]]

    init(entries: [RelativePath: Entry]) {
        self.entries = entries
        var names: [RelativePath: [[UInt8]]] = [:]
        for path in entries.keys.sorted() { names[path.parent, default: []].append(Array(path.name)) }
        self.names = names
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        let name = projection.name.bytes
        if name.last == UInt8(ascii: "/") {
            var builder = FingerprintBuilder()
            for name in names[RelativePath(unchecked: Array(name.dropLast()))] ?? [] { builder.combine(name) }
            return builder.finish()
        }
        switch entries[RelativePath(unchecked: name)] {
        case .file(let key): return Fingerprint(of: key.bytes)
        case .folder: return Fingerprint(low: 1, high: 1)
        case nil: return .absent
        }
    }

    /// What a path stands for.
    static func entry(_ path: RelativePath) -> Reading<DataFolder, Entry?> {
        Reading(Projection(Symbol(path.bytes))) { $0.entries[path] }
    }

    /// The names in a folder, by their bytes.
    static func names(in folder: RelativePath) -> Reading<DataFolder, [[UInt8]]> {
        Reading(Projection(Symbol(folder.bytes + [UInt8(ascii: "/")]))) { $0.names[folder] ?? [] }
    }
}

/// Lists the data folders of the site and of its theme; of one name, the site's own file is taken.
struct DataFolderRule: Rule {
    static let kind = RuleKind.dataFolder
    static let stratum = Stratum.configuration
    static let traits: RuleTraits = .eager

    func placeholder(for name: Symbol) -> DataFolder { DataFolder(entries: [:]) }

    func run(_ name: Symbol, in context: RuleContext) -> DataFolder {
        let theme = context.read(ThemeRule.self, .empty, Theme.all)
        var entries: [RelativePath: DataFolder.Entry] = [:]
        var folders = [context.read(ConfigurationRule.self, .empty, Configuration.data)]
        if let root = theme.root { folders.insert(root.appending("data"), at: 0) }
        for folder in folders {
            // Where the names of folders come from: a file in each.
            var inside: [RelativePath: RelativePath] = [:]
            for file in context.tree(folder, ignoring: { $0.name.first == UInt8(ascii: ".") }) {
                guard DataFormat(fileExtension: file.fileExtension) != nil,
                    let rest = file.relative(to: folder)
                else { continue }
                let key = rest.parent.appending(rest.stem)
                if case .file(let other)? = entries[key],
                    RelativePath(unchecked: other.bytes).isInside(folder)
                {
                    context.find(
                        Diagnostic(
                            .dataCollision,
                            "\(file.text) and \(other.text) would both be site.data.\(Self.dotted(key))",
                            at: SourceLocation(path: file), hint: "keep one of them"))
                    continue
                }
                if let other = inside[key] { reportFolder(key, file, other, in: context) }
                entries[key] = .file(Symbol(file.bytes))
                var above = key.parent
                while !above.isRoot {
                    if inside[above] == nil { inside[above] = file }
                    switch entries[above] {
                    case nil: entries[above] = .folder
                    case .file(let other):
                        let path = RelativePath(unchecked: other.bytes)
                        if inside[above] == file, path.isInside(folder) {
                            reportFolder(above, path, file, in: context)
                        }
                    case .folder: break
                    }
                    above = above.parent
                }
            }
        }
        return DataFolder(entries: entries)
    }

    private func reportFolder(
        _ key: RelativePath, _ file: RelativePath, _ inside: RelativePath, in context: RuleContext
    ) {
        context.find(
            Diagnostic(
                .dataCollision,
                "\(file.text) and the folder of \(inside.text) would both be site.data.\(Self.dotted(key))",
                at: SourceLocation(path: file), hint: "give the file or the folder another name"))
    }

    private static func dotted(_ key: RelativePath) -> String {
        key.components.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    }
}
