import Serve
import Testing
import TestSupport
import Text

/// Every attack of the list in the design (what other preview servers fell to), byte for byte.
@Suite(.serialized) struct HostileRequestTests {
    struct Attack: CustomTestStringConvertible {
        var name: String
        var bytes: String
        var status: Set<Int>
        var testDescription: String { name }

        init(_ name: String, _ bytes: String, _ status: Int...) {
            self.name = name
            self.bytes = bytes
            self.status = Set(status)
        }

        /// A request whose target is the attack.
        init(target: String, _ status: Int...) {
            name = String(target.prefix(60))
            bytes = "GET \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n"
            self.status = Set(status)
        }

        /// A request whose fields are the attack.
        init(fields: String, target: String = "/", _ status: Int...) {
            name =
                "\(target) "
                + String(fields.prefix(60)).split(whereSeparator: \.isNewline).joined(separator: " · ")
            bytes = "GET \(target) HTTP/1.1\r\n\(fields)\r\n\r\n"
            self.status = Set(status)
        }
    }

    static let traversals = [
        Attack(target: "/../../../../etc/passwd", 400), Attack(target: "/%2e%2e/%2e%2e/etc/passwd", 400),
        Attack(target: "/%2e%2e%2fx", 400), Attack(target: "/..%2f..%2fetc%2fpasswd", 400),
        Attack(target: "/posts/..%2f../secret.txt", 400), Attack(target: "/%252e%252e/etc/passwd", 404),
        Attack(target: "/@fs/etc/passwd?raw??", 404), Attack(target: "/@fs/etc/passwd?import&raw??", 404),
        Attack(target: "/etc/passwd?import&?inline=1.wasm?init", 404),
        Attack(target: "/etc/passwd?.svg?.wasm?init", 404),
        Attack(target: "/@fs/x/?/../../../etc/passwd?import&?raw", 404),
        Attack(target: "/@fs/x/#/../../../etc/passwd", 400), Attack(target: "/.env/.", 400),
        Attack(target: "/.env", 404), Attack(target: "/%2eenv", 404), Attack(target: "/.git/config", 404),
        Attack(target: "/../public-secret/s.txt", 400), Attack(target: "/../outside.html", 400),
        Attack(target: "/.env\\", 400), Attack(target: "/..\\..\\x", 400), Attack(target: "/%5c..%5cx", 400),
        Attack(target: "/.env::$DATA", 404), Attack(target: "/secret.txt::$DATA", 404),
        Attack(target: "//evil.example/%2e%2e", 400), Attack(target: "//evil.example/", 404),
        Attack(target: "//evil.example", 404), Attack(target: "///etc/passwd", 404),
        Attack(target: "/posts//hello/", 404), Attack(target: "/secret.txt%00.html", 400),
        Attack(target: "/%00", 400), Attack(target: "/%", 400), Attack(target: "/%4", 400),
        Attack(target: "/%zz", 400),
        Attack(target: "/%ff", 400), Attack(target: "/%c0%ae%c0%ae/", 400), Attack(target: "/%ed%a0%80", 400),
        Attack(target: "/%0d%0aX-Injected:%20yes", 400), Attack(target: "/a%7fb", 400),
        Attack(target: "/\u{e9}", 400), Attack(target: "file:///etc/passwd", 400), Attack(target: "*", 400),
        Attack(target: "http://evil.example/", 400), Attack(target: "http://", 400),
        Attack(target: "/" + String(repeating: "a", count: 9000), 414),
        Attack(target: "/" + String(repeating: "../", count: 2000), 400),
        Attack(target: "/" + String(repeating: "a/", count: 3000), 404),
    ]

