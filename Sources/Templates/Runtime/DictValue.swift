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
    /// What the keys are found by, in their order.
    private var marks: [TextKey]
    /// Open addressing; position + 1, or 0 for a free place; empty while there are few entries.
    private var table: [UInt32] = []
    /// Where all that lies, so that names are looked up without counting references.
    private var places = Places()

    private static let smallCount = 16

    /// A dictionary for good, which may be shared. A key given twice keeps its first place and its last value.
    public convenience init(frozen entries: [(Value, Value)]) {
        self.init(entries, isFrozen: true)
    }

    /// A dictionary that one rendering may change, and that no other sees.
    public convenience init(ownedByRendering entries: [(Value, Value)]) {
        self.init(entries)
    }

    /// A dictionary of one rendering, or a frozen one.
    init(_ entries: [(Value, Value)] = [], isFrozen: Bool = false) {
        self.isFrozen = isFrozen
        depth = entries.reduce(0) { Swift.max($0, $1.1.depth) } + 1
        keys = []
        values = []
        marks = []
        for (key, value) in entries { store(value, for: key) }
        settle()
    }

    /// How many entries there are.
    public var count: Int { keys.count }

    /// The value of a key, or `nil`.
    public func value(for key: Value) -> Value? {
        guard let index = index(of: key, hash: key.hash) else { return nil }
        return values[index]
    }

    /// The whole number that stands under a key of text, or `nil`.
    func position(of text: [UInt8]) -> Int? {
        guard let index = places.index(of: TextKey(ByteRun(of: text), hash: Value.hash(of: text))) else {
            return nil
        }
        return values[index].whole
    }

    /// The value of a key that is a name of a program.
    @inline(__always)
    func value(for name: Program.NameKey) -> Value? {
        guard let index = places.index(of: name.key) else { return nil }
        return values[index]
    }

    /// Where the value of a key lies that is a name of a program; until the dictionary changes.
    @inline(__always)
    func place(of name: Program.NameKey) -> UnsafePointer<Value>? {
        guard let index = places.index(of: name.key), let values = unsafe places.values else { return nil }
        return unsafe values + index
    }

    func index(of key: Value, hash: UInt32) -> Int? {
        if table.isEmpty {
            for index in marks.indices where marks[index].hash == hash && keys[index].isSameKey(as: key) {
                return index
            }
            return nil
        }
        let mask = table.count - 1
        var place = Int(hash) & mask
        while table[place] != 0 {
            let index = Int(table[place]) - 1
            if marks[index].hash == hash && keys[index].isSameKey(as: key) { return index }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Stores a value; the caller has made sure that the dictionary may change and that the key can be one.
    func store(_ value: Value, for key: Value) {
        let hash = key.hash
        defer { settle() }
        if let index = index(of: key, hash: hash) {
            values[index] = value
            return
        }
        keys.append(key)
        values.append(value)
        marks.append(TextKey(key, hash: hash))
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
        marks.remove(at: index)
        let entry = (keys.remove(at: index), values.remove(at: index))
        if !table.isEmpty { rebuild() }
        settle()
        return entry
    }

    func removeAll() {
        keys = []
        values = []
        marks = []
        table = []
        settle()
    }

    /// Notes where everything lies by now.
    private func settle() {
        places.count = marks.count
        unsafe places.marks = marks.withUnsafeBufferPointer { $0.baseAddress }
        unsafe places.values = values.withUnsafeBufferPointer { $0.baseAddress }
        unsafe places.table = table.withUnsafeBufferPointer { $0.baseAddress }
        places.mask = table.count - 1
    }

    /// Where the arrays lie.
    ///
    /// Unsafe, because they do not keep the arrays alive: they are noted anew whenever those change, and are read
    /// only while the dictionary is held. An array that nobody changes stays where it is.
    @safe private struct Places {
        var count = 0
        /// One less than the size of the table, or -1 while there is none.
        var mask = -1
        var marks: UnsafePointer<TextKey>?
        var values: UnsafePointer<Value>?
        var table: UnsafePointer<UInt32>?

        @inline(__always)
        func index(of key: TextKey) -> Int? {
            guard let marks = unsafe marks else { return nil }
            if mask < 0 {
                var index = 0
                while index < count {
                    if unsafe marks[index].isEqual(to: key) { return index }
                    index += 1
                }
                return nil
            }
            guard let table = unsafe table else { return nil }
            var place = Int(key.hash) & mask
            while unsafe table[place] != 0 {
                let index = unsafe Int(table[place]) - 1
                if unsafe marks[index].isEqual(to: key) { return index }
                place = (place + 1) & mask
            }
            return nil
        }
    }

    private func insert(_ index: Int) {
        let mask = table.count - 1
        var place = Int(marks[index].hash) & mask
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
