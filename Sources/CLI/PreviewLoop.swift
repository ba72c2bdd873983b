import Dispatch
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

/// The life of a preview: start, rebuild, tell; until someone stops it.
///
/// Three threads: the main one waits for Ctrl+C; one waits for edits and does nothing about them but say so; one
/// absorbs them, tells the browsers, and makes the rest of the site until the next edit.
final class PreviewLoop: Sendable {
    private let console: Console
    private let progress: ProgressLine
    private let session: PreviewSession
    private let watcher: FileWatcher
    private let server: PreviewServer
    private let folder: PreviewFolder?
    private let wakeUp: DispatchSemaphore
    private let isStopping = Atomic<Bool>(false)
    private let said = Mutex(SaidFindings())

    /// What a loop works with.
    struct Parts {
        let console: Console
        let progress: ProgressLine
        let session: PreviewSession
        let watcher: FileWatcher
        let server: PreviewServer
        /// Where the site is written as well, if it is.
        let folder: PreviewFolder?
        /// Signalled when there is something to do.
        let wakeUp: DispatchSemaphore
    }

    init(_ parts: Parts) {
        console = parts.console
        progress = parts.progress
        session = parts.session
        watcher = parts.watcher
        server = parts.server
        folder = parts.folder
        wakeUp = parts.wakeUp
    }

    /// Serves until a signal comes.
    ///
    /// - Parameter opensBrowser: whether to open a browser when the site is ready.
    func run(opensBrowser: Bool) {
        let watching = BackgroundThread { [self] in
            while !watcher.wait(timeoutMilliseconds: -1) { session.collect(isWatching: true) }
        }
        let building = BackgroundThread { [self] in build(opensBrowser: opensBrowser) }
        StopSignals.wait()
        progress.end()
        console.say("")
        // What is being made is not worth waiting for, and the store can be left at any moment.
        let emergency = BackgroundThread {
            StopSignals.wait(seconds: 3)
            _exit(0)
        }
        isStopping.store(true, ordering: .releasing)
        session.project.engine.cancel()
        wakeUp.signal()
        watcher.stop()
        watching.join()
        building.join()
        server.close()
        session.project.engine.tidy()
        withExtendedLifetime(emergency) {}
    }

    // MARK: Rounds

    /// So many files are brought up to date for browsers that may show them, before the rest of the site.
    private static let fewAssets = 32
    /// After so many rules ran, there is memory worth giving back.
    private static let manyRules = 1000

    /// What browsers show, by output.
    private typealias Shown = [RelativePath: Fingerprint]

    private func build(opensBrowser: Bool) {
        let started = Clock.monotonicMilliseconds
        console.print("Serving ", bold: server.url)
        for warning in server.warnings { console.say("warning: \(warning)") }
        console.say("Press Ctrl+C to stop")
        progress.accompany { _ in session.absorb() }
        if isStopped { return }
        console.say("ready in \(Clock.monotonicMilliseconds - started) ms")
        if opensBrowser { Browser.open(server.url) }
        var shown: Shown = [:]
        var assets: [RelativePath: UInt64] = [:]
        var isFirst = true
        var isDone = false
        var lastTimed: Int64 = 0
        // After how many seconds a file that could not be read is looked at again.
        var doubt = 1
        while !isStopped {
            if isFirst || session.hasWork || !isDone {
                isDone = round(&shown, &assets, isFirst: isFirst)
                if isDone { isFirst = false }
            } else {
                wait(&lastTimed, &doubt)
            }
            if let reason = session.takePollingReason() {
                console.say("note: files are compared every second\(Self.explanation(reason))")
            }
        }
    }

    /// Brings the site up to date and tells of it.
    ///
    /// - Returns: whether nothing came between, so that all is up to date.
    private func round(_ shown: inout Shown, _ assets: inout [RelativePath: UInt64], isFirst: Bool) -> Bool {
        session.absorb()
        let absorbed = session.takeAbsorbed()
        // What browsers show comes first.
        let before = shown
        shown = fingerprints()
        announce(before, shown, absorbed)
        // At first, nobody has loaded anything that could be old.
        if !isFirst || !absorbed.edited.isEmpty { assets.merge(absorbed.assets) { former, _ in former } }
        if assets.count <= Self.fewAssets { announceAssets(&assets) }
        let visible = Clock.monotonicNanoseconds
        if isStopped { return false }
        let isDone = session.finish()
        if isStopped { return false }
        let rest = session.takeRemainder()
        if isFirst, isDone {
            console.show(Self.folded(session.findings))
            said.withLock { said in
                _ = said.newErrors(among: session.findings)
                _ = said.newWarnings(among: session.findings)
            }
        }
        let isNews = absorbed.isAnything || !absorbed.ran.isEmpty || !rest.isEmpty
        if !absorbed.edited.isEmpty || !isFirst && !absorbed.isEmpty && isNews {
            narrate(absorbed, rest, nanoseconds: visible - (absorbed.since ?? visible))
        }
        if isDone {
            // Below the line of the edit that brought them in.
            console.show(
                DiagnosticFolding.folded(said.withLock { $0.newWarnings(among: session.findings) }))
            announceAssets(&assets)
            let before = shown
            shown = fingerprints()
            // The dashboard asks for the last rebuild now, which was told to it just before.
            announce(before, shown, nil)
        }
        if isDone { folder?.write(besides: session.findings) }
        // When there is nothing left to make; it does nothing as long as the log is short.
        if isDone { session.project.engine.tidy() }
        if isDone, isFirst || absorbed.ran.count + rest.count > Self.manyRules { Memory.giveBack() }
        return isDone
    }

