public import Text

/// A value out of YAML, TOML, JSON or CSV, with the place it was written at.
///
/// This room knows what values a document holds and where; it knows nothing of sites. ``DataReader`` makes
/// values, ``DataBuilder`` makes them by hand, ``Schema`` says whether they are what was expected.
///
/// A value is a small view into an immutable tree that it keeps alive: copying one costs a reference.
/// Two values are equal when they mean the same: the order of a map's keys and the places do not count.
public struct DataValue: Sendable {
    let tree: DataTree
    let node: Int

    init(tree: DataTree, node: Int) {
        self.tree = tree
        self.node = node
    }

    /// The kinds of values.
    public enum Kind: UInt8, Sendable {
        /// Nothing: `null`, `~`, or an empty YAML value.
        case null = 0
        /// `true` or `false`.
        case boolean = 1
        /// A whole number of 64 bits.
        case integer = 2
        /// A number with a fraction or an exponent, or a whole number past 64 bits.
        case double = 3
        /// Text.
        case string = 4
        /// A date or a date with a time.
        case date = 5
        /// Values in order.
        case list = 6
        /// Values by name, in the order written.
        case map = 7
    }

    /// What kind of value it is.
    public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: tree.words[node])) ?? .null }

    /// Where it was written, without the key; empty at 0 for values made by hand.
    public var range: SourceRange {
        SourceRange(Int(tree.words[node + 1]), Int(tree.words[node + 2]))
    }

    /// Whether there is nothing.
    public var isNull: Bool { kind == .null }

    /// The bytes of a string; for any other scalar, the bytes as they were written (`007`, `1.10`, `True`);
    /// nothing for lists and maps. UTF-8.
    public var text: ArraySlice<UInt8> {
        let skipped: Int
        switch kind {
        case .list, .map: return []
        case .null, .boolean, .string: skipped = 0
        case .integer, .double: skipped = DataTree.numberBytes
        case .date: skipped = DateTimeParts.packedCount
        }
        let start = Int(tree.words[node + 3])
        return tree.heap[(start + skipped)..<(start + Int(tree.words[node + 4]))]
    }

    /// The truth value, if it is one.
    public var boolean: Bool? {
        kind == .boolean ? tree.words[node] & DataTree.trueFlag != 0 : nil
    }

    /// The whole number, if it is one.
    public var integer: Int? {
        kind == .integer ? Int(Int64(bitPattern: tree.number(at: Int(tree.words[node + 3])))) : nil
    }

    /// The number, whole or not, if it is one.
    public var double: Double? {
        switch kind {
        case .integer: Double(Int64(bitPattern: tree.number(at: Int(tree.words[node + 3]))))
        case .double: Double(bitPattern: tree.number(at: Int(tree.words[node + 3])))
        default: nil
        }
    }

    /// The bytes of a string, if it is one. UTF-8.
    public var string: ArraySlice<UInt8>? { kind == .string ? text : nil }

    /// The date, if it is one.
    public var date: DateTimeParts? {
        guard kind == .date else { return nil }
        let start = Int(tree.words[node + 3])
        return DateTimeParts(packed: tree.heap[start..<(start + DateTimeParts.packedCount)])
    }

    /// Whether it is a string, number, date or truth value.
    public var isScalar: Bool {
        switch kind {
        case .null, .list, .map: false
        default: true
        }
    }

    /// How many elements a list or entries a map has; 0 for anything else.
    public var count: Int {
        switch kind {
        case .list, .map: Int(tree.words[node + 4])
        default: 0
        }
    }

    /// The value of the entry of a map at a position, as written.
    ///
    /// - Precondition: it is a map, and `position` is in `0..<count`.
    public func mapValue(at position: Int) -> DataValue {
        precondition(kind == .map && position >= 0 && position < count, "a map has no such entry")
        let entry = Int(tree.words[node + 3]) + position * DataTree.entryWords
        return DataValue(tree: tree, node: Int(tree.words[entry + 4]))
    }

    /// The elements of a list, in order; none for anything else.
    public var elements: DataList { DataList(value: self) }

    /// The entries of a map, as written; none for anything else.
    public var entries: DataMap { DataMap(value: self) }
}

/// The elements of a list.
public struct DataList: RandomAccessCollection, Sendable {
    let value: DataValue
    /// 0.
    public let startIndex = 0
    /// How many there are.
    public let endIndex: Int
    private let first: Int

    init(value: DataValue) {
        self.value = value
        endIndex = value.kind == .list ? Int(value.tree.words[value.node + 4]) : 0
        first = Int(value.tree.words[value.node + 3])
    }

    /// The element at a position.
    public subscript(position: Int) -> DataValue {
        precondition(position >= 0 && position < endIndex, "a list has no such element")
        return DataValue(tree: value.tree, node: Int(value.tree.words[first + position]))
    }
}

/// A name and its value in a map.
public struct DataEntry: Sendable {
    /// The name, UTF-8, as it means (without quotes).
    public let key: ArraySlice<UInt8>
    /// Where the name was written.
    public let keyRange: SourceRange
    /// Its value.
    public let value: DataValue

    /// An entry.
    public init(key: ArraySlice<UInt8>, keyRange: SourceRange, value: DataValue) {
        self.key = key
        self.keyRange = keyRange
        self.value = value
    }

    /// The name as text for people.
    public var keyText: String { String(decoding: key, as: UTF8.self) }
}

/// The entries of a map in the order written.
public struct DataMap: RandomAccessCollection, Sendable {
    let value: DataValue
    /// 0.
    public let startIndex = 0
    /// How many there are.
    public let endIndex: Int
    private let first: Int

    init(value: DataValue) {
        self.value = value
        endIndex = value.kind == .map ? Int(value.tree.words[value.node + 4]) : 0
        first = Int(value.tree.words[value.node + 3])
    }

    /// The entry at a position.
    public subscript(position: Int) -> DataEntry {
        precondition(position >= 0 && position < endIndex, "a map has no such entry")
        let words = value.tree.words
        let entry = first + position * DataTree.entryWords
        return DataEntry(
            key: key(at: position),
            keyRange: SourceRange(Int(words[entry + 2]), Int(words[entry + 3])),
            value: DataValue(tree: value.tree, node: Int(words[entry + 4])))
    }

    /// The name at a position.
    func key(at position: Int) -> ArraySlice<UInt8> {
        let entry = first + position * DataTree.entryWords
        let start = Int(value.tree.words[entry])
        return value.tree.heap[start..<(start + Int(value.tree.words[entry + 1]))]
    }

    /// The entry of a name, or `nil`; O(log n).
    public subscript(key: some Collection<UInt8>) -> DataEntry? {
        if let found = key.withContiguousStorageIfAvailable({ unsafe entry(named: $0.span) }) { return found }
        return entry(named: Array(key).span)
    }

    private func entry(named key: Span<UInt8>) -> DataEntry? {
        let words = value.tree.words
        let heap = value.tree.heap
        var low = 0
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            let position = Int(words[first + endIndex * DataTree.entryWords + middle])
            let entry = first + position * DataTree.entryWords
            let start = Int(words[entry])
            let range = start..<(start + Int(words[entry + 1]))
            if ByteOrder.areEqual(heap.span.extracting(range), key) { return self[position] }
            if ByteOrder.precedes(heap.span.extracting(range), key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return nil
    }
}
