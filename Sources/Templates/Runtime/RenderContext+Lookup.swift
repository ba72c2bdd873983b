import Text

/// How `x.name` and `x[key]` are looked up: Jinja2's `Environment.getattr` and `getitem`.
extension RenderContext {
    /// The attribute of a value: a method or attribute first, then an item of that name.
    @inline(__always)
    mutating func attribute(
        _ index: Int, _ program: Program, of value: Value
    ) throws(TemplateError) -> Value {
        if case .dict(let dict) = value {
            let name = program.nameKeys[index]
            if !name.isDictMethod, let found = dict.value(for: name) { return found }
        } else if case .object(let object) = value,
            let found = try object.attribute(program.nameKeys[index].symbol, in: &self)
        {
            return found
        }
        return try otherAttribute(program.names[index], of: value)
    }

    /// The attribute of a value.
    @inline(never)
    mutating func attribute(_ name: Program.Name, of value: Value) throws(TemplateError) -> Value {
        if case .object(let object) = value, let found = try object.attribute(name.symbol, in: &self) {
            return found
        }
        return try otherAttribute(name, of: value)
    }

    /// The attribute of a value that is no attribute of a host's object.
    @inline(never)
    mutating func otherAttribute(
        _ name: Program.Name, of value: Value
    ) throws(TemplateError) -> Value {
        try otherAttribute(name.symbol, name.text, name.methods, of: value)
    }

    /// The attribute of a value by a name that is only known now.
    mutating func attribute(named name: Symbol, of value: Value) throws(TemplateError) -> Value {
        if case .object(let object) = value, let found = try object.attribute(name, in: &self) {
            return found
        }
        return try otherAttribute(name, StringValue(name.bytes), Methods.Named(name), of: value)
    }

    @inline(never)
    private mutating func otherAttribute(
        _ name: Symbol, _ text: StringValue, _ methods: Methods.Named, of value: Value
    ) throws(TemplateError) -> Value {
        switch value {
        case .undefined(let undefined): return try member(of: undefined)
        case .object(let object):
            if let found = try object.item(.string(text), in: &self) { return found }
        case .tuple(let tuple) where tuple.isGroup && name == Methods.grouper: return tuple.items[0]
        case .tuple(let tuple) where tuple.isGroup && name == Methods.list: return tuple.items[1]
        case .macro(let macro): if let found = macro.attribute(name) { return found }
        default:
            if let method = methods.method(of: value) { return .object(BoundMethod(method, value)) }
            if case .dict(let dict) = value, let found = dict.value(for: .string(text)) { return found }
        }
        return .undefined(Undefined(.attribute(name, of: value), behavior: undefined))
    }

    /// What an attribute or item of something undefined is.
    mutating func member(of undefined: Undefined) throws(TemplateError) -> Value {
        switch undefined.behavior {
        case .chainable, .reported: return .undefined(undefined)
        case .lenient, .strict, .debug: throw error(for: undefined)
        }
    }

    /// The item of a value.
    mutating func item(_ key: Value, of value: Value) throws(TemplateError) -> Value {
        switch value {
        case .dict(let dict):
            if key.isHashable, let found = dict.value(for: key) { return found }
        case .list(let list):
            if let index = key.whole, let found = list.items.element(index) { return found }
        case .tuple(let tuple):
            if let index = key.whole, let found = tuple.items.element(index) { return found }
        case .string(let text):
            if let index = key.whole, let found = text.character(index) { return found }
        case .undefined(let undefined): return try member(of: undefined)
        case .object(let object):
            if let found = try object.item(key, in: &self) { return found }
        default: break
        }
        if case .string(let name) = key {
            let symbol = Symbol(name.bytes)
            switch value {
            case .object(let object): if let found = try object.attribute(symbol, in: &self) { return found }
            case .tuple(let tuple) where tuple.isGroup && symbol == Methods.grouper: return tuple.items[0]
            case .tuple(let tuple) where tuple.isGroup && symbol == Methods.list: return tuple.items[1]
            case .macro(let macro): if let found = macro.attribute(symbol) { return found }
            default:
                if let method = Methods.Named(symbol).method(of: value) {
                    return .object(BoundMethod(method, value))
                }
            }
        }
        return .undefined(Undefined(.item(key, of: value), behavior: undefined))
    }

    /// The slice of a value: `x[start:stop:step]`.
    mutating func slice(
        _ value: Value, _ start: Value, _ stop: Value, _ step: Value
    ) throws(TemplateError) -> Value {
        if case .undefined(let undefined) = value {
            if undefined.behavior == .chainable || undefined.behavior == .reported { return value }
            throw error(for: undefined)
        }
        let start = try bound(start)
        let stop = try bound(stop)
        let by = try bound(step) ?? 1
        if by == 0 { throw TemplateError(.value, "slice step cannot be zero") }
        switch value {
        case .list(let list): return try newList(try sliced(list.items, start, stop, by))
        case .tuple(let tuple): return .tuple(TupleValue(try sliced(tuple.items, start, stop, by)))
        case .string(let text): return .string(text.slice(start, stop, by))
        case .object(let object):
            if let found = try object.slice(start: start, stop: stop, step: by, in: &self) { return found }
            if object.traits.contains(.sequence), let elements = try object.elements(in: &self) {
                return try newList(try sliced(elements, start, stop, by))
            }
        case .dict: throw TemplateError(.type, "unhashable type: 'slice'")
        default: break
        }
        throw TemplateError(.type, "'\(value.typeName)' object is not subscriptable")
    }

    private func bound(_ value: Value) throws(TemplateError) -> Int? {
        if value.isNone { return nil }
        if case .undefined(let undefined) = value { throw error(for: undefined) }
        guard let number = value.whole else {
            throw TemplateError(
                .type, "slice indices must be integers or None or have an __index__ method")
        }
        return number
    }

    mutating func sliced(
        _ items: [Value], _ start: Int?, _ stop: Int?, _ step: Int
    ) throws(TemplateError) -> [Value] {
        let range = SliceRange(count: items.count, start: start, stop: stop, step: step)
        try charge(range.count)
        if step == 1 { return Array(items[range.first..<range.first + range.count]) }
        return (0..<range.count).map { items[range.first + $0 * step] }
    }
}

/// Which positions a slice takes, as Python's `slice.indices` says.
struct SliceRange {
    let first: Int
    let count: Int

    init(count total: Int, start: Int?, stop: Int?, step: Int) {
        let low = step > 0 ? 0 : -1
        let high = step > 0 ? total : total - 1
        func clamped(_ bound: Int?, _ otherwise: Int) -> Int {
            guard let bound else { return otherwise }
            if bound < 0 { return Swift.max(low, bound < -total ? low : bound + total) }
            return Swift.min(high, bound)
        }
        let from = clamped(start, step > 0 ? low : high)
        let to = clamped(stop, step > 0 ? high : low)
        let distance = step > 0 ? to - from : from - to
        // A step of Int.min has no magnitude; any step longer than the value takes one element.
        let width = step == Int.min ? Int.max : abs(step)
        self.count = distance > 0 ? (distance - 1) / width + 1 : 0
        self.first = self.count > 0 ? from : 0
    }
}

extension [Value] {
    /// The element at a position, counted from the end when negative.
    func element(_ index: Int) -> Value? {
        let position = index < 0 ? index &+ count : index
        return indices.contains(position) ? self[position] : nil
    }
}

extension Value {
    /// Whether it can be a key of a dictionary.
    var isHashable: Bool {
        switch self {
        case .list, .dict: false
        case .tuple(let tuple): tuple.items.allSatisfy(\.isHashable)
        default: true
        }
    }
}
