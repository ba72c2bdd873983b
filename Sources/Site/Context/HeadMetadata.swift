import Engine
import Formats
import Markup
import Templates
import Text

/// What search engines and link previews read of a page.
///
/// Sources: Open Graph protocol (ogp.me), Twitter's card markup, schema.org `BlogPosting`, `WebSite`,
/// `BreadcrumbList`; RFC 6596 for `canonical`.
enum HeadMetadata {
    static func html(_ rendering: Rendering) -> [UInt8] {
        let catalog = rendering.catalog
        guard let part = rendering.part, let index = rendering.position(of: part.page, in: catalog) else {
            return []
        }
        let facts = PageFacts(catalog: catalog, page: catalog.page(at: index), rendering: rendering)
        var writer = ByteWriter(capacity: 2048)
        if facts.page.kind == .notFound || facts.entry.isNotFound {
            writer.append("<meta name=\"robots\" content=\"noindex\">")
            return writer.finish()
        }
        let text = self.description(facts)
        let description = text.isEmpty ? text : text + partMark(part, rendering)
        let title = facts.title.bytes + titleMark(part, rendering)
        let url = self.url(facts, part, rendering)
        let siteTitle = rendering.siteTitle(in: catalog.language)
        if !description.isEmpty { meta("name", "description", description, &writer) }
        tag("<link rel=\"canonical\" href=\"", url, &writer)
        // Later parts of a list have no counterparts: other languages' lists are cut elsewhere.
        if part.number <= 1 { alternates(of: facts, &writer) }
        let robots = self.robots(facts)
        if !robots.isEmpty { meta("name", "robots", robots, &writer) }
        meta("property", "og:type", Array((facts.entry.isPost ? "article" : "website").utf8), &writer)
        meta("property", "og:title", title, &writer)
        if !description.isEmpty { meta("property", "og:description", description, &writer) }
        meta("property", "og:url", url, &writer)
        if !siteTitle.isEmpty { meta("property", "og:site_name", siteTitle, &writer) }
        if let locale = locale(catalog.language) { meta("property", "og:locale", locale, &writer) }
        let picture = SharedPicture.of(facts)
        if let picture {
            meta("property", "og:image", picture.url, &writer)
            if let size = picture.size {
                meta("property", "og:image:width", Array("\(size.width)".utf8), &writer)
                meta("property", "og:image:height", Array("\(size.height)".utf8), &writer)
            }
            if !picture.alternative.isEmpty {
                meta("property", "og:image:alt", picture.alternative, &writer)
            }
        }
        if facts.entry.isPost, let date = facts.dateValue(.date) {
            meta("property", "article:published_time", date.isoformatBytes, &writer)
            meta(
                "property", "article:modified_time", (facts.dateValue(.updated) ?? date).isoformatBytes,
                &writer)
        }
        meta(
            "name", "twitter:card", Array((picture == nil ? "summary" : "summary_large_image").utf8), &writer)
        writer.append("<script type=\"application/ld+json\">")
        writer.append(
            StructuredData(
                facts: facts, title: title, description: description, url: url, image: picture?.url,
                siteTitle: siteTitle
            ).json)
        writer.append("</script>")
        return writer.finish()
    }

    /// What is said to search engines: what the head says, or what is right for most pages of the kind.
    static func robots(_ facts: PageFacts) -> [UInt8] {
        if let source = facts.source {
            let written = facts.rendering.meta(source, PageMeta.robots)
            if !written.isEmpty { return written }
            if facts.rendering.meta(source, PageMeta.isNoIndex) { return Array("noindex".utf8) }
        }
        if facts.page.kind == .term, facts.rendering.listing(of: facts.page, in: facts.catalog).isThin {
            return Array("noindex".utf8)
        }
        return facts.page.kind == .page ? Array("max-image-preview:large".utf8) : []
    }

    /// All versions of a page.
    private static func alternates(of facts: PageFacts, _ writer: inout ByteWriter) {
        for version in LanguageVersions.of(facts) {
            writer.append("<link rel=\"alternate\" hreflang=\"")
            writer.append(version.language, escapedAs: .html)
            tag("\" href=\"", version.url, &writer)
        }
    }

