import Engine
import Text

/// One page as the catalogue knows it: where it is and how it is ordered, nothing that it says.
///
/// Whoever has one in hand knows which page it is, from a list or a reference that was read; all else that is known of it is
/// read, and leaves an edge: ``Rendering/entry(of:in:)``.
///
/// A class, since every rendering on every thread has its hands on many of them: copies of so many parts would be a
/// good part of a build.
final class CatalogPage: Sendable {
    let id: PageID
    /// What it is, as its id says.
    let kind: PageKind
    /// What the page's edge stands for. Read so, it leaves none.
    let unrecorded: Entry
    /// How it shows what it lists; the page's edge does not stand for that.
    let unrecordedListing: Listing
    /// For each taxonomy of the site the indices of its terms, in the order written. The page's edge does not stand for them.
    let unrecordedTerms: [[Int32]]
    /// When it is dated, as an instant; the page's edge does not stand for it.
    let unrecordedDate: Int64?
    /// Whether it stands in the list of the sitemap, which is where to read it.
    let unrecordedIsInSitemap: Bool
    /// Stands for the id alone: part of every list that holds the page.
    let idFingerprint: Fingerprint
    /// Stands for what is said here about the page itself: kind, URL, output, whether it is listed and rendered, the section
    /// around it, for a term its name and the term above it. Dates, terms, how it lists and the lists it stands in have other
    /// names.
    let fingerprint: Fingerprint
    /// Stands for ``unrecordedListing``.
    let listingFingerprint: Fingerprint

    /// Whether it may list others.
    var isList: Bool { kind != .page && kind != .notFound }

    /// The file that its id names, which is the key of its head; `nil` for a page that needs none, though one may describe
    /// it: ``Entry/source``.
    var ownFile: Symbol? { kind == .page ? unrecorded.source : nil }

    /// What one edge stands for.
    struct Entry: Sendable {
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
        let isPost: Bool
        /// Whether it stands in lists, feeds and the sitemap.
        let isListed: Bool
        /// Whether it is written at all.
        let isRendered: Bool
        let isDraft: Bool
        /// Where visitors of this page are sent instead.
        let redirect: [UInt8]?
        /// Old URLs that lead here, as output paths of the redirects.
        let aliases: [RelativePath]
        /// For a term or taxonomy page: which taxonomy, and which of its terms.
        let taxonomy: Int32
        let term: Int32
        /// Which list a list page shows.
        let list: Symbol

        /// The addresses that its aliases had, as ``urlSymbol`` has today's.
        var aliasAddresses: [Symbol] {
            aliases.map { alias in
                Symbol(
                    [UInt8(ascii: "/")]
                        + (alias.name.elementsEqual("index.html".utf8)
                            ? alias.bytes.dropLast("index.html".utf8.count) : alias.bytes[...]))
            }
        }

        var isListedPost: Bool { isPost && isListed && isRendered }

        /// Whether hosts show it in the place of what is not there: written to `404.html`, by whomever.
        var isNotFound: Bool { output.name.elementsEqual("404.html".utf8) }
    }

    /// What another edge stands for: whoever links to a list does not care how it is cut.
    struct Listing: Sendable {
        /// How many stand on one of the numbered parts; 0 is all.
        let pageSize: Int32
        /// The list that the parts are cut from: that of the page, or that list from its end.
        let partsList: Symbol
        /// Whether so few pages bear this term that search engines are asked to leave it out.
        let isThin: Bool
        /// Whether there are posts in that list, so that it may have feeds.
        let listsPosts: Bool
        /// Whether the configuration gives feeds to this term.
        let hasFeeds: Bool

