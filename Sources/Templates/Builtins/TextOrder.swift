/// Sorting what is sorted most: a few short texts, such as the tags of a page.
extension Builtins {
    /// A few texts of ASCII, sorted without regard to case and stable, also in reverse; `nil` for anything else.
    static func fewTextsSorted(
        _ items: [Value], reverse: Bool, _ render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        guard items.count <= 12 else { return nil }
        for item in items {
            guard case .string(let text) = item, text.run.isASCII else { return nil }
        }
        try render.charge(2 * items.count)
        // Positions are sorted, so that no reference is counted on the way.
        var runs: [ByteRun] = []
        runs.reserveCapacity(items.count)
        for item in items { if case .string(let text) = item { runs.append(text.run) } }
        var order = SIMD16<UInt8>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        for next in 1..<Swift.max(1, items.count) {
            var place = next
            while place > 0, isBefore(runs[Int(order[place])], runs[Int(order[place - 1])], reverse) {
                (order[place], order[place - 1]) = (order[place - 1], order[place])
                place -= 1
            }
        }
        return try render.newList(items.indices.map { items[Int(order[$0])] })
    }

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
            let first = unsafe Self.lower(own[index])
            let second = unsafe Self.lower(others[index])
            if first != second { return Int(first) - Int(second) }
        }
        return count - other.count
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
