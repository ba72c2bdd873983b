/// Why a request is not answered as asked: a status and a sentence of our own, never words of the request.
struct Refusal: Error, Hashable {
    /// The HTTP status.
    let status: Int
    /// What was wrong, for people.
    let reason: String
    /// Whether nothing that follows on the connection can be trusted.
    let closes: Bool

    /// A refusal after which the connection may go on.
    init(_ status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
        closes = false
    }

    private init(closing status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
        closes = true
    }

    /// A head that is not HTTP/1.1 as RFC 9112 has it.
    static func malformed(_ reason: String) -> Refusal { Refusal(closing: 400, reason) }
    /// A method other than GET and HEAD.
    static let method = Refusal(closing: 405, "only GET and HEAD are answered")
    /// A request that brings a body.
    static let body = Refusal(closing: 413, "requests may not have a body")
    /// A request line past the limit.
    static let longLine = Refusal(closing: 414, "the request line is too long")
    /// Too many header fields, or too many bytes of them.
    static let largeHead = Refusal(closing: 431, "the request has too many header fields")
    /// A version of HTTP that is not 1.0 or 1.1.
    static let version = Refusal(closing: 505, "only HTTP/1.0 and HTTP/1.1 are spoken")
    /// A head that did not arrive in time.
    static let slow = Refusal(closing: 408, "the request did not arrive in time")
}
