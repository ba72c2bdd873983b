import Templates
import Text

/// What has been read in one rendering, each thing once: what a host writes down to know what a page depends on.
final class ReadLog {
    /// Open addressing; 0 for a free place, which no read is.
    private var reads = [UInt64](repeating: 0, count: 128)
    private var count = 0

    @inline(__always)
    func note(_ number: Int, _ name: Symbol) {
        let read = UInt64(number + 1) << 32 | UInt64(name.rawValue)
        let mask = reads.count - 1
        var place = Self.place(of: read) & mask
        while reads[place] != 0 {
            if reads[place] == read { return }
            place = (place + 1) & mask
        }
        reads[place] = read
        count += 1
        if count * 2 > reads.count { grow() }
    }

    private static func place(of read: UInt64) -> Int {
        Int(truncatingIfNeeded: (read &* 0x9e37_79b9_7f4a_7c15) >> 32)
    }

    private func grow() {
        var larger = [UInt64](repeating: 0, count: reads.count * 4)
        let mask = larger.count - 1
        for read in reads where read != 0 {
            var place = Self.place(of: read) & mask
            while larger[place] != 0 { place = (place + 1) & mask }
            larger[place] = read
        }
        reads = larger
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
