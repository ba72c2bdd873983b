/// What an ``ExpressionSite`` is made of. Names have in them what means something in the names of parts of a catalogue,
/// of paths and of keys.
enum ExpressionSiteParts {
    /// Where pages may be; the first ten are there at first.
    static let paths = [
        "content/blog/p1.md", "content/blog/p2.md", "content/blog/p3.md", "content/other/p3.md",
        "content/c/q.md", "content/c#/q.md", "content/top.md", "content/blog/_index.md",
        "content/blog/b/index.md", "content/other/foo.md",
        "content/c/_index.md", "content/c#/_index.md", "content/c/r.md", "content/c#/r.md",
        "content/c#2/q.md",
        "content/c[0:5]/q.md", "content/c|d/q.md", "content/a b/q.md", "content/x:y/q.md",
        "content/blog/deep/_index.md", "content/blog/deep/r.md", "content/_index.md", "content/foo.md",
        "content/c/2025-01-02-foo.md", "content/blog/foo/index.md", "content/tags/_index.md",
        "content/tags/a/_index.md", "content/blog/p1.de.md", "content/de/blog/p1.md",
        "content/blog/_index.de.md",
        "content/other/_index.md", "content/en/blog/p1.md",
    ]

    static let folders = [
        "content/blog/", "content/other/", "content/c/", "content/c#/", "content/c#2/", "content/c[0:5]/",
        "content/c|d/", "content/a b/", "content/x:y/", "content/de/", "content/blog/deep/",
    ]

    /// Keys of heads and what they may be.
    static let heads: [(String, [String])] = [
        ("title", ["A", "B", "\"C#\"", "Über"]), ("linkTitle", ["L", "K"]),
        ("date", ["2025-01-01", "2025-02-01", "2024-05-05"]),
        ("updated", ["2025-06-01", "2025-07-01"]), ("publishDate", ["2025-05-01", "2027-01-01"]),
        ("expires", ["2025-12-01", "2999-01-01"]), ("draft", ["true", "false"]), ("description", ["d", "e"]),
        ("summary", ["s", "\"t [q](p2.md)\""]), ("keywords", ["[k]", "[l]"]),
        ("slug", ["q", "w", "q/w_x.y"]),
        ("url", ["/u/v/", "/w.html", "u/v/"]), ("aliases", ["[/old/a/]", "[/old/b/]", "[rel]"]),
        ("template", ["page", "nope", "text"]),
        (
            "tags",
            [
                "[a]", "[a, b]", "[solo]", "[\"a#\"]", "[A]", "[a/b]", "[\"a b\"]", "[\"x:y\"]", "a b",
                "[\"..\", \"c#\"]",
            ]
        ),
        ("categories", ["[k]", "[k/l]", "[K]"]),
        ("taxonomies", ["{c: [a], \"c#\": [b]}", "{\"c#\": [a]}", "{c.d: [a]}"]),
        ("c", ["[one]", "[one, two]"]), ("\"c#\"", ["[one]", "[two]"]), ("\"c.d\"", ["[one]", "[two]"]),
        ("authors", ["[Ann]", "[{name: Bob}]", "[{name: Ann, url: /ann/}]"]), ("weight", ["1", "2", "-1"]),
        ("lang", ["de", "en"]), ("translationKey", ["one", "two"]),
        ("image", ["/s.png", "gone.png", "{path: /s.png, alt: x}", "r.png", "\"\""]),
        ("images", ["[a]", "[/s.png, b]", "[]", "[\"\"]", "[a, b]", "[\"a\\nb\"]"]),
        ("series", ["s", "\"s#\"", "\"s#2\"", "\"s[0:5]\"", "[s, t]"]),
        ("params", ["{f: 1}", "{f: 2, m: {k: 1}}", "{a.b: 1}", "{m: [1]}"]),
        ("f", ["true", "1", "2"]), ("m", ["{k: 1}", "[1]", "s", "{}", "[]", "{k: {z: 1}}"]),
        ("\"a.b\"", ["1", "2"]),
        ("\"a|b\"", ["1", "2"]), ("\"\"", ["1", "{k: 1}", "{k: 2}"]),
        // As many bytes, and another number of lines.
        ("zx", ["1234", "1\ny:"]), ("a", ["1", "{b: 1}"]), ("render", ["false", "true"]),
        ("list", ["false", "true"]), ("sitemap", ["false", "true"]),
        ("imageAlt", ["A hill", "A sea"]),
        ("noIndex", ["true", "false"]), ("robots", ["noindex", "all"]),
        ("excerptSeparator", ["\"<!--x-->\"", "---"]),
        ("menu", ["main", "{main: {weight: 1}}"]),
        (
            "cascade",
            [
                "{params: {f: 1}}", "{tags: [casc]}", "{list: false}",
                "[{target: {path: \"/blog/p*\"}, f: 3}]", "{title: ct}", "{template: text}",
            ]
        ),
        ("canonical", ["https://o.org/", "/x/"]), ("sortBy", ["title", "date", "weight"]),
        ("paginateBy", ["1", "2", "0", "-1"]),
        ("paginatePath", ["p", "q"]), ("paginateReversed", ["true", "false"]),
        ("transparent", ["true", "false"]),
        ("pageTemplate", ["text", "page"]), ("redirectTo", ["/x/", "https://o.org/"]),
        ("insertAnchorLinks", ["left", "none"]),
        ("resources", ["[{src: r.png, name: n}]"]),
    ]

