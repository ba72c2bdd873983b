import Files
import Site
import Testing
import Text

/// What is written in templates as other generators have it: the finding says how it is written here.
@Suite struct ForeignTemplateTests {
    /// The findings of a template of one page, as `code (hint)`, each once.
    private func findings(_ template: String, in path: String = "page.html", text: String = "") -> [String] {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"params": {"color": "red"}, "menus": {"main": [{"name": "A", "url": "/a/"}]}, "taxonomies": {"tags": {}}}
            -- templates/page.html --
            {{ page.content }}
            -- templates/home.html --
            x
            -- data/bad.json --
            {"a": 1}
            -- content/a.md --
            ---
            title: T
            score: 5
            ---
            \(text)
            -- templates/\(path) --
            \(template)

            """)
        expectBuild(site)
        var told: [String] = []
        for finding in site.findings {
            let text = "\(finding.code.name) (\(finding.hint ?? ""))"
            if !told.contains(text) { told.append(text) }
        }
        return told
    }

    @Test(arguments: [
        ("{{ title }}", "did you mean page.title?"), ("{{ content }}", "did you mean page.content?"),
        ("{% for p in posts %}{% endfor %}", "did you mean site.posts?"),
        ("{{ paginator.total }}", "only lists have it: the home page, sections and terms"),
        ("{{ site.tags }}", "did you mean site.taxonomies.tags?"),
        (
            "{{ site.baseURL }}",
            "page.url has the path of the base URL in it; site.base_url is the whole"
        ),
        ("{{ site.time }}", "the time of the build is now(\"day\")"),
        ("{{ site.titel }}", "did you mean \"title\"?"),
        ("{{ site.pages[0].score }}", "a key of the head that is the author's own is page.params.score"),
        ("{{ page.is_home }}", "write page.kind == \"home\""),
        ("{{ page.titel }}", "did you mean \"title\"?"),
        ("{{ site.menus.mian | length }}", "did you mean \"main\"?"),
        ("{{ site.params.colour }}", "did you mean \"color\"?"),
        ("{{ site.taxonomies.tag | length }}", "did you mean \"tags\"?"),
        ("{{ site.data.baad }}", "did you mean \"bad\"?"),
    ])
    func aNameOfAnothersIsKnown(_ template: String, _ hint: String) {
        #expect(findings(template) == ["undefined-value (\(hint))"])
    }

    @Test func aComponentIsGivenItsArguments() {
        #expect(
            findings("{{ title }}", in: "components/box.html", text: "{{< box title=\"x\" >}}") == [
                "undefined-value (an argument of the call is kwargs.title; what the page says is page.title)"
            ])
    }

    @Test(arguments: [
        ("size", "write | length"), ("upcase", "write | upper"), ("strip_html", "write | plainify"),
        ("append('x')", "write text ~ \"more\""), ("limit(3)", "write list[:3]"), ("dump", "write | jsonify"),
        ("absURL", "write | absolute_url"), ("md5", ""), ("shuffle", ""),
        ("lenght", "did you mean \"length\"?"),
    ])
    func aFilterOfAnothersIsKnown(_ filter: String, _ hint: String) {
        #expect(findings("{{ page.title | \(filter) }}") == ["unknown-filter (\(hint))"])
        #expect(
            findings("{% if page %}{{ page.title | \(filter) }}{% endif %}") == ["unknown-filter (\(hint))"])
    }

    @Test func aTestInABranchIsUnknownAsWell() {
        #expect(
            findings("{% if page and page is evenn %}x{% endif %}").first?.hasPrefix("unknown-test") == true)
    }

    @Test(arguments: [
        ("{{ page.date | date: \"%Y\" }}", "arguments of a filter stand in parentheses: | date(\"%Y\")"),
        ("{% if page && site %}x{% endif %}", "\"and\" is written as a word"),
        ("{% if page || site %}x{% endif %}", "\"or\" is written as a word"),
        ("{% if !page %}x{% endif %}", "\"not\" is written as a word"),
        ("{{ page ? 1 : 2 }}", "a choice is written: a if test else b"),
        ("{{ page ?? 1 }}", "a default is given by a filter: a | default(b)"),
        ("{% for i in 1..3 %}{% endfor %}", "numbers in a row are range(1, 4), which ends before the last"),
        ("{% if page = 1 %}x{% endif %}", "equality is written =="),
        ("{% if page === 1 %}x{% endif %}", "equality is written =="),
        (
            "{% include \"home.html\" with {a: 1} %}",
            "what is included sees the variables that are there: write {% set name = value %} before it, or call a macro"
        ),
        (
            "{%- include \"home.html\", a=1 %}",
            "what is included sees the variables that are there: write {% set name = value %} before it, or call a macro"
        ),
        ("{{ .Title }}", "that is a template of Hugo's: names have no point before them here, page.title"),
        ("{{ page.title | }}", ""),
    ])
    func syntaxOfAnothersIsKnown(_ template: String, _ hint: String) {
        #expect(findings(template).first == "template-syntax (\(hint))")
    }

    @Test(arguments: [
        ("{% assign a = 1 %}", "write {% set name = value %}"),
        ("{% unless a %}{% endunless %}", "write {% if not … %}…{% endif %}"),
        ("{% case a %}{% endcase %}", "write {% if … %}…{% elif … %}…{% endif %}"),
        ("{% for a in [] %}{% endblock %}{% endfor %}", "\"for\" is still open: it ends with {% endfor %}"),
        ("{% fro a in [] %}{% endfor %}", "did you mean \"for\"?"),
    ])
    func aTagOfAnothersIsKnown(_ template: String, _ hint: String) {
        #expect(findings(template).first == "unknown-tag (\(hint))")
    }

    @Test(arguments: [
        ("{{< param \"nope\" >}}", "unknown-component ()"), ("{{< param \"score\" >}}", nil),
        (
            "{{< video >}}",
            "unknown-component (a component is a template: write templates/components/video.html)"
        ),
        ("{{< figur >}}", "unknown-component (did you mean \"figure\"?)"),
        ("{{< comment >}}", nil),
        ("{{< figure scr=\"a.svg\" >}}", "broken-image (did you mean \"src\" by \"scr\"?)"),
        (
            "{{< figure >}}",
            "broken-image (name its picture: {{< figure src=\"bridge.jpg\" alt=\"A bridge\" >}})"
        ),
        ("{{< figure caption=\"A text\" >}}", nil),
        ("{{< figure src=“a.svg” >}}", "broken-image (write straight quotation marks: \"…\")"),
    ])
    func aCallThatShowsNothingIsTold(_ call: String, _ finding: String?) {
        #expect(findings("x", in: "other.html", text: call) == (finding.map { [$0] } ?? []))
    }
}
