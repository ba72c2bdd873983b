import Testing

/// A slip of an author, and what the program should say about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The files that hold it, over a good site.
    let files: String
    let code: String
    let place: String?
    let hint: String?

    init(_ name: String, _ files: String, _ code: String, at place: String? = nil, hint: String? = nil) {
        testDescription = name
        self.files = files + "\n"
        self.code = code
        self.place = place
        self.hint = hint
    }

    /// Mistakes for which nothing is published.
    static let all: [Mistake] = [
        Mistake(
            "two sources for one output", "-- content/b.md --\n---\nslug: a\n---", "output-collision",
            at: "content/b.md:2:7", hint: "content/a.md"),
        Mistake(
            "a slug that leaves", "-- content/b.md --\n---\nslug: ../../x\n---", "path-leaves-output",
            at: "content/b.md:2:7"),
        Mistake(
            "an alias that leaves", "-- content/b.md --\n---\naliases: [../../../x]\n---",
            "path-leaves-output", at: "content/b.md:2:11"),
        Mistake(
            "an address that leaves", "-- content/b.md --\n---\nurl: /../../x\n---", "path-leaves-output",
            at: "content/b.md:2:6"),
        Mistake(
            "an address with a query", "-- content/b.md --\n---\nurl: /x?a=1\n---", "path-leaves-output",
            at: "content/b.md:2:6", hint: "? or #"),
        Mistake(
            "a comma that is missing", "-- site.json --\n{\"title\": \"x\"\n \"data\": \"d\"}",
            "unreadable-data",
            at: "site.json:2:2", hint: "a comma or }"),
        Mistake(
            "a language that is none", "-- site.json --\n{\"language\": \"english!\"}", "wrong-type",
            at: "site.json:1:14", hint: "en or pt-BR"),
        Mistake(
            "a content folder outside of the site", "-- site.json --\n{\"content\": \"../..\"}", "wrong-type",
            at: "site.json:1:13"),
        Mistake(
            "a token that is no token", "-- content/b.md --\n---\nurl: /:yaer/x/\n---",
            "unknown-permalink-token",
            at: "content/b.md:2:6", hint: "did you mean \":year\"?"),
        Mistake(
            "front matter without an end", "-- content/b.md --\n---\ntitle: B\n\nText",
            "unclosed-front-matter", at: "content/b.md:1:1"),
        Mistake(
            "unreadable front matter", "-- content/b.md --\n---\ntitle: B: C\n---", "unreadable-data",
            at: "content/b.md:2:9", hint: "quotes"),
        Mistake(
            "a quote that is not closed", "-- content/b.md --\n---\ntitle: \"B\ntags: [a]\n---",
            "unreadable-data",
            at: "content/b.md:2:8", hint: "end it with the quote"),
        Mistake(
            "a text without quotes in TOML", "-- content/b.md --\n+++\ntitle = B\n+++", "unreadable-data",
            at: "content/b.md:2:9", hint: "quotes"),
        Mistake(
            "two texts of one section", "-- content/index.md --\nA\n-- content/_index.md --\nB",
            "output-collision",
            at: "content/index.md:1:1", hint: "keep one of them"),
        Mistake(
            "a header that no host can send", "-- site.json --\n{\"headers\": {\"/*\": {\"A b\": \"c\"}}}",
            "invalid-header", at: "site.json:1:21"),
        Mistake(
            "a key twice", "-- content/b.md --\n---\ntitle: B\ntitle: C\n---", "duplicate-key",
            at: "content/b.md:3:1", hint: "content/b.md:2:1"),
        Mistake(
            "a value of another type", "-- content/b.md --\n---\ndraft: maybe\n---", "wrong-type",
            at: "content/b.md:2:8"),
        Mistake(
            "a date in words", "-- content/b.md --\n---\ndate: yesterday\n---", "wrong-type",
            at: "content/b.md:2:7", hint: "2026-01-02"),
        Mistake(
            "a date that does not exist", "-- content/b.md --\n---\ndate: 2026-02-30\n---", "impossible-date",
            at: "content/b.md:2:7"),
        Mistake(
            "such a date in a name", "-- content/2026-13-01-b.md --\nText", "impossible-date",
            at: "content/2026-13-01-b.md:1:1"),
        Mistake(
            "a template that does not compile", "-- templates/page.html --\n{% if page %}\n{{ page.title }",
            "template-syntax", at: "templates/page.html:2:15"),
        Mistake(
            "a filter that nobody has", "-- templates/page.html --\n{{ page.title | upperr }}",
            "unknown-filter", at: "templates/page.html:1:17", hint: "did you mean \"upper\"?"),
        Mistake(
            "an include of nothing",
            "-- templates/page.html --\n{% include \"heder.html\" %}\n-- templates/header.html --\nx",
            "template-not-found", at: "templates/page.html:1:4", hint: "did you mean \"header.html\"?"),
        Mistake(
            "an include of itself", "-- templates/page.html --\n{% include \"page.html\" %}",
            "template-limit", at: "templates/page.html:1:4"),
        Mistake(
            "something undefined", "-- templates/page.html --\n<h1>{{ page.titel }}</h1>", "undefined-value",
            at: "templates/page.html:1:8", hint: "did you mean \"title\"?"),
        Mistake(
            "too many steps", "-- templates/page.html --\n{% for i in range(100000000) %}x{% endfor %}",
            "template-limit", at: "templates/page.html:1:13"),
        Mistake(
            "a theme that is not there",
            "-- site.json --\n{\"theme\": \"fancy\"}\n-- themes/fency/theme.json --\n{}", "unknown-theme",
            at: "site.json:1:11", hint: "did you mean \"fency\"?"),
        Mistake(
            "a folder of content that is not there", "-- site.json --\n{\"content\": \"contnt\"}",
            "missing-folder", at: "site.json:1:13", hint: "did you mean \"content\"?"),
        Mistake(
            "a folder of files that is not there", "-- site.json --\n{\"static\": {\"pictures\": \"/img/\"}}",
            "missing-folder", at: "site.json:1:25"),
        Mistake(
            "a comma too many", "-- site.json --\n{\"title\": \"T\",}", "unreadable-data",
            at: "site.json:1:15"),
        Mistake(
            "a zone that is none", "-- site.json --\n{\"timeZone\": \"Europe/Berln\"}", "unknown-time-zone",
            at: "site.json:1:14", hint: "Europe/Berlin"),
        Mistake(
            "a base URL that is none", "-- site.json --\n{\"baseURL\": \"example.org\"}", "invalid-base-url",
            at: "site.json:1:13"),
        Mistake(
            "a token that is none", "-- site.json --\n{\"permalinks\": {\"blog\": \"/:yeer/\"}}",
            "unknown-permalink-token", at: "site.json:1:25", hint: ":year"),
    ]

    /// Slips with which the site is published all the same.
    static let slips: [Mistake] = [
        Mistake(
            "two addresses that differ in case", "-- content/b.md --\n---\nurl: /A/\n---", "case-collision",
            at: "content/b.md:1:1"),
        Mistake(
            "an address with a template in it",
            "-- content/b.md --\n---\npermalink: /x/{{ title }}/\n---", "template-in-url",
            at: "content/b.md:2:12"),
        Mistake(
            "a key that does nothing", "-- content/b.md --\n---\nmenu: main\n---", "key-without-effect",
            at: "content/b.md:2:7", hint: "site.json"),
        Mistake(
            "a word that is in no language", "-- templates/page.html --\n{{ t(\"nope\") }}",
            "missing-translation",
            at: "templates/page.html:1:4", hint: "i18n/en.yml"),
        Mistake(
            "a link to no source", "-- content/b.md --\n[x](aa.md)", "broken-link", at: "content/b.md:1:5",
            hint: "did you mean \"a.md\"?"),
        Mistake(
            "a link to no page", "-- content/b.md --\n[x](/nowhere/)", "broken-link", at: "content/b.md:1:5"),
        Mistake(
            "a part that is not there", "-- content/b.md --\n[x](#helo)\n\n## Hello", "broken-anchor",
            at: "content/b.md:1:5", hint: "did you mean \"#hello\"?"),
        Mistake(
            "an image that is not there", "-- content/b.md --\n![x](x.png)", "broken-image",
            at: "content/b.md:1:6"),
        Mistake(
            "a component that is not there", "-- content/b.md --\n{{< figur >}}", "unknown-component",
            at: "content/b.md:1:1", hint: "did you mean \"figure\"?"),
        Mistake("Liquid", "-- content/b.md --\n{% include x.html %}", "liquid-tag", at: "content/b.md:1:1"),
        Mistake(
            "a key near another", "-- content/b.md --\n---\ndescrption: x\n---", "unknown-key",
            at: "content/b.md:2:1", hint: "did you mean \"description\"?"),
        Mistake(
            "a draft that would be published", "-- content/b.md --\n---\ndrafts: true\n---", "unknown-key",
            at: "content/b.md:2:1", hint: "did you mean \"draft\"?"),
        Mistake(
            "a page in the place of a list",
            "-- content/tags.md --\n---\ntags: [a]\n---", "replaced-list", at: "content/tags.md:1:1"),
        Mistake(
            "a section in the place of a list",
            "-- site.json --\n{\"taxonomies\": {\"tags\": {\"path\": \"blog\"}}}\n-- content/blog/b.md --\n---\ntags: [a]\n---",
            "replaced-list", at: "site.json:1:34", hint: "another path"),
        Mistake(
            "a configuration key near another", "-- site.json --\n{\"titel\": \"T\"}", "unknown-key",
            at: "site.json:1:2", hint: "did you mean \"title\"?"),
        Mistake(
            "two spellings of a tag",
            "-- content/b.md --\n---\ntags: [Swift]\n---\n-- content/c.md --\n---\ntags: [swift]\n---",
            "term-spelling", at: "content/c.md:2:8"),
        Mistake(
            "a title that turns text around", "-- content/b.md --\n---\ntitle: \"a \u{202E}b\"\n---",
            "bidi-control", at: "content/b.md:2:8"),
        Mistake(
            "HTML where it is switched off",
            "-- site.json --\n{\"markdown\": {\"rawHTML\": false}}\n-- content/b.md --\n<div>x</div>",
            "raw-html-dropped", at: "content/b.md:1:1"),
        Mistake(
            "a template that a page names", "-- content/b.md --\n---\ntemplate: articel\n---",
            "unknown-template", at: "content/b.md:2:11"),
        Mistake(
            "a section that the configuration names",
            "-- site.json --\n{\"posts\": [\"contentt\"]}", "missing-section", at: "site.json:1:12"),
        Mistake(
            "a code that no finding has", "-- site.json --\n{\"check\": {\"broken-lnk\": \"off\"}}",
            "unknown-code",
            at: "site.json:1:12", hint: "did you mean \"broken-link\"?"),
        Mistake(
            "a redirect to nowhere", "-- site.json --\n{\"redirects\": {\"/old/\": \"\"}}",
            "invalid-redirect",
            at: "site.json:1:25"),
        Mistake(
            "dates from a history that is not there", "-- site.json --\n{\"gitDates\": {\"updated\": true}}",
            "no-history", at: "site.json:1:14"),
        Mistake(
            "a template of another generator", "-- content/x.html --\n---\ntitle: X\n---\n",
            "unprocessed-file",
            at: "content/x.html:1:1"),
        Mistake(
            "an alias that is a pattern", "-- content/b.md --\n---\naliases: [\"/old/*\"]\n---",
            "alias-pattern", at: "content/b.md:2:11"),
    ]
}
