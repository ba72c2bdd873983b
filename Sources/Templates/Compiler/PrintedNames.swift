import Text

/// The names that a template prints whatever the circumstances, and those of which it asks anything.
///
/// What a component prints in any case has to be given by its caller; what it asks for first (`{% if body %}`,
/// `body or "…"`, `body | default(…)`) need not be. In doubt a name counts as asked for.
struct PrintedNames {
    private(set) var printed: Set<Symbol> = []
    private(set) var asked: Set<Symbol> = []

    init(_ body: [Statement]) {
        visit(body, isCertain: true)
    }

    private mutating func visit(_ body: [Statement], isCertain: Bool) {
        for statement in body {
            switch statement.kind {
            case .output:
                for expression in statement.kind.expressions { visit(expression, isCertain: isCertain) }
            case .forLoop(let loop):
                // With an `else` it knows what to do with nothing.
                visit(loop.iterable, isCertain: isCertain && loop.otherwise.isEmpty)
                if !loop.otherwise.isEmpty { ask(loop.iterable) }
                if let test = loop.test { ask(test) }
                visit(loop.body, isCertain: false)
                visit(loop.otherwise, isCertain: false)
            case .filterBlock(_, let inner), .autoescape(_, let inner): visit(inner, isCertain: isCertain)
            case .block(let block): visit(block.body, isCertain: isCertain)
            case .with(_, let values, let inner):
                for value in values { ask(value) }
                visit(inner, isCertain: isCertain)
            case .setBlock(_, _, let inner): ask(inner)
            default:
                for expression in statement.kind.expressions { ask(expression) }
                for inner in statement.kind.bodies { visit(inner, isCertain: false) }
            }
        }
    }

    private mutating func visit(_ expression: Expression, isCertain: Bool) {
        switch expression.kind {
        case .name(let name): if isCertain { printed.insert(name) }
        case .conditional(let test, let then, let otherwise):
            ask(test)
            visit(then, isCertain: false)
            if let otherwise { visit(otherwise, isCertain: false) }
        case .or, .and, .not, .compare, .test, .filter(_, "default", _), .filter(_, "d", _): ask(expression)
        default: for child in expression.kind.children { visit(child, isCertain: isCertain) }
        }
    }

    private mutating func ask(_ body: [Statement]) {
        for statement in body {
            for expression in statement.kind.expressions { ask(expression) }
            for inner in statement.kind.bodies { ask(inner) }
        }
    }

    private mutating func ask(_ expression: Expression) {
        if case .name(let name) = expression.kind { asked.insert(name) }
        for child in expression.kind.children { ask(child) }
    }
}
