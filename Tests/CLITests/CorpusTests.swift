import Foundation
import TestSupport
import Testing

/// Three real blogs of other generators, built without touching a file of theirs.
@Suite(.enabled(if: Corpus.isThere), .serialized) struct CorpusTests {
    @Test("The posts of a Jekyll blog are at Jekyll's addresses")
    func swiftBlog() throws {
        let corpus = Corpus.swiftBlog
        #expect(corpus.code == 0, "\(corpus.error)")
        #expect(corpus.run.json["pages"] as? Int == 172)
        #expect(corpus.run.json["posts"] as? Int == 172)
        // `permalink: /blog/:title/`, where Jekyll's title is what follows the date in the file's name.
        for source in corpus.sources(in: "_posts") {
            let title = source.dropLast(3).split(separator: "-", maxSplits: 3)[3]
            #expect(corpus.text("blog/\(title)/index.html") != nil, "\(source)")
        }
        // Categories are pages, images are where posts look for them.
        #expect(corpus.text("categories/developer-tools/index.html")?.contains("/blog/") == true)
        #expect(corpus.paths.contains { $0.hasPrefix("assets/images/") && $0.hasSuffix(".png") })
    }

    @Test("The posts of a Zola blog are dated by their paths")
    func rustBlog() throws {
        let corpus = Corpus.rustBlog
        #expect(corpus.code == 0, "\(corpus.error)")
        #expect(corpus.sources(in: "content").count == 748)
        // Three of the files are sections, and one page has no path.
        #expect(corpus.run.json["pages"] as? Int == 745)
        #expect(corpus.run.json["posts"] as? Int == 744)
        let post = try #require(corpus.text("2018/07/27/what-is-rust-2018/index.html"))
        #expect(post.contains("2018-07-27"))
        #expect(
            corpus.text("inside-rust/2022/02/22/compiler-team-ambitions-2022/index.html")?.contains(
                "2022-02-22") == true)
        // An alias leads to the page.
        #expect(
            corpus.text("2018/07/27/what-is-rust-2018.html")?.contains("/2018/07/27/what-is-rust-2018/")
                == true)
    }

    @Test("A Hugo site of eleven languages has a tree for each")
    func otelSite() throws {
        let corpus = Corpus.otelSite
        #expect(corpus.code == 0, "\(corpus.error)")
        let sources = corpus.sources(in: "content")
        #expect(sources.count == 425)
        let pages = try #require(corpus.run.json["pages"] as? Int)
        let skipped = try #require(corpus.run.json["skipped"] as? [[String: Any]])
        let sections = sources.count { $0.hasSuffix("/_index.md") }
        #expect(pages + skipped.count + sections == 425)
        #expect(skipped.allSatisfy { $0["reason"] as? String == "expired" && $0["until"] != nil })
        #expect(corpus.text("index.html")?.contains("<html lang=\"en\"") == true)
        for language in ["bn", "es", "fr", "ja", "ko", "pl", "pt", "ro", "uk", "zh"] {
            #expect(
                corpus.text("\(language)/index.html")?.contains("<html lang=\"\(language)\"") == true,
                "\(language)")
        }
        // A bundle's image lies beside it; an alias counts from the page's folder; translations name each other.
        #expect(corpus.paths.contains { $0.hasPrefix("blog/20") && $0.hasSuffix(".png") })
        #expect(
            corpus.text("docs/concepts/data-collection/index.html")?.contains("/docs/concepts/components/")
                == true)
        #expect(
            corpus.text("es/docs/concepts/data-collection/index.html")?.contains(
                "/es/docs/concepts/components/") == true)
        #expect(corpus.text("docs/concepts/index.html")?.contains("hreflang=\"ja\"") == true)
    }

    @Test("Marks of other generators are findings with a place, and never printed", arguments: [0, 1, 2])
    func marksOfOthers(number: Int) throws {
        let corpus = [Corpus.swiftBlog, .rustBlog, .otelSite][number]
        #expect(corpus.undigested == [])
        for finding in corpus.run.diagnostics where finding["severity"] as? String != "note" {
            #expect(
                finding["path"] is String && finding["line"] is Int && finding["column"] is Int, "\(finding)")
        }
        let expected: Set<String> = [
            "broken-link", "broken-image", "broken-anchor", "liquid-tag", "unknown-component", "repeated-key",
            "duplicate-id", "alias-pattern", "skipped-page", "unknown-template", "key-without-effect",
            "template-in-text", "fence-option",
        ]
        #expect(Set(corpus.run.counts.keys).subtracting(expected) == [])
        if corpus === Corpus.swiftBlog { #expect((corpus.run.counts["liquid-tag"] ?? 0) > 20) }
        if corpus === Corpus.otelSite { #expect((corpus.run.counts["unknown-component"] ?? 0) > 200) }
    }
}
