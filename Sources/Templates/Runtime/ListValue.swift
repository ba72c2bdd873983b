/// A list of values.
///
/// A list that the host gives is frozen, never changes, and may be seen by several renderings at once. A list
/// that a template built belongs to the one rendering that built it, and that rendering alone may change it.
public final class ListValue: @unchecked Sendable {
    // Unchecked: `items` changes only while `isFrozen` is false, and such a list never leaves the rendering that
    // made it, which runs on one thread (see `RenderContext.mutate`).
    /// The elements.
    public internal(set) var items: [Value]
    /// Whether it can never change.
    public let isFrozen: Bool
    /// How deep lists and dictionaries are nested in it at the most, when it was made; bounded, so that taking
    /// a value apart never exhausts the stack.
    let depth: Int

    /// A list for good, which may be shared.
    public init(frozen items: [Value]) {
        self.items = items
        self.isFrozen = true
        self.depth = Value.depth(of: items)
    }

    /// A list that one rendering may change, and that no other sees.
    public convenience init(ownedByRendering items: [Value]) {
        self.init(items)
    }

    /// A list of one rendering.
    init(_ items: [Value]) {
        self.items = items
        self.isFrozen = false
        self.depth = Value.depth(of: items)
    }
}

/// Several values side by side; never changes.
public final class TupleValue: Sendable {
    /// The elements.
    public let items: [Value]
    /// Whether it is a pair of `groupby`, which also has the attributes `grouper` and `list`.
    let isGroup: Bool
    let depth: Int

    /// A tuple.
    public init(_ items: [Value]) {
        self.items = items
        self.isGroup = false
        self.depth = Value.depth(of: items)
    }

    /// A pair of `groupby`.
    init(grouper: Value, list: Value) {
        items = [grouper, list]
        isGroup = true
        depth = Value.depth(of: items)
    }
}

extension Value {
    /// How deep containers are nested in this value; 0 for what is no container.
    var depth: Int {
        switch self {
        case .list(let list): list.depth
        case .tuple(let tuple): tuple.depth
        case .dict(let dict): dict.depth
        default: 0
        }
    }

    static func depth(of items: [Value]) -> Int {
        var deepest = 0
        for item in items {
            let depth = item.depth
            if depth > deepest { deepest = depth }
        }
        return deepest + 1
    }
}
