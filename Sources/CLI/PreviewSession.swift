import Engine
import Files
import Serve
import Site
import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A site that is kept up to date in memory while it is shown: what `Serve` needs from above, over `Site`.
///
/// An edit is *collected* from the watcher, which makes every answer in memory old at once, and *absorbed* by
/// whoever comes first: a request, or the thread of ``PreviewLoop``. A request looks for edits itself before it is
/// answered, so that what was saved before it was sent is in its answer. It brings its own page up to date; the rest
/// follows in the background (``finish()``), which gives way to the next edit.
final class PreviewSession: Sendable {
    /// What was collected and not absorbed.
    struct Edits {
        var paths: Set<RelativePath> = []
        var isAnything = false
        var isTimeDue = false

        var isEmpty: Bool { paths.isEmpty && !isAnything && !isTimeDue }
    }

    struct State {
        /// At first nothing is known, so anything may be new.
        var edits = Edits(isAnything: true)
        /// The last output of each path that was shown without errors.
        var lastGood: [RelativePath: PreviewOutput] = [:]
        var hasErrors = false
        var findings: [Diagnostic] = []
        var lastRebuild: RebuildFact?
        var nextFlip: Int64?
        /// Someone is at it: what was taken from ``edits`` will be in ``untold``.
        var isAbsorbing = false
        /// What was absorbed and not told yet.
        var untold = Absorbed()
        var pollingReason: FileWatcher.PollingReason?
    }

    let project: Project
    let disk: DiskFileSystem?
    private let inputs: @Sendable (Int64, String?) -> BuildInputs
    let clock: @Sendable () -> Int64
    let watcher: FileWatcher
    private let onEdits: @Sendable () -> Void
    private let baseURL = Mutex<String?>(nil)
    private let isOpen = Atomic<Bool>(false)
    let state = Mutex(State())
    let generation = Atomic<UInt64>(1)
    /// How often answers in memory were not given because files are compared, and the last comparison was old.
    let looks = Atomic<UInt64>(0)
    /// Held while edits are taken from the watcher and put down.
    private let collecting = Mutex(())
    /// Held while the sources are looked at: requests that come meanwhile wait for it.
    private let absorbing = Mutex(())

    /// How many last good outputs are kept: those of pages that someone has looked at.
    static let keptOutputs = 200
    /// How many outputs of one rebuild are told by name.
    private static let toldOutputs = 1000
    /// Copies of more bytes than this are read in parts.
    static let largestCopy = 1 << 20

    /// A session that answers nothing before ``open(at:)``.
    ///
    /// - Parameters:
    ///   - project: the site, without an output folder.
    ///   - disk: its files, where large ones can be read in parts.
    ///   - watcher: tells of edits, from before the first look at the sources on.
    ///   - inputs: the inputs of a build by the time and the base URL.
    ///   - clock: seconds since 1970.
    ///   - onEdits: called when edits were collected, on any thread; it must return at once.
    init(
        project: Project, disk: DiskFileSystem?, watcher: FileWatcher,
        inputs: @escaping @Sendable (Int64, String?) -> BuildInputs,
        clock: @escaping @Sendable () -> Int64, onEdits: @escaping @Sendable () -> Void
    ) {
        self.project = project
        self.disk = disk
        self.watcher = watcher
        self.inputs = inputs
        self.clock = clock
        self.onEdits = onEdits
    }

    /// Says what the base URL is, which takes a server that listens; requests that came before are answered now.
    func open(at url: String) {
        baseURL.withLock { $0 = url }
        isOpen.store(true, ordering: .releasing)
    }

    // MARK: Edits

    /// Takes what the watcher has to tell, and makes all answers in memory old if there is any.
    ///
    /// - Parameter isWatching: whether the watcher is to compare files if that is due, which a request does not do.
    func collect(isWatching: Bool = false) {
        let isNew = collecting.withLock { _ in
            guard isWatching || watcher.hasNews || watcher.isDue else { return false }
            // Before the edits are taken: nobody who asks between takes an old answer for a new one.
            let isComparing = watcher.isPolling
            if !isComparing { generation.wrappingAdd(1, ordering: .releasing) }
            let batch = watcher.next(timeoutMilliseconds: 0)
            if isComparing, !batch.isEmpty { generation.wrappingAdd(1, ordering: .releasing) }
            return state.withLock { state in
                if let reason = batch.pollingReason { state.pollingReason = reason }
                state.edits.paths.formUnion(batch.paths)
                if batch.needsRescan { state.edits.isAnything = true }
                if batch.isEmpty { return batch.pollingReason != nil }
                state.untold.since = state.untold.since ?? Clock.monotonicNanoseconds
                return true
            }
        }
        if isNew {
            project.engine.cancel()
            onEdits()
        }
    }

    /// Says that the time has come for something that appears or disappears by its date.
    func noticeTime() {
        state.withLock { state in
            state.edits.isTimeDue = true
            state.untold.since = state.untold.since ?? Clock.monotonicNanoseconds
        }
        generation.wrappingAdd(1, ordering: .releasing)
    }

