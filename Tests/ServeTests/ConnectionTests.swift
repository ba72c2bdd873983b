import NIOCore
import NIOEmbedded
import Testing
import TestSupport
import Text

@testable import Serve

/// How long a connection may take for what, with a clock that is turned by hand.
@Suite struct ConnectionTimeTests {
    static let head = "GET /digits.txt HTTP/1.1\r\nHost: localhost\r\n"

    @Test func aHeadThatDripsInIsGivenUp() throws {
        let connection = try MemoryConnection()
        defer { connection.finish() }
        for byte in Self.head.utf8.prefix(12) {
            connection.send([byte])
            connection.advance(.milliseconds(800))
        }
        #expect(connection.received().isEmpty)
        #expect(connection.isOpen)
        connection.send("x")
        connection.advance(.seconds(1))
        let answers = Answer.parsed(connection.received())
        #expect(answers?.map(\.status) == [408])
        connection.advance(.seconds(2))
        #expect(!connection.isOpen)
    }

    @Test func aSilentConnectionIsClosed() throws {
        let connection = try MemoryConnection()
        defer { connection.finish() }
        connection.advance(.seconds(55))
        connection.send(Self.head + "\r\n")
        #expect(Answer.parsed(connection.received())?.first?.status == 200)
        connection.advance(.seconds(58))
        #expect(connection.isOpen)
        connection.advance(.seconds(4))
        #expect(!connection.isOpen)
        #expect(connection.received().isEmpty)
    }

    @Test func aBrowserThatTakesNothingIsCutOff() throws {
        let site = FakeSite()
        site.set("large.bin", [UInt8](repeating: 1, count: 1 << 20))
        let connection = try MemoryConnection(site)
        defer { connection.finish() }
        connection.channel.isWritable = false
        connection.channel.pipeline.fireChannelWritabilityChanged()
        connection.send("GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.advance(.seconds(29))
        #expect(connection.isOpen)
        connection.advance(.seconds(3))
        #expect(!connection.isOpen)
    }

    @Test func theSecondAnswerWaitsUntilTheFirstIsTaken() throws {
        let connection = try MemoryConnection()
        defer { connection.finish() }
        func setWritable(_ isWritable: Bool) {
            connection.channel.isWritable = isWritable
            connection.channel.pipeline.fireChannelWritabilityChanged()
        }
        setWritable(false)
        connection.send(Self.head + "\r\n" + Self.head + "\r\n")
        let blocked = connection.received()
        #expect(!contains(blocked, Array("0123456789".utf8)))
        setWritable(true)
        let answers = Answer.parsed(blocked + connection.received())
        #expect(answers?.map(\.text) == ["0123456789", "0123456789"])
    }

    @Test func aRefusedConnectionIsNotKept() throws {
        let connection = try MemoryConnection()
        defer { connection.finish() }
        connection.send("nonsense\r\n\r\n")
        #expect(Answer.parsed(connection.received())?.map(\.status) == [400])
        // What still comes is thrown away.
        connection.send(Self.head + "\r\n")
        connection.advance(.seconds(2))
        #expect(connection.received().isEmpty)
        #expect(!connection.isOpen)
        #expect(connection.ledger.count == 0)
    }

    @Test func aStreamSaysThatItIsAlive() throws {
        let connection = try MemoryConnection()
        defer { connection.finish() }
        connection.send("GET /_site/events?page=/&is=x HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let start = String(decoding: connection.received(), as: UTF8.self)
        #expect(
            start.contains("200 OK") && start.contains("text/event-stream") && start.contains("event: hello"))
        connection.advance(.seconds(120))
        #expect(connection.isOpen)
        let beats = String(decoding: connection.received(), as: UTF8.self)
        #expect(beats.split(separator: "\r\n").count { $0 == ":\n\n" } == 8)
        // A stream is closed by whatever follows its request, without a word.
        connection.send("x")
        #expect(!connection.isOpen)
        #expect(connection.live.viewedPages.isEmpty)
    }

    @Test func theOneIdleLongestGivesWay() throws {
        let ledger = ConnectionLedger(limit: 2)
        let connections = [try MemoryConnection(), try MemoryConnection(), try MemoryConnection()]
        let first = try #require(ledger.admit(connections[0].channel))
        let second = try #require(ledger.admit(connections[1].channel))
        first.becameBusy()
        #expect(ledger.admit(connections[2].channel) != nil)
        #expect(connections.map(\.isOpen) == [true, false, true])
        second.returned()
        #expect(ledger.count == 2)
        ledger.closeAll()
        #expect(ledger.admit(connections[2].channel) == nil)
    }
}

/// The grammar of request heads, whatever pieces they arrive in.
@Suite struct RequestHeadScannerTests {
    static func outcome(_ bytes: [UInt8], cutAt cut: Int?) -> RequestHeadScanner.Outcome {
        var scanner = RequestHeadScanner(RequestLimits())
        if let cut {
            let first = scanner.scan(Array(bytes[..<cut]).span)
            if first != .incomplete { return first }
        }
        return scanner.scan(bytes.span)
    }

