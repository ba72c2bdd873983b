import Engine
import Files
import Site
import Testing
import Text

/// What a page depends on that shows some of the pages that filters select and order: on those, and no others.
@Suite struct QueryFlowTests {
    private static func site() -> SiteUnderTest {
        let site = SiteUnderTest(text)
        expectBuild(site, ["index.html": "Alpha;Beta;", "about/index.html": "3 featured, last Gamma"])
        return site
    }

    /// The order of the list depends on all titles; that of the first two does not.
    @Test func theTitleOfAPageThatIsNotShownStopsAtTheQuery() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- content/delta.md --\n---\ntitle: Epsilon\ndate: 2026-01-04\n---\nD.\n",
            ran: """
                page-meta content/delta.md
                page-output en:content/delta.md
                feed-output atom:en:@home
                page-query en|posts|selectattr('date') | sort(attribute='title')
                """,
            written: """
                atom.xml
                delta/index.html
                """)
    }

    /// Which pages come first is another matter: those that show them are rendered again.
    @Test func theTitleThatBringsAPageToTheFrontIsSeen() {
        let site = Self.site()
        expectRebuilt(
            site, after: "-- content/delta.md --\n---\ntitle: Aardvark\ndate: 2026-01-04\n---\nD.\n",
            ran: """
                page-meta content/delta.md
                page-output en:@home
                page-output en:content/delta.md
                feed-output atom:en:@home
                page-query en|posts|selectattr('date') | sort(attribute='title')
                """,
            written: """
                atom.xml
                delta/index.html
                index.html
                """)
        expectBuild(site, ["index.html": "Aardvark;Alpha;"])
    }

    /// A page that shows how many there are, and the last, depends on nothing else.
    @Test func oneMoreInTheMiddleIsSeenByWhoCounts() {
        let site = Self.site()
        expectRebuilt(
            site,
            after: "-- content/delta.md --\n---\ntitle: Delta\ndate: 2026-01-04\nfeatured: true\n---\nD.\n",
            ran: """
                page-meta content/delta.md
                page-output en:content/about.md
                page-query en|posts|selectattr('params.featured') | sort(attribute='title')
                page-query en|posts|where('params.featured')
                """,
            written: "about/index.html")
        expectBuild(site, ["about/index.html": "4 featured, last Gamma"])
    }

    private static let text = """
        -- site.json --
        {"theme": "plain", "title": "T"}
        -- themes/plain/theme.json --
        {}
        -- templates/page.html --
        {{ page.title }}
        -- templates/about.html --
        {{ site.posts | where("params.featured") | length }} featured, last {{ (site.posts | selectattr("params.featured") | sort(attribute="title") | last).title }}
        -- templates/home.html --
        {% for p in (site.posts | selectattr("date") | sort(attribute="title"))[:2] %}{{ p.title }};{% endfor %}
        -- content/about.md --
        ---
        title: About
        template: about.html
        ---
        -- content/beta.md --
        ---
        title: Beta
        date: 2026-01-02
        featured: true
        ---
        B.
        -- content/alpha.md --
        ---
        title: Alpha
        date: 2026-01-01
        featured: true
        ---
        A.
        -- content/gamma.md --
        ---
        title: Gamma
        date: 2026-01-03
        featured: true
        ---
        C.
        -- content/delta.md --
        ---
        title: Delta
        date: 2026-01-04
        ---
        D.

        """
}
