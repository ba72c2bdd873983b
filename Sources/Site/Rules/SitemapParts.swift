import Engine
import Text

/// How a large sitemap is cut: sitemaps.org allows 50,000 addresses and 50 MB a file.
public enum SitemapParts {
    /// How many addresses one file may hold.
    ///
    /// It must be known before the parts are cut, and must not change with any page: an address is taken to be as long as
    /// all but the longest are, and to be said again for each language.
    ///
    /// - Parameters:
    ///   - languages: how many languages the site has.
    ///   - baseURLLength: the bytes of its base URL.
    /// - Returns: at least 1.
    public static func limit(languages: Int, baseURLLength: Int) -> Int {
        let address = baseURLLength + 200
        // The elements `url`, `loc` and `lastmod`; an `xhtml:link` for each version of a page, itself among them, and one for
        // everybody else.
        let entry = 110 + address + (languages > 1 ? (languages + 1) * (100 + address) : 0)
        return max(1, min(50_000, 50_000_000 / entry))
    }

    /// The same for a site; recorded, but where it has one language and nothing to ask.
    static func limit(_ languages: SiteLanguages, _ context: RuleContext) -> Int {
        let base =
            languages.all.count > 1
            ? context.read(ConfigurationRule.self, .empty, Configuration.baseURL).count : 0
        return limit(languages: languages.all.count, baseURLLength: base)
    }
}
