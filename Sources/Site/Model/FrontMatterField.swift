import Text

extension FrontMatter {
    /// The keys that the product understands, under one name each, whoever's spelling was used.
    public enum Field: UInt8, CaseIterable, Sendable {
        case title, linkTitle, date, updated, publishDate, expires, draft, description, summary, keywords,
            slug, url
        case aliases, template, tags, categories, taxonomies, authors, weight, lang, translationKey, image
        case images, series, params, render, list, sitemap, noIndex, robots, excerptSeparator, menu, cascade
        case canonical, sortBy, paginateBy, paginatePath, paginateReversed, transparent, pageTemplate
        case redirectTo, insertAnchorLinks, resources, imageAlt

        /// The name, as in templates but camelCase.
        public var name: String { Self.names[Int(rawValue)] }

        /// The names by number: asking the runtime for a case's name is slow.
        private static let names: [String] = allCases.map { String(describing: $0) }

        /// What its value may be.
        public var kind: Kind {
            switch self {
            case .title, .linkTitle, .description, .summary, .slug, .url, .template, .lang,
                .translationKey,
                .image, .excerptSeparator, .canonical, .sortBy, .paginatePath, .pageTemplate, .redirectTo,
                .insertAnchorLinks, .imageAlt:
                .text
            case .date, .updated, .publishDate, .expires: .date
            case .draft, .render, .list, .sitemap, .noIndex, .paginateReversed, .transparent:
                .boolean
            case .weight, .paginateBy: .integer
            case .aliases, .images, .series, .robots: .texts
            case .keywords, .tags, .categories: .words
            case .authors: .people
            case .taxonomies: .taxonomies
            case .params: .map
            case .menu, .cascade, .resources: .any
            }
        }

        /// Its spellings: lower case, without `_` and `-`.
        var spellings: [String] {
            switch self {
            case .title: ["title"]
            case .linkTitle: ["linktitle"]
            case .date: ["date"]
            case .updated:
                [
                    "updated", "lastmod", "modified", "lastmodifiedat", "lastmodified", "updateddate",
                    "updatedat",
                ]
            case .publishDate: ["publishdate", "pubdate"]
            case .expires: ["expires", "expirydate", "unpublishdate"]
            case .draft: ["draft"]
            case .description: ["description"]
            case .summary: ["summary", "excerpt"]
            case .keywords: ["keywords"]
            case .slug: ["slug"]
            case .url: ["url", "permalink", "path"]
            case .aliases: ["aliases", "redirectfrom"]
            case .template: ["template", "layout"]
            case .tags: ["tags", "tag"]
            case .categories: ["categories", "category"]
            case .taxonomies: ["taxonomies"]
            case .authors: ["authors", "author"]
            case .weight: ["weight"]
            case .lang: ["lang"]
            case .translationKey: ["translationkey"]
            case .image: ["image", "heroimage"]
            case .images: ["images"]
            case .series: ["series"]
            case .params: ["params", "extra"]
            case .render: ["render"]
            case .list: ["list"]
            case .sitemap: ["sitemap"]
            case .noIndex: ["noindex", "robotsnoindex"]
            case .robots: ["robots"]
            case .excerptSeparator: ["excerptseparator"]
            case .menu: ["menu", "menus"]
            case .cascade: ["cascade"]
            case .canonical: ["canonical", "canonicalurl"]
            case .sortBy: ["sortby"]
            case .paginateBy: ["paginateby"]
            case .paginatePath: ["paginatepath"]
            case .paginateReversed: ["paginatereversed"]
            case .transparent: ["transparent"]
            case .pageTemplate: ["pagetemplate"]
            case .redirectTo: ["redirectto"]
            case .insertAnchorLinks: ["insertanchorlinks"]
            case .resources: ["resources"]
            case .imageAlt: ["imagealt"]
            }
        }

        /// The field of a key in any of its spellings.
        init?(spelled key: String) {
            let plain = key.lowercased().filter { $0 != "_" && $0 != "-" }
            guard let field = Field.allCases.first(where: { $0.spellings.contains(plain) }) else {
                return nil
            }
            self = field
        }

        /// Keys that other generators use in other ways: a value of another type is the author's own and goes
        /// to `params` as it is.
        var isShared: Bool {
            switch self {
            case .list, .render, .series, .image, .sitemap, .noIndex, .robots, .sortBy, .canonical, .keywords,
                .url, .imageAlt:
                true
            default: false
            }
        }

        /// Keys that empty text says nothing of, since there is no address, name or choice without a letter. Of others it may
        /// be meant: a page without the description, the image or the mark of an excerpt that its section hands down.
        var isAbsentWhenEmpty: Bool {
            switch self {
            case .slug, .url, .aliases, .template, .lang, .translationKey, .series, .robots, .canonical,
                .sortBy,
                .paginatePath, .pageTemplate, .redirectTo, .insertAnchorLinks:
                true
            default: false
            }
        }

        /// The taxonomy whose terms the key names, if it does.
        var taxonomy: String? {
            switch self {
            case .tags, .categories, .series, .keywords, .authors: name
            default: nil
            }
        }

        /// Keys that templates of other generators read themselves, or that the product does little with: they are in
        /// `params` as well.
        var isParameterToo: Bool {
            switch self {
            case .noIndex, .robots, .keywords, .imageAlt: true
            default: false
            }
        }
    }

    /// What the value of a field is, after it was made uniform.
    public enum Kind: Sendable {
        /// Text, from any scalar, as it was written.
        case text
        /// A list of texts, from a list or one text.
        case texts
        /// A list of texts, from a list, or from one text split at commas or blanks.
        case words
        /// A list of texts and maps, from a list or one of either.
        case people
        /// `true` or `false`, also from `yes`, `no`, `on`, `off`.
        case boolean
        /// A whole number.
        case integer
        /// A date, or text that names a source of dates (`git Created`).
        case date
        /// A map of lists of texts.
        case taxonomies
        /// A map.
        case map
        /// Anything.
        case any
    }
}
