/// What bounds a rendering, so that no template can hang or exhaust the machine.
public struct TemplateLimits: Sendable, Hashable {
    /// How deep macros, blocks, includes and imports may be nested.
    public var depth = 100
    /// How many steps may be taken: turns of loops, calls, elements gone through. A page that lists 10,000 others
    /// with five fields each takes about 100,000.
    public var steps = 10_000_000
    /// How many bytes a template may print.
    public var outputBytes = 256 << 20
    /// How many bytes one text may have.
    public var stringBytes = 64 << 20
    /// How many elements one list may have.
    public var listCount = 1_000_000

    /// The defaults.
    public init() {}
}
