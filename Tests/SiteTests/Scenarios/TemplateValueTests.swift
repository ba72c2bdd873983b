import Site
import Testing
import Text

/// What templates get of a site: its lists, maps, data and pictures.
@Suite struct TemplateValueTests {
    @Test func theTemplateOfCodeHearsWhichLinesAreMarked() {
        let many = Array(repeating: "1-9999", count: 3000).joined(separator: ",")
        let site = SiteUnderTest(
            """
            -- templates/render/code.html --
            [{{ marked_lines | join("+") }}|{{ hidden_lines | length }}]
            -- templates/page.html --
            {{ page.content }}
            -- content/a.md --
            ```swift,hl_lines=4-5 1 4,hide_lines=1-99999999
            a
            ```
            -- content/b.md --
            ```swift,hide_lines=\(many)
            b
            ```

            """)
        expectBuild(site, ["a/index.html": "[1+4+5|10000]", "b/index.html": "[|9999]"])
    }

    /// What the site's settings, its data and heads hold are lists and maps like any others.
    @Test func dataCompareAndAddAsWhatTheyStandFor() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://example.org", "params": {"l": [1, 2], "m": {"b": 1}}}
            -- data/x.json --
            [1, [2, 3], {"a": null}]
            -- templates/page.html --
            {% set p = site.params %}{% set x = site.data.x -%}
            {{ p.l == [1, 2] }} {{ [1, 2] == p.l }} {{ p.l == p.l }} {{ p.l != [2, 1] }} {{ p.m == {"b": 1} }}
            {{ x == [1, [2, 3], {"a": none}] }} {{ x == site.data.x }} {{ p.l in [[1, 2]] }} {{ p.l + [3] }} {{ [0] + p.l }}
            {{ page.params.q == [7] }} {{ p.l == (1, 2) }} {{ p.m == p.l }} {{ p.l == "l" }}
            -- content/a.md --
            ---
            title: A
            q: [7]
            ---

            """)
        expectBuild(
            site,
            [
                "a/index.html": """
                True True True True True
                True True True [1, 2, 3] [0, 1, 2]
                True False False False
                """
            ])
        site.replace("[1, 2]", by: "[1, 3]", in: "site.json")
        expectBuild(site, ["a/index.html": "False False True True True"])
    }

    /// What prints as text is none: dates and texts are joined by `~`.
    @Test func aDateAndATextDoNotAdd() {
        expectSite(
            "-- templates/page.html --\n{{ page.date + \" x\" }}\n-- content/a.md --\n---\ndate: 2026-01-02\n---\n",
            [:], findings: ["template-error templates/page.html:1:4"])
    }

    /// A picture that is replaced by one of another height alone is another picture.
    @Test func theHeightOfAPictureIsReadToo() {
        func picture(_ height: Int) -> String {
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"7\" height=\"\(height)\"></svg>\n"
        }
        let site = SiteUnderTest(
            "-- templates/page.html --\n{{ page.content }}\n-- content/a.md --\n![a](/z.svg)\n-- static/z.svg --\n"
                + picture(8))
        expectBuild(site, ["a/index.html": "height=\"8\""])
        site.edit("-- static/z.svg --\n" + picture(9))
        expectBuild(site, ["a/index.html": "height=\"9\""])
    }

    /// Keys of all kinds, equal ones together: also where a number is written in two ways.
    @Test func groupsComeInTheOrderOfTheirFirst() {
        let posts = ["x", "y", "x", "2", "2.0", "2", "y", "[1]", "[1]"].enumerated().map { index, value in
            "-- content/p\(index).md --\n---\ntitle: P\(index)\nweight: \(index + 1)\nkind: \(value)\n---\n"
        }
        let site = SiteUnderTest(
            """
            -- templates/home.html --
            {% for key, items in site.pages | sort(attribute="weight") | group_by("params.kind") -%}
            {{ key }}:{{ items | map(attribute="title") | join("+") }};
            {%- endfor %}
            -- templates/page.html --
            x
            \(posts.joined())
            """)
        expectBuild(site, ["index.html": "x:P0+P2;y:P1+P6;2:P3+P4+P5;[1]:P7+P8;"])
    }

    @Test func theTopOfASiteAndItsArchiveAreAtHand() {
        expectSite(
            """
            -- templates/home.html --
            {% for p in site.top_pages %}{{ p.title }} {% endfor %}| {{ site.archive.url if site.archive else "-" }}
            -- templates/page.html --
            {{ page.title }}
            -- templates/archive.html --
            all
            -- content/b.md --
            -- content/a.md --
            ---
            weight: 2
            ---
            -- content/2026-01-01-dated.md --
            -- content/blog/2026-01-01-x.md --

