extension RenderContext {
    /// Whether a value counts as true.
    @inline(__always)
    mutating func truth(_ value: Value) throws(TemplateError) -> Bool {
        if case .bool(let truth) = value { return truth }
        return try truthOfOther(value)
    }

    @inline(never)
    private mutating func truthOfOther(_ value: Value) throws(TemplateError) -> Bool {
        switch value {
        case .undefined(let undefined):
            if undefined.behavior == .strict { throw error(for: undefined) }
            return false
        case .none: return false
        case .bool(let truth): return truth
        case .int(let number): return number != 0
        case .double(let number): return number != 0
        case .string(let text): return !text.bytes.isEmpty
        case .list(let list): return !list.items.isEmpty
        case .tuple(let tuple): return !tuple.items.isEmpty
        case .dict(let dict): return dict.count != 0
        case .function, .macro: return true
        case .object(let object): return try object.truth(in: &self)
        }
    }

    /// Whether two values stand in a relation.
    mutating func compare(
        _ left: Value, _ right: Value, _ comparison: Comparison
    ) throws(TemplateError) -> Bool {
        switch comparison {
        case .equal: return try equal(left, right)
        case .notEqual: return !(try equal(left, right))
        case .isIn: return try contains(right, left)
        case .isNotIn: return !(try contains(right, left))
        case .less: return try ordered(left, right, "<") { $0 < 0 }
        case .lessOrEqual: return try ordered(left, right, "<=") { $0 <= 0 }
        case .greater: return try ordered(left, right, ">") { $0 > 0 }
        case .greaterOrEqual: return try ordered(left, right, ">=") { $0 >= 0 }
        }
    }

    private mutating func ordered(
        _ left: Value, _ right: Value, _ symbol: String, _ holds: (Int) -> Bool
    ) throws(TemplateError) -> Bool {
        if let a = left.number, let b = right.number, a.isNaN || b.isNaN { return false }
        return holds(try order(left, right, symbol))
    }

    /// Whether two values are equal, as Python sees it.
    mutating func equal(_ left: Value, _ right: Value) throws(TemplateError) -> Bool {
        switch (left, right) {
        case (.string(let a), .string(let b)): return a === b || a.bytes == b.bytes
        case (.int(let a), .int(let b)): return a == b
        case (.none, .none): return true
        case (.undefined(let a), .undefined(let b)):
            if a.behavior == .strict { throw error(for: a) }
            if b.behavior == .strict { throw error(for: b) }
            return true
        case (.undefined(let undefined), _), (_, .undefined(let undefined)):
            if undefined.behavior == .strict { throw error(for: undefined) }
            return false
        case (.list(let a), .list(let b)): return a === b ? true : try equal(a.items, b.items)
        case (.tuple(let a), .tuple(let b)): return a === b ? true : try equal(a.items, b.items)
        case (.dict(let a), .dict(let b)): return a === b ? true : try equal(a, b)
        case (.function(let a), .function(let b)): return a === b
        case (.macro(let a), .macro(let b)): return a === b
        case (.object(let a), .object(let b)):
            if try a.equals(b, in: &self) { return true }
            // Data of the host are equal where the maps and lists are that they stand for.
            guard let a = try a.plainValue(in: &self), let b = try b.plainValue(in: &self) else {
                return false
            }
            return try equal(a, b)
        case (.object(let object), let other), (let other, .object(let object)):
            switch other {
            case .list, .tuple, .dict:
                if let plain = try object.plainValue(in: &self) { return try equal(plain, other) }
            default: break
            }
            return try object.compare(to: other, in: &self) == 0
        default:
            if let a = left.whole, let b = right.whole { return a == b }
            if let a = left.number, let b = right.number {
                return Self.order(a, b, left, right) == 0 && !a.isNaN
            }
            return false
        }
    }

    private mutating func equal(_ left: [Value], _ right: [Value]) throws(TemplateError) -> Bool {
        guard left.count == right.count else { return false }
        try enter()
        defer { valueDepth -= 1 }
        try charge(left.count)
        for index in left.indices where !(try equal(left[index], right[index])) { return false }
        return true
    }

    private mutating func equal(_ left: DictValue, _ right: DictValue) throws(TemplateError) -> Bool {
        guard left.count == right.count else { return false }
        try enter()
        defer { valueDepth -= 1 }
        try charge(left.count)
        for index in left.keys.indices {
            guard let other = right.value(for: left.keys[index]), try equal(left.values[index], other) else {
                return false
            }
        }
        return true
    }

