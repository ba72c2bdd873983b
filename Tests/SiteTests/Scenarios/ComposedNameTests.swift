import Files
import Site
import Testing
import Text

/// Names whose letters stand with their marks in one place and apart in another: the same to a reader, and so to a link.
@Suite struct ComposedNameTests {
    /// `é` as one character, and as two.
    private static let forms = ["\u{E9}", "e\u{301}"]

    @Test(arguments: forms, forms)
    func linksFindNamesThatReadTheSame(onDisk: String, inText: String) {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"menus": {"main": [{"name": "C", "url": "blog/caf\(inText).md"}]}}
            -- templates/page.html --
            {{ page.content }}{{ seo() }}{{ ref("blog/caf\(inText).md") }}{% for r in page.resources %}{{ r.url }}{% endfor %}
            -- content/blog/a.md --
            ---
            image: /fil\(inText)s/p.svg
            tags: [th\(inText)]
            ---
            [one](caf\(inText).md#part) [two](@/blog/caf\(inText).md) [three](/blog/caf\(inText)/)
            [four](/m\(inText)/f.txt) ![five](p\(inText).svg) {{< ref "caf\(inText)" >}} [six](../b\(inText)/)
            [seven]({filename}caf\(inText).md) [eight]({tag}th\(inText)) <img src="p\(inText).svg">
            {% post_url caf\(inText) %}
            -- content/blog/caf\(onDisk).md --
            ---
            tags: [th\(onDisk)]
            ---
            ## Part
            -- content/blog/b\(onDisk)/index.md --
            ![own](p\(inText).svg)
            -- content/blog/b\(onDisk)/p\(onDisk).svg --
            <svg width="4" height="2"/>
            -- content/blog/p\(onDisk).svg --
            <svg width="8" height="6"/>
            -- static/m\(onDisk)/f.txt --
            f
            -- static/fil\(onDisk)s/p.svg --
            <svg width="80" height="60"/>
            -- content/tags/th\(onDisk)/_index.md --
            ---
            title: Tea
            ---

            """)
        // All of it is published in composed form.
        expectBuild(
            site,
            [
                "blog/a/index.html":
                    "<a href=\"/blog/caf%C3%A9/#part\">one</a> <a href=\"/blog/caf%C3%A9/\">two</a> <a href=\"/blog/caf%C3%A9/\">three</a>",
                "blog/a/index.html": "<a href=\"/m%C3%A9/f.txt\">four</a>",
                "blog/a/index.html":
                    "<img src=\"/blog/p%C3%A9.svg\" alt=\"five\" width=\"8\" height=\"6\"> /blog/caf%C3%A9/",
                "blog/a/index.html":
                    "<a href=\"/blog/caf%C3%A9/\">seven</a> <a href=\"/tags/th%C3%A9/\">eight</a>",
                "blog/a/index.html": "/fil\u{E9}s/p.svg\">",
                "blog/b\u{E9}/index.html": "<img src=\"p%C3%A9.svg\" alt=\"own\" width=\"4\" height=\"2\">",
                "blog/b\u{E9}/index.html": "/blog/caf%C3%A9//blog/b%C3%A9/p%C3%A9.svg", "m\u{E9}/f.txt": "f",
                "tags/th\u{E9}/index.html": "Tea",
            ])
        #expect(site.findings.map { "\($0.message) \($0.hint ?? "")" } == [])
        #expect(
            site.disk.files.allSatisfy {
                !$0.path.text.utf8.contains(0xCC) || !$0.path.text.hasPrefix("public/")
            })
        // Whether there is such a file is depended on by whoever looked.
        site.edit("-- content/blog/caf\(onDisk).md (deleted) --\n")
        expectBuild(site)
        #expect(site.findings.filter { $0.code.name == "broken-link" }.count >= 3)
        let other = Self.forms.first { $0.utf8.count != onDisk.utf8.count } ?? ""
        site.edit("-- content/blog/caf\(other).md --\n## Part\n")
        expectBuild(site, ["blog/a/index.html": "<a href=\"/blog/caf%C3%A9/#part\">one</a>"])
    }

    @Test func twoNamesThatReadTheSameAreOneOutput() {
        expectSite(
            """
            -- static/\u{E9}.txt --
            1
            -- static/e\u{301}.txt --
            2
            -- content/a.md --
            A

            """, [:], findings: ["output-collision static/\u{E9}.txt:1:1"])
    }

    @Test(arguments: [
        ("abc", "abc"), ("e\u{301}", "\u{E9}"), ("\u{E9}", "\u{E9}"),
        ("\u{3042}\u{3099}", "\u{3042}\u{3099}"),
        ("\u{304B}\u{3099}", "\u{304C}"), ("\u{1100}\u{1161}", "\u{AC00}"), ("\u{212B}", "\u{C5}"),
    ])
    func namesAreComposed(_ name: String, _ composed: String) {
        #expect(Normalization.composed(Array(name.utf8)) == Array(composed.utf8))
        #expect(Normalization.areEquivalent(Array(name.utf8), Array(composed.utf8)))
    }

    @Test func whatIsNoTextStaysAsItIs() {
        #expect(Normalization.composed([0x65, 0xCC, 0x81, 0xFF]) == [0x65, 0xCC, 0x81, 0xFF])
        #expect(!Normalization.areEquivalent(Array("e".utf8), Array("\u{E9}".utf8)))
    }
}
