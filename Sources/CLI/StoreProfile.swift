import Engine
import Files
import Site
import Text

/// Where a build remembers: one folder below `.site/` for each output folder, so that two kinds of build that
/// publish to different places never undo each other's work.
struct StoreProfile {
    let name: String
    /// Where outputs wait in an output folder that is a world of its own; there during a build alone.
    private static let innerStaging = Array(".site-staging".utf8)

    init(_ options: Project.Options, output: String) {
        // The usual output has a name that people can read; others are named by what tells them apart.
        if options.outputFolder == "public" {
            name = "public"
        } else {
            name = "output-\(String(Fingerprint(of: output).low, radix: 16))"
        }
    }

    /// The places of the store and of the output of a site.
    func places(_ location: SiteLocation) -> (store: StorePlace, output: OutputPlace) {
        let folder = RelativePath(unchecked: Array(".site/\(name)".utf8))
        let site = DiskFileSystem(root: location.root, staging: folder.appending("staging"))
        let store = StorePlace(site, folder: folder)
        // Outputs are marked, so that they are known as ours even when the store is lost.
        if let inside = location.outputInSite, let path = RelativePath(inside) {
            // Nothing can be renamed from one volume to another.
            let staging =
                site.isMountPoint(path) ? path.appending(Self.innerStaging) : folder.appending("staging")
            let marking = DiskFileSystem(root: location.root, staging: staging, marks: true)
            return (store, OutputPlace(marking, folder: path, staging: staging))
        }
        // An output elsewhere may lie on another volume: what is on its way is kept beside it.
        let parts = location.output.split(separator: "/").map(String.init)
        let parent = "/" + parts.dropLast().joined(separator: "/")
        let last = parts.last ?? "public"
        let output = RelativePath(unchecked: Array(last.utf8))
        let door = DiskFileSystem(root: parent)
        // In a folder that is there files wait in it: it may be a volume of its own, nothing may be writable beside it, and
        // what is made in it gets the group that the folder hands on. One that is not there comes as a whole.
        let stamp = try? door.stamp(output)
        let staging =
            stamp?.kind == .folder
            ? output.appending(Self.innerStaging) : RelativePath(unchecked: Array(".\(last).staging".utf8))
        let outside = DiskFileSystem(root: parent, staging: staging, marks: true)
        return (
            store, OutputPlace(outside, folder: output, staging: staging)
        )
    }
}
