import Text

/// An object of the engine that Jinja2 has too, in a module that its messages name.
protocol EngineObject: HostObject {
    /// The module of Jinja2.
    var module: String { get }
}

/// A method with its receiver: `'a'.upper` without the call.
final class BoundMethod: HostObject {
    private let method: FunctionValue
    private let receiver: Value

    init(_ method: FunctionValue, _ receiver: Value) {
        self.method = method
        self.receiver = receiver
    }

    var typeName: String { "builtin_function_or_method" }
    var traits: HostTraits { .callable }

    func call(
        _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        try render.call(method, input: receiver, arguments)
    }

    func truth(in render: inout RenderContext) -> Bool { true }

    func count(in render: inout RenderContext) -> Int? { nil }

    func text(in render: inout RenderContext) -> StringValue {
        StringValue("<built-in method \(method.name) of \(receiver.typeName) object>")
    }

    func equals(_ other: any HostObject, in render: inout RenderContext) throws(TemplateError) -> Bool {
        guard let other = other as? BoundMethod, other.method === method else { return false }
        return try render.equal(receiver, other.receiver)
    }
}

/// `namespace()`: the one thing whose attributes a template can set.
final class Namespace: EngineObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    private(set) var attributes: DictValue

    init(_ attributes: DictValue) {
        self.attributes = attributes
    }

    func set(_ name: StringValue, _ value: Value) { attributes.store(value, for: .string(name)) }

    func clear() { attributes = DictValue() }

    var module: String { "jinja2.utils" }
    var typeName: String { "Namespace" }
    var knownAttributes: [Symbol] { attributes.keys.compactMap { $0.stringValue.map { Symbol($0.bytes) } } }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        attributes.value(for: .text(name.bytes))
    }

    func item(_ key: Value, in render: inout RenderContext) -> Value? {
        key.isHashable ? attributes.value(for: key) : nil
    }

    func truth(in render: inout RenderContext) -> Bool { true }

    func count(in render: inout RenderContext) -> Int? { nil }

    func text(in render: inout RenderContext) throws(TemplateError) -> StringValue {
        StringValue(
            Array("<Namespace ".utf8) + (try render.representation(of: .dict(attributes))) + Array(">".utf8))
    }
}

/// What `range()` gives: a list that is not there until it is needed.
final class RangeObject: HostObject {
    let start: Int
    let stop: Int
    let step: Int
    let length: Int

    init(_ start: Int, _ stop: Int, _ step: Int) {
        self.start = start
        self.stop = stop
        self.step = step
        let isEmpty = step > 0 ? start >= stop : start <= stop
        if isEmpty {
            length = 0
        } else {
            let (distance, overflow) = (step > 0 ? stop : start).subtractingReportingOverflow(
                step > 0 ? start : stop)
            let width = step == Int.min ? Int.max : abs(step)
            length = overflow ? Int.max : (distance - 1) / width + 1
        }
    }

    var typeName: String { "range" }
    var traits: HostTraits { [.sequence, .iterable] }

    var knownAttributes: [Symbol] { ["start", "stop", "step"] }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        switch name {
        case "start": .int(start)
        case "stop": .int(stop)
        case "step": .int(step)
        default: nil
        }
    }

    func count(in render: inout RenderContext) -> Int? { length }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        try render.checkCount(length)
        return (0..<length).map { .int(start &+ $0 &* step) }
    }

    func item(_ key: Value, in render: inout RenderContext) -> Value? {
        guard let index = key.whole else { return nil }
        let position = index < 0 ? index &+ length : index
        return position >= 0 && position < length ? .int(start &+ position &* step) : nil
    }

    func contains(_ value: Value, in render: inout RenderContext) -> Bool? {
        guard let number = value.whole ?? value.number.flatMap({ Int(exactly: $0) }) else { return false }
        let isInside = step > 0 ? number >= start && number < stop : number <= start && number > stop
        guard isInside, length > 0 else { return false }
        let (distance, overflow) = number.subtractingReportingOverflow(start)
        return !overflow && (step == -1 || distance % step == 0)
    }

    func slice(start: Int?, stop: Int?, step: Int, in render: inout RenderContext) -> Value? {
        let range = SliceRange(count: length, start: start, stop: stop, step: step)
        let first = self.start &+ range.first &* self.step
        let by = self.step &* step
        return .object(RangeObject(first, first &+ range.count &* by, by == 0 ? 1 : by))
    }

    func equals(_ other: any HostObject, in render: inout RenderContext) -> Bool {
        guard let other = other as? RangeObject, other.length == length else { return false }
        return length == 0 || (start == other.start && (length == 1 || step == other.step))
    }

    func text(in render: inout RenderContext) -> StringValue {
        StringValue(step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))")
    }
}

/// What `map`, `select`, `batch` and their like give: elements that can be gone through once.
final class IteratorObject: HostObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    private var remaining: ArraySlice<Value>
    private let name: String

    init(_ items: [Value], name: String = "generator") {
        remaining = items[...]
        self.name = name
    }

    var typeName: String { name }
    var traits: HostTraits { .iterable }

    func next() -> Value? { remaining.popFirst() }

    func elements(in render: inout RenderContext) -> [Value]? {
        defer { remaining = [] }
        return Array(remaining)
    }

    func count(in render: inout RenderContext) -> Int? { nil }

    func truth(in render: inout RenderContext) -> Bool { true }

    func text(in render: inout RenderContext) -> StringValue { StringValue("<\(name) object>") }
}

/// What `keys()`, `values()` and `items()` of a dictionary give.
final class DictView: HostObject {
    enum Part: String { case keys, values, items }

    private let dict: DictValue
    private let part: Part

    init(_ dict: DictValue, _ part: Part) {
        self.dict = dict
        self.part = part
    }

    var typeName: String { "dict_\(part.rawValue)" }
    var traits: HostTraits { .iterable }

    private var items: [Value] {
        switch part {
        case .keys: dict.keys
        case .values: dict.values
        case .items: dict.keys.indices.map { .tuple(TupleValue([dict.keys[$0], dict.values[$0]])) }
        }
    }

    func elements(in render: inout RenderContext) -> [Value]? { items }

    func count(in render: inout RenderContext) -> Int? { dict.count }

    func text(in render: inout RenderContext) throws(TemplateError) -> StringValue {
        var bytes = Array("\(typeName)(".utf8)
        bytes += try render.representation(of: .list(ListValue(items))) + [UInt8(ascii: ")")]
        return StringValue(bytes)
    }
}
