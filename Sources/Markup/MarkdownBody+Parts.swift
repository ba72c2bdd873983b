public import Text

extension MarkdownBody {
    /// A part of a body that others depend on by itself.
    public enum Part: UInt8, CaseIterable, Sendable {
        /// The HTML with the places of URLs and ids.
        case content = 0
        /// The summary, marked or automatic.
        case summary = 1
        /// Levels, ids and HTML of the headings.
        case headings = 2
        /// How many words.
        case wordCount = 3
        /// The text by block, for search.
        case text = 4
        /// Links and images with their places.
        case links = 5
        /// Code languages, component names, whether there is mathematics: what a page must bring along.
        case needs = 6
    }

    /// What stands for a part: equal parts have equal fingerprints.
    public func fingerprint(of part: Part, summaryWords: Int = 70) -> Fingerprint {
        Fingerprint.absent
    }

    /// The summary: up to the author's mark, else whole blocks until there are enough words.
    ///
    /// - Parameter words: how many words an automatic summary has at least.
    /// - Returns: well-formed HTML without footnote marks, with places of URLs and ids.
    public func summary(words: Int = 70) -> HTMLFragment {
        content
    }

    /// Whether ``summary(words:)`` is less than the whole body.
    public func isTruncated(words: Int = 70) -> Bool {
        false
    }

    /// The first `limit` characters of the running text, cut at a word: for descriptions.
    public func plainSummary(limit: Int = 160) -> [UInt8] {
        []
    }

    /// The body as bytes, to be kept in a store.
    public func encoded() -> [UInt8] {
        []
    }

    /// A body from the bytes that ``encoded()`` made.
    ///
    /// - Returns: `nil` when they are anything else; never traps.
    public init?(encoded bytes: Span<UInt8>) {
        return nil
    }
}
