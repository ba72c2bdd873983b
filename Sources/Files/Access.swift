public import Text

/// One access to a ``MemoryFileSystem``.
public struct Access: Hashable, Sendable, CustomStringConvertible {
    /// What was done.
    public enum Operation: String, Hashable, Sendable {
        /// The members of ``FileSystem`` by their names; `list` also for ``FileSystem/listWithStamps(_:)``,
        /// `rename` also for exchanging, `remove` also for folders.
        case read, list, stamp, write, append, copy, rename, remove

        /// Whether it changes something.
        public var isEffect: Bool { self != .read && self != .list && self != .stamp }
    }

    /// What was done.
    public let operation: Operation
    /// To which path; for two, the target.
    public let path: RelativePath

    /// An access.
    public init(_ operation: Operation, _ path: RelativePath) {
        self.operation = operation
        self.path = path
    }

    /// As `read content/a.md`.
    public var description: String { "\(operation.rawValue) \(path)" }
}
