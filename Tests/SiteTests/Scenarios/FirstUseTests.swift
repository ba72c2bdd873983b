import Files
import Site
import Testing
import Text

/// What people stumbled over who built a site of their own without knowing this one.
@Suite struct FirstUseTests {
    /// A section lists what is in it; its posts are those of it that have a date.
    @Test func theUndatedPagesOfASectionAreNoPosts() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"posts": ["blog"]}
            -- templates/page.html --
            -- templates/section.html --
            {% for p in section.posts %}{{ p.title }},{% endfor %}{{ section.posts | length }} {% for p in section.pages %}{{ p.title }},{% endfor %}
            -- content/blog/d.md --
            ---
            date: 2026-01-02
            ---
            -- content/blog/p.md --
            -- content/docs/e.md --
            ---
            date: 2026-01-02
            ---

            """)
        expectBuild(site, ["blog/index.html": "D,1 D,P,", "docs/index.html": "0 E,"])
        site.edit("-- content/blog/p.md --\n---\ndate: 2026-01-03\n---\n")
        expectBuild(site, ["blog/index.html": "P,D,2 P,D,"])
    }

    /// The name of a file may write its language in other letters than the site does.
    @Test func aLanguageInOtherLettersIsPairedAndLinked() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://e.org/", "languages": {"en": {}, "pt-BR": {}}}
            -- templates/page.html --
            {{ page.content }}|{% for t in page.translations %}{{ t.lang }} {{ t.url }}{% endfor %}|{{ get_page("about.md").url }}
            -- content/about.md --
            A
            -- content/about.pt-br.md --
            [p](p.md) [q](q.md)
            -- content/p.md --
            P
            -- content/p.pt-br.md --
            P
            -- content/q.md --
            Q

            """)
        expectBuild(
            site,
            [
                "about/index.html": "|pt-BR /pt-BR/about/|",
                "pt-BR/about/index.html":
                    "<a href=\"/pt-BR/p/\">p</a> <a href=\"/q/\">q</a></p>\n|en /about/|/pt-BR/about/",
            ])
        #expect(site.findings.isEmpty, "\(site.findings.map(\.message))")
        site.edit("-- content/q.PT-BR.md --\nQ\n")
        expectBuild(site, ["pt-BR/about/index.html": "<a href=\"/pt-BR/q/\">q</a>"])
        site.edit("-- content/about.pt-br.md (deleted) --\n-- content/about.pt-BR.md --\n[p](p.md)\n")
        expectBuild(site, ["pt-BR/about/index.html": "<a href=\"/pt-BR/p/\">p</a>"])
    }

    /// A link to a source leads to its page, in whichever language that is.
    @Test func aLinkMayNameTheFileOfAnotherLanguage() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"languages": {"en": {}, "de": {}}}
            -- templates/page.html --
            {{ page.content }}
            -- content/about.md --
            [d](about.de.md) [n](none.de.md)
            -- content/about.de.md --
            [e](about.en.md)

            """)
        expectBuild(
            site,
            [
                "about/index.html": "<a href=\"/de/about/\">d</a>",
                "de/about/index.html": "<a href=\"/about/\">e</a>",
            ])
        #expect(site.findings.map(\.message) == ["there is no page \"none.de.md\""])
        site.edit("-- content/none.de.md --\nN\n")
        expectBuild(site, ["about/index.html": "<a href=\"/de/none/\">n</a>"])
    }

    /// Emacs leaves `#name#`; a name may begin with the mark.
    @Test func aNameMayBeginWithANumberSign() {
        let site = SiteUnderTest(
            "-- content/blog/# Notes.md --\nN\n-- content/#hash.md --\nH\n-- content/#left.md# --\nL\n")
        expectBuild(site, ["blog/notes/index.html": "N", "hash/index.html": "H"])
        #expect(!site.disk.files.contains { $0.path.text.contains("left") })
    }

    /// What the product writes itself is nobody's page, and no page lives on another site.
    @Test(arguments: [
        ("/sitemap.xml", "output-collision content/a.md:2:6"),
        ("/robots.txt", "output-collision content/a.md:2:6"),
        ("/atom.xml", "output-collision content/a.md:2:6"),
        ("http://x/y", "path-leaves-output content/a.md:2:6"),
        ("https://e.org.evil/y", "path-leaves-output content/a.md:2:6"),
        ("https://e.org/sub/y/", nil), ("https://e.org/sub", "output-collision content/_index.md:1:1"),
    ])
    func anAddressIsOneOfTheSites(_ url: String, _ finding: String?) {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://e.org/sub/"}
            -- templates/page.html --
            {{ page.url }}
            -- content/blog/2026-01-01-b.md --
            -- content/_index.md --
            -- content/a.md --
            ---
            url: \(url)
            ---

            """)
        expectBuild(site)
        let found = site.findings.map { found in
            found.code.name + (found.location.map { " \($0.path.text):\($0.line):\($0.column)" } ?? "")
        }
        #expect(found == (finding.map { [$0] } ?? []), "\(site.findings.map(\.message))")
        guard finding == nil else { return }
        expectBuild(site, ["y/index.html": "/sub/y/"])
        site.replace("e.org", by: "f.org", in: "site.json")
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["path-leaves-output"])
    }

    /// A feed without an author is the site's, of whatever part of the site it is.
    @Test func theAuthorOfAFeedWithoutOneIsTheSite() {
        expectSite(
            "-- site.json --\n{\"title\": \"Hill\", \"baseURL\": \"https://e.org/\"}\n-- content/blog/2026-01-02-a.md --\n---\ntags: [x]\n---\n",
            [
                "atom.xml": "<name>Hill</name>", "blog/atom.xml": "<name>Hill</name>",
                "tags/x/atom.xml": "<name>Hill</name>",
            ])
    }

    /// What Jekyll runs is not published with its head where the product makes the same page itself.
    @Test func aFileWithAHeadGivesWayToWhatTheProductMakes() {
        let head = "---\nlayout: home\n---\n"
        let site = SiteUnderTest(
            """
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

    @Test func partsOfListsHaveNoSlashWherePagesHaveNone() {
        expectSite(
            """
            -- site.json --
            {"baseURL": "https://e.org/", "urls": {"trailingSlash": false}, "pagination": {"size": 1}}
            -- templates/page.html --
            -- templates/section.html --
            {{ paginator.next }}|{{ paginator.previous }}|{{ seo() }}
            -- templates/home.html --
            {{ paginator.next }}|{{ paginator.last }}
            -- content/blog/2026-01-01-a.md --
            [2](/blog/page/2)
            -- content/blog/2026-01-02-b.md --

            """,
            [
                "blog/index.html": "/blog/page/2|", "blog/page/2/index.html": "https://e.org/blog/page/2\"",
                "index.html": "/page/2|/page/2", "sitemap.xml": "<loc>https://e.org/blog/page/2</loc>",
            ])
    }

    @Test func aVariableThatIsNotSetIsEmptyText() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"environment\": [\"X\"]}\n-- templates/page.html --\n[{{ env(\"X\") }}{{ env(\"HOME\") }}{{ env(\"X\", \"d\") }}]\n-- content/a.md --\n"
        )
        expectBuild(site, ["a/index.html": "[d]"])
    }

    /// An equal template elsewhere changes nothing that is printed, but where it is found.
    @Test func findingsNameTheTemplatesThatAreInUse() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"theme": "m"}
            -- themes/m/templates/base.html --
            {% block main %}{% endblock %}{{ site.titel }}
            -- themes/m/templates/page.html --
            {% extends "base.html" %}{% import "macros.html" as m %}{% block main %}{{ m.say(page) }}{% include "part.html" %}{{ page.content }}{% endblock %}
            -- themes/m/templates/macros.html --
            {% macro say(p) %}{{ p.titel }}{% endmacro %}
            -- themes/m/templates/part.html --
            {{ page.wrong }}{{ asset("none.css") }}
            -- themes/m/templates/home.html --
            home
            -- themes/m/templates/components/c.html --
            {{ page.nothing }}{% include "part.html" %}
            -- themes/m/templates/render/link.html --
            {{ content }}{{ page.naught }}
            -- content/a.md --
            {{< c >}} [l](/)

            """)
        expectBuild(site)
        #expect(site.findings.count > 5)
        for name in ["macros", "part", "base", "page", "components/c", "render/link"] {
            let path = "themes/m/templates/\(name).html"
            guard let text = site.world.source.text(of: path) else { continue }
            site.edit("-- templates/\(name).html --\n\(text)")
            expectBuild(site)
            site.edit("-- \(path) (deleted) --\n")
            expectBuild(site)
            #expect(!site.findings.contains { $0.location?.path.text == path })
        }
        // The whole theme under another name.
        let moved = ["macros", "part", "base", "page", "components/c", "render/link"]
        for name in moved {
            let text = site.world.source.text(of: "templates/\(name).html") ?? ""
            site.edit(
                "-- templates/\(name).html (deleted) --\n-- themes/m/templates/\(name).html --\n\(text)")
        }
        expectBuild(site)
        for name in moved + ["home"] {
            let text = site.world.source.text(of: "themes/m/templates/\(name).html") ?? ""
            site.edit(
                "-- themes/m/templates/\(name).html (deleted) --\n-- themes/n/templates/\(name).html --\n\(text)"
            )
        }
        site.replace("\"m\"", by: "\"n\"", in: "site.json")
        expectBuild(site)
        #expect(!site.findings.contains { $0.location?.path.text.contains("themes/m") ?? false })
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

    @Test func aTextThatPrintsItselfIsNamedWithItsPlace() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.content }}
            -- templates/components/c.html --
            {{ page.content }}
            -- content/a.md --
            {{< c >}}

            """)
        expectBuild(site)
        #expect(site.findings.map(\.message) == ["the text of content/a.md depends on itself"])
        #expect(site.findings.map(\.location?.path.text) == ["content/a.md"])
        #expect(site.findings.first?.hint?.contains("component") == true)
    }

    @Test func errorsHaveNoOtherLevel() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"check\": {\"template-error\": \"off\", \"broken-link\": \"off\", \"wrong-type\": \"error\"}}\n-- content/a.md --\nA\n"
        )
        expectBuild(site)
        #expect(
            site.findings.map(\.message) == ["\"template-error\" is an error, which has no other level"])
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

    @Test(arguments: [
        ("Title: T\nTranslation: true\n", "\"translation\" has no effect here"),
        (
            "---\ntemplate: ../../etc/passwd\n---\n",
            "there is no template \"../../etc/passwd\"; \"page.html\" is used"
        ),
        ("--\ntitle: T\n--\nText.\n", "this is text: front matter starts with three hyphens"),
    ])
    func aSlipInAHeadIsTold(_ text: String, _ message: String) {
        let site = SiteUnderTest(
            "-- templates/page.html --\n{{ page.content }}\n-- content/a.md --\n\(text)\n")
        expectBuild(site)
        #expect(site.findings.map(\.message) == [message])
        #expect(site.findings.first?.hint?.contains("..") == false)
    }
}
