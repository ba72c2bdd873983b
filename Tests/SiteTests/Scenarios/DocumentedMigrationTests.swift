import Foundation
import Site
import TestSupport
import Testing
import Text

/// The configurations that the documentation gives to who comes from another generator.
@Suite struct DocumentedMigrationTests {
    @Test(
        "The configuration in the documentation keeps the addresses of a generator",
        arguments: [
            (
                "Jekyll",
                """
                -- _posts/2022-01-02-My-First-Post.md --
                ---
                categories: jekyll update
                ---
                ![i](/assets/i.png)
                -- about.md --
                ---
                permalink: /about/
                ---
                -- docs/My_Page.v2.md --
                ---
                ---
                -- README.md --
                No page.
                -- assets/i.png --
                i
                -- _data/people.yml --
                lead: Ann
                -- templates/home.html --
                {{ site.data.people.lead }}

                """,
                [
                    "jekyll/update/2022/01/02/My-First-Post.html", "about/index.html", "assets/i.png",
                    "docs/My_Page.v2.html",
                ]
            ),
            (
                "Hugo",
                """
                -- content/posts/first.md --
                ---
                date: 2024-01-15
                series: [S1]
                aliases: [older]
                ---
                -- content/posts/trip/index.md --
                Text.
                -- content/posts/2020-01-02-my_file.v2.md --
                ---
                series: [C++]
                ---

                """,
                [
                    "posts/first/index.html", "posts/older/index.html", "posts/trip/index.html",
                    "posts/2020-01-02-my_file.v2/index.html", "series/c++/index.html",
                    "series/s1/index.html", "rss.xml",
                ]
            ),
            (
                "Zola",
                """
                -- content/blog/_index.md --
                +++
                paginate_by = 1
                +++
                -- content/blog/2023-01-05-First-Post.md --
                +++
                [taxonomies]
                authors = ["Me"]
                +++
                -- content/blog/2023-01-06-b.md --
                Text.
                -- content/blog/lingüística.md --
                Text.
                -- templates/section.html --
                {{ paginator.total }}

                """,
                [
                    "blog/first-post/index.html", "blog/page/2/index.html", "blog/linguistica/index.html",
                    "authors/me/index.html", "atom.xml",
                ]
            ),
            (
                "Pelican",
                """
                -- content/news/one.md --
                Title: One more
                Date: 2024-01-02
                Category: Python
                Tags: a, b

                Text.
                -- content/Travel/two.md --
                Title: Don't löve
                Date: 2024-01-03

                Text.
                -- content/pages/about.md --
                Title: About

                Text.

                """,
                [
                    "one-more.html", "dont-love.html", "pages/about.html", "tag/a/index.html",
                    "category/python/index.html",
                    "category/travel/index.html",
                ]
            ),
            (
                "Eleventy",
                """
                -- posts/one.md --
                ---
                title: One
                permalink: false
                ---
                -- posts/two.md --
                Text.
                -- _data/site.json --
                {}

                """, ["posts/two/index.html"]
            ),
        ])
    func documentedConfigurations(generator: String, files: String, outputs: [String]) throws {
        let page = try String(
            contentsOfFile: Repository.root + "/content/docs/coming-from.md", encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n## \(generator)\n").dropFirst().first)
        let json = try #require(
            section.components(separatedBy: "```json\n").dropFirst().first?.components(separatedBy: "```")
                .first)
        let site = SiteUnderTest("-- site.json --\n\(json)" + files)
        expectBuild(site)
        for output in outputs { #expect(site.output(output) != nil, "\(output)") }
        #expect(!site.outputs.contains { $0.lowercased().contains("readme") })
        #expect(site.findings.filter { $0.severity != .note }.map(\.message) == [])
    }
}
