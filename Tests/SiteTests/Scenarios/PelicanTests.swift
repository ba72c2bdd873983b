import Site
import Testing
import Text

/// Content of Pelican's, as it is.
@Suite struct PelicanTests {
    @Test func aPelicanBlogIsRead() {
        expectSite(
            MigrationTests.templates + """
                -- content/news/first.md --
                Title: First: of many
                Date: 2024-01-02 10:20
                Modified: 2024-01-03
                Category: Python
                Tags: pelican, publishing
                Slug: my-first
                Authors: Ann Lee; Bob Ray
                Summary: Short
                    and dry

                [other]({filename}second.md#x) [root]({filename}/about.md) ![i]({static}/images/a.png)
                [t]({tag}pelican) [c](|category|Python) [i]({index}) [f]({attach}notes.pdf)
                -- content/news/second.md --
                Title: Second
                Date: 2024-01-04

                ## X
                -- content/news/draft.md --
                Title: Draft
                Status: draft

                -- content/news/hidden.md --
                Status: hidden
                Title: Hidden

                Text.
                -- content/news/notes.pdf --
                P
                -- content/about.md --
                title: About

                Us.
                -- content/plain.md --
                Note: this is text with a colon

                Title: and so is this
                -- content/images/a.png --
                P

                """,
            [
                "news/my-first/index.html":
                    "First: of many|2024-01-02 10:20|Ann Lee,Bob Ray|pelican publishing |Short and dry|",
                "news/second/index.html": "Second|2024-01-04", "news/hidden/index.html": "Hidden|",
                "news/index.html": "Second First: of many",
                "about/index.html": "About|", "plain/index.html": "<p>Note: this is text",
                "tags/pelican/index.html": "",
            ])
    }

    @Test func articlesInHTMLAreTold() {
        expectSite(
            MigrationTests.templates + """
                -- content/news/a.html --
                <html><head><title>A</title><meta name="Date" content="2024-01-02"></head><body>A</body></html>
                -- content/news/plain.html --
                <html><head><title>A</title><meta name="viewport" content="x"></head><body>date</body></html>
                -- content/news/b.md --
                Title: B
                Author: Last, First; Other

                B

                """, ["news/a.html": "<title>A", "news/b/index.html": "Last, First,Other"],
            findings: ["unprocessed-file content/news/a.html:1:1"])
    }

    @Test func pelicansLinksAreResolvedAndChecked() {
        expectSite(
            MigrationTests.templates + """
                -- content/news/a.md --
                [a]({filename}b.md#x) ![b]({static}/images/a%20b.png) [c]({tag}swift) [d]({index}) [e]({filename}no.md)
                -- content/news/b.md --
                ---
                tags: [swift]
                ---
                ## X
                -- content/images/a b.png --
                P

                """,
            [
                "news/a/index.html":
                    "<a href=\"/news/b/#x\">a</a> <img src=\"/images/a%20b.png\" alt=\"b\"> <a href=\"/tags/swift/\">c</a> <a href=\"/\">d</a>"
            ], findings: ["broken-link content/news/a.md:1:88"])
    }

    /// A link of Pelican's to a term says which term there is none of.
    @Test func pelicansLinksToTermsSayWhichIsMissing() {
        let site = SiteUnderTest(
            "-- content/a.md --\n---\ntags: [swift]\n---\n[x]({tag}swfit) [y]({author}ann)\n")
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.message) \($0.hint ?? "-")" } == [
                "no page has the tag \"swfit\" did you mean \"swift\"?", "no page has the author \"ann\" -",
            ])
    }
}
