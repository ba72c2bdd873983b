import Engine
import Files
import Text

/// Which files of content one language has, and which of them are pages.
///
/// Reads listings only: an edit inside a file leaves it alone.
final class ContentTree: RuleValue {
    /// A Markdown file, and what its name makes of it.
    struct Source: Sendable {
        /// Relative to the site.
        let path: RelativePath
        /// The folder the page belongs to, relative to the content folder; for a bundle the folder around it.
        let folder: RelativePath
        /// The name its slug is made from: the file's without extension and language, or the bundle's folder's.
        let name: [UInt8]
        let role: Role
    }

    enum Role: UInt64, Sendable {
        /// A file of its own.
        case page = 0
        /// `index.md`: the folder's other files belong to it.
        case bundle = 1
        /// `_index.md`: the text of a section, of the home page or of a term.
        case section = 2
    }

    /// A file that is copied, and the page it belongs to.
    struct Resource: Sendable {
        let path: RelativePath
        /// The source of the bundle it lies in, or `nil` when it lies in a section's folder.
        let bundle: RelativePath?
        /// Where it lies relative to the bundle's folder, or to the content folder.
        let rest: RelativePath
    }

    let sources: [Source]
    let resources: [Resource]
    private let resourcesByBundle: [RelativePath: [Resource]]
    private let wholeFingerprint: Fingerprint

    init(sources: [Source], resources: [Resource]) {
        self.sources = sources
        self.resources = resources
        var builder = FingerprintBuilder()
        for source in sources {
            builder.combine(source.path.bytes)
            // The same file has another place in the site when the content begins in another folder.
            builder.combine(source.folder.bytes)
            builder.combine(source.name)
            builder.combine(source.role.rawValue)
        }
        var byBundle: [RelativePath: [Resource]] = [:]
        for resource in resources {
            builder.combine(resource.path.bytes)
            builder.combine(resource.bundle?.bytes ?? [])
            builder.combine(resource.rest.bytes)
            if let bundle = resource.bundle { byBundle[bundle, default: []].append(resource) }
        }
        resourcesByBundle = byBundle
        wholeFingerprint = builder.finish()
    }

    /// The files of a bundle, by path.
    func resources(of bundle: RelativePath) -> [Resource] {
        resourcesByBundle[bundle] ?? []
    }

    /// `whole`; `files:BUNDLE`, the files of a bundle.
    func fingerprint(of projection: Projection) -> Fingerprint {
        if projection == .whole { return wholeFingerprint }
        let name = projection.name.bytes
        if name.starts(with: Self.filesPrefix) {
            let bundle = RelativePath(unchecked: Array(name[Self.filesPrefix.count...]))
            guard let files = resourcesByBundle[bundle] else { return .absent }
            var builder = FingerprintBuilder()
            for file in files {
                builder.combine(file.path.bytes)
                builder.combine(file.rest.bytes)
            }
            return builder.finish()
        }
        return .absent
    }

    private static let filesPrefix = Array("files:".utf8)

    /// The files of a bundle.
    static func files(of bundle: RelativePath) -> Reading<ContentTree, [Resource]> {
        Reading(Projection(Symbol(filesPrefix + bundle.bytes))) { $0.resources(of: bundle) }
    }

    /// Everything.
    static let all = Reading<ContentTree, ContentTree>(.whole) { $0 }
}
