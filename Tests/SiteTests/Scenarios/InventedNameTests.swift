import Site
import Testing
import Text

/// Names that the product makes up are no names of files, and none of each other.
@Suite struct InventedNameTests {
    /// "b/c" of the taxonomy "a" is not "c" of "a/b".
    @Test func termsOfTaxonomiesWithSlashesAreKeptApart() {
        expectSite(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "taxonomies": {"a": {"path": "aa", "hierarchical": true}, "a/b": {"path": "ab"}}}
            -- templates/page.html --
            {{ page.title }}
            -- templates/term.html --
            [{% for p in term.pages %}{{ p.title }}{% endfor %}]
            -- templates/taxonomy.html --
            {{ page.url }}{% for t in taxonomy.terms %}{{ t.url }}{% endfor %}
            -- content/x.md --
            ---
            title: X
            taxonomies: {a: ["b/c"]}
            ---
            -- content/y.md --
            ---
            title: Y
            taxonomies: {"a/b": [c]}
            ---

            """,
            [
                "aa/b/c/index.html": "[X]", "ab/c/index.html": "[Y]", "aa/index.html": "/aa//aa/b//aa/b/c/",
                "ab/index.html": "/ab//ab/c/",
            ])
    }

    /// A page in a folder that is called as a section is named.
    @Test func aPageCalledAsASectionIsNamedIsAPage() {
        expectSite(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "content": "."}
            -- templates/page.html --
            page {{ page.title }}
            -- templates/section.html --
            section {{ page.title }}
            -- @section/foo.md --
            ---
            title: Page
            url: /p/
            ---
            -- foo.md/a.md --
            A

            """, ["p/index.html": "page Page", "foo-md/index.html": "section Foo.md"])
    }

    /// A file in a folder that is called as the theme of the product is named.
    @Test func aFileCalledAsOneOfTheProductIsTheSites() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "content": "."}
            -- a.md --
            A
            -- @theme/assets/site.css --
            mine
            -- @theme/theme.json --
            {}

            """)
        expectBuild(site, ["@theme/assets/site.css": "mine"])
        #expect(site.outputs.contains { $0.hasPrefix("assets/site.") })
    }

    /// A theme's style sheet leads to what the site publishes as it is in a folder of another name.
    @Test func aStyleSheetLeadsToAssetsInAFolderOfAnotherName() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/b/", "theme": "m", "static": {"assets": "/files/"}}
            -- themes/m/theme.json --
            {}
            -- themes/m/templates/page.html --
            {{ asset("css/m.css") }} {{ asset("top.css") }}
            -- themes/m/assets/css/m.css --
            a{background:url(../img/own.png)} b{background:url("../img/theirs.png?x")}
            -- themes/m/assets/top.css --
            a{background:url(img/own.png)}
            -- themes/m/assets/img/theirs.png --
            t
            -- assets/img/own.png --
            o
            -- content/a.md --
            A

            """)
        expectBuild(site, ["files/img/own.png": "o"])
        func sheet(_ beginning: String) -> String {
            site.outputs.first { $0.hasPrefix(beginning) }.flatMap { site.output($0) } ?? ""
        }
        #expect(
            sheet("assets/css/m.").hasPrefix(
                "a{background:url(../../files/img/own.png)} b{background:url(\"../img/theirs."))
        #expect(sheet("assets/top.") == "a{background:url(../files/img/own.png)}\n")
        // With the address of the folder's own name, it stays as it is written.
        site.edit(
            "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://e.org/b/\", \"theme\": \"m\", \"static\": {\"assets\": \"/assets/\"}}\n"
        )
        expectBuild(site, ["assets/img/own.png": "o"])
        #expect(sheet("assets/css/m.").hasPrefix("a{background:url(../img/own.png)}"))
    }
}
