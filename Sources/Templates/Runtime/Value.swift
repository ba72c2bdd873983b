/// What a template can hold, sixteen bytes.
///
/// Small values are inside; all others are references to immutable objects, or to objects that belong to one
/// rendering (a list that the template itself built). Names follow Python, since templates are written by
/// people who think of Jinja2: `str`, `list`, `dict`, `tuple`.
public enum Value: Sendable {
    /// Nothing by that name, with what is needed to say so.
    case undefined(Undefined)
    /// `none`.
    case none
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number; arithmetic that leaves 64 bits is a finding.
    case int(Int)
    /// A floating-point number.
    case double(Double)
    /// Text, plain or safe.
    case string(StringValue)
    /// A list.
    case list(ListValue)
    /// A tuple.
    case tuple(TupleValue)
    /// A dictionary that keeps the order of insertion.
    case dict(DictValue)
    /// A function of the host or a built-in one.
    case function(FunctionValue)
    /// A macro of a template, or the `caller` of a call block.
    case macro(MacroValue)
    /// Anything the host lends; the seam where reads are recorded.
    case object(any HostObject)
}

extension Value {
    /// Plain text.
    public static func text(_ text: String) -> Value { .string(StringValue(text)) }

    /// Plain text from its UTF-8.
    public static func text(_ bytes: [UInt8]) -> Value { .string(StringValue(bytes)) }

    /// Text that is HTML already and is not escaped again.
    public static func safe(_ bytes: [UInt8]) -> Value { .string(StringValue(bytes, isSafe: true)) }

    /// A list of values; it may be shared, and a template that tries to change it gets a finding.
    public static func frozen(_ items: [Value]) -> Value { .list(ListValue(frozen: items)) }

    /// A dictionary of named values; it may be shared, and a template that tries to change it gets a finding.
    public static func frozen(_ entries: [(String, Value)]) -> Value {
        .dict(DictValue(frozen: entries.map { (Value.text($0.0), $0.1) }))
    }

    /// The text, if it is text.
    public var stringValue: StringValue? {
        if case .string(let text) = self { text } else { nil }
    }

    /// Whether it is undefined.
    public var isUndefined: Bool {
        if case .undefined = self { true } else { false }
    }

    /// Whether it is `none`.
    public var isNone: Bool {
        if case .none = self { true } else { false }
    }
}
