public import Text

/// A compiled template: immutable, shared by all renderings.
public final class Program: Sendable {
    /// The name by which templates call it.
    public let name: [UInt8]
    /// The text it was made from.
    public let source: SourceFile

    init(name: [UInt8], source: SourceFile) {
        self.name = name
        self.source = source
    }

    /// Stands for what the template does: comments and positions are not part of it, so an edited comment
    /// changes nothing. The name is not part of it either.
    public var fingerprint: Fingerprint { Fingerprint(of: source.bytes) }

    /// Stands for where everything is; a finding with a place in this program depends on it too.
    public var positionsFingerprint: Fingerprint { Fingerprint(of: source.bytes) }

    /// Whether it has mistakes and cannot be rendered.
    public var isBroken: Bool { false }

    /// The templates it names in so many words in `extends`, `include` and `import`, in order, each once.
    public var namedTemplates: [[UInt8]] { [] }
}
