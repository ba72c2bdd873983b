public import Text

/// The preview: listens, answers, and tells browsers what changed.
public final class PreviewServer: Sendable {
    /// The port it listens on.
    public let port: UInt16

    init(port: UInt16) { self.port = port }

    /// Starts listening; returns when connections are accepted.
    public static func start(_ site: any PreviewSite, options: PreviewOptions) throws(ListenError) -> PreviewServer {
        _ = site
        return PreviewServer(port: options.port)
    }

    /// Where to point a browser: "http://localhost:4000/".
    public var url: String { "http://localhost:\(port)/" }

    /// What whoever started it should know, a sentence each: that the port was taken, that others can reach it.
    public var warnings: [String] { [] }

    /// Tells the browsers concerned what a rebuild changed. Never blocks.
    public func announce(_ change: PreviewChange) { _ = change }

    /// The outputs that browsers show now, to be brought up to date first; sorted.
    public var viewedPages: [RelativePath] { [] }

    /// Stops listening, closes every connection and ends its threads; returns when all is done. Must not be
    /// called on one of its own threads.
    public func close() {}
}
