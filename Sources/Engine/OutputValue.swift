public import Text

/// What a rule that makes an output file makes: its content.
public final class OutputValue: RuleValue {
    /// The content of an output.
    public enum Content: Sendable {
        /// These bytes.
        case bytes([UInt8])
        /// The bytes of a source file, which has that fingerprint (``RuleContext/fileFingerprint(_:)``).
        case copy(of: RelativePath, Fingerprint)
    }

    /// What the file holds.
    public let content: Content
    /// The fingerprint of the bytes of the file.
    public let fingerprint: Fingerprint

    /// An output of these bytes.
    public init(bytes: [UInt8]) {
        content = .bytes(bytes)
        fingerprint = Fingerprint(of: bytes)
    }

    /// An output that is a copy of a source file.
    public init(copyOf path: RelativePath, _ fingerprint: Fingerprint) {
        content = .copy(of: path, fingerprint)
        self.fingerprint = fingerprint
    }

    /// There is but one part: the whole.
    public func fingerprint(of projection: Projection) -> Fingerprint { fingerprint }
}

/// What the root rule makes: which outputs there are, and who makes each.
public final class ManifestValue: RuleValue {
    /// One output.
    public struct Entry: Hashable, Sendable {
        /// Where it lies in the output folder.
        public let path: RelativePath
        /// The key whose value is its ``OutputValue``.
        public let producer: Key

        /// An entry.
        public init(path: RelativePath, producer: Key) {
            self.path = path
            self.producer = producer
        }
    }

    /// All outputs, sorted by the bytes of the path, each path once.
    public let entries: [Entry]
    /// Keys that make no output and are wanted for their findings: a build brings them up to date, too, and a preview
    /// when it has time.
    public let checks: [Key]
    private let fingerprint: Fingerprint

    /// A manifest of these outputs, in any order. Of several producers of one path the first in the order of
    /// keys is taken: the root rule should have reported them.
    public init(_ entries: [Entry], checks: [Key] = []) {
        var sorted = entries
        sorted.sort { left, right in
            left.path == right.path ? Key.precedes(left.producer, right.producer) : left.path < right.path
        }
        var kept: [Entry] = []
        kept.reserveCapacity(sorted.count)
        for entry in sorted where kept.last?.path != entry.path { kept.append(entry) }
        self.entries = kept
        self.checks = checks
        var builder = FingerprintBuilder()
        for entry in kept {
            builder.combine(entry.path.bytes)
            builder.combine(UInt64(entry.producer.kind))
            builder.combine(entry.producer.name.bytes)
        }
        for check in checks {
            builder.combine(UInt64(check.kind))
            builder.combine(check.name.bytes)
        }
        fingerprint = builder.finish()
    }

    /// There is but one part: the whole.
    public func fingerprint(of projection: Projection) -> Fingerprint { fingerprint }
}
