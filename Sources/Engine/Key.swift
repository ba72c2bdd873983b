public import Text

/// A kind of key: what a rule makes.
///
/// Declare each once, next to its rule. The number is written to disk and must never change its meaning
/// within one version of a rule; the engine keeps the numbers below ``firstNumber`` for itself.
public struct RuleKind: Hashable, Sendable {
    /// Stable on disk and unique in the product.
    public let number: UInt8
    /// What people read: "page-body".
    public let name: StaticString

    /// The lowest number that a room above may use.
    public static let firstNumber: UInt8 = 16

    /// A kind.
    ///
    /// - Parameters:
    ///   - number: at least ``firstNumber``.
    ///   - name: kebab-case.
    public init(number: UInt8, name: StaticString) {
        precondition(number >= Self.firstNumber, "the numbers below 16 are the engine's own")
        self.number = number
        self.name = name
    }

    /// A kind of the engine's own.
    init(reserved number: UInt8, name: StaticString) {
        self.number = number
        self.name = name
    }

    /// Two kinds are the same when their numbers are.
    public static func == (left: RuleKind, right: RuleKind) -> Bool {
        left.number == right.number
    }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(number)
    }
}

/// One thing that the build knows: its kind and its name within the kind. Eight bytes.
public struct Key: Hashable, Sendable {
    /// The number of its ``RuleKind``.
    public let kind: UInt8
    /// Which one of that kind; on disk, the bytes of the name.
    public let name: Symbol

    /// A key.
    @inlinable
    public init(_ kind: RuleKind, _ name: Symbol) {
        self.kind = kind.number
        self.name = name
    }

    init(kind: UInt8, name: Symbol) {
        self.kind = kind
        self.name = name
    }

    /// An order that is the same in every process: by kind, then by the bytes of the name.
    public static func precedes(_ left: Key, _ right: Key) -> Bool {
        if left.kind != right.kind { return left.kind < right.kind }
        return ByteOrder.precedes(left.name.bytes, right.name.bytes)
    }

    /// Things in the order of their keys. The bytes of each name are asked for once, which for thousands of keys is
    /// much less than once a comparison.
    static func sorted<Element>(_ list: [Element], by key: (Element) -> Key) -> [Element] {
        let keys = list.map { element in
            let key = key(element)
            return (kind: key.kind, name: key.name.bytes)
        }
        var order = Array(list.indices)
        order.sort { left, right in
            if keys[left].kind != keys[right].kind { return keys[left].kind < keys[right].kind }
            return ByteOrder.precedes(keys[left].name, keys[right].name)
        }
        return order.map { list[$0] }
    }
}

/// A part of a value that can be depended on by itself: `title`, `params.a.b`.
///
/// The bytes of the name are the part's identity on disk.
public struct Projection: Hashable, Sendable {
    /// What the part is called.
    public let name: Symbol

    /// A projection of that name.
    @inlinable
    public init(_ name: Symbol) {
        self.name = name
    }

    /// The whole value.
    public static let whole = Projection(.empty)
}

extension Projection: ExpressibleByStringLiteral {
    /// A projection named by a literal.
    public init(stringLiteral value: String) {
        self.init(Symbol(value))
    }
}
