import Site
import Testing
import Text

/// Menus and redirects of `site.json`: what their addresses mean, and what is wrong with them.
@Suite struct MenuTests {
    @Test func anAddressOfAMenuMeansOnePlaceOnAllPages() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"baseURL": "https://hill.example/x/", "languages": {"en": {}, "de": {}},
             "menus": {"main": [{"name": "Blog", "url": "blog"}, {"name": "A", "url": "content/blog/a.md#part"},
               {"name": "About", "url": "@/about.md"}, {"name": "Old", "url": "/about/"}, {"name": "File", "url": "cv.pdf"},
               {"name": "Part", "url": "#top"}, {"name": "Far", "url": "https://example.org/"},
               {"name": "More", "icon": "plus", "children": [{"title": "Below", "url": "./about/?x=1"}]}]}}
            -- templates/page.html --
            {% for item in site.menus.main %}{{ item.url or item.children[0].url }} {% endfor %}
            -- content/about.md --
            A
            -- content/about.de.md --
            A
            -- content/blog/a.md --
            ## Part
            -- static/cv.pdf --
            x

            """)
        let rest = "/x/about/ /x/cv.pdf #top https://example.org/ /x/about/?x=1 "
        expectBuild(
            site,
            [
                "about/index.html": "/x/blog/ /x/blog/a/#part /x/about/ " + rest,
                // A source means its translation, where there is one.
                "de/about/index.html": "/x/blog/ /x/blog/a/#part /x/de/about/ " + rest,
            ])
        // A page that moves takes the menu along.
        site.edit("-- content/blog/a.md --\n---\nslug: b\n---\n## Part\n")
        expectBuild(site, ["about/index.html": "/x/blog/ /x/blog/b/#part /x/about/ "])
    }

    @Test func whatIsWrongWithAMenuIsSaidOnceAndWhere() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {
              "menus": {"main": [
                {"nam": "Blog", "url": "/blog/"},
                {"name": "Nowhere", "url": "/blgo/"},
                {"name": "Draft", "url": "draft.md"},
                {"name": "No address"},
                {"url": "https://example.org/", "icon": "star"},
                {"name": "Below", "children": [{"name": "x", "urk": "/blog/"}]}
              ]},
              "redirects": {"/old/": "/blog/a/", "/older/": "/blog/b/", "/far/": {"to": "https://example.org/"}}
            }
            -- content/blog/a.md --
            A
            -- content/draft.md --
            ---
            draft: true
            ---
            -- content/other.md --
            B

            """)
        let places = """
            site.json:3:6 an entry of the menu "main" has no key "nam" (did you mean "name"?)
            site.json:6:5 an entry of the menu "main" has no "url" (write {"name": "About", "url": "/about/"})
            site.json:7:5 an entry of the menu "main" has no "name" (write {"name": "About", "url": "/about/"})
            site.json:8:50 an entry of the menu "main" has no key "urk" (did you mean "url"?)
            site.json:4:32 the link "/blgo/" of the menu "main" leads nowhere (did you mean "/blog/"?)
            site.json:5:30 the link "draft.md" of the menu "main" leads nowhere (content/draft.md is a draft)
            site.json:10:49 the redirect from "/older/" to "/blog/b/" leads nowhere
            """
        expectBuild(site)
        #expect(Self.told(site) == places.split(separator: "\n").map { String($0) }.sorted())
        // The page is written: the check looks again, nothing else that names it does.
        expectRebuilt(
            site, after: "-- content/blog/b.md --\nB\n",
            ran: """
                content-tree en
                page-meta content/blog/b.md
                catalog en
                page-body content/blog/b.md
                link-check en:content/blog/b.md
                page-output en:@home
                page-output en:@section/blog
                page-output en:content/blog/b.md
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                settings-check
                """, written: nil)
        #expect(Self.told(site).allSatisfy { !$0.contains("older") })
    }

    /// A page that no page is made of, under its address, its source and a redirect; and where a file stands in its place.
    @Test func whatIsNotRenderedIsNowhere() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {
              "menus": {"main": [
                {"name": "A", "url": "/hidden/"},
                {"name": "B", "url": "hidden.md"},
                {"name": "C", "url": "/moved/"},
                {"name": "D", "url": "/LICENSE.md"},
                {"name": "E", "url": "LICENSE.md"},
                {"name": "F", "url": "@/LICENSE.md"}
              ]},
              "redirects": {"/old/": "/hidden/", "/moved/": "/shown/"}
            }
            -- content/hidden.md --
            ---
            render: false
            ---
            -- content/moved.md --
            ---
            render: false
            ---
            -- content/shown.md --
            [a](/LICENSE.md) [b](../LICENSE.md) [c](NOTICE.md) [d](/moved/)
            -- static/LICENSE.md --
            MIT

            """)
        let hint = "(its head says that no page is made of it; lead to another, or let it be rendered)"
        let told = [
            "content/shown.md:1:41 there is no page \"NOTICE.md\"",
            "site.json:10:26 the redirect from \"/old/\" to \"/hidden/\" leads nowhere: content/hidden.md is not rendered \(hint)",
            "site.json:3:26 the link \"/hidden/\" of the menu \"main\" leads nowhere: content/hidden.md is not rendered \(hint)",
            "site.json:4:26 the link \"hidden.md\" of the menu \"main\" leads nowhere: content/hidden.md is not rendered \(hint)",
            "site.json:8:26 the link \"@/LICENSE.md\" of the menu \"main\" leads nowhere",
        ]
        expectBuild(site)
        #expect(Self.told(site) == told)
        site.edit("-- content/hidden.md --\nB\n-- static/LICENSE.md (deleted) --\n")
        expectBuild(site)
        #expect(
            site.findings.map(\.code.name) == Array(repeating: "broken-link", count: 6)
                && !Self.told(site).contains { $0.contains("hidden") })
    }

    @Test func anEntryThatIsNoMapIsNoEntry() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"menus": {"main": ["Blog"]}}
            -- content/blog/a.md --
            A

            """)
        expectSiteFails(site, told: ["site.json:1:21 element 1 of main should be a map, not \"Blog\""])
    }

    @Test func aSiteWithoutAnAddressIsToldSoOnce() {
        let site = SiteUnderTest("-- content/a.md --\nA\n-- content/b.md --\nB\n")
        expectBuild(site)
        #expect(site.allFindings.map(\.code.name) == ["missing-base-url"])
        // A path alone is an address for links, but not for those who read feeds.
        site.edit("-- site.json --\n{\"baseURL\": \"/x/\"}\n")
        expectBuild(site)
        #expect(site.allFindings.map(\.code.name) == ["missing-base-url"])
        site.edit("-- site.json --\n{\"baseURL\": \"https://hill.example/x/\"}\n")
        expectBuild(site)
        #expect(site.allFindings.isEmpty)
    }

    private func expectSiteFails(
        _ site: SiteUnderTest, told: [String],
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        for problem in site.check() { Issue.record("\(problem)", sourceLocation: sourceLocation) }
        #expect(Self.told(site) == told, sourceLocation: sourceLocation)
    }

    /// The findings but for skipped pages: place, message and hint, sorted.
    private static func told(_ site: SiteUnderTest) -> [String] {
        site.findings.map { finding in
            let place = finding.location.map { "\($0.path.text):\($0.line):\($0.column) " } ?? ""
            return place + finding.message + (finding.hint.map { " (\($0))" } ?? "")
        }.sorted()
    }
}
