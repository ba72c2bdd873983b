/// A dictionary that keeps the order of insertion; keys compare as in Python (`1`, `1.0` and `true` are one key).
///
/// Frozen ones may be shared, others belong to one rendering; see ``ListValue``. Up to sixteen entries are searched
/// by their hashes in a row, more through a table.
public final class DictValue: @unchecked Sendable {
    // Unchecked for the same reason as `ListValue`.
    /// The keys in order.
    public private(set) var keys: [Value]
    /// The values, in the order of the keys.
    public private(set) var values: [Value]
    /// Whether it can never change.
    public let isFrozen: Bool
    let depth: Int
    private var hashes: [UInt32]
    /// Open addressing; position + 1, or 0 for a free place; empty while there are few entries.
    private var table: [UInt32] = []

    private static let smallCount = 16

    /// A dictionary for good, which may be shared. A key given twice keeps its first place and its last value.
    public init(frozen entries: [(Value, Value)]) {
        isFrozen = true
        depth = entries.reduce(0) { Swift.max($0, $1.1.depth) } + 1
        keys = []
        values = []
        hashes = []
        for (key, value) in entries { store(value, for: key) }
    }

    /// A dictionary that one rendering may change, and that no other sees.
    public convenience init(ownedByRendering entries: [(Value, Value)]) {
        self.init(entries)
    }

    /// A dictionary of one rendering.
    init(_ entries: [(Value, Value)] = []) {
        isFrozen = false
        depth = entries.reduce(0) { Swift.max($0, $1.1.depth) } + 1
        keys = []
        values = []
        hashes = []
        for (key, value) in entries { store(value, for: key) }
    }

    /// How many entries there are.
    public var count: Int { keys.count }

    /// The value of a key, or `nil`.
    public func value(for key: Value) -> Value? {
        guard let index = index(of: key, hash: key.hash) else { return nil }
        return values[index]
    }

    /// The value of a key of text, or `nil`.
    public func value(for text: String) -> Value? {
        value(for: Value.text(text))
    }

    /// The value of a key of text whose hash is known.
    @inline(__always)
    func value(forText text: StringValue, hash: UInt32) -> Value? {
        if table.isEmpty {
            for index in hashes.indices where hashes[index] == hash {
                if isKey(index, text) { return values[index] }
            }
            return nil
        }
        guard let index = index(of: .string(text), hash: hash) else { return nil }
        return values[index]
    }

    @inline(__always)
    private func isKey(_ index: Int, _ text: StringValue) -> Bool {
        guard case .string(let other) = keys[index] else { return false }
        return other === text || other.bytes == text.bytes
    }

    func index(of key: Value, hash: UInt32) -> Int? {
        if table.isEmpty {
            for index in hashes.indices where hashes[index] == hash && keys[index].isSameKey(as: key) {
                return index
            }
            return nil
        }
        let mask = table.count - 1
        var place = Int(hash) & mask
        while table[place] != 0 {
            let index = Int(table[place]) - 1
            if hashes[index] == hash && keys[index].isSameKey(as: key) { return index }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Stores a value; the caller has made sure that the dictionary may change and that the key can be one.
    func store(_ value: Value, for key: Value) {
        let hash = key.hash
        if let index = index(of: key, hash: hash) {
            values[index] = value
            return
        }
        keys.append(key)
        values.append(value)
        hashes.append(hash)
        if table.isEmpty {
            if keys.count > Self.smallCount { rebuild() }
        } else if keys.count * 2 > table.count {
            rebuild()
        } else {
            insert(keys.count - 1)
        }
    }

    /// Removes a key and returns its value.
    func remove(_ key: Value) -> Value? {
        guard let index = index(of: key, hash: key.hash) else { return nil }
        return remove(at: index).1
    }

    /// Removes the entry at a position.
    @discardableResult
    func remove(at index: Int) -> (Value, Value) {
        hashes.remove(at: index)
        let entry = (keys.remove(at: index), values.remove(at: index))
        if !table.isEmpty { rebuild() }
        return entry
    }

    func removeAll() {
        keys = []
        values = []
        hashes = []
        table = []
    }

    private func insert(_ index: Int) {
        let mask = table.count - 1
        var place = Int(hashes[index]) & mask
        while table[place] != 0 { place = (place + 1) & mask }
        table[place] = UInt32(index + 1)
    }

    private func rebuild() {
        if keys.count <= Self.smallCount {
            table = []
            return
        }
        var size = 32
        while size < keys.count * 4 { size *= 2 }
        table = [UInt32](repeating: 0, count: size)
        for index in keys.indices { insert(index) }
    }
}
