import Engine
import Text

/// One page as the catalogue knows it: where it is and how it is ordered, nothing that it says.
///
/// A class, since every rendering on every thread has its hands on many of them: copies of so many parts would be a
/// good part of a build.
final class CatalogPage: Sendable {
    let id: PageID
    let kind: PageKind
    /// The key of the head (the path of the source) or `nil` for a page that no file describes.
    let source: Symbol?
    /// Index of the section it belongs to; a section's own page belongs to itself.
    let section: Int32
    /// Root-relative URL, without the base URL's path, percent-encoded.
    let url: [UInt8]
    /// The URL with percent signs undone: how it is found.
    let urlSymbol: Symbol
    /// Where its bytes go, relative to the output folder.
    let output: RelativePath
    /// When it is dated, as an instant.
    let date: Int64?
    let isPost: Bool
    /// Whether it stands in lists, feeds and the sitemap.
    let isListed: Bool
    /// Whether it is written at all.
    let isRendered: Bool
    let isDraft: Bool
    let isInSitemap: Bool
    /// Where visitors of this page are sent instead.
    let redirect: [UInt8]?
    /// Old URLs that lead here, as output paths of the redirects.
    let aliases: [RelativePath]
    /// For each taxonomy of the site the indices of its terms, in the order written.
    let terms: [[Int32]]
    /// For a term or taxonomy page: which taxonomy, and which of its terms.
    let taxonomy: Int32
    let term: Int32
    /// How the page is cut into numbered parts: the list's name and how many stand on one part; 0 is whole.
    let pageSize: Int32
    /// Which list a list page shows.
    let list: Symbol
    /// The list that its numbered parts are cut from: the same, or that list from its end.
    let partsList: Symbol
    /// Whether so few pages bear this term that search engines are asked to leave it out.
    let isThin: Bool
    /// Whether there are posts in that list, so that it may have feeds.
    let listsPosts: Bool
    /// Whether the configuration gives feeds to this term.
    let hasFeeds: Bool
    /// Stands for the id alone: part of every list that holds the page.
    let idFingerprint: Fingerprint
    /// Stands for what is said here about the page itself: kind, URL, output, whether it is listed and rendered, the section
    /// around it, for a term its name and the term above it. Dates, terms and the lists it stands in have other names.
    let fingerprint: Fingerprint

    init(
        id: PageID, kind: PageKind, source: Symbol?, section: Int32, url: [UInt8], output: RelativePath,
        date: Int64? = nil, isPost: Bool = false, isListed: Bool = true, isRendered: Bool = true,
        isDraft: Bool = false, isInSitemap: Bool = true, redirect: [UInt8]? = nil,
        aliases: [RelativePath] = [], terms: [[Int32]] = [], taxonomy: Int32 = -1,
        term: Int32 = -1, pageSize: Int32 = 0, list: Symbol = .empty, partsList: Symbol? = nil,
        isThin: Bool = false, listsPosts: Bool = false, hasFeeds: Bool = false,
        sectionFolder: RelativePath = .root, label: [UInt8] = []
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.section = section
        self.url = url
        self.urlSymbol = Symbol(Percent.decoded(url))
        self.output = output
        self.date = date
        self.isPost = isPost
        self.isListed = isListed
        self.isRendered = isRendered
        self.isDraft = isDraft
        self.isInSitemap = isInSitemap && isListed && isRendered && redirect == nil && !isThin
        self.redirect = redirect
        self.aliases = aliases
        self.terms = terms
        self.taxonomy = taxonomy
        self.term = term
        self.pageSize = pageSize
        self.list = list
        self.partsList = partsList ?? list
        self.isThin = isThin
        self.listsPosts = listsPosts
        self.hasFeeds = hasFeeds
        var builder = FingerprintBuilder()
        builder.combine(id.symbol.bytes)
        idFingerprint = builder.finish()
        builder.combine(UInt64(kind.rawValue))
        builder.combine(source?.bytes ?? [])
        builder.combine(url)
        builder.combine(output.bytes)
        builder.combine(isRendered)
        builder.combine(isListed)
        builder.combine(isDraft)
        builder.combine(redirect ?? [])
        builder.combine(UInt64(bitPattern: Int64(pageSize)))
        builder.combine(self.partsList.bytes)
        builder.combine(isThin)
        builder.combine(listsPosts)
        builder.combine(hasFeeds)
        builder.combine(sectionFolder.bytes)
        builder.combine(isPost)
        builder.combine(label)
        for alias in aliases { builder.combine(alias.bytes) }
        fingerprint = builder.finish()
    }

