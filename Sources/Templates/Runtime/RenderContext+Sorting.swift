import Text

/// One element with what it is sorted by.
struct SortEntry {
    /// The first decides.
    let keys: [Value]
    let value: Value
}

/// Sorting, which can fail at any comparison.
extension RenderContext {
    /// Sorted by the first keys, stable, also in reverse.
    mutating func sorted(_ entries: [SortEntry], reverse: Bool) throws(TemplateError) -> [SortEntry] {
        let order = try sortedPositions(
            count: entries.count, entries.map { $0.keys[0] }, width: 1, isList: false, reverse: reverse)
        return order.map { entries[$0] }
    }

    /// The positions of some elements in the order of their keys, stable, also in reverse. The keys of the first
    /// element come first, then those of the second, and so on; with `isList` they are compared as lists are, by the
    /// first that are not equal.
    mutating func sortedPositions(
        count: Int, _ keys: [Value], width keyCount: Int, isList: Bool, reverse: Bool
    ) throws(TemplateError) -> [Int] {
        try charge(count)
        var source = Array(0..<count)
        if count < 2 { return source }
        var target = source
        // Merging from the bottom up keeps equal elements in order and can fail at any comparison.
        var width = 1
        while width < count {
            var start = 0
            while start < count {
                let middle = min(start + width, count)
                let end = min(start + 2 * width, count)
                var left = start
                var right = middle
                for place in start..<end {
                    var takesRight = left >= middle
                    if !takesRight, right < end {
                        let (low, high) = reverse ? (left, right) : (right, left)
                        takesRight = try isLess(keys, source[low], source[high], keyCount, isList)
                    }
                    if takesRight {
                        target[place] = source[right]
                        right += 1
                    } else {
                        target[place] = source[left]
                        left += 1
                    }
                }
                start = end
            }
            swap(&source, &target)
            width *= 2
        }
        return source
    }

    private mutating func isLess(
        _ keys: [Value], _ left: Int, _ right: Int, _ width: Int, _ isList: Bool
    ) throws(TemplateError) -> Bool {
        steps &+= 1
        for index in 0..<width {
            let a = left * width + index
            let b = right * width + index
            if case .string(let first) = keys[a], case .string(let second) = keys[b] {
                let order = Self.order(first.bytes, second.bytes)
                if order == 0 { continue }
                return order < 0
            }
            if isList, try equal(keys[a], keys[b]) { continue }
            return try order(keys[a], keys[b]) < 0
        }
        return false
    }
}
