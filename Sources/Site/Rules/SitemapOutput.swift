import Engine
import Markup
import Templates
import Text

/// The sitemap (sitemaps.org, protocol 0.9): every page that lists may show, with its last change and its
/// translations, and the further parts of long lists. A large one is an index of sitemaps.
struct SitemapOutputRule: Rule {
    static let kind = RuleKind.sitemapOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    /// The key is empty for `sitemap.xml`, and a number from 1 for a part of a large site.
    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        let rendering = Rendering(context: context, language: Symbol(languages.main.code))
        if name == .empty, let program = rendering.program(Array("sitemap.xml".utf8)) {
            return OutputValue(
                bytes: SiteRenderer.render(
                    program, Variables([]), rendering: rendering, circumstance: "while rendering sitemap.xml")
            )
        }
        var pages: [Entry] = []
        for language in languages.all {
            let catalog = rendering.catalog(of: Symbol(language.code))
            for index in rendering.list(CatalogName.sitemap, in: catalog) {
                let parts = rendering.partCount(of: catalog.page(at: Int(index)), in: catalog)
                for part in 1...parts {
                    pages.append(Entry(catalog: catalog, index: Int(index), part: part))
                }
            }
        }
        let limit = SitemapParts.limit(languages, context)
        let parts = max(1, (pages.count + limit - 1) / limit)
        if name == .empty && parts > 1 { return OutputValue(bytes: index(parts, rendering)) }
        let number = Int(name.text) ?? 1
        let start = min((max(1, number) - 1) * limit, pages.count)
        return OutputValue(
            bytes: part(
                pages[start..<min(start + limit, pages.count)], rendering,
                hasTranslations: languages.all.count > 1))
    }

    /// One address: a page, or a further part of a list.
    private struct Entry {
        let catalog: Catalog
        let index: Int
        let part: Int
    }

    private func part(
        _ pages: ArraySlice<Entry>, _ rendering: Rendering, hasTranslations: Bool
    ) -> [UInt8] {
        var xml = XMLWriter(indent: 2)
        xml.startElement("urlset")
        xml.attribute("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")
        if hasTranslations { xml.attribute("xmlns:xhtml", "http://www.w3.org/1999/xhtml") }
        var changes = LastChanges(rendering: rendering)
        var last: [UInt8] = []
        for entry in pages {
            let catalog = entry.catalog
            let facts = PageFacts(catalog: catalog, page: catalog.page(at: entry.index), rendering: rendering)
            // A page may stand where a list of its language would be; they are neighbours, the page first.
            if entry.part == 1 {
                let url = facts.entry.url
                if url == last { continue }
                last = url
            }
            xml.startElement("url")
            if entry.part > 1 {
                let folder = rendering.configuration(Configuration.paginationPath)
                xml.element(
                    "loc",
                    rendering.baseURL
                        + Pagination.url(
                            of: facts.entry.url, part: entry.part, folder: folder,
                            endsInSlash: rendering.configuration(Configuration.endsInSlash)))
                writeLastChange(&xml, changes.last(at: entry.part, of: facts))
                xml.endElement()
                continue
            }
            xml.element("loc", facts.permalink)
            writeLastChange(&xml, changes.last(at: entry.part, of: facts))
            if hasTranslations {
                for version in LanguageVersions.of(facts) {
                    xml.startElement("xhtml:link")
                    xml.attribute("rel", "alternate")
                    xml.attribute("hreflang", version.language)
                    xml.attribute("href", version.url)
                    xml.endElement()
                }
            }
            xml.endElement()
        }
        return xml.finish()
    }

    private func writeLastChange(_ xml: inout XMLWriter, _ changed: Instant?) {
        if let changed { xml.element("lastmod", DateValue.isoformat(changed)) }
    }

    private func index(_ parts: Int, _ rendering: Rendering) -> [UInt8] {
        var xml = XMLWriter(indent: 2)
        xml.startElement("sitemapindex")
        xml.attribute("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")
        for number in 1...parts {
            xml.startElement("sitemap")
            xml.element("loc", rendering.baseURL + Array("/\(Self.path(number).text)".utf8))
            xml.endElement()
        }
        return xml.finish()
    }

    /// Where a part of a large sitemap is written.
    static func path(_ number: Int) -> RelativePath {
        RelativePath(unchecked: Array("sitemap-\(number).xml".utf8))
    }
}

/// `robots.txt`: everything may be read, and where the sitemap is.
struct RobotsOutputRule: Rule {
    static let kind = RuleKind.robotsOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        let rendering = Rendering(context: context, language: Symbol(languages.main.code))
        if let program = rendering.program(Array("robots.txt".utf8)) {
            return OutputValue(
                bytes: SiteRenderer.render(
                    program, Variables([]), rendering: rendering, circumstance: "while rendering robots.txt"))
        }
        return OutputValue(
            bytes: Array("User-agent: *\nAllow: /\n\nSitemap: ".utf8) + rendering.baseURL
                + Array("/sitemap.xml\n".utf8))
    }
}
