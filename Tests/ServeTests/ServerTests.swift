@testable import Serve
import Testing
import Text

/// The server as a whole: many connections, ports, an end.
@Suite(.serialized) struct ServerTests {
    static func request(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n"
    }

    static let closing = "Connection: close\r\n"

    @Test func fiftyStreamsAndSixtyFourConnectionsAtOnce() throws {
        let site = FakeSite()
        let server = try PreviewServer.start(site, options: .test)
        defer { server.close() }
        let pages = ["/posts/hello/", "/posts/world/"]
        let streams = try (0..<50).map { _ in try RawSocket(port: server.port) }
        for (number, stream) in streams.enumerated() {
            stream.send(Self.request("/_site/events?page=\(pages[number % 2])&is=1"))
        }
        // Each shows other bytes than the site has, and is told so.
        for stream in streams { _ = stream.receive(until: "event: page\n") }
        let busy = try (0..<64).map { _ in try RawSocket(port: server.port) }
        for round in 0..<10 {
            for (number, socket) in busy.enumerated() {
                socket.send(Self.request(pages[(number + round) % 2]))
            }
            for (number, socket) in busy.enumerated() {
                let answer = socket.receive(until: "</body>")
                #expect(
                    answer.contains("200 OK")
                        && answer.contains((number + round) % 2 == 0 ? "Hello" : "World"))
            }
        }
        #expect(server.connectionCount == 114)
        #expect(server.viewedPages.map(\.text) == ["posts/hello/index.html", "posts/world/index.html"])
        server.announce(site.set("posts/hello/index.html", "new"))
        // This one is for all; whoever has it without the page before it was not told of the page.
        server.announce(site.set("main.css", "new"))
        for (number, stream) in streams.enumerated() {
            let events = stream.receive(until: "event: assets\n")
            #expect(events.contains("event: page\n") == (number % 2 == 0), "stream \(number)")
        }
    }

    @Test func aPageThatIsLongInTheMakingHoldsUpNobody() throws {
        let site = FakeSite()
        let server = try PreviewServer.start(site, options: .test)
        defer { server.close() }
        let quick = try RawSocket(port: server.port)
        quick.send(Self.request("/"))
        _ = quick.receive(until: "</html>")
        site.hold("posts/hello/index.html")
        // More than there are workers.
        let slow = try (0..<40).map { _ in try RawSocket(port: server.port) }
        for socket in slow { socket.send(Self.request("/posts/hello/", Self.closing)) }
        for _ in 0..<500 where site.requested.filter({ $0 == path("posts/hello/index.html") }).count < 4 {
            pause(.milliseconds(10))
        }
        quick.send(Self.request("/"))
        #expect(quick.receive(until: "</html>").contains("Home"))
        site.release()
        for socket in slow { #expect(try Answer.parsed(#require(socket.receiveAll()))?.first?.status == 200) }
    }

    @Test func whoAsksAndNeverReadsIsNotAnsweredForEver() throws {
        let site = FakeSite()
        // Too large to be kept, so that each answer is seen to be asked for; 600 MB in all.
        site.set("large.bin", [UInt8](repeating: 7, count: 2 << 20))
        let server = try PreviewServer.start(site, options: .test)
        defer { server.close() }
        let greedy = try RawSocket(port: server.port, receiveBuffer: 4096)
        greedy.send(String(repeating: Self.request("/large.bin"), count: 300))
        #expect(greedy.receive(until: "\r\n\r\n").contains("200 OK"))
        pause(.milliseconds(200))
        #expect(site.requested.count < 100)
        let polite = try RawSocket(port: server.port)
        polite.send(Self.request("/digits.txt", Self.closing))
        #expect(try Answer.parsed(#require(polite.receiveAll()))?.first?.text == "0123456789")
    }

    @Test func aTakenPortIsPassedOver() throws {
        let first = try PreviewServer.start(FakeSite(), options: .test)
        defer { first.close() }
        var options = PreviewOptions.test
        options.port = first.port
        options.portIsFixed = true
        do {
            try PreviewServer.start(FakeSite(), options: options).close()
            Issue.record("a taken port was taken again")
        } catch {
            #expect(error.isTaken && error.address == "localhost:\(first.port)")
        }
        options.portIsFixed = false
        let second = try PreviewServer.start(FakeSite(), options: options)
        defer { second.close() }
        #expect(second.port > first.port && second.port <= first.port + 20)
        #expect(
            second.warnings == [
                "port \(first.port) is taken by another program, so this is port \(second.port)"
            ])
        #expect(second.url == "http://localhost:\(second.port)/")
        #expect(first.warnings.isEmpty)
    }

    @Test(arguments: ["localhost", "127.0.0.1", "::1", "LocalHost"])
    func loopbackIsNobodyElses(_ host: String) throws {
        var options = PreviewOptions.test
        options.host = host
        let server = try PreviewServer.start(FakeSite(), options: options)
        defer { server.close() }
        #expect(server.warnings.isEmpty)
    }

    @Test(arguments: [
        ("192.0.2.2", "::ffff:192.0.2.2", true), ("[::ffff:192.0.2.2]", "::ffff:192.0.2.2", true),
        ("192.0.2.2", "192.0.2.2", true), ("[fd00::2]", "fd00::2", true),
        ("192.0.2.3", "::ffff:192.0.2.2", false), ("192.0.2.2", "fd00::192.0.2.2", false),
    ])
    func ourOwnAddressIsAName(_ host: String, _ address: String, _ isServed: Bool) throws {
        var options = PreviewOptions.test
        options.host = "::"
        let source = RequestSource(host: Array((host + ":4000").utf8))
        var refusal: Refusal?
        do {
            try RequestGuard(options).check(source, localAddress: address, isOurs: false)
        } catch { refusal = error }
        #expect((refusal == nil) == isServed)
    }

    @Test func listeningBeyondLoopbackIsSaid() throws {
        var options = PreviewOptions.test
        options.host = "0.0.0.0"
        let server = try PreviewServer.start(FakeSite(), options: options)
        defer { server.close() }
        #expect(server.warnings == ["others who can reach 0.0.0.0 can read this preview, drafts included"])
        for (host, status) in [("127.0.0.1", "200 OK"), ("evil.example", "403 Forbidden")] {
            let socket = try RawSocket(port: server.port)
            socket.send("GET / HTTP/1.1\r\nHost: \(host):\(server.port)\r\nConnection: close\r\n\r\n")
            #expect(socket.receive(until: "\r\n\r\n").contains(status))
        }
        // Whoever listens on all addresses of one kind still listens on loopback of the other, where there is one.
        if let only = try? RawSocket(port: server.port, isIPv6: true) {
            only.send("GET / HTTP/1.1\r\nHost: [::1]:\(server.port)\r\nConnection: close\r\n\r\n")
            #expect(only.receive(until: "\r\n\r\n").contains("200 OK"))
        } else {
            #expect(throws: ListenError.self, "there is an IPv6 loopback, and nobody listens there") {
                var lonely = PreviewOptions.test
                lonely.host = "::"
                try PreviewServer.start(FakeSite(), options: lonely).close()
            }
        }
        options.host = "192.0.2.1"
        #expect(throws: ListenError.self) { try PreviewServer.start(FakeSite(), options: options).close() }
    }

    @Test func closingEndsEveryConnectionAndFreesThePort() throws {
        let site = FakeSite()
        var options = PreviewOptions.test
        for _ in 0..<3 {
            let server = try PreviewServer.start(site, options: options)
            options.port = server.port
            options.portIsFixed = true
            let idle = try RawSocket(port: server.port)
            let stream = try RawSocket(port: server.port)
            stream.send(Self.request("/_site/events?page=/&is=1"))
            _ = stream.receive(until: "event: hello")
            server.close()
            #expect(idle.receiveAll()?.isEmpty == true)
            #expect(stream.receiveAll() != nil)
            // To announce to nobody is no harm.
            server.announce(PreviewChange())
        }
    }

    @Test func aNewConnectionGetsThePlaceOfAnIdleOne() throws {
        var options = PreviewOptions.test
        options.limits.connections = 3
        let server = try PreviewServer.start(FakeSite(), options: options)
        defer { server.close() }
        let idle = try (0..<3).map { _ in try RawSocket(port: server.port) }
        for _ in 0..<500 where server.connectionCount < 3 { pause(.milliseconds(10)) }
        let late = try RawSocket(port: server.port)
        late.send(Self.request("/digits.txt", Self.closing))
        #expect(try Answer.parsed(#require(late.receiveAll()))?.first?.text == "0123456789")
        #expect(server.connectionCount <= 3)
        withExtendedLifetime(idle) {}
    }

    @Test func aHalfSentHeadIsGivenUpOnASocket() throws {
        var options = PreviewOptions.test
        options.limits.headTime = .milliseconds(50)
        options.limits.idleTime = .milliseconds(100)
        options.limits.closeTime = .milliseconds(50)
        let server = try PreviewServer.start(FakeSite(), options: options)
        defer { server.close() }
        let half = try RawSocket(port: server.port)
        half.send("GET / HTTP/1.1\r\nHost: loc")
        #expect(try Answer.parsed(#require(half.receiveAll()))?.first?.status == 408)
        let silent = try RawSocket(port: server.port)
        #expect(silent.receiveAll()?.isEmpty == true)
        for _ in 0..<500 where server.connectionCount > 0 { pause(.milliseconds(10)) }
        #expect(server.connectionCount == 0)
    }
}
