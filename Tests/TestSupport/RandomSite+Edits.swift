/// What the fuzzer changes in a site: pages, templates, settings, data and files.
extension RandomSite {
    /// Changes something.
    mutating func change(_ random: inout RandomSource) {
        switch random.below(20) {
        case 0..<7: changePage(&random)
        case 7, 8: changePages(&random)
        case 9, 10, 11: changeTemplate(&random)
        case 12, 13: shadowTemplate(&random)
        case 14, 15: changeConfiguration(&random)
        case 16, 17: changeData(&random)
        default: changeFile(&random)
        }
    }

    private mutating func changePage(_ random: inout RandomSource) {
        guard let path = pages.keys.sorted().randomElement(using: &random) else { return }
        pages[path]?.change(&random)
    }

    private mutating func changePages(_ random: inout RandomSource) {
        let all = pages.keys.sorted()
        let free = Self.pagePaths(isMultilingual).filter { pages[$0] == nil }
        switch random.below(5) {
        case 0: if all.count > 1, let path = all.randomElement(using: &random) { pages[path] = nil }
        case 1, 2:
            if let path = free.randomElement(using: &random) {
                pages[path] = RandomPage(isPost: random.below(2) == 0, &random)
            }
        case 3:
            if let old = all.randomElement(using: &random), let new = free.randomElement(using: &random) {
                pages[new] = pages.removeValue(forKey: old)
            }
        default:
            if let one = all.randomElement(using: &random), let other = all.randomElement(using: &random) {
                (pages[one], pages[other]) = (pages[other], pages[one])
            }
        }
    }

    private static func pagePaths(_ isMultilingual: Bool) -> [String] {
        let paths = [
            "content/posts/p1.md", "content/posts/p2.md", "content/posts/p3.md",
            "content/posts/2026-01-03-p4.md", "content/posts/p5/index.md",
            "content/docs/d1.md", "content/docs/d1/index.md", "content/docs/sub/_index.md",
            "content/docs/sub/d3.md", "content/docs/_index.md",
            "content/posts/_index.md", "content/_index.md", "content/about.md", "content/tags/a/_index.md",
            "content/tags/_index.md",
            "content/docs/cafe\u{301}.md", "content/docs/caf\u{E9}/index.md", "content/_drafts/x.md",
            "content/index.md", "content/docs/sub/deep/d4.md",
        ]
        return paths
            + (isMultilingual
                ? ["content/posts/p1.fr.md", "content/docs/_index.fr.md", "content/about.fr.md"] : [])
    }

    private mutating func changeTemplate(_ random: inout RandomSource) {
        guard let name = templates.keys.sorted().randomElement(using: &random) else { return }
        switch random.below(4) {
        case 0: templates[name]?.append("{# a comment #}")
        case 1:
            if let count = templates[name]?.count, count > 1 {
                templates[name]?.remove(at: 1 + random.below(count - 1))
            }
        default: templates[name]?.append(grammar.anything("page", &random))
        }
    }

    private mutating func shadowTemplate(_ random: inout RandomSource) {
        let name = random.pick([
            "posts/page.html", "posts/section.html", "docs/page.html", "docs/section.html", "part.html",
            "maybe.html", "first.html", "part-1.html",
            "home.html", "tags/term.html", "term.html", "taxonomy.html", "archive.html", "404.html",
            "redirect.html", "special.html",
            "render/link.html", "render/heading.html", "render/image.html", "render/code.html",
            "components/unknown.html", "atom.xml",
            "sitemap.xml", "robots.txt", "tags/taxonomy.html", "rss.xml",
        ])
        if templates[name] != nil, name != "part.html" || random.below(2) == 0 {
            templates[name] = nil
        } else {
            let isElement = name.hasPrefix("render/")
            templates[name] =
                isElement
                ? ["<e>{{ destination }}{{ content }}{{ id }}{{ code }}</e>"] : grammar.list(&random)
        }
    }

    private mutating func changeConfiguration(_ random: inout RandomSource) {
        let (key, values) = random.pick(Self.configurations)
        let value = random.pick(values)
        configuration[key] = value.isEmpty ? nil : value
    }

