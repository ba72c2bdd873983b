import Text

/// The names in a graph as dense numbers, and their bytes.
///
/// Symbols mean nothing in another process, so the graph has numbers of its own that go to disk as they are;
/// the way between the two is worked out only for names that someone asks for.
struct NameTable: Sendable {
    /// All names, one after the other.
    private(set) var heap: [UInt8] = []
    /// Where each name ends; it starts where the one before ends. Name 0 is empty.
    private(set) var ends: [UInt32] = [0]
    /// Open addressing with linear probing over the bytes; 0 is a free slot.
    private var slots: [UInt32] = []
    /// The symbol of each name, 0 where nobody asked yet.
    private var symbols: [UInt32] = [0]
    /// The name of each symbol, 0 where nobody asked yet.
    private var names: [UInt32] = [0]

    init() {}

    /// A table from its two columns on disk, or `nil` when they make no sense. Names cannot be looked up in it
    /// before ``link()``.
    init?(heap: [UInt8], ends: [UInt32]) {
        guard ends.first == 0, Int(ends.last ?? 0) == heap.count else { return nil }
        var last: UInt32 = 0
        for end in ends {
            if end < last { return nil }
            last = end
        }
        self.heap = heap
        self.ends = ends
        symbols = Array(repeating: 0, count: ends.count)
    }

    /// Adds the next name as it comes from a store; without ``link()`` it cannot be looked up.
    mutating func restore(_ bytes: ArraySlice<UInt8>) {
        heap.append(contentsOf: bytes)
        ends.append(UInt32(heap.count))
        symbols.append(0)
    }

    /// Makes names findable.
    mutating func link() {
        if slots.isEmpty { rebuildSlots() }
    }

    var count: Int { ends.count }

    private mutating func rebuildSlots() {
        var size = 1024
        while size < ends.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for name in 1..<ends.count {
            var slot = Int(truncatingIfNeeded: hash(UInt32(name))) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(name)
        }
        self.slots = slots
    }

    /// FNV-1a, finished with a multiplication: names are short.
    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in bytes.indices { value = (value ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
        return value ^ (value >> 29)
    }

    private func hash(_ name: UInt32) -> UInt64 {
        Self.hash(heap.span.extracting(range(of: name)))
    }

    /// Where the bytes of a name lie in ``heap``.
    func range(of name: UInt32) -> Range<Int> {
        name == 0 ? 0..<0 : Int(ends[Int(name) - 1])..<Int(ends[Int(name)])
    }

    /// The bytes of a name.
    func bytes(of name: UInt32) -> ArraySlice<UInt8> { heap[range(of: name)] }

    /// The number of a symbol's name, made if need be.
    mutating func name(of symbol: Symbol) -> UInt32 {
        let raw = Int(symbol.rawValue)
        if raw == 0 { return 0 }
        if raw < names.count, names[raw] != 0 { return names[raw] }
        let name = name(of: symbol.bytes)
        link(name, symbol)
        return name
    }

    /// The number of a name given as bytes, made if need be.
    mutating func name(of bytes: [UInt8]) -> UInt32 {
        if bytes.isEmpty { return 0 }
        if let known = find(bytes) { return known }
        let name = UInt32(ends.count)
        heap.append(contentsOf: bytes)
        ends.append(UInt32(heap.count))
        symbols.append(0)
        if slots.isEmpty || ends.count * 2 > slots.count {
            rebuildSlots()
        } else {
            var slot = Int(truncatingIfNeeded: Self.hash(bytes.span)) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = name
        }
        return name
    }

    /// The number of a name, if it is here.
    func find(_ bytes: [UInt8]) -> UInt32? {
        if bytes.isEmpty { return 0 }
        if slots.isEmpty { return nil }
        var slot = Int(truncatingIfNeeded: Self.hash(bytes.span)) & (slots.count - 1)
        while slots[slot] != 0 {
            let range = range(of: slots[slot])
            if ByteOrder.areEqual(heap.span.extracting(range), bytes.span) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The symbol of a name.
    mutating func symbol(of name: UInt32) -> Symbol {
        let known = symbols[Int(name)]
        if known != 0 || name == 0 { return Symbol(rawValue: known) }
        let symbol = Symbol(bytes(of: name))
        link(name, symbol)
        return symbol
    }

    private mutating func link(_ name: UInt32, _ symbol: Symbol) {
        let raw = Int(symbol.rawValue)
        if raw >= names.count {
            names.append(
                contentsOf: repeatElement(0, count: Swift.max(raw + 1, names.count * 2) - names.count))
        }
        names[raw] = name
        symbols[Int(name)] = symbol.rawValue
    }
}
