import ArgumentParser
import Engine
import Files
import Site
import Text

/// `site clean`: the output and what was remembered.
struct CleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Remove what builds wrote: the files of the output that are ours, and .site/.",
        discussion: """
            Files in the output folder that the product did not write stay where they are.

            Example: site clean
            """)

    @OptionGroup var common: CommonOptions

    @OptionGroup var folder: OutputOption

    func run() throws {
        let progress = ProgressLine(common)
        let console = Console(common, above: progress)
        let location = try SiteLocation(source: common.source, output: folder.output)
        let session = try SiteSession(location, ContentOptions.parse([]), environment: "production")
        let removed = try progress.accompany { counts in
            try session.project.clean(progress: counts) { console.say(BuildNarration.waiting(for: $0)) }
        }
        // Each output folder has a store below it; without any, nothing is left to keep.
        _ = try DiskFileSystem(root: location.root).removeFolderIfEmpty(
            RelativePath(unchecked: Array(".site".utf8)))
        if common.format == .json {
            console.output(
                WhyDocument.object("clean") { json in
                    json.key("removed")
                    json.number(removed)
                })
            return
        }
        console.say("\(BuildNarration.counted(removed, "file")) removed")
    }
}
