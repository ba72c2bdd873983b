import Engine
import Files
import Formats
import Testing
import Text

@testable import Site

/// What stands for a value stands for each of its parts: with another part the fingerprint is another, or the part is
/// named here with the reason why it may be left out. A part that somebody adds has to be put here.
@Suite struct FingerprintTableTests {
    @Test func treesOfFiles() {
        func source(
            path: RelativePath = "content/a.md", folder: RelativePath = "f", name: String = "a",
            role: ContentTree.Role = .page
        ) -> ContentTree.Source {
            ContentTree.Source(path: path, folder: folder, name: Array(name.utf8), role: role)
        }
        func resource(
            path: RelativePath = "content/b/x.png", bundle: RelativePath? = "content/b/index.md",
            rest: RelativePath = "x.png"
        ) -> ContentTree.Resource { ContentTree.Resource(path: path, bundle: bundle, rest: rest) }
        func whole(_ sources: [ContentTree.Source], _ resources: [ContentTree.Resource]) -> Fingerprint {
            ContentTree(sources: sources, resources: resources).fingerprint(of: .whole)
        }
        let base = whole([source()], [resource()])
        expectParts(
            of: ContentTree(sources: [], resources: []), base,
            ["sources": whole([], [resource()]), "resources": whole([source()], [])],
            leftOut: ["resourcesByBundle": "made of resources", "wholeFingerprint": "the fingerprint"])
        func of(_ source: ContentTree.Source) -> Fingerprint { whole([source], [resource()]) }
        expectParts(
            of: source(), base,
            [
                "path": of(source(path: "content/c.md")), "folder": of(source(folder: "g")),
                "name": of(source(name: "c")), "role": of(source(role: .bundle)),
            ])
        func of(_ resource: ContentTree.Resource) -> Fingerprint { whole([source()], [resource]) }
        expectParts(
            of: resource(), base,
            [
                "path": of(resource(path: "content/b/y.png")), "bundle": of(resource(bundle: nil)),
                "rest": of(resource(rest: "b/x.png")),
            ])
    }

    @Test func assetsAndThemes() {
        func asset(_ url: String, _ integrity: String, _ source: Asset.Source?) -> Asset {
            Asset(url: Array(url.utf8), integrity: integrity, source: source)
        }
        func origin(_ source: Asset.Source?) -> Fingerprint {
            asset("/a", "i", source).fingerprint(of: Asset.origin.projection)
        }
        let base = asset("/a", "i", .file("assets/a"))
        expectParts(
            of: base, base.fingerprint(of: .whole),
            [
                "url": asset("/b", "i", base.source).fingerprint(of: .whole),
                "integrity": asset("/a", "j", base.source).fingerprint(of: .whole),
                "source": asset("/a", "i", nil).fingerprint(of: .whole),
            ])
        // Which file it is of is what the producer of the output asks, not pages.
        let origins = [
            origin(.file("assets/a")), origin(.file("themes/t/assets/a")), origin(.carried("assets/a")),
            origin(.styleSheet("assets/a")), origin(nil),
        ]
        #expect(Set(origins).count == origins.count)
        expectParts(
            of: AssetTree(paths: []), AssetTree(paths: ["a"]).fingerprint(of: .whole),
            ["paths": AssetTree(paths: ["b"]).fingerprint(of: .whole)])
        expectParts(
            of: Theme(root: nil, isCarried: false),
            Theme(root: nil, isCarried: false).fingerprint(of: .whole),
            [
                "root": Theme(root: "themes/t", isCarried: false).fingerprint(of: .whole),
                "isCarried": Theme(root: nil, isCarried: true).fingerprint(of: .whole),
            ])
    }

