import Files
import TestSupport
import Testing

/// Parts that are read on their own: a page that asks one thing is made again when just that changes.
///
/// Each case is a site and edits of it; after each, every promise is kept: the bytes and findings of a clean build.
@Suite struct NarrowEdgeTests {
    private static func site(
        _ template: String, _ rest: String, settings: String = "", name: String = "page.html"
    ) -> String {
        """
        -- site.json --
        {"title": "T", "baseURL": "https://example.org"\(settings)}
        -- templates/\(name) --
        \(template)
        -- content/a.md --
        ---
        title: A
        tags: [solo]
        ---
        Text.
        \(rest)
        """
    }

    private static func page(_ path: String, _ head: String, _ text: String = "Text.") -> String {
        "-- \(path) --\n---\n\(head)\n---\n\(text)\n"
    }

    private static let cases: [(name: String, blocks: [String])] = [
        (
            "the count of a list beside one whose name ends like a count",
            [
                site(
                    "{{ section.pages | length }} {{ section.pages | first }}",
                    page("content/c/x.md", "title: X") + page("content/c#/y.md", "title: Y"),
                    name: "section.html"),
                page("content/c/z.md", "title: Z"), page("content/c#/z.md", "title: Z"),
            ]
        ),
        (
            "the length of a series beside one whose name ends like a slice",
            [
                site(
                    "{{ (page.series | default([], true)) | length }}",
                    page("content/b.md", "title: B\nseries: C")
                        + page("content/d.md", "title: D\nseries: \"C[0:1]\"")
                        + page("content/e.md", "title: E\nseries: \"C#\"")),
                page("content/f.md", "title: F\nseries: C"),
                page("content/f.md", "title: F\nseries: \"C#\""),
            ]
        ),
        (
            "how many terms a page has that is no longer listed",
            [
                site("{{ page.tags | length }}{% if page.tags %} some{% endif %}", ""),
                page("content/a.md", "title: A\ntags: [solo]\nlist: false"),
                page("content/a.md", "title: A\ntags: [solo]"),
                page("content/a.md", "title: A\ntags: [solo]\nrender: false"),
                page("content/b.md", "title: B\ntags: [solo]"),
            ]
        ),
        (
            "a reference by name to a page that is in no list",
            [
                site(
                    "{{ page.content }}",
                    page("content/b.md", "title: B", "[x]({{< ref \"foo\" >}}) {% link foo.md %}")),
                page("content/other/foo.md", "title: Foo\nlist: false"),
                page("content/third/foo.md", "title: Foo\nlist: false"),
                "-- content/other/foo.md (deleted) --\n",
                page("content/third/foo/index.md", "title: Foo\nlist: false"),
                "-- content/third/foo.md (deleted) --\n",
            ]
        ),
        (
            "a content folder that begins elsewhere",
            [
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\"}\n"
                    + "-- templates/page.html --\n{{ page.params.mood | default(\"none\") }}\n"
                    + page("blog/_index.md", "title: B\ncascade: {params: {mood: sunny}}")
                    + page("blog/a.md", "title: A"),
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"content\": \"blog\"}\n",
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"content\": \".\"}\n",
            ]
        ),
        (
            "whether data are a map or a list",
            [
                site(
                    "{{ site.data.x is mapping }}{{ load_data(\"data/x.json\") is sequence }}{{ site.data.x[0] | default(\"-\") }}",
                    "-- data/x.json --\n{}\n"),
                "-- data/x.json --\n[]\n", "-- data/x.json --\n[1]\n", "-- data/x.json --\n1\n",
                "-- data/x.json --\n{\"0\": 2}\n",
            ]
        ),
        (
            "a menu whose name has a point",
            [
                site(
                    "{% for entry in site.menus[\"main.top\"] %}{{ entry.name }}{% endfor %}", "",
                    settings: ", \"menus\": {\"main.top\": [{\"name\": \"One\", \"url\": \"/\"}]}"),
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"menus\": {\"main.top\": [{\"name\": \"Two\", \"url\": \"/\"}]}}\n",
            ]
        ),
        (
            "a parameter whose name has a bar",
            [
                site(
                    "{{ page.content }}", page("content/b.md", "title: B", "{{< param \"a|b\" >}} x"),
                    settings: ", \"params\": {\"a|b\": \"one\"}"),
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"params\": {\"a|b\": \"two\"}}\n",
            ]
        ),
        (
            "findings in a template that moves",
            [
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"theme\": \"m\"}\n"
                    + "-- themes/m/templates/page.html --\n{% include \"part.html\" %}{{ page.titel }}\n"
                    + "-- themes/m/templates/part.html --\n{{ asset(\"no.css\") }}\n"
                    + page("content/a.md", "title: A"),
                "-- templates/page.html --\n{% include \"part.html\" %}{{ page.titel }}\n",
                "-- templates/part.html (renamed from themes/m/templates/part.html) --\n",
                "-- themes/m/templates/page.html (deleted) --\n",
            ]
        ),
        (
            "an asset that moves between the theme and the site",
            [
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"theme\": \"m\"}\n"
                    + "-- themes/m/templates/page.html --\n{{ asset(\"a.txt\") }}\n"
                    + "-- themes/m/assets/a.txt --\nText.\n" + page("content/a.md", "title: A"),
                "-- assets/a.txt (renamed from themes/m/assets/a.txt) --\n",
                "-- themes/m/assets/a.txt (renamed from assets/a.txt) --\n",
            ]
        ),
        (
            "what a heading says, where its HTML says nothing of it",
            [
                site(
                    "{% for h in page.headings %}{{ h.text }}{% endfor %}",
                    "-- templates/render/link.html --\n<i>link</i>\n"
                        + "-- templates/render/image.html --\n<i>image</i>\n"
                        + page("content/b.md", "title: B", "## [one](https://x.example/) {#s}")
                        + page("content/c.md", "title: C", "## ![one](https://x.example/p.png) {#s}")),
                page("content/b.md", "title: B", "## [two](https://x.example/) {#s}"),
                page("content/c.md", "title: C", "## ![two](https://x.example/p.png) {#s}"),
            ]
        ),
        (
            "a number of pages that is none",
            [
                site(
                    "{% if paginator %}{% for p in paginator.items %}{{ p.title }}{% endfor %}{% endif %}",
                    page("content/c/_index.md", "title: C") + page("content/c/x.md", "title: X")
                        + page("content/c/y.md", "title: Y") + page("content/c/z.md", "title: Z"),
                    settings: ", \"pagination\": {\"size\": 1}", name: "section.html"),
                page("content/c/_index.md", "title: C\npaginate_by: -1"),
                page("content/c/_index.md", "title: C\npaginate_by: 0"),
                page("content/c/_index.md", "title: C"),
            ]
        ),
        (
            "an image that is no text",
            [
                site(
                    "{{ page.image is none }}|{{ page.image | jsonify }}|{{ page.images | length }}{{ page.images | jsonify }}",
                    ""),
                page("content/a.md", "title: A\nimage: \"\""), page("content/a.md", "title: A"),
                page("content/a.md", "title: A\nimages: [x, y]"),
                page("content/a.md", "title: A\nimages: [\"x\\ny\"]"),
                page("content/a.md", "title: A\nimages: []"),
                page("content/a.md", "title: A\nimages: [\"\"]"),
            ]
        ),
        (
            "a key that is no text at the top of data, params and heads",
            [
                site(
                    "{{ site.data.f[\"\"].a }}|{{ site.params[\"\"].a }}|{{ page.params[\"\"].b if page.kind == \"page\" }}|{{ site.data.f.m[\"\"].a }}",
                    "-- data/f.yml --\n\"\": {a: 1}\nm: {\"\": {a: 1}}\n"
                        + page("content/a.md", "title: A\n\"\": {b: 1}"),
                    settings: ", \"params\": {\"\": {\"a\": 1}}"),
                "-- data/f.yml --\n\"\": {a: 2}\nm: {\"\": {a: 1}}\n",
                "-- data/f.yml --\n\"\": {a: 2}\nm: {\"\": {a: 2}}\n",
                page("content/a.md", "title: A\n\"\": {b: 2}"),
                "-- site.json --\n{\"title\": \"T\", \"baseURL\": \"https://example.org\", \"params\": {\"\": {\"a\": 2}}}\n",
                "-- data/f.yml --\n\"\": [1]\nm: {\"\": 1}\n", "-- data/f.yml --\na: 1\nm: {a: 1}\n",
            ]
        ),
        (
            "places in a text below a head of other lines in as many bytes",
            [
                site(
                    "{{ page.content }}",
                    page("content/b.md", "title: B\nx: 1234", "\n[x](no.md)\n\n{{< unknown >}}")),
                page("content/b.md", "title: B\nx: 1\ny:", "\n[x](no.md)\n\n{{< unknown >}}"),
                "-- content/b.md --\n{\"title\": \"B1\"} [x](no.md) {{< unknown >}}\n",
                "-- content/b.md --\n{\"title\": \"B2\"} [x](no.md) {{< unknown >}}\n",
                "-- content/b.md --\n{\"title\":\n\"B\"}  [x](no.md) {{< unknown >}}\n",
            ]
        ),
        (
            "what an environment says that the rest of the file says too",
            [
                site(
                    "{{ site.menus.main[0].url }}", "",
                    settings: ",\n\"menus\": {\"main\": [{\"name\": \"A\", \"url\": \"no.md\"}]},\n"
                        + "\"environments\": {\n\"staging\": {\"menus\": {\"main\": [{\"name\": \"A\", \"url\": \"no.md\"}]}},\n"
                        + "\"test\": {\"menus\": {\"main\": [{\"name\": \"A\", \"url\": \"no.md\"}]}}}"),
                "environment staging\n", "environment test\n", "environment production\n",
            ]
        ),
    ]

    @Test(arguments: cases.map(\.name))
    func whatIsReadOnItsOwn(_ name: String) throws {
        let blocks = try #require(Self.cases.first { $0.name == name }).blocks
        let failure = EditScript(blocks: blocks).run()
        #expect(
            failure == nil,
            "block \(failure?.block ?? 0): \(failure?.problems.joined(separator: "\n") ?? "")")
    }

    /// A build server keeps the store and not the output: every output must come from what is there now.
    @Test(arguments: cases.map(\.name))
    func withoutTheOutputOfBefore(_ name: String) throws {
        let blocks = try #require(Self.cases.first { $0.name == name }).blocks
        let site = EditScript.site()
        EditScript.apply(blocks[0], to: site)
        expectBuild(site)
        for edit in blocks.dropFirst() {
            EditScript.apply(edit, to: site)
            expectBuild(site)
            site.disk.delete("public")
            expectBuild(site)
        }
    }
}