    /// The order of two values: negative, zero or positive. The symbol is for the message when they have none.
    mutating func order(_ left: Value, _ right: Value, _ symbol: String = "<") throws(TemplateError) -> Int {
        switch (left, right) {
        case (.int(let a), .int(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.string(let a), .string(let b)): return Self.order(a.bytes, b.bytes)
        case (.undefined(let undefined), _), (_, .undefined(let undefined)):
            let error = error(for: undefined)
            throw TemplateError(error.kind, error.message, hint: error.hint ?? Self.leavingOut)
        case (.list(let a), .list(let b)): return try order(a.items, b.items, symbol)
        case (.tuple(let a), .tuple(let b)): return try order(a.items, b.items, symbol)
        case (.object(let object), _):
            if let order = try object.compare(to: right, in: &self) { return order }
        case (_, .object(let object)):
            if let order = try object.compare(to: left, in: &self) { return -order }
        default:
            if let a = left.number, let b = right.number { return Self.order(a, b, left, right) }
        }
        throw TemplateError(
            .type,
            "'\(symbol)' not supported between instances of '\(left.typeName)' and '\(right.typeName)'",
            hint: left.isNone || right.isNone
                ? "one of them is none; \(Self.leavingOut)"
                : left.operatorHint ?? right.operatorHint)
    }

    /// What to do about elements that have nothing to be compared by.
    private static let leavingOut = "to sort, leave out what has no value: … | selectattr(\"…\") | sort(…)"

    /// Whole numbers beyond 2^53 are compared as such.
    private static func order(_ a: Double, _ b: Double, _ left: Value, _ right: Value) -> Int {
        if let a = left.whole, let b = right.whole { return a < b ? -1 : a == b ? 0 : 1 }
        return a < b ? -1 : a == b ? 0 : 1
    }

    static func order(_ a: [UInt8], _ b: [UInt8]) -> Int {
        let count = min(a.count, b.count)
        for index in 0..<count where a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
        return a.count - b.count
    }

    private mutating func order(
        _ left: [Value], _ right: [Value], _ symbol: String
    ) throws(TemplateError) -> Int {
        try enter()
        defer { valueDepth -= 1 }
        for index in 0..<min(left.count, right.count) {
            if try equal(left[index], right[index]) { continue }
            return try order(left[index], right[index], symbol)
        }
        return left.count - right.count
    }

    /// Whether a value is in a container.
    mutating func contains(_ container: Value, _ value: Value) throws(TemplateError) -> Bool {
        switch container {
        case .string(let text):
            guard case .string(let part) = value else {
                throw TemplateError(
                    .type, "'in <string>' requires string as left operand, not \(value.typeName)")
            }
            return text.bytes.firstRange(of: part.bytes, from: 0) != nil
        case .list(let list): return try contains(list.items, value)
        case .tuple(let tuple): return try contains(tuple.items, value)
        case .dict(let dict):
            try checkKey(value)
            return dict.value(for: value) != nil
        case .undefined(let undefined):
            switch undefined.behavior {
            case .strict: throw error(for: undefined)
            case .reported: reportUse(of: undefined)
            default: break
            }
            return false
        case .object(let object):
            if let answer = try object.contains(value, in: &self) { return answer }
            if let elements = try object.elements(in: &self) { return try contains(elements, value) }
        default: break
        }
        throw TemplateError(.type, "argument of type '\(container.typeName)' is not iterable")
    }

    private mutating func contains(_ items: [Value], _ value: Value) throws(TemplateError) -> Bool {
        try charge(items.count)
        for item in items where try equal(item, value) { return true }
        return false
    }

    /// Fails for what cannot be a key of a dictionary.
    func checkKey(_ key: Value) throws(TemplateError) {
        switch key {
        case .list, .dict: throw TemplateError(.type, "unhashable type: '\(key.typeName)'")
        case .tuple(let tuple): for item in tuple.items { try checkKey(item) }
        case .undefined(let undefined) where undefined.behavior == .strict: throw error(for: undefined)
        default: break
        }
    }
}

extension [UInt8] {
    /// The first place of some bytes, from an offset on; an empty text is everywhere.
    func firstRange(of part: [UInt8], from start: Int, to limit: Int? = nil) -> Range<Int>? {
        let end = limit ?? count
        if start + part.count > end { return nil }
        guard let first = part.first else { return start..<start }
        var index = start
        let last = end - part.count
        while index <= last {
            if self[index] == first, self[index..<index + part.count].elementsEqual(part) {
                return index..<index + part.count
            }
            index += 1
        }
        return nil
    }

    /// The last place of some bytes.
    func lastRange(of part: [UInt8], from start: Int, to limit: Int? = nil) -> Range<Int>? {
        let end = limit ?? count
        var index = end - part.count
        while index >= start {
            if self[index..<index + part.count].elementsEqual(part) { return index..<index + part.count }
            index -= 1
        }
        return nil
    }
}
