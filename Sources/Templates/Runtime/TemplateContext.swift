import Text

/// The names a template sees: those it was given, and those it sets. Belongs to one rendering.
///
/// A block runs in the context of the template that is rendered; an included or imported template has its own.
final class TemplateContext: @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    /// The template that is rendered, or the module.
    let program: Program
    /// What it was given, innermost first.
    let given: GivenNames?
    /// What it has set at its top level.
    private(set) var names: [Symbol] = []
    /// Whether it has set anything; mostly it has not.
    private var hasNames = false
    private(set) var values: [Value] = []
    /// Those of the names that imports see.
    private(set) var exported: [Symbol] = []
    /// Whether output is escaped at this moment.
    var autoescape: Bool
    /// The template that the one that is running extends.
    var parent: Program?
    /// What the template extends, from its parent to the oldest: their blocks count where it has none.
    var parents: [Program] = []

    /// Where what it was given lies, except what lies further out.
    private let givenPlaces: GivenNames.Places

    init(_ program: Program, given: GivenNames?) {
        self.program = program
        self.given = given
        givenPlaces = given?.places ?? GivenNames.Places()
        autoescape = program.autoescape
    }

    /// The same context with more names, for a scoped block.
    init(_ other: TemplateContext, given: GivenNames?) {
        program = other.program
        self.given = given
        givenPlaces = given?.places ?? GivenNames.Places()
        autoescape = other.autoescape
        parent = other.parent
        parents = other.parents
    }

    /// A version of a block: 0 is that of the template itself or of the youngest parent that has one.
    func override(of name: Symbol, at depth: Int) -> BlockFunction? {
        var remaining = depth
        if let function = program.blockFunction(name) {
            if remaining == 0 {
                return unsafe BlockFunction(program: .passUnretained(program), function: function)
            }
            remaining -= 1
        }
        for parent in parents {
            guard let function = parent.blockFunction(name) else { continue }
            if remaining == 0 {
                return unsafe BlockFunction(program: .passUnretained(parent), function: function)
            }
            remaining -= 1
        }
        return nil
    }

    /// Which version of a block is that of a program; as many as there are if none is.
    func depth(of name: Symbol, in wanted: Program) -> Int {
        var depth = 0
        if program.blockFunction(name) != nil {
            if program === wanted { return 0 }
            depth = 1
        }
        for parent in parents where parent.blockFunction(name) != nil {
            if parent === wanted { return depth }
            depth += 1
        }
        return depth
    }

    /// The names of all blocks, each once.
    var blockNames: [Symbol] {
        var names = program.blocks.map(\.name)
        for parent in parents {
            for block in parent.blocks where !names.contains(block.name) { names.append(block.name) }
        }
        return names
    }

    func value(of name: Symbol) -> Value? {
        for index in names.indices where names[index] == name { return values[index] }
        return given?.value(of: name)
    }

    /// Where the value of a name lies, until one is set.
    @inline(__always)
    func place(of name: Symbol) -> UnsafePointer<Value>? {
        if hasNames, let index = names.firstIndex(of: name) {
            return unsafe values.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe $0 + index } }
        }
        if let place = unsafe givenPlaces.place(of: name) { return unsafe place }
        return unsafe givenPlaces.hasMore ? given?.next?.place(of: name) : nil
    }

    func set(_ name: Symbol, _ value: Value) {
        if let index = names.firstIndex(of: name) {
            values[index] = value
        } else {
            names.append(name)
            values.append(value)
            hasNames = true
        }
    }

    func export(_ name: Symbol) {
        if !exported.contains(name) { exported.append(name) }
    }

    func hide(_ name: Symbol) {
        exported.removeAll { $0 == name }
    }

    /// Everything it sees, as what another context is given.
    var all: GivenNames? {
        names.isEmpty ? given : GivenNames(names: names, values: values, next: given)
    }

    /// Lets go of all values, so that no circle of references outlives the rendering.
    func clear() {
        if names.isEmpty { return }
        hasNames = false
        names = []
        values = []
    }
}

/// Values by name, and more of them further out.
///
/// Unsafe for the same reason as ``DictValue``'s places.
@safe final class GivenNames: @unchecked Sendable {
    // Unchecked: nothing changes, and the places are those of the arrays beside them.
    private let names: [Symbol]
    private let values: [Value]
    let places: Places
    let next: GivenNames?

    init(names: [Symbol], values: [Value], next: GivenNames?) {
        precondition(names.count == values.count, "a value for each name")
        self.names = names
        self.values = values
        self.next = next
        places = Places(names, values, hasMore: next != nil)
    }

    /// Where names and values lie; valid while both are held, since nothing changes them.
    @safe struct Places: @unchecked Sendable {
        private var names: UnsafePointer<Symbol>?
        private var values: UnsafePointer<Value>?
        private var count = 0
        /// Whether there are more further out.
        private(set) var hasMore = false

        init() {}

        init(_ names: [Symbol], _ values: [Value], hasMore: Bool) {
            count = names.count
            self.hasMore = hasMore
            unsafe self.names = names.withUnsafeBufferPointer { $0.baseAddress }
            unsafe self.values = values.withUnsafeBufferPointer { $0.baseAddress }
        }

        @inline(__always)
        func place(of name: Symbol) -> UnsafePointer<Value>? {
            guard let names = unsafe names, let values = unsafe values else { return nil }
            var index = 0
            while index < count {
                if unsafe names[index] == name { return unsafe values + index }
                index += 1
            }
            return nil
        }
    }

    /// The value of a name, here or further out.
    func value(of name: Symbol) -> Value? {
        guard let place = unsafe place(of: name) else { return nil }
        return unsafe place.pointee
    }

    /// Where the value of a name lies, here or further out.
    func place(of name: Symbol) -> UnsafePointer<Value>? {
        if let place = unsafe places.place(of: name) { return unsafe place }
        guard let next else { return nil }
        return unsafe next.place(of: name)
    }

    /// The same names and values but for one; `nil` if there are none left.
    func setting(_ name: Symbol, to value: Value?) -> GivenNames? {
        var names = names
        var values = values
        if let index = names.firstIndex(of: name) {
            if let value {
                values[index] = value
            } else {
                names.remove(at: index)
                values.remove(at: index)
            }
        } else if let value {
            names.append(name)
            values.append(value)
        }
        return names.isEmpty ? nil : GivenNames(names: names, values: values, next: next)
    }

    /// All names, innermost first, each once.
    var allNames: [Symbol] {
        var result = names
        for name in next?.allNames ?? [] where !result.contains(name) { result.append(name) }
        return result
    }
}

/// One template's version of a block. It does not hold the program; the context that gave it does.
@safe struct BlockFunction {
    let program: Unmanaged<Program>
    let function: Int
}

/// The captured variables of one call of a function.
final class Cells: @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    var values: [Value]
    let parent: Cells?

    init(count: Int, parent: Cells?) {
        values = Array(repeating: Undefined.missing, count: count)
        self.parent = parent
    }

    func outer(_ depth: Int) -> Cells {
        var cells = self
        for _ in 0..<depth {
            guard let next = cells.parent else {
                preconditionFailure("functions nest as the compiler saw them")
            }
            cells = next
        }
        return cells
    }
}
