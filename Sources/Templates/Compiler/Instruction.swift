/// The opcodes: the language at a glance.
///
/// A program is an array of 32-bit words. The low eight bits of an instruction's first word are its opcode, the
/// other 24 its operand; some instructions are followed by more words. "Pushes" and "pops" speak of the stack of
/// values; "missing" is the mark of a variable that has no value yet.
enum Opcode: UInt8 {
    // MARK: Printing

    /// Prints `operand` bytes of the text pool, from the offset in the next word.
    case text
    /// Pops a value and prints it as it is.
    case print
    /// Pops a value and prints it escaped, unless it is safe.
    case printEscaped
    /// Pops a value and prints it escaped if the context escapes at that moment.
    case printDynamic
    /// Prints the variable in slot `operand` as it is; the same as `local`, `print`.
    case printLocal
    /// Prints the variable in slot `operand` escaped; the same as `local`, `printEscaped`.
    case printLocalEscaped
    /// Prints what is looked at as it is.
    case printSeen
    /// Prints what is looked at escaped, unless it is safe.
    case printSeenEscaped
    /// Prints what is looked at as it is if it is text, else what the bound call `operand`, the filter `safe`, makes of
    /// it.
    case printSafe
    /// Prints what filters make of what is looked at, the text steps from `operand` on; the next word is twice their
    /// number, and one more to escape. Text is changed in the output itself.
    case printFiltered
    /// Calls the variable in slot `operand` without arguments and prints the result as it is, escaped if the next
    /// word is 1; a block of a parent prints at once.
    case printLocalCall

    // MARK: Looking

    /// Looks at the variable in slot `operand`; a missing one becomes undefined. What is looked at stays where it
    /// is, so that no reference is counted; the next instruction looks on from there, or uses it.
    case lookLocal
    /// Looks at the value of the name `operand` of the context.
    case lookName
    /// Pops a value and looks at it.
    case lookTop
    /// Looks at the attribute, the name `operand`, of what is looked at.
    case lookAttribute
    /// The same as `lookLocal`, `lookAttribute`, the name of the attribute in the next word.
    case lookLocalAttribute
    /// The same as `lookName`, `lookAttribute`, the name of the attribute in the next word.
    case lookNameAttribute
    /// Looks at what `loop.cycle(…)` gives, `loop` being in slot `operand`; the next words are the first of its
    /// arguments, which are constants in a row, how many they are, and the name.
    case lookCycle
    /// The same with the `loop` of the loop that is `operand` loops further out, of which no object is made.
    case lookLoopCycle
    /// Remembers what is looked at while something else is.
    case holdSeen
    /// Pushes what is looked at.
    case pushSeen

    // MARK: Pushing

    /// Pushes the constant `operand`.
    case constant
    /// Pushes the variable in slot `operand`; a missing one becomes undefined.
    case local
    /// Pushes the captured variable `operand`, as many functions out as the next word says; a missing one becomes
    /// undefined, by the name in the word after.
    case cell
    /// Pushes the value of the name `operand` of the context.
    case name
    /// Pushes the variable in slot `operand`, missing or not.
    case localRaw
    /// Pushes a captured variable, missing or not; the next word as for `cell`.
    case cellRaw
    /// Pushes the value of the name `operand` of the context, or missing.
    case nameRaw
    /// Pushes missing.
    case missing
    /// Pushes undefined: an inline `if` without `else` was false. The constant `operand` says so.
    case noElse
    /// Pushes undefined: the parameter named by the name `operand` was not given.
    case noArgument
    /// Pops a value and throws it away.
    case pop

    // MARK: Storing

    /// Pops a value into slot `operand`.
    case storeLocal
    /// Pops a value into a captured variable; the next word as for `cell`.
    case storeCell
    /// Pops a value and stores it in the context under the name `operand`; the next word says whether imports
    /// see it: 0 leaves that alone, 1 yes, 2 no.
    case export
    /// Pops as many values as `operand` says from an iterable, so that the first is on top.
    case unpack
    /// Pops a namespace, then a value, and stores the value as its attribute, the name `operand`.
    case storeNamespace
    /// Fails unless the value on top is a namespace.
    case checkNamespace

    // MARK: Computing

    /// Pops two values and pushes what the ``BinaryOperator`` `operand` makes of them.
    case binary
    /// Pops two values and pushes whether they stand in the ``Comparison`` `operand`.
    case compare
    /// Pops a value and pushes whether it and what is looked at stand in the ``Comparison`` `operand`.
    case compareSeen
    /// Pushes whether what is remembered and what is looked at stand in the ``Comparison`` `operand`.
    case compareHeld
    /// Part of a chain: pops two values; if they stand in the ``Comparison`` `operand`, pushes the second, else
    /// pushes false and jumps to the word that follows.
    case compareChain
    /// Pops a value and pushes whether it is false.
    case not
    /// Pops a number and pushes it negated.
    case negative
    /// Pops a number and pushes it.
    case positive
    /// Pops `operand` values and pushes their texts in a row; the next word is an ``EscapeMode``.
    case concat
    /// Pops a value and pushes its attribute, the name `operand`.
    case attribute
    /// Pushes the attribute of `loop` in slot `operand`; the next word is the name.
    case loopAttribute
    /// Pushes a field of the loop that is as many loops further out as the operand says above its low eight bits,
    /// which are the ``LoopObject/Field``.
    case loopField
    /// Pops a key and a value and pushes the value's item.
    case item
    /// Pops step, stop, start and a value and pushes the slice.
    case slice
    /// Pops a text and pushes it as safe if the context escapes.
    case markSafe

