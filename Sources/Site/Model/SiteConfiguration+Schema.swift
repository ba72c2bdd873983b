public import Formats

extension SiteConfiguration {
    /// What `site.json` may hold: the one declaration of its keys, types and defaults.
    public static let schema = Schema.object(
        properties + [
            .init(
                "environments", .map(.object(properties)),
                "What differs by the name of the environment: `production`, `development` or your own.")
        ])

    private static let texts = Schema.oneOf(.string, .list(.string))

    private static let properties: [Schema.Property] = [
        .init("$schema", .string, "The JSON Schema of this file, as `site schema` prints it."),
        .init("title", .scalar, "The name of the site; without it, the name of its folder.", default: "\"\""),
        .init("description", .scalar, "What the site is about, in one or two sentences.", default: "\"\""),
        .init(
            "baseURL", .string, "Where the site will be, with its path: `https://example.org/blog/`.",
            default: "\"\""),
        .init(
            "language", .string, "The language of the content, as BCP 47: `en`, `pt-BR`.", default: "\"en\""),
        .init(
            "timeZone", .string, "The zone of dates that are written without one, by IANA name.",
            default: "\"UTC\""),
        .init(
            "author", .oneOf(.string, .list(.any), .map(.any)),
            "Who wrote what names no author: a name, or a map with `name`, `email`, `url`.", default: "null"),
        .init(
            "theme", .string,
            "The folder in `themes/`; without it, the theme that comes with the product.", default: "null"),
        .init("params", .map(.any), "Your own values, in templates `site.params`.", default: "{}"),
        .init(
            "menus", .map(.list(.map(.any))), "Menus by name: lists of items with `name` and `url`.",
            default: "{}"),
        .init(
            "permalinks", .map(.string),
            "Patterns of URLs by section: `{\"posts\": \"/:year/:month/:slug/\"}`.", default: "{}"),
        .init(
            "taxonomies",
            .map(
                .object([
                    .init("path", .string, "The first part of its URLs; without it, its name."),
                    .init("feeds", .boolean, "Whether each term has feeds."),
                    .init("paginate", .integer(0...100_000), "Pages a page of a term; 0 for all."),
                    .init(
                        "hierarchical", .boolean, "Whether a term `a/b` belongs to `a` as well.",
                        default: "false"),
                    .init(
                        "fromFolder", .boolean,
                        "Whether a dated page that names no term has its folder's name for one.",
                        default: "false"),
                    .init(
                        "thin", .integer(0...100_000), "Terms of fewer pages are kept from search engines.",
                        default: "0"),
                ])), "The ways to group pages.", default: "{\"tags\": {}, \"categories\": {}}"),
        .init(
            "pagination",
            .object([
                .init("size", .integer(1...100_000), "Items a page.", default: "10"),
                .init("path", .string, "The word before the number in URLs.", default: "\"page\""),
                .init(
                    "order", .choice(["newest", "oldest"]), "Which end of a list its first part has.",
                    default: "\"newest\""),
            ]), "How long lists are cut."),
        .init(
            "feeds",
            .object([
                .init(
                    "formats", .list(.choice(["atom", "rss", "json"])), "Which feeds are written.",
                    default: "[\"atom\"]"),
                .init("limit", .integer(1...100_000), "Entries a feed.", default: "20"),
                .init(
                    "content", .choice(["full", "summary"]), "Whether entries hold the whole text.",
                    default: "\"full\""),
                .init("sections", .boolean, "Whether sections have feeds.", default: "true"),
                .init("terms", .boolean, "Whether terms have feeds.", default: "true"),
                .init(
                    "emails", .boolean, "Whether Atom feeds tell the e-mail addresses of authors.",
                    default: "false"),
            ]), "Atom, RSS and JSON feeds."),
        .init(
            "markdown",
            .object([
                .init(
                    "rawHTML", .boolean,
                    "Whether HTML in Markdown is kept; turn it off for authors you do not trust.",
                    default: "true"),
                .init(
                    "smartPunctuation", .boolean,
                    "Whether straight quotes, dashes and dots are made typographic.", default: "false"),
                .init(
                    "headingIDs", .choice(["github", "ascii", "kramdown", "none"]),
                    "How headings get their ids: GitHub's way, Zola's (`ascii`), Jekyll's (`kramdown`), or not at all.",
                    default: "\"github\""),
                .init("alerts", .boolean, "Whether `> [!NOTE]` is an alert.", default: "true"),
                .init(
                    "math", .boolean,
                    "Whether `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]` and code blocks in `math` are formulas.",
                    default: "false"),
                .init(
                    "attributes", .boolean,
                    "Whether `{#id .class}` after headings and blocks sets attributes.", default: "true"),
            ]), "How Markdown is read."),
        .init(
            "highlight",
            .object([
                .init("light", .string, "No effect yet: the style of code in light mode."),
                .init("dark", .string, "No effect yet: the style of code in dark mode."),
                .init("lineNumbers", .boolean, "No effect yet: whether code has line numbers."),
            ]), "No effect yet: how code is coloured."),
        .init(
            "images",
            .object([
                .init(
                    "widths", .list(.integer(1...20_000)), "No effect yet: widths in pixels to make."),
                .init(
                    "formats", .list(.choice(["avif", "webp", "jpeg", "png"])),
                    "No effect yet: formats to make."),
                .init("quality", .integer(1...100), "No effect yet: quality of lossy formats."),
                .init(
                    "sizes", .boolean,
                    "Whether images in Markdown get `width` and `height` from their files.",
                    default: "true"),
            ]), "How images are written."),
        .init(
            "search", .oneOf(.boolean, .map(.any)), "No effect yet: the search of the site."),
        .init(
            "seo",
            .object([
                .init(
                    "image", .string, "The picture of pages that have none of their own.", default: "\"\""),
                .init(
                    "imageAlt", .scalar, "What that picture shows; without it, the title of the site.",
                    default: "\"\""),
            ]), "What search engines and social networks are told."),
        .init("posts", texts, "The sections whose dated pages are posts; without it, all.", default: "null"),
        .init(
            "languages",
            .map(
                .object([
                    .init("name", .string, "Its name in itself."),
                    .init("title", .string, "The site's title in it."),
                    .init("description", .string, "The site's description in it."),
                    .init("contentFolder", .string, "Its folder below `content`."),
                    .init("weight", .integer, "Its order; low first.", default: "0"),
                    .init("params", .map(.any), "Values that differ in it."),
                    .init("menus", .map(.list(.map(.any))), "Menus that differ in it."),
                ])), "The languages of the site by code.", default: "{}"),
        .init(
            "templates",
            .object([
                .init(
                    "autoescape", .boolean, "Whether values are escaped in `.html` and `.xml` templates.",
                    default: "true"),
                .init(
                    "trimBlocks", .boolean, "Whether the line break after a block tag is dropped.",
                    default: "true"),
                .init(
                    "lstripBlocks", .boolean, "Whether blanks before a block tag on its line are dropped.",
                    default: "true"),
                .init(
                    "undefined", .choice(["strict", "lenient"]),
                    "Whether printing something undefined is a finding.", default: "\"strict\""),
                .init(
                    "limits",
                    .object([
                        .init(
                            "depth", .integer(1...200),
                            "How deep macros, blocks, includes and imports may be nested.", default: "100"),
                        .init("steps", .integer(1...Int.max), "How many steps may be taken."),
                        .init("outputBytes", .integer(1...Int.max), "How many bytes a template may print."),
                        .init("stringBytes", .integer(1...Int.max), "How many bytes one text may have."),
                        .init("listCount", .integer(1...Int.max), "How many elements one list may have."),
                    ]), "Bounds on what a template may do.", default: "{}"),
            ]), "How templates run."),
        .init(
            "outputs", .map(.any), "Further outputs by kind of page: `{\"page\": [\"json\"]}`.", default: "{}"
        ),
        .init(
            "urls",
            .object([
                .init(
                    "style", .choice(["pretty", "file", "bare"]), "`/about/`, `/about.html` or `/about`.",
                    default: "\"pretty\""),
                .init(
                    "slugs", .choice(["unicode", "ascii", "hugo", "pelican"]),
                    "Whether slugs keep letters outside ASCII; `hugo` and `pelican` are what these make of names.",
                    default: "\"unicode\""),
                .init(
                    "trailingSlash", .boolean, "Whether URLs of pretty style end in a slash.", default: "true"
                ),
                .init(
                    "aliases", .choice(["site", "page"]),
                    "Where an alias without a slash at its start counts from: the site's root, or the folder of the page's address as in Hugo.",
                    default: "\"site\""),
            ]), "How URLs look."),
        .init(
            "redirects",
            .map(
                .oneOf(
                    .string,
                    .object([
                        .init("to", .string, "Where it leads."),
                        .init(
                            "status", .integer(200...410),
                            "What hosts that read `_redirects` answer.", default: "301"),
                    ]))), "Old URLs and where they lead.", default: "{}"),
        .init(
            "headers", .map(.map(.oneOf(.scalar, .list(.scalar)))),
            "HTTP header fields by path, written to `_headers` for hosts that read it: `{\"/assets/*\": {\"Cache-Control\": \"max-age=31536000\"}}`; redirects are then written to `_redirects` as well.",
            default: "null"),
        .init(
            "gitDates",
            .object([
                .init(
                    "updated", .boolean,
                    "Whether `updated` is the date of a file's last commit where a page says none.",
                    default: "false"),
                .init(
                    "created", texts,
                    "The sections whose undated pages have the date of their file's first commit.",
                    default: "[]"),
            ]), "Dates out of the history of Git."),
        .init(
            "ignore", texts,
            "Patterns of files that do not count: names (`draft.md`, `private/`), or paths from the site's folder or the content folder on (`notes/**`).",
            default: "[]"),
        .init("environment", texts, "Names of variables that templates may read.", default: "[]"),
        .init("content", .string, "The folder of content.", default: "\"content\""),
        .init("data", .string, "The folder of data files.", default: "\"data\""),
        .init(
            "static", .map(.string),
            "Further folders that are published as they are, and at which address: `{\"assets\": \"/assets/\"}`.",
            default: "{}"),
        .init(
            "check",
            .object(
                [
                    .init("ignore", texts, "Patterns of links that are not checked.", default: "[]")
                ], others: .choice(["error", "warning", "note", "off"])),
            "Levels of findings by code: `{\"broken-link\": \"error\"}`."),
        .init(
            "serve",
            .object([
                .init("port", .integer(0...65535), "The port of the preview.", default: "4000"),
                .init("host", .string, "The address of the preview.", default: "\"127.0.0.1\""),
                .init("open", .boolean, "Whether a browser is opened.", default: "false"),
                .init("hosts", texts, "More names by which browsers may call the preview.", default: "[]"),
                .init(
                    "editor", .string,
                    "A link that opens an editor, with `{path}`, `{line}` and `{column}` in it; without it `$EDITOR` decides."
                ),
            ]), "The preview."),
        .init("deploy", .map(.any), "No effect yet: where and how the site is published."),
    ]

    /// The JSON Schema of `site.json`, draft 2020-12: what `site schema` prints.
    public static var jsonSchema: [UInt8] { schema.jsonSchema(title: "site.json") }

    /// All defaults, as one value.
    public static let defaults: DataValue = defaults(of: schema)

    private static func defaults(of schema: Schema) -> DataValue {
        guard case .object(let properties, _) = schema.shape else { return .null }
        var entries: [(key: String, value: DataValue)] = []
        for property in properties where property.name != "environments" && property.name != "$schema" {
            if let json = property.defaultJSON {
                entries.append((property.name, DataValue(typed: json)))
            } else if case .object = property.schema.shape {
                entries.append((property.name, defaults(of: property.schema)))
            }
        }
        return DataValue(entries)
    }
}
