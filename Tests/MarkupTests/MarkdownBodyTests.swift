import Testing
import Text

@testable import Markup

/// What a body knows beside its HTML.
struct MarkdownBodyTests {
    static func body(_ text: String, _ options: MarkdownOptions = MarkdownOptions()) -> MarkdownBody {
        Markdown.render(SourceFile(path: "a.md", text: text), options: options)
    }

    @Test(arguments: [
        ("one two three", 3), ("it's well-known, really", 3), ("日本語 text", 4),
        ("# a\n\n- b\n- c\n\n|d|\n|-|\n|e|", 5),
        ("a — b", 2), ("```\ncode here\n```", 0), ("`code` x", 2), ("<div>raw *words*</div>", 2), ("a\nb", 2),
        ("**a**b", 1),
        ("한국어 낱말", 2), ("ein\u{A0}Wort", 2), ("1,5 % …", 1),
    ])
    func wordsAreCounted(markdown: String, count: Int) {
        #expect(Self.body(markdown).wordCount == count)
    }

    @Test func textIsKeptByBlockUnderItsHeading() {
        let body = Self.body(
            "intro *x*\n\n# A\n\n- one\n- two `c`\n\n```\ncode\n```\n\n## B\n|t|\n|-|\n|u|\n")
        let blocks = body.textBlocks.map {
            "\($0.kind) \($0.heading.map(String.init) ?? "-") \(String(decoding: body.text(of: $0), as: UTF8.self))"
        }
        #expect(
            blocks == [
                "paragraph - intro x", "heading 0 A", "item 0 one", "item 0 two c", "code 0 code",
                "heading 1 B",
                "cell 1 t", "cell 1 u",
            ])
    }

    @Test(arguments: [
        "[a](⟦x.md⟧)", "a [b](⟦x.md⟧ \"t\") [c](⟦x.md⟧)", "[a]\n\n[a]: ⟦y.md⟧", "[![i](⟦i.png⟧)](⟦x.md⟧)",
        "<⟦https://a.b⟧>",
        "> - [a](⟦x.md⟧)\n>   [b](<⟦y z⟧>)", "# [a](⟦x⟧)", "|[a](⟦x⟧)|\n|-|", "é{{< name >}}é [a](⟦x⟧)",
        "{{< huh >}}\n  [a](⟦x⟧)\n{{< /huh >}}\n[b](⟦y⟧)", "*[a](⟦x⟧)*", "Term\n: [a](⟦x⟧)",
    ])
    func linksAreWhereTheirDestinationIsWritten(marked: String) {
        let (text, ranges) = marks(in: marked)
        let body = Self.body(text)
        #expect(Set(body.links.map(\.range)) == Set(ranges))
    }

    @Test func bodiesSayWhatTheyNeed() {
        var options = MarkdownOptions()
        options.math = true
        let body = Self.body("$a$ {{< x >}} ![i](j.png)\n\n```go\n```\n\n{{< x >}}", options)
        #expect(body.hasMath)
        #expect(!Self.body("costs $5", options).hasMath)
        #expect(body.componentNames == [Array("x".utf8)])
        #expect(body.codeLanguages == [Array("go".utf8)])
        #expect(body.firstImage == 0)
    }

    @Test func outlinesAreTrees() {
        let body = Self.body("# A\n### B\n## C [x](y)[^1]\n# D\n\n[^1]: z")
        #expect(
            String(decoding: Outline(body.headings).html(), as: UTF8.self)
                == """
                <ul>
                <li><a href="#a">A</a>
                <ul>
                <li><a href="#b">B</a></li>
                <li><a href="#c-x">C x</a></li>
                </ul>
                </li>
                <li><a href="#d">D</a></li>
                </ul>

                """)
        #expect(Outline(body.headings, levels: 3...6).entries.count == 1)
        #expect(Outline([]).html().isEmpty)
    }

    @Test(arguments: [
        ("a\n\n<!--more-->\n\nb", "<p>a</p>\n", true), ("a\n\n<!-- more -->\n\nb", "<p>a</p>\n", true),
        ("a\n\n<!--  EXCERPT -->\n\nb", "<p>a</p>\n", true), ("a<!--more--> b", "<p>a</p>", true),
        ("- a\n\n  <!--more-->\n- b", "<ul>\n<li>\n<p>a</p>\n</li></ul>", true),
        ("a[^1]\n\n[^1]: b", "<p>a</p>\n", true),
        ("a", "<p>a</p>\n", false), ("", "", false), ("a\n\n<!--more-->", "<p>a</p>\n", false),
    ])
    func summariesEndAtTheMark(markdown: String, summary: String, isTruncated: Bool) {
        let body = Self.body(markdown)
        #expect(String(decoding: body.summary().html, as: UTF8.self) == summary)
        #expect(body.isTruncated() == isTruncated)
    }

    @Test func summariesEndAtTheSitesOwnMark() {
        var options = MarkdownOptions()
        options.summarySeparator = Array("<!-- excerpt-end -->".utf8)
        #expect(
            String(
                decoding: Self.body("a\n\n<!-- excerpt-end -->\n\nb", options).summary().html, as: UTF8.self)
                == "<p>a</p>\n")
    }

    @Test func automaticSummariesEndAtABlockWithEnoughWords() {
        let paragraph = Array(repeating: "word", count: 30).joined(separator: " ")
        let body = Self.body(
            "\(paragraph)\n\n<div>\n\n\(paragraph)\n\n\(paragraph)\n\n</div>\n\nmore\n\nand more")
        let summary = String(decoding: body.summary().html, as: UTF8.self)
        #expect(summary.hasSuffix("</div>\n"))
        #expect(body.isTruncated())
        #expect(body.isTruncated(words: 91) == true)
        #expect(String(decoding: body.summary(words: 10).html, as: UTF8.self) == "<p>\(paragraph)</p>\n")
    }

    @Test(arguments: [
        ("One[^1].\n\nTwo\n\n[^1]: Foot.\n\n    - More.", "One. Two"),
        ("- Item[^1]\n\n[^1]: Foot.", "Item"),
        ("Term\n: text\n\nTwo para.", "Two para."), ("Term\n: text", "Term text"),
    ])
    func descriptionsAreOfRunningText(markdown: String, description: String) {
        #expect(String(decoding: Self.body(markdown).plainSummary(), as: UTF8.self) == description)
    }

    @Test func descriptionsAreCutAtAWord() {
        let body = Self.body("# Head\n\nHello *there* wide world\n\nand more")
        #expect(
            String(decoding: body.plainSummary(limit: 100), as: UTF8.self)
                == "Hello there wide world and more")
        #expect(String(decoding: body.plainSummary(limit: 16), as: UTF8.self) == "Hello there…")
        #expect(String(decoding: Self.body("日本語日本語日本語").plainSummary(limit: 5), as: UTF8.self) == "日本語日…")
    }

    @Test(arguments: [
        (
            URLPlacement(basePath: Array("/a&copy'".utf8)), "/a&amp;copy&#39;/x", "y", "#z", "//h/p",
            "https://e.org", "id=\"h\""
        ),
        (URLPlacement(basePath: Array("/b".utf8)), "/b/x", "y", "#z", "//h/p", "https://e.org", "id=\"h\""),
        (
            URLPlacement(basePath: Array("/b".utf8), page: Array("/p/".utf8)), "/b/x", "/b/p/y", "/b/p/#z",
            "//h/p",
            "https://e.org", ""
        ),
        (
            URLPlacement(origin: Array("https://o.org".utf8), basePath: [], page: Array("/p/q.html".utf8)),
            "https://o.org/x",
            "https://o.org/p/y", "https://o.org/p/q.html#z", "//h/p", "https://e.org", ""
        ),
        (
            URLPlacement(basePath: [], page: Array("/p/".utf8), ids: .prefixed(Array("k-".utf8))), "/x",
            "/p/y", "#k-z", "//h/p",
            "https://e.org", "id=\"k-h\""
        ),
    ])
    func addressesArePutIn(
        place: URLPlacement, root: String, relative: String, fragment: String, network: String,
        absolute: String, id: String
    ) {
        let body = Self.body(
            "# H\n\n[a](/x) [b](y) [c](#z) [d](//h/p) [e](https://e.org) <img src=/x srcset='/x 1x, y 2x'>")
        let html = String(decoding: body.content.html(at: place), as: UTF8.self)
        let heading = id.isEmpty ? "<h1>H</h1>" : "<h1 \(id)>H</h1>"
        #expect(
            html == """
                \(heading)
                <p><a href="\(root)">a</a> <a href="\(relative)">b</a> <a href="\(fragment)">c</a> <a href="\(network)">d</a> \
                <a href="\(absolute)">e</a> <img src=\(root) srcset='\(root) 1x, \(relative) 2x'></p>

                """)
    }

    @Test func absoluteAddressesHaveNoSpaces() {
        let body = Markdown.render(
            SourceFile(path: "a.md", text: "<img src='/a b/c d.png' srcset=\"/e.png 1x, /f.png 2x\">"))
        let place = URLPlacement(origin: Array("https://o.org".utf8), basePath: [], page: Array("/p/".utf8))
        #expect(
            String(decoding: body.content.html(at: place), as: UTF8.self)
                == "<img src='https://o.org/a%20b/c%20d.png' srcset=\"https://o.org/e.png 1x, https://o.org/f.png 2x\">\n"
        )
        #expect(
            String(decoding: body.content.html(at: URLPlacement(basePath: [])), as: UTF8.self).contains(
                "/a b/c d.png"))
    }

    @Test func relativePathsClimb() {
        let body = Self.body("[a](../x) [b](./y) [c](../../../z) [d](..) [e](?q)")
        let place = URLPlacement(basePath: [], page: Array("/p/q/".utf8))
        #expect(
            String(decoding: body.content.html(at: place), as: UTF8.self)
                == "<p><a href=\"/p/x\">a</a> <a href=\"/p/q/y\">b</a> <a href=\"/z\">c</a> <a href=\"/p/\">d</a> <a href=\"/p/q/?q\">e</a></p>\n"
        )
    }

    @Test func bodiesSurviveTheStore() throws {
        let text =
            "# A {#x}\n\n[a](b.md) ![c](/d.png)\n\n```swift\nx\n```\n\n<!--more-->\n\nb[^1] 日本\n\n<i id=q>\n\n[^1]: c"
        var body = Self.body(text)
        body.diagnostics = []
        let bytes = body.encoded()
        #expect(Self.decoded(bytes) == body)
        for count in 0..<bytes.count { #expect(Self.decoded(Array(bytes[..<count])) == nil) }
        // Any flipped bit gives nothing or a body whose places can be trusted.
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                guard let read = Self.decoded(damaged) else { continue }
                _ = read.content.html(at: URLPlacement(basePath: [0x2F], page: [0x2F]))
                _ = read.summary()
                for part in MarkdownBody.Part.allCases { _ = read.fingerprint(of: part) }
                for block in read.textBlocks { _ = read.text(of: block) }
                _ = Outline(read.headings).html()
            }
        }
    }

    static func decoded(_ bytes: [UInt8]) -> MarkdownBody? {
        MarkdownBody(encoded: bytes.span)
    }

    @Test func partsHaveFingerprintsOfTheirOwn() {
        func changed(_ a: String, _ b: String) -> [MarkdownBody.Part] {
            let (left, right) = (Self.body(a), Self.body(b))
            return MarkdownBody.Part.allCases.filter { left.fingerprint(of: $0) != right.fingerprint(of: $0) }
        }
        #expect(changed("# A\n\nb", "# A\n\nb").isEmpty)
        #expect(changed("# A\n\nb [c](d)", "# A\n\nb [c](e)") == [.content, .summary, .links])
        #expect(changed("a\n\n<!--more-->\n\nb", "a\n\n<!--more-->\n\nc") == [.content, .text])
        #expect(changed("# A", "# B") == [.content, .summary, .headings, .text, .anchors])
        #expect(changed("```go\n```", "```c\n```") == [.content, .summary, .needs])
    }
}
