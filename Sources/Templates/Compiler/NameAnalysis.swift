import Text

/// The names that functions inside a function mention, taken widely: a name more only costs a little time.
struct CapturedNames {
    private(set) var names: Set<Symbol> = []
    /// Whether a function inside hands all variables on, by `include` or a scoped block.
    private(set) var isEverything = false
    /// Whether there are functions inside at all.
    private(set) var hasFunctions = false

    func contains(_ name: Symbol) -> Bool { isEverything || names.contains(name) }

    /// Looks for functions in the body of a function.
    mutating func scan(_ body: [Statement]) {
        for statement in body {
            switch statement.kind {
            case .macro(let macro): enter(macro)
            case .callBlock(let macro, _): enter(macro)
            case .forLoop(let loop) where loop.isRecursive:
                hasFunctions = true
                addNames(loop.target)
                if let test = loop.test { addNames(test) }
                addNames(loop.body + loop.otherwise)
            case .block: break
            default: for inner in statement.kind.bodies { scan(inner) }
            }
        }
    }

    private mutating func enter(_ macro: Statement.MacroSyntax) {
        hasFunctions = true
        for value in macro.defaults { addNames(value) }
        addNames(macro.body)
    }

    private mutating func addNames(_ body: [Statement]) {
        for statement in body {
            for expression in statement.kind.expressions { addNames(expression) }
            switch statement.kind {
            case .include(_, _, true), .importModule(_, _, true), .importNames(_, _, true):
                isEverything = true
            case .block(let block):
                if block.isScoped { isEverything = true }
                continue
            case .macro(let macro): names.insert(macro.name)
            case .importModule(_, let name, _): names.insert(name)
            case .importNames(_, let imported, _): names.formUnion(imported.map(\.alias))
            default: break
            }
            for inner in statement.kind.bodies { addNames(inner) }
        }
    }

    private mutating func addNames(_ expression: Expression) {
        switch expression.kind {
        case .name(let name), .namespaceTarget(let name, _): names.insert(name)
        default: for child in expression.kind.children { addNames(child) }
        }
    }
}

/// Looks for names that are used before they are stored: Jinja2's `find_undeclared`.
struct UndeclaredNames {
    private var wanted: Set<Symbol>
    private var found: Set<Symbol> = []

    /// Those of some names that a body mentions before storing them. Blocks are not looked into.
    static func among(_ names: [Symbol], in body: [Statement]) -> Set<Symbol> {
        var search = UndeclaredNames(wanted: Set(names))
        search.visit(body)
        return search.found
    }

    private init(wanted: Set<Symbol>) {
        self.wanted = wanted
    }

    private mutating func visit(_ body: [Statement]) {
        for statement in body {
            switch statement.kind {
            case .block: break
            case .forLoop(let loop):
                store(loop.target)
                load(loop.iterable)
                visit(loop.body)
                visit(loop.otherwise)
                if let test = loop.test { load(test) }
            case .macro(let macro): visit(macro)
            case .callBlock(let macro, let call):
                load(call)
                visit(macro)
            case .set(let target, let value):
                store(target)
                load(value)
            case .setBlock(let target, let filter, let body):
                store(target)
                if let filter { load(filter) }
                visit(body)
            case .with(let targets, let values, let body):
                for target in targets { store(target) }
                for value in values { load(value) }
                visit(body)
            case .conditional(let branches, let otherwise):
                for branch in branches {
                    load(branch.test)
                    visit(branch.body)
                }
                visit(otherwise)
            case .filterBlock(let filter, let body):
                visit(body)
                load(filter)
            default:
                for expression in statement.kind.expressions { load(expression) }
                for inner in statement.kind.bodies { visit(inner) }
            }
        }
    }

    private mutating func visit(_ macro: Statement.MacroSyntax) {
        for parameter in macro.parameters { wanted.remove(parameter.name) }
        for value in macro.defaults { load(value) }
        visit(macro.body)
    }

    private mutating func load(_ expression: Expression) {
        if case .name(let name) = expression.kind {
            if wanted.contains(name) { found.insert(name) }
            return
        }
        for child in expression.kind.children { load(child) }
    }

