import Templates
import Text

/// What has been read in one rendering, each thing once: what a host writes down to know what a page depends on.
///
/// For each page one word, with a bit for each of its fields.
final class ReadLog {
    /// Open addressing by number; -1 for a free place.
    private var numbers = [Int](repeating: -1, count: 16)
    private var fields = [UInt64](repeating: 0, count: 16)
    private var count = 0
    /// The page that was read last, since a template mostly asks for several things of one.
    private var lastNumber = -1
    private var lastPlace = 0
    /// What was asked for in vain.
    private(set) var absent: [(number: Int, name: Symbol)] = []

    @inline(__always)
    func note(_ number: Int, field: Int) {
        if number != lastNumber { find(number) }
        fields[lastPlace] |= 1 << UInt64(field)
    }

    func noteAbsence(_ number: Int, _ name: Symbol) {
        if !absent.contains(where: { $0.number == number && $0.name == name }) {
            absent.append((number, name))
        }
    }

    @inline(never)
    private func find(_ number: Int) {
        lastPlace = place(of: number)
        lastNumber = number
        if numbers[lastPlace] == number { return }
        numbers[lastPlace] = number
        count += 1
        if count * 2 > numbers.count { grow() }
    }

    private func place(of number: Int) -> Int {
        let mask = numbers.count - 1
        var place = Int(truncatingIfNeeded: (UInt64(number) &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
        while numbers[place] != number, numbers[place] >= 0 { place = (place + 1) & mask }
        return place
    }

    private func grow() {
        let known = zip(numbers, fields).filter { $0.0 >= 0 }
        numbers = [Int](repeating: -1, count: numbers.count * 4)
        fields = [UInt64](repeating: 0, count: numbers.count)
        for (number, bits) in known {
            let place = place(of: number)
            numbers[place] = number
            fields[place] = bits
        }
        lastPlace = place(of: lastNumber)
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
        for (index, field) in fields.enumerated() where field.name == name {
            render.withHost(ReadLog.self) { $0.note(number, field: index) }
            return field.value
        }
        render.withHost(ReadLog.self) { $0.noteAbsence(number, name) }
        return nil
    }
}
