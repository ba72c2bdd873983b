import ArgumentParser
import Engine
import Files
import Glibc
import Serve
import Site
import Synchronization
import Text

/// `site serve`: the preview.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Preview the site: save, and it is there.",
        discussion: """
            Shows the site at http://localhost:4000/ from memory, drafts included, and keeps the browser up to \
            date with every save. Nothing is written to the output folder unless --write is given. The dashboard \
            is at /_site/.

            Example: site serve --port 8080
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The port; the next free one if it is taken.", valueName: "number"))
    var port: UInt16?

    @Option(
        help: ArgumentHelp("An address to listen on beside loopback, such as 0.0.0.0.", valueName: "address"))
    var host: String?

    @Flag(help: "Open a browser.")
    var open = false

    @Flag(inversion: .prefixedNo, help: "Show drafts.")
    var drafts = true

    @Flag(name: [.customShort("F"), .long], help: "Show pages of the future.")
    var future = false

    @Flag(help: "Write the output folder, too.")
    var write = false

    @Flag(help: "Start browsers with \"go to what I am editing\" switched on.")
    var navigate = false

    @Flag(help: "Compare files every second instead of listening for changes.")
    var poll = false

    @Option(
        name: [.customShort("b"), .long],
        help: ArgumentHelp("Whose path the preview has; links stay local.", valueName: "url"))
    var baseUrl: String?

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp("Whose part of \"environments\" in site.json counts.", valueName: "name"))
    var environment = "development"

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("How many threads work; all cores without it.", valueName: "n"))
    var jobs: Int?

    func run() throws {
        let console = Console(volume: common.quiet ? .quiet : .normal, environment: SiteLocation.variables)
        let location = try SiteLocation(source: common.source, output: nil)
        var options = Project.Options()
        options.drafts = drafts
        options.future = future
        options.environment = environment
        options.outputFolder = location.outputInSite
        options.folderName = location.name
        options.variables = SiteLocation.variables
        options.baseURL = baseUrl
        // Signals are for the main thread alone: it waits for them while the others work.
        StopSignals.block()
        try PreviewLoop(self, console, location, options).run()
    }
}

/// The life of a preview: start, watch, rebuild, tell; until someone stops it.
private struct PreviewLoop {
    private let command: ServeCommand
    private let console: Console
    private let location: SiteLocation
    private let disk: DiskFileSystem
    private let session: PreviewSession
    private let server: PreviewServer

    init(_ command: ServeCommand, _ console: Console, _ location: SiteLocation, _ options: Project.Options)
        throws
    {
        self.command = command
        self.console = console
        self.location = location
        let store = RelativePath(unchecked: Array(".site/serve".utf8))
        disk = DiskFileSystem(root: location.root, staging: store.appending("staging"))
        let basePath = Project.basePath(of: disk, options: options)
        let project = Project(source: disk, store: StorePlace(disk, folder: store))
        let jobs = command.jobs ?? SiteSession.cores
        // The base URL is known when the port is; requests wait until then.
        let address = Mutex<String?>(nil)
        let base = options
        let git = GitDoor(folder: location.root)
        session = PreviewSession(
            project: project,
            inputs: { now in
                var options = base
                options.baseURL = address.withLock { $0 } ?? options.baseURL
                return BuildInputs(
                    flags: options.flags, environment: options.variables, now: now, jobs: jobs,
                    tool: ToolIdentity.fingerprint, probes: git.answer)
            },
            clock: { (try? Clock.instant(nil, variables: [:])) ?? 0 })
        var serving = PreviewOptions()
        if let port = command.port { serving.port = port }
        serving.host = command.host
        serving.basePath = basePath
        serving.followsEdits = command.navigate
        serving.editorLink = EditorLink.make(root: location.root, variables: options.variables)
        do throws(ListenError) {
            server = try PreviewServer.start(GatedSite(session), options: serving)
        } catch {
            throw CommandFailure(
                .world, "cannot listen on \(error.address): \(error.reason)",
                hint: error.isTaken ? "name another port with --port" : nil)
        }
        address.withLock { $0 = "http://localhost:\(server.port)\(basePath)" }
    }

    func run() throws {
        let started = Clock.monotonicMilliseconds
        session.noticed([], needsRescan: true)
        session.absorb()
        GatedSite.open()
        let watcher = try watcher()
        console.print(
            "Serving \(console.bold(server.url)) (ready in \(Clock.monotonicMilliseconds - started) ms)")
        for warning in server.warnings { console.say("warning: \(warning)") }
        console.say("Press Ctrl+C to stop")
        if command.open { Browser.open(server.url) }
        let thread = BackgroundThread {
            session.finish()
            _ = session.takeAbsorbed()
            console.show(DiagnosticFolding.folded(session.findings.filter { $0.code.name != "skipped-page" }))
            server.announce(PreviewChange(findings: session.findings))
            watch(watcher)
        }
        StopSignals.wait()
        console.say("")
        watcher.stop()
        thread.join()
        server.close()
    }

    private func watcher() throws -> FileWatcher {
        do throws(FileError) {
            return try FileWatcher(disk, polling: command.poll) { [location] path in
                Self.isIgnored(path, location)
            }
        } catch {
            throw CommandFailure(.world, "cannot watch the site: \(error.description)")
        }
    }

    /// Handles batches of changes until the watcher is stopped.
    private func watch(_ watcher: FileWatcher) {
        var shown: [RelativePath: Fingerprint] = fingerprints()
        var lastTimed = 0
        while true {
            let batch = watcher.next(timeoutMilliseconds: timeout)
            if batch.isStopped { return }
            if let reason = batch.pollingReason {
                console.say("note: files are compared every second\(Self.explanation(reason))")
            }
            let isDue =
                session.nextFlip.map { $0 <= ((try? Clock.instant(nil, variables: [:])) ?? 0) } ?? false
            let started = Clock.monotonicMilliseconds
            // A page that prints the second is due all the time: for time alone, once a minute is enough.
            if batch.isEmpty && (!isDue || started - lastTimed < 60_000) {
                if isDue { usleep(200_000) }
                continue
            }
            if batch.isEmpty { lastTimed = started }
            session.noticed(batch.paths, needsRescan: batch.needsRescan || (batch.isEmpty && isDue))
            session.absorb()
            let before = shown
            shown = fingerprints()
            announce(before, shown, batch.paths)
            let milliseconds = Clock.monotonicMilliseconds - started
            session.finish()
            if command.write { writeOutput() }
            narrate(batch.paths, milliseconds)
            let after = fingerprints()
            announce(shown, after, [])
            shown = after
        }
    }

    /// What the pages that browsers show are made of now: they come first.
    private func fingerprints() -> [RelativePath: Fingerprint] {
        var fingerprints: [RelativePath: Fingerprint] = [:]
        for path in server.viewedPages {
            if case .output(let output) = session.output(at: path) { fingerprints[path] = output.fingerprint }
        }
        return fingerprints
    }

    private func announce(
        _ before: [RelativePath: Fingerprint], _ after: [RelativePath: Fingerprint],
        _ edited: Set<RelativePath>
    ) {
        let changed = after.filter { before[$0.key] != $0.value }
        let removed = before.keys.filter { after[$0] == nil }.sorted()
        let page = edited.sorted().first { $0.fileExtension.elementsEqual("md".utf8) }
        let target = page.flatMap { session.project.output(ofSource: $0) }
        server.announce(
            PreviewChange(changed: changed, removed: removed, edited: target, findings: session.findings))
    }

    private func narrate(_ edited: Set<RelativePath>, _ milliseconds: Int) {
        let absorbed = session.takeAbsorbed()
        let names = edited.sorted().map(\.text)
        let what =
            names.isEmpty
            ? "time passed"
            : names.prefix(3).joined(separator: ", ")
                + (names.count > 3 ? " and \(names.count - 3) more" : "")
        let pages = absorbed.ran.count { session.project.engine.text(of: $0.key).hasPrefix("page-output ") }
        var work = BuildNarration.counted(pages, "page")
        if !absorbed.removed.isEmpty {
            work += ", \(BuildNarration.counted(absorbed.removed.count, "file")) gone"
        }
        let findings = session.findings.filter { $0.code.name != "skipped-page" }
        let errors = findings.count { $0.severity == .error }
        console.say(
            "\(what): \(work), \(milliseconds) ms\(errors > 0 ? ", \(BuildNarration.counted(errors, "error"))" : "")"
        )
        if errors > 0 { console.show(findings.filter { $0.severity == .error }) }
        session.remember(
            RebuildFact(
                causes: names,
                work: absorbed.ran.prefix(200).map { WhyNarration.line($0, session.project.engine) },
                changed: absorbed.changed.sorted(), duration: .milliseconds(milliseconds)))
    }

    /// Publishes to the output folder, with an engine and a store of its own.
    private func writeOutput() {
        do {
            let content = try ContentOptions.parse(command.drafts ? ["--drafts"] : [])
            let session = try SiteSession(location, content, environment: command.environment)
            _ = session.project.build(session.inputs())
        } catch {
            console.complain("error: the output folder could not be written")
        }
    }

    /// Until when to wait for an edit: the next page that appears by itself, a minute at most.
    private var timeout: Int {
        guard let flip = session.nextFlip, let now = try? Clock.instant(nil, variables: [:]) else {
            return 60_000
        }
        return Int(min(60, max(0, flip - now))) * 1000 + 50
    }

    private static func isIgnored(_ path: RelativePath, _ location: SiteLocation) -> Bool {
        if let output = location.outputInSite, path.bytes.elementsEqual(output.utf8) { return true }
        return [".site", ".git", "node_modules", ".build"].contains { path.bytes.elementsEqual($0.utf8) }
    }

    private static func explanation(_ reason: FileWatcher.PollingReason) -> String {
        switch reason {
        case .requested: ""
        case .refused(let code):
            ": the system refuses to watch folders (error \(code)); on Linux, raise fs.inotify.max_user_watches"
        }
    }
}