    private mutating func store(_ target: Expression) {
        switch target.kind {
        case .name(let name): wanted.remove(name)
        case .tuple(let items): for item in items { store(item) }
        default: break
        }
    }
}

/// Collects the names of a scope: Jinja2's `FrameSymbolVisitor`. It does not look into inner scopes.
extension Scope {
    func collect(_ body: [Statement]) {
        for statement in body { collect(statement) }
    }

    private func collect(_ statement: Statement) {
        switch statement.kind {
        case .conditional(let branches, let otherwise): collect(branches[...], otherwise)
        case .macro(let macro): store(macro.name)
        case .importModule(let template, let name, _):
            collect(template)
            store(name)
        case .importNames(let template, let names, _):
            collect(template)
            for name in names { store(name.alias) }
        case .set(let target, let value):
            collect(value)
            collect(target: target)
        case .setBlock(let target, _, _): collect(target: target)
        case .forLoop(let loop): collect(loop.iterable)
        case .callBlock(_, let call): collect(call)
        case .filterBlock(let filter, _): collect(filter)
        case .with(_, let values, _): for value in values { collect(value) }
        case .autoescape, .block: break
        default: for expression in statement.kind.expressions { collect(expression) }
        }
    }

    /// The first branch and the rest, which Jinja2 nests as `elif` inside the first.
    private func collect(_ branches: ArraySlice<Statement.Branch>, _ otherwise: [Statement]) {
        guard let first = branches.first else { return }
        collect(first.test)
        let body = branch()
        body.collect(first.body)
        let alternatives = branch()
        for other in branches.dropFirst() {
            alternatives.collect(other.test)
            let inner = alternatives.branch()
            inner.collect(other.body)
            alternatives.merge([inner, alternatives.branch(), alternatives.branch()])
        }
        let last = branch()
        last.collect(otherwise)
        merge([body, alternatives, last])
    }

    func collect(_ expression: Expression) {
        switch expression.kind {
        case .name(let name), .namespaceTarget(let name, _): load(name)
        default: for child in expression.kind.children { collect(child) }
        }
    }

    /// The targets of an assignment, or of a loop, whose targets are parameters.
    func collect(target: Expression, asParameter: Bool = false) {
        switch target.kind {
        case .name(let name): if asParameter { declareParameter(name) } else { store(name) }
        case .namespaceTarget(let name, _): load(name)
        case .tuple(let items): for item in items { collect(target: item, asParameter: asParameter) }
        default: break
        }
    }
}

extension Statement.Kind {
    /// The bodies of the statement.
    var bodies: [[Statement]] {
        switch self {
        case .forLoop(let loop): [loop.body, loop.otherwise]
        case .conditional(let branches, let otherwise): branches.map(\.body) + [otherwise]
        case .macro(let macro), .callBlock(let macro, _): [macro.body]
        case .filterBlock(_, let body), .setBlock(_, _, let body), .with(_, _, let body),
            .autoescape(_, let body):
            [body]
        case .block(let block): [block.body]
        default: []
        }
    }

    /// The expressions of the statement's own tags, targets included.
    var expressions: [Expression] {
        switch self {
        case .output(let parts):
            parts.compactMap { part in
                if case .expression(let expression) = part { expression } else { nil }
            }
        case .forLoop(let loop): [loop.target, loop.iterable] + (loop.test.map { [$0] } ?? [])
        case .conditional(let branches, _): branches.map(\.test)
        case .macro(let macro): macro.defaults
        case .callBlock(let macro, let call): [call] + macro.defaults
        case .filterBlock(let filter, _): [filter]
        case .set(let target, let value): [target, value]
        case .setBlock(let target, let filter, _): [target] + (filter.map { [$0] } ?? [])
        case .block, .breakLoop, .continueLoop, .debug: []
        case .extends(let template), .include(let template, _, _), .importModule(let template, _, _),
            .importNames(let template, _, _):
            [template]
        case .with(let targets, let values, _): targets + values
        case .autoescape(let value, _): [value]
        case .evaluate(let value): [value]
        }
    }
}
