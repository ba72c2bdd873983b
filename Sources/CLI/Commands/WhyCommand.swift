import ArgumentParser
import Engine
import Site
import Text

/// `site why`: why an output was made again, or was not, or would be.
struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say why an output was made again, why it was left alone, or what an edit would change.",
        discussion: """
            Examples:
              site why public/tags/swift/index.html
              site why --not content/about.md
              site why --if content/posts/arc.md#title
              site why --last
            """)

    @Argument(
        help: ArgumentHelp("An output, as a path or URL path, or the source of a page.", valueName: "path"),
        completion: .file())
    var path: String?

    @Option(
        help: ArgumentHelp(
            "Why an output, or what is made of a source file, was left alone by the last build.",
            valueName: "path"), completion: .file())
    var not: String?

    @Option(
        name: .customLong("if"),
        help: ArgumentHelp(
            "Which outputs may change with a file, or with one field of it.", valueName: "file[#field]"),
        completion: .file())
    var edited: String?

    @Flag(help: "What ran in the last build in which anything ran.")
    var last = false

    @OptionGroup var folder: OutputOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let question = try Question(common, folder)
        let engine = question.engine
        if last {
            question.answer {
                WhyNarration.lines(engine.lastEvents(), engine)
            } json: {
                WhyDocument.last(engine, &$0)
            }
        } else if let edited {
            let (file, part) = question.split(edited)
            let outputs = engine.outputsReached(from: file, part)
            if outputs.isEmpty { try question.checkRead(file, part) }
            question.answer {
                outputs.map(\.text)
            } json: {
                WhyDocument.list("outputs", outputs, &$0)
            }
        } else if let not {
            try run(not: not, question)
        } else if let path {
            let output = try question.knownOutput(of: path)
            guard let explanation = engine.why(output) else { throw question.noOutput(output) }
            question.answer {
                WhyNarration.lines(explanation, of: output, engine, now: question.now)
            } json: {
                WhyDocument.why(explanation, of: output, engine, &$0)
            }
        } else {
            throw CommandFailure(
                .misuse, "name an output, or use --not, --if or --last", hint: "site help why")
        }
    }

    private func run(not path: String, _ question: Question) throws {
        var outputs = [question.output(of: path)]
        if question.engine.whyNot(outputs[0]) == nil, let source = RelativePath(path) {
            let made = question.engine.outputs(namedAfter: source)
            if made.isEmpty { throw question.noOutput(outputs[0]) }
            outputs = made
        }
        let answers = outputs.compactMap { output in
            question.engine.whyNot(output).map { (output, $0) }
        }
        question.answer {
            answers.flatMap {
                WhyNarration.lines($0.1, of: $0.0, question.engine, now: question.now)
            }
        } json: { json in
            json.key("outputs")
            json.beginArray()
            for (output, answer) in answers { WhyDocument.whyNot(answer, of: output, question.engine, &json) }
            json.endArray()
        }
    }
}

/// `site deps`: what an output reads.
struct DepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deps", abstract: "List what an output reads, in the order of first reading.",
        discussion: "Example: site deps public/index.html")

    @Argument(
        help: ArgumentHelp("An output, as a path or URL path, or the source of a page.", valueName: "path"),
        completion: .file())
    var path: String

    @OptionGroup var folder: OutputOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let question = try Question(common, folder)
        let output = try question.knownOutput(of: path)
        let reads = question.engine.dependencies(ofOutput: output)
        let words = SiteWords(question.engine)
        question.answer {
            reads.map { words.part($0.key, $0.projection) }
        } json: { json in
            json.key("output")
            json.string(output.bytes)
            json.key("reads")
            json.beginArray()
            for read in reads { WhyDocument.write(read, question.engine, &json) }
            json.endArray()
        }
    }
}

/// `site rdeps`: who reads a file.
struct RdepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rdeps", abstract: "List who reads a file, or one field of what is made of it.",
        discussion: "Example: site rdeps content/posts/arc.md#title")

    @Argument(
        help: ArgumentHelp("A file of the site, and a field after a #.", valueName: "file[#field]"),
        completion: .file())
    var file: String

    @OptionGroup var folder: OutputOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let question = try Question(common, folder)
        let (path, part) = question.split(file)
        let readers = question.engine.readers(of: path, part)
        if readers.isEmpty { try question.checkRead(path, part) }
        let words = SiteWords(question.engine)
        question.answer {
            readers.map { words.thing($0) }
        } json: { json in
            json.key("file")
            json.string(path.bytes)
            if let part {
                json.key("field")
                json.string(part.name.bytes)
            }
            json.key("readers")
            json.beginArray()
            for reader in readers {
                json.beginObject()
                WhyDocument.write(reader, question.engine, &json)
                json.endObject()
            }
            json.endArray()
        }
    }
}

