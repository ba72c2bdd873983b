import Testing
import Text

@testable import Serve

/// The small parts, each by a table.
@Suite struct PartTests {
    @Test(arguments: [
        ("<body>x</body></html>", "<body>x|</body></html>"), ("<body>x</BODY\n>", "<body>x|</BODY\n>"),
        ("</body></body>", "</body>|</body>"), ("<html>x</html>", "<html>x|</html>"), ("<p>x", "<p>x|"),
        ("", "|"),
        ("</bod", "</bod|"), ("</body", "|</body"),
    ]) func theScriptGoesBeforeTheEndOfTheBody(_ page: String, _ expected: String) {
        let tag = PageInjection.tag(identity: .failed, badge: nil)
        let injected = PageInjection.injected(Array(page.utf8), identity: .failed, badge: nil)
        #expect(
            String(decoding: injected, as: UTF8.self)
                == expected.replacing("|", with: String(decoding: tag, as: UTF8.self)))
    }

    @Test func aBadgeIsEscaped() {
        let tag = PageInjection.tag(identity: .failed, badge: "\"><script>")
        #expect(String(decoding: tag, as: UTF8.self).contains("data-badge=\"&#34;&gt;&lt;script&gt;\""))
    }

    @Test(arguments: [
        ("index.html", "text/html; charset=utf-8"), ("a/B.JPG", "image/jpeg"),
        ("atom.xml", "application/xml; charset=utf-8"),
        ("x.tar.gz", "application/gzip"), ("fonts/a.woff2", "font/woff2"), ("app.wasm", "application/wasm"),
        ("search/shard", "application/octet-stream"), (".well-known/x", "application/octet-stream"),
        ("CNAME", "text/plain; charset=utf-8"), ("a.unknownextension", "application/octet-stream"),
        ("m.mjs", "text/javascript; charset=utf-8"), ("logo.svg", "image/svg+xml; charset=utf-8"),
    ]) func aFileHasTheTypeOfItsExtension(_ file: String, _ type: String) {
        #expect(MediaType.of(path(file)) == type)
    }

    @Test(arguments: [
        ("bytes=0-0", 10, ByteRange.part(0..<1)), ("bytes=0-", 10, .part(0..<10)),
        ("bytes=9-20", 10, .part(9..<10)),
        ("bytes=10-", 10, .unsatisfiable), ("bytes=-20", 10, .part(0..<10)), ("bytes=-1", 0, .unsatisfiable),
        ("bytes=-0", 10, .unsatisfiable), ("bytes=0-", 0, .unsatisfiable), ("BYTES=1-1", 10, .part(1..<2)),
        ("bytes=1-1,2-2", 10, .whole), ("bytes=2-1", 10, .whole), ("seconds=1-2", 10, .whole),
        ("", 10, .whole),
        ("bytes=0-9223372036854775807", 10, .part(0..<10)),
        ("bytes=0-99999999999999999999999", 10, .part(0..<10)),
        ("bytes=99999999999999999999999-", 10, .unsatisfiable), ("bytes=+1-2", 10, .whole),
    ]) func aRangeIsAPartOfTheBody(_ field: String, _ length: Int, _ expected: ByteRange) {
        #expect(ByteRange(field, length: length) == expected)
    }

    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("\"b\",,W/\"a\" ", true), ("*", true),
        (" * ", true),
        ("\"b\"", false), ("a", false), ("", false), ("\"a", false), ("\"aa\"", false), ("*x", false),
        ("W/", false),
    ]) func aTagIsFoundInAList(_ list: String, _ isListed: Bool) {
        #expect(EntityTag.isListed("\"a\"", in: list) == isListed)
    }

    @Test(arguments: [
        ("/?q=a+b", "a b"), ("/?x=1&q=%C3%A9", "é"), ("/?q=", ""), ("/?q", nil), ("/?qq=1", nil),
        ("/?q=%", nil),
        ("/?q=%ff", nil), ("/?q=1&q=2", "1"), ("/?q=a=b", "a=b"),
    ]) func aParameterIsDecodedAsFormsAre(_ target: String, _ value: String?) throws {
        let parameter = try RequestTarget(Array(target.utf8)).parameter("q")
        #expect(parameter.map { String(decoding: $0, as: UTF8.self) } == value)
    }

    @Test func anOutputHasItsAddress() {
        var options = PreviewOptions()
        #expect(SitePaths(options).url(of: path("index.html")) == "/")
        #expect(SitePaths(options).url(of: path("a b/index.html")) == "/a%20b/")
        options.basePath = "/blog/"
        #expect(SitePaths(options).url(of: path("index.html")) == "/blog/")
        #expect(SitePaths(options).url(of: path("c#.css")) == "/blog/c%23.css")
    }

    @Test(arguments: [(1024, 128, 96), (Int.max, 128, 96), (100, 52, 39), (64, 16, 12), (20, 4, 3)])
    func connectionsLeaveFilesForTheSite(openFiles: Int, connections: Int, streams: Int) {
        let limits = RequestLimits().fitting(openFiles: openFiles)
        #expect(limits.connections == connections)
        #expect(limits.streams == streams)
    }
}
