import Serve
import Testing
import Text

/// What a browser gets for what it asks, in memory and on a socket.
@Suite(.serialized) struct AnswerTests {
    struct Row: CustomTestStringConvertible {
        var request: String
        var status: Int
        var contains = ""
        var fields: [String: String] = [:]
        var testDescription: String { request.split(separator: "\n").joined(separator: " · ") }
    }

    static let rows = [
        Row(
            request: "GET /", status: 200, contains: "<h1>Home</h1>",
            fields: ["content-type": "text/html; charset=utf-8"]),
        Row(request: "GET /index.html", status: 200, contains: "<h1>Home</h1>"),
        Row(request: "GET /posts/hello/", status: 200, contains: "<p>Hello</p><script type=\"module\""),
        Row(request: "GET /posts/hello/?utm=1&x", status: 200, contains: "Hello"),
        Row(request: "GET /posts/hello", status: 302, fields: ["location": "/posts/hello/"]),
        Row(
            request: "GET /posts/hello?next=//evil.example", status: 302,
            fields: ["location": "/posts/hello/?next=//evil.example"]),
        Row(request: "GET /caf%C3%A9", status: 302, fields: ["location": "/caf%C3%A9/"]),
        Row(request: "GET /caf%c3%a9/", status: 200, contains: "café"),
        Row(
            request: "GET /main.css", status: 200, contains: "color",
            fields: ["content-type": "text/css; charset=utf-8"]),
        Row(request: "GET /.well-known/security.txt", status: 200, contains: "Contact"),
        Row(
            request: "GET /nothing", status: 404, contains: "The site's own 404",
            fields: ["content-type": "text/html; charset=utf-8"]),
        Row(request: "GET /nothing/", status: 404, contains: "The site's own 404"),
        Row(request: "GET /de/nichts/", status: 404, contains: "Nicht gefunden"),
        Row(request: "GET /main.css/", status: 404),
        Row(request: "GET /empty.txt", status: 200, fields: ["content-length": "0"]),
        Row(request: "HEAD /", status: 200),
        Row(request: "HEAD /digits.txt", status: 200, fields: ["content-length": "10"]),
        Row(request: "HEAD /digits.txt\nRange: bytes=0-1", status: 200, fields: ["content-length": "10"]),
        Row(request: "HEAD /nothing", status: 404),
        Row(
            request: "GET /digits.txt\nRange: bytes=2-4", status: 206, contains: "234",
            fields: ["content-range": "bytes 2-4/10", "content-length": "3"]),
        Row(
            request: "GET /digits.txt\nRange: bytes=-3", status: 206, contains: "789",
            fields: ["content-range": "bytes 7-9/10"]),
        Row(
            request: "GET /digits.txt\nRange: bytes=20-", status: 416, fields: ["content-range": "bytes */10"]
        ),
        Row(request: "GET /digits.txt\nRange: bytes=0-1,3-4", status: 200, contains: "0123456789"),
        Row(
            request: "GET /digits.txt\nRange: bytes=0-1\nRange: bytes=3-4", status: 200,
            contains: "0123456789"),
        Row(
            request: "GET /digits.txt\nRange: bytes=0-1\nIf-Range: \"other\"", status: 200,
            contains: "0123456789"),
        Row(request: "GET http://localhost/posts/hello/", status: 200, contains: "Hello"),
        Row(
            request: "GET /\nUpgrade: websocket\nConnection: Upgrade", status: 200,
            fields: ["connection": "close"]),
        Row(request: "GET /_site", status: 302, fields: ["location": "/_site/"]),
        Row(request: "GET /_site?q=a&b=%20", status: 302, fields: ["location": "/_site/?q=a&b=%20"]),
        Row(request: "GET /_site/nothing", status: 404),
        Row(
            request: "GET /_site/live.js", status: 200, contains: "EventSource",
            fields: ["content-type": "text/javascript; charset=utf-8"]),
        Row(request: "GET /_site/findings.json", status: 200, contains: "\"errors\":[]"),
    ]

