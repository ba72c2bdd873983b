import Synchronization

/// A name as a 32-bit number: equal names are equal numbers for the life of the process.
///
/// Numbers are given in order of first use and mean nothing outside this process: never write one to disk
/// and never sort by it. Making a symbol takes a lock; comparing costs nothing.
public struct Symbol: Hashable, Sendable {
    /// The number; 0 is the empty name.
    public let rawValue: UInt32

    /// A symbol from a number that ``rawValue`` gave in this process.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The empty name.
    public static let empty = Symbol(rawValue: 0)

    /// The symbol of a name given as bytes.
    public init(_ bytes: Span<UInt8>) {
        self = SymbolTable.shared.symbol(for: bytes)
    }

    /// The symbol of a name given as an array of bytes.
    public init(_ bytes: [UInt8]) {
        self.init(bytes.span)
    }

    /// The symbol of a name given as a slice of bytes.
    public init(_ bytes: ArraySlice<UInt8>) {
        self.init(bytes.span)
    }

    /// The symbol of a name given as text.
    public init(_ text: String) {
        self.init(text.utf8.span)
    }

    /// The bytes of the name.
    public var bytes: [UInt8] { SymbolTable.shared.bytes(of: self) }

    /// The name as text for people.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Symbol: CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name as text.
    public var description: String { text }

    /// The symbol of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

/// The table that knows names both ways: one for the process, since symbols must mean the same everywhere.
private final class SymbolTable: Sendable {
    static let shared = SymbolTable()

    private struct State {
        /// The bytes of all names, one after the other.
        var heap: [UInt8] = []
        /// Where each name ends in the heap; it starts where the one before ends.
        var ends: [Int] = [0]
        /// The hash of each name, so that growing need not read the heap.
        var hashes: [UInt64] = [0]
        /// Open addressing with linear probing; 0 is a free slot.
        var slots: [UInt32] = Array(repeating: 0, count: 4096)
    }

    private let state = Mutex(State())

    func symbol(for bytes: Span<UInt8>) -> Symbol {
        if bytes.isEmpty { return .empty }
        let hash = Fingerprint(of: bytes).low
        let length = bytes.count
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            state.withLock { state in
                var mask = state.slots.count - 1
                var slot = Int(truncatingIfNeeded: hash) & mask
                while true {
                    let id = Int(state.slots[slot])
                    if id == 0 { break }
                    if state.hashes[id] == hash {
                        let start = state.ends[id - 1]
                        if state.ends[id] - start == length,
                            unsafe ByteOrder.areEqual(
                                state.heap.span.extracting(start..<start + length), buffer.span)
                        {
                            return Symbol(rawValue: UInt32(id))
                        }
                    }
                    slot = (slot + 1) & mask
                }
                let id = state.ends.count
                unsafe state.heap.append(contentsOf: buffer)
                state.ends.append(state.heap.count)
                state.hashes.append(hash)
                if id * 2 > state.slots.count {
                    mask = state.slots.count * 2 - 1
                    var larger = [UInt32](repeating: 0, count: mask + 1)
                    for other in 1..<state.ends.count {
                        var place = Int(truncatingIfNeeded: state.hashes[other]) & mask
                        while larger[place] != 0 { place = (place + 1) & mask }
                        larger[place] = UInt32(other)
                    }
                    state.slots = larger
                } else {
                    state.slots[slot] = UInt32(id)
                }
                return Symbol(rawValue: UInt32(id))
            }
        }
    }

    func bytes(of symbol: Symbol) -> [UInt8] {
        state.withLock { state in
            let id = Int(symbol.rawValue)
            precondition(id < state.ends.count, "a symbol of another process")
            if id == 0 { return [] }
            return Array(state.heap[state.ends[id - 1]..<state.ends[id]])
        }
    }
}
