import Glibc
import TestSupport

/// What most expressions and edits of one site are about. Were they about everything, an edit would rarely be of what
/// somebody asks for.
struct ExpressionTopic: Sendable {
    /// Expressions that have one of these in them.
    var asked: [String]
    /// Beginnings of paths of pages.
    var paths: [String] = []
    /// Keys of heads.
    var heads: [String] = []
    /// Keys of `site.json`.
    var configurations: [String] = []
    /// Beginnings of paths of other files.
    var files: [String] = []

    static let all: [ExpressionTopic] = [
        // Names that mean something in names of parts of a catalogue.
        ExpressionTopic(
            asked: ["\"c/", "\"c#/", "[0:5]", "x:y", "a b/"],
            paths: ["content/c", "content/x:y/", "content/a b/"], heads: ["list", "date"]),
        ExpressionTopic(
            asked: ["taxonomies[\"c", "terms.c", "terms[\"c", "in site.taxonomies"],
            paths: ["content/blog/p", "content/c"], heads: ["c", "\"c#\"", "\"c.d\"", "taxonomies", "list"],
            configurations: ["taxonomies"]),
        ExpressionTopic(asked: ["series"], paths: ["content/blog/p"], heads: ["series", "list", "date"]),
        ExpressionTopic(
            asked: [".tags", ".terms", ".categories", "site.taxonomies"],
            paths: ["content/blog/p", "content/tags/"],
            heads: ["tags", "categories", "taxonomies", "list", "render", "draft", "cascade"],
            configurations: ["taxonomies", "urls"], files: ["templates/t"]),
        ExpressionTopic(
            asked: ["ref", "link", "post_url", "](", "url_for", "\"foo"],
            paths: [
                "content/blog/p", "content/other/", "content/foo", "content/c/", "content/blog/foo",
                "content/de/",
            ],
            heads: ["list", "render", "draft", "slug", "url", "aliases", "publishDate", "redirectTo", "zx"],
            configurations: ["languages", "permalinks", "content", "urls", "check"],
            files: ["templates/render/"]),
        ExpressionTopic(
            asked: ["site.data.x", "data/x.json"], files: ["data/x.json", "themes/mine/data/x.json"]),
        ExpressionTopic(
            asked: ["site.data", "load_data"], configurations: ["data", "theme"],
            files: ["data/", "themes/mine/data/"]),
        ExpressionTopic(
            asked: ["site.params", "param \""],
            configurations: ["params", "languages", "environments", "theme"],
            files: ["themes/mine/theme.json"]),
        ExpressionTopic(
            asked: [".params", "param \""], paths: ["content/blog/p1", "content/blog/_index"],
            heads: ["params", "f", "m", "\"a.b\"", "\"a|b\"", "\"\"", "a", "cascade"]),
        ExpressionTopic(
            asked: ["site.menus"], paths: ["content/blog/p1", "content/top", "content/other/"],
            heads: ["url", "slug", "draft", "render"], configurations: ["menus", "languages"]),
        ExpressionTopic(
            asked: ["asset(", "stylesheet(", "script(", "image", "file_url", "resources", "static}", ".png"],
            heads: ["image", "images", "resources"],
            configurations: ["static", "ignore", "theme", "seo", "images", "baseURL"],
            files: ["assets/", "themes/mine/assets/", "static/", "themes/mine/static/", "extra/", "content/"]),
        ExpressionTopic(
            asked: [".section", "params", "get_page", ".ancestors", ".parent", "site.sections", "site.home"],
            paths: ["content/blog/", "content/_index", "content/c", "content/de/", "content/en/"],
            heads: ["cascade", "transparent", "sortBy", "lang", "translationKey"],
            configurations: ["content", "languages", "language", "posts", "permalinks"]),
        ExpressionTopic(
            asked: [
                "paginator", "section.", "site.posts", "site.pages", "related", "next", "previous",
                "backlinks",
            ],
            paths: ["content/blog/", "content/other/"],
            heads: [
                "date", "weight", "list", "render", "draft", "title", "sortBy", "paginateBy",
                "paginateReversed",
                "paginatePath", "transparent", "pageTemplate", "expires", "publishDate", "tags",
            ], configurations: ["pagination", "posts", "feeds"]),
        ExpressionTopic(
            asked: [
                "include", "import", "extends", "t(\"", "seo", "feeds", "NOTE", "{{<", "todo", "# H", "now(",
                "env(",
            ],
            heads: ["template", "description", "summary", "canonical", "authors", "noIndex", "robots"],
            configurations: [
                "theme", "templates", "markdown", "language", "languages", "feeds", "author", "seo",
                "environment",
            ], files: ["templates/", "themes/", "i18n/"]),
        ExpressionTopic(
            asked: [
                ".content", ".summary", ".own_summary", ".excerpt", ".toc", ".headings", ".word_count",
                ".reading_time",
            ],
            paths: ["content/blog/", "content/other/p3"],
            heads: ["summary", "excerptSeparator", "url", "slug", "render", "insertAnchorLinks"],
            configurations: ["markdown", "urls", "baseURL", "images", "highlight"],
            files: ["templates/render/", "templates/components/", "i18n/"]),
        // Anything at all.
        ExpressionTopic(asked: [""], paths: [""], files: [""]),
    ]

    /// The expressions that are about it, each kind by itself.
    var expressions: [[WorldExpression]] {
        WorldExpression.kinds.map { kind in
            // Texts are compared slowly where nothing is optimized.
            kind.filter { expression in asked.contains { unsafe strstr(expression.code, $0) != nil } }
        }.filter { !$0.isEmpty }
    }

    /// One of what there is, mostly of the topic.
    static func pick<Element>(
        _ all: [Element], _ random: inout RandomSource, where isAsked: (Element) -> Bool
    ) -> Element {
        if random.below(4) > 0 {
            let some = all.filter(isAsked)
            if !some.isEmpty { return random.pick(some) }
        }
        return random.pick(all)
    }

    func path(_ all: [String], _ random: inout RandomSource) -> String {
        Self.pick(all, &random) { path in paths.contains { path.hasPrefix($0) } }
    }

    func head(_ random: inout RandomSource) -> (String, [String]) {
        Self.pick(ExpressionSiteParts.heads, &random) { heads.contains($0.0) }
    }

    func configuration(_ random: inout RandomSource) -> (String, [String]) {
        Self.pick(ExpressionSiteParts.configurations, &random) { configurations.contains($0.0) }
    }

    func file(_ all: [String], _ random: inout RandomSource) -> String {
        Self.pick(all, &random) { path in files.contains { path.hasPrefix($0) } }
    }
}
