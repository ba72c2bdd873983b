import Text

/// "Did you mean": the nearest of some names.
enum Suggestion {
    /// The sentence, or `nil` when no name is near.
    static func didYouMean(_ name: String, among names: [String]) -> String? {
        guard let best = nearest(to: name, among: names) else { return nil }
        return "did you mean \"\(best)\"?"
    }

    /// The nearest name, or `nil` when none is near; of several, the first by bytes.
    static func nearest(to name: String, among names: [String]) -> String? {
        let wanted = Array(name.utf8)
        var best: (distance: Int, name: String)?
        let limit = wanted.count <= 4 ? 1 : wanted.count <= 6 ? 2 : 3
        for candidate in names where candidate != name {
            let other = Array(candidate.utf8)
            if abs(other.count - wanted.count) > limit { continue }
            let distance = editDistance(wanted, other)
            if distance > limit { continue }
            if let known = best,
                known.distance < distance
                    || (known.distance == distance
                        && known.name.utf8.lexicographicallyPrecedes(candidate.utf8))
            {
                continue
            }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours; a difference of case alone counts as one.
    private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        if a.count == b.count && a != b && zip(a, b).allSatisfy({ $0.asciiLowercased == $1.asciiLowercased })
        {
            return 1
        }
        if a.isEmpty || b.isEmpty { return a.count + b.count }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for row in 1...a.count {
            var current = [row]
            for column in 1...b.count {
                let cost = a[row - 1] == b[column - 1] ? 0 : 1
                var value = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
                if row > 1, column > 1, a[row - 1] == b[column - 2], a[row - 2] == b[column - 1] {
                    value = min(value, beforeLast[column - 2] + 1)
                }
                current.append(value)
            }
            beforeLast = last
            last = current
        }
        return last[b.count]
    }
}
