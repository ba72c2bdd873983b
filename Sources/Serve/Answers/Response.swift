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
    /// A body that is read while it is written, instead of ``body``.
    var file: FileBody?
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

    /// An answer whose body is read while it is written.
    init(_ status: HTTPResponseStatus, type: String, file: PreviewFile, more: [(String, String)]) {
        self.init(status, type: type, body: ByteBuffer(), more: more)
        self.file = FileBody(range: 0..<max(0, file.count), read: file.read)
        fields.replaceOrAdd(name: "Content-Length", value: String(max(0, file.count)))
    }

    /// How long the body is.
    var length: Int { file?.range.count ?? body.readableBytes }

    /// The same with a part of the body.
    func part(_ part: Range<Int>) -> Response? {
        var response = self
        if let file {
            let start = file.range.lowerBound + part.lowerBound
            response.file?.range = start..<start + part.count
        } else {
            guard let slice = body.getSlice(at: body.readerIndex + part.lowerBound, length: part.count) else {
                return nil
            }
            response.body = slice
        }
        response.status = .partialContent
        response.fields.replaceOrAdd(name: "Content-Length", value: String(part.count))
        response.fields.add(
            name: "Content-Range", value: "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(length)")
        return response
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

/// The part of a file that is a body.
struct FileBody: Sendable {
    /// What is still to be written.
    var range: Range<Int>
    /// See ``PreviewFile/read``.
    let read: @Sendable (Int, Int) -> [UInt8]?
}
