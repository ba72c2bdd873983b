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
            var staging = folder.appending("staging")
            // Nothing can be renamed from one volume to another.
            if !site.areOnOneVolume(staging, path) { staging = Self.staging(beside: path, site) }
            let output = DiskFileSystem(root: location.root, staging: staging)
            return (
                store,
                OutputPlace(
                    output, folder: path, staging: staging,
                    advice: { inside == "public" ? Self.adviceOnPublic(site) : nil })
            )
        }
        // An output elsewhere may lie on another volume: what is on its way is kept beside it.
        let parts = location.output.split(separator: "/").map(String.init)
        let parent = "/" + parts.dropLast().joined(separator: "/")
        let output = RelativePath(unchecked: Array((parts.last ?? "public").utf8))
        let staging = Self.staging(beside: output, DiskFileSystem(root: parent))
        let outside = DiskFileSystem(root: parent, staging: staging)
        return (
            store,
            OutputPlace(
                outside, folder: output, staging: staging,
                // The way to the site, and not its place: a copy of both folders is still that site with that output.
                owner: Fingerprint(of: Self.way(from: location.output, to: location.root)).low)
        )
    }

    /// Where outputs wait that cannot wait in the store. In a folder that is there they wait in it: it may be a volume of its
    /// own, nothing may be writable beside it, and what is made in it gets the group that the folder hands on. One that is
    /// not there comes as a whole.
    private static func staging(beside output: RelativePath, _ disk: DiskFileSystem) -> RelativePath {
        let stamp = try? disk.stamp(output)
        if stamp?.kind == .folder { return output.appending(innerStaging) }
        return output.parent.appending(Array(".".utf8) + output.name + Array(".staging".utf8))
    }

    /// A relative path from one absolute path to another.
    private static func way(from start: String, to end: String) -> String {
        var from = start.split(separator: "/")[...]
        var to = end.split(separator: "/")[...]
        while let first = from.first, first == to.first {
            from.removeFirst()
            to.removeFirst()
        }
        return (from.map { _ in ".." } + to.map(String.init)).joined(separator: "/")
    }

    /// What to do where `public/` is a folder of sources, as in sites that were made for some other programs.
    private static func adviceOnPublic(_ site: DiskFileSystem) -> String? {
        let entries = (try? site.list(.root)) ?? []
        let isOther = entries.contains { entry in
            let name = String(decoding: entry.name, as: UTF8.self)
            return ["eleventy.config.", ".eleventy.", "vite.config.", "astro.config."].contains {
                name.hasPrefix($0)
            }
        }
        guard isOther else { return nil }
        return
            "if public/ holds sources, build with --output _site, and write \"static\": {\"public\": \"/\"} in site.json"
    }
}