    // MARK: Building

    /// Pops `operand` values and pushes a list.
    case list
    /// Pops `operand` values and pushes a tuple.
    case tuple
    /// Pops `operand` keys with their values and pushes a dictionary.
    case dict

    // MARK: Jumping

    /// Goes to `operand`.
    case jump
    /// Pops a value and goes to `operand` if it is false.
    case jumpIfFalse
    /// Pops a value and goes to `operand` if it is true.
    case jumpIfTrue
    /// Goes to `operand` if what is looked at is false.
    case jumpIfSeenFalse
    /// Goes to `operand` if the value on top is false, else pops it.
    case jumpIfFalseElsePop
    /// Goes to `operand` if the value on top is true, else pops it.
    case jumpIfTrueElsePop
    /// Goes to `operand` if the slot in the next word has a value.
    case jumpIfLocal
    /// Goes to `operand` if this template extends another by now.
    case jumpIfExtended

    // MARK: Calling

    /// Pops the arguments of the call shape `operand` and a callee, and pushes the result.
    case call
    /// Pops arguments and a value and pushes the result of its method, the name in the next word.
    case callMethod
    /// Pops arguments and a value and pushes what the filter in the next word makes of it.
    case filter
    /// Pops arguments and a value and pushes whether the test in the next word holds.
    case test
    /// Pops a value and pushes what the bound call `operand`, a filter, makes of it.
    case filterBound
    /// Pops a value and pushes whether the bound call `operand`, a test, holds.
    case testBound
    /// Asks the collection on top the query `operand`; if it answers, the answer takes its place and the word that
    /// follows is gone to, else the filters run.
    case query
    /// Pushes a macro of the function `operand`; the next word is 1 for the body of a call block.
    case macro

    // MARK: Loops

    /// Pops an iterable and starts a loop over it; ``LoopFlags`` in `operand`.
    case beginLoop
    /// Pushes the next element, or goes to `operand`.
    case next
    /// Lends the next element to the slot of the `storeLocal` that follows, and goes on behind that, or goes to
    /// `operand`. The loop holds the element, so that no reference is counted; nothing else stores into the slot.
    case nextLocal
    /// Pushes the element that `next` pushed last once more.
    case element
    /// Pushes the `loop` object.
    case loopObject
    /// Notes that the body ran to its end at least once.
    case markRan
    /// Ends the loop; goes to `operand` if the body ran to its end at least once, unless `operand` is 0.
    case endLoop
    /// Pops an iterable and starts a loop that collects elements.
    case beginSelection
    /// Adds the element that `next` pushed last to what is collected.
    case select
    /// Ends the loop that collects and pushes the list.
    case endSelection
    /// Pops an iterable and calls the recursive loop, the function `operand`, on it; pushes its text.
    case recursiveLoop

    // MARK: Capturing

    /// From here on prints into a text.
    case beginCapture
    /// Pushes what was printed since; the ``EscapeMode`` `operand` says whether it is safe.
    case endCapture

    // MARK: Templates

    /// Renders the block with the name `operand`; the next word is a set of variables + 1 when it is scoped.
    case block
    /// Fails if nothing overrides the block with the name `operand`.
    case requireBlock
    /// Pops a name and extends that template.
    case extends
    /// Pops a name or a list of them and renders that template here; ``IncludeFlags`` in `operand`, the next word
    /// is a set of variables.
    case include
    /// Pops a name and pushes that template as a module; words as for `include`.
    case importModule
    /// Pushes what the module on top of the stack exports as the name `operand`; the module stays below it. The
    /// next word is the place in the source, for the message when there is no such name.
    case importName
    /// Pushes `super` of the current block, the name `operand`.
    case superBlock
    /// Pushes `self`.
    case selfReference
    /// Pushes whether the context escapes.
    case autoescape
    /// Pops a value; from here on the context escapes if it is true.
    case setAutoescape
    /// Pushes a description of all variables, filters and tests.
    case debug
    /// Fails with the constant `operand`, a ``TemplateError/Kind`` being in the next word; the word after is the
    /// constant that says what was meant, + 1, or 0.
    case fail
    /// Ends the function.
    case end
}

/// When text is escaped or safe.
enum EscapeMode: UInt32 {
    case off = 0
    case on = 1
    /// As the context says at that moment.
    case dynamic = 2
}

/// What a loop needs.
struct LoopFlags: OptionSet {
    let rawValue: UInt32
    /// The body mentions `loop`.
    static let extended = LoopFlags(rawValue: 1)
    /// `loop(…)` may be called; the function is the current one.
    static let recursive = LoopFlags(rawValue: 2)
    /// The body reads fields of `loop` and nothing else of it.
    static let fields = LoopFlags(rawValue: 4)
}

/// How a template is brought in.
struct IncludeFlags: OptionSet {
    let rawValue: UInt32
    static let ignoreMissing = IncludeFlags(rawValue: 1)
    static let withContext = IncludeFlags(rawValue: 2)
    /// The name may be a list of names.
    static let mayBeList = IncludeFlags(rawValue: 4)
}
