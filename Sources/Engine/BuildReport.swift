public import Text

/// What a build did.
public struct BuildReport: Sendable {
    /// The rules that ran, in no order.
    var events: [Event] = []
    /// The rules that ran, sorted by key.
    ///
    /// - Complexity: O(n log n) in their number; for that alone see ``ranCount``.
    public var ran: [Event] { Key.sorted(events, by: \.key) }
    /// How many rules ran.
    public var ranCount: Int { events.count }
    /// Keys that stood as they were but whose value had to be made again because a reader needed it.
    public var recalled: [Key] = []
    /// How many live keys were not run.
    public var reused = 0
    /// Outputs that were written, sorted.
    public var written: [RelativePath] = []
    /// Outputs that were removed, sorted.
    public var removed: [RelativePath] = []
    /// How many outputs are as they were.
    public var keptCount = 0
    /// All findings about what can be reached from the root, sorted.
    public var diagnostics: [Diagnostic] = []
    /// When the result will change without any edit: seconds since 1970.
    public var nextFlip: Int64?
    /// Whether there are errors; then nothing was published.
    public var failed = false
    /// One line about a store that could not be used, if so.
    public var notice: String?

    /// An empty report.
    public init() {}
}

/// What looking again at the sources did, in a preview.
public struct RefreshReport: Sendable {
    /// The rules that ran to bring the root up to date, sorted by key.
    public var ran: [Event] = []
    /// Outputs that are new or may differ from what was last given out, sorted.
    public var changed: [ChangedOutput] = []
    /// Outputs that are no more, sorted.
    public var removed: [RelativePath] = []
    /// The findings of all that is up to date and can be reached from the root, sorted.
    public var diagnostics: [Diagnostic] = []
    /// When the result will change without any edit: seconds since 1970.
    public var nextFlip: Int64?

    /// An empty report.
    public init() {}
}

/// An output that is new or may differ from what it was.
public struct ChangedOutput: Sendable {
    /// Its path.
    public let path: RelativePath
    /// The low half of what stood for its bytes when they were last made; 0 when it is new.
    public let former: UInt64
    /// Whether nothing was published there before.
    public let isNew: Bool
}
