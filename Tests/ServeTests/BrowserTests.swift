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

    @Test func errorsAreShownOverThePageUntilTheyAreFixed() throws {
        var options = PreviewOptions.test
        options.editorLink = { "editor://open/\($0.path.text):\($0.line)" }
        let stage = try Stage(options)
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("good"))
        let tab = try stage.open("/a/")
        let file = SourceFile(
            path: path("templates/page.html"), bytes: Array("<a>\n\t<b>{{ page.titel | slugfy }}</b>\n".utf8))
        let errors = [
            Diagnostic(
                DiagnosticCode("unknown-filter", .error, "."), "no filter named \"slugfy\"",
                at: SourceRange(24, 30),
                in: file, hint: "did you mean \"slugify\"?",
                notes: [DiagnosticNote("while rendering content/posts/hello.md")]),
            Diagnostic(
                DiagnosticCode("front-matter", .error, "."), "<img src=x onerror=alert(1)> is no date"),
        ]
        stage.server.announce(PreviewChange(findings: errors))
        let panel = "document.querySelector('site-preview')?.shadowRoot.querySelector('#findings')"
        try tab.wait(for: "\(panel)")
        let text = try tab.text("\(panel).innerText")
        for part in [
            "2 errors", "no filter named \"slugfy\"", "templates/page.html:2:21", "^^^^^^", "did you mean",
            "<img src=x",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(try tab.text("\(panel).querySelector('mark').textContent") == "slugfy")
        #expect(
            try tab.text("\(panel).querySelector('.place a').href") == "editor://open/templates/page.html:2")
        #expect(try tab.text("document.querySelector('#text').textContent") == "good")
        try tab.screenshot("overlay-light")
        try tab.screenshot("overlay-dark", isDark: true)
        try tab.screenshot("overlay-phone", width: 375, height: 740)
        try tab.value("\(panel).querySelector('button').click()")
        #expect(try tab.value("\(panel) === null") as? Bool == true)
        #expect(
            try tab.text(
                "document.querySelector('site-preview').shadowRoot.querySelector('#reopen').textContent")
                == "2 errors")
        try tab.value("document.querySelector('site-preview').shadowRoot.querySelector('#reopen').click()")
        try tab.wait(for: "\(panel)")
        // A page that is opened meanwhile shows them, too.
        let second = try stage.open("/a/")
        try second.wait(for: "\(panel)")
        var fixed = stage.site.set("a/index.html", Self.article("fixed"))
        fixed.findings = []
        stage.server.announce(fixed)
        try tab.wait(for: "\(panel) === null && document.querySelector('#text').textContent === 'fixed'")
        try second.wait(for: "\(panel) === null")
        #expect(try tab.value("window.mark") as? Int == 1)
    }

    /// The property of the morph: whatever the two versions are, what was served before becomes what is served
    /// now, with and without knowledge of what was served; and what a script added stays.
    @Test func anyPageBecomesAnyOther() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.page("x"))
        let tab = try stage.open("/a/")
        let seed = UInt32.random(in: 1...UInt32.max)
        let result = try tab.text(
            """
            (async () => {
              const { morph } = await import("/_site/morph.js");
              let state = \(seed);
              const below = (bound) => {
                state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
                return (state >>> 0) % bound;
              };
              const names = ["p", "div", "ul", "li", "b", "a", "details", "section", "svg", "template", "textarea"];
              const tree = (depth) => {
                let html = "";
                for (let count = below(6); count > 0; count -= 1) {
                  if (below(3) === 0) html += ["one ", "two ", " ", "<!--c-->", "&amp;"][below(5)];
                  const name = names[below(names.length)];
                  let tag = name;
                  if (below(4) === 0) tag += ` id=i${below(5)}`;
                  if (below(4) === 0) tag += ` class=c${below(3)} data-x="${below(3)}"`;
                  if (name === "svg" && below(2)) tag += ' xlink:href="#x" viewBox="0 0 1 1"';
                  html += `<${tag}>${name === "textarea" ? below(9) : depth ? tree(depth - 1) : "leaf"}</${name}>`;
                }
                return html;
              };
              const mutated = (html) => {
                let next = html;
                for (let count = below(4); count > 0; count -= 1) {
                  const place = next.indexOf("<", below(next.length + 1));
                  if (place >= 0 && !next.startsWith("</", place)) {
                    next = next.slice(0, place) + (below(2) ? "<p>new</p>" : "text") + next.slice(place);
                  }
                }
                return below(5) ? next : tree(2);
              };
              // The order of attributes is of no account; what templates hold, is.
              const held = (page) => [...page.querySelectorAll("template")].map((one) => one.innerHTML).join("\\n");
              const isEqual = (live, fresh) =>
                live.documentElement.isEqualNode(fresh.documentElement) && held(live) === held(fresh);
              const difference = (live, fresh) => {
                const [a, b] = [live.documentElement.outerHTML, fresh.documentElement.outerHTML];
                let place = 0;
                while (place < a.length && a[place] === b[place]) place += 1;
                return [a.slice(place - 60, place + 90), b.slice(place - 60, place + 90)];
              };
              const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
              for (let round = 0; round < 100; round += 1) {
                const before = "<title>a</title><body>" + tree(2);
                const after = `<html lang=l${below(2)}><title>${below(2)}</title><body class=b${below(2)}>`
                  + mutated(before.slice(22));
                const fresh = parsed(after);
                for (const base of [parsed(before), null]) {
                  const live = parsed(before);
                  morph(base, fresh, live);
                  if (!isEqual(live, fresh)) {
                    return JSON.stringify({ round, known: !!base, got: difference(live, fresh) });
                  }
                }
                const live = parsed(before);
                live.body.insertAdjacentHTML("beforeend", "<output>added</output>");
                live.documentElement.classList.add("added");
                morph(parsed(before), fresh, live);
                if (live.querySelectorAll("output").length !== 1 || live.documentElement.className !== "added") {
                  return JSON.stringify({ round, lost: true, got: difference(live, fresh) });
                }
                live.querySelector("output").remove();
                live.documentElement.removeAttribute("class");
                if (!isEqual(live, fresh)) {
                  return JSON.stringify({ round, beside: true, got: difference(live, fresh) });
                }
              }
              return "";
            })()
            """)
        #expect(result == "", "seed \(seed)")
    }

    @Test func aDraftBearsABadge() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("x"), badge: "draft")
        let tab = try stage.open("/a/")
        let badge = "document.querySelector('site-preview')?.shadowRoot.querySelector('#badge')"
        try tab.wait(for: "\(badge)?.textContent === 'draft'")
        try tab.screenshot("badge")
        stage.server.announce(stage.site.set("a/index.html", Self.article("y")))
        try tab.wait(for: "\(badge) === null && document.querySelector('#text').textContent === 'y'")
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

    @Test func theDashboardSearchesWhileOneTypes() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("x"))
        stage.site.show(DashboardTests.facts)
        let tab = try stage.browser.open("http://localhost:\(stage.server.port)/_site/")
        try tab.screenshot("dashboard-light", height: 1700)
        try tab.screenshot("dashboard-dark", height: 1700, isDark: true)
        try tab.screenshot("dashboard-phone", width: 375, height: 2000)
        try tab.value(
            "document.querySelector('#q').value = 'swift'; document.querySelector('#q').dispatchEvent(new Event('input'))"
        )
        try tab.wait(for: "document.querySelectorAll('#results li').length === 2")
        #expect(try tab.text("location.search") == "?q=swift")
        #expect(try tab.value("window.evil === undefined") as? Bool == true)
    }
}
