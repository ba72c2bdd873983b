import Engine
import Files
import Serve
import Site
import Synchronization
import Text

/// A site that is kept up to date in memory while it is shown: what `Serve` needs from above, over `Site`.
///
/// An edit is noticed (`noticed`), which makes every answer in memory old at once; it is absorbed by the watching
/// thread or by the first request that comes, whichever is first. A request brings its own page up to date; the
/// rest follows in the background.
final class PreviewSession: PreviewSite {
    private struct State {
        /// What was noticed and not yet absorbed.
        var pending: Set<RelativePath> = []
        var needsRescan = false
        /// The last output of each path that was shown without errors.
        var lastGood: [RelativePath: PreviewOutput] = [:]
        var hasErrors = false
        var findings: [Diagnostic] = []
        var lastRebuild: RebuildFact?
        var nextFlip: Int64?
        /// What absorbing found since the watching thread last asked.
        var unreported = Absorbed()
        var isReady = false
    }

    /// What was done about edits.
    struct Absorbed: Sendable {
        var edited: Set<RelativePath> = []
        var ran: [Event] = []
        var changed: Set<RelativePath> = []
        var removed: Set<RelativePath> = []
    }

    let project: Project
    private let inputs: @Sendable (Int64) -> BuildInputs
    private let clock: @Sendable () -> Int64
    private let state = Mutex(State())
    private let generation = Atomic<UInt64>(1)
    /// Held while the sources are looked at: requests that come meanwhile wait for it.
    private let absorbing = Mutex(())

    /// How many last good outputs are kept: those of pages that someone has looked at.
    private static let keptOutputs = 200

    init(
        project: Project, inputs: @escaping @Sendable (Int64) -> BuildInputs,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.project = project
        self.inputs = inputs
        self.clock = clock
    }

    // MARK: Edits

    /// Says that paths may have changed; no paths at all stand for anything.
    func noticed(_ paths: Set<RelativePath>, needsRescan: Bool) {
        state.withLock { state in
            state.pending.formUnion(paths)
            if needsRescan { state.needsRescan = true }
        }
        project.engine.cancel()
        generation.wrappingAdd(1, ordering: .releasing)
    }

    /// Brings the site's plan up to date with what was noticed.
    func absorb() {
        absorbing.withLock { _ in
            let (paths, everything) = state.withLock { state in
                let paths = state.pending
                let everything = state.needsRescan || !state.isReady
                state.pending = []
                state.needsRescan = false
                return (paths, everything)
            }
            if paths.isEmpty && !everything { return }
            let now = clock()
            let report = project.engine.refresh(
                inputs(now), changed: everything ? .everything : .paths(paths.sorted()))
            state.withLock { state in
                state.isReady = true
                state.unreported.edited.formUnion(paths)
                state.unreported.ran += report.ran
                state.unreported.changed.formUnion(report.changed)
                state.unreported.removed.formUnion(report.removed)
                for path in report.removed { state.lastGood[path] = nil }
                state.nextFlip = report.nextFlip
                note(report.diagnostics, &state)
            }
        }
    }

    /// Makes what is not up to date yet, until the next edit; then the findings are those of the whole site.
    func finish() {
        let made = project.engine.finish()
        let report = absorbing.withLock { _ in project.engine.refresh(inputs(clock()), changed: .paths([])) }
        state.withLock { state in
            state.unreported.ran += made.filter { event in
                !state.unreported.ran.contains { $0.key == event.key }
            }
            state.unreported.ran += report.ran
            state.unreported.changed.formUnion(report.changed)
            state.unreported.removed.formUnion(report.removed)
            state.nextFlip = report.nextFlip
            note(report.diagnostics, &state)
        }
        generation.wrappingAdd(1, ordering: .releasing)
    }

    /// What was done since the last call.
    func takeAbsorbed() -> Absorbed {
        state.withLock { state in
            defer { state.unreported = Absorbed() }
            return state.unreported
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
        state.hasErrors = diagnostics.contains { $0.severity == .error }
    }

    // MARK: What the server asks

    var revision: UInt64 { generation.load(ordering: .acquiring) }

    func output(at path: RelativePath) -> PreviewAnswer {
        absorb()
        guard let value = project.engine.output(path) else {
            // A page that an error took away is still shown as it was.
            return state.withLock { state in
                state.hasErrors ? state.lastGood[path].map { .output($0) } ?? .missing : .missing
            }
        }
        let bytes: [UInt8]
        switch value.content {
        case .bytes(let made): bytes = made
        case .copy(let source, _):
            guard let copied = project.engine.sourceBytes(source) else { return .missing }
            bytes = copied
        }
        let page = project.page(writtenTo: path, now: clock())
        let badge = page.flatMap { Self.badge($0.status) }
        let output = PreviewOutput(
            bytes: bytes, fingerprint: value.fingerprint, source: page?.source, badge: badge)
        return state.withLock { state in
            // A page that an error emptied is shown as it was; pages that have nothing to do with it go on.
            if state.hasErrors, bytes.isEmpty { return state.lastGood[path].map { .output($0) } ?? .failed }
            if !state.hasErrors, case .bytes = value.content {
                if state.lastGood.count > Self.keptOutputs { state.lastGood.removeAll() }
                state.lastGood[path] = output
            }
            return .output(output)
        }
    }

    func dashboard() -> DashboardFacts {
        absorb()
        let pages = project.pageSummaries(now: clock()).map { page in
            PageFact(
                title: page.title, path: page.output, source: page.source, date: page.date,
                state: Self.state(page.status))
        }
        let (findings, rebuild) = state.withLock { ($0.findings, $0.lastRebuild) }
        return DashboardFacts(
            title: project.title, pages: pages, outputCount: project.engine.outputPaths.count,
            findings: findings.filter { $0.code.name != "skipped-page" }, lastRebuild: rebuild)
    }

    func why(_ path: RelativePath) -> String? {
        WhyNarration.text(of: path, project.engine, now: clock())
    }

    private static func badge(_ status: PageListing.Status) -> String? {
        switch status {
        case .published: nil
        case .draft: "draft"
        case .future: "scheduled"
        case .expired: "expired"
        }
    }

    private static func state(_ status: PageListing.Status) -> PageFact.State {
        switch status {
        case .published: .published
        case .draft: .draft
        case .future: .scheduled
        case .expired: .expired
        }
    }
}
