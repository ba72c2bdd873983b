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

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The output folder; public in the site without it.", valueName: "dir"))
    var output: String?

    func run() throws {
        let console = Console(volume: common.quiet ? .quiet : .normal, environment: SiteLocation.variables)
        let location = try SiteLocation(source: common.source, output: output)
        let session = try SiteSession(location, ContentOptions.parse([]), environment: "production")
        let removed = try session.project.clean()
        console.say("\(BuildNarration.counted(removed, "file")) removed")
    }
}
