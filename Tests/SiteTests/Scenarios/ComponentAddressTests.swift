import Site
import Testing
import Text

/// Addresses in components: what a text is made of knows nothing of where the site lies.
@Suite struct ComponentAddressTests {
    private static func site(_ component: String, baseURL: String = "https://e.org/base/") -> SiteUnderTest {
        SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "\(baseURL)"}
            -- templates/page.html --
            {{ page.content }}
            -- templates/section.html --
            x
            -- templates/components/c.html --
            \(component)
            -- content/posts/a.md --
            ---
            date: 2026-01-01
            ---
            {{< c >}}
            -- content/posts/b.md --
            ---
            date: 2026-01-02
            ---
            B
            -- content/posts/c/index.md --
            ---
            title: C
            ---
            ![p](pic.png) [b](../b.md) <!--more-->
            -- content/posts/c/pic.png --
            png

            """)
    }

    /// Pages have one address there, whoever looks at it.
    @Test(arguments: ["https://e.org/base/", "https://e.org/"])
    func aQueryInAComponentSeesTheAddressesThatTheComponentSees(_ baseURL: String) {
        let site = Self.site(
            #"[{% for p in site.posts | selectattr("url", "equalto", "/posts/b/") %}{{ p.url }}{% endfor %}|{% for p in site.posts if p.url == "/posts/b/" %}{{ p.url }}{% endfor %}|{{ (site.posts | where("url", "/posts/b/")) | length }}|{{ site.posts | selectattr("url", "equalto", "/base/posts/b/") | list | length }}]"#,
            baseURL: baseURL)
        expectBuild(site, ["posts/a/index.html": "[/posts/b/|/posts/b/|1|0]"])
        // What it looks at, it depends on.
        site.edit("-- content/posts/b.md --\n---\ndate: 2026-01-02\nslug: d\n---\nB\n")
        expectBuild(site, ["posts/a/index.html": "[||0|0]"])
    }

    /// The text of another page leads where it led on its own page.
    @Test func theTextOfAnotherPageLeadsWhereItLed() {
        let text = #"<img src="/base/posts/c/pic.png" alt="p"> <a href="/base/posts/b/">b</a>"#
        let site = Self.site(#"{{ get_page("posts/c/index.md").content }}"#)
        expectBuild(site, ["posts/a/index.html": text, "posts/c/index.html": #"<img src="pic.png""#])
        #expect(site.findings.isEmpty, "\(site.findings.map(\.message))")
        // In what is no page, too.
        site.edit("-- templates/robots.txt --\n{{ get_page(\"posts/c/index.md\").content | safe }}\n")
        expectBuild(site, ["robots.txt": text])
        // When it moves, so do its pictures.
        site.edit("-- content/posts/c/index.md --\n---\nslug: d\n---\n![p](pic.png)\n")
        expectBuild(site, ["posts/a/index.html": #"<img src="/base/posts/d/pic.png" alt="p">"#])
    }
}
