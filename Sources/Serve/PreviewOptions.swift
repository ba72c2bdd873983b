public import Text

/// How the preview is served.
public struct PreviewOptions: Sendable {
    /// The port to try first; 0 lets the system choose.
    public var port: UInt16
    /// Whether to give up when the port is taken; otherwise the next free one of the twenty after it is used.
    public var portIsFixed: Bool
    /// The address to listen on beside loopback (`--host`): an IPv4 or IPv6 address, `0.0.0.0` or `::` for
    /// all of them, or a name that resolves to one. `nil` listens on loopback alone.
    public var host: String?
    /// More names by which browsers may call this server, for a name in a local DNS; lower case.
    public var allowedHosts: [String]
    /// The path of the base URL: links stay local below it. `/` or, say, `/blog/`.
    public var basePath: String
    /// Whether browsers start with "go to what I am editing" switched on.
    public var followsEdits: Bool
    /// The link that opens an editor at a place (`vscode://file/…:3:9`), or `nil` when there is none.
    public var editorLink: (@Sendable (SourceLocation) -> String?)?
    /// Told of each request that was refused or failed, one line of printable text, for a log.
    public var onRefusal: (@Sendable (String) -> Void)?
    /// What is allowed to whoever connects.
    public var limits: RequestLimits

    /// The defaults: port 4000 or the next, loopback only.
    public init() {
        port = 4000
        portIsFixed = false
        host = nil
        allowedHosts = []
        basePath = "/"
        followsEdits = false
        editorLink = nil
        onRefusal = nil
        limits = RequestLimits()
    }
}

/// What is allowed to whoever connects: nobody holds a socket, a thread or memory for ever.
public struct RequestLimits: Sendable {
    /// The longest request line in bytes; past it 414.
    public var requestLine = 8 * 1024
    /// The most bytes of a whole request head; past it 431.
    public var head = 32 * 1024
    /// The most header fields; past it 431.
    public var fields = 100
    /// The most connections; past it the one idle longest is closed, or the new one.
    public var connections = 128
    /// The most event streams; past it 503. Less than ``connections``, so that pages still come.
    public var streams = 100
    /// How long a request head may take from its first byte.
    public var headTime = Duration.seconds(10)
    /// How long a connection may be silent between requests.
    public var idleTime = Duration.seconds(60)
    /// How long a browser may take none of an answer.
    public var writeTime = Duration.seconds(30)
    /// How long a connection that we are done with may take to close.
    public var closeTime = Duration.seconds(1)
    /// How often an event stream says that it is alive.
    public var heartbeat = Duration.seconds(15)

    /// The defaults.
    public init() {}

    /// The same for a process that may have so many files open at once. Some are left for the site: were all of them
    /// connections, no file could be read, and a page would be shown as one that cannot be.
    func fitting(openFiles: Int) -> RequestLimits {
        var limits = self
        limits.connections = min(connections, max(4, openFiles - 48))
        limits.streams = min(streams, limits.connections * 3 / 4)
        return limits
    }
}

/// The world's refusal to let us listen.
public struct ListenError: Error, Hashable, Sendable {
    /// Where: "127.0.0.1:4000".
    public let address: String
    /// Whether another program listens there.
    public let isTaken: Bool
    /// The reason for people: "the port is taken by another program".
    public let reason: String

    /// A refusal.
    public init(address: String, isTaken: Bool, reason: String) {
        self.address = address
        self.isTaken = isTaken
        self.reason = reason
    }
}