    /// Brings the site's plan up to date with the edits there are.
    func absorb() {
        // The time between the first connection and the knowledge of the port, far less than a millisecond.
        while !isOpen.load(ordering: .acquiring) { usleep(200) }
        collect()
        absorbing.withLock { _ in
            let edits = state.withLock { state in
                defer { state.edits = Edits() }
                state.isAbsorbing = !state.edits.isEmpty
                return state.edits
            }
            if edits.isEmpty { return }
            let former = formerOutputs(of: edits.paths)
            let now = clock()
            var inputs = inputs(now, baseURL.withLock { $0 })
            project.keepConfiguration(in: &inputs)
            let report = project.engine.refresh(
                inputs, changed: edits.isAnything ? .everything : .paths(edits.paths.sorted()))
            state.withLock { state in
                state.isAbsorbing = false
                state.untold.edited.formUnion(edits.paths)
                state.untold.isAnything = state.untold.isAnything || edits.isAnything
                state.untold.isTimeDue = state.untold.isTimeDue || edits.isTimeDue
                state.untold.formerOutputs.merge(former) { first, _ in first }
                for output in report.changed.prefix(Self.toldOutputs) {
                    state.untold.changed[output.path] = state.untold.changed[output.path] ?? output.former
                }
                state.untold.added.formUnion(
                    report.changed.lazy.filter(\.isNew).prefix(Self.toldOutputs).map(\.path))
                for output in report.changed where !Self.isPage(output.path) {
                    if state.untold.assets.count >= Self.toldOutputs { break }
                    state.untold.assets[output.path] = state.untold.assets[output.path] ?? output.former
                }
                state.untold.removed.formUnion(report.removed)
                for event in report.ran { state.untold.ran[event.key] = event }
                state.nextFlip = report.nextFlip
                note(report.diagnostics, &state)
            }
            forgetLastGood(report.removed)
        }
    }

    /// Forgets what was shown where nothing is any more, unless an error took it away.
    private func forgetLastGood(_ removed: [RelativePath]) {
        for path in removed {
            guard let output = state.withLock({ $0.lastGood[path] }) else { continue }
            if project.errors(behind: path, of: output.source).isEmpty {
                state.withLock { $0.lastGood[path] = nil }
            }
        }
    }

    /// Makes what is not up to date yet, until the next edit.
    ///
    /// - Returns: whether all is up to date, and the findings are those of the whole site.
    func finish() -> Bool {
        let start = generation.load(ordering: .acquiring)
        let made = project.engine.finish()
        let isDisturbed =
            watcher.hasNews || generation.load(ordering: .acquiring) != start
            || state.withLock { !$0.edits.isEmpty }
        let standing = isDisturbed ? nil : project.engine.standing()
        state.withLock { state in
            for event in made { state.untold.ran[event.key] = event }
            guard let standing else { return }
            state.nextFlip = standing.nextFlip
            note(standing.diagnostics, &state)
        }
        return !isDisturbed
    }

    /// Whether a browser shows an output as a page, and not as a part of one.
    static func isPage(_ output: RelativePath) -> Bool {
        // Nearly all are called so, and there may be very many.
        output.bytes.suffix(5).elementsEqual(".html".utf8) || MediaType.of(output).hasPrefix("text/html")
    }

    /// What was done since the last call.
    func takeAbsorbed() -> Absorbed {
        state.withLock { state in
            defer { state.untold = Absorbed() }
            return state.untold
        }
    }

    /// What ran since ``takeAbsorbed()``, unless another edit was absorbed meanwhile, to which it counts then.
    func takeRemainder() -> [Key: Event] {
        state.withLock { state in
            if !state.untold.isEmpty { return [:] }
            defer { state.untold = Absorbed() }
            return state.untold.ran
        }
    }

    /// Whether there is something to absorb.
    var hasEdits: Bool { watcher.hasNews || state.withLock { !$0.edits.isEmpty } }

    /// Whether there is something to absorb or to tell, or will be as soon as a request has absorbed it: whoever goes to
    /// sleep then would not be woken, since that was done when it was collected.
    var hasWork: Bool {
        state.withLock { !$0.edits.isEmpty || !$0.untold.isEmpty || $0.isAbsorbing }
    }

    /// Why the watcher compares files now instead of listening; said once.
    func takePollingReason() -> FileWatcher.PollingReason? {
        state.withLock { state in
            defer { state.pollingReason = nil }
            return state.pollingReason
        }
    }

    /// The findings as far as they are known.
    var findings: [Diagnostic] { state.withLock { $0.findings } }

    /// When a page appears or disappears without an edit, in seconds since 1970.
    var nextFlip: Int64? { state.withLock { $0.nextFlip } }

    /// Tells the dashboard what the last rebuild was.
    func remember(_ rebuild: RebuildFact) {
        state.withLock { $0.lastRebuild = rebuild }
    }

    private func note(_ diagnostics: [Diagnostic], _ state: inout State) {
        state.findings = diagnostics
        let hasErrors = hasError(diagnostics)
        // What was answered as the last good page is to be asked for again.
        if hasErrors != state.hasErrors { generation.wrappingAdd(1, ordering: .releasing) }
        state.hasErrors = hasErrors
    }

    /// Where edited sources are written now, among the pages that someone has looked at.
    private func formerOutputs(of edited: Set<RelativePath>) -> [RelativePath: RelativePath] {
        if edited.isEmpty { return [:] }
        var outputs: [RelativePath: RelativePath] = [:]
        for (path, output) in state.withLock({ $0.lastGood }) {
            if let source = output.source, edited.contains(source) { outputs[source] = path }
        }
        return outputs
    }

    func hasError(_ findings: [Diagnostic]) -> Bool { findings.contains { $0.severity == .error } }
}
