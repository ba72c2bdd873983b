import ArgumentParser

/// The command tree.
@main
struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "A static site generator that redoes only what an edit changes.")
}
