import ArgumentParser
import Dispatch
import Engine
import Files
import Serve
import Site
import Text

/// `site serve`: the preview.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Preview the site: save, and it is there.",
        discussion: """
            Shows the site at http://localhost:4000/ from memory, drafts included, and keeps the browser up to \
            date with every save. Nothing is written to the output folder unless --write is given. The dashboard \
            is at /_site/.

            Port, host and whether to open a browser can be set in site.json, too ("serve").

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

    @Flag(inversion: .prefixedNo, help: "Open a browser.")
    var open: Bool?

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

    func validate() throws { try ContentOptions.checkJobs(jobs) }

    func run() throws {
        Memory.shareHeap()
        let progress = ProgressLine(common)
        let console = Console(common, above: progress)
        let location = try SiteLocation(source: common.source, output: nil)
        var options = Project.Options()
        options.drafts = drafts
        options.future = future
        options.environment = environment
        // Without it there is no output that could go among sources, whatever `site build` would do.
        options.outputFolder = write ? location.outputInSite : nil
        options.folderName = location.name
        options.variables = SiteLocation.variables
        options.baseURL = baseUrl
        // Signals are for the main thread alone: it waits for them while the others work.
        StopSignals.block()
        let folder = RelativePath(unchecked: Array(".site/serve".utf8))
        // Each preview of a site that runs at the same time remembers in a folder of its own.
        let others = (2...9).map { RelativePath(unchecked: Array(".site/serve-\($0)".utf8)) }
        let disk = DiskFileSystem(
            root: location.root, staging: folder.appending("staging"), staysInside: true)
        let settings = PreviewSettings.read(from: disk, options: options)
        let watcher = try watcher(disk, WatchedPaths(settings, output: location.outputInSite))
        let wakeUp = DispatchSemaphore(value: 0)
        let jobs = jobs ?? SiteSession.cores
        let git = GitDoor(folder: location.root)
        let session = PreviewSession(
            project: Project(source: disk, store: StorePlace(disk, folder: folder, others: others)),
            disk: disk,
            watcher: watcher,
            inputs: { [options] now, baseURL in
                var options = options
                options.baseURL = baseURL ?? options.baseURL
                var inputs = BuildInputs(
                    flags: options.flags, environment: options.variables, now: now, jobs: jobs,
                    tool: ToolIdentity.fingerprint, probes: git.answer)
                inputs.progress = progress.counts
                inputs.willWait = { console.say(BuildNarration.waiting(for: $0)) }
                return inputs
            },
            clock: { Clock.now }, onEdits: { wakeUp.signal() })
        let written = write ? try PreviewFolder(location, self, progress, console) : nil
        let server = try server(session, settings, location)
        session.open(at: "http://localhost:\(server.port)\(settings.basePath)")
        let loop = PreviewLoop(
            PreviewLoop.Parts(
                console: console, progress: progress, session: session, watcher: watcher, server: server,
                folder: written, wakeUp: wakeUp))
        loop.run(opensBrowser: open ?? settings.opensBrowser)
    }

    private func watcher(_ disk: DiskFileSystem, _ watched: WatchedPaths) throws -> FileWatcher {
        do throws(FileError) {
            return try FileWatcher(disk, polling: poll) { !watched.contains($0) }
        } catch {
            throw CommandFailure(.world, "cannot watch the site: \(error.description)")
        }
    }

    private func server(_ session: PreviewSession, _ settings: PreviewSettings, _ location: SiteLocation)
        throws -> PreviewServer
    {
        var serving = PreviewOptions()
        serving.port = port ?? settings.port
        serving.host = host ?? settings.host
        serving.allowedHosts = settings.names
        serving.basePath = settings.basePath
        serving.followsEdits = navigate
        serving.editorLink = EditorLink.make(
            root: location.root, wanted: settings.editor, variables: SiteLocation.variables)
        do throws(ListenError) {
            return try PreviewServer.start(session, options: serving)
        } catch {
            throw CommandFailure(
                .world, "cannot listen on \(error.address): \(error.reason)",
                hint: error.isTaken ? "name another port with --port" : nil)
        }
    }
}