    @Test func copiesDataAndDates() {
        func copies(_ output: RelativePath, _ source: RelativePath) -> Fingerprint {
            OutputFiles(copies: [.init(output: output, source: source)]).fingerprint(of: .whole)
        }
        expectParts(
            of: OutputFiles.Copy(output: "a", source: "static/a"), copies("a", "static/a"),
            ["output": copies("b", "static/a"), "source": copies("a", "themes/t/static/a")])
        expectParts(
            of: OutputFiles(copies: []), OutputFiles(copies: []).fingerprint(of: .whole),
            ["copies": copies("a", "static/a")],
            leftOut: [
                "sourceByOutput": "made of copies", "outputBySource": "made of copies",
                "outputByComposedSource": "made of copies",
            ])
        func data(_ data: DataValue, _ isThere: Bool) -> Fingerprint {
            DataFile(data: data, isThere: isThere).fingerprint(of: .whole)
        }
        let shapes = [
            data(.null, true), data(.null, false), data(DataValue([(key: String, value: DataValue)]()), true),
            data(DataValue("a"), true),
        ]
        #expect(Set(shapes).count == shapes.count)
        expectParts(
            of: DataFile(data: .null, isThere: true), data(.null, true),
            ["data": data(DataValue("a"), true), "isThere": data(.null, false)])
        func dates(_ created: Int64, _ updated: Int64) -> Fingerprint {
            GitDates(entries: ["a": .init(created: created, updated: updated)]).fingerprint(of: "a")
        }
        expectParts(
            of: GitDates.Entry(created: 1, updated: 2), dates(1, 2),
            ["created": dates(3, 2), "updated": dates(1, 3)])
        func size(_ width: Int, _ height: Int) -> Fingerprint {
            ImageFacts(ImageSize(width: width, height: height)).fingerprint(of: .whole)
        }
        expectParts(
            of: ImageSize(width: 1, height: 2), size(1, 2), ["width": size(2, 2), "height": size(1, 1)])
        func summary(_ pages: Int, _ posts: Int, _ skipped: [SkippedPage]) -> Fingerprint {
            SiteSummary(pages: pages, posts: posts, skipped: skipped).fingerprint(of: .whole)
        }
        expectParts(
            of: SiteSummary(pages: 1, posts: 1, skipped: []), summary(1, 1, []),
            [
                "pages": summary(2, 1, []), "posts": summary(1, 2, []),
                "skipped": summary(1, 1, [SkippedPage(path: "a", reason: .draft, until: nil)]),
            ])
        func skipped(_ path: RelativePath, _ reason: SkippedPage.Reason, _ until: Int64?) -> Fingerprint {
            summary(1, 1, [SkippedPage(path: path, reason: reason, until: until)])
        }
        expectParts(
            of: SkippedPage(path: "a", reason: .draft, until: nil), skipped("a", .draft, nil),
            [
                "path": skipped("b", .draft, nil), "reason": skipped("a", .future, nil),
                "until": skipped("a", .draft, 3),
            ])
    }

