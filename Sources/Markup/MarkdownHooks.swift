/// What the caller of ``Markdown`` knows and this room does not.
///
/// Each requirement has a default that knows nothing. Calls come in the order of the text, on the stack of
/// ``Markdown/render(_:from:options:hooks:)``; what a hook learns from the world it records itself.
public protocol MarkdownHooks {
    /// Which elements this value wants to write itself; asked once for each body.
    var overrides: MarkdownOverrides { get }

    /// What a component prints; called after its body has been rendered.
    mutating func component(_ call: ComponentCall) -> ComponentResult

    /// Where a link or image leads.
    ///
    /// - Returns: what to write instead, or `nil` to keep the destination as it is written.
    mutating func resolveLink(_ link: MarkdownLink) -> ResolvedLink?

    /// Where Jekyll's `{% post_url name %}` and `{% link path %}` lead.
    ///
    /// - Returns: the address, or `nil` when there is none: the call is dropped with a finding.
    mutating func resolveReference(_ reference: LiquidReference) -> [UInt8]?

    /// Writes a link; `nil` for the usual HTML. Asked only when `overrides` contains `.link`.
    mutating func link(_ element: LinkElement) -> [UInt8]?

    /// Writes an image; `nil` for the usual HTML. Asked only when `overrides` contains `.image`.
    mutating func image(_ element: LinkElement) -> [UInt8]?

    /// Writes a heading; `nil` for the usual HTML. Asked only when `overrides` contains `.heading`.
    mutating func heading(_ element: HeadingElement) -> [UInt8]?

    /// Writes a code block; `nil` for the usual HTML. Asked only when `overrides` contains `.codeBlock`.
    mutating func codeBlock(_ element: CodeBlockElement) -> [UInt8]?
}

extension MarkdownHooks {
    /// None.
    public var overrides: MarkdownOverrides { [] }
    /// No component is known.
    public mutating func component(_ call: ComponentCall) -> ComponentResult { .unknown }
    /// Destinations stay as they are written.
    public mutating func resolveLink(_ link: MarkdownLink) -> ResolvedLink? { nil }
    /// No reference is known.
    public mutating func resolveReference(_ reference: LiquidReference) -> [UInt8]? { nil }
    /// The usual HTML.
    public mutating func link(_ element: LinkElement) -> [UInt8]? { nil }
    /// The usual HTML.
    public mutating func image(_ element: LinkElement) -> [UInt8]? { nil }
    /// The usual HTML.
    public mutating func heading(_ element: HeadingElement) -> [UInt8]? { nil }
    /// The usual HTML.
    public mutating func codeBlock(_ element: CodeBlockElement) -> [UInt8]? { nil }
}

/// Hooks that know nothing: for Markdown that stands alone.
public struct NoMarkdownHooks: MarkdownHooks, Sendable {
    /// Hooks that know nothing.
    public init() {}
}

/// Which elements the hooks write themselves.
public struct MarkdownOverrides: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Overrides from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// ``MarkdownHooks/link(_:)`` is asked.
    public static let link = MarkdownOverrides(rawValue: 1)
    /// ``MarkdownHooks/image(_:)`` is asked.
    public static let image = MarkdownOverrides(rawValue: 2)
    /// ``MarkdownHooks/heading(_:)`` is asked.
    public static let heading = MarkdownOverrides(rawValue: 4)
    /// ``MarkdownHooks/codeBlock(_:)`` is asked.
    public static let codeBlock = MarkdownOverrides(rawValue: 8)
}

/// A link or image that is about to be written.
public struct MarkdownLink: Sendable {
    /// The destination with escapes resolved, as a URL or path; not yet escaped for HTML.
    public let destination: [UInt8]
    /// Whether it is an image.
    public let isImage: Bool
}

/// What to write instead of a destination.
public struct ResolvedLink: Sendable {
    /// The URL, not escaped for HTML: root-relative (`/posts/x/`) or absolute.
    public var url: [UInt8]
    /// More attributes, in this order; values not escaped for HTML. Left out where the author gave one of them, and for
    /// what is written in raw HTML but for images without a size.
    public var attributes: [HTMLAttribute]

    /// A resolved link.
    public init(url: [UInt8], attributes: [HTMLAttribute] = []) {
        self.url = url
        self.attributes = attributes
    }
}

/// A name and a value on an element.
public struct HTMLAttribute: Hashable, Sendable {
    /// The name, lower case.
    public let name: [UInt8]
    /// The value, not escaped.
    public let value: [UInt8]

    /// An attribute.
    public init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// An attribute from text.
    public init(_ name: String, _ value: String) {
        self.init(name: Array(name.utf8), value: Array(value.utf8))
    }
}

/// A link or image as an override sees it.
public struct LinkElement: Sendable {
    /// The resolved destination, not escaped.
    public let destination: [UInt8]
    /// The title, not escaped, or nothing.
    public let title: [UInt8]
    /// The text of the link as HTML; of an image, its description as plain text.
    public let content: [UInt8]
    /// Attributes that ``MarkdownHooks/resolveLink(_:)`` or the author gave; without raw HTML, harmless ones alone.
    public let attributes: [HTMLAttribute]
    /// Whether an image stands alone in its paragraph.
    public let isBlock: Bool
}

/// A heading as an override sees it.
public struct HeadingElement: Sendable {
    /// 1 to 6.
    public let level: Int
    /// Its id, or nothing.
    public let id: [UInt8]
    /// Its text as HTML.
    public let content: [UInt8]
    /// Its text without marks.
    public let text: [UInt8]
    /// Attributes that the author gave, but the id; without raw HTML, harmless ones alone.
    public let attributes: [HTMLAttribute]
}

/// A code block as an override sees it.
public struct CodeBlockElement: Sendable {
    /// What its info string says.
    public let fence: CodeFence
    /// The code, with its last line feed.
    public let code: [UInt8]
    /// Attributes that the author gave, but the id; without raw HTML, harmless ones alone.
    public let attributes: [HTMLAttribute]
}
