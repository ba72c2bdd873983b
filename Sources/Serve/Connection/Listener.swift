#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif
import NIOCore
import NIOHTTP1
import NIOPosix
import Text

/// Opens the sockets that a server listens on.
struct Listener {
    private let bootstrap: ServerBootstrap

    /// A listener whose connections share services.
    init(group: any EventLoopGroup, services: ConnectionServices, ledger: ConnectionLedger) {
        bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(ChannelOptions.backlog, value: 256)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try Self.keepFromChildren(channel) }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.keepFromChildren(channel)
                    guard let ticket = ledger.admit(channel) else {
                        throw IOError(errnoCode: 0, reason: "too many connections")
                    }
                    try Self.addHandlers(to: channel, services: services, ticket: ticket)
                }
            }
    }

    /// Puts the handlers of a connection in their order: the gate, HTTP, the answers.
    static func addHandlers(
        to channel: any Channel, services: ConnectionServices, ticket: ConnectionLedger.Ticket
    ) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = services.limits.head
        limits.maxHeaderListSize = services.limits.head
        limits.maxHeaderFieldCount = services.limits.fields
        let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers([
            ConnectionGate(services.limits, ticket: ticket, loop: channel.eventLoop), HTTPResponseEncoder(),
            ByteToMessageHandler(decoder),
            // Refuses to write a field with a line break in it, should one ever get there.
            NIOHTTPResponseHeadersValidator(),
            RequestHandler(services, localAddress: channel.localAddress?.ipAddress),
        ])
    }

    /// Listens on loopback, IPv4 and, where there is one, IPv6, and on one more address if wanted, all at one
    /// port.
    ///
    /// - Returns: the open sockets; all are closed again when one of them cannot be had.
    func listen(port: UInt16, host: String?) throws(ListenError) -> [any Channel] {
        var channels: [any Channel] = []
        do {
            var port = Int(port)
            // `::` is all addresses of both kinds; `0.0.0.0` has 127.0.0.1 in it.
            if let host, host == "::" {
                channels.append(try bind(host, port))
                return channels
            }
            channels.append(try bind(host == "0.0.0.0" ? "0.0.0.0" : "127.0.0.1", port))
            port = channels[0].localAddress?.port ?? port
            do {
                channels.append(try bind("::1", port))
            } catch  where Self.lacksIPv6(error) {}
            if let host, host != "0.0.0.0", host != "127.0.0.1", host != "::1", host != "localhost" {
                channels.append(try bind(host, port))
            }
            return channels
        } catch {
            for channel in channels { channel.close(promise: nil) }
            throw ListenError(
                address: "\(host ?? "localhost"):\(port)",
                isTaken: (error as? IOError)?.errnoCode == EADDRINUSE,
                reason: Self.reason(error))
        }
    }

    /// Programs that are started from here (an editor, a browser) do not inherit the socket: they would keep
    /// the port taken after we are gone, and connections open. SwiftNIO does not see to that.
    private static func keepFromChildren(_ channel: any Channel) throws {
        try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            socket in
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        }
    }

    private func bind(_ host: String, _ port: Int) throws -> any Channel {
        try bootstrap.bind(host: host, port: port).wait()
    }

    private static func lacksIPv6(_ error: any Error) -> Bool {
        guard let code = (error as? IOError)?.errnoCode else { return false }
        return code == EADDRNOTAVAIL || code == EAFNOSUPPORT
    }

    private static func reason(_ error: any Error) -> String {
        if error is SocketAddressError.UnknownHost { return "no machine has that name" }
        return switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "the port is taken by another program"
        case EACCES: "the system does not allow this port to be used; take one above 1023"
        case EADDRNOTAVAIL: "this machine has no such address"
        default: String(describing: error)
        }
    }
}
