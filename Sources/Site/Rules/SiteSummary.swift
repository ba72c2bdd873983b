import Engine
import Formats
import Text

/// How many pages there are and what is left out: what a build says at its end.
///
/// Kept in the store, so that a build in which nothing changed can say it without looking at any page.
final class SiteSummary: RuleValue {
    let pages: Int
    let posts: Int
    let skipped: [SkippedPage]

    init(pages: Int, posts: Int, skipped: [SkippedPage]) {
        self.pages = pages
        self.posts = posts
        self.skipped = skipped
    }

    func fingerprint(of projection: Projection) -> Fingerprint { Fingerprint(of: encoded) }

    /// Lines of text: two counts, then a line for each page that is left out.
    var encoded: [UInt8] {
        var bytes = Array("\(pages) \(posts)\n".utf8)
        for page in skipped {
            bytes +=
                Array("\(page.reason.rawValue) \(page.until.map(String.init) ?? "-") ".utf8) + page.path.bytes
                + [0]
        }
        return bytes
    }

    static func decoded(_ bytes: [UInt8]) -> SiteSummary? {
        guard let line = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let counts = bytes[..<line].split(separator: UInt8(ascii: " ")).compactMap {
            Int(String(decoding: $0, as: UTF8.self))
        }
        guard counts.count == 2 else { return nil }
        var skipped: [SkippedPage] = []
        for entry in bytes[(line + 1)...].split(separator: 0) {
            let parts = entry.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard parts.count == 3, let number = UInt64(String(decoding: parts[0], as: UTF8.self)),
                let reason = SkippedPage.Reason(rawValue: number)
            else { return nil }
            skipped.append(
                SkippedPage(
                    path: RelativePath(unchecked: Array(parts[2])), reason: reason,
                    until: Int64(String(decoding: parts[1], as: UTF8.self))))
        }
        return SiteSummary(pages: counts[0], posts: counts[1], skipped: skipped)
    }
}

/// Counts over all languages.
struct SiteSummaryRule: Rule {
    static let kind = RuleKind.siteSummary
    static let stratum = Stratum.catalog
    static let traits: RuleTraits = .kept

    func placeholder(for name: Symbol) -> SiteSummary { SiteSummary(pages: 0, posts: 0, skipped: []) }

    func run(_ name: Symbol, in context: RuleContext) -> SiteSummary {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        var pages = 0
        var posts = 0
        var skipped: [SkippedPage] = []
        for language in languages.all {
            let catalog = context.read(CatalogRule.self, Symbol(language.code), Catalog.all)
            pages += catalog.pages.count { $0.kind == .page && catalog.entry(of: $0).isRendered }
            posts += catalog.list(CatalogName.posts).count
            skipped += catalog.skipped
        }
        return SiteSummary(pages: pages, posts: posts, skipped: skipped.sorted { $0.path < $1.path })
    }

    static func encode(_ value: SiteSummary) -> [UInt8]? { value.encoded }

    static func decode(_ bytes: Span<UInt8>) -> SiteSummary? {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        return SiteSummary.decoded(copy)
    }
}
