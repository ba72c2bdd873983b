import Text

/// A node of a template.
final class Statement {
    /// The node's own words and its parts.
    let kind: Kind
    /// From the start of its first tag to the end of its last.
    let range: SourceRange
    /// The token whose line Jinja2 takes for the node's.
    let anchor: UInt32

    init(_ kind: Kind, _ range: SourceRange, anchor: UInt32) {
        self.kind = kind
        self.range = range
        self.anchor = anchor
    }

    /// What a statement can be.
    enum Kind {
        case output([OutputPart])
        case forLoop(ForLoop)
        case conditional(branches: [Branch], otherwise: [Statement])
        case macro(MacroSyntax)
        /// `{% call(arguments) callee(…) %}`
        case callBlock(MacroSyntax, call: Expression)
        case filterBlock(Expression, [Statement])
        case set(target: Expression, value: Expression)
        case setBlock(target: Expression, filter: Expression?, body: [Statement])
        case block(BlockSyntax)
        case extends(Expression)
        case include(Expression, ignoreMissing: Bool, withContext: Bool)
        case importModule(Expression, name: Symbol, withContext: Bool)
        case importNames(Expression, names: [ImportedName], withContext: Bool)
        case with(targets: [Expression], values: [Expression], body: [Statement])
        case autoescape(Expression, [Statement])
        case evaluate(Expression)
        case breakLoop
        case continueLoop
        case debug
    }

    /// What is printed: text between tags, or the value of an expression.
    enum OutputPart {
        case text([UInt8], SourceRange)
        case expression(Expression)
    }

    /// One condition and what it guards.
    struct Branch {
        let test: Expression
        let body: [Statement]
        let anchor: UInt32
    }

    struct ForLoop {
        let target: Expression
        let iterable: Expression
        let test: Expression?
        let isRecursive: Bool
        let body: [Statement]
        let otherwise: [Statement]
    }

    struct MacroSyntax {
        /// Empty for the body of a call block.
        let name: Symbol
        let parameters: [(name: Symbol, range: SourceRange)]
        /// For the last parameters.
        let defaults: [Expression]
        let body: [Statement]
    }

    struct BlockSyntax {
        let name: Symbol
        let isScoped: Bool
        let isRequired: Bool
        let body: [Statement]
    }

    struct ImportedName {
        let name: Symbol
        let alias: Symbol
    }
}
