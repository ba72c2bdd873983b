import Testing
import Text

@testable import Markup

/// Nothing that an author may write traps, loses its place or takes for ever.
struct RobustnessTests {
    static let pieces = [
        "# ", "## A {#b .c}", "\n", "\n\n", "- ", "  ", "    ", "\t", "> ", "> [!NOTE]\n", "1. ", "* ", "+ ",
        "- [x] ", "*", "**", "_",
        "`", "```", "~~~", "~~", "[", "]", "(", ")", "![", "[a](b)", "[a]: b\n", "[^1]", "[^1]: x\n", "<",
        ">", "<div>", "</div>",
        "<!--", "-->", "<!--more-->", "<a href=\"x\" id=y>", "<img srcset='a 1x, b 2x'", "<script>", "&amp;",
        "&#x", "|", "|a|b|\n|-|-|\n",
        "{{< box >}}", "{{< /box >}}", "{{< b a=\"", "{{% name %}}", "{{</* x */>}}", "{{ site.url }}",
        "{% raw %}", "{% endraw %}",
        "{% highlight c %}", "{% endhighlight %}", "{{", "}}", "{%", "%}", "{: .x}", "{.y}", ": def",
        "\n: def\n", "Term", "é", "日本", "👩‍👩‍👧",
        "\u{0}", "\r", "\r\n", "$a$", "$$", "\\", "\"", "'", "--", "...", "https://a.b/c", "www.x.y", "a@b.c",
        "text", " ",
    ]

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func randomTextIsRendered(seed: UInt64) {
        var random = SplitMix(state: seed)
        for round in 0..<250 {
            var text: [UInt8] = []
            for _ in 0..<random.next(upTo: 40) {
                text += Array(Self.pieces[random.next(upTo: Self.pieces.count)].utf8)
            }
            // Now and then what looks like one of our own marks.
            if round % 11 == 0 { text += MarkdownMark.bytes(0) }
            // Now and then a byte that is no UTF-8.
            if round % 7 == 0, !text.isEmpty {
                text[random.next(upTo: text.count)] = UInt8(random.next(upTo: 256))
            }
            check(text, "seed \(seed), round \(round)", options: Self.options(random.next(upTo: 8)))
        }
    }

    @Test func everyTruncationIsRendered() {
        let text = Array(
            """
            # A {#x .y}

            {{< box a="b" >}}
            - [x] *a* `b` [c](d "e") ![f](g){: .h}

            > [!TIP] x
            {{< /box >}}

            Term
            : Def[^1] <b id="q">é</b> {{ site.url }}

            |a|b|
            |-|:-:|
            |{{< b >}}x{{< /b >}}|2|

            [^1]: {% raw %}x{% endraw %}
            """.utf8)
        for count in 0...text.count { check(Array(text[..<count]), "\(count) bytes") }
        for count in 0...text.count { check(Array(text[count...]), "from \(count)") }
    }

    private func check(_ text: [UInt8], _ comment: String, options: MarkdownOptions = MarkdownOptions()) {
        var hooks = TestHooks()
        let file = SourceFile(path: RelativePath(unchecked: Array("a.md".utf8)), bytes: text)
        let body = Markdown.render(file, options: options, hooks: &hooks)
        expectPlacesInBounds(body)
        for range in body.links.map(\.range) + body.headings.map(\.range) + hooks.calls.map(\.range) {
            #expect(range.start <= range.end && Int(range.end) <= text.count, "\(comment): \(Array(text))")
        }
        for url in body.content.urls {
            let value = body.html[url.offset..<min(body.html.count, url.offset + url.count)]
            #expect(!value.contains(0x22), "\(comment): \(String(decoding: text, as: UTF8.self))")
        }
        _ = body.summary()
        _ = body.content.html(at: URLPlacement(basePath: [0x2F, 0x62], page: [0x2F, 0x70, 0x2F]))
        let survives = MarkdownBodyTests.decoded(body.encoded())?.content == body.content
        #expect(survives, "\(comment): \(String(decoding: text, as: UTF8.self))")
    }

    private static func options(_ bits: Int) -> MarkdownOptions {
        var options = MarkdownOptions()
        options.rawHTML = bits & 1 == 0
        options.math = bits & 2 != 0
        options.smartPunctuation = bits & 4 != 0
        options.focusableBlocks = bits & 4 != 0
        return options
    }

