import Engine
import Files
import Testing
import Templates
import TestSupport
import Text

@testable import Site

/// A catalogue out of the store answers each question as the one that was put in, part by part and as a whole, and damaged bytes
/// are refused or answered with nothing.
@Suite struct StoredCatalogTests {
    private static func catalog(of site: String) throws -> Catalog {
        let built = SiteUnderTest(site).build()
        return try #require(built.project.engine.value(of: CatalogRule.self, "en"))
    }

    private static let site = """
        -- site.json --
        {"title": "T", "baseURL": "https://example.org/", "taxonomies": {"tags": {"hierarchical": true}}, "pagination": {"size": 2}}
        -- templates/section.html --
        {% for p in paginator.pages %}{{ p.title }}{% endfor %}
        -- templates/404.html --
        none
        -- content/posts/_index.md --
        +++
        title = "Posts"
        +++
        -- content/posts/2024-02-29-leap.md --
        ---
        tags: [a, "b c", a/b, d/e/f]
        aliases: [/old/, /older.html, /posts/two/]
        series: one
        ---
        -- content/posts/two.md --
        ---
        date: 2024-01-01
        tags: [a]
        aliases: [/old/]
        ---
        -- content/posts/draft.md --
        ---
        draft: true
        ---
        -- content/gone/_index.md --
        ---
        draft: true
        ---
        -- content/posts/deep/_index.md --
        -- content/posts/deep/er.md --
        -- content/about.md --
        No head at all.
        -- content/päge ü.md --
        ---
        slug: "ü"
        ---
        """

    /// Everything that can be asked of a catalogue, as texts.
    private static func answers(of catalog: Catalog, like contents: CatalogContents) -> [String] {
        var answers: [String] = []
        func add(_ name: String, _ value: Any?) { answers.append("\(name): \(value.map { "\($0)" } ?? "-")") }
        let keys =
            contents.pages.flatMap { [$0.id.symbol, $0.unrecorded.urlSymbol] + $0.unrecorded.aliasAddresses }
            + contents.pages.compactMap(\.unrecorded.source) + [
                "content/pa\u{308}ge u\u{308}.md", "nothing", "",
            ]
        for key in keys {
            add("id \(key.text)", catalog.unrecordedPosition(of: key))
            add("url \(key.text)", catalog.unrecordedPosition(at: key))
            add("ref \(key.text)", catalog.unrecordedPosition(ofReference: key.bytes))
        }
        for name in contents.lists.keys.sorted(by: { $0.text < $1.text }) + ["none"] {
            add("list \(name.text)", catalog.unrecordedList(name).map { Array($0) })
            add("some of \(name.text)", catalog.unrecordedList(name, 1..<3).map { Array($0) })
            add("count \(name.text)", catalog.unrecordedCount(of: name))
            for part in [name, CatalogName.count(of: name), CatalogName.slice(of: name, 1, 4)] {
                add("part \(part.text)", catalog.fingerprint(of: Projection(part)))
            }
        }
        for key in keys {
            for name in [key, CatalogName.url(key.bytes), Symbol(Array("ref:".utf8) + key.bytes)] {
                add("part \(name.text)", catalog.fingerprint(of: Projection(name)))
            }
        }
        for name: Symbol in ["names:tags", "file:two", "", "posts", CatalogName.hidden] {
            add("part \(name.text)", catalog.fingerprint(of: Projection(name)))
        }
        for position in contents.pages.indices {
            let page = catalog.page(at: position)
            add("page \(position)", (page.id, page.kind, page.unrecorded, page.unrecordedTerms))
            add("page \(position)", (page.unrecordedDate, page.unrecordedIsInSitemap, page.fingerprint))
            add("page \(position)", page.idFingerprint)
        }
        add("sections", catalog.unrecordedSections)
        add("taxonomies", catalog.unrecordedTaxonomies)
        add("hidden", catalog.unrecordedHidden)
        add("skipped", catalog.unrecorded.skipped)
        return answers
    }

    @Test func partsAreWhatTheyWere() throws {
        let catalog = try Self.catalog(of: Self.site)
        let contents = catalog.unrecorded
        let bytes = catalog.encoded()
        let expected = Self.answers(of: catalog, like: contents)
        let decoded = Catalog.decoded(bytes.span)
        let again = try #require(decoded)
        #expect(again.unrecordedParts != nil)
        #expect(Self.answers(of: again, like: contents) == expected)
        // Now all of it was asked for, and is in memory.
        #expect(again.unrecordedParts == nil)
        #expect(Self.answers(of: again, like: contents) == expected)
        #expect(again.encoded() == bytes)
    }

