import Site
import Testing
import Text

/// Findings that say what to write instead.
@Suite struct HelpfulFindingTests {
    /// The findings of a template of one page, as `code: message (hint)`.
    private func findings(_ template: String, more: String = "") -> [String] {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            \(template)
            -- templates/home.html --
            x
            -- templates/section.html --
            x
            -- content/blog/a.md --
            ---
            title: A
            score: 5
            ---
            A
            -- content/blog/b.md --
            B
            \(more)
            """)
        expectBuild(site)
        var told: [String] = []
        for finding in site.findings {
            let text = "\(finding.code.name): \(finding.message) (\(finding.hint ?? ""))"
            if !told.contains(text) { told.append(text) }
        }
        return told
    }

    @Test(arguments: [
        #""highlight": {"lineNumbers": true}"#, #""images": {"widths": [400]}"#, #""search": true"#,
        #""deploy": {"to": "x"}"#, #""images": {"quality": 7}"#,
    ])
    func aKeyThatDoesNothingYetIsTold(_ key: String) {
        expectSite(
            "-- site.json --\n{\(key)}\n-- content/a.md --\nA\n", [:],
            findings: [
                key.hasPrefix("\"images") && key.contains("widths")
                    ? "key-without-effect site.json:1:23"
                    : "key-without-effect site.json:1:\(key.hasPrefix("\"images") ? 24 : key.utf8.split(separator: UInt8(ascii: ":"))[0].count + 4)"
            ])
        expectSite(
            "-- site.json --\n{\"search\": false, \"highlight\": {}, \"images\": {\"sizes\": true}}\n-- content/a.md --\nA\n",
            [:])
    }

    @Test func thereIsNoAddressOfTheSiteToPutBeforeAPage() {
        #expect(
            findings("{{ site.url }}{{ page.url }}") == [
                "undefined-value: 'site object' has no attribute 'url' (page.permalink is the whole address of a page; of a file it is {{ \"/file\" | absolute_url }})"
            ])
    }

    @Test(arguments: [
        "{{ site.pages | sort(attribute='params.score') | length }}",
        "{{ site.pages | groupby('params.score') | length }}",
        "{{ site.pages | max(attribute='params.score') }}",
    ])
    func whatHasNothingToBeSortedByIsLeftOut(_ template: String) {
        #expect(
            findings(template) == [
                "undefined-value: 'dict object' has no attribute 'score' (to sort, leave out what has no value: … | selectattr(\"…\") | sort(…))"
            ])
    }

    @Test func whatCannotBeAddedIsLeftOut() {
        #expect(
            findings("{{ site.pages | sum(attribute='params.score') }}") == [
                "undefined-value: 'dict object' has no attribute 'score' (leave out what has no value: … | selectattr(\"…\") | sum(…))"
            ])
    }

    @Test(arguments: [
        ("content/blog/c.md", "[x](content/blog/a.md)", "did you mean \"a.md\"?"),
        ("content/blog/c.md", "[x](../a.md)", "did you mean \"a.md\"?"),
        ("content/docs/c.md", "[x](a.md)", "did you mean \"@/blog/a.md\"?"),
        ("content/blog/c.md", "[x](2026-04-11-walk/)", "write \"2026-04-11-walk/index.md\""),
        ("content/c.md", "[x](blog/2026-04-11-walk/)", "write \"blog/2026-04-11-walk/index.md\""),
        ("content/c.md", "[x](blog/_index.md)", "that section has no file of its own: write \"/blog/\""),
        (
            "content/docs/c.md", "[x](../blog/_index.md)",
            "that section has no file of its own: write \"/blog/\""
        ),
    ])
    func aBrokenLinkSaysWhatToWrite(_ path: String, _ text: String, _ hint: String) {
        let found = findings(
            "{{ page.content }}",
            more: "-- \(path) --\n\(text)\n-- content/blog/2026-04-11-walk/index.md --\nW\n")
        #expect(found.count == 1 && found.first?.hasSuffix("(\(hint))") == true, "\(found)")
    }

    @Test(arguments: [
        ("{{ stylesheet('main.scss') }}", "style sheets in .scss"),
        ("{{ script('app.ts') }}", "scripts in .ts"),
        ("{{ script('app.jsx', module=true) }}", "scripts in .jsx"), ("{{ stylesheet('a.css') }}", nil),
        ("{{ asset('main.scss') }}", nil),
    ])
    func aFileThatNoBrowserReadsIsTold(_ template: String, _ words: String?) {
        let found = findings(
            template,
            more:
                "-- assets/main.scss --\na\n-- assets/app.ts --\na\n-- assets/app.jsx --\na\n-- assets/a.css --\na{}\n"
        )
        if let words {
            #expect(found.count == 1 && found[0].contains("unprocessed-file") && found[0].contains(words))
        } else {
            #expect(found == [])
        }
    }

    @Test(arguments: [
        ("{{ stylesheet('assets/css/main.css') }}", "paths count from assets/: write \"css/main.css\""),
        (
            "{{ stylesheet('css/style.css') }}",
            "that file is published as it is: write {{ \"/css/style.css\" | relative_url }}, or move it to assets/"
        ),
        ("{{ load_data('https://x.y/z.json') }}", "a build fetches nothing: keep a copy in data/"),
    ])
    func aFileThatIsElsewhereIsFound(_ template: String, _ hint: String) {
        let found = findings(
            template, more: "-- assets/css/main.css --\na{}\n-- static/css/style.css --\na{}\n")
        #expect(found.count == 1 && found[0].hasSuffix("(\(hint))"), "\(found)")
        if template.contains("https") { #expect(found[0].contains("\"https://x.y/z.json\"")) }
    }
}
