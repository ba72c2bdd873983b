import Engine
import Text

/// Which file is the text of each section of one language, its `_index.md`.
///
/// Every page asks for those above it, and few edits change one: this is small and kept, so that an edited page need
/// not have the whole content walked again to hear where they are.
final class SectionSources: RuleValue {
    private let sources: [RelativePath: RelativePath]

    init(_ sources: [RelativePath: RelativePath]) {
        self.sources = sources
    }

    /// `index:FOLDER`, which file is the folder's `_index.md`.
    func fingerprint(of projection: Projection) -> Fingerprint {
        let name = projection.name.bytes
        guard name.starts(with: Self.prefix) else { return .absent }
        let folder = RelativePath(unchecked: Array(name[Self.prefix.count...]))
        return sources[folder].map { Fingerprint(of: $0.bytes) } ?? .absent
    }

    private static let prefix = Array("index:".utf8)

    /// The `_index.md` of a folder, which is relative to the content folder.
    static func index(of folder: RelativePath) -> Reading<SectionSources, RelativePath?> {
        Reading(Projection(Symbol(prefix + folder.bytes))) { $0.sources[folder] }
    }

    func encoded() -> [UInt8] {
        var writer = CompactWriter()
        let folders = sources.keys.sorted()
        writer.put(list: folders) { writer, folder in
            writer.put(folder.bytes)
            writer.put(optional: sources[folder]?.bytes)
        }
        return writer.bytes
    }

    convenience init?(decoding bytes: Span<UInt8>) {
        var reader = CompactReader(bytes)
        var sources: [RelativePath: RelativePath] = [:]
        let list = reader.list { reader -> (folder: [UInt8], source: [UInt8]?)? in
            (reader.bytes(), reader.optionalBytes())
        }
        for entry in list {
            sources[RelativePath(unchecked: entry.folder)] = entry.source.map { RelativePath(unchecked: $0) }
        }
        guard reader.isAtEnd else { return nil }
        self.init(sources)
    }
}

/// Finds them among the files of the content.
struct SectionSourcesRule: Rule {
    static let kind = RuleKind.sectionSources
    static let stratum = Stratum.sources
    static let traits: RuleTraits = [.eager, .kept]

    func placeholder(for name: Symbol) -> SectionSources { SectionSources([:]) }

    func run(_ name: Symbol, in context: RuleContext) -> SectionSources {
        var sources: [RelativePath: RelativePath] = [:]
        for source in context.read(ContentTreeRule.self, name, ContentTree.all).sources
        where source.role == .section {
            sources[source.folder] = source.path
        }
        return SectionSources(sources)
    }

    static func encode(_ value: SectionSources) -> [UInt8]? { value.encoded() }

    static func decode(_ bytes: Span<UInt8>) -> SectionSources? { SectionSources(decoding: bytes) }
}