    /// More pages than are read one by one, and so many keys that some begin at one place of their table.
    @Test func manyPagesAreWhatTheyWere() throws {
        let pages = (0..<5000).map { index in
            CatalogPage(
                id: PageID(language: Array("en".utf8), source: "content/\(index).md".path), kind: .page,
                source: Symbol("content/\(index).md"), section: 0, url: Array("/\(index)/".utf8),
                output: "\(index)/index.html".path, date: Int64(index),
                aliases: ["old/\(index % 700).html".path])
        }
        let catalog = Catalog(
            CatalogContents(
                language: Array("en".utf8), pages: pages,
                lists: ["posts": pages.indices.map { Int32($0) }.reversed(), "none": []], taxonomies: [],
                sections: [
                    CatalogSection(folder: .root, page: 0, parent: -1, hasPosts: true, isByDate: true)
                ],
                skipped: []))
        let bytes = catalog.encoded()
        let decoded = Catalog.decoded(bytes.span)
        let again = try #require(decoded)
        #expect(
            Self.answers(of: again, like: catalog.unrecorded)
                == Self.answers(of: catalog, like: catalog.unrecorded))
    }

    /// Filters that look for what is equal tell pages apart by their views.
    @Test func aPageHasOneView() throws {
        let bytes = try Self.catalog(of: Self.site).encoded()
        let decoded = Catalog.decoded(bytes.span)
        let catalog = try #require(decoded)
        func views() -> [ObjectIdentifier] {
            (0..<catalog.pageCount).compactMap { position -> ObjectIdentifier? in
                guard case .object(let view) = catalog.view(at: position) else { return nil }
                return ObjectIdentifier(view)
            }
        }
        let single = views()
        #expect(catalog.unrecordedParts != nil && single.count == catalog.pageCount)
        _ = catalog.unrecorded.pages
        #expect(catalog.unrecordedParts == nil && views() == single)
    }

    @Test func neighboursComeBackAsTheyWere() throws {
        let contents = try Self.catalog(of: Self.site).unrecorded
        let neighbours = Neighbours(catalog: contents)
        let bytes = neighbours.encoded
        let decoded = Neighbours(decoding: bytes.span)
        let again = try #require(decoded)
        #expect(again.encoded == bytes)
        var pairs = 0
        for page in contents.pages.map(\.id) + [PageID(symbol: "en:nothing")] {
            let pair = Neighbours.of(page).extract(neighbours)
            if pair != Neighbours.Pair() { pairs += 1 }
            #expect(Neighbours.of(page).extract(again) == pair)
            let part = Projection(page.symbol)
            #expect(again.fingerprint(of: part) == neighbours.fingerprint(of: part))
        }
        #expect(pairs > 1)
        for count in bytes.indices {
            let part = Array(bytes[..<count])
            let isTaken = Neighbours(decoding: part.span) != nil
            #expect(!isTaken, "cut to \(count) bytes")
        }
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x55
            guard let taken = Neighbours(decoding: damaged.span) else { continue }
            for page in contents.pages { _ = taken.fingerprint(of: Projection(page.id.symbol)) }
        }
    }

    @Test func damageIsRefusedOrAnsweredWithNothing() throws {
        let catalog = try Self.catalog(of: Self.site)
        let bytes = catalog.encoded()
        for count in bytes.indices {
            let part = Array(bytes[..<count])
            let isTaken = Catalog.decoded(part.span) != nil
            #expect(!isTaken, "cut to \(count) bytes")
        }
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x55
            guard let taken = Catalog.decoded(damaged.span) else { continue }
            for position in 0..<taken.pageCount { _ = taken.page(at: position) }
            for name in catalog.unrecorded.lists.keys { _ = taken.unrecordedList(name) }
            for key: Symbol in ["/old/", "en:@home", "en:content/about.md", "nothing"] {
                _ = taken.unrecordedPosition(of: key)
                _ = taken.unrecordedPosition(at: key)
                _ = taken.unrecordedPosition(ofReference: key.bytes)
            }
            _ = taken.unrecorded.pages
        }
    }
}

extension String {
    fileprivate var path: RelativePath { RelativePath(unchecked: Array(utf8)) }
}
