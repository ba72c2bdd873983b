import Site
import Testing
import Text

/// Content of Jekyll's, as it is.
@Suite struct JekyllTests {
    @Test func jekyllsPostsAreOfOneKindInWhicheverFolder() {
        expectSite(
            MigrationTests.templates + """
                -- site.json --
                {"permalinks": {"_posts": "date", "dogs": "/d/:title/", "/": "/all/:title/"}}
                -- cats/_posts/2024-02-09-meow.md --
                ---
                categories: [loud]
                ---
                -- cats/big/_posts/sub/2024-02-10-roar.md --
                Text.
                -- dogs/_posts/2024-02-11-woof.md --
                Text.
                -- birds/tweet.md --
                Text.

                """,
            [
                "cats/loud/2024/02/09/meow.html": "Meow|", "cats/big/2024/02/10/roar.html": "Roar|",
                "d/woof/index.html": "Woof|", "all/tweet/index.html": "Tweet|",
                "categories/cats/index.html": "",
            ])
    }

    @Test func collectionsOfJekyllAreNotPassedOverInSilence() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"data": "_facts"}
                -- about.md --
                Text.
                -- _recipes/soup.md --
                Text.
                -- _recipes/more/bread.md --
                Text.
                -- _layouts/about.md --
                Text.
                -- _facts/note.md --
                Text.
                -- _pictures/a.png --
                a

                """)
        func expectFindings(_ texts: [String], sourceLocation: Testing.SourceLocation = #_sourceLocation) {
            expectBuild(site, sourceLocation: sourceLocation)
            #expect(
                site.findings.map { "\($0.code.name) \($0.location?.path.text ?? "") \($0.message)" }
                    == texts,
                sourceLocation: sourceLocation)
        }
        let finding =
            "unprocessed-file _recipes/more/bread.md the folder \"_recipes\" is not read: 2 files of Markdown in it make no page"
        expectFindings([finding])
        site.edit("-- _recipes/more (deleted) --\n")
        expectFindings([
            "unprocessed-file _recipes/soup.md the folder \"_recipes\" is not read: 1 file of Markdown in it makes no page"
        ])
        site.edit("-- site.json --\n{\"data\": \"_facts\", \"ignore\": [\"_recipes/\"]}\n")
        expectFindings([])
        site.edit("-- site.json --\n{\"data\": \"_facts\"}\n-- recipes (renamed from _recipes) --\n")
        expectFindings([])
        #expect(site.output("recipes/soup/index.html") != nil)
    }

    /// The folders above Jekyll's `_posts` are categories, in lists and in addresses.
    @Test func foldersAboveJekyllsPostsAreCategories() {
        expectSite(
            """
            -- site.json --
            {"content": ".", "permalinks": {"/": "date"}}
            -- news/local/_posts/2026-01-04-cat.md --
            ---
            categories: [own, local]
            ---
            -- templates/page.html --
            {% for c in page.categories %}{{ c.title }} {% endfor %}

            """,
            ["news/own/local/2026/01/04/cat.html": "news own local "])
    }
}
