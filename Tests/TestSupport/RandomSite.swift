/// A tiny site of the fuzzer: what it is made of, and the files that say so.
struct RandomSite: Sendable {
    var pages: [String: RandomPage] = [:]
    /// Templates by name, as lines of the grammar.
    var templates: [String: [String]] = [:]
    /// Values of `site.json` by key, as JSON.
    var configuration: [String: String] = [:]
    /// All other files.
    var others: [String: String] = [:]
    let grammar: TemplateGrammar
    let isMultilingual: Bool

    init(_ random: inout RandomSource) {
        grammar = TemplateGrammar(&random)
        isMultilingual = random.below(4) == 0
        for number in 1...(2 + random.below(3)) {
            pages["content/posts/p\(number).md"] = RandomPage(isPost: true, &random)
        }
        for number in 1...(1 + random.below(2)) {
            pages["content/docs/d\(number).md"] = RandomPage(isPost: false, &random)
        }
        for path in [
            "content/about.md", "content/_index.md", "content/docs/_index.md", "content/posts/_index.md",
        ] where random.below(3) == 0 {
            pages[path] = RandomPage(isPost: false, &random)
        }
        configuration = [
            "title": "\"S\"", "baseURL": "\"https://example.org\"", "theme": "\"plain\"",
            "pagination": "{\"size\": \(random.below(3) + 1)}", "templates": "{\"undefined\": \"lenient\"}",
            "environment": "[\"X\"]",
        ]
        if isMultilingual { configuration["languages"] = "{\"en\": {}, \"fr\": {\"name\": \"Fr\"}}" }
        templates["page.html"] = grammar.page(&random)
        templates["base.html"] = ["<{% block main %}{% endblock %}>", grammar.anything("page", &random)]
        templates["section.html"] = grammar.list(&random)
        templates["part.html"] = [grammar.anything("page", &random)]
        templates["macros.html"] = ["{% macro show(p) %}{{ p.title }}{% endmacro %}"]
        templates["components/note.html"] = ["<i>{{ args[0] }}{{ body }}{{ kwargs.k }}</i>"]
        templates["components/embed.html"] = ["<q>{{ get_page(args[0]).title }}</q>"]
        templates["components/body.html"] = ["<q>{{ get_page(args[0]).word_count }}</q>"]
        templates["components/list.html"] = ["{% for p in site.posts[:2] %}{{ p.title }}{% endfor %}"]
        if random.below(2) == 0 { templates["tags/term.html"] = grammar.list(&random) }
        if random.below(10) > 0 {
            templates["taxonomy.html"] = [
                "{% for t in taxonomy.terms %}{{ t.title }}{{ t.count }}{% endfor %}"
            ]
        }
        others["themes/plain/theme.json"] = "{}\n"
        others["themes/plain/templates/part.html"] = "theme part {{ page.kind }}\n"
        others["themes/plain/assets/a.css"] = "a{}\n"
        others["data/d.yml"] = "a: {b: 1}\nlist: [1, 2]\n"
        others["data/e/f.json"] = "{\"x\": 1}\n"
        others["i18n/en.yml"] = "hello: Hello\nn: {one: one, other: many}\n"
        others["static/files/f.txt"] = "f\n"
    }

    /// The files of this state.
    var files: [String: String] {
        var files = others
        for (path, page) in pages { files[path] = page.text }
        for (name, lines) in templates { files["templates/" + name] = TemplateGrammar.text(lines) }
        files["site.json"] =
            "{\n"
            + configuration.sorted { $0.key < $1.key }.map { "  \"\($0.key)\": \($0.value)" }.joined(
                separator: ",\n") + "\n}\n"
        return files
    }

    /// What leads from some files to those of this state, as `SiteFixture` reads it.
    func changes(from old: [String: String], _ random: inout RandomSource) -> String {
        SiteFuzzer.changes(from: old, to: files, &random)
    }
}
