import Foundation
import TestSupport
import Testing

/// The whole way, from a save on the disk to what a reader sees in a real browser. Skipped where Chromium is not
/// installed.
///
/// Every page is read far down, with its `<details>` open and a word typed into its form; all of that stays, but where
/// a page is left for another.
@Suite(.serialized, .enabled(if: SiteProgram.path != nil && Chromium.program != nil))
struct PreviewBrowserTests {
    /// A running preview of a site on the disk, and a browser.
    private struct Stage {
        let site: SiteOnDisk
        let preview: PreviewProcess
        let browser: Chromium

        init() throws {
            site = try SiteOnDisk("")
            try site.save(
                "site.json", #"{"title": "First title", "serve": {"editor": "editor://{path}:{line}"}}"#)
            try site.save("templates/base.html", Self.base("h1"))
            try site.save("templates/page.html", Self.page)
            try site.save(
                "templates/home.html",
                "{% extends \"base.html\" %}{% block main %}<ul id=\"list\">{% for p in site.pages %}<li>{{ p.title }}</li>{% endfor %}</ul>{% endblock %}"
            )
            try site.save(
                "templates/term.html",
                "{% extends \"base.html\" %}{% block main %}<p id=\"count\">{{ paginator.pages | length }}</p>{% endblock %}"
            )
            try site.save("static/main.css", "#text { color: rgb(1, 2, 3) }")
            try site.save("content/one.md", Self.post("One", "first"))
            try site.save("content/two.md", Self.post("Two", "second"))
            preview = try PreviewProcess(in: site.path)
            browser = try Chromium()
        }

        static func base(_ heading: String) -> String {
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
            <link rel="stylesheet" href="/main.css"></head>
            <body><\(heading) id="site" style="height: 20px; margin: 0">{{ site.title }}</\(heading)>{% block main %}{% endblock %}</body></html>
            """
        }

        static let page = """
            {% extends "base.html" %}{% block main %}<h2 id="title">{{ page.title }}</h2><div style="height: 2000px"></div>
            <div id="text">{{ page.content }}</div><details id="more"><summary>More</summary>inside</details>
            <form><input id="name"></form><div style="height: 2000px"></div>{% endblock %}
            """

        static func post(_ title: String, _ text: String, tags: String = "shared") -> String {
            "---\ntitle: \(title)\ndate: 2026-01-01\ntags: [\(tags)]\n---\n\(text)\n"
        }

        /// Whether a page hears of changes.
        static let listens = "window.sitePreview === 'listening'"

        /// Opens a page and makes oneself at home in it.
        func open(_ path: String) throws -> Tab {
            let tab = try browser.open("http://localhost:\(preview.port)\(path)")
            try tab.wait(for: Self.listens)
            try settle(tab)
            return tab
        }

        /// Reads far down, opens what can be opened, types, and leaves a mark that loading the page anew would take away.
        func settle(_ tab: Tab) throws {
            try tab.value(
                """
                window.mark = 1; window.updates = 0;
                document.addEventListener("site:updated", () => { updates += 1 });
                if (document.querySelector("#more")) {
                  document.querySelector("#more").open = true;
                  document.querySelector("#name").value = "typed";
                  document.querySelector("#name").focus({ preventScroll: true });
                }
                window.scrollTo(0, 1500);
                """)
        }

        /// Whether the reader of a page is where they were.
        func expectUndisturbed(_ tab: Tab, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
            let state = try tab.text(
                """
                [window.mark, document.querySelector("#more").open, document.querySelector("#name").value,
                 document.activeElement.id, window.scrollY].join(" ")
                """)
            #expect(state == "1 true typed name 1500", sourceLocation: sourceLocation)
        }
    }

    private static let text = "document.querySelector('#text')?.textContent.trim()"
    private static let panel = "document.querySelector('site-preview')?.shadowRoot.querySelector('#findings')"

    @Test func whatIsSavedIsShownAndNobodyIsDisturbed() throws {
        let stage = try Stage()
        let one = try stage.open("/one/")
        let two = try stage.open("/two/")
        // Body: the one page, and nobody else is told.
        try stage.site.save("content/one.md", Stage.post("One", "edited"))
        try one.wait(for: "\(Self.text) === 'edited'")
        try stage.expectUndisturbed(one)
        #expect(try two.value("updates") as? Int == 0)
        // Title, in the page and in the list of another.
        let home = try stage.browser.open("http://localhost:\(stage.preview.port)/")
        try home.wait(for: Stage.listens)
        try stage.site.save("content/one.md", Stage.post("Uno", "edited"))
        try one.wait(
            for: "document.title === 'Uno' && document.querySelector('#title').textContent === 'Uno'")
        try home.wait(for: "document.querySelector('#list').textContent === 'UnoTwo'")
        try stage.expectUndisturbed(one)
        #expect(try two.value("updates") as? Int == 0)
        // Template and configuration: every page.
        try stage.site.save("templates/base.html", Stage.base("h3"))
        for tab in [one, two] { try tab.wait(for: "document.querySelector('h3#site')") }
        try stage.site.save("site.json", #"{"title": "Second title"}"#)
        for tab in [one, two] {
            try tab.wait(for: "document.querySelector('#site').textContent === 'Second title'")
            try stage.expectUndisturbed(tab)
        }
        // A style sheet is exchanged; the pages are left as they are.
        let updates = try two.value("updates") as? Int
        try stage.site.save("static/main.css", "#text { color: rgb(4, 5, 6) }")
        for tab in [one, two] {
            try tab.wait(for: "getComputedStyle(document.querySelector('#text')).color === 'rgb(4, 5, 6)'")
            try stage.expectUndisturbed(tab)
        }
        #expect(try two.value("updates") as? Int == updates)
        #expect(try two.value("document.querySelectorAll('link[rel=stylesheet]').length") as? Int == 1)
    }

    @Test func aTagComesAndGoes() throws {
        let stage = try Stage()
        let shared = try stage.browser.open("http://localhost:\(stage.preview.port)/tags/shared/")
        try shared.wait(for: "window.sitePreview && document.querySelector('#count').textContent === '2'")
        let new = try stage.browser.open("http://localhost:\(stage.preview.port)/tags/new/")
        try new.wait(for: "window.sitePreview && !document.querySelector('#count')")
        try stage.site.save("content/one.md", Stage.post("One", "first", tags: "new"))
        try shared.wait(for: "document.querySelector('#count').textContent === '1'")
        try new.wait(for: "document.querySelector('#count')?.textContent === '1'")
        try stage.site.save("content/one.md", Stage.post("One", "first"))
        try shared.wait(for: "document.querySelector('#count').textContent === '2'")
        try new.wait(for: "!document.querySelector('#count')")
    }

    @Test func pagesGoComeAndMove() throws {
        let stage = try Stage()
        let one = try stage.open("/one/")
        let two = try stage.open("/two/")
        let file = { (name: String) in stage.site.path + "/content/" + name }
        try FileManager.default.removeItem(atPath: file("one.md"))
        try one.wait(for: "!document.querySelector('#text')")
        try stage.site.save("content/one.md", Stage.post("One", "back"))
        try one.wait(for: "\(Self.text) === 'back'")
        // The reader goes where the page goes.
        try FileManager.default.moveItem(atPath: file("one.md"), toPath: file("moved.md"))
        try one.wait(for: "location.pathname === '/moved/' && \(Self.text) === 'back'")
        try one.wait(for: Stage.listens)
        try stage.site.save("content/moved.md", Stage.post("One", "at the new place"))
        try one.wait(for: "\(Self.text) === 'at the new place'")
        // Whatever the ending: all that is Markdown is a page.
        try FileManager.default.moveItem(atPath: file("moved.md"), toPath: file("again.markdown"))
        try one.wait(for: "location.pathname === '/again/' && \(Self.text) === 'at the new place'")
        try stage.expectUndisturbed(two)
        #expect(try two.value("updates") as? Int == 0)
    }

    @Test(arguments: [
        ("templates/page.html", "<p>\n{{ page.titel | slugfy }}", "templates/page.html:2"),
        ("content/one.md", "---\ntitle: [One\n---\nbroken\n", "content/one.md:"),
        ("site.json", #"{"title": "#, "site.json:1:11"),
    ])
    func anErrorLiesOverTheLastGoodPageUntilItIsMended(file: String, broken: String, place: String) throws {
        let stage = try Stage()
        let one = try stage.open("/one/")
        let good = try #require(stage.site.text(file))
        try stage.site.save(file, broken)
        try one.wait(for: Self.panel)
        try one.wait(for: "\(Self.panel).innerText.includes('\(place)')")
        #expect(try one.text(Self.text) == "first")
        #expect(try one.text("document.querySelector('#site').textContent") == "First title")
        try stage.expectUndisturbed(one)
        let link = try one.text("\(Self.panel).querySelector('.place a').href")
        #expect(link.hasPrefix("editor://\(stage.site.path)/\(file):"), "\(link)")
        let name = file.replacing("/", with: "-")
        try one.screenshot("error-\(name)")
        try one.screenshot("error-\(name)-dark-phone", width: 375, height: 740, isDark: true)
        // A page that is opened meanwhile shows it as well.
        let two = try stage.browser.open("http://localhost:\(stage.preview.port)/two/")
        try two.wait(for: Self.panel)
        try stage.site.save(file, good)
        for tab in [one, two] { try tab.wait(for: "\(Self.panel) === null") }
        try two.wait(for: "\(Self.text) === 'second'")
    }

    @Test func anErrorInAnotherPageIsShownAndThisPageGoesOn() throws {
        let stage = try Stage()
        let one = try stage.open("/one/")
        try stage.site.save("content/two.md", "---\ntitle: [Two\n---\n")
        try one.wait(for: Self.panel)
        try stage.site.save("content/one.md", Stage.post("One", "goes on"))
        try one.wait(for: "\(Self.text) === 'goes on'")
        try stage.expectUndisturbed(one)
    }

    @Test func whoAsksForItFollowsTheEdits() throws {
        let stage = try Stage()
        let preview = try PreviewProcess(in: stage.site.path, ["--navigate"])
        let tab = try stage.browser.open("http://localhost:\(preview.port)/one/")
        try tab.wait(for: Stage.listens)
        try stage.site.save("content/two.md", Stage.post("Two", "edited"))
        try tab.wait(for: "location.pathname === '/two/' && \(Self.text) === 'edited'")
    }

    @Test func theDashboardTellsOfTheSite() throws {
        let stage = try Stage()
        try stage.site.save("content/draft.md", "---\ntitle: A draft\ndraft: true\n---\nx\n")
        let tab = try stage.browser.open("http://localhost:\(stage.preview.port)/draft/")
        try tab.wait(
            for:
                "document.querySelector('site-preview')?.shadowRoot.querySelector('#badge')?.textContent === 'draft'"
        )
        let dashboard = try stage.browser.open("http://localhost:\(stage.preview.port)/_site/")
        try stage.site.save("content/one.md", Stage.post("Uno", "edited"))
        try dashboard.wait(for: "document.body.innerText.includes('content/one.md')")
        try dashboard.screenshot("dashboard", height: 1400)
        try dashboard.screenshot("dashboard-dark-phone", width: 375, height: 1800, isDark: true)
        let words = try dashboard.text("document.body.innerText")
        for word in ["First title", "A draft", "draft", "content/one.md"] {
            #expect(words.contains(word), "\(word) in \(words)")
        }
    }
}
