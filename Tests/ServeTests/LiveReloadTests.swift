import NIOCore
import Testing
import Text

@testable import Serve

/// Who is told what.
@Suite struct LiveReloadTests {
    /// A browser that shows a page.
    final class Browser: Sendable {
        let heard = Lines()
        let id: Int?

        init(_ live: LiveReload, _ query: String) throws {
            let target = try RequestTarget(Array("/_site/events?\(query)".utf8))
            let heard = heard
            id = live.open(try #require(EventStreamRequest(target))) { heard.append(String(buffer: $0)) }
        }

        /// The events since the last call, as "name data".
        func events() -> [String] {
            defer { heard.removeAll() }
            return heard.all.compactMap { block in
                let lines = block.split(separator: "\n")
                guard lines.count == 3 else { return nil }
                return "\(lines[1].dropFirst(7)) \(lines[2].dropFirst(6))"
            }
        }

        var lastID: String {
            heard.all.last.flatMap { $0.split(separator: "\n").first { $0.hasPrefix("id: ") } }.map {
                String($0.dropFirst(4))
            }
                ?? ""
        }
    }

    static func hex(_ text: String) -> String { PageIdentity.hexadecimal(Fingerprint(of: Array(text.utf8))) }

    @Test func theDashboardIsToldOfEveryRebuildAndOfNothingElse() throws {
        let live = LiveReload(.test)
        let dashboard = try Browser(live, "page=/_site/")
        #expect(dashboard.events() == ["hello {\"findings\":\"\"}"])
        if let id = dashboard.id { live.settle(id, identity: .failed, askedAt: 0) }
        #expect(dashboard.events() == [])
        let site = FakeSite()
        var change = site.set("posts/hello/index.html", "new")
        change.edited = path("posts/hello/index.html")
        live.announce(change)
        live.announce(PreviewChange())
        #expect(dashboard.events() == ["rebuilt {}", "rebuilt {}"])
        #expect(live.viewedPages.isEmpty)
    }

    @Test func onlyThoseWhoShowWhatChangedAreTold() throws {
        let live = LiveReload(.test)
        let hello = try Browser(live, "page=/posts/hello/&is=a")
        let world = try Browser(live, "page=/posts/world/&is=b")
        #expect(hello.events() == ["hello {\"findings\":\"\"}"])
        #expect(world.events() == ["hello {\"findings\":\"\"}"])
        let site = FakeSite()
        live.announce(site.set("posts/hello/index.html", "new"))
        #expect(hello.events() == ["page {\"is\":\"\(Self.hex("new"))\"}"])
        #expect(world.events() == [])
        // The same bytes again are no news.
        live.announce(site.set("posts/hello/index.html", "new"))
        #expect(hello.events() == [])
        live.announce(site.remove("posts/hello/index.html"))
        #expect(hello.events() == ["page {\"is\":\"\"}"])
        // What is not there is a page as well, which may change.
        #expect(
            live.viewedPages.map(\.text) == [
                "404.html", "posts/404.html", "posts/hello/index.html", "posts/world/index.html",
            ])
        if let id = hello.id { live.close(id) }
        live.announce(site.set("posts/hello/index.html", "newer"))
        #expect(hello.events() == [])
        #expect(live.viewedPages.map(\.text) == ["posts/world/index.html"])
    }

