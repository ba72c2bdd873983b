import NIOCore
import NIOPosix
public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The preview: listens, answers, and tells browsers what changed.
///
/// This room knows HTTP and nothing of pages. What it serves comes from a ``PreviewSite``; what changed is
/// told to ``announce(_:)``. A connection is three handlers: `ConnectionGate` lets one strict request head
/// through at a time, SwiftNIO parses it, `RequestHandler` answers it. `RequestGuard` says who may ask,
/// `Responder` turns a path into an output, `LiveReload` knows which browser shows what, `Client/` is what
/// runs in the browser. Read `Responder` next.
public final class PreviewServer: Sendable {
    /// The port it listens on.
    public let port: UInt16
    /// What whoever started it should know, a sentence each: that the port asked for was taken, that others
    /// can reach it.
    public let warnings: [String]

    private let options: PreviewOptions
    private let sockets: [any Channel]
    private let ledger: ConnectionLedger
    private let live: LiveReload
    private let group: MultiThreadedEventLoopGroup
    private let pool: NIOThreadPool

    /// Starts to listen; returns when connections are accepted.
    ///
    /// - Parameters:
    ///   - site: what is shown.
    ///   - wanted: where and how.
    /// - Returns: the running server; ``close()`` ends it.
    /// - Throws: a ``ListenError`` when no port can be had.
    public static func start(
        _ site: any PreviewSite, options wanted: PreviewOptions = PreviewOptions()
    ) throws(ListenError) -> PreviewServer {
        var options = wanted
        options.limits = wanted.limits.fitting(openFiles: openFileLimit)
        // Loopback is listened on in any case, and reached by nobody else.
        if let host = wanted.host?.lowercased(), ["localhost", "127.0.0.1", "::1"].contains(host) {
            options.host = nil
        }
        // A browser that leaves while it is written to must not end the process.
        signal(SIGPIPE, SIG_IGN)
        let live = LiveReload(options)
        let pool = NIOThreadPool(numberOfThreads: max(4, System.coreCount))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: min(4, System.coreCount))
        pool.start()
        let services = ConnectionServices(
            responder: Responder(site, options: options, live: live), requestGuard: RequestGuard(options),
            live: live,
            workers: .pool(pool), limits: options.limits, onRefusal: options.onRefusal)
        let ledger = ConnectionLedger(limit: options.limits.connections)
        let listener = Listener(group: group, services: services, ledger: ledger)
        do {
            let sockets = try listen(listener, options)
            return PreviewServer(sockets, options, ledger: ledger, live: live, group: group, pool: pool)
        } catch {
            try? group.syncShutdownGracefully()
            try? pool.syncShutdownGracefully()
            throw error
        }
    }

    private init(
        _ sockets: [any Channel], _ options: PreviewOptions, ledger: ConnectionLedger, live: LiveReload,
        group: MultiThreadedEventLoopGroup, pool: NIOThreadPool
    ) {
        self.sockets = sockets
        self.options = options
        self.ledger = ledger
        self.live = live
        self.group = group
        self.pool = pool
        port = UInt16(clamping: sockets[0].localAddress?.port ?? 0)
        var warnings: [String] = []
        if options.port != 0 && port != options.port {
            warnings.append("port \(options.port) is taken by another program, so this is port \(port)")
        }
        if let host = options.host {
            warnings.append("others who can reach \(host) can read this preview, drafts included")
        }
        self.warnings = warnings
    }

    /// How many files this process may have open, as many as the system allows it.
    private static var openFileLimit: Int {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        if unsafe getrlimit(resource, &limit) != 0 { return .max }
        // Shells often give 1024 and allow more; no more than is of use here, since some programs close them all.
        let raised = max(limit.rlim_cur, min(limit.rlim_max, 4096))
        if raised > limit.rlim_cur {
            limit.rlim_cur = raised
            if unsafe setrlimit(resource, &limit) != 0 { _ = unsafe getrlimit(resource, &limit) }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// The port that was asked for, or the next that is free on all addresses.
    private static func listen(_ listener: Listener, _ options: PreviewOptions) throws(ListenError)
        -> [any Channel]
    {
        var port = options.port
        while true {
            do {
                return try listener.listen(port: port, host: options.host)
            } catch {
                let isLast = options.portIsFixed || Int(port) >= min(Int(options.port) + 20, Int(UInt16.max))
                if !error.isTaken || isLast { throw error }
                if port != 0 { port += 1 }
            }
        }
    }

    /// Where to point a browser: `http://localhost:4000/`, with the path of the base URL.
    public var url: String {
        "http://localhost:\(port)" + SitePaths.url(of: SitePaths(options).base, isFolder: true)
    }

    /// Tells the browsers concerned what a rebuild changed. Never waits for a browser.
    public func announce(_ change: PreviewChange) {
        live.announce(change)
    }

    /// The outputs that browsers may show now, to be brought up to date first; sorted.
    public var viewedPages: [RelativePath] { live.viewedPages }

    /// How many connections are open.
    public var connectionCount: Int { ledger.count }

    /// Stops listening, closes every connection and ends its threads; returns when all is done.
    ///
    /// Must be called once, and not on one of the server's own threads.
    public func close() {
        for socket in sockets { try? socket.close().wait() }
        ledger.closeAll()
        // Workers first: what they still finish is handed to event loops that run.
        try? pool.syncShutdownGracefully()
        try? group.syncShutdownGracefully()
    }
}
