import NIOCore
import NIOHTTP1
import Text

/// An answer, ready to be written.
struct Response: Sendable {
    /// The status.
    var status: HTTPResponseStatus
    /// All fields but `Connection`, `Content-Length` included.
    var fields: HTTPHeaders
    /// The body; it is not written for HEAD.
    var body: ByteBuffer
    /// Set when the answer is a stream of events instead of a body.
    var stream: EventStreamRequest?

    /// An answer with a body.
    ///
    /// - Parameters:
    ///   - status: the status.
    ///   - type: the media type.
    ///   - body: the body.
    ///   - more: further fields.
    init(_ status: HTTPResponseStatus, type: String, body: ByteBuffer, more: [(String, String)] = []) {
        self.status = status
        self.body = body
        stream = nil
        fields = HTTPHeaders(
            [("Content-Type", type), ("Content-Length", String(body.readableBytes))] + Self.always + more)
    }

    /// What every answer says. No CORS field, ever: no other site may read what this server says, nor load
    /// it.
    /// `no-cache` lets a browser keep an answer and asks it to check each time by entity tag.
    static let always = [
        ("Cache-Control", "no-cache"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
    ]

    /// An answer that has no body by its nature (304).
    static func notModified(tag: String) -> Response {
        var response = Response(.notModified, type: "", body: ByteBuffer())
        response.fields = HTTPHeaders([("ETag", tag)] + always)
        return response
    }

    /// The answer to a request that was refused: a sentence of our own as plain text.
    init(_ refusal: Refusal) {
        self.init(
            HTTPResponseStatus(statusCode: refusal.status), type: "text/plain; charset=utf-8",
            body: ByteBuffer(string: refusal.reason + "\n"),
            more: refusal.status == 405 ? [("Allow", "GET, HEAD")] : [])
    }

    /// A redirect to a URL path that was made from a path of the site.
    ///
    /// It is a temporary one: browsers remember others beyond the life of the preview, and the next site that
    /// is previewed at this port is another.
    init(redirectTo location: String) {
        self.init(
            .found, type: "text/plain; charset=utf-8", body: ByteBuffer(string: "See \(location)\n"),
            more: [("Location", location)])
    }

    /// A stream of events; it has no length.
    init(_ stream: EventStreamRequest) {
        self.init(.ok, type: "text/event-stream; charset=utf-8", body: ByteBuffer())
        fields.remove(name: "Content-Length")
        fields.replaceOrAdd(name: "Cache-Control", value: "no-store")
        self.stream = stream
    }
}
