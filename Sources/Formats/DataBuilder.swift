public import Text

/// Makes values: by the readers from what they read, and by hand.
///
/// Children first: make the nodes, then the list or map that holds them, then ``finish(_:)`` with the root.
public struct DataBuilder: ~Copyable {
    /// A value being built; good for the builder that gave it.
    public struct Node: Sendable {
        let index: UInt32
    }

    /// A name and a value for a map being built.
    public struct Entry: Sendable {
        let keyOffset: UInt32
        let keyCount: UInt32
        let keyRange: SourceRange
        let node: Node
    }

    private(set) var words: [UInt32] = []
    private(set) var heap: [UInt8] = []

    /// An empty builder; `expectedBytes` is about how long the source is.
    public init(expectedBytes: Int = 64) {
        heap.reserveCapacity(expectedBytes)
        words.reserveCapacity(expectedBytes)
    }

    /// The value whose root is `root`.
    public consuming func finish(_ root: Node) -> DataValue {
        DataValue(tree: DataTree(words: words, heap: heap), node: Int(root.index))
    }

    /// Nothing.
    public mutating func null(text: ArraySlice<UInt8> = [], at range: SourceRange = SourceRange(at: 0))
        -> Node
    {
        scalar(.null, 0, heap.count, text, range)
    }

    /// A truth value.
    public mutating func boolean(
        _ truth: Bool, text: ArraySlice<UInt8>? = nil, at range: SourceRange = SourceRange(at: 0)
    ) -> Node {
        let start = heap.count
        return scalar(
            .boolean, truth ? DataTree.trueFlag : 0, start,
            text ?? Array((truth ? "true" : "false").utf8)[...], range)
    }

    /// A whole number.
    public mutating func integer(
        _ number: Int, text: ArraySlice<UInt8>? = nil, at range: SourceRange = SourceRange(at: 0)
    ) -> Node {
        let start = heap.count
        append(UInt64(bitPattern: Int64(number)))
        return scalar(.integer, 0, start, text ?? Array(String(number).utf8)[...], range)
    }

    /// A number.
    public mutating func double(
        _ number: Double, text: ArraySlice<UInt8>? = nil, at range: SourceRange = SourceRange(at: 0)
    ) -> Node {
        let start = heap.count
        append(number.bitPattern)
        return scalar(.double, 0, start, text ?? Array(number.description.utf8)[...], range)
    }

    /// Text.
    public mutating func string(
        _ bytes: some Collection<UInt8>, at range: SourceRange = SourceRange(at: 0)
    ) -> Node {
        let start = heap.count
        heap.append(contentsOf: bytes)
        return node(
            .string, 0, range, UInt32(clamping: start),
            UInt32(clamping: heap.count - start))
    }

    /// Text of a document.
    public mutating func string(
        _ bytes: ArraySlice<UInt8>, at range: SourceRange = SourceRange(at: 0)
    ) -> Node {
        let start = heap.count
        heap.append(contentsOf: bytes)
        return node(
            .string, 0, range, UInt32(clamping: start),
            UInt32(clamping: heap.count - start))
    }

    /// A date.
    public mutating func date(
        _ parts: DateTimeParts, text: ArraySlice<UInt8>? = nil, at range: SourceRange = SourceRange(at: 0)
    ) -> Node {
        let start = heap.count
        parts.appendPacked(to: &heap)
        if let text { return scalar(.date, 0, start, text, range) }
        parts.appendText(to: &heap)
        return node(.date, 0, range, UInt32(clamping: start), UInt32(clamping: heap.count - start))
    }

    /// A list of nodes of this builder.
    public mutating func list(_ elements: some Collection<Node>, at range: SourceRange = SourceRange(at: 0))
        -> Node
    {
        let first = UInt32(clamping: words.count)
        var count: UInt32 = 0
        for element in elements {
            words.append(element.index)
            count += 1
        }
        return node(.list, 0, range, first, count)
    }

    /// A list of nodes of this builder.
    public mutating func list(_ elements: [Node], at range: SourceRange = SourceRange(at: 0)) -> Node {
        let first = UInt32(clamping: words.count)
        for element in elements { words.append(element.index) }
        return node(.list, 0, range, first, UInt32(clamping: elements.count))
    }

    /// A name of a document and its value for ``map(_:at:)``.
    public mutating func entry(
        _ key: ArraySlice<UInt8>, _ value: Node, keyRange: SourceRange = SourceRange(at: 0)
    ) -> Entry {
        let start = heap.count
        heap.append(contentsOf: key)
        return Entry(
            keyOffset: UInt32(clamping: start), keyCount: UInt32(clamping: heap.count - start),
            keyRange: keyRange, node: value)
    }

    /// A name and its value for ``map(_:at:)``.
    public mutating func entry(
        _ key: some Collection<UInt8>, _ value: Node, keyRange: SourceRange = SourceRange(at: 0)
    ) -> Entry {
        entry(Array(key)[...], value, keyRange: keyRange)
    }

    /// A name and its value for ``map(_:at:)``, the name as text.
    public mutating func entry(_ key: String, _ value: Node, keyRange: SourceRange = SourceRange(at: 0))
        -> Entry
    {
        let start = heap.count
        var key = key
        key.withUTF8 { unsafe heap.append(contentsOf: $0) }
        return Entry(
            keyOffset: UInt32(clamping: start), keyCount: UInt32(clamping: heap.count - start),
            keyRange: keyRange, node: value)
    }

