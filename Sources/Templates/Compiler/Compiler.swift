import Text

/// Tree to program: Jinja2's `compiler.py`, with words instead of Python.
struct Compiler {
    /// What the code around a statement is: Jinja2's `Frame`.
    struct Frame {
        var scope: Scope
        let slots: SlotAllocator.Frame
        /// The root or an `if` in it: what is set here is exported.
        var isTopLevel = false
        /// The root itself.
        var isRootLevel = false
        /// Output is only printed if the template does not extend another.
        var needsOutputCheck = false
        /// In the branch of a condition an unknown filter is no mistake until it is used.
        var isSoft = false

        func soft() -> Frame {
            var frame = self
            frame.isRootLevel = false
            frame.isSoft = true
            return frame
        }
    }

    /// Where `break` and `continue` of a loop go.
    struct Loop {
        var breaks: [ProgramBuilder.Jump] = []
        let start: Int
        /// How many captures were open when it began.
        let captures: Int
    }

    let environment: Environment
    /// Whether output is escaped here, or `.dynamic` when only the context knows.
    var escape: EscapeMode
    /// Whether constants are escaped here that are computed while compiling: what was last known of `escape`.
    var escapesConstants: Bool
    var builder = ProgramBuilder()
    var mistakes: [Parser.Mistake] = []
    /// The first text that is never printed, since it stands outside of the blocks of a template that extends another.
    var lostText: SourceRange?
    var frames: [Frame] = []
    var loops: [Loop] = []
    var blocks: [(syntax: Statement.BlockSyntax, statement: Statement)] = []
    /// The names of those that stand in another.
    private var innerBlocks: Set<Symbol> = []
    var extendsSoFar = 0
    var hasKnownExtends = false
    /// After a second `extends` nothing can run.
    var isUnreachable = false
    let globals: [Symbol: Value]

    init(environment: Environment, autoescape: Bool) {
        self.environment = environment
        escape = autoescape ? .on : .off
        escapesConstants = autoescape
        globals = environment.allGlobals
    }

    var frame: Frame {
        get { frames[frames.count - 1] }
        set { frames[frames.count - 1] = newValue }
    }

    /// Compiles a whole template.
    mutating func compile(_ body: [Statement]) {
        findBlocks(body)
        let hasExtends = body.containsExtends
        beginFunction(Program.Function(name: .empty, kind: .root), body: body, parent: nil)
        frame.isTopLevel = true
        frame.isRootLevel = true
        frame.needsOutputCheck = hasExtends
        if UndeclaredNames.among([Name.selfReference], in: body).contains(Name.selfReference) {
            frame.scope.declareParameter(Name.selfReference)
            builder.emit(.selfReference, effect: 1)
            store(Name.selfReference)
        }
        frame.scope.collect(body)
        enterScope(isFunction: true)
        statements(body)
        endFunction()
        for block in blocks { compile(block.syntax, block.statement) }
        if !hasExtends { builder.printedNames = PrintedNames(body) }
    }

    private mutating func compile(_ block: Statement.BlockSyntax, _ statement: Statement) {
        isUnreachable = false
        builder.at(statement.range)
        let index = beginFunction(
            Program.Function(name: block.name, kind: .block, range: statement.range), body: block.body,
            parent: nil)
        builder.blocks.append(
            Program.Block(
                name: block.name, function: index, isOutermost: !innerBlocks.contains(block.name)))
        builder.line(statement.anchor)
        let special = UndeclaredNames.among([Name.selfReference, Name.superBlock], in: block.body)
        if special.contains(Name.selfReference) {
            frame.scope.declareParameter(Name.selfReference)
            builder.emit(.selfReference, effect: 1)
            store(Name.selfReference)
        }
        if special.contains(Name.superBlock) {
            frame.scope.declareParameter(Name.superBlock)
            builder.emit(.superBlock, nameIndex(block.name), effect: 1)
            store(Name.superBlock)
        }
        frame.scope.collect(block.body)
        enterScope(isFunction: true)
        statements(block.body)
        endFunction()
    }