    /// Texts of pages.
    static let texts = [
        "x", "# H\n\ntext [l](p2.md) ![i](s.png)", "a\n\n<!--more-->\n\nb", "[r]({{< ref \"p3\" >}})",
        "[n](/nowhere/)", "> [!NOTE]\n> n", "{{< c a=\"1\" >}}", "## A\n\n## B\n\ntwo words [t](/tags/a/)",
        "- [ ] todo", "[a](#b)", "[x](../blog/p1.md)", "[x](p1.md)", "", "## [one](/nowhere/) {#s}",
        "## [two](/nowhere/) {#s}", "## ![one](s.png) {#s}", "## ![two](s.png) {#s}",
    ]

    /// Keys of `site.json` and what they may be; nothing takes the key away.
    static let configurations: [(String, [String])] = [
        ("title", ["\"S\"", "\"T\"", ""]), ("description", ["\"About\"", "\"More\"", ""]),
        (
            "baseURL",
            ["\"https://example.org\"", "\"https://example.org/b/\"", "\"https://e.net\"", "\"/p/\""]
        ),
        ("language", ["\"en\"", "\"de\"", ""]),
        ("timeZone", ["\"Europe/Berlin\"", "\"America/New_York\"", ""]),
        (
            "author",
            [
                "\"Ann\"", "{\"name\": \"Ann\", \"url\": \"/ann/\", \"email\": \"a@b.c\"}",
                "[\"Ann\", \"Bob\"]", "",
            ]
        ),
        ("theme", ["\"mine\"", "\"other\""]),
        (
            "params",
            [
                "{\"a\": 1}", "{\"a\": 2, \"m\": {\"k\": 1}}", "{\"m\": [1]}", "{\"m\": {}}", "{\"m\": []}",
                "{\"\": {\"k\": 1}}", "{\"\": {\"k\": 2}}",
                "{\"a.b\": 1}", "{\"a.b\": 2}", "{\"a|b\": 1}", "{\"a|b\": 2}", "{\"l\": [1, 2]}",
                "{\"l\": {\"0\": 1}}", "{\"a\": {\"b\": 1}}", "",
            ]
        ),
        (
            "menus",
            [
                "{\"main\": [{\"name\": \"x\", \"url\": \"blog/p1.md\"}]}",
                "{\"main\": [{\"name\": \"y\", \"url\": \"/c/\"}]}",
                "{\"main\": [{\"name\": \"y\", \"url\": \"other\", \"children\": [{\"name\": \"z\", \"url\": \"top.md\"}]}]}",
                "{\"main.top\": [{\"name\": \"x\", \"url\": \"/\"}]}",
                "{\"main.top\": [{\"name\": \"y\", \"url\": \"/\"}]}",
                "{\"a|b\": [{\"name\": \"x\", \"url\": \"/\"}]}",
                "{\"a|b\": [{\"name\": \"y\", \"url\": \"/\"}]}", "{\"main\": []}", "",
            ]
        ),
        (
            "permalinks",
            ["{\"blog\": \"/:year/:slug/\"}", "{\"blog\": \"/b/:title/\", \"c#\": \"/h/:slug/\"}", ""]
        ),
        (
            "taxonomies",
            [
                "{\"tags\": {}}", "{\"tags\": {}, \"categories\": {\"hierarchical\": true}}",
                "{\"tags\": {\"paginate\": 1, \"thin\": 2, \"path\": \"t\"}}",
                "{\"tags\": {\"feeds\": false}}", "{\"tags\": {}, \"c\": {}, \"c#\": {}}",
                "{\"tags\": {}, \"c#\": {}}", "{\"tags\": {}, \"c.d\": {}}", "{}", "",
            ]
        ),
        ("pagination", ["{\"size\": 1}", "{\"size\": 2, \"path\": \"p\"}", "{\"order\": \"oldest\"}", ""]),
        (
            "feeds",
            [
                "{\"limit\": 1}", "{\"formats\": [\"rss\", \"json\"]}", "{\"content\": \"summary\"}",
                "{\"terms\": false}", "{\"sections\": false}", "{\"emails\": true}", "",
            ]
        ),
        (
            "markdown",
            [
                "{\"rawHTML\": false}", "{\"smartPunctuation\": true}", "{\"headingIDs\": \"none\"}",
                "{\"math\": true}", "{\"alerts\": false}", "",
            ]
        ),
        ("highlight", ["{\"lineNumbers\": true}", "{\"light\": \"x\"}", ""]),
        ("images", ["{\"sizes\": false}", "{\"quality\": 3}", ""]),
        ("search", ["false", ""]),
        ("seo", ["{\"image\": \"/s.png\"}", "{\"image\": \"/s.png\", \"imageAlt\": \"x\"}", ""]),
        ("posts", ["[\"blog\"]", "[\"other\", \"c#\"]", "[]", ""]),
        (
            "languages",
            [
                "{\"en\": {}, \"de\": {}}",
                "{\"en\": {}, \"de\": {\"contentFolder\": \"de\", \"title\": \"D\", \"params\": {\"a\": 9}, \"menus\": {\"main\": [{\"name\": \"d\", \"url\": \"/d/\"}]}}}",
                "{\"en\": {}, \"de\": {\"contentFolder\": \"blog\"}}",
                "{\"en\": {}, \"de\": {\"contentFolder\": \"blog/deep\"}}",
                "{\"en\": {\"contentFolder\": \"en\"}, \"de\": {\"contentFolder\": \"de\"}}",
                "{\"en\": {\"title\": \"E\", \"description\": \"ED\"}}", "{\"en\": {\"params\": {\"a\": 8}}}",
                "",
            ]
        ),
        (
            "templates",
            [
                "{\"undefined\": \"lenient\"}", "{\"undefined\": \"lenient\", \"autoescape\": false}",
                "{\"undefined\": \"lenient\", \"trimBlocks\": false}",
            ]
        ),
        ("outputs", ["{\"page\": [\"json\"]}", ""]),
        (
            "urls",
            [
                "{\"style\": \"file\"}", "{\"style\": \"bare\"}", "{\"slugs\": \"ascii\"}",
                "{\"slugs\": \"hugo\"}", "{\"slugs\": \"pelican\"}",
                "{\"trailingSlash\": false}", "{\"aliases\": \"page\"}", "",
            ]
        ),
        ("redirects", ["{\"/r/\": \"/c/\"}", "{\"/r/\": \"blog/p1.md\"}", ""]),
        ("headers", ["{\"/*\": {\"X\": \"1\"}}", ""]),
        ("gitDates", ["{\"updated\": true}", ""]),
        ("ignore", ["[\"p3.md\"]", "[\"*.png\"]", "[\"c#/\"]", ""]),
        ("environment", ["[\"X\"]", "[\"X\", \"Y\"]"]),
        ("content", ["\"content\"", "\".\"", "\"content/blog\"", ""]),
        ("data", ["\"data\"", "\"data/d\"", ""]),
        ("static", ["{\"extra\": \"/e/\"}", "{\"extra\": \"/\"}", ""]),
        (
            "check",
            ["{\"broken-link\": \"note\"}", "{\"broken-link\": \"off\"}", "{\"ignore\": [\"/no*\"]}", ""]
        ),
        (
            "environments",
            [
                "{\"production\": {\"title\": \"P\"}}", "{\"production\": {\"params\": {\"a\": 7}}}",
                "{\"staging\": {\"menus\": {\"main\": [{\"name\": \"y\", \"url\": \"/c/\"}]}}}", "",
            ]
        ),
        ("serve", ["{\"port\": 4001}", ""]), ("deploy", ["{\"to\": 1}", ""]), ("$schema", ["\"x\"", ""]),
    ]

