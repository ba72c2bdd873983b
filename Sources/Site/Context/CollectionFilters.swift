import Engine
import Templates
import Text

/// Filters over collections, beside Jinja2's own.
extension SiteLanguage {
    static let collectionFilters: [Entry] = [
        filter(
            "where", "path, value=true",
            "The elements whose attribute has a value: `where(\"params.featured\")`.",
            example: "{{ site.posts | where(\"params.featured\", true) | length }}", selectsByAttribute: true
        ) { arguments, render throws(TemplateError) in
            let path = try (arguments[0] ?? .none).textBytes(for: "where").split(separator: UInt8(ascii: "."))
            let wanted = arguments[1] ?? .bool(true)
            var kept: [Value] = []
            var isTold = false
            for element in try elements(of: arguments.input, "where", &render) {
                let found = try value(of: element, at: path, &render, &isTold)
                if try equal(found, wanted, &render) { kept.append(element) }
            }
            return .frozen(kept)
        },
        filter(
            "group_by", "path",
            "The elements in groups by an attribute, in the order in which groups first appear: "
                + "each has `key` and `items`.",
            example: "{% for group in site.posts | group_by(\"date.year\") %}{{ group.key }}{% endfor %}"
        ) { arguments, render throws(TemplateError) in
            let path = try (arguments[0] ?? .none).textBytes(for: "group_by").split(
                separator: UInt8(ascii: "."))
            var groups: [(key: Value, items: [Value])] = []
            // Texts and whole numbers, by which nearly everybody groups, are found at once.
            var known: [GroupKey: Int] = [:]
            var others: [Int] = []
            var isTold = false
            for element in try elements(of: arguments.input, "group_by", &render) {
                let key = try value(of: element, at: path, &render, &isTold)
                let short = GroupKey(key)
                var place = short.flatMap { known[$0] }
                if place == nil {
                    // Neighbours are mostly of one group: the last one is tried first.
                    let candidates = short == nil ? Array(groups.indices) : others
                    for index in candidates.reversed() where place == nil {
                        if try equal(groups[index].key, key, &render) { place = index }
                    }
                }
                if let place {
                    groups[place].items.append(element)
                } else {
                    if let short { known[short] = groups.count } else { others.append(groups.count) }
                    groups.append((key, [element]))
                }
            }
            return .frozen(groups.map { .object(PageGroup(key: $0.key, items: $0.items)) })
        },
    ]

    /// What a group is found by: two values of these kinds are equal where this is.
    private enum GroupKey: Hashable {
        case text([UInt8])
        case number(Int)

        init?(_ value: Value) {
            switch value {
            case .string(let text): self = .text(text.bytes)
            case .int(let number): self = .number(number)
            default: return nil
            }
        }
    }

    private static func elements(
        of input: Value, _ name: String, _ render: inout RenderContext
    ) throws(TemplateError) -> [Value] {
        switch input {
        case .list(let list): return list.items
        case .tuple(let tuple): return tuple.items
        case .object(let object):
            if let elements = try object.elements(in: &render) { return elements }
        case .undefined, .none: return []
        default: break
        }
        throw TemplateError(.type, "\(name) takes a list")
    }

    /// What an element has at a path, or none; that nothing of its kind has such an attribute is told once.
    private static func value(
        of element: Value, at path: [ArraySlice<UInt8>], _ render: inout RenderContext, _ isTold: inout Bool
    ) throws(TemplateError) -> Value {
        var current = element
        for step in path {
            switch current {
            case .dict(let dict): current = dict.value(for: .safeless(Array(step))) ?? .none
            case .object(let object):
                let name = Symbol(step)
                if let found = try object.attribute(name, in: &render) {
                    current = found
                } else {
                    if !isTold { isTold = render.reportMissing(name, of: object) }
                    return .none
                }
            default: return .none
            }
        }
        return current
    }

    private static func equal(
        _ left: Value, _ right: Value, _ render: inout RenderContext
    ) throws(TemplateError) -> Bool {
        switch (left, right) {
        case (.none, .none), (.undefined, .none), (.none, .undefined): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.int(let a), .int(let b)): return a == b
        case (.double(let a), .double(let b)): return a == b
        case (.int(let a), .double(let b)), (.double(let b), .int(let a)): return Double(a) == b
        case (.string(let a), .string(let b)): return a.bytes == b.bytes
        case (.object(let a), .object(let b)):
            if try a.equals(b, in: &render) { return true }
            guard let a = try a.plainValue(in: &render), let b = try b.plainValue(in: &render) else {
                return false
            }
            return try equal(a, b, &render)
        case (.object(let a), _):
            if let order = try a.compare(to: right, in: &render) { return order == 0 }
            return false
        case (.list(let a), .list(let b)):
            guard a.items.count == b.items.count else { return false }
            for (one, other) in zip(a.items, b.items) where !(try equal(one, other, &render)) { return false }
            return true
        case (.list(let list), _):
            // A list matches when one of its elements does: `where("tags", "swift")`.
            for item in list.items where try equal(item, right, &render) { return true }
            return false
        default: return false
        }
    }
}

/// One group of `group_by`: `group.key`, `group.items`, or both by unpacking.
final class PageGroup: HostObject {
    private let key: Value
    private let items: Value

    init(key: Value, items: [Value]) {
        self.key = key
        self.items = .frozen(items)
    }

    var typeName: String { "group" }
    var traits: HostTraits { [.sequence, .iterable] }
    var knownAttributes: [Symbol] { ["key", "items"] }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        switch name {
        case Self.keyName: key
        case Self.itemsName: items
        default: nil
        }
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? { [key, items] }

    private static let keyName: Symbol = "key"
    private static let itemsName: Symbol = "items"
}
