/// Text as UTF-8, with the mark that says whether it is HTML already (MarkupSafe's `Markup`).
public final class StringValue: Sendable {
    /// The text; always valid UTF-8 when it comes from a source or from this engine.
    public let bytes: [UInt8]
    /// Whether it may be printed into HTML as it is.
    public let isSafe: Bool

    /// Text from its UTF-8.
    public init(_ bytes: [UInt8], isSafe: Bool = false) {
        self.bytes = bytes
        self.isSafe = isSafe
    }

    /// Text from a string.
    public convenience init(_ text: String, isSafe: Bool = false) {
        self.init(Array(text.utf8), isSafe: isSafe)
    }

    /// The text as a string, for messages and for cold calls.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The empty text.
    public static let empty = StringValue([])
}
