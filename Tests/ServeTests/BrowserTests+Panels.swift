import Serve
import TestSupport
import Testing
import Text

/// What the preview itself shows: findings, the badge, the dashboard.
extension BrowserTests {
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

    @Test func errorsThatCouldNotBeFetchedAreShownWhenTheStreamIsBack() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.article("good"))
        let tab = try stage.open("/a/")
        try tab.value(
            """
            window.real = window.fetch;
            window.fetch = (...all) =>
              String(all[0]).includes("findings") ? (window.asked = 1, Promise.reject("gone")) : real(...all);
            1
            """)
        let error = Diagnostic(DiagnosticCode("front-matter", .error, "."), "no date")
        stage.server.announce(PreviewChange(findings: [error]))
        try tab.wait(for: "window.asked === 1")
        try tab.value("window.fetch = real; 1")
        // The stream is closed and opened again, as after a sleep.
        try tab.value("dispatchEvent(new StorageEvent('storage', { key: 'site-preview-follows' })); 1")
        try tab.wait(for: "document.querySelector('site-preview')?.shadowRoot.querySelector('#findings')")
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