    /// All blocks, outermost first; each name once. What a macro or a variable holds may be printed elsewhere: such blocks
    /// are no outermost ones.
    private mutating func findBlocks(_ body: [Statement], isInner: Bool = false) {
        for statement in body {
            var holdsInner = isInner
            switch statement.kind {
            case .block(let block):
                if blocks.contains(where: { $0.syntax.name == block.name }) {
                    fail(.assertion, "block '\(block.name.text)' defined twice", at: statement.range)
                } else {
                    blocks.append((block, statement))
                    if isInner { innerBlocks.insert(block.name) }
                }
                holdsInner = true
            case .macro, .callBlock, .setBlock: holdsInner = true
            default: break
            }
            for inner in statement.kind.bodies { findBlocks(inner, isInner: holdsInner) }
        }
    }

    // MARK: Functions and scopes

    /// Starts the code of a function, whose body is looked through for functions inside.
    @discardableResult
    mutating func beginFunction(
        _ function: Program.Function, body: [Statement], parent: Scope?, extra: [Expression] = []
    ) -> Int {
        var captured = CapturedNames()
        captured.scan(body)
        var function = function
        function.hasCells = captured.hasFunctions
        function.entry = builder.here
        let index = builder.functions.count
        builder.functions.append(function)
        saved.append((builder.function, builder.depth, builder.loops, builder.captures, loops))
        loops = []
        builder.function = index
        builder.setDepth(0)
        builder.loops = 0
        builder.captures = 0
        let slots = SlotAllocator.Frame(function: index, captured: captured)
        frames.append(
            Frame(scope: Scope(parent: parent, slots: SlotAllocator(frame: slots)), slots: slots))
        return index
    }

    mutating func endFunction() {
        builder.emit(.end, effect: 0)
        let slots = frame.slots
        builder.functions[builder.function].slotNames = slots.slotNames
        builder.functions[builder.function].cellNames = slots.cellNames
        frames.removeLast()
        guard let (function, depth, loops, captures, outerLoops) = saved.popLast() else { return }
        builder.function = function
        builder.setDepth(depth)
        builder.loops = loops
        builder.captures = captures
        self.loops = outerLoops
    }

    private var saved: [(Int, Int, Int, Int, [Loop])] = []

    /// Runs a closure in an inner scope.
    mutating func inner(_ body: (inout Compiler) -> Void) {
        var frame = self.frame
        frame.scope = Scope(parent: frame.scope, slots: SlotAllocator(frame: frame.slots))
        frame.isTopLevel = false
        frame.isRootLevel = false
        frame.isSoft = false
        frames.append(frame)
        body(&self)
        frames.removeLast()
    }

    /// Gives the variables of a scope their first values: Jinja2's `enter_frame`.
    mutating func enterScope(isFunction: Bool = false) {
        for name in frame.scope.order {
            guard let entry = frame.scope.entries[name], let variable = entry.variable else { continue }
            switch entry.load {
            case .parameter: continue
            case .missing:
                if isFunction { continue }
                builder.emit(.missing, effect: 1)
            case .context: builder.emit(.nameRaw, nameIndex(name), effect: 1)
            case .alias(let outer): loadRaw(outer)
            }
            store(variable)
        }
    }

    // MARK: Mistakes

    mutating func fail(
        _ kind: TemplateError.Kind, _ message: String, at range: SourceRange,
        code: DiagnosticCode = .templateSyntax,
        hint: String? = nil
    ) {
        mistakes.append(Parser.Mistake(kind: kind, code: code, message: message, range: range, hint: hint))
    }

    /// Names with a meaning of their own.
    enum Name {
        static let selfReference = Symbol("self")
        static let superBlock = Symbol("super")
        static let loop = Symbol("loop")
        static let cycle = Symbol("cycle")
        static let caller = Symbol("caller")
        static let keywords = Symbol("kwargs")
        static let rest = Symbol("varargs")
    }
}

extension [Statement] {
    /// Whether there is an `extends` anywhere.
    var containsExtends: Bool {
        contains { statement in
            if case .extends = statement.kind { return true }
            return statement.kind.bodies.contains { $0.containsExtends }
        }
    }

    /// Whether there is a scoped block anywhere.
    var containsScopedBlock: Bool {
        contains { statement in
            if case .block(let block) = statement.kind, block.isScoped { return true }
            return statement.kind.bodies.contains { $0.containsScopedBlock }
        }
    }
}
