import Site
import Testing
import Text

/// Old addresses of feeds: what is there is a feed, since no reader of feeds follows a page of HTML.
@Suite struct FeedAddressTests {
    private static let post = """
        -- content/blog/a.md --
        ---
        title: First
        date: 2026-01-01
        ---
        A

        """

    private func site(_ configuration: String, home: String = "title: Home") -> SiteUnderTest {
        SiteUnderTest(
            "-- site.json --\n{\"baseURL\": \"https://example.org/p/\", \"feeds\": {\"formats\": [\"atom\", \"rss\", \"json\"]}\(configuration)}\n-- content/_index.md --\n---\n\(home)\n---\n"
                + Self.post)
    }

    @Test(arguments: [
        (#", "redirects": {"/feed.xml": "/atom.xml"}"#, "feed.xml", "atom.xml"),
        (
            #", "redirects": {"/old/feed.json": {"to": "https://example.org/p/feed.json"}}"#, "old/feed.json",
            "feed.json"
        ),
        (
            #", "redirects": {"/feed.xml": "/index.xml", "/index.xml": "blog/rss.xml"}"#, "feed.xml",
            "blog/rss.xml"
        ),
    ])
    func aRedirectToAFeedIsTheFeed(_ redirects: String, _ copy: String, _ feed: String) {
        let site = site(redirects)
        expectBuild(site, [copy: "First"])
        #expect(site.output(copy) == site.output(feed) && site.findings.isEmpty)
        // It changes with it.
        expectRebuilt(
            site, after: Self.post.replacing("First", with: "Second"), ran: nil, written: nil)
        #expect(site.output(copy) == site.output(feed) && site.output(copy)?.contains("Second") == true)
    }

    @Test(arguments: [("index.xml", "atom.xml"), ("index.rss", "rss.xml"), ("index.json", "feed.json")])
    func anAliasOfAPageIsItsFeed(_ alias: String, _ feed: String) {
        let site = site("", home: "title: Home\naliases: [/\(alias)]")
        expectBuild(site)
        #expect(site.output(alias) == site.output(feed) && site.output(feed) != nil)
        #expect(site.findings.isEmpty)
    }

    @Test func aFileOfThatNameIsCopied() {
        let site = site(
            #", "redirects": {"/a.json": "/b.json", "/c.xml": "/atom.xml", "/sitemap_index.xml": "/sitemap.xml"}"#
        )
        site.edit("-- static/b.json --\n{}\n-- static/atom.xml --\n<feed/>\n")
        expectBuild(site, ["a.json": "{}", "c.xml": "<feed/>", "sitemap_index.xml": "/p/blog/a/</loc>"])
        #expect(site.findings.isEmpty)
    }

    @Test(arguments: [
        (#", "redirects": {"/feed.xml": "/blog/"}"#, "title: Home", "site.json:1:113"),
        (#", "redirects": {"/feed.xml": "https://example.com/feed.xml"}"#, "title: Home", "site.json:1:113"),
        ("", "title: Home\naliases: [/old/, /index.atom]", nil),
    ])
    func whatIsNoFeedIsTold(_ redirects: String, _ home: String, _ place: String?) {
        let site = site(redirects, home: home)
        expectBuild(site)
        let found = site.findings.map {
            "\($0.code.name) \($0.location.map { "\($0.path.text):\($0.line):\($0.column)" } ?? "")"
        }
        #expect(found == (place.map { ["redirect-as-html \($0)"] } ?? []), "\(site.findings)")
    }

    /// A host that reads `_redirects` leads on itself.
    @Test func aHostLeadsOnItself() {
        let site = site(#", "headers": {}, "redirects": {"/feed.xml": "/atom.xml", "/x.xml": "/blog/"}"#)
        expectBuild(site, ["_redirects": "/p/feed.xml /p/atom.xml 301"])
        #expect(site.output("feed.xml") == nil && site.findings.isEmpty)
    }
}
