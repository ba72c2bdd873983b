import Engine
import Files
import Site
import Testing
import Text

/// The edits that broke other generators, second part: data, parts of templates; S09 to S12.
@Suite struct DataScenarioTests {
    /// S09. One author's name: the posts of that author.
    @Test func s09AValueOfADataFile() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- data/authors.yml --\nann: {name: Anna}\nbob: {name: Bob}",
            ran: """
                data-file data/authors.yml
                page-output en:content/blog/p01.md
                page-output en:content/blog/p03.md
                page-output en:content/blog/p05.md
                page-output en:content/blog/p07.md
                page-output en:content/blog/p09.md
                page-output en:content/blog/p11.md
                """,
            written: """
                blog/p01/index.html
                blog/p03/index.html
                blog/p05/index.html
                blog/p07/index.html
                blog/p09/index.html
                blog/p11/index.html
                """)
    }

    /// S10. Comments, order of keys, quoting: nothing after the reading.
    @Test func s10ADataFileWrittenOtherwise() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- data/authors.yml --\n# who\nbob:\n  name: \"Bob\"\nann: {'name': Ann}",
            ran: "data-file data/authors.yml", written: "")
    }

    /// S11. What a component includes: the pages that call it. Their text before the mark is another, so lists stay.
    @Test func s11APartialOfAComponent() {
        let site = Fixture.site()
        expectBuild(site)
        expectRebuilt(
            site, after: "-- templates/partials/icon.html --\n<i>?</i>",
            ran: """
                template-program partials/icon.html
                page-body content/blog/p02.md
                page-body content/blog/p09.md
                page-output en:content/blog/p02.md
                page-output en:content/blog/p09.md
                feed-output atom:en:@home
                feed-output atom:en:@term/tags/a
                feed-output atom:en:@term/tags/b
                """,
            written: """
                atom.xml
                blog/p02/index.html
                blog/p09/index.html
                tags/a/atom.xml
                tags/b/atom.xml
                """)
    }

    /// S12. The program is equal: nothing is rendered.
    @Test func s12ACommentInATemplate() {
        let site = Fixture.site()
        expectBuild(site)
        site.replace(
            "{% block main %}<h1>{{ page.title }}", by: "{% block main %}{# title #}<h1>{{ page.title }}",
            in: "templates/page.html")
        expectRebuilt(site, ran: "template-program page.html", written: "")
    }
}
