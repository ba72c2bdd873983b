import Files
import Site
import Testing
import Text

/// What a theme brings along besides templates.
@Suite struct ThemeFileTests {
    @Test func paramsOfTheThemeHoldWhereTheSiteSaysNothing() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "S", "theme": "mine", "params": {"size": {"b": 3}, "off": false}, "language": "en",
             "languages": {"en": {}, "de": {"params": {"color": "rot"}}}}
            -- themes/mine/theme.json --
            {"name": "mine", "params": {"color": "blue", "size": {"a": 1, "b": 2}, "off": true, "list": [4, 5]}}
            -- templates/page.html --
            {{ site.params.color }}|{{ site.params.size.a }}{{ site.params.size["b"] }}|{{ site.params.off }}|{{ site.params.list[1] }}|{{ site.params | list | sort | join(",") }}|{{ page.content }}
            -- templates/components/own.html --
            {{ site.params.size | list | sort | join(",") }}
            -- content/a.md --
            {{< param color >}} {{< own >}}
            -- content/a.de.md --
            Text.

            """)
        expectBuild(
            site,
            [
                "a/index.html": "blue|13|False|5|color,list,off,size|blue a,b",
                "de/a/index.html": "rot|13|False|5|color,list,off,size|",
            ])
        #expect(site.findings.map(\.message) == [])
        // What is read of it is depended on, to the key.
        site.replace("\"blue\"", by: "\"green\"", in: "themes/mine/theme.json")
        expectBuild(site, ["a/index.html": "green|13|False|5|color,list,off,size|green a,b"])
        site.replace("\"a\": 1", by: "\"a\": 7", in: "themes/mine/theme.json")
        expectBuild(site, ["a/index.html": "green|73|", "de/a/index.html": "rot|73|"])
        site.replace("\"size\": {\"b\": 3}", by: "\"size\": {\"a\": 0, \"b\": 3}", in: "site.json")
        expectBuild(site, ["a/index.html": "green|03|"])
    }

    @Test func aThemeWithoutAFileOfItsOwnHasNoParams() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"theme": "mine"}
            -- themes/mine/templates/page.html --
            {{ site.params.color | default("none") }}
            -- content/a.md --

            """)
        expectBuild(site, ["a/index.html": "none"])
        site.edit(
            """
            -- themes/mine/theme.json --
            {"params": {"color": "blue"}}

            """)
        expectBuild(site, ["a/index.html": "blue"])
        #expect(site.last?.ran.contains("page-output en:content/a.md") == true)
        site.replace("blue", by: "red", in: "themes/mine/theme.json")
        expectBuild(site, ["a/index.html": "red"])
        site.replace("\"color\"", by: "\"other\"", in: "themes/mine/theme.json")
        expectBuild(site, ["a/index.html": "none"])
    }

    @Test func aTemplateOfTheSiteExtendsTheThemesOfItsName() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"theme": "mine"}
            -- themes/mine/templates/page.html --
            [{% block main %}{{ page.title }}{% endblock %}{% include "part.html" %}]
            -- themes/mine/templates/part.html --
            theme
            -- themes/mine/templates/macros.html --
            {% macro m() %}macro{% endmacro %}
            -- templates/page.html --
            {% extends "@theme/page.html" %}{% from "@theme/macros.html" import m %}{% import "@theme/macros.html" as all %}
            {% block main %}{{ super() }}+{{ m() }}{{ all.m() }}{% endblock %}
            -- templates/part.html --
            own {% include "@theme/part.html" %}
            -- templates/macros.html --
            {% macro m() %}other{% endmacro %}
            -- content/a.md --

            """)
        expectBuild(site, ["a/index.html": "[A+macromacroown theme]"])
        site.replace("[", by: "<", in: "themes/mine/templates/page.html")
        expectBuild(site, ["a/index.html": "<A+macromacroown theme]"])
        // The theme's file goes away and comes back; so does the site's that stands before it.
        site.edit("-- themes/mine/templates/part.html (deleted) --\n")
        expectBuild(site)
        #expect(
            Set(site.findings.map { "\($0.message) (\($0.hint ?? ""))" }) == [
                "there is no template \"@theme/part.html\" in the theme (did you mean \"@theme/page.html\"?)"
            ])
        site.edit("-- themes/mine/templates/part.html --\nback\n")
        expectBuild(site, ["a/index.html": "own back]"])
        site.edit("-- templates/part.html (deleted) --\n")
        expectBuild(site, ["a/index.html": "macroback]"])
        site.edit("-- templates/page.html --\n{% extends \"page.html\" %}\n")
        expectBuild(site)
        #expect(
            Set(site.findings.map { $0.hint ?? "" }) == [
                "a template cannot extend itself, nor one that extends it; that of the theme is called \"@theme/…\""
            ])
        // Without a theme of its own the site has that of the product.
        site.edit(
            """
            -- site.json --
            {}
            -- templates/page.html --
            {% extends "@theme/page.html" %}{% block title %}mine{% endblock %}

            """)
        expectBuild(site, ["a/index.html": "<title>mine"])
    }

    @Test func figuresKeepWhatTheirAuthorsSay() {
        expectSite(
            """
            -- content/a/index.md --
            {{< figure src="p.svg" width="400" attr="Ann *B*" attrlink="https://example.org/" link="p.svg" target="_blank" rel="me" >}}

            {{< figure src="p.svg" height=30 >}}

            {{< figure src="p.svg" width="50%" >}}
            -- content/a/p.svg --
            <svg width="80" height="60"/>

            """,
            [
                "a/index.html":
                    "<a href=\"p.svg\" target=\"_blank\" rel=\"me\"><img src=\"p.svg\" alt=\"\" width=\"400\" height=\"300\" ",
                "a/index.html":
                    "<figcaption> <small><a href=\"https://example.org/\">Ann <em>B</em></a></small></figcaption>",
                "a/index.html": "width=\"40\" height=\"30\"", "a/index.html": "width=\"50%\" loading",
            ])
    }

    @Test func whatAComponentIsGivenIsChecked() {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            {{< figure src="gone.png" link="gone/" >}}

            {{< figure src="/favicon.svg" link="b.md" caption="[x](lost.md)" >}}
            -- content/b.md --
            B

            """)
        expectBuild(site, ["a/index.html": "<a href=\"/b/\"><img src=\"/favicon.svg\""])
        #expect(
            site.findings.map { "\($0.code.name) \($0.location.map { "\($0.line):\($0.column)" } ?? "")" }
                == [
                    "broken-image 1:1", "broken-link 1:1",
                ])
    }

    @Test(arguments: [("oldest", "Newer"), ("newest", "Older")])
    func theWordsOfPartsSayWhereTheyLead(order: String, word: String) {
        expectSite(
            """
            -- site.json --
            {"pagination": {"size": 1, "order": "\(order)"}}
            -- content/blog/2024-01-01-a.md --
            A
            -- content/blog/2024-01-02-b.md --
            B

            """, ["blog/index.html": "rel=\"next\">\(word)<"])
    }

    @Test func theMenuIsSortedByTitle() throws {
        let site = SiteUnderTest(
            """
            -- content/My Section/a.md --
            A
            -- content/b/a.md --
            A

            """)
        expectBuild(site)
        let home = try #require(site.output("index.html"))
        let (first, second) = (home.firstRange(of: ">B</a>"), home.firstRange(of: ">My Section</a>"))
        #expect(try #require(first).lowerBound < #require(second).lowerBound)
    }

    @Test func aTermMayBeWrittenByTheTemplateOfSections() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"theme": "mine"}
            -- themes/mine/templates/section.html --
            {{ section.title }}:{% for p in section.pages %} {{ p.title }}{% endfor %}
            -- themes/mine/templates/page.html --
            {{ page.date | date("%Q %-d") }}
            -- content/blog/2024-01-02-b.md --
            ---
            tags: [t]
            ---

            """)
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.code.name): \($0.message) \($0.hint ?? "")" } == [
                "no-template: there is no template for this taxonomy page write one, or turn these pages off: \"taxonomies\": {} in site.json",
                "invalid-date-format: \"%Q\" means nothing in a date format, and is printed as it is the letters are those of strftime; a percent sign is written %%",
            ])
        site.edit("-- templates/taxonomy.html --\n{{ taxonomy.name }}\n")
        expectBuild(site, ["tags/t/index.html": "t: B", "blog/b/index.html": "%Q 2"])
    }

    @Test func styleSheetsNameAssetsAsTheyArePublished() throws {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ asset("css/main.css") }}
            -- assets/css/main.css --
            @import "base.css"; @import url('base.css');
            /* url(logo.svg) */ a{content:"url(../img/logo.svg)"}
            b{background:url(../img/logo.svg?x=1#part) , URL( "../img/a (b).svg" )}
            c{src:url(data:image/png;base64,AA),url(/img/x.svg),url(https://e.org/x.svg),url(//e.org/x),url(#p)}
            d{mask:my-url(../img/logo.svg) url(../../static.svg) url(../img/gone.svg) url(own.svg)}
            -- assets/css/base.css --
            p{color:red}
            -- assets/img/logo.svg --
            <svg/>
            -- assets/img/a (b).svg --
            <svg>b</svg>
            -- static/assets/css/own.svg --
            <svg/>
            -- content/a.md --

            """)
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.message) \($0.location.map { "\($0.line):\($0.column)" } ?? "")" } == [
                "there is no \"img/gone.svg\" in assets/ of the site or its theme 5:58"
            ])
        func name(_ start: String, _ end: String) throws -> String {
            try #require(
                site.disk.files.map(\.path.text).first {
                    $0.hasPrefix("public/assets/" + start) && $0.hasSuffix(end)
                })
        }
        func last(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
        let logo = try last(name("img/logo.", ".svg"))
        let second = try last(name("img/a (b).", ".svg")).replacing(" ", with: "%20").replacing(
            "(", with: "%28"
        )
        .replacing(")", with: "%29")
        let base = try last(name("css/base.", ".css"))
        let main = try name("css/main.", ".css")
        #expect(
            site.disk.text(of: main) == """
                @import "\(base)"; @import url('\(base)');
                /* url(logo.svg) */ a{content:"url(../img/logo.svg)"}
                b{background:url(../img/\(logo)?x=1#part) , URL( "../img/\(second)" )}
                c{src:url(data:image/png;base64,AA),url(/img/x.svg),url(https://e.org/x.svg),url(//e.org/x),url(#p)}
                d{mask:my-url(../img/logo.svg) url(../../static.svg) url(../img/gone.svg) url(own.svg)}

                """)
        expectBuild(site, ["a/index.html": last(main)])
        // Its name changes with what it names.
        site.edit("-- assets/img/logo.svg --\n<svg>1</svg>\n")
        expectBuild(site)
        let changed = try name("css/main.", ".css")
        #expect(changed != main)
        expectBuild(site, ["a/index.html": last(changed)])
        site.edit("-- assets/img/gone.svg --\n<svg/>\n")
        expectBuild(site)
        #expect(site.findings.isEmpty)
        #expect(try name("css/main.", ".css") != changed)
    }

    @Test func aThemeSaysWhatIsUnderstood() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"theme": "m"}
            -- themes/m/theme.json --
            {"name": "M", "params": {"a": 1}}
            -- themes/m/templates/page.html --
            page
            -- content/a.md --

            """)
        expectBuild(site)
        #expect(site.findings.isEmpty)
        site.edit("-- themes/m/theme.json --\n{\"parms\": {}}\n")
        expectBuild(site)
        #expect(site.findings.map(\.message) == ["theme.json has no key \"parms\""])
        #expect(site.findings.map(\.hint) == ["did you mean \"params\"?"])
        site.edit("-- themes/m/theme.json --\n{\"params\": [1]}\n")
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["wrong-type"])
    }
}
