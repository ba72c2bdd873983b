import NIOCore
import NIOEmbedded
import Testing

@testable import Serve

/// The two ways in which every exchange is tested.
enum Transport: String, CaseIterable, CustomTestStringConvertible {
    /// The handlers alone, on a channel in memory.
    case memory
    /// A server and a socket on loopback.
    case socket

    var testDescription: String { rawValue }
}

/// One answer, taken apart.
struct Answer: Equatable {
    var status: Int
    /// Names in lower case, in order.
    var fields: [(name: String, value: String)]
    var body: [UInt8]

    /// The values of a field, joined; `nil` when it is absent.
    func field(_ name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    static func == (left: Answer, right: Answer) -> Bool {
        left.status == right.status && left.body == right.body
            && left.fields.elementsEqual(right.fields) { $0.name == $1.name && $0.value == $1.value }
    }

    /// All answers in the bytes of a connection.
    ///
    /// - Parameters:
    ///   - bytes: all that was received.
    ///   - heads: whether each request was HEAD, in order: such answers have no body.
    /// - Returns: the answers, or `nil` when the bytes are anything else.
    static func parsed(_ bytes: [UInt8], heads: [Bool] = []) -> [Answer]? {
        var answers: [Answer] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let end = rest.indices.first(where: { rest[$0...].starts(with: [13, 10, 13, 10]) }) else {
                return nil
            }
            let lines = String(decoding: rest[..<end], as: UTF8.self).components("\r\n")
            let words = lines[0].split(separator: " ", maxSplits: 2)
            guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0",
                let status = Int(words[1])
            else {
                return nil
            }
            var answer = Answer(status: status, fields: [], body: [])
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                answer.fields.append((line[..<colon].lowercased(), String(value)))
            }
            rest = rest[(end + 4)...]
            let isHead = answers.count < heads.count && heads[answers.count]
            if !isHead && status != 304 {
                guard let length = answer.field("content-length").flatMap({ Int($0) }), rest.count >= length
                else {
                    return nil
                }
                answer.body = Array(rest.prefix(length))
                rest = rest.dropFirst(length)
            }
            answers.append(answer)
        }
        return answers
    }
}

extension String {
    /// The parts between a separator.
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = Array(utf8)[...]
        let separator = Array(separator.utf8)
        while let place = rest.indices.first(where: { rest[$0...].starts(with: separator) }) {
            parts.append(String(decoding: rest[..<place], as: UTF8.self))
            rest = rest[(place + separator.count)...]
        }
        return parts + [String(decoding: rest, as: UTF8.self)]
    }
}

/// What comes back for some bytes and the end of sending, until the connection is closed.
func exchange(
    _ bytes: [UInt8], over transport: Transport, _ site: FakeSite = FakeSite(),
    _ options: PreviewOptions = .test
) throws -> [UInt8] {
    switch transport {
    case .memory:
        let connection = try MemoryConnection(site, options)
        defer { connection.finish() }
        connection.send(bytes)
        connection.finishSending()
        return connection.received()
    case .socket:
        let server = try PreviewServer.start(site, options: options)
        defer { server.close() }
        let socket = try RawSocket(port: server.port)
        socket.send(bytes)
        socket.finishSending()
        return try #require(socket.receiveAll(), "the connection was not closed")
    }
}

/// The answer to one request, given as its lines; `Host` is added when the first line is all there is.
func answer(
    _ request: String, over transport: Transport = .memory, _ site: FakeSite = FakeSite(),
    _ options: PreviewOptions = .test
) throws -> Answer {
    var lines = request.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[0] += " HTTP/1.1"
    if !lines.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: localhost") }
    let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    let received = try exchange(bytes, over: transport, site, options)
    let answers = try #require(Answer.parsed(received, heads: [request.hasPrefix("HEAD")]))
    #expect(answers.count == 1)
    return try #require(answers.first)
}

extension PreviewOptions {
    /// Any port.
    static var test: PreviewOptions {
        var options = PreviewOptions()
        options.port = 0
        return options
    }
}

/// A connection without a socket, whose clock stands until it is turned.
final class MemoryConnection {
    let channel = EmbeddedChannel()
    let live: LiveReload
    let ledger = ConnectionLedger(limit: 4)

    init(_ site: FakeSite = FakeSite(), _ options: PreviewOptions = .test, live: LiveReload? = nil) throws {
        let live = live ?? LiveReload(options)
        self.live = live
        let services = ConnectionServices(
            responder: Responder(site, options: options, live: live), requestGuard: RequestGuard(options),
            live: live,
            workers: .inPlace, limits: options.limits, onRefusal: options.onRefusal)
        let ticket = try #require(ledger.admit(channel))
        try Listener.addHandlers(to: channel, services: services, ticket: ticket)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    var isOpen: Bool { channel.isActive }

    func send(_ bytes: [UInt8]) {
        channel.pipeline.fireChannelRead(ByteBuffer(bytes: bytes))
        channel.pipeline.fireChannelReadComplete()
        channel.embeddedEventLoop.run()
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// The other side sends no more.
    func finishSending() {
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        channel.embeddedEventLoop.run()
    }

    func advance(_ duration: Duration) { channel.embeddedEventLoop.advanceTime(by: TimeAmount(duration)) }

    /// All that was written since the last call.
    func received() -> [UInt8] {
        var bytes: [UInt8] = []
        while let buffer = try? channel.readOutbound(as: ByteBuffer.self) {
            bytes += buffer.readableBytesView
        }
        return bytes
    }

    func finish() { _ = try? channel.finish(acceptAlreadyClosed: true) }
}
