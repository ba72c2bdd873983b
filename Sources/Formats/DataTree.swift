/// The storage of values: two flat arrays, immutable once built.
///
///     node   = kind | flags << 8, range start, range end, a, b
///     scalar : a, b = offset and count in `heap`
///              null, boolean, string: the text
///              integer, double: 8 bytes of value (little-endian), then the text as written
///              date: 20 bytes of parts (``DateTimeParts/packed``), then the text as written
///     list   : a = first word of b node numbers
///     map    : a = first word of b entries, then b positions in the byte order of names
///     entry  = key offset, key count, key start, key end, node
///
/// A node number is the index of the node's first word; children come before their parents, so the tree can
/// have no cycle. `title: Hi` is
///
///     words: 4|0 7 9 5 2 · 0 5 0 5 0 · 0 · 7 0 9 5 1    heap: "titleHi"
///            the string    its entry  rank  the map
final class DataTree: Sendable {
    let words: [UInt32]
    let heap: [UInt8]

    init(words: [UInt32], heap: [UInt8]) {
        self.words = words
        self.heap = heap
    }

    static let nodeWords = 5
    static let entryWords = 5
    static let numberBytes = 8
    static let trueFlag: UInt32 = 1 << 8

    /// How deep values may nest; past it is a finding of the reader.
    static let depthLimit = 100

    /// The 8 bytes of a number.
    func number(at offset: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in 0..<Self.numberBytes { number |= UInt64(heap[offset + index]) << UInt64(8 * index) }
        return number
    }
}
