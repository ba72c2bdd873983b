extension Value {
    /// The hash of a key: equal keys, as Python sees them, have equal hashes. The same in every process.
    var hash: UInt32 {
        switch self {
        case .undefined: return 1
        case .none: return 2
        case .bool(let truth): return Value.hash(truth ? 1 : 0)
        case .int(let number): return Value.hash(number)
        case .double(let number):
            if let whole = Int(exactly: number) { return Value.hash(whole) }
            return Value.hash(Int(bitPattern: UInt(truncatingIfNeeded: number.bitPattern)))
        case .string(let text): return Value.hash(of: text.bytes)
        case .tuple(let tuple):
            var hash: UInt32 = 17
            for item in tuple.items { hash = hash &* 31 &+ item.hash }
            return hash
        case .list, .dict: return 3
        case .function(let function): return Value.hash(of: ObjectIdentifier(function))
        case .macro(let macro): return Value.hash(of: ObjectIdentifier(macro))
        case .object(let object): return object.keyValue?.hash ?? Value.hash(of: ObjectIdentifier(object))
        }
    }

    /// The hash of text: FNV-1a over eight bytes at a time would need care at the end; keys are short.
    static func hash(of bytes: [UInt8]) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return hash ^ (hash >> 15)
    }

    private static func hash(_ number: Int) -> UInt32 {
        var bits = UInt64(bitPattern: Int64(number))
        bits = (bits ^ (bits >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return UInt32(truncatingIfNeeded: bits ^ (bits >> 33))
    }

    /// Identities differ from run to run; they decide places in a table, never an order that is seen.
    private static func hash(of identity: ObjectIdentifier) -> UInt32 {
        hash(Int(bitPattern: identity))
    }

    /// Whether two values are the same key of a dictionary.
    func isSameKey(as other: Value) -> Bool {
        switch (self, other) {
        case (.string(let a), .string(let b)): return a === b || a.bytes == b.bytes
        case (.none, .none): return true
        case (.undefined, .undefined): return true
        case (.tuple(let a), .tuple(let b)):
            guard a.items.count == b.items.count else { return false }
            for index in a.items.indices where !a.items[index].isSameKey(as: b.items[index]) { return false }
            return true
        case (.function(let a), .function(let b)): return a === b
        case (.macro(let a), .macro(let b)): return a === b
        case (.object(let a), .object(let b)):
            if a === b { return true }
            guard type(of: a) == type(of: b), let a = a.keyValue, let b = b.keyValue else { return false }
            return a.isSameKey(as: b)
        default:
            guard let a = wholeOrDouble, let b = other.wholeOrDouble else { return false }
            switch (a, b) {
            case (.whole(let a), .whole(let b)): return a == b
            case (.double(let a), .double(let b)): return a == b
            case (.whole(let a), .double(let b)): return Int(exactly: b) == a
            case (.double(let a), .whole(let b)): return Int(exactly: a) == b
            }
        }
    }

    private enum Number {
        case whole(Int)
        case double(Double)
    }

    private var wholeOrDouble: Number? {
        switch self {
        case .bool(let truth): .whole(truth ? 1 : 0)
        case .int(let number): .whole(number)
        case .double(let number): .double(number)
        default: nil
        }
    }
}