    @Test(arguments: [
        ("block quotes", "> ", "*a", 60_000), ("lists", "- ", "a", 60_000), ("wide rows", "|a", "|", 40_000),
        ("emphasis", "*a _b ", "", 20_000),
        ("brackets", "[", "a", 50_000), ("images", "![[](", "", 10_000),
        ("images around links", "![[]()", "", 150_000), ("back-ticks", "`a``", "", 20_000),
        ("calls", "{{< a", "", 20_000), ("formulas", "\\(a ", "", 20_000),
        ("displays", "\\[a \\(", "", 20_000),
        ("dollars", "$a ", "", 20_000),
        ("open calls", "{{< a >}} ", "", 3_000), ("tags", "{% a ", "", 20_000),
        ("comments", "<!--", "", 20_000), ("entities", "&a", "", 20_000),
        ("strong", "**a ", "", 20_000), ("links", "[a](", "", 20_000), ("html", "<a ", "", 20_000),
        ("formulas in one line", "$$x$$ ", "", 50_000), ("shortcodes", "{{ f('", "'{ x", 50_000),
        ("shortcodes without an end", "{{ f(a", "", 50_000), ("percent signs", "%%a ", "", 50_000),
        ("raw marks", "`{% raw %}{% endraw %}`\n\n", "", 30_000), ("options", "{::options ", "", 50_000),
        ("comments of kramdown", "{::comment} ", "", 50_000),
    ])
    func whatIsRepeatedIsBounded(name: String, piece: String, end: String, count: Int) {
        var options = MarkdownOptions()
        options.math = true
        options.isOfJekyll = true
        let text = String(repeating: piece, count: count) + end + "\n"
        var hooks = TestHooks()
        let body = Markdown.render(SourceFile(path: "a.md", text: text), options: options, hooks: &hooks)
        expectPlacesInBounds(body)
    }

    @Test func deepNestingIsAFinding() {
        let body = Markdown.render(SourceFile(path: "a.md", text: String(repeating: ">", count: 100) + " a"))
        #expect(body.diagnostics.map(\.code.name) == ["deep-nesting"])
        #expect(body.html.count(of: "<blockquote>") == 64)
    }

    @Test func imagesThatAreOpenInEachOtherAreBounded() {
        func render(_ count: Int) -> MarkdownBody {
            Markdown.render(
                SourceFile(
                    path: "a.md",
                    text: "`![[` " + String(repeating: "![a [](b) ", count: count)
                        + String(repeating: "](c.png)", count: count)))
        }
        // What is in an image is its text: what of it is no image bears its marks.
        let few = render(256)
        #expect(few.diagnostics.isEmpty && few.html.count(of: "<img ") == 1 && few.html.count(of: "![a") == 0)
        let many = render(300)
        #expect(many.diagnostics.map(\.code.name) == ["deep-nesting"])
        #expect(many.html.count(of: "![a") == 44 && many.html.count(of: "<code>![[</code>") == 1)
        // One after the other there may be as many as one likes.
        let row = Markdown.render(
            SourceFile(path: "a.md", text: String(repeating: "![a](c.png) ", count: 1000)))
        #expect(row.diagnostics.isEmpty && row.html.count(of: "<img ") == 1000)
    }

    /// Each link has a copy of its address: 200 KB would be four gigabytes.
    @Test func aLongAddressThatManyLinksUseIsAFinding() {
        let text = "[a]: /" + String(repeating: "u", count: 100_000) + "\n\n"
        let body = Markdown.render(
            SourceFile(path: "a.md", text: text + String(repeating: "[a] ", count: 25_000)))
        #expect(body.diagnostics.map(\.code.name) == ["text-too-large"])
        #expect(body.html.isEmpty)
        let few = Markdown.render(SourceFile(path: "a.md", text: text + "[a] [a] [a]"))
        #expect(few.diagnostics.isEmpty)
        #expect(few.html.count(of: "<a ") == 3)
    }

    /// Each body of a component reads the definitions around it.
    @Test func manyDefinitionsForManyBodiesAreAFinding() {
        let definitions = (0..<5000).map { "[a\($0)]: /address/\($0)\n" }.joined()
        let call = "{{< box >}}\n[a7] and [x](y)\n{{< /box >}}\n\n"
        for (count, codes) in [(3, []), (300, ["text-too-large"])] {
            var hooks = TestHooks()
            let body = Markdown.render(
                SourceFile(path: "a.md", text: String(repeating: call, count: count) + definitions),
                hooks: &hooks)
            #expect(Set(body.diagnostics.map(\.code.name)) == Set(codes))
            #expect(body.html.count(of: "/address/7") >= min(count, 100))
        }
    }

