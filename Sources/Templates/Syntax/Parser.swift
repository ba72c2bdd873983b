import Text

/// Tokens to a tree and findings; never fails.
///
/// Jinja2's `parser.py`, which stops at the first mistake; this one goes on: after a mistake inside a tag behind
/// that tag (see `Parser+Recovery.swift`), after a wrong end tag at the construct that waits for it. What was read of a
/// construct with a mistake stays in the tree, so that the compiler finds its mistakes too.
struct Parser {
    /// Why parsing of a construct stopped.
    enum Stop: Error {
        /// A mistake inside a tag.
        case mistake(Mistake)
    }

    /// A mistake, with Jinja2's class for it.
    struct Mistake {
        let kind: TemplateError.Kind
        let code: DiagnosticCode
        let message: String
        let range: SourceRange
        var hint: String?
        /// The constructs that are open.
        var notes: [(message: String, range: SourceRange)] = []
    }

    let settings: TemplateSettings
    var lexer: Lexer
    var position = 0
    private(set) var mistakes: [Mistake] = []
    /// The end tags that open constructs wait for, from the outermost.
    var endTags: [[Symbol]] = []
    /// Whether open constructs end here, though no end tag of theirs does: up to the one that an end tag here belongs to,
    /// or all of them at the end of the template.
    var isClosing = false
    /// The end tags of what was closed without them: one of each may still come, and has been reported then.
    var missedEnds: [[Symbol]] = []
    /// How often the rest of the template was read anew.
    var rereadings = 0
    /// The open constructs: tag and its place.
    var openTags: [(name: Symbol, range: SourceRange)] = []
    var nesting = 0
    /// Tags that were reported as unknown; their end tags are not reported again.
    var unknownTags: Set<Symbol> = []

    static let deepestNesting = 64
    static let deepestExpression = 400

    init(_ source: SourceFile, settings: TemplateSettings) {
        var lexer = Lexer(source, settings: settings)
        lexer.run()
        self.settings = settings
        self.lexer = lexer
    }

    /// Parses the whole template.
    mutating func parse() -> [Statement] {
        do {
            return try statements(until: nil)
        } catch {
            return []
        }
    }

    // MARK: Reading tokens

    var current: Token { lexer.tokens[position] }
    var next: Token { lexer.tokens[Swift.min(position + 1, lexer.tokens.count - 1)] }
    var previousEnd: Int { position > 0 ? Int(lexer.tokens[position - 1].end) : 0 }
    var values: [Value] { lexer.values }

    @discardableResult
    mutating func advance() -> Token {
        let token = lexer.tokens[position]
        if position < lexer.tokens.count - 1 { position += 1 }
        return token
    }

    func isAt(_ kind: TokenKind) -> Bool { current.kind == kind }

    func isAt(_ name: Symbol) -> Bool { current.kind == .name && current.symbol == name }

    mutating func skip(_ kind: TokenKind) -> Bool {
        if current.kind != kind { return false }
        advance()
        return true
    }

    mutating func skip(_ name: Symbol) -> Bool {
        if !isAt(name) { return false }
        advance()
        return true
    }

    @discardableResult
    mutating func expect(_ kind: TokenKind) throws(Stop) -> Token {
        if current.kind == kind { return advance() }
        throw expectation(kind.description)
    }

    @discardableResult
    mutating func expect(_ name: Symbol) throws(Stop) -> Token {
        if isAt(name) { return advance() }
        throw expectation(name.text)
    }

    private func expectation(_ expected: String) -> Stop {
        if current.kind == .end {
            return syntax("unexpected end of template, expected '\(expected)'.", at: current.range)
        }
        return syntax("expected token '\(expected)', got '\(describe(current))'", at: current.range)
    }

    func describe(_ token: Token) -> String {
        token.kind == .name ? token.symbol.text : token.kind.description
    }

    // MARK: Reporting

    /// A mistake to throw. At something that is no token, that is the mistake.
    func syntax(_ message: String, at range: SourceRange, hint: String? = nil) -> Stop {
        if current.kind == .invalid {
            return .mistake(
                Mistake(
                    kind: .syntax, code: .templateSyntax, message: lexer.mistakes[Int(current.index)],
                    range: current.range))
        }
        return .mistake(
            Mistake(kind: .syntax, code: .templateSyntax, message: message, range: range, hint: hint))
    }

    mutating func report(_ mistake: Mistake) {
        mistakes.append(mistake)
    }
}
