import Engine
import Files
import Site
import Testing
import Text

/// What each step of the flow passes on, and where an edit stops: one small site, one edit each.
///
/// The steps are those of `content/docs/architecture.md`; then every kind of thing that can be read, and every
/// kind of edit.
@Suite struct FlowTests {
    private static func site() -> SiteUnderTest {
        let site = SiteUnderTest(text)
        expectBuild(site, ["index.html": "B /b/", "a/index.html": "<em>a</em>", "b/index.html": "href=\"/a/\""])
        return site
    }

    /// Step 1: the folder has another name in it, the list of pages and files is equal.
    @Test func aDroppingOfAnEditorStopsAtTheListOfFiles() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/a.md~ --\nx\n", ran: "?F1 ran", written: "?F1 written")
    }

    /// Step 2: a head changes where nobody looks.
    @Test func aKeyNobodyReadsStopsAtTheHead() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\ntags: [t]\nunread: 1\n---\nText of *a*.\n", ran: "?F2 ran", written: "?F2 written")
    }

    /// Step 3: other Markdown, equal HTML.
    @Test func anotherWayToWriteTheSameStopsAtTheBody() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\ntags: [t]\n---\nText of _a_.\n", ran: "?F3 ran", written: "?F3 written")
    }

    /// Step 4: a date changes, the order of the lists does not; feeds and the sitemap print it.
    @Test func aDateThatKeepsTheOrderStopsAtTheCatalogue() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/b.md --\n---\ntitle: B\ndate: 2026-01-03\n---\nSee [a](a.md). {{< box >}}\n", ran: "?F4 ran", written: "?F4 written")
    }

    /// Step 5: a template says the same.
    @Test func aCommentStopsAtTheProgram() {
        let site = Self.site()
        expectRebuilt(site, after: "-- templates/head.html --\n{# why #}<head>\n", ran: "?F5 ran", written: "?F5 written")
    }

    /// Step 6: a page is rendered again, to the same bytes. The feeds name its title as it is written.
    @Test func equalBytesAreNotWritten() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/a.md --\n---\ntitle: a\ndate: 2026-01-01\ntags: [t]\n---\nText of *a*.\n", ran: "?F6 ran", written: "?F6 written")
    }

    /// Step 7: a description is read by feeds, not by the sitemap.
    @Test func feedsAndSitemapReadTheirFieldsOnly() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\ntags: [t]\ndescription: D\n---\nText of *a*.\n", ran: "?F7 ran", written: "?F7 written")
    }

    /// Step 8: a tag loses its page.
    @Test func whatIsNoLongerWantedIsRemoved() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-01\n---\nText of *a*.\n", ran: "?F8 ran", written: "?F8 written", removed: "?F8 removed")
    }

    /// A value of a data file: its readers; another value of the file: nobody.
    @Test func aValueIsReadByItsPath() {
        let site = Self.site()
        expectRebuilt(site, after: "-- data/d.yml --\nx: 2\ny: 2\n", ran: "?F9 ran", written: "?F9 written")
        expectRebuilt(site, after: "-- data/d.yml --\nx: 2\ny: 3\n", ran: "?F10 ran", written: "?F10 written")
    }

    /// Absence: a data file that was looked for in vain.
    @Test func aFileThatWasMissingAppears() {
        let site = Self.site()
        expectRebuilt(site, after: "-- data/none.json --\n3\n", ran: "?F11 ran", written: "?F11 written")
        expectRebuilt(site, after: "-- data/none.json (deleted) --", ran: "?F12 ran", written: "?F12 written")
    }

    /// The environment: a variable that a template reads, and one that it does not.
    @Test func aVariableIsReadByName() {
        let site = Self.site()
        site.world.environment["X"] = "set"
        expectRebuilt(site, ran: "?F13 ran", written: "?F13 written")
        site.world.environment["Y"] = "set"
        expectRebuilt(site, ran: "?F14 ran", written: "?F14 written")
    }

    /// The command line: another base URL.
    @Test func aFlagChanges() {
        let site = Self.site()
        site.world.options.baseURL = "https://other.example/sub/"
        expectRebuilt(site, ran: "?F15 ran", written: "?F15 written")
    }

    /// The command line: drafts.
    @Test func drafts() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/d.md --\n---\ntitle: D\ndraft: true\n---\n", ran: "?F16 ran", written: "?F16 written")
        site.world.options.drafts = true
        expectRebuilt(site, ran: "?F17 ran", written: "?F17 written")
    }

    /// The clock: later on the same day nothing, on the next day who prints it.
    @Test func aNewDayComes() {
        let site = Self.site()
        site.world.now = World.instant("2026-06-01T20:00:00Z")
        expectRebuilt(site, ran: "?F18 ran", written: "?F18 written")
        site.world.now = World.instant("2026-06-02T01:00:00Z")
        expectRebuilt(site, ran: "?F19 ran", written: "?F19 written")
    }

    /// The clock: a page whose time comes, and goes back.
    @Test func aPageOfTheFutureAppears() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/f.md --\n---\ntitle: F\ndate: 2026-06-05\n---\n", ran: "?F20 ran", written: "?F20 written")
        site.world.now = World.instant("2026-06-05T00:00:00Z")
        expectRebuilt(site, ran: "?F21 ran", written: "?F21 written")
        site.world.now = World.instant("2026-06-01T00:00:00Z")
        expectRebuilt(site, ran: "?F22 ran", written: "?F22 written", removed: "?F22 removed")
    }

    /// Content: a page comes, changes its name, goes.
    @Test func aPageIsAddedRenamedAndDeleted() {
        let site = Self.site()
        expectRebuilt(site, after: "-- content/c.md --\n---\ntitle: C\n---\nC.\n", ran: "?F23 ran", written: "?F23 written")
        expectRebuilt(site, after: "-- content/e.md (renamed from content/c.md) --", ran: "?F24 ran", written: "?F24 written", removed: "?F24 removed")
        expectRebuilt(site, after: "-- content/e.md (deleted) --", ran: "?F25 ran", written: "?F25 written", removed: "?F25 removed")
    }

    /// A template: the pages it writes.
    @Test func aTemplateIsEdited() {
        let site = Self.site()
        expectRebuilt(site, after: "-- templates/section.html --\n[{{ page.title }}]\n", ran: "?F26 ran", written: "?F26 written")
    }

    /// An include: the pages that include it; without it, an error, and nothing is published.
    @Test func anIncludeIsEditedAndVanishes() {
        let site = Self.site()
        expectRebuilt(site, after: "-- templates/head.html --\n<head lang>\n", ran: "?F27 ran", written: "?F27 written")
        expectRebuilt(site, after: "-- templates/head.html (deleted) --", ran: "?F28 ran", written: "?F28 written")
        expectRebuilt(site, after: "-- templates/head.html --\n<head lang>\n", ran: "?F29 ran", written: "?F29 written")
    }

    /// A component: the bodies that call it.
    @Test func aComponentIsEdited() {
        let site = Self.site()
        expectRebuilt(site, after: "-- templates/components/box.html --\nnew box\n", ran: "?F30 ran", written: "?F30 written")
    }

    /// A template for links: the bodies; those without links stay as they are.
    @Test func anElementGetsATemplate() {
        let site = Self.site()
        expectRebuilt(site, after: "-- templates/render/link.html --\n<a class=x href=\"{{ destination }}\">{{ content }}</a>\n", ran: "?F31 ran", written: "?F31 written")
        expectRebuilt(site, after: "-- templates/render/link.html (deleted) --", ran: "?F32 ran", written: "?F32 written")
    }

    /// The configuration by path: a parameter that is read, one that is not.
    @Test func aParameterChanges() {
        let site = Self.site()
        site.replace("\"a\": 1", by: "\"a\": 9", in: "site.json")
        expectRebuilt(site, ran: "?F33 ran", written: "?F33 written")
        site.replace("\"b\": 2", by: "\"b\": 9", in: "site.json")
        expectRebuilt(site, ran: "?F34 ran", written: "?F34 written")
    }

    /// The words of the interface: one that is printed, one that is not.
    @Test func aTextOfTheInterfaceChanges() {
        let site = Self.site()
        expectRebuilt(site, after: "-- i18n/en.yml --\nhello: Hi\nbye: Bye\n", ran: "?F35 ran", written: "?F35 written")
        expectRebuilt(site, after: "-- i18n/en.yml --\nhello: Hi\nbye: See you\n", ran: "?F36 ran", written: "?F36 written")
    }

    /// An asset: who names it, and the file under its new name.
    @Test func anAssetChanges() {
        let site = Self.site()
        expectRebuilt(site, after: "-- assets/a.css --\nb {}\n", ran: "?F37 ran", written: "?F37 written", removed: "?F37 removed")
    }

    /// A static file: the copy.
    @Test func aCopiedFileChanges() {
        let site = Self.site()
        expectRebuilt(site, after: "-- static/f.txt --\ng\n", ran: "?F38 ran", written: "?F38 written")
        expectRebuilt(site, after: "-- static/g.txt --\ng\n", ran: "?F39 ran", written: "?F39 written")
    }

    /// A theme's file of the same name as the site's: it is not even looked at.
    @Test func theThemeOverridesNothing() {
        let site = Self.site()
        expectRebuilt(site, after: "-- themes/plain/templates/page.html --\nother\n", ran: "?F40 ran", written: "?F40 written")
    }

    private static let text = """
        -- site.json --
        {"title": "Flow", "baseURL": "https://example.org", "theme": "plain", "environment": ["X"], "params": {"a": 1, "b": 2}}
        -- content/a.md --
        ---
        title: A
        date: 2026-01-01
        tags: [t]
        ---
        Text of *a*.
        -- content/b.md --
        ---
        title: B
        date: 2026-01-02
        ---
        See [a](a.md). {{< box >}}
        -- templates/page.html --
        {% include "head.html" %}{{ page.title | upper }} {{ page.content }} {{ site.data.d.x }} {{ t("hello") }}
        -- templates/home.html --
        {% for p in site.posts %}{{ p.title }} {{ p.url }}
        {% endfor %}{{ site.params.a }} {{ env("X") }} {{ load_data("data/none.json") }} {{ now("day") | date("%Y-%m-%d") }} {{ asset("a.css") }}
        -- templates/section.html --
        {{ page.title }} {{ page.count }}
        -- templates/taxonomy.html --
        {{ page.title }}
        -- templates/head.html --
        <head>
        -- templates/components/box.html --
        box
        -- data/d.yml --
        x: 1
        y: 2
        -- i18n/en.yml --
        hello: Hello
        bye: Bye
        -- assets/a.css --
        a {}
        -- static/f.txt --
        f
        -- themes/plain/theme.json --
        {}

        """
}