    @Test func wideRowsAreAFinding() {
        let row = String(repeating: "|a", count: 300) + "|\n"
        let body = Markdown.render(
            SourceFile(path: "a.md", text: row + String(repeating: "|-", count: 300) + "|\n" + row))
        #expect(Set(body.diagnostics.map(\.code.name)) == ["wide-table"])
    }

    /// The keeper of the cure for cmark-gfm's global table: see `CCMark.c`.
    @Test(.enabled(if: SharedMaterial.exists))
    func twoThreadsDoNotSpoilEachOther() async throws {
        let cases = try ConformanceCase.all("gfm-spec.json").map { Array($0.markdown.utf8) }
        let expected = cases.map { CommonMarkTree.referenceHTML($0, extensions: .all) }
        async let first = Self.misses(cases, expected, worker: 0)
        async let second = Self.misses(cases, expected, worker: 1)
        async let third = Self.misses(cases, expected, worker: 2)
        let wrong = await first + second + third
        #expect(wrong == 0)
    }

    /// How many outputs are not as expected when every example is rendered some times, each worker in its own order.
    @concurrent private static func misses(_ cases: [[UInt8]], _ expected: [[UInt8]], worker: Int) async
        -> Int
    {
        var options = MarkdownOptions()
        options.conformance = true
        var wrong = 0
        for round in 0..<12 {
            for index in cases.indices {
                let place = (index + worker * 97 + round * 31) % cases.count
                let file = SourceFile(path: RelativePath(unchecked: []), bytes: cases[place])
                if Markdown.render(file, options: options).html != expected[place] { wrong += 1 }
            }
        }
        return wrong
    }

    @Test(
        .enabled(if: SharedMaterial.exists),
        arguments: [("swift-blog", 172), ("rust-blog", 748), ("otel-site", 425)])
    func corporaAreWhatTheLibraryWrites(corpus: String, atLeast: Int) throws {
        let files = SharedMaterial.markdownFiles(below: "corpora/" + corpus)
        #expect(files.count >= atLeast)
        for path in files {
            let bytes = try SharedMaterial.bytes(path)
            var options = MarkdownOptions()
            options.conformance = true
            let file = SourceFile(path: RelativePath(unchecked: Array(path.utf8)), bytes: bytes)
            let isEqual =
                Markdown.render(file, options: options).html
                == CommonMarkTree.referenceHTML(bytes, extensions: .all)
            #expect(isEqual, "\(path)")
        }
    }

    @Test(.enabled(if: SharedMaterial.exists), arguments: ["swift-blog", "rust-blog", "otel-site"])
    func corporaPrintNoTemplateMarksOutsideCode(corpus: String) throws {
        for path in SharedMaterial.markdownFiles(below: "corpora/" + corpus) {
            let file = SourceFile(
                path: RelativePath(unchecked: Array(path.utf8)), bytes: try SharedMaterial.bytes(path))
            var hooks = TestHooks()
            let body = Markdown.render(file, hooks: &hooks)
            expectPlacesInBounds(body)
            for block in body.textBlocks where block.kind == .paragraph {
                guard block.range.contains(where: { body.text[$0] == UInt8(ascii: "{") }) else { continue }
                let text = String(decoding: body.text(of: block), as: UTF8.self)
                #expect(
                    !text.contains("{{<") && !text.contains("{{%") && !text.contains("{% "),
                    "\(path): \(text)")
            }
            let areInside = body.links.allSatisfy { Int($0.range.end) <= file.bytes.count }
            #expect(areInside, "\(path)")
        }
    }
}

/// A small random generator whose results are the same everywhere.
struct SplitMix {
    var state: UInt64

    mutating func next(upTo bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return bound <= 1 ? 0 : Int(mixed % UInt64(bound))
    }
}

extension [UInt8] {
    /// How often a text occurs.
    func count(of text: String) -> Int {
        let wanted = Array(text.utf8)
        return indices.count { self[$0...].starts(with: wanted) }
    }
}
