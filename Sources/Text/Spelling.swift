/// Finds what was probably meant by a name that nobody knows.
public enum Spelling {
    /// The candidate nearest to a word, or `nil` when none is near enough to be worth suggesting.
    ///
    /// Distance is counted in letters added, dropped, changed or swapped with their neighbour, ASCII case
    /// counting as nothing. Near enough is one for words of up to 4 letters, and a third of the letters for
    /// longer ones; a candidate that differs only in case, `-` or `_` is always near. Of equally near ones the
    /// first by bytes wins, so the answer depends on nothing else.
    ///
    /// - Complexity: O(candidates × letters × distance).
    public static func nearest(to word: some Sequence<UInt8>, among candidates: some Sequence<[UInt8]>)
        -> [UInt8]?
    {
        let wanted = scalars(of: word)
        if wanted.isEmpty { return nil }
        let limit = threshold(for: wanted.count)
        var best: (distance: Int, name: [UInt8])?
        for candidate in candidates {
            let letters = scalars(of: candidate)
            let bound = min(limit, best?.distance ?? limit)
            guard let found = distance(from: wanted, to: letters, limit: bound) else { continue }
            // Every letter another: `ab` is no slip of the finger for `x`.
            if found > 0, found >= max(wanted.count, letters.count) { continue }
            if let best, best.distance == found, !candidate.lexicographicallyPrecedes(best.name) { continue }
            best = (found, candidate)
        }
        return best?.name
    }

    /// As ``nearest(to:among:)-(Sequence<UInt8>,Sequence<[UInt8]>)``, for text.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: word.utf8, among: candidates.map { Array($0.utf8) }).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The hint to give with a finding about an unknown name: `did you mean "title"?`.
    public static func hint(for word: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: word, among: candidates).map { "did you mean \"\($0)\"?" }
    }

    /// The number of single-letter edits (Damerau-Levenshtein, optimal string alignment) between two words,
    /// or `nil` when there are more than `limit`.
    public static func distance(from word: [UInt8], to other: [UInt8], limit: Int) -> Int? {
        distance(from: scalars(of: word), to: scalars(of: other), limit: limit)
    }

    private static func threshold(for count: Int) -> Int {
        count <= 4 ? 1 : count / 3
    }

    /// The letters, ASCII capitals made small and `-` the same as `_`.
    private static func scalars(of word: some Sequence<UInt8>) -> [UInt32] {
        String(decoding: Array(word), as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar {
            case "A"..."Z": scalar.value + 32
            case "-": 0x5F
            default: scalar.value
            }
        }
    }

    private static func distance(from word: [UInt32], to other: [UInt32], limit: Int) -> Int? {
        if limit < 0 || abs(word.count - other.count) > limit { return nil }
        var beforeLast = [Int](repeating: 0, count: other.count + 1)
        var last = Array(0...other.count)
        var row = last
        for i in 1..<(word.count + 1) where !word.isEmpty {
            row[0] = i
            var least = i
            for j in 1..<(other.count + 1) where !other.isEmpty {
                let change = word[i - 1] == other[j - 1] ? 0 : 1
                var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change)
                if i > 1, j > 1, word[i - 1] == other[j - 2], word[i - 2] == other[j - 1] {
                    best = min(best, beforeLast[j - 2] + 1)
                }
                row[j] = best
                least = min(least, best)
            }
            if least > limit { return nil }
            swap(&beforeLast, &last)
            swap(&last, &row)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}
