/// Makes templates out of reads: of a page, of the site, of lists, of the world. Each run of the fuzzer uses a
/// part of them, so that rare ones meet each other.
struct TemplateGrammar: Sendable {
    private let reads: [String]
    private let pageReads: [String]
    private let listReads: [String]

    /// The reads of one run, a third of all.
    init(_ random: inout RandomSource) {
        func third(_ all: [String]) -> [String] {
            let kept = all.filter { _ in random.below(3) == 0 }
            return kept.isEmpty ? [all[random.below(all.count)]] : kept
        }
        reads = third(Self.siteReads)
        pageReads = third(Self.pageReads)
        listReads = third(Self.listReads)
    }

    /// A template that writes a page.
    func page(_ random: inout RandomSource) -> [String] {
        var lines = random.below(2) == 0 ? ["{{ page.title }} {{ page.content }}"] : []
        for _ in 0...random.below(3) { lines.append(anything("page", &random)) }
        if random.below(3) == 0 { lines.insert("{% extends \"base.html\" %}", at: 0) }
        return lines
    }

    /// A template that writes a list.
    func list(_ random: inout RandomSource) -> [String] {
        var lines: [String] = []
        if random.below(4) > 0 {
            lines.append(
                "{% for p in paginator.items %}\(pageRead("p", &random))\n{% endfor %}"
                    + random.pick([
                        "", "{{ paginator.number }}/{{ paginator.total }}", "{{ paginator.count }}",
                        "{{ paginator.next }} {{ paginator.previous }} {{ paginator.last }}",
                        "{% for n in range(1, paginator.total + 1) %}{{ paginator.url_of(n) }}{% endfor %}",
                    ]))
        }
        lines.append(anything("page", &random))
        if random.below(3) == 0 { lines.insert("{% extends \"base.html\" %}", at: 0) }
        return lines
    }

