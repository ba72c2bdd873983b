import Templates

/// Reads JSON into template values, for tests: contexts and the lines of the shared cases.
struct JSONReader {
    private let bytes: [UInt8]
    private var index = 0
    /// Whether lists and dictionaries are frozen. Contexts of Jinja2 are not.
    private let isFrozen: Bool

    init(_ bytes: [UInt8], isFrozen: Bool = true) {
        self.bytes = bytes
        self.isFrozen = isFrozen
    }

    /// The value, or `nil` when the text is no JSON.
    static func value(_ text: some Sequence<UInt8>, isFrozen: Bool = true) -> Value? {
        var reader = JSONReader(Array(text), isFrozen: isFrozen)
        guard let value = reader.value() else { return nil }
        reader.skipSpace()
        return reader.index == reader.bytes.count ? value : nil
    }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func word(_ text: String) -> Bool {
        guard bytes[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    private mutating func value() -> Value? {
        skipSpace()
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return string().map { .text($0) }
        case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return word("null") ? Value.none : nil
        default: return number()
        }
    }

    private mutating func object() -> Value? {
        index += 1
        var entries: [(Value, Value)] = []
        if skip(UInt8(ascii: "}")) { return .dict(dict(entries)) }
        while true {
            skipSpace()
            guard let key = string(), skip(UInt8(ascii: ":")), let value = value() else { return nil }
            entries.append((.text(key), value))
            if skip(UInt8(ascii: ",")) { continue }
            return skip(UInt8(ascii: "}")) ? .dict(dict(entries)) : nil
        }
    }

    private func dict(_ entries: [(Value, Value)]) -> DictValue {
        isFrozen ? DictValue(frozen: entries) : DictValue(ownedByRendering: entries)
    }

    private mutating func array() -> Value? {
        index += 1
        var items: [Value] = []
        if !skip(UInt8(ascii: "]")) {
            while true {
                guard let value = value() else { return nil }
                items.append(value)
                if skip(UInt8(ascii: ",")) { continue }
                guard skip(UInt8(ascii: "]")) else { return nil }
                break
            }
        }
        return .list(isFrozen ? ListValue(frozen: items) : ListValue(ownedByRendering: items))
    }

    private mutating func string() -> [UInt8]? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
        index += 1
        var units: [UInt16] = []
        var result: [UInt8] = []
        func flush(_ units: inout [UInt16], _ result: inout [UInt8]) {
            result += Array(String(decoding: units, as: UTF16.self).utf8)
            units = []
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") {
                flush(&units, &result)
                return result
            }
            guard byte == UInt8(ascii: "\\") else {
                flush(&units, &result)
                result.append(byte)
                continue
            }
            guard index < bytes.count else { return nil }
            let escape = bytes[index]
            index += 1
            switch escape {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"):
                guard index + 4 <= bytes.count,
                    let unit = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
                else { return nil }
                units.append(unit)
                index += 4
            default: units.append(UInt16(escape))
            }
        }
        return nil
    }

    private mutating func number() -> Value? {
        let start = index
        while index < bytes.count, "+-.0123456789eE".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if let number = Int(text) { return .int(number) }
        return Double(text).map { .double($0) }
    }
}

extension Value {
    /// The value of a key, for a value that is a dictionary.
    subscript(key: String) -> Value? {
        guard case .dict(let dict) = self else { return nil }
        return dict.value(for: .text(key))
    }

    var plainText: String? { stringValue?.text }
}
