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
///     0  name 0                 page
///     1  printAttributeEscaped 1   title
///     2  end
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

    let environment: Environment
    let autoescape: Bool
    let words: [UInt32]
    let text: [UInt8]
    let constants: [Value]
    let names: [Name]
    let functions: [Code]
    let blocks: [Block]
    let shapes: [CallShape]
    /// The number of arguments of the shapes without keywords and stars, -1 for the others.
    let simpleCounts: [Int]
    let filters: [FunctionValue]
    let boundCalls: [BoundCall]
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
        words = parts.words
        text = parts.text
        constants = parts.constants
        names = parts.names
        functions = parts.functions.map(Code.init)
        blocks = parts.blocks
        shapes = parts.shapes
        simpleCounts = parts.shapes.map { $0.isSimple ? $0.positional : -1 }
        filters = parts.filters
        boundCalls = parts.boundCalls
        variableSets = parts.variableSets
        places = parts.places
        lines = parts.lines
        regions = parts.regions
        namedTemplates = parts.namedTemplates
        fingerprint = parts.fingerprint(autoescape: autoescape, failure: failure)
        var positions = FingerprintBuilder()
        positions.combine(source.bytes)
        positionsFingerprint = positions.finish()
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
        let cellCount: Int
        let hasCells: Bool

        init(_ function: Function) {
            self.function = function
            entry = function.entry
            slotCount = function.slotNames.count
            stackSize = function.stackSize
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

    /// The function of the block of that name, if this template has one.
    func blockFunction(_ name: Symbol) -> Int? {
        for block in blocks where block.name == name { return block.function }
        return nil
    }

    /// A block and its function.
    struct Block: Sendable {
        let name: Symbol
        let function: Int
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

    /// The innermost statement around a word.
    func region(around word: Int) -> Region? {
        var best: Region?
        for region in regions where Int(region.start) <= word && word < Int(region.end) {
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
