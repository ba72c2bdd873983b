public import Text

/// One rendering: what functions and host objects may ask of it.
public struct RenderContext: ~Copyable {
    /// The recorder of the page being rendered, as given to ``Renderer/render(_:variables:host:)``.
    public let host: AnyObject?
    /// Whether what is printed where the call stands is escaped; functions that make HTML ask.
    public internal(set) var autoescape: Bool = false
    /// What bounds the rendering.
    public let limits: TemplateLimits

    init(host: AnyObject?, limits: TemplateLimits) {
        self.host = host
        self.limits = limits
    }

    /// Reports a finding at the place of the call without failing: at the same place with the same words, it is
    /// counted, not repeated.
    public mutating func report(_ code: DiagnosticCode, _ message: String, hint: String? = nil) {
    }
}

/// What bounds a rendering, so that no template can hang or exhaust the machine.
public struct TemplateLimits: Sendable, Hashable {
    /// How deep macros, blocks, includes and imports may be nested.
    public var depth = 100
    /// How many instructions may run; a page of a large site takes some 100,000.
    public var steps = 100_000_000
    /// How many bytes a template may print.
    public var outputBytes = 256 << 20
    /// How many bytes one text may have.
    public var stringBytes = 64 << 20
    /// How many elements one list may have.
    public var listCount = 1_000_000

    /// The defaults.
    public init() {}
}
