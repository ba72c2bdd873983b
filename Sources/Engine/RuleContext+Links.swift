public import Text
import Files

/// What a rule may learn of symbolic links.
extension RuleContext {
    /// Whether a path is a link that leads nowhere; what else is in the folder is not depended on.
    public func isDeadLink(_ path: RelativePath) -> Bool {
        isLink(.dead, path)
    }

    /// The links below a folder that lead nowhere, in the order of a walk; which files there are besides is not depended
    /// on.
    public func deadLinks(below folder: RelativePath) -> [RelativePath] {
        var links: [RelativePath] = []
        func walk(_ folder: RelativePath, depth: Int) {
            guard depth < 200,
                case .listing(let entries) = read(.listing, folder.bytes, LeafValue.turns).content
            else { return }
            for entry in entries {
                let path = folder.appending(entry.name)
                if entry.kind == .dead { links.append(path) }
                if entry.kind == .folder { walk(path, depth: depth + 1) }
            }
        }
        walk(folder, depth: 0)
        return links
    }

    /// The first link on the way from a folder to something below it that leads out of the site; what else is in the folders
    /// on the way is not depended on.
    ///
    /// - Parameters:
    ///   - folder: where the way begins. It may be a link to anywhere, and so may be those above it.
    ///   - path: what lies below it. Whether it is such a link itself is not asked: a file that is one is not read.
    /// - Returns: the link, if there is one.
    public func linkOutside(from folder: RelativePath, to path: RelativePath) -> RelativePath? {
        var place = folder
        for component in path.relative(to: folder)?.parent.components.map({ Array($0) }) ?? [] {
            place = place.appending(component)
            if isLink(.outside, place) { return place }
        }
        return nil
    }

    private func isLink(_ kind: FileKind, _ path: RelativePath) -> Bool {
        let folder = read(.listing, path.parent.bytes, LeafValue.link(kind, path.name))
        guard case .listing(let entries) = folder.content else { return false }
        return entries.contains { $0.kind == kind && $0.name.elementsEqual(path.name) }
    }
}

extension Diagnostic {
    /// Says of a link that it leads out of the site.
    public static func linkOutside(at path: RelativePath) -> Diagnostic {
        Diagnostic(
            .linkOutside, "this link leads out of the site, and is not followed",
            at: SourceLocation(path: path),
            hint: "put the file itself here, or \"ignore\" it in site.json")
    }
}
