import Foundation
import TestSupport
import Testing

/// How the default theme looks, measured in a real browser. Skipped where Chromium is not installed.
@Suite(.serialized, .enabled(if: SiteProgram.path != nil && Chromium.program != nil))
struct ThemeBrowserTests {
    private static let text = """
        ---
        title: Looks
        tags: [sun, a name]
        ---
        Text.

        <iframe id="film" width="800" height="450" src="/tags/?youtube"></iframe>

        <iframe id="map" width="800" height="600" src="/tags/"></iframe>

        <iframe id="strip" width="100%" height="120" src="/tags/"></iframe>

        > [!NOTE]
        > | a | b |
        > |---|---|
        > | 1 | 2 |

        #### Four

        ##### Five

        ###### Six

        {{< gallery >}}
        ![high](high.svg) ![wide](wide.svg) [![linked](wide.svg)](wide.svg)
        {{< /gallery >}}

        """

    /// What must be true of a page.
    private static let expectations: [(page: String, condition: String)] = [
        ("/looks/", "ratio('#film', 450 / 800) && ratio('#map', 600 / 800)"),
        ("/looks/", "document.querySelector('#strip').offsetHeight === 120"),
        ("/looks/", "style('#film').borderTopWidth === '0px'"),
        // A table in an alert has the colour of the alert.
        (
            "/looks/",
            "style('.markdown-alert table').backgroundColor === style('.markdown-alert').backgroundColor"
        ),
        ("/looks/", "['h4', 'h5', 'h6'].every((name) => size(name) >= size('.content p'))"),
        (
            "/looks/",
            "new Set(['h4', 'h5', 'h6'].map((name) => size(name) + style(name).fontFamily + style(name).color)).size === 3"
        ),
        // Pictures in a gallery are whole.
        ("/looks/", "ratio('.gallery [alt=high]', 900 / 600) && ratio('.gallery [alt=wide]', 600 / 900)"),
        ("/looks/", "ratio('.gallery [alt=linked]', 600 / 900)"),
        // A row of them is as high as each and as wide as the text.
        (
            "/looks/",
            "new Set(['high', 'wide'].map((name) => box(`.gallery [alt=${name}]`).bottom.toFixed())).size === 1"
                + " && Math.abs(box('.gallery [alt=wide]').right - box('.gallery').right) < 2"
        ),
        // An alert is known by a shape too.
        (
            "/looks/",
            "(({ width, clipPath }) => width === '16px' && clipPath.startsWith('path('))"
                + "(getComputedStyle(document.querySelector('.markdown-alert-title'), '::before'))"
        ),
        ("/tags/", "style('.terms li').alignItems === 'baseline'"),
    ]

    @Test func thingsHaveTheirShape() throws {
        let site = try SiteOnDisk("")
        try site.save("site.json", "{}")
        try site.save("content/looks/index.md", Self.text)
        try site.save(
            "content/looks/high.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"900\"/>")
        try site.save(
            "content/looks/wide.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"600\"/>")
        let preview = try PreviewProcess(in: site.path)
        let browser = try Chromium()
        for (page, condition) in Self.expectations {
            let tab = try browser.open("http://localhost:\(preview.port)\(page)")
            try tab.wait(for: "document.readyState === 'complete'")
            let holds = try tab.value(
                """
                (() => {
                  const style = (name) => getComputedStyle(document.querySelector(name));
                  const box = (name) => document.querySelector(name).getBoundingClientRect();
                  const size = (name) => parseFloat(style(name).fontSize);
                  const ratio = (name, wanted) => {
                    const one = document.querySelector(name);
                    return one.offsetWidth > 0 && Math.abs(one.offsetHeight / one.offsetWidth - wanted) < 0.02;
                  };
                  return \(condition);
                })()
                """)
            #expect(holds as? Bool == true, "\(page): \(condition)")
            try tab.close()
        }
    }

    /// The preview shows drafts, and says of each in lists that it is one.
    @Test func listsMarkDrafts() throws {
        let site = try SiteOnDisk("")
        try site.save("content/blog/2026-01-02-a.md", "---\ntitle: A\ndraft: true\ntags: [t]\n---\n")
        try site.save("content/blog/2026-01-03-b.md", "---\ntitle: B\ntags: [t]\n---\n")
        let preview = try PreviewProcess(in: site.path)
        for page in ["/", "/blog/", "/tags/t/", "/archive/"] {
            let text = String(decoding: preview.get(page).body, as: UTF8.self)
            #expect(text.contains(">A</a> <span class=\"draft\">Draft</span>"), "\(page)")
            #expect(text.components(separatedBy: "class=\"draft\"").count == 2, "\(page)")
        }
    }
}
