import Text

/// Which name is a slot, which is captured, which is looked up: Jinja2's `idtracking.py`.
///
/// A scope is one `with`, loop, macro or block body; `if` has none of its own. Names are collected before code is
/// made, because a name that is stored anywhere in a scope belongs to it everywhere.
final class Scope {
    /// Where a variable lives while its function runs.
    struct Variable: Hashable {
        /// The function, in the numbering of the program.
        let function: Int
        /// The position among the function's slots, or among its captured variables.
        let index: Int
        let isCell: Bool
    }

    /// What a variable starts as when its scope is entered.
    enum Load {
        /// It is an argument or the target of a loop, and has a value.
        case parameter
        /// The name's value in the context.
        case context
        /// The value of the variable of that name further out.
        case alias(Variable)
        /// Nothing.
        case missing
    }

    /// A name of this scope; it has a variable of its own once it is stored.
    struct Entry {
        var load: Load
        var variable: Variable?
        /// For a `loop` that is no variable, since only its fields are read: how many loops are open in its body.
        var loopDepth: Int?
    }

    let parent: Scope?
    private let slots: SlotAllocator
    private(set) var entries: [Symbol: Entry] = [:]
    /// The names in the order in which they were met.
    private(set) var order: [Symbol] = []
    private(set) var stores: Set<Symbol> = []

    init(parent: Scope?, slots: SlotAllocator) {
        self.parent = parent
        self.slots = SlotAllocator(sharing: slots)
    }

    /// A slot of this scope that no name leads to.
    func passingSlot() -> Int { slots.slot(named: .empty) }

    /// The slot in which an argument arrives; it is the variable itself unless that is captured.
    func argumentSlot(_ name: Symbol) -> Int {
        if slots.frame.captured.contains(name) || entries[name] != nil { return slots.slot(named: name) }
        return slots.variable(named: name).index
    }

    /// A copy for one branch of an `if`; variables of the same name share their place.
    private init(copying scope: Scope) {
        parent = scope.parent
        slots = scope.slots
        entries = scope.entries
        order = scope.order
        stores = scope.stores
    }

    func branch() -> Scope { Scope(copying: self) }

    /// The entry of a name in this scope or further out.
    func find(_ name: Symbol) -> Entry? {
        var scope: Scope? = self
        while let current = scope {
            if let entry = current.entries[name] { return entry }
            scope = current.parent
        }
        return nil
    }

    func load(_ name: Symbol) {
        if find(name) == nil { define(name, .context) }
    }

    func store(_ name: Symbol) {
        stores.insert(name)
        if entries[name] == nil {
            if let variable = parent?.find(name).flatMap({ parent?.variable($0, name) }) {
                define(name, .alias(variable))
            } else if parent?.find(name) != nil {
                // Further out it is only looked up in the context.
                define(name, .context)
            } else {
                define(name, .missing)
            }
        }
        makeVariable(name)
    }

    /// Declares a `loop` of which only fields are read.
    func declareLoop(_ name: Symbol, depth: Int) {
        define(name, .parameter)
        entries[name]?.loopDepth = depth
    }

    func declareParameter(_ name: Symbol) {
        stores.insert(name)
        define(name, .parameter)
        makeVariable(name)
    }

    /// The branches of an `if` become part of this scope; what only some of them store starts as what it is
    /// outside.
    func merge(_ branches: [Scope]) {
        var stored: Set<Symbol> = []
        for branch in branches { stored.formUnion(branch.stores) }
        stored.subtract(stores)
        for branch in branches {
            for name in branch.order {
                if entries[name] == nil { order.append(name) }
                entries[name] = branch.entries[name]
            }
            stores.formUnion(branch.stores)
        }
        for name in order where stored.contains(name) {
            guard let entry = parent?.find(name) else {
                entries[name]?.load = .context
                continue
            }
            entries[name]?.load = parent?.variable(entry, name).map { .alias($0) } ?? .context
        }
    }

    /// All names stored here and further out that have a variable, each with the innermost.
    func storedVariables() -> [(name: Symbol, variable: Variable)] {
        var seen: Set<Symbol> = []
        var result: [(name: Symbol, variable: Variable)] = []
        var scope: Scope? = self
        while let current = scope {
            for name in current.order where current.stores.contains(name) && seen.insert(name).inserted {
                if let variable = find(name)?.variable { result.append((name, variable)) }
            }
            scope = current.parent
        }
        return result
    }

    private func variable(_ entry: Entry, _ name: Symbol) -> Variable? { entry.variable }

    private func define(_ name: Symbol, _ load: Load) {
        if entries[name] == nil { order.append(name) }
        entries[name] = Entry(load: load, variable: entries[name]?.variable)
    }

    private func makeVariable(_ name: Symbol) {
        if entries[name]?.variable == nil { entries[name]?.variable = slots.variable(named: name) }
    }
}

/// Hands out the slots of one function; within a scope and its branches, one for each name.
final class SlotAllocator {
    /// What a function needs to know of its variables.
    final class Frame {
        let function: Int
        /// Names that functions inside this one mention; their variables are captured.
        let captured: CapturedNames
        var slotNames: [Symbol] = []
        var cellNames: [Symbol] = []

        init(function: Int, captured: CapturedNames) {
            self.function = function
            self.captured = captured
        }
    }

    let frame: Frame
    private var byName: [Symbol: Scope.Variable] = [:]

    init(frame: Frame) {
        self.frame = frame
    }

    convenience init(sharing other: SlotAllocator) {
        self.init(frame: other.frame)
    }

    func variable(named name: Symbol) -> Scope.Variable {
        if let known = byName[name] { return known }
        let isCell = frame.captured.contains(name)
        let index = isCell ? frame.cellNames.count : frame.slotNames.count
        if isCell { frame.cellNames.append(name) } else { frame.slotNames.append(name) }
        let variable = Scope.Variable(function: frame.function, index: index, isCell: isCell)
        byName[name] = variable
        return variable
    }

    /// A slot for an argument or a passing value, which no function inside captures.
    func slot(named name: Symbol) -> Int {
        frame.slotNames.append(name)
        return frame.slotNames.count - 1
    }
}
