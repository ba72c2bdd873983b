import Files
import Site
import Testing
import Text

/// Findings about what a page shows have their place, in its text or in its head.
@Suite struct FindingPlaceTests {
    /// A bundle is called by its folder, whatever language its file is in: all of them are `index.md`.
    @Test func aHintNamesTheBundleThatIsNearest() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"languages": {"en": {}, "de": {}}}
            -- templates/page.html --
            {{ page.content }}
            -- content/aaa/bbb/index.md --
            Text.
            -- content/trips/rome/index.md --
            [a](../paris/index.md) [b](../rom/index.md) [c](../rome/index.md)
            -- content/trips/rome/index.de.md --
            [a](../rom/index.de.md)

            """)
        expectBuild(site)
        #expect(
            site.findings.map { "\($0.location?.column ?? 0) \($0.hint ?? "-")" } == [
                "5 did you mean \"@/trips/rome/index.de.md\"?", "5 -",
                "28 did you mean \"@/trips/rome/index.md\"?",
            ])
    }

    @Test func linksInRawHTMLMeanWhatTheyMeanInMarkdown() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://hill.example/x/"}
            -- templates/page.html --
            {{ page.content }}
            -- templates/components/raw.html --
            [{{ raw_body }}]
            -- templates/home.html --
            {{ site.pages[0].content }}
            -- content/a/index.md --
            ---
            title: A
            ---
            <div id="one"><a class="x" href="../b.md#part">B</a><img src="own.svg" id="two"><a href='../b.md'>b</a></div>

            Text <a href="/c/?a=1&amp;b=2">C</a> and <a href="#one">one</a> <a href="mailto:x@y">m</a>.
            -- content/a/own.svg --
            <svg width="1" height="1"></svg>
            -- content/b.md --
            ---
            slug: be
            ---
            ## Part
            -- content/c.md --
            <p><a href="nope.md">x</a> <a href="/a/">y</a>
            <img src="gone.png" srcset="gone2.png 2x"></p>

            {{< raw >}}

            Text <a href="#nope">z</a> <a href=/nowhere/>z</a> <a href="{{ x }}">z</a>
            """)
        expectBuild(
            site,
            [
                "a/index.html": """
                <div id="one"><a class="x" href="/x/be/#part">B</a><img src="own.svg" width="1" height="1" id="two"><a href='/x/be/'>b</a></div>
                <p>Text <a href="/x/c/?a=1&amp;b=2">C</a> and <a href="#one">one</a> <a href="mailto:x@y">m</a>.</p>
                """, "c/index.html": "[]",
            ])
        #expect(
            site.findings.filter { $0.code.name.hasPrefix("broken") }.map {
                "\($0.code.name) \($0.location?.line ?? 0):\($0.location?.column ?? 0)"
            } == [
                "broken-link 1:13", "broken-image 2:11", "broken-image 2:29", "broken-anchor 6:15",
                "broken-link 6:36",
            ])
        // A link in HTML is a link: the page is looked at again when what it names goes, and knows its new address.
        site.edit("-- content/b.md --\n---\nslug: bee\n---\n## Part\n")
        expectBuild(site, ["a/index.html": "href=\"/x/bee/#part\""])
    }

    /// The line that a finding shows is read, as the link in it is.
    @Test func theLineOfAWrongLinkIsShownAsItIsNow() {
        let site = SiteUnderTest("-- content/a.md --\n[x](nope.md) one\n")
        expectBuild(site)
        func shown() -> [String] { site.findings.compactMap(\.location?.excerpt) }
        #expect(shown() == ["[x](nope.md) one"])
        site.edit("-- content/a.md --\n[x](nope.md) two\n")
        expectBuild(site)
        #expect(shown() == ["[x](nope.md) two"])
    }

    @Test func aMistakeInAComponentSaysWhereItWasCalled() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.content }}
            -- templates/components/box.html --
            <b>{{ nothing }}</b>
            -- content/a.md --
            ---
            title: A
            ---
            Text.

            {{< box >}} and {{< box >}}

            {{< box >}}
            """)
        expectBuild(site)
        func notes() -> [String] {
            site.findings.flatMap(\.notes).map { note in
                note.message + (note.location.map { " \($0.path.text):\($0.line):\($0.column)" } ?? "")
            }
        }
        #expect(
            notes() == [
                "in the component \"box\", called here content/a.md:6:1", "and in 2 more calls of this text",
            ])
        // The place moves with the head.
        site.edit(
            "-- content/a.md --\n---\ntitle: A\ntags: [t]\n---\nText.\n\n{{< box >}} and {{< box >}}\n\n{{< box >}}\n"
        )
        expectBuild(site)
        #expect(notes().first == "in the component \"box\", called here content/a.md:7:1")
    }

    @Test func aPictureForSharingThatIsNotThereIsAFindingInTheHead() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://example.org", "seo": {"image": "/common.svg"}}
            -- templates/page.html --
            {{ seo() }}
            -- content/a/index.md --
            ---
            title: A
            image: own.svg
            ---
            -- content/a/own.svg --
            <svg width="1" height="1"></svg>
            -- content/b.md --
            ---
            title: B
            image: /img/gone.png
            ---
            -- content/c.md --
            ---
            image: https://example.com/c.png
            ---

            """)
        func found() -> [String] {
            site.findings.map {
                "\($0.code.name) \($0.location.map { "\($0.path.text):\($0.line):\($0.column)" } ?? "")"
            }
        }
        expectBuild(site)
        #expect(found() == ["broken-image content/b.md:3:8", "broken-link site.json:1:53"])
        expectRebuilt(
            site, after: "-- content/b.md --\n---\nimage: /img/gone.png\ntitle: B\n---\n",
            ran: "page-meta content/b.md\npage-output en:content/b.md\nhead-places content/b.md", written: "")
        #expect(found() == ["broken-image content/b.md:2:8", "broken-link site.json:1:53"])
        site.edit(
            "-- static/img/gone.png --\nx\n-- static/common.svg --\n<svg width=\"1\" height=\"1\"></svg>\n")
        expectBuild(site)
        #expect(found() == [])
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