    @Test func whoComesBackCatchesUp() throws {
        let live = LiveReload(.test)
        let site = FakeSite()
        let first = try Browser(live, "page=/&is=old")
        let mark = first.lastID
        _ = first.events()
        let fingerprint = Fingerprint(of: Array("x".utf8))
        live.settle(try #require(first.id), identity: .page(fingerprint), askedAt: 0)
        #expect(first.events() == ["page {\"is\":\"\(Self.hex("x"))\"}"])
        live.settle(try #require(first.id), identity: .page(fingerprint), askedAt: 0)
        #expect(first.events() == [])
        live.announce(site.set("main.css", "a{}"))
        live.announce(site.set("img/a b.png", "png"))
        #expect(
            first.events() == [
                "assets {\"paths\":[\"/main.css\"]}", "assets {\"paths\":[\"/img/a%20b.png\"]}",
            ])
        let again = try Browser(live, "page=/&is=x&since=\(mark)")
        #expect(
            again.events() == [
                "hello {\"findings\":\"\"}", "assets {\"paths\":[\"/img/a%20b.png\",\"/main.css\"]}",
            ])
        let stranger = try Browser(live, "page=/&is=x&since=other-0")
        #expect(stranger.events() == ["hello {\"findings\":\"\"}", "assets {\"all\":true}"])
        // More was missed than is remembered.
        for number in 0..<100 { live.announce(site.set("main.css", "a{order:\(number)}")) }
        let late = try Browser(live, "page=/&is=x&since=\(mark)")
        #expect(late.events() == ["hello {\"findings\":\"\"}", "assets {\"all\":true}"])
    }

    @Test func whoShowsNothingLearnsOfAPage() throws {
        let live = LiveReload(.test)
        let site = FakeSite()
        let lost = try Browser(live, "page=/new/&is=missing-1")
        let found = try Browser(live, "page=/&is=1")
        _ = (lost.events(), found.events())
        live.announce(site.set("404.html", "other"))
        #expect(lost.events() == ["page {\"is\":\"\"}"])
        #expect(found.events() == [])
        live.announce(site.set("new/index.html", "new"))
        #expect(lost.events() == ["page {\"is\":\"\(Self.hex("new"))\"}"])
    }

    /// A browser may have asked between two announcements, and show what the second one finds undone.
    @Test func whoShowsWhatNoAnnouncementKnewIsTold() throws {
        let live = LiveReload(.test)
        let browser = try Browser(live, "page=/&is=between")
        let lost = try Browser(live, "page=/nowhere/&is=missing-between")
        _ = (browser.events(), lost.events())
        let fingerprint = Fingerprint(of: Array("x".utf8))
        let shown = [path("index.html"): fingerprint, path("404.html"): fingerprint]
        live.announce(PreviewChange(shown: shown))
        #expect(browser.events() == ["page {\"is\":\"\(Self.hex("x"))\"}"])
        #expect(lost.events() == ["page {\"is\":\"missing-\(Self.hex("x"))\"}"])
        live.announce(PreviewChange(shown: shown))
        #expect(browser.events() == [])
        #expect(lost.events() == [])
    }

    /// A page is changed and changed back before anyone could tell of it, but a browser has asked in between.
    @Test func whoWasAnsweredOtherwiseIsTold() throws {
        let live = LiveReload(.test)
        let page = Self.hex("x")
        let browser = try Browser(live, "page=/&is=\(page)")
        let lost = try Browser(live, "page=/nowhere/&is=missing-1")
        _ = (browser.events(), lost.events())
        let shown = [path("index.html"): Fingerprint(of: Array("x".utf8))]
        let (home, nowhere) = (try RequestTarget(Array("/".utf8)), try RequestTarget(Array("/nowhere/".utf8)))
        live.note(.page(shown[path("index.html")] ?? .absent), at: home)
        live.announce(PreviewChange(shown: shown))
        #expect(browser.events() == [])
        live.note(.page(.absent), at: home)
        live.note(.page(.absent), at: nowhere)
        _ = live.viewedPages
        // What is answered after the site was looked at is not known to the announcement.
        live.note(.failed, at: home)
        for _ in 0..<2 {
            live.announce(PreviewChange(shown: shown))
            #expect(browser.events() == ["page {\"is\":\"\(page)\"}"])
        }
        #expect(lost.events() == ["page {\"is\":\"\"}"])
        _ = live.viewedPages
        live.announce(PreviewChange(shown: shown))
        #expect(browser.events() == ["page {\"is\":\"\(page)\"}"])
        live.announce(PreviewChange(shown: shown))
        #expect(browser.events() == [])
    }

