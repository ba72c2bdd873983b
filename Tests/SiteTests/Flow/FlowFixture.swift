import Testing

/// The small site of the flow: two pages that link, a template of each kind, and what these read.
enum FlowFixture {
    static func site() -> SiteUnderTest {
        let site = SiteUnderTest(text)
        expectBuild(
            site, ["index.html": "B /b/", "a/index.html": "<em>a</em>", "b/index.html": "href=\"/a/\""])
        return site
    }

    private static let text = """
        -- site.json --
        {"title": "Flow", "baseURL": "https://example.org", "theme": "plain", "environment": ["X"], "params": {"a": 1, "b": 2}}
        -- content/a.md --
        ---
        title: A
        date: 2026-01-01
        tags: [t]
        ---
        Text of *a*.
        -- content/b.md --
        ---
        title: B
        date: 2026-01-02
        ---
        See [a](a.md). {{< box >}}
        -- templates/page.html --
        {% include "head.html" %}{{ page.title | upper }} {{ page.content }} {{ site.data.d.x }} {{ t("hello") }}
        -- templates/home.html --
        {% for p in site.posts %}{{ p.title }} {{ p.url }}
        {% endfor %}{{ site.params.a }} {{ env("X") }} {{ load_data("data/none.json") }} {{ now("day") | date("%Y-%m-%d") }} {{ asset("a.css") }}
        -- templates/section.html --
        {{ page.title }} {{ page.count }}
        -- templates/taxonomy.html --
        {{ page.title }}
        -- templates/head.html --
        <head>
        -- templates/components/box.html --
        box
        -- data/d.yml --
        x: 1
        y: 2
        -- i18n/en.yml --
        hello: Hello
        bye: Bye
        -- assets/a.css --
        a {}
        -- static/f.txt --
        f
        -- themes/plain/theme.json --
        {}

        """
}
