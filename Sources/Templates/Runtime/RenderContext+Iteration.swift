extension RenderContext {
    /// The elements of a value, in order; the keys of a mapping, the characters of a text.
    public mutating func elements(of value: Value) throws(TemplateError) -> [Value] {
        let items: [Value]
        switch value {
        case .list(let list): items = list.items
        case .tuple(let tuple): items = tuple.items
        case .dict(let dict): items = dict.keys
        case .string(let text):
            try checkCount(text.count)
            items = text.characters
        case .undefined(let undefined):
            switch undefined.behavior {
            case .strict: throw error(for: undefined)
            case .reported: reportUse(of: undefined)
            default: break
            }
            return []
        case .object(let object):
            guard let elements = try object.elements(in: &self) else { throw notIterable(value) }
            items = elements
        default: throw notIterable(value)
        }
        try charge(items.count)
        return items
    }

    private func notIterable(_ value: Value) -> TemplateError {
        let hint: String? =
            switch value {
            case .int: "range(…) counts up to a number"
            case .none: "there is nothing here; give it a default: … | default([], true)"
            default: nil
            }
        return TemplateError(.type, "'\(value.typeName)' object is not iterable", hint: hint)
    }

    /// `len()` of a value.
    public mutating func count(of value: Value) throws(TemplateError) -> Int {
        switch value {
        case .list(let list): return list.items.count
        case .tuple(let tuple): return tuple.items.count
        case .dict(let dict): return dict.count
        case .string(let text): return text.count
        case .undefined(let undefined):
            switch undefined.behavior {
            case .strict: throw error(for: undefined)
            case .reported: reportUse(of: undefined)
            default: break
            }
            return 0
        case .object(let object):
            if let count = try object.count(in: &self) { return count }
            if object is IteratorObject {
                throw TemplateError(
                    .type, "object of type '\(value.typeName)' has no len()",
                    hint: "put | list before | length")
            }
        default: break
        }
        throw TemplateError(.type, "object of type '\(value.typeName)' has no len()")
    }
}
