import Synchronization
public import Text

/// A compiled template: immutable, shared by all renderings.
///
///     words      [opcode | operand << 8] …          the instructions of all functions, the root first
///     text       bytes                              all text between tags, each piece once
///     constants  values                             literals, and what was computed while compiling
///     names      (symbol, text, hash, global)       names of variables, attributes, filters, blocks
///     functions  entry, slots, parameters …         root, blocks, macros, call blocks, recursive loops
///     places     (word, start, end)                 where in the source an instruction comes from
///     lines      (word, offset)                     the statement, as Jinja2 would name its line
///     regions    (start, end, loops, captures)      where rendering goes on after a finding
///
/// `{{ page.title }}` with escaping becomes
///
///     0  lookNameAttribute 0 1   page, title
///     2  printSeenEscaped
///     3  end
public final class Program: Sendable {
    /// The name by which templates call it.
    public let name: [UInt8]
    /// The text it was made from.
    public let source: SourceFile
    /// Stands for what the template does: comments and positions are not part of it, so an edited comment
    /// changes nothing. The name is not part of it either.
    public let fingerprint: Fingerprint
    /// Stands for where everything is; a finding with a place in this program depends on it too.
    public let positionsFingerprint: Fingerprint
    /// The templates it names in so many words in `extends`, `include` and `import`, in order, each once.
    public let namedTemplates: [[UInt8]]
    /// Whether it names a variable, other than in a comment or in text.
    public func names(_ variable: Symbol) -> Bool {
        (0..<names.count).contains { names[$0].symbol == variable }
    }
    /// Whether it prints one of some variables whatever the circumstances, and asks first for none of them.
    public func needs(_ variables: [Symbol]) -> Bool {
        variables.contains(where: printedNames.contains) && !variables.contains(where: askedNames.contains)
    }
    /// Whether it has mistakes and cannot be rendered.
    public var isBroken: Bool { failure != nil }
    /// The first mistake, as Jinja2 would have raised it, or `nil`.
    public let failure: RenderFailure?

    /// How many bytes it printed the last time; decides how much room a rendering starts with, and nothing else.
    private let lastSize = Atomic<Int>(0)
    let environment: Environment
    let autoescape: Bool
    let words: WordPool
    let text: TextPool
    let constants: Pool<Value>
    let names: Pool<Name>
    let nameKeys: Pool<NameKey>
    let functions: Pool<Code>
    let frameShapes: Pool<FrameShape>
    let blocks: [Block]
    /// Whether it asks for `self`, by which blocks are printed that nobody places.
    let usesSelf: Bool
    /// Whether it always extends one template, whose name is written out.
    let extendsByName: Bool
    /// Whether it is somebody else's than the other templates.
    let isBorrowed: Bool
    let shapes: [CallShape]
    /// The number of arguments of the shapes without keywords and stars, -1 for the others.
    let simpleCounts: Pool<Int>
    let filters: [FunctionValue]
    let boundCalls: Pool<BoundCall>
    let textSteps: Pool<TextStep>
    let queries: [QueryUse]
    let variableSets: [[CapturedVariable]]
    private let printedNames: Set<Symbol>
    private let askedNames: Set<Symbol>
    let places: [Place]
    let lines: [Line]
    let regions: [Region]

    init(
        name: [UInt8], source: SourceFile, environment: Environment, autoescape: Bool, isBorrowed: Bool,
        parts: ProgramBuilder, failure: RenderFailure?
    ) {
        self.isBorrowed = isBorrowed
        self.name = name
        self.source = source
        self.environment = environment
        self.autoescape = autoescape
        self.failure = failure
        words = WordPool(parts.words)
        text = TextPool(parts.text)
        constants = Pool(parts.pools.constants)
        names = Pool(parts.pools.names)
        nameKeys = Pool(parts.pools.names.map(NameKey.init))
        functions = Pool(parts.functions.map(Code.init))
        frameShapes = Pool(parts.functions.map(FrameShape.init))
        blocks = parts.blocks
        usesSelf = parts.usesSelf
        extendsByName = parts.extendsByName
        shapes = parts.pools.shapes
        simpleCounts = Pool(parts.pools.shapes.map { $0.isSimple ? $0.positional : -1 })
        filters = parts.pools.filters
        boundCalls = Pool(parts.pools.boundCalls)
        textSteps = Pool(parts.textSteps)
        queries = parts.queries
        variableSets = parts.pools.variableSets
        printedNames = parts.printedNames?.printed ?? []
        askedNames = parts.printedNames?.asked ?? []
        places = parts.places
        lines = parts.lines
        regions = parts.regions
        namedTemplates = parts.pools.namedTemplates
        fingerprint = parts.fingerprint(autoescape: autoescape, failure: failure)
        var positions = FingerprintBuilder()
        positions.combine(source.path.bytes)
        positions.combine(isBorrowed)
        positions.combine(source.bytes)
        positionsFingerprint = positions.finish()
    }

    deinit {
        words.deallocate()
        text.deallocate()
        constants.deallocate()
        names.deallocate()
        nameKeys.deallocate()
        functions.deallocate()
        frameShapes.deallocate()
        simpleCounts.deallocate()
        boundCalls.deallocate()
        textSteps.deallocate()
    }

    /// How many bytes a rendering will probably print, if that is much.
    var usualSize: Int { lastSize.load(ordering: .relaxed) }

    /// Notes how many bytes were printed.
    func note(size: Int) {
        // Not written without need, since all workers read what lies beside it.
        if size > OutputBuffer.usualCapacity, size != usualSize { lastSize.store(size, ordering: .relaxed) }
    }

    /// The function of the block of that name, if this template has one.
    func blockFunction(_ name: Symbol) -> Int? {
        for block in blocks where block.name == name { return block.function }
        return nil
    }
}