    @Test func pagesOfACatalogue() {
        func page(
            id: PageID = PageID(language: Array("en".utf8), source: "content/a.md"), kind: PageKind = .page,
            source: Symbol? = "content/a.md", url: String = "/a/", output: RelativePath = "a/index.html",
            date: Int64? = 1, isPost: Bool = false, isListed: Bool = true, isRendered: Bool = true,
            isDraft: Bool = false, isInSitemap: Bool = true, redirect: [UInt8]? = nil,
            aliases: [RelativePath] = [], pageSize: Int32 = 0, list: Symbol = .empty,
            partsList: Symbol? = nil,
            isThin: Bool = false, listsPosts: Bool = false, hasFeeds: Bool = false,
            sectionFolder: RelativePath = .root, label: [UInt8] = []
        ) -> CatalogPage {
            CatalogPage(
                id: id, kind: kind, source: source, section: 0, url: Array(url.utf8), output: output,
                date: date, isPost: isPost, isListed: isListed, isRendered: isRendered, isDraft: isDraft,
                isInSitemap: isInSitemap, redirect: redirect, aliases: aliases, pageSize: pageSize,
                list: list,
                partsList: partsList, isThin: isThin, listsPosts: listsPosts, hasFeeds: hasFeeds,
                sectionFolder: sectionFolder, label: label)
        }
        expectParts(
            of: page(), page().fingerprint,
            [
                "id": page(id: PageID(language: Array("de".utf8), source: "content/a.md")).fingerprint,
                "kind": page(kind: .section).fingerprint,
            ],
            leftOut: [
                "unrecorded": "below", "unrecordedListing": "below",
                "unrecordedDate": "read from the head; in the whole of the catalogue",
                "unrecordedIsInSitemap": "is whether it stands in the list of the sitemap",
                "unrecordedTerms": "read from the head, with classification",
                "idFingerprint": "a fingerprint", "fingerprint": "the fingerprint",
                "listingFingerprint": "a fingerprint",
            ])
        expectParts(
            of: page().unrecordedListing, page().listingFingerprint,
            [
                "pageSize": page(pageSize: 2).listingFingerprint,
                "partsList": page(partsList: "l").listingFingerprint,
                "isThin": page(isThin: true).listingFingerprint,
                "listsPosts": page(listsPosts: true).listingFingerprint,
                "hasFeeds": page(hasFeeds: true).listingFingerprint,
            ])
        expectParts(
            of: page().unrecorded, page().fingerprint,
            [
                "source": page(source: nil).fingerprint,
                "url": page(url: "/b/").fingerprint, "output": page(output: "b").fingerprint,
                "isPost": page(isPost: true).fingerprint, "isListed": page(isListed: false).fingerprint,
                "isRendered": page(isRendered: false).fingerprint, "isDraft": page(isDraft: true).fingerprint,
                "redirect": page(redirect: [47]).fingerprint, "aliases": page(aliases: ["b"]).fingerprint,
                // The section by its folder, a term by its name.
                "section": page(sectionFolder: "b").fingerprint, "term": page(label: [97]).fingerprint,
            ],
            leftOut: [
                "urlSymbol": "made of url",
                "taxonomy": "a page of a taxonomy is named by it in its id",
                "list": "is named by id and kind",
            ])
        func whole(_ page: CatalogPage) -> Fingerprint {
            CatalogContents(
                language: [], pages: [page], lists: [:], taxonomies: [], sections: [], skipped: []
            ).fingerprint
        }
        #expect(whole(page()) != whole(page(date: 2)))
        // No date is another than the first second of 1970.
        #expect(whole(page(date: nil)) != whole(page(date: 0)))
    }

    @Test func catalogues() {
        func whole(
            pages: [CatalogPage] = [], lists: [Symbol: [Int32]] = [:], taxonomies: [CatalogTaxonomy] = [],
            sections: [CatalogSection] = [], skipped: [SkippedPage] = [], hidden: [RelativePath] = []
        ) -> Fingerprint {
            Catalog(
                CatalogContents(
                    language: Array("en".utf8), pages: pages, lists: lists, taxonomies: taxonomies,
                    sections: sections, skipped: skipped, hidden: hidden)
            ).fingerprint(of: .whole)
        }
        let page = CatalogPage(
            id: PageID(language: [], source: "a.md"), kind: .page, source: nil, section: 0, url: [],
            output: "a")
        let term = CatalogTerm(name: [97], slug: [97], page: 1, parent: -1)
        let section = CatalogSection(folder: "a", page: 0, parent: -1, hasPosts: false, isByDate: false)
        let gone = SkippedPage(path: "a", reason: .draft, until: nil)
        func of(_ name: [UInt8], _ page: Int32, _ terms: [CatalogTerm]) -> Fingerprint {
            whole(taxonomies: [CatalogTaxonomy(name: name, page: page, terms: terms)])
        }
        expectParts(
            of: Catalog.empty("en").unrecorded, whole(),
            [
                "pages": whole(pages: [page]), "lists": whole(lists: ["l": [0]]),
                "taxonomies": of([97], 0, []), "sections": whole(sections: [section]),
                "skipped": whole(skipped: [gone]), "hidden": whole(hidden: ["a"]),
            ],
            leftOut: [
                "language": "the name of the value",
                "indexByID": "made of pages", "indexBySource": "made of pages",
                "indexByComposedSource": "made of pages", "indexByURL": "made of pages",
                "indexByWrittenLanguage": "made of pages and the name of the value",
            ])
        expectParts(
            of: CatalogTaxonomy(name: [97], page: 0, terms: []), of([97], 0, []),
            [
                "name": of([98], 0, []), "unrecordedPage": of([97], -1, []),
                "unrecordedTerms": of([97], 0, [term]),
            ],
            leftOut: ["symbol": "made of name", "termsProjection": "made of name"])
        expectParts(
            of: term, of([97], 0, [term]),
            [
                "unrecordedName": of([97], 0, [.init(name: [98], slug: [97], page: 1, parent: -1)]),
                "slug": of([97], 0, [.init(name: [97], slug: [98], page: 1, parent: -1)]),
            ],
            leftOut: [
                "page": "a position among pages; the page's label names its term",
                "unrecordedTitle": "made of the name",
                "unrecordedParent": "a position among terms; the page's label names the one above",
            ])
        func sections(_ section: CatalogSection) -> Fingerprint { whole(sections: [section]) }
        expectParts(
            of: section, sections(section),
            [
                "folder": sections(.init(folder: "b", page: 0, parent: -1, hasPosts: false, isByDate: false)),
                "page": sections(.init(folder: "a", page: 1, parent: -1, hasPosts: false, isByDate: false)),
                "parent": sections(.init(folder: "a", page: 0, parent: 0, hasPosts: false, isByDate: false)),
                "hasPosts": sections(
                    .init(folder: "a", page: 0, parent: -1, hasPosts: true, isByDate: false)),
                "isByDate": sections(
                    .init(folder: "a", page: 0, parent: -1, hasPosts: false, isByDate: true)),
            ])
    }

