import Text

/// A program while it is being made: verbs that hide words and jumps.
struct ProgramBuilder {
    private(set) var words: [UInt32] = []
    private(set) var text: [UInt8] = []
    /// What instructions name by a number.
    var pools = ProgramPools()
    var functions: [Program.Function] = []
    var blocks: [Program.Block] = []
    private(set) var textSteps: [Program.TextStep] = []
    private(set) var queries: [Program.QueryUse] = []
    private(set) var places: [Program.Place] = []
    private(set) var lines: [Program.Line] = []
    private(set) var regions: [Program.Region] = []

    /// Whether it asks for `self`, by which blocks are printed that nobody places.
    private(set) var usesSelf = false
    /// Whether it always extends one template, whose name is written out.
    var extendsByName = false

    /// What a template that extends no other prints in any case.
    var printedNames: PrintedNames?

    /// The function whose code is being made.
    var function = 0
    /// How many values lie on its stack here.
    private(set) var depth = 0
    /// How many loops and captures are open here.
    var loops = 0
    var captures = 0

    /// The word of the `text` instruction that more text may be joined to, or -1.
    private var openText = -1
    /// The words of the instructions since jumps arrived somewhere.
    private var recent: [Int] = []
    private var place: SourceRange = .start

    /// The next word.
    var here: Int { words.count }

    // MARK: Instructions

    /// Appends an instruction that changes the height of the stack by `effect`.
    mutating func emit(_ opcode: Opcode, _ operand: Int = 0, _ more: Int..., effect: Int) {
        precondition(operand >= 0 && operand < 1 << 24, "an operand has 24 bits")
        openText = -1
        recent.append(here)
        if opcode == .selfReference { usesSelf = true }
        if places.last?.range != place { places.append(Program.Place(word: UInt32(here), range: place)) }
        words.append(UInt32(opcode.rawValue) | UInt32(operand) << 8)
        for word in more { words.append(UInt32(truncatingIfNeeded: word)) }
        depth += effect
        if depth > functions[function].stackSize { functions[function].stackSize = depth }
    }

    /// Sets the height of the stack, where a jump makes it another than the one before.
    mutating func setDepth(_ depth: Int) { self.depth = depth }