    @Test(arguments: HostileRequestTests.framings + HostileRequestTests.askers)
    func theOutcomeDoesNotDependOnTheCut(_ attack: HostileRequestTests.Attack) {
        let bytes = Array(attack.bytes.utf8)
        let whole = Self.outcome(bytes, cutAt: nil)
        for cut in stride(from: 0, through: min(bytes.count, 300), by: 1) {
            #expect(Self.outcome(bytes, cutAt: cut) == whole)
        }
    }

    @Test func aHeadEndsAtItsEmptyLine() {
        let head = Array(
            "\r\nGET / HTTP/1.1\r\nhOST:localhost\r\nX:\t\u{e9}\r\nContent-Length: 0\r\n\r\n".utf8)
        #expect(Self.outcome(head + Array("GET /next".utf8), cutAt: nil) == .complete(length: head.count))
        for end in 0..<head.count { #expect(Self.outcome(Array(head[..<end]), cutAt: nil) == .incomplete) }
    }

    @Test(arguments: 0..<8) func randomBytesNeitherCrashNorHang(_ round: Int) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomSource(seed: seed)
        let pieces = [
            "GET ", "HEAD ", "POST ", "/", "/digits.txt", "/_site/events?page=/", "/_site/?q=%", " HTTP/1.1",
            " HTTP/1.0",
            "\r\n", "\r\n\r\n", "\n", "\r", "Host: localhost", "Host:", "Content-Length: ",
            "Transfer-Encoding: chunked",
            "0", "5", "\0", " ", "\t", ":", "%2e", "..", "Range: bytes=", "-", ",", "If-None-Match: \"",
            "Upgrade: h2c",
            "Connection: close", "Connection: upgrade", "Expect: 100-continue", "Referer: http://localhost/",
            "Origin: http://localhost",
        ].map { Array($0.utf8) }
        for _ in 0..<400 {
            let connection = try MemoryConnection()
            defer { connection.finish() }
            for _ in 0..<random.below(24) {
                var bytes = random.pick(pieces)
                if random.below(10) == 0 {
                    bytes = random.bytes(count: random.below(64), from: Array(0...255))
                }
                connection.send(bytes)
            }
            // Whatever it was, it is over in the end.
            connection.advance(.seconds(200))
            _ = connection.received()
            connection.finishSending()
            #expect(!connection.isOpen, "seed \(seed)")
            #expect(connection.ledger.count == 0, "seed \(seed)")
        }
    }

    @Test func aWholeRequestAmongMutationsIsAnsweredOrRefused() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomSource(seed: seed)
        let request = Array("GET /digits.txt HTTP/1.1\r\nHost: localhost\r\nRange: bytes=1-2\r\n\r\n".utf8)
        for _ in 0..<2000 {
            var bytes = request
            for _ in 0...random.below(3) {
                let place = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[place] = UInt8(random.below(256))
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8(random.below(256)), at: place)
                }
            }
            let received = try exchange(bytes, over: .memory)
            #expect(
                Answer.parsed(received) != nil, "seed \(seed): \(String(decoding: received, as: UTF8.self))")
        }
    }
}
