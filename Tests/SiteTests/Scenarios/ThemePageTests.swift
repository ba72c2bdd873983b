import Site
import Testing

/// What the default theme makes of pages: pictures, lists without pages, directions of writing.
@Suite struct ThemePageTests {
    @Test func onlyTheFirstPictureIsLoadedAtOnce() {
        expectSite(
            """
            -- content/figures/index.md --
            {{< figure src="p.svg" alt="one" >}}

            {{< figure src="p.svg" alt="two" >}}

            {{< figure src="p.svg" alt="three" loading="eager" >}}
            -- content/figures/p.svg --
            <svg width="80" height="60"/>
            -- content/pictures/index.md --
            {{< gallery >}}
            ![one](p.svg) ![two](p.svg)
            {{< /gallery >}}
            -- content/pictures/p.svg --
            <svg width="80" height="60"/>

            """,
            [
                "figures/index.html": "alt=\"one\" width=\"80\" height=\"60\" decoding=\"async\">",
                "figures/index.html":
                    "alt=\"two\" width=\"80\" height=\"60\" loading=\"lazy\" decoding=\"async\">",
                "figures/index.html":
                    "alt=\"three\" width=\"80\" height=\"60\" loading=\"eager\" decoding=\"async\">",
                "pictures/index.html":
                    "<div class=\"gallery\">\n<p><img src=\"p.svg\" alt=\"one\" width=\"80\"",
                "pictures/index.html": "alt=\"two\" loading=\"lazy\" decoding=\"async\"",
            ])
    }

