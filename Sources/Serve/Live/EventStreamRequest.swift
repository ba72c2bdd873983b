import Text

/// What a browser says of itself when it asks for events: which page it shows, in which bytes, and what it
/// heard last.
struct EventStreamRequest: Sendable {
    /// The address of the page, as `location.pathname` has it, percent-encoded.
    let page: RequestTarget
    /// The identity of what is shown (``PageIdentity/text``), from the script's tag.
    let shows: String
    /// The last event it heard, when it was connected before; "all" when it may have missed anything.
    let since: String?
    /// Whether it goes to what is being edited, if it chose.
    let follows: Bool?
    /// Whether it is the dashboard, which shows no page and is told of every rebuild.
    let isDashboard: Bool

    /// Reads `?page=…&is=…&since=…&follows=1`; `nil` when neither a page of the
    /// site nor the dashboard is named.
    init?(_ target: RequestTarget) {
        guard let path = target.parameter("page"), path.first == UInt8(ascii: "/"),
            let page = try? RequestTarget(path)
        else { return nil }
        isDashboard = page.path.bytes.elementsEqual("_site".utf8) && page.isFolder
        if page.isOurs && !isDashboard { return nil }
        self.page = page
        shows = String(decoding: target.parameter("is") ?? [], as: UTF8.self)
        since = target.parameter("since").map { String(decoding: $0, as: UTF8.self) }
        follows = target.parameter("follows").map { $0 == [UInt8(ascii: "1")] }
    }
}
