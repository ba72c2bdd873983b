import NIOCore
import Text

/// What is told to browsers, one line of JSON each, as server-sent events (WHATWG HTML §9.2).
///
/// Messages bear no source paths and no secrets: a browser fetches what it wants to know.
enum Event {
    /// The first event of a stream: what stands for the findings, "" when there is nothing to show.
    case hello(findings: String)
    /// What the browser shows has other bytes now: it is this, or, when empty, it must ask.
    case page(is: String)
    /// The page lives elsewhere now.
    case moved(to: String)
    /// These files that are no pages changed; a browser knows which it uses.
    case assets([String])
    /// Any file may have changed.
    case allAssets
    /// Other findings, or none.
    case findings(String)
    /// This page is being edited.
    case edited(String)
    /// For the dashboard: something was rebuilt.
    case rebuilt

    /// The event's bytes on the stream.
    ///
    /// - Parameter id: what a browser says it heard last when it comes back.
    /// - Returns: lines and the empty line that ends them.
    func bytes(id: String) -> ByteBuffer {
        var json = JSONWriter()
        let name: String
        json.beginObject()
        switch self {
        case .hello(let findings):
            name = "hello"
            json.key("findings")
            json.string(findings)
        case .page(let identity):
            name = "page"
            json.key("is")
            json.string(identity)
        case .moved(let address):
            name = "moved"
            json.key("to")
            json.string(address)
        case .assets(let addresses):
            name = "assets"
            json.key("paths")
            json.beginArray()
            for address in addresses { json.string(address) }
            json.endArray()
        case .allAssets:
            name = "assets"
            json.key("all")
            json.boolean(true)
        case .findings(let digest):
            name = "findings"
            json.key("findings")
            json.string(digest)
        case .edited(let address):
            name = "edited"
            json.key("to")
            json.string(address)
        case .rebuilt: name = "rebuilt"
        }
        json.endObject()
        var buffer = ByteBuffer(string: "id: \(id)\nevent: \(name)\ndata: ")
        buffer.writeBytes(json.finish())
        buffer.writeString("\n\n")
        return buffer
    }

    /// A comment that says that the stream is alive.
    static let heartbeat = ByteBuffer(string: ":\n\n")
}
