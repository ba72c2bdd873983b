import Text

/// Why a node ran.
public enum Reason: UInt8, Hashable, Sendable, CaseIterable {
    /// It had never run.
    case new = 0
    /// The rule or the tool is another than when it ran.
    case ruleChanged = 1
    /// Something that it read has changed.
    case readChanged = 2
    /// Something that it looked for in vain has appeared.
    case appeared = 3
    /// Something that it read is gone.
    case vanished = 4
    /// Its output is not in the output folder.
    case outputMissing = 5
    /// Its output was altered by someone else.
    case outputAltered = 6
    /// It was in a cycle that is tried again.
    case errorRetried = 7
    /// An instant that it asked about has passed, or the clock went back before it.
    case timePassed = 8
    /// The store could not be used.
    case storeDiscarded = 9

    /// Words for people.
    public var text: String {
        switch self {
        case .new: "new"
        case .ruleChanged: "rule or tool changed"
        case .readChanged: "read changed"
        case .appeared: "appeared"
        case .vanished: "vanished"
        case .outputMissing: "output missing"
        case .outputAltered: "output altered"
        case .errorRetried: "error retried"
        case .timePassed: "time passed"
        case .storeDiscarded: "store discarded"
        }
    }
}

/// One thing that was done in a build.
public struct Event: Hashable, Sendable {
    /// What ran.
    public let key: Key
    /// Why.
    public let reason: Reason
    /// The read that made it run, if one did.
    public let cause: Cause?

    /// The first read whose answer was no longer the same.
    public struct Cause: Hashable, Sendable {
        /// What was read.
        public let key: Key
        /// Which part of it.
        public let projection: Projection
        /// What it was, where it is a scalar and was known.
        public let old: String?
        /// What it is now, where it is a scalar.
        public let new: String?

        /// A cause.
        public init(key: Key, projection: Projection, old: String?, new: String?) {
            self.key = key
            self.projection = projection
            self.old = old
            self.new = new
        }
    }

    /// An event.
    public init(key: Key, reason: Reason, cause: Cause? = nil) {
        self.key = key
        self.reason = reason
        self.cause = cause
    }

    /// By key: the order in which events are shown.
    public static func precedes(_ left: Event, _ right: Event) -> Bool {
        Key.precedes(left.key, right.key)
    }
}
