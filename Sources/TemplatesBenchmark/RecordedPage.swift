import Templates
import Text

/// What has been read in one rendering, each thing once: what a host writes down to know what a page depends on.
///
/// For each page one word, with a bit for each of its fields.
final class ReadLog {
    private struct Entry {
        var number: Int
        var fields: UInt64
    }

    /// Open addressing by number; -1 for a free place.
    private var entries: [Entry] = []
    private var count = 0
    /// The page that is read, since a template mostly asks for several things of one, and what has been read of it since
    /// that began.
    private var number = -1
    private var fields: UInt64 = 0
    /// What was asked for in vain.
    private(set) var absent: [(number: Int, name: Symbol)] = []

    @inline(__always)
    func note(_ number: Int, field: Int) {
        if number != self.number { turn(to: number) }
        fields |= 1 << UInt64(truncatingIfNeeded: field)
    }

    func noteAbsence(_ number: Int, _ name: Symbol) {
        if !absent.contains(where: { $0.number == number && $0.name == name }) {
            absent.append((number, name))
        }
    }

    @inline(never)
    private func turn(to next: Int) {
        if number >= 0 {
            if count * 2 >= entries.count { grow() }
            let place = place(of: number)
            if entries[place].number < 0 {
                entries[place].number = number
                count += 1
            }
            entries[place].fields |= fields
        }
        number = next
        fields = 0
    }

    private func place(of number: Int) -> Int {
        let mask = entries.count - 1
        var place = Int(truncatingIfNeeded: (UInt64(number) &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
        while entries[place].number != number, entries[place].number >= 0 { place = (place + 1) & mask }
        return place
    }

    private func grow() {
        let known = entries
        entries = [Entry](repeating: Entry(number: -1, fields: 0), count: max(8, known.count * 4))
        for entry in known where entry.number >= 0 { entries[place(of: entry.number)] = entry }
    }
}

/// A page that writes down what is asked of it.
final class RecordedPage: HostObject {
    private let number: Int
    private let fields: [(name: Symbol, value: Value)]

    /// A page with the entries of a dictionary, fewer than 64.
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
        for index in fields.indices where fields[index].name == name {
            render.withHost(ReadLog.self) { $0.note(number, field: index) }
            return fields[index].value
        }
        render.withHost(ReadLog.self) { $0.noteAbsence(number, name) }
        return nil
    }
}