    private static let configurations: [(String, [String])] = [
        ("title", ["\"S\"", "\"T & U\"", ""]),
        ("baseURL", ["\"https://example.org\"", "\"https://example.org/b/\"", ""]),
        ("description", ["\"About\"", ""]), ("author", ["\"Ann\"", "{\"name\": \"Bob\"}", ""]),
        (
            "params",
            [
                "{\"y\": 1}", "{\"y\": 2, \"deep\": {\"z\": 1}}", "{\"deep\": {\"z\": 1}, \"y\": 2}",
                "{\"deep\": {\"z\": 2}, \"y\": 2}", "",
            ]
        ),
        ("pagination", ["{\"size\": 1}", "{\"size\": 2}", "{\"size\": 3, \"path\": \"p\"}"]),
        (
            "feeds",
            [
                "{\"limit\": 2}", "{\"formats\": [\"rss\", \"json\"]}",
                "{\"sections\": false, \"content\": \"summary\"}", "{\"terms\": false}", "",
            ]
        ),
        (
            "taxonomies",
            [
                "{\"tags\": {\"fromFolder\": true}}", "{\"tags\": {}}",
                "{\"tags\": {\"paginate\": 1}, \"categories\": {\"hierarchical\": true}}",
                "{\"categories\": {}, \"tags\": {\"path\": \"topics\"}}",
                "{\"tags\": {\"path\": \"topics\"}, \"categories\": {}}", "",
            ]
        ),
        ("permalinks", ["{\"posts\": \"/:year/:slug/\"}", "{\"posts\": \"/blog/:title/\"}", ""]),
        ("menus", ["{\"main\": [{\"name\": \"A\", \"url\": \"/a/\"}]}", "{\"main\": []}", ""]),
        ("posts", ["[\"posts\"]", "[\"docs\"]", ""]),
        ("headers", ["{}", "{\"/*\": {\"X-A\": \"b\"}}", ""]),
        (
            "redirects",
            [
                "{\"/r.xml\": \"/about/\"}", "{\"/o/*\": \"/n/:splat\"}", "{\"/r/\": \"/about/\"}",
                "{\"/posts/p1/\": \"/x/\"}", "",
            ]
        ),
        ("outputs", ["{\"page\": [\"json\"]}", ""]),
        (
            "urls",
            [
                "{\"style\": \"file\"}", "{\"slugs\": \"ascii\"}", "{\"slugs\": \"hugo\"}",
                "{\"trailingSlash\": false}", "",
            ]
        ),
        (
            "markdown",
            ["{\"rawHTML\": false}", "{\"smartPunctuation\": true}", "{\"headingIDs\": \"none\"}", ""]
        ),
        ("timeZone", ["\"Europe/Berlin\"", "\"America/New_York\"", ""]), ("environment", ["[\"X\"]", "[]"]),
        ("gitDates", ["{\"updated\": true}", "{\"updated\": true, \"created\": [\"posts\"]}", ""]),
        ("ignore", ["[\"*.txt\"]", "[\"d1.md\"]", ""]),
        ("check", ["{\"broken-link\": \"error\"}", "{\"broken-link\": \"off\"}", ""]),
        ("theme", ["\"plain\"", "\"other\"", ""]), ("language", ["\"en\"", "\"fr\"", "\"de\""]),
        (
            "templates",
            [
                "{\"undefined\": \"lenient\"}", "{\"undefined\": \"lenient\", \"autoescape\": false}",
                "{\"undefined\": \"lenient\", \"trimBlocks\": false}",
                "{\"undefined\": \"lenient\", \"limits\": {\"depth\": 40}}", "{}",
            ]
        ),
        (
            "languages",
            [
                "{\"en\": {}, \"fr\": {\"contentFolder\": \"fr\"}}", "{\"en\": {}, \"fr\": {}}",
                "{\"fr\": {}, \"en\": {}}", "{\"en\": {\"title\": \"E\"}, \"fr\": {\"params\": {\"y\": 3}}}",
                "",
            ]
        ),
        (
            "environments",
            [
                "{\"production\": {\"title\": \"P\"}}",
                "{\"staging\": {\"title\": \"P\", \"menus\": {\"main\": [{\"name\": \"A\", \"url\": \"/a/\"}]}}}",
                "",
            ]
        ), ("unknown", ["1", ""]),
    ]

