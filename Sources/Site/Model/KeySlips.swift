import Text

/// Keys of heads that are nearly known ones.
enum KeySlips {
    /// The known key that was probably meant, where one is very near.
    ///
    /// - Parameter spelling: the key in lower case without `_` and `-`.
    /// - Returns: its name, as it is usually written.
    static func meant(by spelling: [UInt8]) -> String? {
        guard spelling.count >= 4 else { return nil }
        if let meant = certain.first(where: { $0.spelling == spelling })?.name { return meant }
        let limit = spelling.count >= 8 ? 2 : 1
        let letters = letters(of: spelling)
        return known.first { candidate in
            let bytes = candidate.spelling
            // A letter changed is two letters that one has and the other has not; most keys end here.
            return abs(bytes.count - spelling.count) <= limit
                && (candidate.letters ^ letters).nonzeroBitCount <= 2 * limit
                && (spelling.count > 4 || bytes.sorted() == spelling.sorted())
                // One of many is a word of its own, no slip.
                && spelling != bytes + [UInt8(ascii: "s")]
                && Spelling.distance(from: spelling, to: bytes, limit: limit) != nil
        }?.name
    }

    /// What is nobody's own word, or decides whether a page is published, so that a doubt is better told.
    private static let certain: [(spelling: [UInt8], name: String)] = [
        ("drafts", "draft"), ("draf", "draft"), ("drat", "draft"), ("raft", "draft"), ("dratf", "draft"),
        ("alias", "aliases"), ("redirect", "redirect_to"),
    ].map { (Array($0.utf8), $1) }

    private static let known: [(spelling: [UInt8], letters: UInt32, name: String)] = [
        ("title", "title"), ("date", "date"), ("updated", "updated"), ("draft", "draft"),
        ("description", "description"), ("summary", "summary"), ("slug", "slug"), ("aliases", "aliases"),
        ("template", "template"), ("layout", "layout"), ("tags", "tags"), ("categories", "categories"),
        ("category", "category"), ("taxonomies", "taxonomies"), ("author", "author"), ("authors", "authors"),
        ("weight", "weight"), ("permalink", "permalink"), ("publishdate", "publishDate"),
        ("expirydate", "expiryDate"), ("lastmod", "lastmod"), ("published", "published"),
        ("cascade", "cascade"), ("expires", "expires"), ("noindex", "noindex"), ("sitemap", "sitemap"),
        ("image", "image"), ("series", "series"),
        ("translationkey", "translationKey"), ("redirectfrom", "redirect_from"),
    ].map { spelling, name in
        let bytes = Array(spelling.utf8)
        return (bytes, letters(of: bytes), name)
    }

    /// Which of the letters a to z there are, a bit each.
    private static func letters(of spelling: [UInt8]) -> UInt32 {
        spelling.reduce(0) { $0 | ($1 &- UInt8(ascii: "a") < 26 ? 1 << UInt32($1 - UInt8(ascii: "a")) : 0) }
    }
}
