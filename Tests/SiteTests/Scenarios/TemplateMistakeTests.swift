import Site
import Testing
import Text

/// Mistakes in templates that would otherwise give a wrong page and say nothing, and what is no mistake.
@Suite struct TemplateMistakeTests {
    /// What a template finds that is rendered for a site of two posts: messages with their hints.
    private func findings(_ template: String, _ more: String = "") -> [String] {
        let site = SiteUnderTest(
            """
            -- templates/home.html --
            \(template)
            -- templates/page.html --
            x
            -- templates/section.html --
            x
            -- templates/term.html --
            x
            -- templates/taxonomy.html --
            x
            -- content/blog/2026-01-01-a.md --
            ---
            title: A
            tags: [it's]
            day: "2026-02-30"
            ---
            -- content/blog/2026-01-02-b.md --
            ---
            title: B
            tags: [it's]
            ---
            \(more)
            """)
        expectBuild(site)
        return site.findings.map { "\($0.message)\($0.hint.map { " — " + $0 } ?? "")" }
    }

    /// As in Jinja2 with StrictUndefined, which fails.
    @Test(arguments: [
        ("sort(attribute='titel')", "'page object' has no attribute 'titel' — did you mean \"title\"?"),
        (
            "sort(attribute='title,date.yaer')",
            "'date object' has no attribute 'yaer' — did you mean \"year\"?"
        ),
        ("where('titel', 'A')", "'page object' has no attribute 'titel' — did you mean \"title\"?"),
        ("group_by('date.yaer')", "'date object' has no attribute 'yaer' — did you mean \"year\"?"),
        ("selectattr('drft')", "'page object' has no attribute 'drft' — did you mean \"draft\"?"),
        (
            "selectattr('drft', 'equalto', true)",
            "'page object' has no attribute 'drft' — did you mean \"draft\"?"
        ),
        ("rejectattr('draftt')", "'page object' has no attribute 'draftt' — did you mean \"draft\"?"),
        ("unique(attribute='titel')", "'page object' has no attribute 'titel' — did you mean \"title\"?"),
        ("map(attribute='titel')", "'page object' has no attribute 'titel' — did you mean \"title\"?"),
        ("map(attribute='tags.0.nmae')", "'page object' has no attribute 'nmae' — did you mean \"name\"?"),
    ])
    func aMisspeltAttributeIsToldOnce(_ filter: String, _ finding: String) {
        #expect(findings("{{ site.posts | \(filter) | list | length }}") == [finding])
    }

    /// Heads may lack a key of `params`, and pages a date; `defined` and `default` ask whether it is there.
    @Test(arguments: [
        "sort(attribute='params.x')", "where('params.x')", "group_by('params.x')", "selectattr('params.x.y')",
        "rejectattr('params.x')", "unique(attribute='params.x')", "map(attribute='params.x')",
        "selectattr('x', 'defined')", "rejectattr('x', 'undefined')", "map(attribute='x', default=1)",
        "group_by('updated.year')", "where('series.count', 1)", "sort(attribute='section.date.year')",
    ])
    func whatMayLackIsNoMistake(_ filter: String) {
        #expect(findings("{{ site.posts | \(filter) | list | length }}") == [])
    }

    /// Who asked for Jinja's usual leniency has it here too.
    @Test func whereUndefinedIsLenientNothingIsTold() {
        let filters = [
            "where('titel')", "group_by('titel')", "sort(attribute='titel')", "selectattr('titel')",
        ]
        #expect(
            findings(
                filters.map { "{{ site.posts | \($0) | list | length }}" }.joined(),
                "-- site.json --\n{\"baseURL\": \"https://example.org\", \"templates\": {\"undefined\": \"lenient\"}}\n"
            )
                == [])
    }

    @Test(arguments: [
        (
            "{{ site.posts[0].date | date('loong') }}",
            "\"loong\" is no date format, and is printed as it is — did you mean \"long\"?"
        ),
        (
            "{{ site.posts[0].date | date('iso') }}",
            "\"iso\" is no date format, and is printed as it is — a pattern such as %-d %B %Y, or one of iso8601, rfc3339, rfc822, rfc2822, date, full, long, medium, short"
        ),
        (
            "{{ 'soon' | date }}",
            "date takes a date, not the text \"soon\" — text is a date when it looks like 2026-01-02 or 2026-01-02T15:04:05+01:00"
        ),
        ("{{ site.posts[1].params.day | date }}", "\"2026-02-30\" is a date that does not exist"),
        (
            "{{ site.posts[0].date - site.posts[1].date }}",
            "unsupported operand type(s) for -: 'date' and 'date' — dates compare with dates alone; how far apart two are is a difference of seconds: (a.timestamp - b.timestamp) // 86400 are days"
        ),
        (
            "{{ site.posts[0].date < '2026' }}",
            "'<' not supported between instances of 'date' and 'str' — dates compare with dates alone; how far apart two are is a difference of seconds: (a.timestamp - b.timestamp) // 86400 are days"
        ),
        (
            "{{ site.posts | jsonify }}",
            "jsonify takes no page: what of it? — name what is wanted: {\"title\": page.title, \"url\": page.url} | jsonify"
        ),
        ("{{ {'s': site} | jsonify }}", "jsonify takes no site — name what of it is wanted"),
        (
            "{{ image('/a.png', width=20) }}",
            "image() makes no picture of another size: width and height do nothing — write them as attributes of the img element, or lay a smaller picture beside it"
        ),
        (
            "{{ image('no.png') }}",
            "there is no image \"no.png\" — a picture of another page is image(\"…\", page=item), its own is item.image_url"
        ),
        ("{{ image('no.png', page=site.posts[0]) }}", "there is no image \"no.png\""),
        (
            "{{ image('a.png', page='x') }}",
            "the page of image() is no page — write image(\"a.jpg\", page=item)"
        ),
    ])
    func valuesThatMeanNothingAreTold(_ template: String, _ finding: String) {
        #expect(findings(template, "-- static/a.png --\nx\n") == [finding])
    }

    /// A text that is there and does not serve is not a text that is not there.
    @Test(arguments: [
        (
            "x: {one: a}",
            "the text \"x\" in i18n/en.yml has no form for this call — add the form \"other\", which holds where no other does"
        ),
        ("x: [a]", "the text \"x\" in i18n/en.yml is neither text nor a map of forms"),
        ("y: a", "there is no text \"x\" in i18n/ for \"en\" — add it to i18n/en.yml"),
    ])
    func aTextOfTheInterfaceThatDoesNotServeIsTold(_ text: String, _ finding: String) {
        #expect(findings("{{ t('x', count=3) }}", "-- i18n/en.yml --\n\(text)\n") == [finding])
    }

    @Test func theSameFileInAnotherFolderIsMeant() {
        #expect(
            findings(
                "{% include 'x.html' %}",
                "-- templates/partials/x.html --\nx\n-- templates/a.html --\nx\n") == [
                    "there is no template \"x.html\" in templates/ or in the theme — did you mean \"partials/x.html\"?"
                ])
    }
}