    /// What the site said before an announcement must not be taken for what the browser shows after it.
    @Test func anAnswerFromBeforeAnAnnouncementIsNotHeeded() throws {
        let live = LiveReload(.test)
        let browser = try Browser(live, "page=/&is=old")
        _ = browser.events()
        let sequence = live.sequence
        let site = FakeSite()
        live.announce(site.set("index.html", "new"))
        #expect(browser.events() == ["page {\"is\":\"\(Self.hex("new"))\"}"])
        let old = PageIdentity.page(Fingerprint(of: Array("older".utf8)))
        live.settle(try #require(browser.id), identity: old, askedAt: sequence)
        #expect(browser.events() == [])
        live.announce(site.set("index.html", "older"))
        #expect(browser.events() == ["page {\"is\":\"\(Self.hex("older"))\"}"])
    }

    @Test func aMovedPageIsFollowed() throws {
        var options = PreviewOptions.test
        options.basePath = "/blog"
        let live = LiveReload(options)
        let browser = try Browser(live, "page=/blog/old/&is=1")
        _ = browser.events()
        var change = PreviewChange(removed: [path("old/index.html")])
        change.moved = [path("old/index.html"): path("new place/index.html")]
        live.announce(change)
        #expect(browser.events() == ["moved {\"to\":\"/blog/new%20place/\"}"])
    }

    @Test func whoFollowsGoesToWhatIsEdited() throws {
        var options = PreviewOptions.test
        let change = PreviewChange(edited: path("posts/hello/index.html"))
        func told(_ query: String) throws -> Bool {
            let live = LiveReload(options)
            let browser = try Browser(live, query)
            _ = browser.events()
            live.announce(change)
            return browser.events() == ["edited {\"to\":\"/posts/hello/\"}"]
        }
        #expect(try told("page=/&is=1&follows=1"))
        #expect(try !told("page=/&is=1"))
        #expect(try !told("page=/posts/hello/&is=1&follows=1"))
        options.followsEdits = true
        #expect(try told("page=/&is=1"))
        #expect(try !told("page=/&is=1&follows=0"))
    }

    @Test func errorsAreShownUntilTheyAreGone() throws {
        var options = PreviewOptions.test
        options.editorLink = { "editor://\($0.path.text):\($0.line)" }
        let live = LiveReload(options)
        let browser = try Browser(live, "page=/&is=1")
        _ = browser.events()
        let code = DiagnosticCode("broken", .error, "It is broken.")
        let file = SourceFile(path: path("content/<b>.md"), bytes: Array("one\ntwo </script>\n".utf8))
        let error = Diagnostic(
            code, "found \"</script>\"", at: SourceRange(8, 17), in: file, hint: "remove it",
            notes: [DiagnosticNote("while rendering")])
        live.announce(PreviewChange(findings: [error]))
        let told = browser.events()
        #expect(told.count == 1 && told[0].hasPrefix("findings {\"findings\":\""))
        // Events carry no paths; a page of ours asks.
        #expect(!told[0].contains("content"))
        let json = String(decoding: live.findings, as: UTF8.self)
        #expect(
            json.contains(
                #""path":"content/<b>.md","line":2,"column":5,"length":9,"excerpt":"two </script>""#))
        #expect(json.contains(#""editor":"editor://content/<b>.md:2""#))
        live.announce(PreviewChange(findings: [error]))
        #expect(browser.events() == [])
        let warning = Diagnostic(DiagnosticCode("odd", .warning, "It is odd."), "odd")
        live.announce(PreviewChange(findings: [warning]))
        #expect(browser.events() == ["findings {\"findings\":\"\"}"])
    }

    @Test func thereAreOnlySoManyStreams() throws {
        var options = PreviewOptions.test
        options.limits.streams = 2
        let live = LiveReload(options)
        let browsers = try (0..<3).map { _ in try Browser(live, "page=/&is=1") }
        #expect(browsers.map { $0.id != nil } == [true, true, false])
        let connection = try MemoryConnection(FakeSite(), options, live: live)
        defer { connection.finish() }
        connection.send("GET /_site/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(Answer.parsed(connection.received())?.first?.status == 503)
    }
}