    /// Other files, and what may be in them; the first text where they are there at first.
    static let files: [(String, [String])] = [
        (
            "data/x.json",
            [
                "{\"k\": 1}\n", "{\"k\": 2}\n", "{}\n", "[]\n", "[\"a\"]\n", "\"s\"\n", "3\n",
                "{\"a.b\": 1}\n", "{\"k\": {\"a\": 1}}\n", "null\n", "{\"\": {\"k\": 1}}\n",
                "{\"\": {\"k\": 2}}\n", "{\"k\": {\"\": 1}}\n", "{\"k\": {\"\": 2}}\n",
            ]
        ),
        ("data/d/y.yml", ["a: 1\n", "1\n", "[1]\n"]), ("data/a.b.json", ["{\"k\": 1}\n", "{}\n", "[]\n"]),
        ("data/a|b.json", ["{\"k\": 1}\n", "[]\n"]),
        ("data/t.csv", ["a,k\n1,2\n", "a,k\n1,3\n"]), ("data/a.json", ["{\"b\": {\"k\": 5}}\n"]),
        ("themes/mine/data/x.json", ["{\"k\": 9}\n", "[]\n"]),
        ("assets/a.css", ["a{}\n", "b{background: url(i.png)}\n"]),
        ("themes/mine/assets/a.css", ["a{}\n", "t{}\n"]), ("assets/i.png", ["png\n", "gnp\n"]),
        ("assets/a.js", ["1\n", "2\n"]), ("assets/sub/n.txt", ["n\n", "o\n"]),
        ("themes/mine/assets/sub/n.txt", ["n\n"]),
        ("static/s.png", [picture + "\n", picture + "2\n"]),
        ("themes/mine/static/s.png", [picture + "\n", "no\n"]), ("static/old/c/index.html", ["h\n"]),
        ("extra/s.png", ["e\n"]), ("extra/f.txt", ["f\n", "g\n"]),
        ("content/blog/b/r.png", [picture + "\n", "r\n"]), ("content/blog/s.png", ["s\n"]),
        ("content/zz/s.png", ["z\n"]),
        (
            "i18n/en.yml",
            ["hello: H\nn: {one: 1, other: m}\n", "hello: I\n", "m: {k: \"K {who}\"}\n", "m.k: flat\n"]
        ), ("i18n/de.yml", ["hello: G\n", "alert_note: Merke\n"]),
        ("themes/mine/i18n/en.yml", ["hello: T\nn: {other: t}\n", "task_done: Did\n"]),
        ("templates/part.html", ["part {{ page.title }}\n", "part {{ page.tags | length }}\n"]),
        ("themes/mine/templates/part.html", ["theme part\n", "{{ page.kind }}\n"]),
        ("templates/maybe.html", ["maybe\n"]),
        ("templates/components/c.html", ["{{ page.title }}{{ kwargs.a }}\n", "{{ page.tags | length }}\n"]),
        ("themes/mine/templates/components/c.html", ["theme {{ kwargs.a }}\n"]),
        ("templates/components/whole.html", ["{{ (get_page(\"blog/p1.md\") or {}).content }}\n"]),
        (
            "templates/components/found.html",
            [
                "{% for p in site.pages | selectattr(\"url\", \"equalto\", \"/blog/p2/\") %}{{ p.title }}{{ p.url }}{% endfor %}\n",
                "{{ site.posts | map(attribute=\"permalink\") | join(',') }}\n",
            ]
        ),
        ("templates/components/tags.html", ["{{ page.tags | length }}\n"]),
        ("templates/render/link.html", ["L{{ destination }}\n", "{{ page.url }}\n"]),
        ("templates/render/image.html", ["I{{ destination }}\n"]),
        ("templates/render/heading.html", ["<h>{{ text }}</h>\n"]),
        ("templates/render/code.html", ["{{ code }}\n"]),
        ("templates/archive.html", ["{{ site.posts | length }}\n"]),
        ("templates/term.html", ["T{{ page.title }}{{ page.count }}\n", "{{ term.pages | length }}\n"]),
        ("templates/taxonomy.html", ["X{{ page.title }}{{ page.pages | length }}\n"]),
        ("templates/tags/term.html", ["{{ page.url }}\n"]),
        ("templates/blog/page.html", ["B{{ page.title }}\n"]),
        ("templates/c#/page.html", ["C{{ page.title }}\n"]), ("templates/404.html", ["{{ site.title }}\n"]),
        ("templates/atom.xml", ["{{ page.title }}\n"]),
        ("templates/home.html", ["{{ section.pages | length }}\n"]),
        ("themes/other/templates/page.html", ["other {{ page.title }}\n"]),
        ("themes/mine/templates/page.html", ["theme {{ page.title }}\n", "{{ page.none.x }}\n"]),
        (
            "themes/mine/theme.json",
            [
                "{}\n", "{\"params\": {\"a\": 5, \"m\": {\"k\": 2, \"w\": 1}}}\n",
                "{\"params\": {\"m\": [1]}}\n", "{\"params\": {\"a.b\": 3}}\n",
                "{\"params\": {\"a|b\": 3}}\n",
            ]
        ),
    ]

    /// The beginning of a GIF, which has its size in it and is text, as all that `SiteFixture` holds.
    private static let picture = "GIF89a\u{10}\u{0}\u{10}\u{0}"
}
