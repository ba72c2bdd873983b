import Text

/// One running loop: what it goes through and where it is.
///
/// Unsafe, because it knows where its elements lie: an array that nobody changes stays where it is.
@safe struct LoopState {
    private(set) var elements: [Value]
    private var first: UnsafePointer<Value>?
    private let count: Int
    /// What `loop.length` was when it was asked for first; later changes of the list do not change it.
    private var firstLength = -1
    private(set) var index = -1
    /// What `loop` is in the body, if the body hands it on.
    let object: LoopObject?
    /// The list itself, when the template may change it: like Python, the loop sees what is there at each step.
    let changing: ListValue?
    /// The place on the stack to which elements are lent, or -1.
    var borrower = -1
    /// Whether the body ran to its end at least once.
    var hasRun = false
    /// What a selection has collected.
    var selected: [Value] = []

    init(_ elements: [Value], object: LoopObject? = nil, changing: ListValue? = nil) {
        self.elements = elements
        self.object = object
        self.changing = changing
        count = elements.count
        unsafe first = elements.withUnsafeBufferPointer { $0.baseAddress }
    }

    /// Goes on to the next element, and says whether there is one.
    @inline(__always)
    mutating func advance() -> Bool {
        if changing != nil { return advanceInChanging() }
        let next = index &+ 1
        guard next < count else { return false }
        index = next
        object?.index = next
        return true
    }

    @inline(never)
    private mutating func advanceInChanging() -> Bool {
        guard let changing, index + 1 < changing.items.count else { return false }
        index += 1
        elements = [changing.items[index]]
        unsafe first = elements.withUnsafeBufferPointer { $0.baseAddress }
        return true
    }

    /// How many elements there are by now.
    var currentCount: Int {
        @inline(__always) get { changing == nil ? count : changing?.items.count ?? count }
    }

    /// What `loop.length` is.
    mutating func length() -> Int {
        if firstLength < 0 { firstLength = currentCount }
        return firstLength
    }

    /// The element at a position, if there is one by now.
    func element(_ position: Int) -> Value? {
        let items = changing?.items ?? elements
        return items.indices.contains(position) ? items[position] : nil
    }

    /// Where the current element lies, until the next step.
    var place: UnsafePointer<Value> {
        @inline(__always) get {
            guard let first = unsafe first else { preconditionFailure("a loop is at an element") }
            return unsafe first + (changing == nil ? index : 0)
        }
    }
}

/// What `loop` knows.
final class LoopObject: EngineObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    let elements: [Value]
    var index = -1
    /// The function of a recursive loop.
    let recursion: MacroValue?
    let depth: Int
    let undefined: UndefinedBehavior
    private var changed: [Value]?

    init(elements: [Value], recursion: MacroValue?, depth: Int, undefined: UndefinedBehavior) {
        self.elements = elements
        self.recursion = recursion
        self.depth = depth
        self.undefined = undefined
    }

    /// The attributes of `loop`.
    enum Field: UInt8, CaseIterable {
        case index, index0, revindex, revindex0, first, last, length, depth, depth0, previtem, nextitem,
            cycle,
            changed

        var name: Symbol { Symbol("\(self)") }
    }

    static let fields: [Symbol: Field] = {
        var fields: [Symbol: Field] = [:]
        for field in Field.allCases { fields[field.name] = field }
        return fields
    }()

    func value(of field: Field) -> Value {
        switch field {
        case .index: .int(index + 1)
        case .index0: .int(index)
        case .revindex: .int(elements.count - index)
        case .revindex0: .int(elements.count - index - 1)
        case .first: .bool(index == 0)
        case .last: .bool(index >= elements.count - 1)
        case .length: .int(elements.count)
        case .depth: .int(depth + 1)
        case .depth0: .int(depth)
        case .previtem: neighbour(index - 1, Self.noPrevious)
        case .nextitem: neighbour(index + 1, Self.noNext)
        case .cycle, .changed:
            .object(BoundMethod(field == .cycle ? Self.cycle : Self.changed, .object(self)))
        }
    }

    static let noPrevious = "there is no previous item"
    static let noNext = "there is no next item"

    private func neighbour(_ position: Int, _ message: String) -> Value {
        elements.indices.contains(position)
            ? elements[position] : .undefined(Undefined(.hint(message), behavior: undefined))
    }

    private static let cycle = FunctionValue("cycle", "*") { arguments, _ throws(TemplateError) in
        guard case .object(let object) = arguments.input, let loop = object as? LoopObject else {
            return .none
        }
        return try loop.cycle(arguments.rest)
    }

    private static let changed = FunctionValue("changed", "*") { arguments, render throws(TemplateError) in
        guard case .object(let object) = arguments.input, let loop = object as? LoopObject else {
            return .none
        }
        return .bool(try loop.hasChanged(arguments.rest, &render))
    }

    private func cycle(_ values: [Value]) throws(TemplateError) -> Value {
        if values.isEmpty { throw TemplateError(.type, "no items for cycling given") }
        return values[Swift.max(0, index) % values.count]
    }

    private func hasChanged(_ values: [Value], _ render: inout RenderContext) throws(TemplateError) -> Bool {
        if let changed, changed.count == values.count {
            var isSame = true
            for index in values.indices where isSame {
                isSame = try render.equal(changed[index], values[index])
            }
            if isSame { return false }
        }
        changed = values
        render.noteCircle(.object(self))
        return true
    }

    func clear() { changed = nil }

    var module: String { "jinja2.runtime" }
    var typeName: String { "LoopContext" }
    var traits: HostTraits { recursion == nil ? [.iterable] : [.iterable, .callable] }
    var knownAttributes: [Symbol] { Field.allCases.map(\.name) }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        Self.fields[name].map(value)
    }

    func count(in render: inout RenderContext) -> Int? { elements.count }

    func elements(in render: inout RenderContext) -> [Value]? { Array(elements[Swift.max(0, index + 1)...]) }

    func call(
        method: Symbol, _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        switch Self.fields[method] {
        case .cycle: try cycle(arguments.positional)
        case .changed: .bool(try hasChanged(arguments.positional, &render))
        default: nil
        }
    }

    func call(
        _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        guard let recursion else {
            throw TemplateError(
                .type, "The loop must have the 'recursive' marker to be called recursively.",
                hint: "write {% for … recursive %}")
        }
        guard let iterable = arguments.positional.first, arguments.positional.count == 1 else {
            throw TemplateError(.type, "loop() takes exactly one argument")
        }
        return try render.callLoop(recursion, iterable, depth: depth + 1)
    }

    func text(in render: inout RenderContext) -> StringValue {
        StringValue("<LoopContext \(index + 1)/\(elements.count)>")
    }
}
