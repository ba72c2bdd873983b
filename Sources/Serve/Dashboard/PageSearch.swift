import Text

/// Pages by words of their titles, in any case.
struct PageSearch {
    private let words: [[UInt8]]

    /// A search for all of some words; without words it finds every page.
    init(_ words: String) {
        self.words = words.lowercased().split { $0.isWhitespace }.prefix(16).map { Array($0.utf8) }
    }

    /// The first matches in order, and how many there are.
    ///
    /// - Complexity: O(n) in the bytes of all titles.
    func matches(in pages: [PageFact], atMost limit: Int) -> (first: [PageFact], count: Int) {
        if words.isEmpty { return (Array(pages.prefix(limit)), pages.count) }
        var first: [PageFact] = []
        var count = 0
        for page in pages {
            let title =
                Array(page.title.lowercased().utf8) + [0x20] + (page.path ?? page.source ?? .root).bytes
            guard words.allSatisfy({ Self.contains(title, $0) }) else { continue }
            count += 1
            if first.count < limit { first.append(page) }
        }
        return (first, count)
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let last = word.last, text.count >= word.count else { return false }
        var end = word.count - 1
        while end < text.count {
            if text[end] == last, text[(end + 1 - word.count)...end].elementsEqual(word) { return true }
            end += 1
        }
        return false
    }
}
