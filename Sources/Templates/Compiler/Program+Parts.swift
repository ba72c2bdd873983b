import Text

/// What the pools of a program hold.
extension Program {
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

    /// A block and its function.
    struct Block: Sendable {
        let name: Symbol
        let function: Int
        /// Whether it stands in no other block, macro or variable, and so is printed only where a parent places it.
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
}
