import Engine
import Files
import Testing
import TestSupport
import Text

@testable import Site

/// What the store keeps of heads is what they were, and damaged bytes are refused without a trap.
@Suite struct StoredValueTests {
    private static let site = """
        -- site.json --
        {"title": "T", "baseURL": "https://example.org/", "timeZone": "Europe/Berlin", "permalinks": {"posts": "/:year/:slug/"}}
        -- templates/page.html --
        {{ page.title }}
        -- templates/section.html --
        {% for p in paginator.pages %}{{ p.title }}{% endfor %}
        -- templates/404.html --
        none
        -- content/posts/_index.md --
        +++
        title = "Posts"
        sort_by = "title"
        paginate_by = 2
        [[cascade]]
        author = "Ada"
        mood = ["a", 2, 3.5, true]
        [[cascade]]
        weight = 3
        [cascade.target]
        kind = "page"
        path = "/posts/**"
        +++
        -- content/posts/2024-02-29-leap.md --
        ---
        title: "Ünïcode: \"quoted\""
        tags: [a, "b c", a/b]
        aliases: [/old/, /older.html]
        updated: 2024-03-01T10:00:00+05:30
        expires: 2999-01-01
        weight: -9223372036854775808
        series: one
        params: {deep: {er: [1, {x: null}]}}
        ---
        Text
        -- content/posts/draft.md --
        ---
        title: Draft
        draft: true
        ---
        -- content/about.md --
        No head at all.
        -- content/päge ü.md --
        ---
        slug: ""
        image: {url: /x.png}
        ---
        """

    private static let sources = [
        "content/about.md", "content/posts/2024-02-29-leap.md", "content/posts/_index.md",
        "content/posts/draft.md", "content/p\u{e4}ge \u{fc}.md",
    ]

    /// Values of a built site.
    private static func values<R: Rule>(_ rule: R.Type, _ names: [String]) -> [R.Value] {
        let project = Project(source: MemoryFileSystem(site: site))
        _ = project.build(BuildInputs(now: 1_750_000_000))
        return names.compactMap { project.engine.value(of: rule, Symbol($0)) }
    }

    @Test func headsComeBackAsTheyWere() throws {
        let metas = Self.values(PageMetaRule.self, Self.sources)
        #expect(metas.count == 5)
        for meta in metas {
            let bytes = meta.encoded()
            let decoded = PageMeta(decoding: bytes.span)
            let again = try #require(decoded)
            #expect(again.encoded() == bytes)
            #expect(again.structure.fingerprint == meta.structure.fingerprint)
            #expect(again.front.fingerprint == meta.front.fingerprint)
            for part in [
                "@structure", "@body", "@body-start", "@cascade", "@date", "@updated", "@expires", "@image",
            ] {
                let projection = Projection(Symbol(part))
                #expect(again.fingerprint(of: projection) == meta.fingerprint(of: projection), "\(part)")
            }
            for field in FrontMatter.Field.allCases {
                let projection = Projection(Symbol(field.name))
                #expect(again.fingerprint(of: projection) == meta.fingerprint(of: projection), "\(field)")
                #expect(again.shortText(of: projection) == meta.shortText(of: projection))
            }
            Self.expectRefusal(of: bytes) { PageMeta(decoding: $0) != nil }
        }
    }

    /// Every truncation is refused, and no flipped bit traps.
    private static func expectRefusal(of bytes: [UInt8], _ isAccepted: (Span<UInt8>) -> Bool) {
        for count in bytes.indices {
            let part = Array(bytes[..<count])
            let isTaken = isAccepted(part.span)
            #expect(!isTaken, "cut to \(count) bytes")
        }
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x55
            _ = isAccepted(damaged.span)
        }
    }
}
