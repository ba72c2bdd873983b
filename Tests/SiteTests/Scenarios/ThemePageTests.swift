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

    @Test func listsWithoutPagesSaySo() {
        expectSite(
            """
            -- content/notes/_index.md --

            """,
            ["notes/index.html": "<p class=\"nothing\">Nothing here yet.</p>"])
    }
}