    @Test func listsOfPages() {
        func query(_ pages: [Symbol]?) -> Fingerprint { PageQuery(pages: pages).fingerprint(of: .whole) }
        expectParts(of: PageQuery(pages: nil), query(nil), ["pages": query([])])
        #expect(Set([query([]), query(["a"]), query(["a", "b"]), query(["b", "a"])]).count == 4)
        expectParts(
            of: RelatedPages(pages: []), RelatedPages(pages: []).fingerprint(of: .whole),
            ["pages": RelatedPages(pages: ["a"]).fingerprint(of: .whole)])
        expectParts(
            of: Backlinks(links: [:]), Backlinks(links: ["a": ["b"]]).fingerprint(of: "a"),
            ["links": Backlinks(links: ["a": ["c"]]).fingerprint(of: "a")])
        expectParts(
            of: SectionSources([:]),
            SectionSources(["f": "f/_index.md"]).fingerprint(of: SectionSources.index(of: "f").projection),
            [
                "sources": SectionSources(["f": "f/_index.de.md"]).fingerprint(
                    of: SectionSources.index(of: "f").projection)
            ])
    }

    @Test func structureOfAHead() {
        func with(_ change: (inout PageStructure) -> Void) -> Fingerprint {
            var structure = PageStructure()
            change(&structure)
            return structure.fingerprint
        }
        expectParts(
            of: PageStructure(), PageStructure().fingerprint,
            [
                "date": with { $0.date = 1 }, "civil": with { $0.civil = (1, 2, 3, 4, 5, 6) },
                "goesLive": with { $0.goesLive = 1 }, "expires": with { $0.expires = 1 },
                "isDraft": with { $0.isDraft = true }, "slug": with { $0.slug = [] },
                "wholeURL": with { $0.wholeURL = [] },
                "aliases": with { $0.aliases = [[97]] }, "weight": with { $0.weight = 1 },
                "terms": with { $0.terms = [([97], [[98]])] }, "series": with { $0.series = [] },
                "template": with { $0.template = [] }, "isRendered": with { $0.isRendered = false },
                "isListed": with { $0.isListed = false }, "isInSitemap": with { $0.isInSitemap = false },
                "sortBy": with { $0.sortBy = [] }, "paginateBy": with { $0.paginateBy = 1 },
                "isTransparent": with { $0.isTransparent = true }, "redirectTo": with { $0.redirectTo = [] },
            ])
    }
}
