import Serve
import TestSupport
import Testing
import Text

/// What a reader sees in a real browser when the site changes. Skipped where Chromium is not installed.
@Suite(.serialized, .enabled(if: Chromium.program != nil)) struct BrowserTests {
    static func page(_ body: String, head: String = "", title: String = "Page") -> String {
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>\(title)</title><link rel="stylesheet" href="/main.css">\(head)</head>
        <body>\(body)</body>
        </html>
        """
    }

    static func article(_ text: String, extra: String = "") -> String {
        page(
            """
            <h1>Article</h1>
            <div style="height: 1500px">tall</div>
            <p id="text">\(text)</p>
            <details id="more"><summary>More</summary>inside</details>
            <form><input id="name" name="name"><textarea id="note">note</textarea></form>
            \(extra)
            <ul id="list"><li>one</li><li>two</li><li>three</li></ul>
            <div style="height: 1500px">tall</div>
            """)
    }

    /// A server, its site and a browser.
    struct Stage {
        let site: FakeSite
        let server: PreviewServer
        let browser: Chromium

        init(_ options: PreviewOptions = .test) throws {
            site = FakeSite([
                "404.html": "<!doctype html><body><p>nothing here</p></body>",
                "main.css": "p{color:rgb(1,2,3)}",
            ])
            server = try PreviewServer.start(site, options: options)
            browser = try Chromium()
        }

        /// Opens a page, and leaves a mark in it that a reload would take away.
        func open(_ path: String, inWindow: Bool = true) throws -> Tab {
            let tab = try browser.open("http://localhost:\(server.port)\(path)", inWindow: inWindow)
            try tab.wait(for: "window.sitePreview")
            try tab.value(
                "window.mark = 1; window.updates = 0; document.addEventListener('site:updated', () => updates++)"
            )
            for _ in 0..<500 where server.viewedPages.isEmpty { pause(.milliseconds(10)) }
            return tab
        }

        func change(_ path: String, _ text: String) { server.announce(site.set(path, text)) }
    }

    @Test func anEditIsShownAndTheReaderIsNotDisturbed() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("before"))
        stage.site.set("b/index.html", Self.article("other"))
        let other = try stage.open("/b/")
        let tab = try stage.open("/a/")
        try tab.value(
            """
            document.documentElement.classList.add("dark");
            document.querySelector("#more").open = true;
            document.querySelector("#name").value = "typed";
            document.querySelector("#name").focus({ preventScroll: true });
            document.querySelector("#note").value = "typed, too";
            document.querySelector("#list").insertAdjacentHTML("beforeend", "<li id=made>made by a script</li>");
            window.node = document.querySelector("#text");
            window.scrollTo(0, 1200);
            """)
        stage.change("a/index.html", Self.article("after <em>it</em>", extra: "<p>new paragraph</p>"))
        try tab.wait(for: "document.querySelector('#text').textContent === 'after it'")
        #expect(try tab.text("document.querySelector('form + p').textContent") == "new paragraph")
        #expect(try tab.value("window.mark") as? Int == 1)
        #expect(try tab.value("window.updates") as? Int == 1)
        #expect(try tab.value("scrollY") as? Int == 1200)
        #expect(try tab.value("document.querySelector('#more').open") as? Bool == true)
        #expect(try tab.text("document.querySelector('#name').value") == "typed")
        #expect(try tab.text("document.activeElement.id") == "name")
        #expect(try tab.text("document.querySelector('#note').value") == "typed, too")
        #expect(try tab.text("document.documentElement.className") == "dark")
        #expect(try tab.value("document.querySelector('#made') !== null") as? Bool == true)
        #expect(try tab.value("window.node.isConnected") as? Bool == true)
        // Back again: what was put in is taken out.
        stage.change("a/index.html", Self.article("before"))
        try tab.wait(for: "document.querySelector('#text').textContent === 'before'")
        #expect(try tab.value("document.querySelector('form + p') === null") as? Bool == true)
        #expect(try tab.value("document.querySelectorAll('#list li').length") as? Int == 4)
        #expect(try tab.value("scrollY") as? Int == 1200)
        #expect(try other.value("window.updates") as? Int == 0)
        #expect(try other.value("window.mark") as? Int == 1)
    }

    @Test func aStyleSheetIsSwappedWithoutALoad() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("text"))
        let tab = try stage.open("/a/")
        try tab.value("window.scrollTo(0, 900)")
        let color = "getComputedStyle(document.querySelector('#text')).color"
        #expect(try tab.text(color) == "rgb(1, 2, 3)")
        for number in 4...6 {
            stage.change("main.css", "p{color:rgb(1,2,\(number))}")
            try tab.wait(for: "\(color) === 'rgb(1, 2, \(number))'")
        }
        try tab.wait(for: "document.querySelectorAll('link[rel=stylesheet]').length === 1")
        #expect(try tab.value("window.mark") as? Int == 1)
        #expect(try tab.value("scrollY") as? Int == 900)
        // A page that names another sheet gets it before it loses the old one.
        stage.site.set("next.css", "p{color:rgb(9,9,9)}")
        stage.change(
            "a/index.html", Self.article("text").replacing("/main.css", with: "/next.css"))
        try tab.wait(
            for:
                "\(color) === 'rgb(9, 9, 9)' && document.querySelectorAll('link[rel=stylesheet]').length === 1"
        )
        #expect(try tab.value("window.mark") as? Int == 1)
    }

    @Test func anImageIsRefreshed() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        func picture(_ width: Int) -> String {
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"10\"></svg>"
        }
        stage.site.set("p.svg", picture(30))
        stage.site.set("a/index.html", Self.page("<img src=\"/p.svg\" alt=\"\"><div id=\"d\"></div>"))
        let tab = try stage.open("/a/")
        try tab.wait(for: "document.images[0].naturalWidth === 30")
        stage.change("p.svg", picture(40))
        try tab.wait(for: "document.images[0].naturalWidth === 40")
        #expect(try tab.value("window.mark") as? Int == 1)
    }

    @Test func aPageWhoseScriptChangedIsLoadedAnew() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("s.js", "window.said = 1")
        stage.site.set("a/index.html", Self.page("<p>x</p><script src=\"/s.js\"></script>"))
        let tab = try stage.open("/a/")
        stage.change("s.js", "window.said = 2")
        try tab.wait(for: "window.said === 2 && window.mark === undefined")
        try tab.wait(for: "window.sitePreview")
        stage.change(
            "a/index.html",
            Self.page("<p>y</p><script src=\"/s.js\"></script><script>window.said = 3</script>"))
        try tab.wait(for: "window.said === 3")
    }

    @Test func dataThatAScriptAskedForLoadsNothingAnew() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("index.json", "1")
        stage.site.set("a/index.html", Self.page("<p id=\"text\">x</p><script>fetch('/index.json')</script>"))
        let tab = try stage.open("/a/")
        try tab.wait(
            for: "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.json'))")
        stage.change("index.json", "2")
        stage.change("a/index.html", Self.page("<p id=\"text\">y</p><script>fetch('/index.json')</script>"))
        try tab.wait(for: "document.querySelector('#text').textContent === 'y'")
        #expect(try tab.value("window.mark") as? Int == 1)
    }

    @Test func aPageGoesAndComesAndMoves() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("here"))
        let tab = try stage.open("/a/")
        stage.server.announce(stage.site.remove("a/index.html"))
        try tab.wait(for: "document.body.textContent.includes('nothing here')")
        stage.change("a/index.html", Self.article("back"))
        try tab.wait(for: "document.querySelector('#text')?.textContent === 'back'")
        stage.site.set("c/index.html", Self.article("moved"))
        var change = stage.site.remove("a/index.html")
        change.moved = [path("a/index.html"): path("c/index.html")]
        stage.server.announce(change)
        try tab.wait(
            for: "location.pathname === '/c/' && document.querySelector('#text')?.textContent === 'moved'")
    }

    @Test func whoWasAwayCatchesUp() throws {
        let stage = try Stage()
        stage.site.set("a/index.html", Self.article("before"))
        let tab = try stage.open("/a/")
        let port = stage.server.port
        stage.server.close()
        stage.site.set("a/index.html", Self.article("after"))
        stage.site.set("main.css", "p{color:rgb(7,7,7)}")
        var options = PreviewOptions.test
        options.port = port
        options.portIsFixed = true
        let next = try PreviewServer.start(stage.site, options: options)
        defer { next.close() }
        try tab.wait(for: "document.querySelector('#text').textContent === 'after'")
        try tab.wait(for: "getComputedStyle(document.querySelector('#text')).color === 'rgb(7, 7, 7)'")
        #expect(try tab.value("window.mark") as? Int == 1)
    }

    @Test func aHiddenTabGivesItsConnectionUpAndCatchesUpWhenLookedAt() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("before"))
        stage.site.set("b/index.html", Self.article("other"))
        let hidden = try stage.open("/a/")
        let shown = try stage.open("/b/", inWindow: false)
        try hidden.wait(for: "document.visibilityState === 'hidden'")
        for _ in 0..<500 where stage.server.viewedPages.count > 1 { pause(.milliseconds(10)) }
        #expect(stage.server.viewedPages.map(\.text) == ["b/index.html"])
        stage.change("a/index.html", Self.article("after"))
        stage.change("b/index.html", Self.article("other after"))
        try shown.wait(for: "document.querySelector('#text').textContent === 'other after'")
        #expect(try hidden.text("document.querySelector('#text').textContent") == "before")
        try hidden.activate()
        try hidden.wait(for: "document.querySelector('#text').textContent === 'after'")
        #expect(try hidden.value("window.mark") as? Int == 1)
    }

    @Test func aStrictPolicyIsRespected() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        let policy =
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; style-src 'self'\">"
        stage.site.set("a/index.html", Self.page("<p id=\"text\">before</p>", head: policy))
        let tab = try stage.open("/a/")
        stage.change("a/index.html", Self.page("<p id=\"text\">after</p>", head: policy))
        try tab.wait(for: "document.querySelector('#text').textContent === 'after'")
        #expect(try tab.value("window.mark") as? Int == 1)
    }
}
