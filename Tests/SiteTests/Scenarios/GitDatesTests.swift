import Site
import Testing
import Text

/// Dates out of the history of Git, as an option.
@Suite struct GitDatesTests {
    private static let files = """
        -- site.json --
        {
          "gitDates": {"updated": true, "created": ["notes"]}
        }
        -- templates/page.html --
        {{ page.date | date("%F") if page.date else "undated" }} {{ page.updated | date("%F") if page.updated else "never" }}
        -- templates/section.html --
        {% for p in section.pages %}{{ p.title }} {% endfor %}
        -- content/about.md --
        About.
        -- content/notes/_index.md --
        Notes.
        -- content/notes/old.md --
        Old.
        -- content/notes/own.md --
        ---
        date: 2019-05-06
        updated: 2019-07-08
        ---
        -- content/notes/new.md --
        New.

        """
    private static let first = "1111111111111111111111111111111111111111"
    private static let second = "2222222222222222222222222222222222222222"
    /// 2020-01-02 and 2021-01-02.
    private static let log =
        "\u{1}1609556645 0bbd\u{0}\nM\u{0}content/notes/old.md\u{0}A\u{0}content/notes/new.md\u{0}\u{0}"
        + "\u{1}1577934245 \u{0}\nA\u{0}content/notes/old.md\u{0}A\u{0}content/notes/own.md\u{0}A\u{0}content/about.md\u{0}A\u{0}content/notes/_index.md\u{0}"

    private func site(_ head: String?, _ log: String = log) -> SiteUnderTest {
        let site = SiteUnderTest(Self.files)
        site.world.probes["git:head"] = head
        site.world.probes["git:log \(Self.first)"] = log
        return site
    }

    @Test func pagesHaveTheDatesOfTheirFiles() {
        expectBuild(
            site("full \(Self.first)"),
            [
                "about/index.html": "undated 2020-01-02", "notes/old/index.html": "2020-01-02 2021-01-02",
                "notes/new/index.html": "2021-01-02 2021-01-02",
                "notes/own/index.html": "2019-05-06 2019-07-08",
                "notes/index.html": "New Old Own",
            ])
    }

    @Test func aCommitWakesThePagesItTouched() {
        let site = site("full \(Self.first)")
        expectBuild(site)
        site.world.probes["git:head"] = "full \(Self.second)"
        site.world.probes["git:log \(Self.second)"] =
            "\u{1}1640995200 1111\u{0}\nM\u{0}content/about.md\u{0}\u{0}" + Self.log
        expectRebuilt(
            site,
            ran: """
                page-meta content/about.md
                page-output en:content/about.md
                sitemap-output
                git-dates
                """,
            written: """
                about/index.html
                sitemap.xml
                """)
    }

    /// A history is the same for ever, that Git cannot tell it is not: a clone without its folders may get them.
    @Test(arguments: [nil, "none could not read tree 5f6e"])
    func aHistoryThatComesLaterCounts(_ refusal: String?) {
        let site = site("full \(Self.first)")
        site.world.probes["git:log \(Self.first)"] = refusal
        expectBuild(site, ["about/index.html": "undated never"])
        let message = site.findings.first?.message
        #expect(
            message?.hasSuffix(refusal == nil ? Self.first : ": could not read tree 5f6e") == true,
            "\(message ?? "")")
        site.world.probes["git:log \(Self.first)"] = Self.log
        expectRebuilt(
            site,
            ran: """
                page-meta content/about.md
                page-meta content/notes/_index.md
                page-meta content/notes/new.md
                page-meta content/notes/old.md
                catalog en
                link-check en:content/notes/new.md
                link-check en:content/notes/old.md
                page-output en:@404
                page-output en:@archive
                page-output en:@home
                page-output en:@section/notes
                page-output en:content/about.md
                page-output en:content/notes/new.md
                page-output en:content/notes/old.md
                feed-output atom:en:@home
                feed-output atom:en:@section/notes
                sitemap-output
                output-manifest
                git-dates
                site-summary
                """, written: nil)
        #expect(site.findings.isEmpty)
    }

    @Test(
        arguments: [
            (nil, "no Git"), ("none not a git repository", "not a git repository"),
            ("none there is no commit yet", "no commit"),
            ("shallow \(Self.first)", "cut off"), ("full \(Self.second)", "does not tell"),
        ] as [(String?, String)])
    func aLackOfHistoryIsAFinding(_ head: String?, _ message: String) {
        let site = site(head)
        expectBuild(site)
        #expect(site.findings.map(\.code.name) == ["no-history"])
        #expect(site.findings.first?.message.contains(message) == true)
        #expect(site.findings.first?.location?.line == 2)
    }

    /// What a shallow clone says of the commit at which it is cut off is no date.
    @Test func datesAtTheCutOfAShallowCloneDoNotCount() {
        expectBuild(
            site("shallow \(Self.first)"),
            ["about/index.html": "undated never", "notes/old/index.html": "2021-01-02 2021-01-02"])
    }

    @Test(arguments: [
        // Moved without an edit, then edited.
        (
            "\u{1}30 b\u{0}\nM\u{0}content/notes/new.md\u{0}\u{0}\u{1}20 a\u{0}\nR100\u{0}content/x.md\u{0}content/notes/new.md\u{0}\u{0}\u{1}10 \u{0}\nA\u{0}content/x.md\u{0}",
            "1970-01-01 00:00:10"
        ),
        // Deleted, and back again.
        (
            "\u{1}30 b\u{0}\nA\u{0}content/notes/new.md\u{0}\u{0}\u{1}20 a\u{0}\nD\u{0}content/notes/new.md\u{0}\u{0}\u{1}10 \u{0}\nA\u{0}content/notes/new.md\u{0}",
            "1970-01-01 00:00:30"
        ),
    ])
    func aFilesOwnHistoryCounts(_ log: String, _ created: String) {
        let site = site("full \(Self.first)", log)
        site.edit("-- templates/page.html --\n{{ page.date | date(\"%F %T\") if page.date }}\n")
        expectBuild(site, ["notes/new/index.html": created])
    }
}
