import ArgumentParser
import Engine
import Files
import Site
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `site build`: the site into its output folder.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Build the site into its output folder.",
        discussion: """
            A second build does only what the edits since the first one change, and its output is byte for byte \
            that of a build from nothing. A build with errors publishes nothing: the last good output stays.

            Example: site build --base-url https://example.org/blog/
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var content: ContentOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The output folder; public in the site without it.", valueName: "dir"),
        completion: .directory)
    var output: String?

    @Flag(help: "Take over files of others in the output folder that stand in the way.")
    var force = false

    @Flag(help: "Read every source again, whatever its time stamps say.")
    var rehash = false

    @Flag(help: "Then build everything from nothing in memory and compare: the proof that nothing is stale.")
    var verify = false

    @Option(
        help: ArgumentHelp(
            "Then run so many of a hundred reused results again and compare: finds reads that are not recorded.",
            valueName: "percent"))
    var audit: Double?

    @Option(
        help: ArgumentHelp(
            "Write down what each thread did when, in the format of Chrome's tracing.", valueName: "file"),
        completion: .file())
    var trace: String?

    @Flag(help: "Say what ran and why.")
    var explain = false

    func validate() throws {
        if let audit, !(0...100).contains(audit) {
            throw ValidationError("--audit should be a number from 0 to 100, not \(audit).")
        }
    }

    func run() throws {
        Memory.growAtOnce()
        let progress = ProgressLine(common)
        let console = Console(common, above: progress)
        let started = Clock.monotonicMilliseconds
        let location = try SiteLocation(source: common.source, output: output)
        let session = try SiteSession(location, content, environment: "production")
        Leftovers.keep(session.project)
        let engine = session.project.engine
        var inputs = session.inputs(force: force, rehash: rehash)
        inputs.willWait = { console.say(BuildNarration.waiting(for: $0)) }
        inputs.surveys = verify
        if trace != nil { inputs.trace = BuildTrace(clock: { Clock.monotonicNanoseconds }) }
        let report = progress.accompany { counts in
            inputs.progress = counts
            return session.project.build(inputs)
        }
        let milliseconds = Clock.monotonicMilliseconds - started
        if let trace, let recorded = inputs.trace {
            try SiteLocation.put(recorded.json { engine.text(of: $0) }, to: trace)
        }
        let audited = audit.map { percent in
            progress.accompany("audit") { counts in
                engine.audit(percent: percent, seed: UInt64(Clock.monotonicNanoseconds), progress: counts)
            }
        }
        switch common.format {
        case .json:
            // One object says all, so what it says must be known before.
            let verified =
                verify && !report.build.failed ? Verification.verdict(session, location, progress) : nil
            console.output(
                BuildNarration.json(
                    report, command: "build", milliseconds: milliseconds, audit: audited, verdict: verified,
                    explanation: explain ? WhyNarration.lines(report.build.ran, engine) : nil,
                    name: { engine.text(of: $0) }))
            try fail(for: report)
            if audited?.differences.isEmpty == false || verified?.differences.isEmpty == false {
                throw ExitCode(CommandFailure.Kind.findings.rawValue)
            }
        case .text:
            BuildNarration.show(report, on: console, milliseconds: milliseconds)
            if explain { for line in WhyNarration.lines(report.build.ran, engine) { console.say(line) } }
            if let audited { try Verification.check(audited, session, console) }
            try fail(for: report)
            if verify { try Verification.run(session, location, progress, console) }
        }
    }

    /// Ends the command where a build ended badly.
    private func fail(for report: SiteReport) throws {
        if report.build.diagnostics.contains(where: {
            $0.severity == .error && ["unwritable-output", "unreadable-file"].contains($0.code.name)
        }) {
            throw ExitCode(CommandFailure.Kind.world.rawValue)
        }
        if report.build.failed { throw ExitCode(CommandFailure.Kind.findings.rawValue) }
    }
}

/// Compares the published output with what a build from nothing gives.
enum Verification {
    /// What came of a comparison.
    struct Verdict {
        /// How many files a build from nothing makes.
        let count: Int
        /// What is otherwise, a sentence each that begins with the path.
        let differences: [String]
    }

    /// Builds from nothing in memory and compares.
    static func verdict(_ session: SiteSession, _ location: SiteLocation, _ line: ProgressLine) -> Verdict {
        line.accompany("second build, as a proof") { verdict(session, location, counts: $0) }
    }

    private static func verdict(_ session: SiteSession, _ location: SiteLocation, counts: BuildProgress?)
        -> Verdict
    {
        var inputs = session.inputs()
        inputs.progress = counts
        let clean = session.project.engine.cleanBuild(inputs)
        counts?.begin(.comparing)
        counts?.want(clean.outputs.count, in: .comparing)
        let published = DiskFileSystem(root: location.output)
        var differences: [String] = []
        for (path, value) in clean.outputs {
            counts?.advance(in: .comparing)
            do throws(FileError) {
                guard let file = try published.examine(path, keeping: 0) else {
                    differences.append("\(path.text) is missing")
                    continue
                }
                if file.fingerprint != value.fingerprint {
                    differences.append("\(path.text) differs")
                }
            } catch {
                differences.append(error.description)
            }
        }
        let made = Set(clean.outputs.map(\.path))
        for path in session.project.engine.outputPaths where !made.contains(path) {
            differences.append("\(path.text) should not be there")
        }
        return Verdict(count: clean.outputs.count, differences: differences)
    }

    /// Compares, says what came of it, and ends with a failure if there is a difference.
    static func run(
        _ session: SiteSession, _ location: SiteLocation, _ line: ProgressLine, _ console: Console
    ) throws {
        let verdict = verdict(session, location, line)
        let differences = verdict.differences
        if differences.isEmpty {
            console.say(
                "verified: \(BuildNarration.counted(verdict.count, "file")) equal to those of a build from nothing"
            )
            return
        }
        for difference in differences.prefix(20) { console.complain("difference: \(difference)") }
        if let first = differences.first?.split(separator: " ").first, let path = RelativePath(String(first)),
            let text = WhyNarration.text(
                of: path, session.project.engine, now: try Clock.instant(nil, variables: [:]))
        {
            console.complain(text)
        }
        throw CommandFailure(
            .findings, "\(BuildNarration.counted(differences.count, "difference")) from a build from nothing",
            hint:
                "this is a mistake of the product: please report it; \"site clean\" and a new build mend the output"
        )
    }
}

extension Verification {
    /// Says what came of an audit, and ends with a failure if a reused result is not what its rule makes.
    fileprivate static func check(_ audit: AuditReport, _ session: SiteSession, _ console: Console) throws {
        let differences = audit.differences.map { "\(session.project.engine.text(of: $0.key)): \($0.what)" }
        if differences.isEmpty {
            let reused = BuildNarration.counted(audit.reusedCount, "reused result")
            console.say("audited: \(audit.auditedCount) of \(reused) made again, all equal")
            return
        }
        for difference in differences.prefix(20) { console.complain("difference: \(difference)") }
        throw CommandFailure(
            .findings,
            "\(BuildNarration.counted(differences.count, "difference")) among \(audit.auditedCount) reused results",
            hint:
                "this is a mistake of the product: please report it; \"site clean\" and a new build mend the output"
        )
    }
}

/// One opening of a site by a command.
struct SiteSession {
    let project: Project
    let options: Project.Options
    private let content: ContentOptions
    private let now: Int64
    private let git: GitDoor

    init(_ location: SiteLocation, _ content: ContentOptions, environment: String, publishes: Bool = true)
        throws
    {
        var options = Project.Options()
        options.drafts = content.drafts
        options.future = content.future
        options.expired = content.expired
        options.strict = content.strict
        options.baseURL = content.baseUrl
        options.environment = content.environment ?? SiteLocation.variables["SITE_ENVIRONMENT"] ?? environment
        options.outputFolder = location.outputInSite
        options.folderName = location.name
        options.variables = SiteLocation.variables
        self.options = options
        self.content = content
        now = try Clock.instant(content.now, variables: options.variables)
        git = GitDoor(folder: location.root)
        let source = DiskFileSystem(root: location.root, staysInside: true)
        guard publishes else {
            project = Project(source: source)
            return
        }
        let profile = StoreProfile(options, output: location.output)
        let places = profile.places(location)
        project = Project(source: source, store: places.store, output: places.output)
    }

    func inputs(force: Bool = false, rehash: Bool = false) -> BuildInputs {
        BuildInputs(
            flags: options.flags, environment: options.variables, now: now, jobs: content.jobs ?? Self.cores,
            tool: ToolIdentity.fingerprint, probes: git.answer, force: force, rehash: rehash)
    }

    /// How many processors this process may use.
    static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// The one reading of the clock.
enum Clock {
    /// Now, or what `--now` or `SOURCE_DATE_EPOCH` (reproducible-builds.org) says instead; seconds since 1970.
    static func instant(_ wanted: String?, variables: [String: String]) throws -> Int64 {
        if let text = wanted ?? variables["SOURCE_DATE_EPOCH"], !text.isEmpty {
            if let seconds = Int64(text) {
                // As in heads: digits that look like a day are none, and nobody writes a second of 1970. The variable is
                // written by programs, some of which mean 0.
                guard wanted == nil || text.utf8.count > 8 else {
                    throw CommandFailure(
                        .misuse, "\"\(text)\" is no time: seconds since 1970 have more digits",
                        hint: "write it like 2026-01-02T09:00:00Z, 2026-01-02 or 1767344400")
                }
                return Int64(Instant(seconds: Int(seconds)).seconds)
            }
            if let seconds = Project.instant(of: text) { return seconds }
            throw CommandFailure(
                .misuse, "\"\(text)\" is no time",
                hint: "write it like 2026-01-02T09:00:00Z, 2026-01-02 or 1767344400")
        }
        return now
    }

    /// Seconds since 1970 by this machine's clock.
    static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }

    /// Milliseconds of a clock that never goes back.
    static var monotonicMilliseconds: Int { Int(monotonicNanoseconds / 1_000_000) }

    /// Nanoseconds of a clock that never goes back.
    static var monotonicNanoseconds: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
