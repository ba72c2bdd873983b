import Engine
import Templates
import Text

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
    let unrecordedPage: Int32
    /// By slug.
    let unrecordedTerms: [CatalogTerm]
    /// The name as a symbol.
    let symbol: Symbol
    /// The part of a page's head that says which of them it bears.
    let termsProjection: Projection

    init(name: [UInt8], page: Int32, terms: [CatalogTerm]) {
        self.name = name
        unrecordedPage = page
        unrecordedTerms = terms
        symbol = Symbol(name)
        termsProjection = PageMeta.termsProjection(name)
    }

    /// Whether its terms are those who wrote the page.
    var isOfPeople: Bool { name.elementsEqual("authors".utf8) || name.elementsEqual("author".utf8) }

    var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(name)
        builder.combine(unrecordedPage >= 0)
        for term in unrecordedTerms {
            builder.combine(term.unrecordedName)
            builder.combine(term.slug)
        }
        return builder.finish()
    }
}

/// One tag, category or the like. Its slug and its page say which one it is.
struct CatalogTerm: Sendable {
    /// As the first page, by path, writes it. The edge of its page stands for it.
    let unrecordedName: [UInt8]
    /// The same for templates, which print it on each page that bears the term.
    let unrecordedTitle: StringValue
    let slug: [UInt8]
    /// Index of its page.
    let page: Int32
    /// Index of the term above it in a hierarchical taxonomy; -1 for none. The edge of its page stands for it.
    let unrecordedParent: Int32

    init(name: [UInt8], slug: [UInt8], page: Int32, parent: Int32) {
        unrecordedName = name
        unrecordedTitle = StringValue(name)
        self.slug = slug
        self.page = page
        unrecordedParent = parent
    }
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