    static let askers = [
        Attack(fields: "Host: evil.example", 403), Attack(fields: "Host: evil.example:4000", 403),
        Attack(fields: "Host: localhost.evil.example", 403), Attack(fields: "Host: .localhost", 403),
        Attack(fields: "Host: 192.168.1.1", 403), Attack(fields: "Host: 2130706433", 403),
        Attack(fields: "Host: localhost:99999", 400), Attack(fields: "Host: localhost:", 400),
        Attack(fields: "Host: localhost:a", 400), Attack(fields: "Host: [::1", 400),
        Attack(fields: "Host: [::1]x", 400),
        Attack(fields: "Host: local host", 400), Attack(fields: "Host:", 400),
        Attack(fields: "Host: a@localhost", 400),
        Attack(fields: "Host: localhost/", 400), Attack(fields: "X: y", 400),
        Attack(fields: "Host: localhost\r\nHost: localhost", 400),
        Attack(fields: "Host: evil.example\r\nX-Forwarded-Host: localhost", 403),
        Attack(fields: "Host: evil.example\r\nForwarded: host=localhost", 403),
        Attack(fields: "Host: localhost\r\nOrigin: http://evil.example", 403),
        Attack(fields: "Host: localhost\r\nOrigin: http://evil.example", target: "/_site/events?page=/", 403),
        Attack(fields: "Host: localhost\r\nOrigin: http://1.2.3.4", 403),
        Attack(fields: "Host: localhost\r\nOrigin: null", 403),
        Attack(fields: "Host: localhost\r\nOrigin: http://localhost:81", 403),
        Attack(fields: "Host: localhost\r\nOrigin: https://localhost", 403),
        Attack(
            fields:
                "Host: localhost\r\nOrigin: http://evil.example\r\nUpgrade: websocket\r\nConnection: Upgrade",
            403),
        Attack(
            fields: "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors",
            target: "/_site/events?page=/", 403),
        Attack(
            fields: "Host: localhost\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors",
            target: "/_site/findings.json", 403),
        Attack(fields: "Host: localhost\r\nX: y", target: "/_site/events", 400),
        Attack(fields: "Host: localhost\r\nX: y", target: "/_site/events?page=//evil", 400),
        Attack(fields: "Host: localhost\r\nX: y", target: "/_site/events?page=/%252e%252e/x", 400),
        Attack(fields: "Host: localhost\r\nX: y", target: "/_site/events?page=/_site/x", 400),
        Attack(fields: "Host: localhost\r\nX: y", target: "/_site/events?page=/_site", 400),
    ]

