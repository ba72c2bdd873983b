public import Text

/// Everything from outside the files that a build may depend on.
public struct BuildInputs: Sendable {
    /// What the command line says: drafts, base URL, environment…
    public var flags: [String: String]
    /// The environment.
    public var environment: [String: String]
    /// The one reading of the clock: seconds since 1970.
    public var now: Int64
    /// How many threads work; at least 1.
    public var jobs: Int
    /// Who builds: the identity of the program and of the libraries whose version can change bytes.
    public var tool: Fingerprint
    /// Answers ``RuleContext/probe(_:)`` and ``RuleContext/constant(_:)``: called at most once a build for each name, from any thread.
    public var probes: @Sendable (String) -> [UInt8]?
    /// Whether foreign files in the output folder may be overwritten.
    public var force: Bool
    /// Whether every source file is hashed again, whatever its stamp says.
    public var rehash: Bool
    /// Whether the whole output folder is looked through for files of ours that the store does not know, though nothing says
    /// that there are any.
    public var surveys = false

    /// Called before a wait until another process is done with the store or the output, with its id if it is known.
    public var willWait: @Sendable (Int32?) -> Void = { _ in }
    /// Where it is written down what each worker does when, if anywhere.
    public var trace: BuildTrace?
    /// Where it is counted how far the build is, if anyone looks.
    public var progress: BuildProgress?

    /// Inputs of a build.
    public init(
        flags: [String: String] = [:], environment: [String: String] = [:], now: Int64, jobs: Int = 1,
        tool: Fingerprint = .absent, probes: @escaping @Sendable (String) -> [UInt8]? = { _ in nil },
        force: Bool = false, rehash: Bool = false
    ) {
        self.flags = flags
        self.environment = environment
        self.now = now
        self.jobs = Swift.max(1, jobs)
        self.tool = tool
        self.probes = probes
        self.force = force
        self.rehash = rehash
    }
}

/// How coarsely the current time is read: the coarser, the longer a result stands.
public enum ClockGranule: Hashable, Sendable {
    /// Seconds since 1970: the reader is run in every build.
    case second
    /// The start of the minute.
    case minute
    /// The start of the hour, at a zone whose offset from UTC is that many seconds.
    case hour(offset: Int)
    /// The start of the day, at a zone whose offset from UTC is that many seconds.
    case day(offset: Int)
    /// The start of the month, at a zone whose offset from UTC is that many seconds.
    case month(offset: Int)
    /// The start of the year, at a zone whose offset from UTC is that many seconds.
    case year(offset: Int)
}

/// What a watcher says has changed.
public enum Changes: Sendable {
    /// Anything may have.
    case everything
    /// These files or folders may have; what lies below a folder is included.
    case paths([RelativePath])
}