    @Test(arguments: rows, Transport.allCases)
    func aRequestIsAnswered(_ row: Row, _ transport: Transport) throws {
        let answer = try answer(row.request, over: transport)
        #expect(answer.status == row.status)
        #expect(answer.text.contains(row.contains))
        for (name, value) in row.fields { #expect(answer.field(name) == value) }
        if row.request.hasPrefix("HEAD") { #expect(answer.body.isEmpty) }
    }

    /// What a stream would say is no part of it, nor the mark of its end (RFC 9112, section 6.3).
    @Test(arguments: Transport.allCases) func aHeadOfAStreamEndsTheConnection(_ transport: Transport) throws {
        let request = Array("HEAD /_site/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        let received = try exchange(request + request, over: transport)
        let answers = try #require(Answer.parsed(received, heads: [true]))
        #expect(answers.map(\.status) == [200])
        #expect(answers.first?.field("connection") == "close")
    }

    @Test(arguments: rows) func everyAnswerKeepsOtherSitesOut(_ row: Row) throws {
        let answer = try answer(row.request)
        #expect(answer.field("cross-origin-resource-policy") == "same-origin")
        #expect(answer.field("x-content-type-options") == "nosniff")
        #expect(answer.field("cache-control") == "no-cache")
        #expect(!answer.fields.contains { $0.name.hasPrefix("access-control-") })
    }

    @Test(arguments: Transport.allCases) func anEntityTagSavesTheBody(_ transport: Transport) throws {
        for page in ["/", "/main.css", "/_site/live.js"] {
            let first = try answer("GET \(page)", over: transport)
            let tag = try #require(first.field("etag"))
            for list in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let second = try answer("GET \(page)\nIf-None-Match: \(list)", over: transport)
                #expect(second.status == 304)
                #expect(second.field("etag") == tag)
                #expect(second.body.isEmpty)
            }
            #expect(try answer("GET \(page)\nIf-None-Match: \"x\"", over: transport).status == 200)
            #expect(
                try answer("GET \(page)\nRange: bytes=0-0\nIf-Range: \(tag)", over: transport).status == 206)
        }
    }

    @Test func aChangedPageIsNeverServedFromMemory() throws {
        let site = FakeSite()
        let connection = try MemoryConnection(site)
        defer { connection.finish() }
        func get() throws -> Answer {
            connection.send("GET /posts/hello/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return try #require(Answer.parsed(connection.received())?.first)
        }
        let first = try get()
        #expect(try get() == first)
        // The second answer did not ask the site.
        #expect(site.requested.count == 1)
        site.set("posts/hello/index.html", "<body>Changed</body>")
        let changed = try get()
        #expect(changed.text.contains("Changed"))
        #expect(changed.field("etag") != first.field("etag"))
        site.remove("posts/hello/index.html")
        #expect(try get().status == 404)
        site.set("posts/hello/index.html", "<body>Back</body>")
        #expect(try get().text.contains("Back"))
    }

    @Test func aPageDiffersFromThePublishedOneOnlyByTheScript() throws {
        let site = FakeSite()
        let page = "<!doctype html><body>One</BODY>\n<!-- </body> in a comment -->\n"
        site.set("x/index.html", page)
        let served = try answer("GET /x/", over: .memory, site).text
        let start = try #require(served.firstRange(of: "<script type=\"module\" src=\"/_site/live.js\""))
        let end = try #require(served.firstRange(of: "</script>"))
        #expect(served[..<start.lowerBound] + served[end.upperBound...] == page)
    }

    @Test(arguments: Transport.allCases) func requestsOfOneConnectionAreAnsweredInOrder(
        _ transport: Transport
    ) throws {
        let request = { (path: String) in "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n" }
        let paths = ["/digits.txt", "/main.css", "/nothing", "/", "/digits.txt"]
        let received = try exchange(Array(paths.map(request).joined().utf8), over: transport)
        let answers = try #require(Answer.parsed(received))
        try #require(answers.map(\.status) == [200, 200, 404, 200, 200])
        #expect(answers[0].text == "0123456789")
        #expect(answers[1].text == "body { color: black }")
    }

    @Test(arguments: Transport.allCases) func anOldBrowserIsAnswered(_ transport: Transport) throws {
        let received = try exchange(Array("GET /digits.txt HTTP/1.0\r\n\r\n".utf8), over: transport)
        let answer = try #require(Answer.parsed(received)?.first)
        #expect(answer.status == 200)
        #expect(answer.field("connection") == "close")
    }

    @Test func aSiteBelowAPathStaysThere() throws {
        var options = PreviewOptions.test
        options.basePath = "/blog/"
        let site = FakeSite()
        for (request, status, location) in [
            ("GET /", 302, "/blog/"), ("GET /blog", 302, "/blog/"), ("GET /blog/", 200, nil),
            ("GET /blog/posts/hello", 302, "/blog/posts/hello/"), ("GET /blog/posts/hello/", 200, nil),
            ("GET /posts/hello/", 404, nil), ("GET /blogs/", 404, nil), ("GET /_site/", 200, nil),
        ] as [(String, Int, String?)] {
            let answer = try answer(request, over: .memory, site, options)
            #expect(answer.status == status, "\(request)")
            #expect(answer.field("location") == location, "\(request)")
        }
    }

    @Test func aPageThatWasNeverBuiltSaysSo() throws {
        let site = FakeSite()
        site.fail("broken/index.html")
        let failed = try answer("GET /broken/", over: .memory, site)
        #expect(failed.status == 500)
        #expect(failed.text.contains("data-is=\"failed\""))
    }

    @Test(arguments: Transport.allCases) func aLargeFileArrivesWhole(_ transport: Transport) throws {
        let site = FakeSite()
        let bytes = (0..<(3 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        site.set("large.bin", bytes)
        #expect(try answer("GET /large.bin", over: transport, site).body == bytes)
        let part = try answer("GET /large.bin\nRange: bytes=1000000-2000000", over: transport, site)
        #expect(part.body == Array(bytes[1_000_000...2_000_000]))
    }

    /// RFC 9110, §13.2.2 and §14: who wins among conditions and ranges.
    @Test(arguments: [
        ("If-Match: TAG", 200), ("If-Match: \"other\"", 412), ("If-Match: *", 200),
        ("If-Match: \"other\", TAG", 200), ("If-Match: W/TAG", 412),
        ("If-Match: TAG\nIf-None-Match: TAG", 304), ("If-None-Match: TAG\nRange: bytes=0-1", 304),
        ("If-None-Match: \"other\"\nRange: bytes=0-1", 206), ("Range: bytes=0-1\nIf-Range: TAG", 206),
        ("Range: bytes=0-1\nIf-Range: W/TAG", 200),
        ("Range: bytes=0-1\nIf-Range: Sat, 29 Oct 1994 19:43:31 GMT", 200),
        ("If-None-Match: \"a\"\nIf-None-Match: TAG", 304), ("If-None-Match: TAG \"x\"", 304),
        ("If-None-Match: \"x\" TAG", 200), ("If-None-Match: ,, ,TAG,", 304), ("If-None-Match: x", 200),
        ("If-None-Match: \"", 200), ("If-None-Match: *, *", 200), ("Range: bytes=10-", 416),
        ("Range: bytes=9-", 206), ("Range: bytes=-3", 206), ("Range: bytes=-30", 206),
        ("Range: BYTES=0-0", 206), ("Range: bytes=0-0,-1", 200),
        ("Range: bytes=10-\nIf-Range: \"other\"", 200),
        ("If-Modified-Since: Sat, 29 Oct 2033 19:43:31 GMT", 200),
    ]) func aConditionIsHeeded(_ fields: String, _ status: Int) throws {
        let tag = try #require(try answer("GET /digits.txt").field("etag"))
        let fields = fields.replacing("TAG", with: tag)
        #expect(try answer("GET /digits.txt\n\(fields)").status == status)
        let head = try answer("HEAD /digits.txt\n\(fields)")
        // Ranges are for GET alone.
        #expect(head.status == (status == 206 || status == 416 ? 200 : status))
        #expect(head.body.isEmpty)
    }

    @Test(arguments: Transport.allCases) func aFileThatIsReadInPartsArrivesWhole(_ transport: Transport)
        throws
    {
        let site = FakeSite()
        let bytes = (0..<(3 << 20) + 7).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        let largest = site.set("film.mp4", partsOf: bytes)
        let whole = try answer("GET /film.mp4", over: transport, site)
        #expect(whole.body == bytes)
        #expect(whole.field("content-type") == "video/mp4")
        for (range, part) in [
            ("0-0", 0..<1), ("1000000-2000000", 1_000_000..<2_000_001), ("-5", bytes.count - 5..<bytes.count),
            ("3145728-", (3 << 20)..<bytes.count),
        ] {
            let answer = try answer("GET /film.mp4\nRange: bytes=\(range)", over: transport, site)
            #expect(answer.status == 206)
            #expect(answer.body == Array(bytes[part]))
            #expect(
                answer.field("content-range")
                    == "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)")
        }
        #expect(try answer("GET /film.mp4\nRange: bytes=4000000-", over: transport, site).status == 416)
        let tag = try #require(whole.field("etag"))
        #expect(try answer("GET /film.mp4\nIf-None-Match: \(tag)", over: transport, site).status == 304)
        let head = try answer("HEAD /film.mp4", over: transport, site)
        #expect(head.field("content-length") == String(bytes.count) && head.body.isEmpty)
        #expect(largest() <= 256 * 1024)
    }

    @Test(arguments: Transport.allCases) func aFileThatShrinksEndsTheConnection(_ transport: Transport) throws
    {
        let site = FakeSite()
        _ = site.set("film.mp4", partsOf: [UInt8](repeating: 1, count: 1 << 20), missing: 1)
        let request = Array("GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        let received = try exchange(request + request, over: transport, site)
        // Less than was promised, and nothing that could be taken for the rest.
        #expect(Answer.parsed(received) == nil)
        #expect(String(decoding: received, as: UTF8.self).ranges(of: "HTTP/1.1").count == 1)
    }
}
