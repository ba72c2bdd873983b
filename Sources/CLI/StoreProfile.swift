import Engine
import Files
import Site
import Text

/// Where a build remembers: one folder below `.site/` for each output folder, so that two kinds of build that
/// publish to different places never undo each other's work.
struct StoreProfile {
    let name: String

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
            let staging = folder.appending("staging")
            let marking = DiskFileSystem(root: location.root, staging: staging, marks: true)
            return (store, OutputPlace(marking, folder: path, staging: staging))
        }
        // An output elsewhere may lie on another volume: what is on its way is kept beside it.
        let parts = location.output.split(separator: "/").map(String.init)
        let parent = "/" + parts.dropLast().joined(separator: "/")
        let last = parts.last ?? "public"
        let staging = RelativePath(unchecked: Array(".\(last).staging".utf8))
        let outside = DiskFileSystem(root: parent, staging: staging, marks: true)
        return (
            store, OutputPlace(outside, folder: RelativePath(unchecked: Array(last.utf8)), staging: staging)
        )
    }
}