    @Test(arguments: [
        ("ar", "rtl", "في هذه الصفحة"), ("he", "rtl", "בעמוד זה"), ("yi", "rtl", "On this page"),
        ("ja", "", "このページの内容"),
    ])
    func theThemeReadsInTheDirectionOfItsLanguage(language: String, direction: String, contents: String) {
        expectSite(
            """
            -- site.json --
            {"language": "\(language)"}
            -- content/a.md --
            ## A
            ## B
            ## C

            """,
            [
                "a/index.html":
                    "<html lang=\"\(language)\"\(direction.isEmpty ? "" : " dir=\"\(direction)\"")>",
                "a/index.html": "<summary id=\"toc-title\">\(contents)</summary>",
            ])
    }

    /// Pages of a section and the sections in it have one order; from below there is a way up.
    @Test func sectionsStandAmongThePages() {
        let site = SiteUnderTest(
            """
            -- templates/own.html --
            {{ page.section.children | join(" ") }}
            -- content/docs/_index.md --
            ---
            title: Docs
            ---
            -- content/docs/a.md --
            ---
            title: A
            weight: 1
            template: own.html
            ---
            -- content/docs/c.md --
            ---
            title: C
            weight: 3
            ---
            -- content/docs/d.md --
            ---
            title: D
            ---
            -- content/docs/b/_index.md --
            ---
            title: B
            weight: 2
            ---
            -- content/docs/e/_index.md --
            ---
            title: E
            ---
            -- content/docs/e/f/_index.md --
            ---
            title: F
            ---
            -- content/docs/e/f/g.md --
            ---
            title: G
            ---

            """)
        func links(_ titles: String) -> String {
            titles.map { "<a href=\"/docs/\($0.lowercased())/\">\($0)</a>" }.joined(separator: "</li>\n<li>")
        }
        expectBuild(
            site,
            [
                "docs/a/index.html": "A B C E D", "docs/index.html": links("ABCED"),
                "docs/e/f/g/index.html": """
                <ul class="way-up">
                <li><a href="/docs/">Docs</a></li>
                <li><a href="/docs/e/">E</a></li>
                </ul>
                <p><a href="/docs/e/f/">F</a></p>
                """,
            ])
        #expect(site.output("docs/index.html")?.contains("way-up") == false)
        site.replace("weight: 2", by: "weight: 9", in: "content/docs/b/_index.md")
        expectBuild(site, ["docs/a/index.html": "A C B E D", "docs/index.html": links("ACBED")])
        site.replace("title: Docs", by: "title: Docs\nsort_by: title", in: "content/docs/_index.md")
        expectBuild(site, ["docs/a/index.html": "A B C D E"])
        site.replace("sort_by: title", by: "sort_by: path", in: "content/docs/_index.md")
        expectBuild(site, ["docs/a/index.html": "A B C D E"])
        site.replace("sort_by: path", by: "sort_by: date", in: "content/docs/_index.md")
        expectBuild(site, ["docs/a/index.html": "B E A C D"])
        for folder in ["b", "e"] { site.edit("-- content/docs/\(folder) (deleted) --\n") }
        expectBuild(site, ["docs/a/index.html": "A C D"])
    }

    /// A summary that its author marked or wrote is shown as it stands; one made of the first words is text, and cut.
    @Test func listsShowMarkedSummariesWhole() {
        let long = (1...60).map { "word\($0)" }.joined(separator: " ")
        let site = SiteUnderTest(
            """
            -- content/blog/2026-01-05-described.md --
            ---
            description: In a few words.
            ---
            Marked.

            <!--more-->

            Rest.
            -- content/blog/2026-01-04-marked.md --
            **\(long)** [link](2026-01-03-written.md) ![](p.svg)

            <!--more-->

            Rest.
            -- content/blog/2026-01-03-written.md --
            ---
            summary: By *hand*.
            ---
            Text.
            -- content/blog/2026-01-02-made.md --
            **\(long)** x.
            -- content/blog/p.svg --
            <svg width="8" height="6"/>

            """)
        let first = long.prefix { $0 != "3" }
        expectBuild(
            site,
            [
                "blog/index.html":
                    "<h2><a href=\"/blog/described/\">Described</a></h2>\n<p>In a few words.</p>",
                "blog/index.html": """
                <h2><a href="/blog/marked/">Marked</a></h2>
                <div class="content summary">
                <p><strong>\(long)</strong> <a href="/blog/written/">link</a> <img src="/blog/p.svg" alt="" width="8" height="6"></p>
                """,
                "blog/index.html": "<div class=\"content summary\">\nBy <em>hand</em>.\n</div>",
                "blog/index.html": "<h2><a href=\"/blog/made/\">Made</a></h2>\n<p>\(first)",
            ])
        #expect(site.output("blog/index.html")?.contains("word32…</p>") == true)
        // What is only set in another way is another summary; without the mark it is text again.
        site.replace("**\(long)** [", by: "*\(long)* [", in: "content/blog/2026-01-04-marked.md")
        expectBuild(site, ["blog/index.html": "<p><em>\(long)</em>"])
        site.replace("<!--more-->", by: "", in: "content/blog/2026-01-04-marked.md")
        expectBuild(site, ["blog/index.html": "<h2><a href=\"/blog/marked/\">Marked</a></h2>\n<p>word1"])
    }

    /// A style sheet can ask a link for the size of its picture, not the picture inside.
    @Test func linksAroundPicturesOfAGallerySayTheirSize() {
        expectSite(
            """
            -- content/a/index.md --
            {{< gallery >}}
            [![one](p.svg)](p.svg) and [a link](/)

            ![two](p.svg)
            {{< /gallery >}}
            -- content/a/p.svg --
            <svg width="80" height="60"/>

            """,
            [
                "a/index.html": """
                <div class="gallery">
                <p><a data-width="80" data-height="60" href="p.svg"><img src="p.svg" alt="one" width="80" height="60"></a> and <a href="/">a link</a></p>
                <p><img src="p.svg" alt="two"
                """
            ])
    }

    @Test func listsWithoutPagesSaySo() {
        expectSite(
            """
            -- content/notes/_index.md --

            """,
            ["notes/index.html": "<p class=\"nothing\">Nothing here yet.</p>"])
    }
}
