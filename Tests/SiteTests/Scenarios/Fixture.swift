/// The site of the edit scenarios: twelve posts of two authors and three tags, some pages beside them, a theme
/// with a footer and a style sheet, templates that read a little of everything.
///
/// Posts go by date, so 12 is the newest. On list pages of 5, posts 12 to 8 stand on part 1, 7 to 3 on part 2,
/// 2 and 1 on part 3. Tag `a` has the odd posts, `b` the even ones, two a part; `c` has post 12 alone.
enum Fixture {
    static func site() -> SiteUnderTest {
        SiteUnderTest(rest + (1...12).map { post($0) }.joined(), now: "2026-06-01")
    }

    /// What makes the pages that are HTML: all that print the navigation.
    static let everyPage = """
        page-output en:@404
        page-output en:@home
        page-output en:@section/blog
        page-output en:@section/blog#2
        page-output en:@section/blog#3
        page-output en:@section/docs
        page-output en:@section/docs/sub
        page-output en:@taxonomy/tags
        page-output en:@term/tags/a
        page-output en:@term/tags/a#2
        page-output en:@term/tags/a#3
        page-output en:@term/tags/b
        page-output en:@term/tags/b#2
        page-output en:@term/tags/b#3
        page-output en:@term/tags/c
        page-output en:content/about.md
        page-output en:content/blog/p01.md
        page-output en:content/blog/p02.md
        page-output en:content/blog/p03.md
        page-output en:content/blog/p04.md
        page-output en:content/blog/p05.md
        page-output en:content/blog/p06.md
        page-output en:content/blog/p07.md
        page-output en:content/blog/p08.md
        page-output en:content/blog/p09.md
        page-output en:content/blog/p10.md
        page-output en:content/blog/p11.md
        page-output en:content/blog/p12.md
        page-output en:content/docs/one.md
        page-output en:content/docs/sub/x.md
        page-output en:content/docs/two.md
        """

    /// The files of these pages.
    static let everyPagesFile = """
        404.html
        about/index.html
        blog/index.html
        blog/p01/index.html
        blog/p02/index.html
        blog/p03/index.html
        blog/p04/index.html
        blog/p05/index.html
        blog/p06/index.html
        blog/p07/index.html
        blog/p08/index.html
        blog/p09/index.html
        blog/p10/index.html
        blog/p11/index.html
        blog/p12/index.html
        blog/page/2/index.html
        blog/page/3/index.html
        docs/index.html
        docs/one/index.html
        docs/sub/index.html
        docs/sub/x/index.html
        docs/two/index.html
        index.html
        tags/a/index.html
        tags/a/page/2/index.html
        tags/a/page/3/index.html
        tags/b/index.html
        tags/b/page/2/index.html
        tags/b/page/3/index.html
        tags/c/index.html
        tags/index.html
        """

    /// A post as it is at first; an edit may change some of it.
    static func post(
        _ number: Int, title: String? = nil, date: Int? = nil, tags: String? = nil, more: String = "",
        body: String? = nil,
        summary: String? = nil, last: String = "The end."
    ) -> String {
        let name = number < 10 ? "p0\(number)" : "p\(number)"
        let day = date ?? number
        let tag = tags ?? (number % 2 == 0 ? (number == 12 ? "b, c" : "b") : "a")
        var extra = ""
        if number == 2 || number == 9 { extra = "{{< note \"mind\" >}}\n\n" }
        if number == 5 { extra = "{{< embed \"blog/p03.md\" >}}\n\n" }
        return """
            -- content/blog/\(name).md --
            ---
            title: \(title ?? "Post \(number)")
            date: 2026-01-\(day < 10 ? "0" : "")\(day)
            tags: [\(tag)]
            by: \(number % 2 == 0 ? "bob" : "ann")
            \(more)---
            \(summary ?? "Summary of \(number).")

            <!--more-->

            \(body ?? extra)Text of \(number). \(last)

            """
    }

    private static let rest = """
        -- site.json --
        {
          "title": "Fixture",
          "baseURL": "https://example.org",
          "theme": "plain",
          "params": {"tagline": "Small"},
          "pagination": {"size": 5},
          "feeds": {"limit": 10, "sections": false},
          "taxonomies": {"tags": {"paginate": 2}}
        }
        -- content/about.md --
        ---
        title: About
        ---
        About us.
        -- content/docs/_index.md --
        ---
        title: Docs
        ---
        -- content/docs/one.md --
        ---
        title: One
        ---
        One.
        -- content/docs/two.md --
        ---
        title: Two
        ---
        Two.
        -- content/docs/sub/_index.md --
        ---
        title: Sub
        ---
        -- content/docs/sub/x.md --
        ---
        title: X
        ---
        X.
        -- data/nav.yml --
        - {title: Home, url: /, weight: 1}
        - {title: Blog, url: /blog/, weight: 2}
        -- data/authors.yml --
        ann: {name: Ann}
        bob: {name: Bob}
        -- templates/base.html --
        <link href="{{ asset("main.css") }}">
        <nav>{% for item in site.data.nav | sort(attribute="weight") %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}</nav>
        <main>{% block main %}{% endblock %}</main>
        {% include "footer.html" %}
        -- templates/page.html --
        {% extends "base.html" %}
        {% block main %}<h1>{{ page.title }}</h1>
        {% if page.params.by %}<p>By {{ site.data.authors[page.params.by].name }}</p>{% endif %}
        {% for tag in page.tags %}<a href="{{ tag.url }}">{{ tag.title }}</a>{% endfor %}
        {{ page.content }}
        {% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
        {% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}
        {% endblock %}
        -- templates/section.html --
        {% extends "base.html" %}
        {% block main %}<h1>{{ section.title }}</h1>
        {% for p in paginator.items %}<a href="{{ p.url }}">{{ p.title }}</a> {% if p.date %}{{ p.date | date("%Y-%m-%d") }}{% endif %} {{ p.summary }}
        {% endfor %}{{ paginator.number }} of {{ paginator.total }}{% endblock %}
        -- templates/home.html --
        {% extends "base.html" %}
        {% block main %}<p>{{ site.params.tagline }}</p>
        {% for p in site.posts[:5] %}<a href="{{ p.url }}">{{ p.title }}</a> {{ p.summary }}
        {% endfor %}
        {% for p in site.pages | where("params.featured") %}featured: {{ p.title }}
        {% endfor %}{% endblock %}
        -- templates/tags/term.html --
        {% extends "base.html" %}
        {% block main %}<h1>{{ term.title }}</h1>
        {% for p in paginator.items %}<a href="{{ p.url }}">{{ p.title }}</a>
        {% endfor %}{{ paginator.number }} of {{ paginator.total }}{% endblock %}
        -- templates/tags/taxonomy.html --
        {% extends "base.html" %}
        {% block main %}{% for t in taxonomy.terms %}<a href="{{ t.url }}">{{ t.title }}</a> {{ t.count }}
        {% endfor %}{% endblock %}
        -- templates/404.html --
        {% extends "base.html" %}
        {% block main %}Nothing here{% endblock %}
        -- templates/components/note.html --
        <aside>{% include "partials/icon.html" %} {{ args[0] }}</aside>
        -- templates/components/embed.html --
        <q>{{ get_page(args[0]).title | default("nothing") }}</q>
        -- templates/partials/icon.html --
        <i>!</i>
        -- themes/plain/theme.json --
        {}
        -- themes/plain/templates/footer.html --
        <footer>Theme</footer>
        -- themes/plain/assets/main.css --
        body { color: black }
        -- static/files/a.txt --
        A file.

        """
}