    /// Sleeps until there are edits, or something is due by its date.
    private func wait(_ lastTimed: inout Int64, _ doubt: inout Int) {
        if session.project.engine.isDoubtful {
            // Nobody will say when it can be read.
            if wakeUp.wait(timeout: .now() + .seconds(doubt)) == .timedOut {
                doubt = min(doubt * 2, 60)
                session.noticeTime()
            }
            return
        }
        doubt = 1
        guard let flip = session.nextFlip else {
            wakeUp.wait()
            return
        }
        // A page that prints the second is due all the time: for time alone, once a minute is enough.
        let due = max(flip, lastTimed + 60)
        let now = Clock.now
        let seconds = min(60, max(due - now, 0))
        if wakeUp.wait(timeout: .now() + .seconds(Int(seconds))) == .timedOut, Clock.now >= due {
            lastTimed = Clock.now
            session.noticeTime()
        }
    }

    private var isStopped: Bool { isStopping.load(ordering: .acquiring) }

    // MARK: Telling

    /// What the pages that browsers show are made of now.
    private func fingerprints() -> Shown {
        var fingerprints: Shown = [:]
        for path in server.viewedPages {
            if isStopped { break }
            if case .output(let output) = session.output(at: path) { fingerprints[path] = output.fingerprint }
        }
        return fingerprints
    }

    private func announce(_ before: Shown, _ after: Shown, _ absorbed: PreviewSession.Absorbed?) {
        // Also what went before a round saw it, of a page that was opened since; and files that are no pages.
        let removed = absorbed?.removed.union(before.keys) ?? Set(before.keys)
        var change = PreviewChange(
            changed: after.filter { before[$0.key] != $0.value }, shown: after,
            removed: removed.filter { after[$0] == nil }.sorted(), findings: Self.folded(session.findings))
        if let absorbed {
            let pages = absorbed.edited.sorted().filter { Project.isMarkdown($0) }
            change.edited = pages.firstResult { self.session.project.output(ofSource: $0) }
            for (source, old) in absorbed.formerOutputs where after[old] == nil {
                var place = session.project.output(ofSource: source)
                // One file goes and one comes: it was renamed. One that was there before is another page.
                if place == nil, pages.count == 2, let other = pages.first(where: { $0 != source }) {
                    place = session.project.output(ofSource: other).flatMap {
                        absorbed.added.contains($0) ? $0 : nil
                    }
                }
                if let place, place != old { change.moved[old] = place }
            }
        }
        server.announce(change)
    }

    /// Tells which of the files that are no pages have other bytes now, until the next edit.
    ///
    /// - Parameter assets: those that may, with what stood for them before; what is left when it returns was not looked at.
    private func announceAssets(_ assets: inout [RelativePath: UInt64]) {
        var change = PreviewChange(findings: Self.folded(session.findings))
        for (path, former) in assets.sorted(by: { $0.key < $1.key }) {
            if isStopped || session.hasEdits { break }
            assets[path] = nil
            if case .output(let output) = session.output(at: path), output.fingerprint.low != former {
                change.changed[path] = output.fingerprint
            }
        }
        if !change.changed.isEmpty { server.announce(change) }
    }

    private func narrate(
        _ absorbed: PreviewSession.Absorbed, _ rest: [Key: Event], nanoseconds: Int64
    ) {
        let milliseconds = nanoseconds / 1_000_000
        let engine = session.project.engine
        let names = absorbed.edited.sorted().map { TerminalText.name($0.text) }
        let events = absorbed.ran.merging(rest) { first, _ in first }.values.sorted(by: Event.precedes)
        var what = names.prefix(3).joined(separator: ", ")
        if names.count > 3 { what += " and \(names.count - 3) more" }
        if names.isEmpty { what = absorbed.isAnything ? "everything looked at again" : "time passed" }
        let pages = events.count { engine.kindName(of: $0.key) == "page-output" }
        var work = BuildNarration.counted(pages, "page")
        if !absorbed.removed.isEmpty {
            work += ", \(BuildNarration.counted(absorbed.removed.count, "file")) gone"
        }
        for (severity, word) in [(Severity.error, "error"), (.warning, "warning")] {
            let count = session.findings.count { $0.severity == severity }
            if count > 0 { work += ", \(BuildNarration.counted(count, word))" }
        }
        console.say("\(what): \(work), \(milliseconds) ms")
        // Errors that stand are not said again with every edit; the line has their number.
        console.show(Self.folded(said.withLock { $0.newErrors(among: session.findings) }))
        session.remember(
            RebuildFact(
                causes: names.isEmpty ? [what] : names,
                work: WhyNarration.lines(events.prefix(200), session.project.engine),
                changed: absorbed.changed.filter { isOther($0.key, than: $0.value) }.map(\.key).sorted(),
                duration: .nanoseconds(nanoseconds)))
    }

    /// Whether an output has other bytes than it had; one that is not made yet has none.
    private func isOther(_ output: RelativePath, than former: UInt64) -> Bool {
        session.project.engine.fingerprint(ofOutput: output).map { $0 != former } ?? false
    }

    private static func folded(_ findings: [Diagnostic]) -> [Diagnostic] {
        DiagnosticFolding.folded(findings.filter { $0.code.name != "skipped-page" })
    }

    private static func explanation(_ reason: FileWatcher.PollingReason) -> String {
        switch reason {
        case .requested: ""
        case .refused(let code):
            ": the system refuses to watch folders (error \(code)); \(Platform.remedyForRefusedWatch(code))"
        }
    }
}
