import Engine
import Templates
import TestSupport
import Text

@testable import Site

/// One thing that a template or a text can ask of the world. Each stands on a page of its own: where a page asks many
/// things, any change wakes it, and one that was not recorded hides behind the others.
struct WorldExpression: Sendable {
    /// Who asks.
    enum Place: String, Sendable {
        /// A page that stands in no list, of the rest of the site.
        case stranger
        /// A page like any other, of itself.
        case page
        /// A section that is cut into parts, of itself.
        case list
        /// A text.
        case text
    }

    let place: Place
    /// A template or a text; or, where it is asked in ways, what is asked.
    let code: String
    /// Whether it is asked in one of the ways in which anything can be.
    var hasWays = true

    /// Whole templates and texts that somebody has thought of, the documentation's examples among them.
    static let written: [WorldExpression] = writtenKinds.flatMap { $0 }

    /// So many of them, each kind as likely as any other; most of them about something.
    static func some(
        _ count: Int, about topic: ExpressionTopic, _ random: inout RandomSource
    ) -> [WorldExpression] {
        let ofTopic = topic.expressions
        return (0..<count).map { index in
            let expression = random.pick(random.pick(index % 4 == 0 ? kinds : ofTopic))
            if !expression.hasWays { return expression }
            let code = filled(random.pick(ways), expression.code)
            return WorldExpression(place: expression.place, code: code, hasWays: false)
        }
    }

    static let kinds: [[WorldExpression]] =
        [ofPages, ofPages, ofPages, ofSections, ofSite, ofTaxonomies, ofData, ofData] + writtenKinds

    private static let writtenKinds: [[WorldExpression]] = [
        WrittenExpressions.templates.map { .init(place: .stranger, code: $0, hasWays: false) },
        WrittenExpressions.own.map { .init(place: .page, code: $0, hasWays: false) },
        WrittenExpressions.texts.map { .init(place: .text, code: $0, hasWays: false) },
        // `kwargs` are what a component has.
        SiteLanguage.entries.filter { !$0.example.contains("kwargs") }.map {
            .init(place: .page, code: $0.example, hasWays: false)
        },
    ]

    /// The attributes of pages, of each page that can be named.
    private static let ofPages: [WorldExpression] = PageAttribute.allCases.flatMap { attribute in
        subjects.map { WorldExpression(place: $0.place, code: "(\($0.code)).\(attribute.name)") }
    }

    /// The same for what `paginator` and `section` are on a section's page.
    private static let ofSections: [WorldExpression] =
        (paginatorAttributes.map { "paginator.\($0)" } + PageAttribute.allCases.map { "section.\($0.name)" })
        .map { WorldExpression(place: .list, code: $0) }

    /// The attributes of `site`.
    private static let ofSite: [WorldExpression] = SiteView.shared.knownAttributes.map {
        WorldExpression(place: .stranger, code: "site.\($0.text)")
    }

    /// The attributes of taxonomies.
    private static let ofTaxonomies: [WorldExpression] = ["tags", "c", "c#", "c.d"].flatMap { taxonomy in
        taxonomyAttributes.map {
            WorldExpression(place: .stranger, code: "(site.taxonomies[\"\(taxonomy)\"] or {}).\($0)")
        }
    }

    /// Data of the site, of heads, of the configuration and of files.
    private static let ofData: [WorldExpression] = WrittenExpressions.data.map {
        WorldExpression(place: .stranger, code: $0)
    }

    /// What the attributes of these two are: their views are there only where a catalogue is.
    static let paginatorAttributes: [String] = withCatalog { catalog, page in
        PaginatorView(catalog: catalog, page: page, number: 1).knownAttributes.map(\.text)
            .filter { $0 != "url_of" }
    }
    static let taxonomyAttributes: [String] = withCatalog { catalog, _ in
        TaxonomyView(catalog: catalog, taxonomy: CatalogTaxonomy(name: [], page: -1, terms: []))
            .knownAttributes.map(\.text)
    }

