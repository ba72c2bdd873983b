public import Text

/// What the host lends to templates: a page, a collection, a date.
///
/// This is the seam where reads are recorded: the engine asks for one attribute, one item, the length, and
/// passes the rendering along, whose ``RenderContext/host`` is the recorder of the page being rendered. Views
/// are immutable and may be shared by pages that are rendered at the same time.
///
/// Every requirement has a default, so that a type says only what it can do. An answer of `nil` means "not
/// here" or "not that way", and the engine goes on as Jinja2 would.
public protocol HostObject: AnyObject, Sendable {
    /// What people call such a thing, for messages: `page`, `date`.
    var typeName: String { get }

    /// The attribute of that name (`x.name`), or `nil` when there is none, which the engine makes undefined.
    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value?

    /// The item of that key (`x[key]`, `x.get(key)`), or `nil` when there is none.
    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value?

    /// All elements in order, or `nil` when it cannot be iterated over; of a mapping, its keys.
    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]?

    /// How many elements there are, or `nil` when it has no length.
    func count(in render: inout RenderContext) throws(TemplateError) -> Int?

    /// Whether it counts as true in a condition; by default when it is not empty or has no length.
    func truth(in render: inout RenderContext) throws(TemplateError) -> Bool

    /// Whether a value is among the elements (`v in x`), or `nil` to compare with each element.
    func contains(_ value: Value, in render: inout RenderContext) throws(TemplateError) -> Bool?

    /// The elements from `start` to `stop` by `step` (`x[a:b:c]`), or `nil` to cut the elements.
    func slice(
        start: Int?, stop: Int?, step: Int, in render: inout RenderContext
    ) throws(TemplateError) -> Value?

    /// What a filter gives for this object, or `nil` to let the engine's filter work on the elements.
    ///
    /// This is where a collection lowers `where`, `selectattr`, `rejectattr`, `sort`, `groupby`, `first`,
    /// `last`, `list`, `length` and their like to a query.
    func apply(
        filter: Symbol, _ arguments: borrowing Arguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value?

    /// What a chain of filters makes of the elements, or `nil` to let the engine go through them.
    ///
    /// The answer must be what the filters would give: ``Renderer/select(_:from:environment:host:)`` runs them. If
    /// they fail, or find something, answer `nil`: the engine runs them again and says where.
    func answer(
        _ query: CollectionQuery, _ part: CollectionQuery.Part, in render: inout RenderContext
    ) throws(TemplateError) -> CollectionQuery.Answer?

    /// What calling the method gives (`x.name(…)`), or `nil` to call the attribute of that name.
    func call(
        method: Symbol, _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value?

    /// What calling the object itself gives (`x(…)`), or `nil` when it is no function.
    func call(
        _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value?

    /// How it is printed; by default as its type in angle brackets.
    func text(in render: inout RenderContext) throws(TemplateError) -> StringValue

    /// Its order relative to another value: negative, zero or positive; `nil` when they have none.
    func compare(to other: Value, in render: inout RenderContext) throws(TemplateError) -> Int?

    /// Whether it is the same as another object; by default when it is that very object.
    func equals(_ other: any HostObject, in render: inout RenderContext) throws(TemplateError) -> Bool

    /// What it is as a key of a dictionary: objects of one type with equal keys are one key, so equal objects must have equal
    /// ones; `nil` when each is a key of its own. A number, a text or a tuple of such.
    var keyValue: Value? { get }

    /// What to do instead of computing or comparing it with other values, for the finding about that; or `nil`.
    var operatorHint: String? { get }

    /// The same as plain values, for `tojson` and `dict()`; `nil` when it has no such form.
    func plainValue(in render: inout RenderContext) throws(TemplateError) -> Value?

    /// The names it has attributes for, for "did you mean".
    var knownAttributes: [Symbol] { get }

    /// What kind of thing it is, for the tests `mapping`, `sequence`, `callable`.
    var traits: HostTraits { get }
}

/// What kinds of thing a host object is.
public struct HostTraits: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `is mapping`; has keys and values.
    public static let mapping = HostTraits(rawValue: 1)
    /// `is sequence`; has a length and items by position.
    public static let sequence = HostTraits(rawValue: 2)
    /// `is iterable`.
    public static let iterable = HostTraits(rawValue: 4)
    /// `is callable`.
    public static let callable = HostTraits(rawValue: 8)
}

extension HostObject {
    /// Whether it knows the names of its attributes, and this is none of them.
    func lacks(_ name: Symbol) -> Bool {
        let known = knownAttributes
        return !known.isEmpty && !known.contains(name)
    }

    /// No attributes.
    public func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        nil
    }

    /// No items.
    public func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? { nil }

    /// Not iterable.
    public func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? { nil }

    /// As many as there are elements.
    public func count(in render: inout RenderContext) throws(TemplateError) -> Int? {
        try elements(in: &render)?.count
    }

    /// True unless it is empty.
    public func truth(in render: inout RenderContext) throws(TemplateError) -> Bool {
        try count(in: &render) != 0
    }

    /// Leaves it to the engine.
    public func contains(_ value: Value, in render: inout RenderContext) throws(TemplateError) -> Bool? {
        nil
    }

    /// Leaves it to the engine.
    public func slice(
        start: Int?, stop: Int?, step: Int, in render: inout RenderContext
    ) throws(TemplateError) -> Value? { nil }

    /// Leaves it to the engine.
    public func apply(
        filter: Symbol, _ arguments: borrowing Arguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? { nil }

    /// Leaves it to the engine.
    public func answer(
        _ query: CollectionQuery, _ part: CollectionQuery.Part, in render: inout RenderContext
    ) throws(TemplateError) -> CollectionQuery.Answer? { nil }

    /// Calls the attribute.
    public func call(
        method: Symbol, _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? { nil }

    /// No function.
    public func call(
        _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? { nil }

    /// The type in angle brackets.
    public func text(in render: inout RenderContext) throws(TemplateError) -> StringValue {
        StringValue("<\(typeName)>")
    }

    /// No order.
    public func compare(to other: Value, in render: inout RenderContext) throws(TemplateError) -> Int? { nil }

    /// The very same object.
    public func equals(_ other: any HostObject, in render: inout RenderContext) throws(TemplateError) -> Bool
    {
        self === other
    }

    /// Each a key of its own.
    public var keyValue: Value? { nil }

    /// Nothing to say.
    public var operatorHint: String? { nil }

    /// No plain form.
    public func plainValue(in render: inout RenderContext) throws(TemplateError) -> Value? { nil }

    /// None known.
    public var knownAttributes: [Symbol] { [] }

    /// None.
    public var traits: HostTraits { [] }
}