/// What the commands that ask the store have in common: which store, and how they answer.
private struct Question {
    let engine: BuildEngine
    let now: Int64
    private let location: SiteLocation
    private let console: Console
    private let format: OutputFormat

    init(_ common: CommonOptions, _ folder: OutputOption) throws {
        console = Console(volume: common.quiet ? .quiet : .normal, environment: SiteLocation.variables)
        location = try SiteLocation(source: common.source, output: folder.output)
        format = common.format
        engine = try SiteSession(location, ContentOptions.parse([]), environment: "production").project.engine
        now = try Clock.instant(nil, variables: [:])
    }

    /// Prints lines, or one object.
    func answer(_ lines: () -> [String], json: (inout JSONWriter) -> Void) {
        switch format {
        case .text: for line in lines() { console.print(TerminalText.name(line)) }
        case .json: console.output(WhyDocument.object(nil, json))
        }
    }

    /// `content/a.md#title` in two. A file may have a `#` in its name (`c#.md`): one that a build has asked for is no part of
    /// another.
    func split(_ text: String) -> (file: RelativePath, part: Projection?) {
        var end = text.endIndex
        while true {
            if let file = RelativePath(String(text[..<end])), engine.partsRead(of: file) != nil {
                let part = text[end...].dropFirst()
                return (file, part.isEmpty ? nil : Projection(Symbol(String(part))))
            }
            guard let mark = text[..<end].lastIndex(of: "#") else { break }
            end = mark
        }
        let parts = text.split(separator: "#", maxSplits: 1)
        let file = RelativePath(String(parts.first ?? "")) ?? .root
        return (file, parts.count > 1 ? Projection(Symbol(String(parts[1]))) : nil)
    }

    /// An output from what a person may type: a path with or without the output folder, or a URL path.
    func output(of text: String) -> RelativePath {
        var path = RelativePath(text) ?? .root
        if let folder = location.outputInSite.flatMap({ RelativePath($0) }),
            let inside = path.relative(to: folder)
        {
            path = inside
        } else if let folder = RelativePath(location.output), text.hasPrefix("/"),
            let inside = path.relative(to: folder)
        {
            path = inside
        } else if text.hasPrefix("/"), let address = RelativePath(Percent.decoded(Array(text.utf8))) {
            path = address
        }
        if text.hasSuffix("/") || path.isRoot { return path.appending("index.html") }
        return path
    }

    /// The output that a person means: by its path, or by the source file that it is made of.
    func knownOutput(of text: String) throws -> RelativePath {
        let output = output(of: text)
        if engine.hasOutput(output) { return output }
        let page = output.appending("index.html")
        if engine.hasOutput(page) { return page }
        if let made = RelativePath(text).flatMap({ engine.outputs(namedAfter: $0).first }) { return made }
        throw noOutput(output)
    }

    /// Says what is wrong with a question about a file, or a part of one, that nobody reads.
    func checkRead(_ file: RelativePath, _ part: Projection?) throws {
        guard let parts = engine.partsRead(of: file) else {
            throw CommandFailure(.findings, "no build has asked for a file \"\(file.text)\"")
        }
        guard let part else { return }
        let names = parts.map(\.name.text).filter { !$0.hasPrefix("@") }
        throw CommandFailure(
            .findings, "nothing reads \"\(part.name.text)\" of \(file.text)",
            hint: Spelling.hint(for: part.name.text, among: names)
                ?? (names.isEmpty ? nil : "what is read of it: \(names.joined(separator: ", "))"))
    }

    func noOutput(_ output: RelativePath) -> CommandFailure {
        CommandFailure(
            .findings, "there is no output \"\(output.text)\" in what the last build remembers",
            hint: Spelling.hint(for: output.text, among: engine.outputPaths.map(\.text)))
    }
}