    private static func withCatalog(_ body: (Catalog, CatalogPage) -> [String]) -> [String] {
        let site = SiteUnderTest("-- content/a.md --\n---\ntags: [a]\n---\n")
        let project = site.build().project
        guard let catalog = project.engine.value(of: CatalogRule.self, "en") else { return [] }
        return body(catalog, catalog.page(at: 0))
    }

    /// Pages, by how a template comes to them.
    private static let subjects: [(place: Place, code: String)] = [
        (.page, "page"), (.page, "page"), (.page, "section"),
        (.page, "page.next or {}"), (.page, "page.previous or {}"), (.page, "page.parent or {}"),
        (.stranger, "get_page(\"blog/p1.md\") or {}"), (.stranger, "get_page(\"blog/p1.md\") or {}"),
        (.stranger, "get_page(\"blog/p1.md\") or {}"), (.stranger, "get_page(\"other/p3.md\") or {}"),
        (.stranger, "get_page(\"blog/_index.md\") or {}"), (.stranger, "get_page(\"blog/b/index.md\") or {}"),
        (.stranger, "(get_page(\"blog/p1.md\") or {}).section or {}"),
        (.stranger, "((get_page(\"blog/p1.md\") or {}).tags or [])[0] or {}"),
        (.stranger, "((get_page(\"blog/p1.md\") or {}).translations or [])[0] or {}"),
        (.stranger, "((get_page(\"blog/p1.md\") or {}).related or [])[0] or {}"),
        (.stranger, "((get_page(\"blog/p1.md\") or {}).backlinks or [])[0] or {}"),
        (.stranger, "((get_page(\"blog/p1.md\") or {}).series or [])[0] or {}"),
        (.stranger, "((get_page(\"blog/p1.md\") or {}).ancestors or [])[0] or {}"),
        (.stranger, "site.posts[0] or {}"), (.stranger, "site.pages[0] or {}"),
        (.stranger, "site.top_pages[0] or {}"),
        (.stranger, "site.sections[0] or {}"), (.stranger, "site.home"), (.stranger, "site.archive or {}"),
        (.stranger, "(site.taxonomies.tags or {}).page or {}"),
        (.stranger, "((site.taxonomies.tags or {}).terms or [])[0] or {}"),
        (.stranger, "(site.taxonomies.tags or {})[\"a\"] or {}"),
    ]

    /// Ways to ask something, `$`, whatever it is.
    private static let ways =
        [
            "{{ $ | default('-') | string }}", "{{ $ is mapping }}", "{{ $ is defined }}",
            "{% if $ %}yes{% endif %}", "{{ $ is none }}", "{{ $ == 'a' }}", "{{ $ == 1 }}",
            "{% if $ is string or $ is none or $ is number %}{{ $ | jsonify }}{% endif %}",
        ]
        + [
            "{{ $ | length }}", "{{ $ | map(attribute='title') | join(',') }}",
            "{{ $ | map(attribute='url') | join(',') }}", "{{ $ | first | default('-') }}",
            "{{ $ | last | default('-') }}", "{{ 'a' in $ }}", "{{ ($ or [])[:2] | length }}",
            "{% for x in $ %}{{ loop.index }}{% else %}none{% endfor %}",
        ].map { "{% if $ is sequence and $ is not string and $ is not mapping %}\($0){% endif %}" }
        + ["{{ $ | list | join(',') }}", "{{ 'k' in $ }}", "{{ $ | length }}"].map {
            "{% if $ is mapping and $ is iterable %}\($0){% endif %}"
        }
        + [
            "{{ ($ or {})[0] | default('-') }}", "{{ ($ or {}).k | default('-') }}",
            "{{ ($ or {})['a.b'] | default('-') }}",
        ]

    private static func filled(_ way: String, _ subject: String) -> String {
        way.split(separator: "$", omittingEmptySubsequences: false).joined(
            separator: subject.contains("|") ? "(\(subject))" : subject)
    }
}
