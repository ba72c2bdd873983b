import NIOCore
import NIOHTTP1
import Text

/// The last handler of a connection: a request in, an answer out, one at a time.
///
/// An answer that is in memory is written at once on the event loop; any other is asked for on a worker
/// thread, since the site may take its time.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let shared: ConnectionServices
    private let localAddress: String?
    private var head: HTTPRequestHead?
    private var isKeptAlive = true
    private var isHead = false
    private var version = HTTPVersion.http1_1
    /// The rest of a large body that waits until the other side takes it.
    private var rest = ByteBuffer()
    /// What of a file comes after ``rest``, and whether a worker reads the next of it.
    private var restOfFile: FileBody?
    private var isReading = false
    /// Whether a body broke off, so that nothing more may be said on this connection.
    private var isBrokenOff = false
    private var isWriting = false
    /// Whether the end of the answer was handed over.
    private var isEnded = false
    /// Whether ``writeRest(_:)`` is at work: what it writes may make the channel writable again within it.
    private var isInWriteRest = false
    private var stream: Int?
    private var heartbeat: RepeatedTask?
    /// Bodies are handed over in pieces of this size, so that a slow reader costs little memory.
    private static let pieceSize = 64 * 1024

    /// A handler.
    init(_ shared: ConnectionServices, localAddress: String?) {
        self.shared = shared
        self.localAddress = localAddress
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break  // The gate lets none through.
        case .end:
            guard let head else { return }
            self.head = nil
            context.triggerUserOutboundEvent(AnswerProgress.received, promise: nil)
            answer(head, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let refusal = event as? Refusal else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        if isWriting || stream != nil {
            context.close(promise: nil)
            return
        }
        isHead = false
        version = .http1_1
        write(refusal, of: "", context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError, !isWriting, stream == nil {
            context.triggerUserOutboundEvent(AnswerProgress.received, promise: nil)
            write(.malformed("the request is not HTTP/1.1"), of: "", context)
        } else {
            // A reset connection is the world's daily business.
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let stream { shared.live.close(stream) }
        stream = nil
        heartbeat?.cancel()
        rest.clear()
        restOfFile = nil
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable && isWriting && !isInWriteRest { writeRest(context) }
        context.fireChannelWritabilityChanged()
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        // SwiftNIO's parser expects another protocol to follow where one was asked for.
        isKeptAlive = head.isKeepAlive && !head.headers.contains(name: "upgrade")
        isHead = head.method == .HEAD
        version = head.version
        let request: Request
        do {
            request = try Request(head, requestGuard: shared.requestGuard, localAddress: localAddress)
        } catch {
            write(error, of: head.uri, context)
            return
        }
        if let response = shared.responder.immediate(request) {
            write(response, context)
            return
        }
        let responder = shared.responder
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        shared.workers.run(on: context.eventLoop) {
            responder.answer(request)
        } then: { response in
            let (handler, context) = bound.value
            guard context.channel.isActive else { return }
            handler.write(response, context)
        }
    }

    private func write(_ refusal: Refusal, of target: String, _ context: ChannelHandlerContext) {
        if refusal.closes { isKeptAlive = false }
        shared.onRefusal?("\(refusal.status) \(printable(target)) (\(refusal.reason))")
        write(Response(refusal), context)
    }

    private func write(_ response: Response, _ context: ChannelHandlerContext) {
        if isBrokenOff { return }
        if let request = response.stream, !isHead {
            openStream(request, response, context)
            return
        }
        var head = HTTPResponseHead(version: version, status: response.status, headers: response.fields)
        // What a stream would be has no length, and the encoder marks the end of such a body, which an answer to HEAD has not
        // (RFC 9112, section 6.3): only closing ends it.
        let isEndless = isHead && response.stream != nil
        if isEndless { isKeptAlive = false }
        if !isKeptAlive {
            head.headers.add(name: "Connection", value: "close")
        } else if version.minor == 0 {
            head.headers.add(name: "Connection", value: "keep-alive")
        }
        isWriting = true
        isEnded = isEndless
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if isEndless { context.flush() }
        rest = isHead ? ByteBuffer() : response.body
        restOfFile = isHead ? nil : response.file
        writeRest(context)
    }

    /// Hands over what the other side takes now. The answer counts as written only when little of it waits: a
    /// client that asks and never reads is not answered a second time.
    private func writeRest(_ context: ChannelHandlerContext) {
        isInWriteRest = true
        defer { isInWriteRest = false }
        while context.channel.isWritable {
            if rest.readableBytes > Self.pieceSize, let piece = rest.readSlice(length: Self.pieceSize) {
                context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil)
                continue
            }
            if let file = restOfFile, !file.range.isEmpty {
                if rest.readableBytes > 0 {
                    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(rest))), promise: nil)
                    rest.clear()
                }
                if !isReading { readNext(of: file, context) }
                if isBrokenOff { return }
                if isReading { break }
                continue
            }
            if !isEnded {
                if rest.readableBytes > 0 {
                    context.write(wrapOutboundOut(.body(.byteBuffer(rest))), promise: nil)
                }
                rest.clear()
                isEnded = true
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                continue
            }
            isWriting = false
            context.triggerUserOutboundEvent(AnswerProgress.written(closes: !isKeptAlive), promise: nil)
            return
        }
        context.flush()
    }

    /// Has a worker read the next piece of a file.
    private func readNext(of file: FileBody, _ context: ChannelHandlerContext) {
        isReading = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let start = file.range.lowerBound
        let count = min(file.range.count, 4 * Self.pieceSize)
        shared.workers.run(on: context.eventLoop) {
            file.read(start, count)
        } then: { bytes in
            let (handler, context) = bound.value
            handler.isReading = false
            guard context.channel.isActive, handler.restOfFile != nil else { return }
            guard let bytes, bytes.count == count else {
                // The length was promised; only the end of the connection can say that it was too much.
                handler.isBrokenOff = true
                context.close(promise: nil)
                return
            }
            handler.rest = ByteBuffer(bytes: bytes)
            handler.restOfFile?.range = (start + count)..<file.range.upperBound
            if !handler.isInWriteRest { handler.writeRest(context) }
        }
    }

    private func openStream(
        _ request: EventStreamRequest, _ response: Response, _ context: ChannelHandlerContext
    ) {
        let channel = context.channel
        let opened = shared.live.open(request) { bytes in
            channel.eventLoop.execute {
                // Whoever takes nothing is cut off; the browser comes back and says what it shows.
                if channel.isWritable {
                    channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(bytes)), promise: nil)
                } else {
                    channel.close(promise: nil)
                }
            }
        }
        guard let opened else {
            var refusal = Response(Refusal(503, "too many pages are open"))
            refusal.fields.add(name: "Retry-After", value: "5")
            write(refusal, context)
            return
        }
        stream = opened
        context.triggerUserOutboundEvent(AnswerProgress.streaming, promise: nil)
        let head = HTTPResponseHead(version: version, status: response.status, headers: response.fields)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        let interval = TimeAmount(shared.limits.heartbeat)
        heartbeat = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            if channel.isWritable {
                channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(Event.heartbeat)), promise: nil)
            } else {
                channel.close(promise: nil)
            }
        }
        let live = shared.live
        let responder = shared.responder
        shared.workers.run(on: context.eventLoop) {
            (sequence: live.sequence, identity: responder.identity(of: request.page))
        } then: { current in
            live.settle(opened, identity: current.identity, askedAt: current.sequence)
        }
    }

    /// Text of a request as a log may show it: printable ASCII, shortened.
    private func printable(_ text: String) -> String {
        String(
            decoding: text.utf8.prefix(200).map { $0 >= 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") },
            as: UTF8.self)
    }
}
