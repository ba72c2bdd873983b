import Text

/// The names in a graph as dense numbers, and their bytes.
///
/// Symbols mean nothing in another process, so the graph has numbers of its own that go to disk as they are;
/// the way between the two is worked out only for names that someone asks for.
struct NameTable: Sendable {
    /// All names, one after the other.
    private(set) var heap = Column<UInt8>()
    /// Where each name ends; it starts where the one before ends. Name 0 is empty.
    private(set) var ends = Column<UInt32>([0])
    /// The names by their bytes, but for the empty one.
    private(set) var slots = SlotTable()
    /// The symbol of each name, 0 where nobody asked yet; as long as the last name that someone asked for.
    private var symbols: [UInt32] = []
    /// The name of each symbol, 0 where nobody asked yet.
    private var names: [UInt32] = [0]

    init() {}

    /// An empty table with room.
    init(roomFor count: Int, bytes: Int) {
        heap.reserveCapacity(bytes)
        ends.reserveCapacity(count)
        slots = SlotTable(roomFor: count)
    }

    /// A table from its columns on disk, or `nil` when they make no sense.
    init?(heap: Column<UInt8>, ends: Column<UInt32>, slots: Column<UInt32>) {
        guard ends.first == 0, Int(ends.last ?? 0) == heap.count,
            let table = SlotTable(slots, count: ends.count - 1, limit: ends.count)
        else { return nil }
        var last: UInt32 = 0
        for end in ends {
            if end < last { return nil }
            last = end
        }
        self.heap = heap
        self.ends = ends
        self.slots = table
    }

    var count: Int { ends.count }

    /// Where the bytes of a name lie in ``heap``.
    private func range(of name: UInt32) -> Range<Int> {
        name == 0 ? 0..<0 : Int(ends[Int(name) - 1])..<Int(ends[Int(name)])
    }

    /// The bytes of a name, where they lie.
    @_lifetime(borrow self)
    func span(of name: UInt32) -> Span<UInt8> { heap.span(range(of: name)) }

    /// Calls `body` with the bytes of a name, where they lie.
    @inline(__always)
    func withBytes(of name: UInt32, _ body: (Span<UInt8>) -> Void) { heap.withSpan(range(of: name), body) }

    /// The bytes of a name.
    func bytes(of name: UInt32) -> [UInt8] {
        unsafe span(of: name).withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Whether a name, taken for a path, lies in a folder, and not deeper.
    func isFile(_ name: UInt32, inFolder folder: [UInt8]) -> Bool {
        let path = span(of: name)
        let slash = UInt8(ascii: "/")
        var length = path.count
        while length > 0, path[length - 1] != slash { length -= 1 }
        return ByteOrder.areEqual(folder.span, path.extracting(first: Swift.max(length - 1, 0)))
    }

    /// The number of a symbol's name, made if need be.
    @inline(__always)
    mutating func name(of symbol: Symbol) -> UInt32 {
        let raw = Int(symbol.rawValue)
        if raw < names.count {
            let known = names[raw]
            if known != 0 || raw == 0 { return known }
        }
        return newName(of: symbol)
    }

    private mutating func newName(of symbol: Symbol) -> UInt32 {
        let name = name(of: symbol.bytes.span)
        link(name, symbol)
        return name
    }

    /// The number of a name given as bytes, made if need be.
    mutating func name(of bytes: Span<UInt8>) -> UInt32 {
        if bytes.isEmpty { return 0 }
        if let known = find(bytes) { return known }
        return add(bytes)
    }

    /// Adds a name that is not here yet.
    @discardableResult
    mutating func add(_ bytes: Span<UInt8>) -> UInt32 {
        let name = UInt32(ends.count)
        unsafe bytes.withUnsafeBufferPointer { unsafe heap.append(contentsOf: $0) }
        ends.append(UInt32(heap.count))
        if slots.isFull {
            slots = SlotTable(roomFor: ends.count)
            for name in 1..<UInt32(ends.count) { slots.insert(name, NameHash.of(span(of: name))) }
        } else {
            slots.insert(name, NameHash.of(bytes))
        }
        return name
    }

    /// The number of a name, if it is here.
    func find(_ bytes: Span<UInt8>) -> UInt32? {
        if bytes.isEmpty { return 0 }
        return slots.find(NameHash.of(bytes)) { ByteOrder.areEqual(span(of: $0), bytes) }
    }

    /// The symbol of a name.
    mutating func symbol(of name: UInt32) -> Symbol {
        if name == 0 { return .empty }
        let index = Int(name)
        if index < symbols.count, symbols[index] != 0 { return Symbol(rawValue: symbols[index]) }
        let symbol = Symbol(span(of: name))
        link(name, symbol)
        return symbol
    }

    private mutating func link(_ name: UInt32, _ symbol: Symbol) {
        Self.set(symbol.rawValue, at: Int(name), of: &symbols)
        Self.set(name, at: Int(symbol.rawValue), of: &names)
    }

    private static func set(_ number: UInt32, at index: Int, of list: inout [UInt32]) {
        if index >= list.count {
            let count = Swift.max(index + 1, list.count * 2)
            list.append(contentsOf: repeatElement(0, count: count - list.count))
        }
        list[index] = number
    }
}
