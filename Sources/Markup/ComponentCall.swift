public import Text

/// A call of a component from Markdown: `{{< name "positional" key="v" n=3 >}} … {{< /name >}}`.
public struct ComponentCall: Sendable {
    /// The name as written; may hold `/`, `-`, `_` and dots.
    public let name: [UInt8]
    /// Arguments without a name, in order.
    public let positional: [ComponentArgument]
    /// Arguments with a name, in order; names occur once.
    public let named: [NamedComponentArgument]
    /// What stands between opening and closing call, as written; `nil` without a closing call.
    public let rawBody: [UInt8]?
    /// The body rendered as Markdown, or nothing. URLs in it are as the hooks resolved them.
    public let bodyHTML: [UInt8]
    /// Whether it is neither closed nor ends in `/>`, and nobody has been told of that.
    public let isLeftOpen: Bool
    /// Whether the call stands within the text of a paragraph, heading or cell.
    public let isInline: Bool
    /// The number of the call of this name in the body, from 1.
    public let ordinal: Int
    /// Where the opening call is written.
    public let range: SourceRange

    /// The value of a named argument.
    public func argument(_ name: String) -> ComponentArgument? {
        named.first { $0.name.elementsEqual(name.utf8) }?.value
    }
}

/// The value of an argument: quoted and back-ticked text is a string; `3`, `2.5`, `true` are what they look like.
public enum ComponentArgument: Hashable, Sendable {
    /// Text.
    case string([UInt8])
    /// A whole number.
    case integer(Int)
    /// A number with a fraction or exponent.
    case double(Double)
    /// `true` or `false`.
    case bool(Bool)
}

/// An argument with a name.
public struct NamedComponentArgument: Hashable, Sendable {
    /// The name as written.
    public let name: [UInt8]
    /// The value.
    public let value: ComponentArgument

    /// An argument with a name.
    public init(name: [UInt8], value: ComponentArgument) {
        self.name = name
        self.value = value
    }
}

/// What a component printed.
public enum ComponentResult: Sendable {
    /// HTML, spliced as it is. A result that starts with a block element is never put into a `<p>`.
    case html([UInt8])
    /// There is no such component: the call is dropped, its body kept, and a finding says so.
    case unknown
    /// There is no such component, and a name that comes near is known.
    case unknownSuggesting(String)
    /// There is no such component, and it is known how there would be one.
    case unknownHinting(String)
    /// The call says something that nobody knows: it is dropped, and the finding says this.
    case refused(String, hint: String?)
}

/// A reference of Jekyll's to another source.
public struct LiquidReference: Sendable {
    /// Which tag.
    public enum Kind: Sendable {
        /// `{% post_url 2016-01-02-name %}`.
        case postURL
        /// `{% link _posts/2016-01-02-name.md %}`.
        case link
        /// `{{ "/path" | relative_url }}` or `| absolute_url`.
        case relativeURL
    }
    /// Which tag.
    public let kind: Kind
    /// The name or path.
    public let target: [UInt8]
}
