import Templates
import Text

/// What has been read in one rendering, each thing once: what a host writes down to know what a page depends on.
final class ReadLog {
    private var reads: [UInt64] = []
    /// Open addressing; position + 1, or 0 for a free place.
    private var slots = [UInt32](repeating: 0, count: 64)

    init() { reads.reserveCapacity(32) }

    func note(_ number: Int, _ name: Symbol) {
        let read = UInt64(number) << 32 | UInt64(name.rawValue)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: (read &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
        while slots[slot] != 0 {
            if reads[Int(slots[slot]) - 1] == read { return }
            slot = (slot + 1) & mask
        }
        reads.append(read)
        slots[slot] = UInt32(reads.count)
        if reads.count * 2 > slots.count { grow() }
    }

    private func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        for (index, read) in reads.enumerated() {
            var slot = Int(truncatingIfNeeded: (read &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }
}

/// A page that writes down what is asked of it.
final class RecordedPage: HostObject {
    private let number: Int
    private let fields: [(name: Symbol, value: Value)]

    /// A page with the entries of a dictionary.
    init(_ value: Value, number: Int) {
        self.number = number
        guard case .dict(let dict) = value else {
            fields = []
            return
        }
        fields = zip(dict.keys, dict.values).compactMap { key, value in
            key.stringValue.map { (Symbol($0.bytes), value) }
        }
    }

    var typeName: String { "page" }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        if let host = render.host, type(of: host) == ReadLog.self {
            unsafe unsafeDowncast(host, to: ReadLog.self).note(number, name)
        }
        for field in fields where field.name == name { return field.value }
        return nil
    }
}
