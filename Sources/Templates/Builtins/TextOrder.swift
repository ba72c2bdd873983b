import Text

/// Sorting what is sorted most: a few short texts, such as the tags of a page.
extension Builtins {
    /// A few texts of ASCII, sorted without regard to case and stable, also in reverse; `nil` for anything else.
    static func fewTextsSorted(
        _ items: [Value], reverse: Bool, _ render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        guard items.count <= fewest else { return nil }
        for item in items {
            guard case .string(let text) = item, text.run.isASCII else { return nil }
        }
        try render.charge(2 * items.count)
        // Positions are sorted, so that no reference is counted on the way.
        let sorted = unsafe withUnsafeTemporaryAllocation(of: (ByteRun, Int).self, capacity: fewest) {
            places in
            for (index, item) in items.enumerated() {
                if case .string(let text) = item { unsafe places[index] = (text.run, index) }
            }
            for next in 1..<Swift.max(1, items.count) {
                let moved = unsafe places[next]
                var place = next
                while place > 0, unsafe isBefore(moved.0, places[place - 1].0, reverse) {
                    unsafe places[place] = places[place - 1]
                    place -= 1
                }
                unsafe places[place] = moved
            }
            return items.indices.map { unsafe items[places[$0].1] }
        }
        return try render.newList(sorted)
    }

    private static let fewest = 12

    private static func isBefore(_ first: ByteRun, _ second: ByteRun, _ reverse: Bool) -> Bool {
        let order = first.order(toASCII: second)
        return reverse ? order > 0 : order < 0
    }
}

extension ByteRun {
    /// Whether all bytes are ASCII.
    var isASCII: Bool {
        let bytes = unsafe buffer
        var all: UInt8 = 0
        for index in 0..<count { unsafe all |= bytes[index] }
        return all < 0x80
    }

    /// The order of two texts of ASCII without regard to case: negative, zero or positive.
    func order(toASCII other: ByteRun) -> Int {
        let own = unsafe buffer
        let others = unsafe other.buffer
        for index in 0..<Swift.min(count, other.count) {
            let first = unsafe own[index].asciiLowercased
            let second = unsafe others[index].asciiLowercased
            if first != second { return Int(first) - Int(second) }
        }
        return count - other.count
    }
}
