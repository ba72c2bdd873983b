import ArgumentParser
import Engine
import Files
import Site
import Text

/// `site config`: what is in force.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print the configuration in force, defaults, variables and flags included.",
        discussion: "Example: SITE_TITLE=Test site config")

    @OptionGroup var common: CommonOptions
    @OptionGroup var content: ContentOptions

    func run() throws {
        let progress = ProgressLine(common)
        let console = Console(common, above: progress)
        let location = try SiteLocation(source: common.source, output: nil)
        let session = try SiteSession(location, content, environment: "production", publishes: false)
        let report = progress.accompany { counts in
            var inputs = session.inputs()
            inputs.progress = counts
            return session.project.engine.refresh(inputs, changed: .everything)
        }
        // Of variables and flags nobody can say a place.
        let findings = report.diagnostics.filter { finding in
            guard let location = finding.location else {
                return DiagnosticCode.ofConfiguration.contains(finding.code)
            }
            return location.path.bytes == Array("site.json".utf8)
        }
        console.show(findings)
        console.output(session.project.configuration())
        if findings.contains(where: { $0.severity == .error }) {
            throw ExitCode(CommandFailure.Kind.findings.rawValue)
        }
    }
}

/// `site schema`: the JSON Schema of `site.json`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of site.json, for editors.",
        discussion:
            "Example: site schema > site.schema.json, and \"$schema\": \"./site.schema.json\" in site.json")

    @Option(help: "The schema is JSON either way.")
    var format = OutputFormat.json

    func run() throws {
        Console().output(SiteConfiguration.jsonSchema)
    }
}

/// `site completion`: the script that completes commands in a shell.
struct CompletionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print the completion script of a shell: bash, zsh or fish.",
        discussion: "Example: site completion bash > /etc/bash_completion.d/site")

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        let name: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        Console().print(Main.completionScript(for: name))
    }
}