    private mutating func changeData(_ random: inout RandomSource) {
        let (path, texts) = random.pick([
            (
                "data/d.yml",
                [
                    "a: {b: 1}\nlist: [1, 2]\n", "# c\nlist: [1, 2]\na: {b: 1}\n",
                    "a: {b: 2}\nlist: [2, 1]\n", "a: 1\n", "a: [\n", "",
                ]
            ),
            ("data/e/f.json", ["{\"x\": 1}\n", "{\"x\": 2}\n", "{ \"x\": 1 }\n", ""]),
            ("data/none.json", ["{\"x\": 1}\n", "3\n", ""]),
            ("data/none.csv", ["a,b\n1,2\n", ""]), ("themes/plain/data/d.yml", ["a: {b: 9}\n", ""]),
            ("data/e.yml", ["x: 1\n", ""]),
        ])
        let text = random.pick(texts)
        others[path] = text.isEmpty ? nil : text
    }

    private mutating func changeFile(_ random: inout RandomSource) {
        let (path, texts) = random.pick([
            (
                "assets/a.css",
                ["b{}\n", "c{}\n", "b{background: url(pic.png)}\n", "@import \"b.css\";\n", ""]
            ),
            ("themes/plain/assets/a.css", ["a{}\n", "d{}\n", "a{background: url('pic.png?x')}\n"]),
            ("assets/b.css", ["e{}\n", "e{src: url(\"../assets/pic.png\")}\n", "@import 'a.css';\n", ""]),
            ("assets/pic.png", ["png", "gnp", ""]),
            (
                "themes/plain/theme.json",
                [
                    "{}\n", "{\"params\": {\"y\": 5, \"deep\": {\"z\": 1, \"w\": 2}}}\n",
                    "{\"params\": {\"deep\": {\"z\": 3}}}\n", "{\"params\": 1}\n", "",
                ]
            ),
            ("static/files/f.txt", ["f\n", "g\n", ""]), ("static/about/index.html", ["x\n", ""]),
            ("static/robots.txt", ["x\n", ""]),
            ("themes/plain/static/files/f.txt", ["t\n", ""]), ("static/favicon.ico", ["i\n", ""]),
            ("content/posts/p5/pic.png", ["one", "two", ""]), ("content/posts/p5/deep/x.txt", ["x", ""]),
            ("content/posts/pic.png", ["p", ""]), ("content/docs/sub/x.txt", ["x", "y", ""]),
            (
                "content/posts/pic.svg",
                ["<svg width=\"2\" height=\"1\"/>", "<svg width=\"3\" height=\"1\"/>", ""]
            ), ("content/posts/p5/e\u{301}.png", ["e", ""]),
            ("static/files/\u{E9}.txt", ["e", ""]), ("static/files/e\u{301}.txt", ["f", ""]),
            (
                "i18n/en.yml",
                [
                    "hello: Hello\nn: {one: one, other: many}\n", "hello: Hi\n",
                    "n: {other: lots}\nhello: Hello\n", "alert_note: Mark\ntask_done: Did\n", "",
                ]
            ),
            ("i18n/fr.yml", ["hello: Salut\n", ""]), ("themes/plain/i18n/en.yml", ["hello: Theme\n", ""]),
            ("themes/plain/templates/part.html", ["theme part {{ page.kind }}\n", "{{ page.title }}\n"]),
            ("themes/plain/templates/maybe.html", ["maybe\n", ""]),
            ("themes/plain/templates/page.html", ["P {{ page.title }}\n", ""]),
            ("themes/other/templates/page.html", ["other {{ page.title }}\n", ""]),
            ("static/posts/p1/index.html", ["x\n", ""]),
        ])
        let text = random.pick(texts)
        others[path] = text.isEmpty ? nil : text
    }
}
