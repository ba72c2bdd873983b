public import Text

/// Turns the text of a template into a program: the way in to `Templates`, with ``Renderer`` as the way out.
///
/// This room knows Jinja2's language and nothing of sites: what a page is, where templates lie and which
/// functions a theme may call is told by the host through ``Environment``, ``TemplateLoader`` and
/// ``HostObject``. Text becomes tokens (`Syntax/Lexer.swift`), a tree (`Syntax/Parser.swift`), a flat program
/// (`Compiler/Compiler.swift`; `Compiler/Instruction.swift` is the language at a glance) and bytes
/// (`Runtime/Interpreter.swift`).
public struct TemplateCompiler: Sendable {
    /// The language.
    public let environment: Environment

    /// A compiler for a language.
    public init(environment: Environment) {
        self.environment = environment
    }

    /// Compiles a template. Never fails: a template with mistakes gives a program that cannot be rendered, and
    /// a finding for each mistake.
    ///
    /// - Parameters:
    ///   - source: the text.
    ///   - name: the name by which templates call it.
    ///   - autoescape: overrides the setting of the environment, for hosts that decide by file name.
    ///   - isBorrowed: whether it is somebody else's, like a theme's: whoever writes another base for it need not have all
    ///     the blocks that it fills, and is told only of those that are nearly called so.
    /// - Returns: the program, and all mistakes, the one Jinja2 would have met first.
    /// - Complexity: linear in the text.
    public func compile(
        _ source: SourceFile, name: [UInt8], autoescape: Bool? = nil, isBorrowed: Bool = false
    ) -> (program: Program, diagnostics: [Diagnostic]) {
        let escapes = autoescape ?? environment.settings.autoescape
        var parser = Parser(source, settings: environment.settings)
        let tree = parser.parse()
        var compiler = Compiler(environment: environment, autoescape: escapes)
        compiler.compile(tree)
        // What the compiler finds in a tree that the parser could not read whole is true all the same, but the
        // parser's mistakes come first, as they do in Jinja2, which stops there.
        let mistakes = parser.mistakes + compiler.mistakes
        let failure = mistakes.first.map { RenderFailure($0, template: name, source: source) }
        let program = Program(
            name: name, source: source, environment: environment, autoescape: escapes,
            isBorrowed: isBorrowed, parts: compiler.builder, failure: failure)
        var diagnostics = mistakes.map { mistake in
            Diagnostic(
                mistake.code, mistake.message, at: mistake.range, in: source, hint: mistake.hint,
                notes: mistake.notes.map { DiagnosticNote($0.message, at: source.location(of: $0.range)) })
        }
        if environment.settings.undefined == .reported, let lost = compiler.lostText {
            diagnostics.append(
                Diagnostic(
                    .unplacedText,
                    "this is never printed: it stands outside of the blocks, in a template that extends another",
                    at: lost, in: source, hint: "put it into one of the blocks of that: {% block NAME %}"))
        }
        return (program, diagnostics)
    }

    /// Compiles a template whose name is text; see ``compile(_:name:autoescape:)-swift.method``.
    public func compile(
        _ source: SourceFile, name: String, autoescape: Bool? = nil
    ) -> (program: Program, diagnostics: [Diagnostic]) {
        compile(source, name: Array(name.utf8), autoescape: autoescape)
    }
}
