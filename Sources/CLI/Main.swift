import ArgumentParser
import Files
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The command tree.
@main
struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "A static site generator that redoes only what an edit changes.",
        discussion: """
            Start with "site build" in a folder of Markdown files. Help on a command: "site help build".
            """,
        version: Version.text,
        subcommands: [
            BuildCommand.self, ListCommand.self, ConfigCommand.self, SchemaCommand.self, CleanCommand.self,
            ServeCommand.self, RenderCommand.self, WhyCommand.self, DepsCommand.self, RdepsCommand.self,
            CompletionCommand.self,
        ])

    static func main() {
        do {
            try Self.checkName()
            #if DEBUG
                // For tests: this process is to die before one of its effects on the disk.
                if let number = SiteLocation.variables["SITE_KILL_POINT"].flatMap({ Int($0) }) {
                    KillPoint.arm(beforeEffect: number)
                }
            #endif
            var command = try parseAsRoot(nil)
            try command.run()
            end(EXIT_SUCCESS)
        } catch let failure as CommandFailure {
            let console = Console()
            if let document = FailureDocument.bytes(of: failure, CommandLine.arguments) {
                console.output(document)
            }
            console.complain("error: \(failure.message)")
            if let hint = failure.hint { console.complain("hint: \(hint)") }
            endProcess(failure.kind.rawValue)
        } catch let code as ExitCode {
            end(code.rawValue)
        } catch {
            let code = exitCode(for: error)
            if code == .success { exit(withError: error) }
            let message = fullMessage(for: error)
            // Said as all other errors are.
            Console().complain(
                message.hasPrefix("Error: ") ? "error: " + message.dropFirst("Error: ".count) : message)
            endProcess(
                code == .validationFailure
                    ? CommandFailure.Kind.misuse.rawValue : CommandFailure.Kind.world.rawValue)
        }
    }

    /// Ends the process. A result that did not get where it should is a failure, whatever the result was: a full disk must
    /// not pass for an empty answer.
    private static func end(_ code: Int32) -> Never {
        guard let reason = Console.refusal else { endProcess(code) }
        Console().complain("error: cannot write the result: \(reason)")
        endProcess(CommandFailure.Kind.world.rawValue)
    }
}

extension Main {
    /// Says which command was meant, where there is none of the name given.
    private static func checkName() throws {
        var arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "help" { arguments = arguments.dropFirst() }
        guard let name = arguments.first, !name.hasPrefix("-"), name != "help" else { return }
        let names = configuration.subcommands.map { $0._commandName }
        guard !names.contains(name) else { return }
        throw CommandFailure(
            .misuse, "there is no command \"\(name)\"",
            hint: Spelling.hint(for: name, among: names) ?? "\"site --help\" lists the commands")
    }
}

/// What `site --version` prints.
enum Version {
    static let text = "0.1.0"
}

/// Ends the process: the system's `exit`, which commands hide by one of their own.
private func endProcess(_ code: Int32) -> Never { exit(code) }
