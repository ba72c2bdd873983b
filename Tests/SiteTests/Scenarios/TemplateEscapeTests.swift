import Site
import Testing
import Text

/// What is printed stays what it is, wherever a template puts it.
@Suite struct TemplateEscapeTests {
    /// In an attribute the description of an image must not end it.
    @Test func theDescriptionOfAnImageIsText() {
        expectSite(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://example.org", "markdown": {"rawHTML": false}}
            -- templates/render/image.html --
            <img src="{{ destination }}" alt="{{ content }}"{{ attributes | xmlattr }}>
            -- templates/render/link.html --
            <a href="{{ destination }}"{{ attributes | xmlattr }}>{{ content }}</a>
            -- templates/page.html --
            {{ page.content }}
            -- content/a.md --
            ![x" onerror="alert(1)](/x.png){onload="alert(1)" .c}

            [*l*](/x.png){onclick="alert(1)" title="t"}
            -- static/x.png --
            x

            """,
            [
                "a/index.html": "alt=\"x&#34; onerror=&#34;alert(1)\" class=\"c\">",
                "a/index.html": "<a href=\"/x.png\" title=\"t\"><em>l</em></a>",
            ])
    }

    @Test func whatIsMadeJSONIsSafeBetweenSingleQuotes() {
        expectSite(
            """
            -- data/x.json --
            {"a": 1}
            -- templates/page.html --
            {{ page.tags | jsonify }} {{ site.data | jsonify }} {{ page.terms | jsonify }}
            -- templates/term.html --
            x
            -- templates/taxonomy.html --
            x
            -- content/a.md --
            ---
            tags: [it's]
            ---

            """,
            [
                "a/index.html":
                    #"["it\u0027s"] {"x":{"a":1}} {"tags":["it\u0027s"],"#
            ])
    }

    /// What a template makes is escaped by the ending that says what it is.
    @Test(arguments: [
        ("x.html.j2", "&lt;"), ("x.jinja", "&lt;"), ("X.HTML", "&lt;"), ("x.svg.jinja2", "&lt;"),
        ("x.txt.j2", "<"), ("x.txt", "<"),
    ])
    func whatIsAHTMLTemplateIsEscaped(_ name: String, _ printed: String) {
        expectSite(
            """
            -- templates/page.html --
            [{% include "\(name)" %}]
            -- templates/\(name) --
            {{ "<" }}
            -- content/a.md --

            """, ["a/index.html": "[\(printed)]"])
    }

    /// The mark that editors put before a text is none of the page's.
    @Test func aByteOrderMarkIsNotPrinted() {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            \u{FEFF}[{% include "b.html" %}]{{ asset("nope") }}
            -- templates/b.html --
            \u{FEFF}b
            -- content/a.md --

            """)
        expectBuild(site, ["a/index.html": "[b]"])
        #expect(site.output("a/index.html")?.unicodeScalars.contains("\u{FEFF}") == false)
        #expect(site.findings.map { $0.location?.column } == [28])
    }
}