    static let framings = [
        Attack(
            "a length and chunks",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Attack(
            "chunks", "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        Attack(
            "hidden chunks", "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n", 400),
        Attack(
            "two lengths",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nabcde", 400),
        Attack("a list of lengths", "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0, 0\r\n\r\n", 400),
        Attack(
            "a signed length", "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\n\r\nabcde", 400),
        Attack(
            "a hexadecimal length", "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x0\r\n\r\n", 400),
        Attack(
            "a length past all numbers",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
        Attack(
            "a body",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30\r\n\r\nGET /secret.txt HTTP/1.1\r\n\r\n",
            413),
        Attack("a folded line", "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", 400),
        Attack("a folded first line", "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n", 400),
        Attack("a space before the colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
        Attack("no colon", "GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n", 400),
        Attack("no name", "GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n", 400),
        Attack("bare LFs", "GET / HTTP/1.1\nHost: localhost\n\n", 400),
        Attack("a bare CR", "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n", 400),
        Attack("a NUL in a field", "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n", 400),
        Attack("a NUL in a name", "GET / HTTP/1.1\r\nHost: localhost\r\nX\0: a\r\n\r\n", 400),
        Attack("two spaces", "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        Attack("a space in the target", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        Attack("a tab in the line", "GET\t/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        Attack("no version", "GET /\r\n\r\n", 400),
        Attack("version 0.9", "GET / HTTP/0.9\r\nHost: localhost\r\n\r\n", 505),
        Attack("version 1.2", "GET / HTTP/1.2\r\nHost: localhost\r\n\r\n", 505),
        Attack("version 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Attack("a long version", "GET / HTTP/1.10\r\nHost: localhost\r\n\r\n", 400),
        Attack("TLS", "\u{16}\u{3}\u{1}\0\u{a5}\u{1}\0\0\r\n\r\n", 400),
        Attack("only line ends", String(repeating: "\r\n", count: 100), 400),
        Attack("POST", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc", 405),
        Attack("TRACE", "TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Echo: CANARY\r\n\r\n", 405),
        Attack(
            "OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n", 405),
        Attack("CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", 405),
        Attack("PUT", "PUT /secret.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 405),
        Attack("lower case", "get / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
        Attack("a long method", String(repeating: "A", count: 9000) + " / HTTP/1.1\r\n\r\n", 414),
        Attack("a long line without end", "GET /" + String(repeating: "a", count: 20000), 414),
        Attack(
            "101 fields",
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "X: y\r\n", count: 100) + "\r\n", 431),
        Attack(
            "one huge field",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "y", count: 40000) + "\r\n\r\n",
            431),
        Attack("a huge cookie", "GET / HTTP/1.1\r\nCookie: " + String(repeating: "y", count: 100_000), 431),
    ]

    static let ranges = [
        "bytes=" + Array(repeating: "0-", count: 1000).joined(separator: ","), "bytes=5-2", "bytes=-",
        "bytes=a-b",
        "bytes=99999999999999999999-", "bytes=0-99999999999999999999", "bytes=-99999999999999999999",
        "bytes=--1",
        "lines=0-1", "bytes", "bytes=", "bytes= 0-1", "bytes=0x0-0x1", "bytes=-0",
    ]

    @Test(arguments: traversals + askers + framings, Transport.allCases)
    func anAttackIsRefused(_ attack: Attack, _ transport: Transport) throws {
        let received = try exchange(Array(attack.bytes.utf8), over: transport)
        let answers = try #require(
            Answer.parsed(received), "\(String(decoding: received.prefix(400), as: UTF8.self))")
        let answer = try #require(answers.first)
        #expect(attack.status.contains(answer.status), "\(answer.status): \(answer.text.prefix(200))")
        // Whatever came after the refusal was not taken for another request.
        #expect(answers.count == 1)
        #expect(
            !answers.contains { $0.text.contains("CANARY") || $0.field("location")?.contains("evil") == true }
        )
        #expect(!answer.fields.contains { $0.name.hasPrefix("access-control-") || $0.name == "x-injected" })
    }

    @Test(arguments: ranges) func aStrangeRangeIsNoHarm(_ range: String) throws {
        let answer = try answer("GET /digits.txt\nRange: \(range)")
        switch answer.status {
        case 200: #expect(answer.text == "0123456789")
        case 206: #expect(answer.field("content-length") == String(answer.body.count))
        case 416: #expect(answer.field("content-range") == "bytes */10")
        default: Issue.record("status \(answer.status)")
        }
    }

    @Test func theServerOutlivesEveryAttack() throws {
        let server = try PreviewServer.start(FakeSite(), options: .test)
        defer { server.close() }
        for attack in Self.traversals + Self.askers + Self.framings {
            let socket = try RawSocket(port: server.port)
            socket.send(attack.bytes)
            // Some wait for their answer, some leave, some tear the connection down.
            switch attack.bytes.utf8.count % 3 {
            case 0: _ = socket.receive()
            case 1: socket.reset()
            default: socket.close()
            }
        }
        let socket = try RawSocket(port: server.port)
        socket.send("GET /digits.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(try Answer.parsed(#require(socket.receiveAll()))?.first?.text == "0123456789")
        // All connections are given back; two seconds are plenty for what takes microseconds.
        for _ in 0..<200 where server.connectionCount > 0 { pause(.milliseconds(10)) }
        #expect(server.connectionCount == 0)
    }

    @Test func aNameThatIsAllowedIsServed() throws {
        var options = PreviewOptions.test
        options.allowedHosts = ["Laptop.local"]
        for (host, status) in [
            ("localhost", 200), ("LOCALHOST:4000", 200), ("blog.localhost", 200), ("127.0.0.1:1", 200),
            ("[::1]", 200),
            ("[::1]:4000", 200), ("laptop.local:4000", 200), ("other.local", 403),
        ] {
            let answer = try answer("GET /\nHost: \(host)", over: .memory, FakeSite(), options)
            #expect(answer.status == status, "\(host)")
        }
    }

    @Test func ourOwnPagesMayAsk() throws {
        for fields in [
            "Origin: http://localhost:4000", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none",
            "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document",
        ] {
            #expect(try answer("GET /_site/\nHost: localhost:4000\n\(fields)").status == 200, "\(fields)")
        }
    }

    @Test func theLogShowsNoControlCharacters() throws {
        let lines = Lines()
        var options = PreviewOptions.test
        options.onRefusal = { lines.append($0) }
        _ = try answer("GET /%zz\nUser-Agent: \u{9b}31m", over: .memory, FakeSite(), options)
        #expect(lines.all == ["400 /%zz (broken percent-encoding in the target of the request)"])
    }
}