        var fingerprint: Fingerprint {
            var builder = FingerprintBuilder()
            builder.combine(UInt64(bitPattern: Int64(pageSize)))
            builder.combine(partsList.span)
            builder.combine(isThin)
            builder.combine(listsPosts)
            builder.combine(hasFeeds)
            return builder.finish()
        }
    }

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
        unrecordedTerms = terms
        unrecordedDate = date
        unrecordedIsInSitemap = isInSitemap && isListed && isRendered && redirect == nil && !isThin
        let entry = Entry(
            source: source, section: section, url: url, urlSymbol: Symbol(Percent.decoded(url)),
            output: output,
            isPost: isPost, isListed: isListed, isRendered: isRendered, isDraft: isDraft, redirect: redirect,
            aliases: aliases, taxonomy: taxonomy, term: term, list: list)
        unrecorded = entry
        unrecordedListing = Listing(
            pageSize: pageSize, partsList: partsList ?? list, isThin: isThin, listsPosts: listsPosts,
            hasFeeds: hasFeeds)
        listingFingerprint = unrecordedListing.fingerprint
        idFingerprint = id.fingerprint
        var builder = FingerprintBuilder()
        builder.combine(id.symbol.span)
        builder.combine(UInt64(kind.rawValue))
        builder.combine((source ?? .empty).span)
        builder.combine(url)
        builder.combine(output.bytes)
        builder.combine(isRendered)
        builder.combine(isListed)
        builder.combine(isDraft)
        builder.combine(redirect ?? [])
        builder.combine(sectionFolder.bytes)
        builder.combine(isPost)
        builder.combine(label)
        for alias in aliases { builder.combine(alias.bytes) }
        fingerprint = builder.finish()
    }

    /// The page that ``put(to:)`` wrote; `nil` where it makes no sense.
    init?(from reader: inout CompactReader, idFingerprint: Fingerprint) {
        id = PageID(symbol: reader.symbol())
        guard let kind = PageKind(rawValue: reader.small()) else { return nil }
        self.kind = kind
        let source = reader.truth() ? reader.symbol() : nil
        let section = Int32(clamping: reader.signed())
        let url = reader.bytes()
        let output = RelativePath(unchecked: reader.bytes())
        unrecordedDate = reader.optionalNumber().map { Int64($0) }
        let isPost = reader.truth()
        let isListed = reader.truth()
        let isRendered = reader.truth()
        let isDraft = reader.truth()
        unrecordedIsInSitemap = reader.truth()
        let listsPosts = reader.truth()
        let hasFeeds = reader.truth()
        let isThin = reader.truth()
        let redirect = reader.optionalBytes()
        let aliases = reader.list { RelativePath(unchecked: $0.bytes()) }
        unrecordedTerms = reader.list { $0.list { Int32(clamping: $0.signed()) } }
        let taxonomy = Int32(clamping: reader.signed())
        let term = Int32(clamping: reader.signed())
        let pageSize = Int32(clamping: reader.number())
        let list = reader.symbol()
        unrecorded = Entry(
            source: source, section: section, url: url,
            urlSymbol: url.contains(UInt8(ascii: "%")) ? Symbol(Percent.decoded(url)) : Symbol(url),
            output: output, isPost: isPost, isListed: isListed, isRendered: isRendered, isDraft: isDraft,
            redirect: redirect, aliases: aliases, taxonomy: taxonomy, term: term, list: list)
        unrecordedListing = Listing(
            pageSize: pageSize, partsList: reader.symbol(), isThin: isThin, listsPosts: listsPosts,
            hasFeeds: hasFeeds)
        self.idFingerprint = idFingerprint
        fingerprint = reader.fingerprint()
        listingFingerprint = unrecordedListing.fingerprint
    }

    /// Writes the page down for the store, but for what stands for its id.
    func put(to writer: inout CompactWriter) {
        let entry = unrecorded
        let listing = unrecordedListing
        writer.put(id.symbol.span)
        writer.put(Int(kind.rawValue))
        writer.put(optional: entry.source?.bytes)
        writer.put(signed: Int(entry.section))
        writer.put(entry.url)
        writer.put(entry.output.bytes)
        writer.put(optional: unrecordedDate.map { Int($0) })
        for truth in [
            entry.isPost, entry.isListed, entry.isRendered, entry.isDraft, unrecordedIsInSitemap,
            listing.listsPosts, listing.hasFeeds, listing.isThin,
        ] {
            writer.put(truth)
        }
        writer.put(optional: entry.redirect)
        writer.put(list: entry.aliases) { $0.put($1.bytes) }
        writer.put(list: unrecordedTerms) { writer, terms in
            writer.put(list: terms) { $0.put(signed: Int($1)) }
        }
        writer.put(signed: Int(entry.taxonomy))
        writer.put(signed: Int(entry.term))
        writer.put(Int(listing.pageSize))
        writer.put(entry.list.span)
        writer.put(listing.partsList.span)
        writer.put(fingerprint)
    }
}
