import Engine
import Formats
import Testing
import Text

@testable import Site

/// What can be read of heads and texts is what their fingerprints stand for, whatever is in them. A reading that somebody
/// adds has to be put here.
@Suite struct ReadingTests {
    private static let settings =
        "{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"taxonomies\": {\"tags\": {}, \"c/d\": {}}}"

    /// Heads that differ in little: nothing, no text, texts that join to others, numbers that stand for nothing elsewhere.
    private static let heads = [
        "", "title: \"\"", "title: A", "linkTitle: \"\"", "linkTitle: A", "date: 1970-01-01",
        "date: 1970-01-01T00:00:00Z", "date: 1970-01-01T02:00:00+02:00", "date: 1969-12-31T23:59:59Z",
        "updated: 1970-01-01", "expires: 2999-01-01", "expires: 1970-01-01", "publishDate: 1970-01-01",
        "draft: false", "draft: true", "slug: \"\"", "slug: a", "url: /a/", "url: \"\"", "aliases: []",
        "aliases: [/a/, /b/]", "aliases: [\"/a/\\n/b/\"]", "weight: 0", "weight: -1", "weight: 1",
        "tags: []", "tags: [\"\"]", "tags: [a, b]", "tags: [\"a, b\"]", "tags: [\"a\\nb\"]", "tags: [A]",
        "c/d: [a]", "taxonomies: {c/d: [a]}", "series: \"\"", "series: a", "template: \"\"", "template: a",
        "render: true", "render: false", "list: true", "list: false", "sitemap: true", "sitemap: false",
        "sortBy: \"\"", "sortBy: title", "paginateBy: -1", "paginateBy: 0", "paginateBy: 1",
        "paginateBy: 9223372036854775807", "paginateBy: -9223372036854775808", "transparent: true",
        "transparent: false", "redirectTo: \"\"", "redirectTo: /a/", "image: \"\"", "image: a",
        "image: {path: a, alt: b}", "image: {path: a, alt: \"\"}", "images: []", "images: [\"\"]",
        "images: [a, b]", "images: [\"a\\nb\"]", "image: a\nimages: []", "imageAlt: a", "robots: a",
        "robots: \"\"", "noIndex: true", "noIndex: false", "authors: []", "authors: [a, b]",
        "authors: [\"a, b\"]", "authors: [{name: a}]", "authors: [{name: a, url: b}]", "author: a",
        "author: {name: a, email: b}", "excerptSeparator: \"\"", "excerptSeparator: a", "params: {}",
        "params: {a: 1}", "params: {a: \"1\"}", "params: {a: 1.0}", "params: {a: true}", "params: {a: null}",
        "params: {a: [1]}", "params: {a: {b: 1}}", "params: {a.b: 1}", "a: 1", "a: 1970-01-01",
        "description: \"\"", "description: a", "cascade: {a: 1}", "cascade: {title: a}",
        "cascade: [{a: 1}, {b: 1}]", "cascade: [{target: {kind: page}, a: 1}]",
        "cascade: [{target: {path: page}, a: 1}]", "cascade: [{target: {path: \"\"}, a: 1}]",
    ]

