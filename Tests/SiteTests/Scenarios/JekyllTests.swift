import Files
import Site
import Testing
import Text

/// Content of Jekyll's, as it is.
@Suite struct JekyllTests {
    @Test func jekyllsPostsAreOfOneKindInWhicheverFolder() {
        expectSite(
            MigrationTests.templates + """
                -- site.json --
                {"content": ".", "permalinks": {"_posts": "date", "dogs": "/d/:title/", "/": "/all/:title/"}}
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

    @Test func whatLiesAmongDraftsIsNotPublished() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.title }}
            -- site.json --
            {"content": ".", "taxonomies": {}, "feeds": {"formats": []}}
            -- _drafts/shots/a.png --
            a
            -- _posts/b.png --
            b
            -- _posts/2024-02-09-a.md --
            Text.

            """)
        expectBuild(site)
        #expect(site.output("_drafts/shots/a.png") == nil)
        #expect(site.output("_posts/b.png") != nil)
    }

    /// Jekyll divides tags at blanks, in posts; its folders are no content either where they lie beside the content.
    @Test func whatIsJekyllsIsReadAsJekyllReadsIt() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"content": "src", "taxonomies": {"tags": {}}}
                -- src/_posts/2024-02-09-a.md --
                ---
                tags: web dev
                ---
                `{% raw %}{{ x }}{% endraw %}`
                -- src/b.md --
                ---
                tags: Web Development
                ---
                -- src/_includes/x.md --
                Text.
                -- src/_data/y.yml --
                a: 1
                -- src/_layouts/z.html --
                z

                """)
        expectBuild(site)
        #expect(
            site.outputs.filter { $0.hasPrefix("tags/") && $0.hasSuffix(".html") } == [
                "tags/dev/index.html", "tags/index.html", "tags/web-development/index.html",
                "tags/web/index.html",
            ])
        #expect(!site.outputs.contains { $0.contains("_") })
        #expect(site.output("posts/a/index.html")?.contains("<code>{{ x }}</code>") == true)
    }

    /// A folder that is published as it is is not published under other names besides.
    @Test func assetsThatArePublishedAsTheyAreHaveOneNameOnly() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"static": {"assets": "/assets"}}
                -- assets/a.png --
                a
                -- assets/site.css --
                a { background: url(a.png) }
                -- templates/home.html --
                {{ asset("a.png") }} {{ stylesheet("site.css") }}
                -- content/a.md --
                ![x](/assets/a.png)

                """)
        expectBuild(site)
        #expect(site.outputs.filter { $0.hasPrefix("assets/") } == ["assets/a.png", "assets/site.css"])
        #expect(
            site.output("index.html") == "/assets/a.png <link rel=\"stylesheet\" href=\"/assets/site.css\">")
        #expect(site.findings.map(\.code.name) == [])
        // And with fingerprints again.
        site.world.source.put("site.json", "{}")
        expectBuild(site)
        #expect(site.outputs.filter { $0.hasPrefix("assets/") }.count == 2)
        #expect(!site.outputs.contains("assets/a.png"))
    }

    @Test func aLinkToNothingHasNoPart() {
        expectSite(
            MigrationTests.templates + """
                -- content/a.md --
                [a]({% link x.md %}#a)

                """,
            ["a/index.html": "<a>a</a>"], findings: ["liquid-tag content/a.md:1:5"])
    }

    @Test func collectionsOfJekyllAreNotPassedOverInSilence() {
        let site = SiteUnderTest(
            MigrationTests.templates + """
                -- site.json --
                {"content": ".", "data": "_facts"}
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
        site.edit(
            "-- site.json --\n{\"content\": \".\", \"data\": \"_facts\", \"ignore\": [\"_recipes/\"]}\n")
        expectFindings([])
        site.edit(
            "-- site.json --\n{\"content\": \".\", \"data\": \"_facts\"}\n-- recipes (renamed from _recipes) --\n"
        )
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

    /// What Jekyll runs is not published with its head where the product makes the same page itself.
    @Test func aFileWithAHeadGivesWayToWhatTheProductMakes() {
        let head = "---\nlayout: home\n---\n"
        let site = SiteUnderTest(
            """
            -- site.json --
            {"content": "."}
            -- index.html --
            \(head)
            -- 404.html --
            \(head)
            -- robots.txt --
            \(head)
            -- atom.xml --
            \(head)
            -- other.html --
            \(head)
            -- templates/404.html --
            none
            -- templates/home.html --
            home
            -- 2026-01-02-a.md --
            A

            """)
        expectBuild(
            site,
            [
                "index.html": "home", "404.html": "none", "robots.txt": "User-agent", "atom.xml": "<feed",
                "other.html": head,
            ])
        #expect(
            Set(site.findings.map(\.message))
                == Set(
                    ["404.html", "atom.xml", "index.html", "robots.txt"].map {
                        "this file has front matter and is left out: the product makes /\($0) itself"
                    } + ["this file has front matter, but is published as it is"]))
        // Without a head it is what the author wants.
        site.edit("-- index.html --\nown\n")
        expectBuild(site, ["index.html": "own"])
        site.edit("-- index.html --\n\(head)\n")
        expectBuild(site, ["index.html": "home"])
    }

    /// Bundler's packages have READMEs, which are no pages.
    @Test(arguments: ["Gemfile", "_config.yml"])
    func thePackagesOfRubyAreNotRead(_ name: String) {
        let site = SiteUnderTest(
            "-- a.md --\nA\n-- vendor/bundle/ruby/gem/README.md --\nR\n-- vendor/bundle/x.txt --\nx\n-- \(name) --\n\n"
        )
        expectBuild(site, ["a/index.html": "A"])
        #expect(!site.disk.files.contains { $0.path.text.contains("vendor") })
        // Elsewhere it is a folder like any other.
        site.edit("-- \(name) (deleted) --\n")
        expectBuild(site, ["vendor/bundle/x.txt": "x"])
    }
}
