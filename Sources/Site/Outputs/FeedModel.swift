import Text

/// A feed before it is written in one of its formats.
struct FeedModel: Sendable {
    struct Entry: Sendable {
        var title: [UInt8]
        /// Absolute URL, also the entry's identity.
        var url: [UInt8]
        var published: Instant?
        var updated: Instant?
        var authors: [Person]
        /// Plain text.
        var summary: [UInt8]
        /// Whether the summary is all that the content says: then it need not be said twice.
        var isAllInSummary = false
        /// HTML with absolute URLs, or `nil` when only the summary is given.
        var content: [UInt8]?
        var terms: [[UInt8]]
        var image: [UInt8]?
    }

    var title: [UInt8]
    /// The site's, of which a feed may show a part.
    var siteTitle: [UInt8]
    var description: [UInt8]
    /// Absolute URL of the page that lists the same entries.
    var home: [UInt8]
    /// Absolute URL of the feed itself.
    var address: [UInt8]
    var language: [UInt8]
    var authors: [Person]
    var entries: [Entry]

    /// When an entry changed last; a feed without dated entries has no date that is true, so it gets 1970.
    var updated: Instant {
        entries.compactMap { $0.updated ?? $0.published }.max() ?? Instant(seconds: 0, abbreviation: "UTC")
    }
}
