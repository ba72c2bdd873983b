import ArgumentParser
import Engine
import Site
import Text

/// `site why`: why an output was made again, or would be.
struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say why an output was made again, what an edit would change, or what the last build did.",
        discussion: """
            Examples:
              site why public/tags/swift/index.html
              site why --if content/posts/arc.md#title
              site why --last
            """)

    @Argument(help: ArgumentHelp("An output, as a path or URL path.", valueName: "path"))
    var path: String?

    @Option(
        name: .customLong("if"),
        help: ArgumentHelp(
            "Which outputs may change with a file, or with one field of it.", valueName: "file[#field]"))
    var edited: String?

    @Flag(help: "What ran in the last build in which anything ran.")
    var last = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let console = Console(volume: common.quiet ? .quiet : .normal, environment: SiteLocation.variables)
        let location = try SiteLocation(source: common.source, output: nil)
        let session = try SiteSession(location, ContentOptions.parse([]), environment: "production")
        let engine = session.project.engine
        if last {
            for event in engine.lastEvents() { console.print(WhyNarration.line(event, engine)) }
        } else if let edited {
            let (file, part) = Self.split(edited)
            for output in engine.outputsReached(from: file, part) { console.print(output.text) }
        } else if let path {
            let output = Self.output(of: path, location)
            guard
                let text = WhyNarration.text(of: output, engine, now: try Clock.instant(nil, variables: [:]))
            else {
                throw CommandFailure(
                    .findings, "there is no output \"\(output.text)\" in what the last build remembers",
                    hint: Spelling.hint(for: output.text, among: engine.outputPaths.map(\.text))
                        ?? "outputs are paths below the output folder, such as public/index.html")
            }
            console.print(text)
        } else {
            throw CommandFailure(.misuse, "name an output, or use --if or --last", hint: "site help why")
        }
    }

    /// `content/a.md#title` in two.
    static func split(_ text: String) -> (file: RelativePath, part: Projection?) {
        let parts = text.split(separator: "#", maxSplits: 1)
        let file = RelativePath(String(parts.first ?? "")) ?? .root
        return (file, parts.count > 1 ? Projection(Symbol(String(parts[1]))) : nil)
    }

    /// An output from what a person may type: a path with or without the output folder, or a URL path.
    static func output(of text: String, _ location: SiteLocation) -> RelativePath {
        var path = RelativePath(text) ?? .root
        if let folder = location.outputInSite.flatMap({ RelativePath($0) }),
            let inside = path.relative(to: folder)
        {
            path = inside
        }
        if text.hasSuffix("/") || path.isRoot { return path.appending("index.html") }
        return path
    }
}

/// `site deps`: what an output reads.
struct DepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deps", abstract: "List what an output reads, in the order of first reading.",
        discussion: "Example: site deps public/index.html")

    @Argument(help: ArgumentHelp("An output, as a path or URL path.", valueName: "path"))
    var path: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let console = Console(environment: SiteLocation.variables)
        let location = try SiteLocation(source: common.source, output: nil)
        let engine = try SiteSession(location, ContentOptions.parse([]), environment: "production").project
            .engine
        let output = WhyCommand.output(of: path, location)
        let reads = engine.dependencies(ofOutput: output)
        if reads.isEmpty {
            throw CommandFailure(
                .findings, "there is no output \"\(output.text)\" in what the last build remembers",
                hint: Spelling.hint(for: output.text, among: engine.outputPaths.map(\.text))
                        ?? "outputs are paths below the output folder, such as public/index.html")
        }
        for read in reads { console.print(WhyNarration.line(read, engine)) }
    }
}

/// `site rdeps`: who reads a file.
struct RdepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rdeps", abstract: "List who reads a file, or one field of what is made of it.",
        discussion: "Example: site rdeps content/posts/arc.md#title")

    @Argument(help: ArgumentHelp("A file of the site, and a field after a #.", valueName: "file[#field]"))
    var file: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let console = Console(environment: SiteLocation.variables)
        let location = try SiteLocation(source: common.source, output: nil)
        let engine = try SiteSession(location, ContentOptions.parse([]), environment: "production").project
            .engine
        let (path, part) = WhyCommand.split(file)
        for key in engine.readers(of: path, part) { console.print(engine.text(of: key)) }
    }
}
