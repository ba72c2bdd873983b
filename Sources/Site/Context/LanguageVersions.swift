import Engine
import Templates
import Text

/// A page in all its languages, as search engines are told of it in the head and in the sitemap: both must say the same.
enum LanguageVersions {
    /// One address of the page, and whom it is for.
    struct Version {
        /// A language, or `x-default` for everybody else.
        let language: [UInt8]
        /// The absolute URL.
        let url: [UInt8]
    }

    /// The versions, the page itself among them, and then the one for everybody else: each must name all (Google's rule
    /// for `hreflang`). None where there is but one: what search engines are to leave out, and what is said to be a copy
    /// of another page, is no version of anything.
    static func of(_ facts: PageFacts) -> [Version] {
        let rendering = facts.rendering
        let others = Translations.of(facts.page, in: facts.catalog, rendering: rendering)
        if others.isEmpty || !isVersion(facts) { return [] }
        let pages =
            [facts]
            + others.map { PageFacts(catalog: $0.catalog, page: $0.page, rendering: rendering) }
            .filter { isVersion($0) }
        if pages.count == 1 { return [] }
        var versions = pages.map { Version(language: $0.catalog.language, url: $0.permalink) }
        let main = rendering.configuration(Configuration.languages).main.code
        if let common = versions.first(where: { $0.language == main }) {
            versions.append(Version(language: Array("x-default".utf8), url: common.url))
        }
        return versions
    }

    /// Whether search engines may show a page, at an address of its own.
    private static func isVersion(_ facts: PageFacts) -> Bool {
        if !facts.entry.isRendered || FrontMatter.forbidsIndexing(HeadMetadata.robots(facts)) { return false }
        guard let source = facts.source,
            case .string(let canonical)? = facts.rendering.meta(source, PageMeta.field(.canonical)),
            !canonical.bytes.isEmpty
        else { return true }
        return HeadMetadata.absolute(canonical.bytes, facts.rendering) == facts.permalink
    }
}