    /// The lines of a template as its text: with a base around them, they are a block of it.
    static func text(_ lines: [String]) -> String {
        if lines.first?.hasPrefix("{% extends") == true {
            return lines[0] + "\n{% block main %}\n" + lines.dropFirst().joined(separator: "\n")
                + "\n{% endblock %}\n"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    func anything(_ page: String, _ random: inout RandomSource) -> String {
        switch random.below(4) {
        case 0: pageRead(page, &random)
        case 1: random.pick(reads)
        default: "{% for p in \(random.pick(listReads)) %}\(pageRead("p", &random))\n{% endfor %}"
        }
    }

    private func pageRead(_ page: String, _ random: inout RandomSource) -> String {
        let text = random.pick(pageReads)
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "$") {
            result += rest[..<mark] + page
            rest = rest[rest.index(after: mark)...]
        }
        return result + rest
    }

    private static let pageReads = [
        "{{ $.title }}", "{{ $.url }}", "{{ $.permalink }}",
        "{% if $.date %}{{ $.date | date(\"%Y-%m-%d\") }}{% endif %}",
        "{{ $.params.x }}", "{% if $.params.nothing is defined %}there{% endif %}", "{{ $.params.m.a }}",
        "{% for t in $.tags %}{{ t.title }}={{ t.url }} {% endfor %}",
        "{% for t in $.tags %}{{ t.count }}{% endfor %}",
        "{{ $.summary }}", "{{ $.word_count }}", "{{ $.section.title }}", "{{ $.section.url }}",
        "{{ $.parent.title }}",
        "{{ $.next.title }}", "{{ $.previous.url }}", "{% for r in $.related %}{{ r.title }},{% endfor %}",
        "{% for r in $.backlinks %}{{ r.url }},{% endfor %}",
        "{% for r in $.translations %}{{ r.lang }} {{ r.title }}{% endfor %}",
        "{{ $.weight }}", "{{ $.draft }} {{ $.kind }}", "{{ $.is_post }}", "{{ $.path }}", "{{ $.source }}",
        "{{ $.slug }}",
        "{{ $.aliases | join(\",\") }}", "{% for r in $.resources %}{{ r.name }}:{{ r.url }}{% endfor %}",
        "{{ $.headings | length }}",
        "{{ $.toc }}", "{{ $.params | length }}", "{% for k in $.params %}{{ k }},{% endfor %}",
        "{% for a in $.ancestors %}{{ a.title }}>{% endfor %}",
        "{% for s in $.series %}{{ s.title }},{% endfor %}", "{{ $.authors | join(\",\") }}",
        "{{ $.description }}",
        "{% if $.updated %}{{ $.updated.year }}{% endif %}", "{{ $.lang }}",
        "{{ $.params.x | default(\"none\") }}",
        "{% if \"a\" in $.tags %}tagged{% endif %}", "{% for s in $.sections %}{{ s.title }},{% endfor %}",
        "{% for q in $.pages %}{{ q.title }},{% endfor %}", "{{ $.count }}",
        "{% for t in $.terms.categories %}{{ t.title }}{% endfor %}",
        "{{ $.template }}", "{{ $.expires }}", "{{ $.images | length }}", "{{ $.reading_time }}",
        "{{ $.taxonomy.title }}",
        "{% if $.params.x == 1 %}{{ $.summary }}{% else %}{{ $.title }}{% endif %}", "{{ $ }}",
        "{% for t in $.taxonomies %}{{ t }},{% endfor %}", "{{ $.params | jsonify }}",
    ]

    private static let listReads = [
        "site.posts[:2]", "site.posts", "site.pages", "site.posts[1:3]", "site.posts[-1:]",
        "site.pages | where(\"params.x\", 1)",
        "site.posts | where(\"tags\", \"a\")", "site.pages | sort(attribute=\"title\")",
        "site.pages | where(\"params.featured\")",
        "site.taxonomies.tags", "site.taxonomies.tags[\"a\"].pages", "site.sections",
        "site.taxonomies.categories.terms",
        "[site.posts | first]", "site.pages | sort(attribute=\"date\", reverse=true)", "page.section.pages",
        "[get_page(\"posts/p1.md\")]",
        "[get_page(\"docs/_index.md\")]", "[site.home]", "section.pages",
        "site.posts | rejectattr(\"draft\")",
        "site.pages | selectattr(\"params.x\", \"equalto\", 1)",
    ]

    private static let siteReads = [
        "{{ site.title }}", "{{ site.params.y }}", "{{ site.params.deep.z }}",
        "{% for k in site.params %}{{ k }},{% endfor %}",
        "{{ site.pages | length }}", "{{ site.posts | length }}", "{% if site.posts %}posts{% endif %}",
        "{% for g in site.posts | group_by(\"date.year\") %}{{ g.key }}:{{ g.items | length }} {% endfor %}",
        "{{ site.data.d.a.b }}", "{% for i in site.data.d.list %}{{ i }},{% endfor %}",
        "{% for k in site.data %}{{ k }},{% endfor %}",
        "{% for k in site.data.d %}{{ k }},{% endfor %}", "{{ site.data.d | jsonify }}",
        "{{ site.data.d.list | length }}", "{{ site.data.e.f.x }}", "{{ site.data.d.a }}",
        "{{ site.data.none is defined }}",
        "{% for m in site.menus.main %}{{ m.name }}{{ m.url }},{% endfor %}",
        "{% for f in site.feeds %}{{ f.url }},{% endfor %}",
        "{% for l in site.languages %}{{ l.code }}{{ l.url }}{% endfor %}", "{% include \"part.html\" %}",
        "{% include \"@theme/part.html\" ignore missing %}",
        "{% include \"maybe.html\" ignore missing %}", "{% include [\"first.html\", \"part.html\"] %}",
        "{% include \"part-\" ~ page.params.x ~ \".html\" ignore missing %}",
        "{% from \"macros.html\" import show %}{{ show(page) }}", "{{ ref(\"posts/p1.md\") }}",
        "{{ url_for(\"docs/d1.md\") }}",
        "{{ asset(\"a.css\") }}", "{{ stylesheet(\"a.css\") }}", "{{ load_data(\"data/d.yml\").a.b }}",
        "{{ load_data(\"data/none.json\") }}",
        "{{ now(\"day\") | date(\"%Y-%m-%d\") }}", "{{ now(\"year\").year }}",
        "{{ now(\"month\") | date(\"%m\") }}", "{{ env(\"X\") }}",
        "{{ t(\"hello\") }}", "{{ t(\"n\", count=2) }}", "{{ seo() }}", "{{ feeds_links() }}",
        "{{ site.base_url }}",
        "{{ site.description }}", "{{ site.author }}", "{% for t in site.taxonomies %}{{ t }},{% endfor %}",
        "{{ site.taxonomies.tags | length }}", "{{ site.taxonomies.tags.url }}",
        "{{ get_page(\"posts/p2.md\").title }}",
        "{{ image(\"pic.png\") }}", "{{ \"*x*\" | markdownify }}", "{{ \"Ä b\" | slugify }}",
        "{{ site.environment }}", "{{ site.language }}",
        "{{ site.home.title }}", "{{ site.posts[0].title }}", "{{ (site.posts | first).url }}",
        "{{ site.params }}",
    ]
}