    /// Appends text to print; text after text becomes one piece.
    mutating func emitText(_ bytes: [UInt8]) {
        if bytes.isEmpty { return }
        let count = openText >= 0 ? Int(words[openText] >> 8) + bytes.count : 0
        if openText >= 0, count < 1 << 24 {
            words[openText] = UInt32(Opcode.text.rawValue) | UInt32(count) << 8
            text += bytes
            return
        }
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + (1 << 24) - 1)
            let offset = text.count
            text += bytes[start..<end]
            emit(.text, end - start, offset, effect: 0)
            openText = words.count - 2
            start = end
        }
    }

    /// A jump whose target is not known yet.
    struct Jump {
        fileprivate let word: Int
        /// Whether the target fills the word, not only its operand.
        fileprivate let isWhole: Bool
    }

    /// Appends a jump; ``land(_:)`` gives it its target.
    mutating func jump(_ opcode: Opcode, effect: Int) -> Jump {
        if opcode == .jumpIfFalse, lastOpcode == .pushSeen {
            removeLast()
            emit(.jumpIfSeenFalse, effect: effect)
            return Jump(word: here - 1, isWhole: false)
        }
        if opcode == .jumpIfFalse, lastOpcode == .not {
            removeLast()
            emit(.jumpIfTrue, effect: effect)
            return Jump(word: here - 1, isWhole: false)
        }
        emit(opcode, effect: effect)
        return Jump(word: here - 1, isWhole: false)
    }

    /// Appends a jump that is taken when a slot has a value.
    mutating func jumpIfLocal(_ slot: Int) -> Jump {
        emit(.jumpIfLocal, 0, slot, effect: 0)
        return Jump(word: here - 2, isWhole: false)
    }

    /// Appends a comparison that ends a chain when it is false.
    mutating func chain(_ comparison: Comparison) -> Jump {
        emit(.compareChain, Int(comparison.rawValue), 0, effect: -1)
        return Jump(word: here - 1, isWhole: true)
    }

    /// Appends a query of the collection on top, whose answer takes its place and is jumped with.
    mutating func query(_ use: Program.QueryUse) -> Jump {
        queries.append(use)
        emit(.query, queries.count - 1, 0, effect: 0)
        return Jump(word: here - 1, isWhole: true)
    }

    /// Lets a jump arrive here.
    mutating func land(_ jump: Jump) {
        openText = -1
        recent.removeAll(keepingCapacity: true)
        words[jump.word] = jump.isWhole ? UInt32(here) : (words[jump.word] & 0xFF) | UInt32(here) << 8
    }

    /// A place that jumps may go back to.
    mutating func label() -> Int {
        openText = -1
        recent.removeAll(keepingCapacity: true)
        return here
    }

    /// The word of the last instruction, or -1 where jumps arrive after it.
    private var last: Int { recent.last ?? -1 }

    /// The last instruction, unless jumps arrive after it.
    private var lastOpcode: Opcode? {
        last < 0 ? nil : Opcode(rawValue: UInt8(truncatingIfNeeded: words[last]))
    }

    /// Makes another instruction of the last; what it comes from is what comes next.
    private mutating func become(_ opcode: Opcode) {
        words[last] = (words[last] & ~0xFF) | UInt32(opcode.rawValue)
        if places.last?.word == UInt32(last) { places.removeLast() }
        if places.last?.range != place { places.append(Program.Place(word: UInt32(last), range: place)) }
    }

    /// Takes the last instruction back; the one before becomes the last.
    private mutating func removeLast() {
        words.removeLast(here - last)
        if places.last?.word == UInt32(last) { places.removeLast() }
        recent.removeLast()
    }

    /// Looks at the attribute of what was pushed since a word, and pushes it, if that was a variable or an attribute
    /// of one.
    mutating func lookAtAttribute(from start: Int, name: Int) -> Bool {
        guard last >= start, let opcode = lastOpcode else { return false }
        switch opcode {
        case .local, .name:
            become(opcode == .local ? .lookLocalAttribute : .lookNameAttribute)
            words.append(UInt32(name))
        case .pushSeen:
            removeLast()
            emit(.lookAttribute, name, effect: 0)
        default: return false
        }
        emit(.pushSeen, effect: 0)
        return true
    }

    /// Compares the two values on top, pushed since two words, the first of which is not pushed if both are looked at.
    mutating func compare(_ comparison: Comparison, from start: Int, _ middle: Int) {
        guard last >= middle, lastOpcode == .pushSeen else {
            emit(.compare, Int(comparison.rawValue), effect: -1)
            return
        }
        removeLast()
        if let left = recent.last(where: { $0 < middle }), left >= start, opcode(at: left) == .pushSeen,
            // A variable lies on the stack, which may move when the host is asked; what is in it does not.
            let path = recent.last(where: { $0 < left }), path >= start,
            opcode(at: path) == .lookAttribute || opcode(at: path) == .lookLocalAttribute
                || opcode(at: path) == .lookNameAttribute,
            recent.filter({ $0 >= middle }).allSatisfy({ opcode(at: $0).isLook })
        {
            words[left] = UInt32(Opcode.holdSeen.rawValue)
            depth -= 1
            emit(.compareHeld, Int(comparison.rawValue), effect: 0)
        } else {
            emit(.compareSeen, Int(comparison.rawValue), effect: -1)
        }
    }

    private func opcode(at word: Int) -> Opcode {
        guard let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: words[word])) else {
            preconditionFailure("an instruction stands here")
        }
        return opcode
    }

    /// Lends the elements of the loop that begins at a word to its variable, if nothing else stores into that.
    mutating func lendElement(from start: Int) {
        guard opcode(at: start) == .next, start + 1 < here, opcode(at: start + 1) == .storeLocal else {
            return
        }
        var word = start + 2
        while word < here {
            if words[word] == words[start + 1] { return }
            word += 1 + opcode(at: word).moreWords
        }
        words[start] = (words[start] & ~0xFF) | UInt32(Opcode.nextLocal.rawValue)
    }

    /// Prints the value that was pushed since a word, without it being pushed, if there is a way.
    mutating func fusePrint(from start: Int, escaped: Bool) -> Bool {
        guard last >= start, let opcode = lastOpcode else { return false }
        switch opcode {
        case .filterBound:
            guard let count = takeTextSteps(from: start) else { return false }
            lookInsteadOfPushing(from: start)
            if count == 1, let step = textSteps.last, step.printer.isSafe {
                textSteps.removeLast()
                emit(.printSafe, step.call, effect: 0)
                return true
            }
            emit(.printFiltered, textSteps.count - count, count << 1 | (escaped ? 1 : 0), effect: 0)
        case .pushSeen:
            become(escaped ? .printSeenEscaped : .printSeen)
            depth -= 1
        case .local:
            become(escaped ? .printLocalEscaped : .printLocal)
            depth -= 1
        case .name:
            lookInsteadOfPushing(from: start)
            emit(escaped ? .printSeenEscaped : .printSeen, effect: 0)
        default: return false
        }
        return true
    }

    /// Takes the last instructions back as far as they are filters that print text; how many they were.
    private mutating func takeTextSteps(from start: Int) -> Int? {
        var steps: [Program.TextStep] = []
        while last >= start, lastOpcode == .filterBound {
            let call = Int(words[last] >> 8)
            guard let printer = TextPrinter(pools.boundCalls[call]) else { break }
            steps.append(Program.TextStep(call: call, printer: printer))
            removeLast()
        }
        textSteps += steps.reversed()
        return steps.isEmpty ? nil : steps.count
    }

    /// Looks at the value that was pushed since a word.
    private mutating func lookInsteadOfPushing(from start: Int) {
        switch last >= start ? lastOpcode : nil {
        case .pushSeen: removeLast()
        case .local: words[last] = (words[last] & ~0xFF) | UInt32(Opcode.lookLocal.rawValue)
        case .name: words[last] = (words[last] & ~0xFF) | UInt32(Opcode.lookName.rawValue)
        default:
            emit(.lookTop, effect: -1)
            return
        }
        depth -= 1
    }

    // MARK: Where it comes from

    /// What follows comes from this range.
    mutating func at(_ range: SourceRange) { place = range }

    /// What follows belongs to the statement at this offset, as Jinja2 counts lines.
    mutating func line(_ offset: UInt32) {
        if let last = lines.last, last.word == UInt32(here) { lines.removeLast() }
        lines.append(Program.Line(word: UInt32(here), offset: offset))
    }

    /// The statement that what follows belongs to.
    var currentLine: UInt32 { lines.last?.offset ?? 0 }

    /// Remembers a statement that starts at a word and ends here.
    mutating func region(from start: Int) {
        if here > start {
            regions.append(
                Program.Region(start: UInt32(start), end: UInt32(here), loops: loops, captures: captures))
        }
    }
}
