import Templates
import Text

/// A post page with inheritance, an include, filters and escaping, and a list of 1,000 posts; the same templates and
/// values as in `Tests/TemplatesTests/benchmark.py`.
///
/// Addresses are marked as safe and texts hold no quotes, since minijinja spells those and slashes in its own way
/// (`&#x2f;`), and the three engines are to print the same bytes.
struct BenchmarkPages {
    private let renderer: Renderer
    private let programs: [String: Program]
    private let variables: Variables
    private let isRecording: Bool

    init(lends: Bool, isRecording: Bool) {
        self.isRecording = isRecording
        var settings = TemplateSettings()
        settings.autoescape = true
        let compiler = TemplateCompiler(environment: Environment(settings: settings))
        var programs: [String: Program] = [:]
        for (name, text) in Self.templates {
            programs[name] = compiler.compile(SourceFile(path: name, text: text), name: name).program
        }
        self.programs = programs
        renderer = Renderer(loader: DictionaryLoader(programs.keys.sorted().compactMap { programs[$0] }))
        func lent(_ value: Value, _ number: Int) -> Value {
            lends ? .object(RecordedPage(value, number: number)) : value
        }
        let posts = (0..<1000).map { lent(Self.post($0), $0) }
        variables = Variables([
            (
                "site",
                lent(
                    .frozen([
                        ("title", .text("A <Site> & more")), ("base_url", .text("https://example.com")),
                        ("language", .text("en")),
                        (
                            "menu",
                            .frozen(
                                ["Home", "Posts", "Tags", "About"].map { name in
                                    .frozen([
                                        ("title", .text(name)),
                                        ("url", .text("/\(name == "Home" ? "" : name.lowercased() + "/")")),
                                    ])
                                })
                        ),
                    ]), 1000)
            ),
            ("page", posts[3]), ("posts", .frozen(posts)),
        ])
    }

    func render(_ name: String) -> RenderResult {
        guard let program = programs[name] else { return RenderResult() }
        return renderer.render(program, variables: variables, host: isRecording ? ReadLog() : nil)
    }

    private static func post(_ number: Int) -> Value {
        let paragraph = "<p>Some <b>bold</b> text, a &amp; and \"quotes\" in paragraph \(number).</p>\n"
        let day = number % 28 + 1
        return .frozen([
            ("title", .text("Post \(number): a & b <c>")), ("url", .text("/posts/post-\(number)/")),
            (
                "date",
                .text("2026-\(number % 12 < 9 ? "0" : "")\(number % 12 + 1)-\(day < 10 ? "0" : "")\(day)")
            ),
            (
                "summary",
                .text("A summary of post \(number) with <brackets> & ampersands, about sixty characters.")
            ),
            ("content", .text(String(repeating: paragraph, count: 12))),
            ("tags", .frozen(["swift", "static sites", "C++ & more"].map { .text($0) })),
            ("word_count", .int(740 + number)),
            ("author", .frozen([("name", .text("Jo & Co")), ("url", .text("/jo/"))])),
            ("draft", .bool(false)),
        ])
    }

    private static let templates: [(String, String)] = [
        (
            "base.html",
            """
            <!doctype html>
            <html lang="{{ site.language }}">
            <head>
            <meta charset="utf-8">
            <title>{% block title %}{{ site.title }}{% endblock %}</title>
            <link rel="canonical" href="{{ site.base_url|safe }}{{ page.url|safe }}">
            {% block head %}{% endblock %}
            </head>
            <body>
            {% include "nav.html" %}
            <main>
            {% block content %}{% endblock %}
            </main>
            <footer>{% block footer %}&copy; {{ site.title }}{% endblock %}</footer>
            </body>
            </html>

            """
        ),
        (
            "nav.html",
            """
            <nav>
            {% for item in site.menu %}<a href="{{ item.url|safe }}"{% if item.url == page.url %} class="active"{% endif %}>{{ item.title }}</a>
            {% endfor %}</nav>

            """
        ),
        (
            "post.html",
            """
            {% extends "base.html" %}
            {% block title %}{{ page.title }} - {{ super() }}{% endblock %}
            {% block head %}<meta name="description" content="{{ page.summary|truncate(length=60) }}">{% endblock %}
            {% block content %}
            <article>
            <h1>{{ page.title }}</h1>
            <p class="meta"><time datetime="{{ page.date }}">{{ page.date[:10] }}</time> by <a href="{{ page.author.url|safe }}">{{ page.author.name|upper }}</a>, {{ (page.word_count / 200)|round|int }} min</p>
            {{ page.content|safe }}
            {% if page.tags %}<ul class="tags">
            {% for tag in page.tags|sort %}<li><a href="/tags/{{ tag|lower|replace(" ", "-")|urlencode }}/">{{ tag }}</a>{% if not loop.last %}, {% endif %}</li>
            {% endfor %}</ul>{% endif %}
            {% if page.draft %}<p>Draft</p>{% endif %}
            </article>
            {% endblock %}

            """
        ),
        (
            "list.html",
            """
            {% extends "base.html" %}
            {% block content %}
            <h1>{{ posts|length }} posts</h1>
            <ul>
            {% for post in posts %}<li class="{{ loop.cycle("odd", "even") }}"><a href="{{ post.url|safe }}">{{ post.title }}</a> <time>{{ post.date }}</time>
            <p>{{ post.summary|truncate(length=40) }}</p>{% for tag in post.tags %} <a href="/tags/{{ tag|urlencode }}/">{{ tag|e }}</a>{% if not loop.last %},{% endif %}{% endfor %}
            {% if loop.first %}<b>newest</b>{% endif %}</li>
            {% endfor %}</ul>
            {% endblock %}

            """
        ),
    ]
}
