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
    let shapes: [CallShape]
    /// The number of arguments of the shapes without keywords and stars, -1 for the others.
    let simpleCounts: Pool<Int>
    let filters: [FunctionValue]
    let boundCalls: Pool<BoundCall>
    let textSteps: Pool<TextStep>
    let queries: [QueryUse]
    let variableSets: [[CapturedVariable]]
    let places: [Place]
    let lines: [Line]
    let regions: [Region]

    init(
        name: [UInt8], source: SourceFile, environment: Environment, autoescape: Bool, parts: ProgramBuilder,
        failure: RenderFailure?
    ) {
        self.name = name
        self.source = source
        self.environment = environment
        self.autoescape = autoescape
        self.failure = failure
        words = WordPool(parts.words)
        text = TextPool(parts.text)
        constants = Pool(parts.constants)
        names = Pool(parts.names)
        nameKeys = Pool(parts.names.map(NameKey.init))
        functions = Pool(parts.functions.map(Code.init))
        frameShapes = Pool(parts.functions.map(FrameShape.init))
        blocks = parts.blocks
        usesSelf = parts.usesSelf
        shapes = parts.shapes
        simpleCounts = Pool(parts.shapes.map { $0.isSimple ? $0.positional : -1 })
        filters = parts.filters
        boundCalls = Pool(parts.boundCalls)
        textSteps = Pool(parts.textSteps)
        queries = parts.queries
        variableSets = parts.variableSets
        places = parts.places
        lines = parts.lines
        regions = parts.regions
        namedTemplates = parts.namedTemplates
        fingerprint = parts.fingerprint(autoescape: autoescape, failure: failure)
        var positions = FingerprintBuilder()
        positions.combine(source.path.bytes)
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

    /// A filter that prints text: the bound call, and how.
    struct TextStep: Sendable {
        let call: Int
        let printer: TextPrinter
    }

    /// A name, in all the forms in which it is needed while running.
    ///
    /// A class, because a struct of this size would be copied, part by part, at each use.
    final class Name: Sendable {
        let symbol: Symbol
        let text: StringValue
        /// The hash of the text as a key of a dictionary.
        let hash: UInt32
        /// The environment's global of that name.
        let global: Value?
        /// The built-in methods of that name.
        let methods: Methods.Named
        /// What it means after `loop.`
        let loopField: LoopObject.Field?

        init(_ symbol: Symbol, global: Value?) {
            self.symbol = symbol
            self.global = global
            text = StringValue(symbol.bytes)
            hash = Value.hash(of: text.bytes)
            methods = Methods.Named(symbol)
            loopField = LoopObject.fields[symbol]
        }
    }

    /// What the usual case needs of a name, without counting references.
    struct NameKey: @unchecked Sendable {
        // Unchecked: the key points into the text of the name, which the program holds and nothing changes.
        let symbol: Symbol
        let key: TextKey
        /// Whether dictionaries have a method of that name, which comes before their items.
        let isDictMethod: Bool
        let loopField: LoopObject.Field?

        init(_ name: Name) {
            symbol = name.symbol
            key = TextKey(name.text.run, hash: name.hash)
            isDictMethod = name.methods.dict != nil
            loopField = name.loopField
        }
    }

    /// Code that runs in a frame of its own.
    struct Function: Sendable {
        /// The name of a macro or block; empty for others.
        var name: Symbol
        /// What it is, for notes of findings.
        var kind: Kind
        /// The first word.
        var entry = 0
        /// How many variables it has; the first are its arguments.
        var slotNames: [Symbol] = []
        /// How many values lie on the stack above them at the most.
        var stackSize = 0
        /// Its variables that functions inside it capture.
        var cellNames: [Symbol] = []
        /// Whether it contains functions and so has captured variables, if only none.
        var hasCells = false
        /// The parameters of a macro.
        var parameters: [Symbol] = []
        var takesCaller = false
        var takesKeywords = false
        var takesRest = false
        /// Where it is defined.
        var range: SourceRange = .start

        enum Kind: UInt8, Sendable {
            case root, block, macro, callBlock, recursiveLoop
        }
    }

    /// A function for good.
    ///
    /// A class for the same reason as ``Name``.
    final class Code: Sendable {
        let function: Function
        let entry: Int
        let slotCount: Int
        let stackSize: Int

        init(_ function: Function) {
            self.function = function
            entry = function.entry
            slotCount = function.slotNames.count
            stackSize = function.stackSize
        }
    }

    /// What running a function needs to know of it, without counting references.
    struct FrameShape: Sendable {
        let entry: Int
        let slotCount: Int
        /// How many places on the stack it needs.
        let height: Int
        let cellCount: Int
        let hasCells: Bool

        init(_ function: Function) {
            entry = function.entry
            slotCount = function.slotNames.count
            height = function.slotNames.count + function.stackSize + 2
            cellCount = function.cellNames.count
            hasCells = function.hasCells
        }
    }

    /// A filter or test with arguments that are known while compiling.
    final class BoundCall: Sendable {
        let function: FunctionValue
        let arguments: BoundArguments

        init(_ function: FunctionValue, _ arguments: BoundArguments) {
            self.function = function
            self.arguments = arguments
        }
    }

    /// A query where it is asked.
    final class QueryUse: Sendable {
        /// What the answer becomes.
        enum Result: UInt8, Sendable { case list, generator, element }

        let query: CollectionQuery
        let part: CollectionQuery.Part
        let result: Result

        init(_ query: CollectionQuery, _ part: CollectionQuery.Part, _ result: Result) {
            self.query = query
            self.part = part
            self.result = result
        }
    }

    /// The function of the block of that name, if this template has one.
    func blockFunction(_ name: Symbol) -> Int? {
        for block in blocks where block.name == name { return block.function }
        return nil
    }

    /// A block and its function.
    struct Block: Sendable {
        let name: Symbol
        let function: Int
        /// Whether it stands in no other block, and so is printed only where a parent places it.
        let isOutermost: Bool
    }

    /// How the arguments of a call lie on the stack: positional ones, keyword values, then `*` and `**`.
    struct CallShape: Sendable, Hashable {
        var positional: Int
        var keywords: [Symbol] = []
        var hasRest = false
        var hasKeywordRest = false

        var isSimple: Bool { keywords.isEmpty && !hasRest && !hasKeywordRest }
    }

    /// A variable that an included template or a scoped block sees.
    struct CapturedVariable: Sendable, Hashable {
        let name: Symbol
        let slot: Int
        /// How many functions out it is captured, or -1 when it lies in a slot of the frame.
        let cellDepth: Int
    }

    /// Where in the source an instruction comes from.
    struct Place: Sendable {
        let word: UInt32
        let range: SourceRange
    }

    /// Which statement instructions belong to.
    struct Line: Sendable {
        let word: UInt32
        let offset: UInt32
    }

    /// The instructions of a statement: after a finding in it, rendering goes on behind them.
    struct Region: Sendable {
        let start: UInt32
        let end: UInt32
        let loops: Int
        let captures: Int
    }

    /// The place of the instruction at a word.
    func range(at word: Int) -> SourceRange {
        places.last(upTo: word, by: \.word)?.range ?? .start
    }

    /// The line that Jinja2 would name for the instruction at a word, as an offset.
    func lineOffset(at word: Int) -> Int {
        Int(lines.last(upTo: word, by: \.word)?.offset ?? 0)
    }

    /// The innermost statement around a word of a function. The code of one function may lie in that of another, whose
    /// statements are not its own.
    func region(around word: Int, in function: Int) -> Region? {
        var best: Region?
        let entry = frameShapes[function].entry
        for region in regions
        where Int(region.start) >= entry && Int(region.start) <= word && word < Int(region.end) {
            if let known = best, known.end - known.start <= region.end - region.start { continue }
            best = region
        }
        return best
    }
}

extension Array {
    /// The last element whose key is not above a limit, in an array sorted by that key.
    fileprivate func last(upTo limit: Int, by key: (Element) -> UInt32) -> Element? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if Int(key(self[middle])) <= limit { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : self[low - 1]
    }
}