            """, ["index.html": "A B | /archive/"])
    }

    @Test func relatedPostsAreReadTermByTerm() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {% for r in page.related %}{{ r.title }} {% endfor %}
            -- templates/section.html --
            x
            -- templates/term.html --
            x
            -- templates/taxonomy.html --
            x
            -- content/blog/2026-01-01-a.md --
            ---
            tags: [x, y]
            ---
            -- content/blog/2026-01-02-b.md --
            ---
            tags: [x, y]
            ---
            -- content/blog/2026-01-03-c.md --
            ---
            tags: [x]
            ---
            -- content/blog/2026-01-04-d.md --
            ---
            tags: [z]
            ---

            """)
        expectBuild(
            site, ["blog/a/index.html": "B C ", "blog/c/index.html": "B A "])
        site.edit("-- content/blog/2026-01-05-e.md --\n---\ntags: [z]\n---\n")
        expectBuild(site, ["blog/d/index.html": "E "])
        // Nobody who shares no tag with the new post was asked.
        #expect(site.last?.ran.filter { $0.hasPrefix("related-pages") }.count == 2)
    }

    /// Maps of heads, of the configuration and of data files have the methods of dictionaries; `get` reads one key.
    @Test func mapsOfASiteHaveTheMethodsOfDictionaries() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"params": {"color": "red", "items": [1, 2]}}
            -- data/team.yml --
            lead: {name: Ann, "first.of": 1}
            list: [a, b, a]
            -- templates/home.html --
            {% for k, v in site.params.items() %}{{ k }}={{ v }};{% endfor %} {{ site.params.items | join("+") }}
            {{ site.data.team.lead.keys() | join(",") }} {{ load_data("data/team.yml").lead.values() | list }}
            {{ site.data.team.list.count("a") }} {{ site.data.team.list.index("b") }} {{ site.data.keys() | list }} {{ site.pages.count(1) }}{{ site.pages.index(page.next) if page.next }}
            -- templates/page.html --
            {{ page.params.get("a") }} {{ page.params.get("b", 3) }} {{ page.params }} {{ page.params | tojson }}
            -- templates/term.html --
            x
            -- templates/taxonomy.html --
            x
            -- content/a.md --
            ---
            a: 1
            tags: [t]
            ---
            -- content/b.md --

            """)
        expectBuild(
            site,
            [
                "index.html":
                    "color=red;items=[1, 2]; 1+2\nname,first.of [&#39;Ann&#39;, 1]\n2 1 [&#39;team&#39;] 0",
                "a/index.html": "1 3 {&#39;a&#39;: 1} {\"a\": 1}", "b/index.html": "None 3 {} {}",
            ])
        site.edit("-- templates/page.html --\n{{ page.params.get(\"a\") }}\n")
        expectBuild(site, ["a/index.html": "1"])
        expectRebuilt(
            site, after: "-- content/a.md --\n---\na: 1\nc: 2\ntags: [t]\n---\n",
            ran: "page-meta content/a.md", written: "")
        expectRebuilt(
            site, after: "-- content/a.md --\n---\na: 2\nc: 2\ntags: [t]\n---\n",
            ran: """
                page-meta content/a.md
                page-output en:content/a.md
                """, written: "a/index.html")
        site.edit("-- templates/page.html --\n{{ page.params.update(a=1) }}\n")
        expectBuild(site)
        #expect(
            site.findings.map(\.message).contains {
                $0.contains("this dictionary belongs to the site and cannot be changed")
            })
    }

    /// Data and images that a template names and nobody has are findings; when they come, these go.
    @Test func filesThatATemplateNamesAreMissedOrThere() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ load_data("data/no.yml") }} {{ load_data("data/maybe.yml", required=false) }} {{ image("z.png") }} {{ image("b.png") }}
            -- content/a/index.md --
            A
            -- content/a/b.png --
            b
            -- templates/section.html --
            x

            """)
        expectBuild(site, ["a/index.html": "None None z.png b.png"])
        #expect(
            site.findings.map(\.message) == [
                "there is no data file \"data/no.yml\"", "there is no image \"z.png\"",
            ])
        site.edit("-- data/no.yml --\n1\n-- content/a/z.png --\nz\n")
        expectBuild(site, ["a/index.html": "1 None z.png b.png"])
        #expect(site.findings.isEmpty)
    }

    @Test func aVariableThatIsNotSetIsEmptyText() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"environment\": [\"X\"]}\n-- templates/page.html --\n[{{ env(\"X\") }}{{ env(\"HOME\") }}{{ env(\"X\", \"d\") }}]\n-- content/a.md --\n"
        )
        expectBuild(site, ["a/index.html": "[d]"])
    }

    @Test func aTextOfTheInterfaceSaysWhatItLacks() {
        let site = SiteUnderTest(
            """
            -- i18n/en.yml --
            many: "{count} and {other}, {not a name}"
            -- templates/page.html --
            {{ t("many", count=2, other="x") }}|{{ t("many", count=1) }}
            -- content/a.md --

            """)
        expectBuild(site, ["a/index.html": "2 and x, {not a name}|1 and {other}, {not a name}"])
        #expect(
            site.findings.map(\.message)
                == ["the text \"many\" has a {other}, which the call does not give"])
    }

    /// Words are in the forms of the language whose file has them; a code that has no file is shortened.
    @Test func wordsHaveTheFormsOfTheirLanguage() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"language": "pl-PL"}
            -- templates/home.html --
            {% for n in [0, 1, 2, 5, 22] %}{{ t("n", count=n) }} {% endfor %}{{ t("e", count=1) }}
            -- i18n/pl.yml --
            n: {one: "{count} wpis", few: "{count} wpisy", many: "{count} wpisów", zero: "nic"}
            -- i18n/en.yml --
            e: {one: "{count} post", other: "{count} posts"}
            -- content/a.md --
            A
            """)
        expectBuild(site, ["index.html": "nic 1 wpis 2 wpisy 5 wpisów 22 wpisy 1 post"])
        // A file of the whole code wins over that of the shorter one as soon as it is there.
        site.edit("-- i18n/pl-PL.yml --\nn: \"{count}\"\n")
        expectBuild(site, ["index.html": "0 1 2 5 22 1 post"])
    }
}