    /// The page that ``put(to:)`` wrote; `nil` where it makes no sense.
    init?(from reader: inout CompactReader) {
        id = PageID(symbol: reader.symbol())
        guard let kind = PageKind(rawValue: reader.small()) else { return nil }
        self.kind = kind
        source = reader.truth() ? reader.symbol() : nil
        section = Int32(clamping: reader.signed())
        url = reader.bytes()
        urlSymbol = url.contains(UInt8(ascii: "%")) ? Symbol(Percent.decoded(url)) : Symbol(url)
        output = RelativePath(unchecked: reader.bytes())
        date = reader.optionalNumber().map { Int64($0) }
        isPost = reader.truth()
        isListed = reader.truth()
        isRendered = reader.truth()
        isDraft = reader.truth()
        isInSitemap = reader.truth()
        listsPosts = reader.truth()
        hasFeeds = reader.truth()
        isThin = reader.truth()
        redirect = reader.optionalBytes()
        aliases = reader.list { RelativePath(unchecked: $0.bytes()) }
        terms = reader.list { $0.list { Int32(clamping: $0.signed()) } }
        taxonomy = Int32(clamping: reader.signed())
        term = Int32(clamping: reader.signed())
        pageSize = Int32(clamping: reader.number())
        list = reader.symbol()
        partsList = reader.symbol()
        idFingerprint = reader.fingerprint()
        fingerprint = reader.fingerprint()
    }
}

extension CatalogPage {
    /// Whether hosts show it in the place of what is not there: written to `404.html`, by whomever.
    var isNotFound: Bool { output.name.elementsEqual("404.html".utf8) }

    /// Writes the page down for the store.
    func put(to writer: inout CompactWriter) {
        writer.put(id.symbol.bytes)
        writer.put(Int(kind.rawValue))
        writer.put(optional: source?.bytes)
        writer.put(signed: Int(section))
        writer.put(url)
        writer.put(output.bytes)
        writer.put(optional: date.map { Int($0) })
        for truth in [isPost, isListed, isRendered, isDraft, isInSitemap, listsPosts, hasFeeds, isThin] {
            writer.put(truth)
        }
        writer.put(optional: redirect)
        writer.put(list: aliases) { $0.put($1.bytes) }
        writer.put(list: terms) { writer, terms in
            writer.put(list: terms) { $0.put(signed: Int($1)) }
        }
        writer.put(signed: Int(taxonomy))
        writer.put(signed: Int(term))
        writer.put(Int(pageSize))
        writer.put(list.bytes)
        writer.put(partsList.bytes)
        writer.put(idFingerprint)
        writer.put(fingerprint)
    }
}

/// A folder of pages.
struct CatalogSection: Sendable {
    /// Relative to the content folder.
    let folder: RelativePath
    /// Index of its own page.
    let page: Int32
    /// Index of the section around it; -1 for the home page.
    let parent: Int32
    /// Whether its dated pages are posts.
    let hasPosts: Bool
    /// Whether its posts stand in the order of their dates: no other order is asked for, and none has a weight.
    let isByDate: Bool

    var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(folder.bytes)
        builder.combine(UInt64(bitPattern: Int64(page)))
        builder.combine(UInt64(bitPattern: Int64(parent)))
        builder.combine(hasPosts)
        builder.combine(isByDate)
        return builder.finish()
    }
}

/// A way of classifying, with its terms.
struct CatalogTaxonomy: Sendable {
    let name: [UInt8]
    /// Index of its own page; -1 when it has none.
    let page: Int32
    /// By slug.
    let terms: [CatalogTerm]
    /// The name as a symbol.
    let symbol: Symbol
    /// The part of a page's head that says which of them it bears.
    let termsProjection: Projection

    init(name: [UInt8], page: Int32, terms: [CatalogTerm]) {
        self.name = name
        self.page = page
        self.terms = terms
        symbol = Symbol(name)
        termsProjection = PageMeta.termsProjection(name)
    }

    /// Whether its terms are those who wrote the page.
    var isOfPeople: Bool { name.elementsEqual("authors".utf8) || name.elementsEqual("author".utf8) }

    var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(name)
        builder.combine(page >= 0)
        for term in terms {
            builder.combine(term.name)
            builder.combine(term.slug)
        }
        return builder.finish()
    }
}

/// One tag, category or the like.
struct CatalogTerm: Sendable {
    /// As the first page, by path, writes it.
    let name: [UInt8]
    let slug: [UInt8]
    let page: Int32
    /// Index of the term above it in a hierarchical taxonomy; -1 for none.
    let parent: Int32
}

/// A page that is not published, and why.
struct SkippedPage: Sendable {
    enum Reason: UInt64, Sendable {
        case draft = 0
        case future = 1
        case expired = 2

        var name: String {
            switch self {
            case .draft: "draft"
            case .future: "future"
            case .expired: "expired"
            }
        }
    }
    let path: RelativePath
    let reason: Reason
    /// When it would appear, or when it disappeared.
    let until: Int64?
}
