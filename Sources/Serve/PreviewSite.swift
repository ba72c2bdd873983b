public import Text

/// What the preview needs from the site it shows.
///
/// `Serve` knows HTTP and nothing of pages; the command line implements this over the site. Everything but
/// ``revision`` is called on worker threads, several at a time, and may block; nothing is ever called on an
/// event loop.
public protocol PreviewSite: AnyObject, Sendable {
    /// A number that grows as soon as any output might have changed: when a changed input was noticed, before
    /// anything is done about it. An output obtained under this revision is served from memory for as long as
    /// the number stands.
    ///
    /// Read on event loops for every request: it must be as cheap as an atomic load.
    var revision: UInt64 { get }

    /// Brings the output at a path up to date and gives it.
    ///
    /// - Parameter path: a path in the output folder such as `posts/hello/index.html`, never empty. It comes
    ///   from the network: clean (no empty, `.` or `..` component, no component that starts with a dot but
    ///   `.well-known`), but to be looked up in the set of outputs, never joined to a folder.
    /// - Returns: the output, or why there is none.
    func output(at path: RelativePath) -> PreviewAnswer

    /// What the dashboard tells.
    func dashboard() -> DashboardFacts

    /// Why the output at a path is as it is and was last rebuilt, as plain text for people; `nil` when there
    /// is no such output.
    func why(_ path: RelativePath) -> String?
}

/// What the site has at a path.
public enum PreviewAnswer: Sendable {
    /// An output; when the site has errors, the last good one.
    case output(PreviewOutput)
    /// Nothing is published there.
    case missing
    /// Something should be there, but was never made without errors. The findings were announced.
    case failed
}

/// One output of the site as it would be published.
public struct PreviewOutput: Sendable {
    /// All its bytes; none when it is read in parts.
    public let bytes: [UInt8]
    /// Where its bytes come from when there are too many to hold.
    public let file: PreviewFile?
    /// What stands for the bytes: it makes the entity tag, and tells a browser whether it shows this.
    public let fingerprint: Fingerprint
    /// The file it was made from, where there is one.
    public let source: RelativePath?
    /// Why `site build` would leave it out, shown as a badge: "draft", "scheduled", "expired"; or `nil`.
    public let badge: String?

    /// An output.
    public init(bytes: [UInt8], fingerprint: Fingerprint, source: RelativePath? = nil, badge: String? = nil) {
        self.bytes = bytes
        file = nil
        self.fingerprint = fingerprint
        self.source = source
        self.badge = badge
    }

    /// An output that is read in parts, such as a video.
    public init(file: PreviewFile, fingerprint: Fingerprint) {
        bytes = []
        self.file = file
        self.fingerprint = fingerprint
        source = nil
        badge = nil
    }
}

/// A large file, read in parts as a browser takes them.
public struct PreviewFile: Sendable {
    /// How many bytes it has.
    public let count: Int
    /// Reads `count` bytes from an offset on a worker thread; `nil` when they are no longer there, which ends the
    /// connection.
    public let read: @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?

    /// A file.
    public init(count: Int, read: @escaping @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?) {
        self.count = count
        self.read = read
    }
}

/// What a rebuild changed, told to ``PreviewServer/announce(_:)``.
public struct PreviewChange: Sendable {
    /// Outputs whose bytes changed, or that are new, with what stands for their new bytes.
    public var changed: [RelativePath: Fingerprint]
    /// Outputs that browsers show, changed or not, with what stands for their bytes now: a browser may show something
    /// else than the site had at the last announcement, having asked in between. `nil` when nobody looked.
    public var shown: [RelativePath: Fingerprint]?
    /// Outputs that are gone.
    public var removed: [RelativePath]
    /// Pages that live elsewhere now; a browser that shows the old place follows to the new.
    public var moved: [RelativePath: RelativePath]
    /// The page whose source was edited, for browsers that go to what is being edited.
    public var edited: RelativePath?
    /// All findings of the site as it stands, not only new ones: browsers show the errors among them.
    public var findings: [Diagnostic]

    /// A change.
    public init(
        changed: [RelativePath: Fingerprint] = [:], shown: [RelativePath: Fingerprint]? = nil,
        removed: [RelativePath] = [],
        moved: [RelativePath: RelativePath] = [:], edited: RelativePath? = nil, findings: [Diagnostic] = []
    ) {
        self.changed = changed
        self.shown = shown
        self.removed = removed
        self.moved = moved
        self.edited = edited
        self.findings = findings
    }
}
