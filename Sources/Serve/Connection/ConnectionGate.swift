import NIOCore
import Text

/// The first handler of a connection: lets one whole, well-formed request head through at a time, and watches
/// the clock.
///
/// A browser may send the next request before it has its answer; it waits here, within limits, until the
/// answer is written. So everything behind this handler deals with one request at a time. In every state
/// but one there is a time by which something must have happened, or the connection is closed: how long a page takes to be
/// made is for the site to say.
final class ConnectionGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// No byte of a request yet.
        case idle
        /// A part of a head.
        case head
        /// A head went through and its answer is not written yet.
        case answering
        /// The answer is a stream of events that ends when the browser leaves.
        case streaming
        /// The last answer is being taken by the other side.
        case flushing
        /// We said our last, and wait a moment for the other side to have read it.
        case draining
    }

    private let limits: RequestLimits
    private let ticket: ConnectionLedger.Ticket
    private var phase = Phase.idle
    private var phaseStart = NIODeadline.distantPast
    /// Its clock is the only one here: a test may turn it.
    private let loop: any EventLoop
    private var scanner: RequestHeadScanner
    private var pending = ByteBuffer()
    /// Since when the other side has taken nothing.
    private var blockedSince: NIODeadline?
    private var wasReceived = false
    /// Whether the other side will send no more; what it has sent is still answered.
    private var hasInputEnded = false
    private var isReadWithheld = false
    private var isReleasing = false
    private var clock: RepeatedTask?

    /// A gate for a new connection.
    init(_ limits: RequestLimits, ticket: ConnectionLedger.Ticket, loop: any EventLoop) {
        self.loop = loop
        self.limits = limits
        self.ticket = ticket
        scanner = RequestHeadScanner(limits)
    }

    func channelActive(context: ChannelHandlerContext) {
        enter(.idle)
        let shortest = min(limits.headTime, limits.idleTime, limits.writeTime, limits.closeTime)
        let tick = TimeAmount(max(.milliseconds(5), min(.seconds(1), shortest / 4)))
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        clock = context.eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in
            let (gate, context) = bound.value
            gate.tick(context)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        clock?.cancel()
        clock = nil
        ticket.returned()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch phase {
        case .idle, .head, .answering:
            pending.writeBuffer(&bytes)
            release(context)
        case .streaming:
            // Nothing may follow a request for events.
            context.close(promise: nil)
        case .flushing, .draining:
            // Read and thrown away: were it left unread, closing would destroy the answer on its way.
            break
        }
    }

    func read(context: ChannelHandlerContext) {
        if phase == .answering && pending.readableBytes > limits.head {
            isReadWithheld = true
        } else {
            context.read()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        blockedSince = context.channel.isWritable ? nil : loop.now
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .some(.inputClosed) = event as? ChannelEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        // The other side will send no more; it may still wait for an answer.
        switch phase {
        case .answering, .flushing: hasInputEnded = true
        case .idle, .head, .streaming, .draining: context.close(promise: nil)
        }
    }

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        guard let progress = event as? AnswerProgress else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        promise?.succeed()
        switch progress {
        case .received: wasReceived = true
        case .streaming: enter(.streaming)
        case .written(let closes):
            if closes {
                finish(context)
            } else {
                enter(.idle)
                release(context)
            }
        }
    }

    private func enter(_ next: Phase) {
        phase = next
        phaseStart = loop.now
        if next == .idle { ticket.becameIdle() }
        if next == .answering { ticket.becameBusy() }
    }

    /// Lets the next head through if it is whole; the bytes after it wait.
    private func release(_ context: ChannelHandlerContext) {
        // An answer may be written while its head is still being passed on; then the loop below goes on.
        if isReleasing { return }
        isReleasing = true
        defer { isReleasing = false }
        while phase == .idle || phase == .head {
            switch pending.readableBytes == 0 ? .incomplete : scanner.scan(pending.readableBytesUInt8Span) {
            case .incomplete:
                if hasInputEnded {
                    finish(context)
                } else if phase == .idle && pending.readableBytes > 0 {
                    enter(.head)
                }
                resumeReading(context)
                return
            case .refused(let refusal):
                refuse(refusal, context)
            case .complete(let length):
                scanner = RequestHeadScanner(limits)
                guard let head = pending.readSlice(length: length) else { return }
                pending.discardReadBytes()
                wasReceived = false
                enter(.answering)
                context.fireChannelRead(wrapInboundOut(head))
                // The scanner is stricter than the parser behind it; should they ever differ, nobody hangs.
                if !wasReceived && phase == .answering {
                    refuse(.malformed("the request is not HTTP/1.1"), context)
                }
            }
        }
        resumeReading(context)
    }

    private func resumeReading(_ context: ChannelHandlerContext) {
        if isReadWithheld && pending.readableBytes <= limits.head {
            isReadWithheld = false
            context.read()
        }
    }

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        pending.clear()
        enter(.answering)
        context.fireUserInboundEventTriggered(refusal)
    }

    /// Says no more once all is taken, and closes when the other side does or soon after; RFC 9112 §9.6.
    private func finish(_ context: ChannelHandlerContext) {
        enter(.flushing)
        pending.clear()
        resumeReading(context)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let taken = context.eventLoop.makePromise(of: Void.self)
        taken.futureResult.whenComplete { _ in
            let (gate, context) = bound.value
            guard gate.phase == .flushing, context.channel.isActive else { return }
            gate.enter(.draining)
            context.close(mode: .output, promise: nil)
        }
        // An empty write is taken when all before it were.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: taken)
    }

    private func tick(_ context: ChannelHandlerContext) {
        let now = loop.now
        func isOver(_ time: Duration, since start: NIODeadline) -> Bool { now - start >= TimeAmount(time) }
        switch phase {
        case .idle:
            if isOver(limits.idleTime, since: phaseStart) { context.close(promise: nil) }
        case .head:
            if isOver(limits.headTime, since: phaseStart) { refuse(.slow, context) }
        case .answering, .streaming:
            if let blockedSince, isOver(limits.writeTime, since: blockedSince) { context.close(promise: nil) }
        case .flushing:
            if isOver(limits.writeTime, since: blockedSince ?? phaseStart) { context.close(promise: nil) }
        case .draining:
            if isOver(limits.closeTime, since: phaseStart) { context.close(promise: nil) }
        }
    }
}

/// What the handler at the end of a connection tells the gate at its start.
enum AnswerProgress {
    /// A whole request arrived.
    case received
    /// The answer is a stream.
    case streaming
    /// The answer was handed over whole; whether the connection is to end.
    case written(closes: Bool)
}