    /// The bytes of an entry's name.
    func key(of entry: Entry) -> ArraySlice<UInt8> {
        heap[Int(entry.keyOffset)..<Int(entry.keyOffset + entry.keyCount)]
    }

    /// A map of entries of this builder, in their order; of entries with one name the first is kept.
    ///
    /// - Complexity: O(n log n); maps already in order cost O(n).
    public mutating func map(
        _ entries: some RandomAccessCollection<Entry>, at range: SourceRange = SourceRange(at: 0)
    ) -> Node {
        var kept: [Entry] = Array(entries)
        var ranks = sortedRanks(of: kept)
        if hasRepeats(kept, ranks) {
            let repeats = Set(
                zip(ranks, ranks.dropFirst()).filter { isEqual(kept[Int($0)], kept[Int($1)]) }.map(\.1))
            kept = kept.indices.filter { !repeats.contains(UInt32($0)) }.map { kept[$0] }
            ranks = sortedRanks(of: kept)
        }
        return map(unique: kept, ranks: ranks, at: range)
    }

    /// The positions of entries in the byte order of their names; of equal names the earlier first.
    func sortedRanks(of entries: [Entry]) -> [UInt32] {
        var ranks = Array(0..<UInt32(clamping: entries.count))
        guard entries.count > 1 else { return ranks }
        if entries.count > 24 {
            ranks.sort { left, right in
                let a = key(of: entries[Int(left)])
                let b = key(of: entries[Int(right)])
                if a.elementsEqual(b) { return left < right }
                return a.lexicographicallyPrecedes(b)
            }
            return ranks
        }
        for index in 1..<entries.count {
            var place = index
            let moving = ranks[index]
            while place > 0, precedes(entries[Int(moving)], entries[Int(ranks[place - 1])]) {
                ranks[place] = ranks[place - 1]
                place -= 1
            }
            ranks[place] = moving
        }
        return ranks
    }

    /// Whether two neighbours in the byte order have one name.
    func hasRepeats(_ entries: [Entry], _ ranks: [UInt32]) -> Bool {
        guard ranks.count > 1 else { return false }
        for rank in 1..<ranks.count where isEqual(entries[Int(ranks[rank - 1])], entries[Int(ranks[rank])]) {
            return true
        }
        return false
    }

    /// Whether two entries have one name.
    func isEqual(_ left: Entry, _ right: Entry) -> Bool {
        guard left.keyCount == right.keyCount else { return false }
        for index in 0..<Int(left.keyCount)
        where heap[Int(left.keyOffset) + index] != heap[Int(right.keyOffset) + index] {
            return false
        }
        return true
    }

    /// A map of entries with different names, whose order is known.
    mutating func map(unique entries: [Entry], ranks: [UInt32], at range: SourceRange) -> Node {
        let first = UInt32(clamping: words.count)
        for entry in entries {
            words.append(entry.keyOffset)
            words.append(entry.keyCount)
            words.append(entry.keyRange.start)
            words.append(entry.keyRange.end)
            words.append(entry.node.index)
        }
        words.append(contentsOf: ranks)
        return node(.map, 0, range, first, UInt32(clamping: entries.count))
    }

    /// A copy of a value of another tree, places included.
    public mutating func copy(_ value: DataValue) -> Node {
        switch value.kind {
        case .list:
            let copies = value.elements.map { copy($0) }
            return list(copies, at: value.range)
        case .map:
            var copies: [Entry] = []
            copies.reserveCapacity(value.count)
            for item in value.entries {
                let node = copy(item.value)
                copies.append(entry(item.key, node, keyRange: item.keyRange))
            }
            return map(copies, at: value.range)
        default:
            let start = heap.count
            let from = Int(value.tree.words[value.node + 3])
            let count = Int(value.tree.words[value.node + 4])
            heap.append(contentsOf: value.tree.heap[from..<(from + count)])
            return node(
                value.kind, value.tree.words[value.node] & ~0xFF, value.range, UInt32(clamping: start),
                UInt32(clamping: count))
        }
    }

    private func precedes(_ left: Entry, _ right: Entry) -> Bool {
        let shorter = Int(min(left.keyCount, right.keyCount))
        for index in 0..<shorter {
            let a = heap[Int(left.keyOffset) + index]
            let b = heap[Int(right.keyOffset) + index]
            if a != b { return a < b }
        }
        return left.keyCount < right.keyCount
    }

    private mutating func append(_ number: UInt64) {
        for shift in 0..<8 as Range<UInt64> { heap.append(UInt8(truncatingIfNeeded: number >> (shift * 8))) }
    }

    private mutating func scalar(
        _ kind: DataValue.Kind, _ flags: UInt32, _ start: Int, _ text: ArraySlice<UInt8>, _ range: SourceRange
    ) -> Node {
        heap.append(contentsOf: text)
        return node(kind, flags, range, UInt32(clamping: start), UInt32(clamping: heap.count - start))
    }

    private mutating func node(
        _ kind: DataValue.Kind, _ flags: UInt32, _ range: SourceRange, _ a: UInt32, _ b: UInt32
    ) -> Node {
        let index = UInt32(clamping: words.count)
        words.append(UInt32(kind.rawValue) | flags)
        words.append(range.start)
        words.append(range.end)
        words.append(a)
        words.append(b)
        return Node(index: index)
    }
}