    /// The description: written, or the beginning of the text, or the site's.
    static func description(_ facts: PageFacts) -> [UInt8] {
        let written = writtenDescription(facts)
        if !written.isEmpty { return written }
        if let source = facts.source {
            let text = facts.rendering.body(source, PageBody.description)
            if !text.isEmpty { return text }
        }
        let site = facts.rendering.siteDescription(in: facts.catalog.language)
        switch facts.page.kind {
        case .home: return site
        case .section, .taxonomy, .term, .archive:
            // A list without a text of its own says of what it is a list.
            var name = facts.title.bytes
            // A tag and a category may have one name.
            if facts.page.kind == .term, let above = facts.ancestors.last {
                let taxonomy = PageFacts(
                    catalog: facts.catalog, page: facts.catalog.page(at: above), rendering: facts.rendering)
                name += Array(" (".utf8) + taxonomy.title.bytes + Array(")".utf8)
            }
            name += Array(" – ".utf8) + facts.rendering.siteTitle(in: facts.catalog.language)
            return site.isEmpty ? name : name + Array(": ".utf8) + site
        default: return []
        }
    }

    /// The description or summary in the head, as text; empty when there is none.
    static func writtenDescription(_ facts: PageFacts) -> [UInt8] {
        if case .string(let text) = facts.description, !text.bytes.isEmpty { return text.bytes }
        guard let source = facts.source,
            let written = facts.writtenSummary(source)
        else { return [] }
        return HTMLText.plain(written)
    }

    /// What sets the description of a further part of a list apart from that of the first.
    private static func partMark(_ part: PagePart, _ rendering: Rendering) -> [UInt8] {
        part.number <= 1 ? [] : Array(" (\(part.number))".utf8)
    }

    /// The same for its title, as titles of themes say it: `, page 2`.
    private static func titleMark(_ part: PagePart, _ rendering: Rendering) -> [UInt8] {
        if part.number <= 1 { return [] }
        let words = Translations.text(
            Array("page_number".utf8), count: nil, keywords: [.init("number", .int(part.number))],
            rendering: rendering)
        return words.map { Array(", ".utf8) + $0.bytes } ?? partMark(part, rendering)
    }

    /// The canonical address: the head's own, or that of the page and its number.
    private static func url(_ facts: PageFacts, _ part: PagePart, _ rendering: Rendering) -> [UInt8] {
        if let source = facts.source,
            case .string(let canonical)? = rendering.meta(source, PageMeta.field(PageMeta.Field.canonical)),
            !canonical.bytes.isEmpty
        {
            return absolute(canonical.bytes, rendering)
        }
        if part.number <= 1 { return facts.permalink }
        return rendering.baseURL
            + Pagination.url(
                of: facts.entry.url, part: part.number,
                folder: rendering.configuration(Configuration.paginationPath),
                endsInSlash: rendering.configuration(Configuration.endsInSlash))
    }

    /// The canonical address as the head writes it, made whole.
    static func absolute(_ canonical: [UInt8], _ rendering: Rendering) -> [UInt8] {
        Addresses.isAbsolute(canonical) ? canonical : rendering.baseURL + canonical
    }

    private static func meta(
        _ attribute: String, _ name: String, _ content: [UInt8], _ writer: inout ByteWriter
    ) {
        writer.append("<meta \(attribute)=\"\(name)\" content=\"")
        writer.append(content, escapedAs: .html)
        writer.append("\">\n")
    }

    private static func tag(_ opening: String, _ url: [UInt8], _ writer: inout ByteWriter) {
        writer.append(opening)
        writer.append(url, escapedAs: .html)
        writer.append("\">\n")
    }

    /// `pt-br` as Open Graph writes it, `pt_BR`; a language alone gets the land where most speak it, where that
    /// is no question, and `nil` otherwise.
    private static func locale(_ language: [UInt8]) -> [UInt8]? {
        let parts = language.split(separator: UInt8(ascii: "-"))
        if parts.count == 2, parts[1].count == 2 {
            return parts[0] + [UInt8(ascii: "_")] + parts[1].map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 32 : $0 }
        }
        guard parts.count == 1 else { return nil }
        return lands.first { $0.language.utf8.elementsEqual(language) }.map {
            Array("\($0.language)_\($0.land)".utf8)
        }
    }

    private static let lands: [(language: String, land: String)] = [
        ("ar", "AR"), ("bn", "BD"), ("cs", "CZ"), ("da", "DK"), ("de", "DE"), ("el", "GR"), ("en", "US"),
        ("es", "ES"),
        ("fa", "IR"), ("fi", "FI"), ("fr", "FR"), ("he", "IL"), ("hi", "IN"), ("hu", "HU"), ("id", "ID"),
        ("it", "IT"),
        ("ja", "JP"), ("ko", "KR"), ("nl", "NL"), ("pl", "PL"), ("pt", "PT"), ("ro", "RO"), ("ru", "RU"),
        ("sv", "SE"),
        ("th", "TH"), ("tr", "TR"), ("uk", "UA"), ("vi", "VN"), ("zh", "CN"),
    ]
}