    @Test func heads() throws {
        var files = "-- site.json --\n\(Self.settings)\n-- templates/page.html --\nx\n"
        for (index, head) in Self.heads.enumerated() {
            files += "-- content/p\(index).md --\n---\n\(head)\n---\nText.\n"
        }
        // The same heads with as many bytes in other lines.
        files +=
            "-- content/q1.md --\n---\na: 1234\n---\nText.\n-- content/q2.md --\n---\na: 1\nb:\n---\nText.\n"
        files += "-- content/q3.md --\n{\"a\": 12} Text.\n-- content/q4.md --\n{\"a\": 13} Text.\n"
        let project = SiteUnderTest(files).build().project
        let names =
            Self.heads.indices.map { ("p\($0)", Self.heads[$0]) } + ["q1", "q2", "q3", "q4"].map { ($0, $0) }
        let values = try names.map { name, head in
            (
                name: head,
                value: try #require(
                    project.engine.value(of: PageMetaRule.self, Symbol("content/\(name).md")))
            )
        }
        expectReadings(
            of: values,
            [
                ReadPart("structure", PageMeta.structure), ReadPart("cascade", PageMeta.cascade),
                ReadPart("body", PageMeta.body), ReadPart("title", PageMeta.title),
                ReadPart("date", PageMeta.date), ReadPart("updated", PageMeta.updated),
                ReadPart("expires", PageMeta.expires), ReadPart("weight", PageMeta.weight),
                ReadPart("image", PageMeta.image), ReadPart("imageAlternative", PageMeta.imageAlternative),
                ReadPart("linkTitle", PageMeta.linkTitle), ReadPart("robots", PageMeta.robots),
                ReadPart("isNoIndex", PageMeta.isNoIndex), ReadPart("images", PageMeta.images),
                ReadPart("authors", PageMeta.authors), ReadPart("author", PageMeta.author),
                ReadPart("people", PageMeta.people), ReadPart("series", PageMeta.series),
                ReadPart("excerptSeparator", PageMeta.excerptSeparator),
                ReadPart("param", PageMeta.param(at: Array("a".utf8)), tell: { written($0) }),
                ReadPart("param", PageMeta.param(at: Array("a.b".utf8)), tell: { written($0) }),
                ReadPart("param", PageMeta.param(at: []), tell: { written($0) }),
                ReadPart("terms", PageMeta.terms(Array("tags".utf8))),
                ReadPart("terms", PageMeta.terms(Array("c/d".utf8))),
            ]
                + PageMeta.Field.allCases.map { ReadPart("field", PageMeta.field($0)) }
                + PageMeta.Field.allCases.map {
                    ReadPart("written", PageMeta.written($0), tell: { written($0) })
                },
            declaredIn: ["Sources/Site/Rules/PageMeta.swift"],
            leftOut: ["bodyStart": "with the place of it, below"])
        // Findings in the text are told by lines, and show the first of them whole.
        for (_, one) in values {
            for (name, other) in values
            where one.fingerprint(of: PageMeta.bodyStart.projection)
                == other.fingerprint(of: PageMeta.bodyStart.projection)
            {
                #expect(one.bodyStart == other.bodyStart && one.bodyPlace == other.bodyPlace, "\(name)")
            }
        }
        let places = Set(values.suffix(4).map { $0.value.fingerprint(of: PageMeta.bodyStart.projection) })
        #expect(places.count == 4)
    }

    /// Texts that differ in little, some of them below templates that do not show all.
    private static let texts = [
        "", "x", "x y", "x\n\ny", "x <!--more--> y", "x\n\n<!--more-->\n\ny", "x\n\n<!--more-->",
        "*x*\n\n<!--more-->\n\ny", "**x**\n\n<!--more-->\n\ny", "<!--more-->\n\nx",
        "## [one](/x/) {#s}", "## [two](/x/) {#s}", "## [one](/y/) {#s}", "## ![one](a.png) {#s}",
        "## ![two](a.png) {#s}", "## one {#s}", "## two {#s}", "### one {#s}", "## one {#t}", "[one](/x/)",
        "[two](/x/)", "![one](a.png)", "![two](a.png)", "```swift\na\n```", "```\na\n```", "$x$", "- x",
        "> x", "> [!NOTE]\n> x", "[^1]\n\n[^1]: x", "[^1]\n\n[^1]: y", "{{< c >}}", "{{< d >}}", "<b>x</b>",
        "# H\n\nx", "| a |\n|---|\n| b |", "x\n{#a}", "<p id=\"a\">x</p>", "<p id=\"b\">x</p>",
        "[x](#a)", "[x](/x/#a)", "[x](p1.md)", "1. x",
    ]

    @Test(arguments: [
        "",
        "-- templates/render/link.html --\n<i>link</i>\n-- templates/render/image.html --\n<i>image</i>\n",
    ])
    func texts(_ templates: String) throws {
        var files =
            "-- site.json --\n\(Self.settings)\n-- templates/page.html --\n{{ page.content }}\n"
            + "-- templates/components/c.html --\nx\n-- templates/components/d.html --\nx\n" + templates
        for (index, text) in Self.texts.enumerated() {
            files += "-- content/p\(index).md --\n---\ntitle: A\n---\n\(text)\n"
        }
        let project = SiteUnderTest(files).build().project
        let values = try Self.texts.enumerated().map { index, text in
            (
                name: text,
                value: try #require(
                    project.engine.value(of: PageBodyRule.self, Symbol("content/p\(index).md")))
            )
        }
        expectReadings(
            of: values,
            [
                ReadPart("html", PageBody.html), ReadPart("summary", PageBody.summary),
                ReadPart("isCut", PageBody.isCut), ReadPart("markedSummary", PageBody.markedSummary),
                ReadPart("toc", PageBody.toc),
                ReadPart("headings", PageBody.headings), ReadPart("anchors", PageBody.anchors),
                ReadPart("wordCount", PageBody.wordCount), ReadPart("links", PageBody.links),
                ReadPart("description", PageBody.description), ReadPart("excerpt", PageBody.excerpt),
            ], declaredIn: ["Sources/Site/Rules/PageBody.swift"])
    }
}
