import NIOCore
import Synchronization
import Text

/// Who shows what, and what they are told when it changes.
///
/// Each open page of a browser has a stream of events and says what it shows. Only those that show something
/// else than the site now has are told; a browser that was away says what it showed when it comes back, and
/// is told likewise. So nothing is queued for anyone: a browser that does not take its events is cut off and
/// catches up.
final class LiveReload: Sendable {
    private struct Stream {
        let request: EventStreamRequest
        /// Outputs that the address may show.
        let outputs: [RelativePath]
        /// Pages for what is not there, of which one is shown when the address has nothing.
        let notFoundPages: [RelativePath]
        /// What the browser shows, or was told to show.
        var shows: String
        /// The last announcement that knew what its address has.
        var lastKnown = 0

        /// Whether it shows that there is nothing.
        var isMissing: Bool { shows.isEmpty || shows.hasPrefix("missing-") }
        /// Hands bytes to the connection; returns at once.
        let send: @Sendable (ByteBuffer) -> Void
    }

    private struct State {
        var streams: [Int: Stream] = [:]
        var nextID = 0
        /// Counts announcements.
        var sequence = 0
        /// The files that changed with the last announcements, the oldest first.
        var assetLog: [(sequence: Int, addresses: [String])] = []
        /// The addresses, by the first of their outputs, that have been answered otherwise than their browsers were told,
        /// and when, by ``answerCount``: one of them may show that.
        var answers: [RelativePath: Int] = [:]
        var answerCount = 0
        /// How many answers there had been when ``viewedPages`` was asked for last.
        var seenAnswers = 0
        var findings: [UInt8] = FindingsDocument.empty
        var findingsDigest = ""
    }

    private let state = Mutex(State())
    /// Tells this run of the server from others, so that an old event of another run is not taken for ours.
    private let run: String
    private let paths: SitePaths
    private let options: PreviewOptions
    private static let longestAssetLog = 64
    private static let mostAssets = 100

    /// The live reload of a server.
    init(_ options: PreviewOptions) {
        self.options = options
        paths = SitePaths(options)
        run = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    }

    /// The findings as `/_site/findings.json` gives them.
    var findings: [UInt8] { state.withLock { $0.findings } }

    /// The outputs that are shown in browsers now, sorted; where there is nothing, the pages that say so.
    var viewedPages: [RelativePath] {
        let outputs = state.withLock { state in
            state.seenAnswers = state.answerCount
            return state.streams.values.map { $0.isMissing ? $0.outputs + $0.notFoundPages : $0.outputs }
        }
        return Set(outputs.joined()).sorted()
    }

    /// Notes what a browser is about to be shown at an address: when that is not what it was told of, and has gone again
    /// before anyone could tell of it, what was there before is news.
    func note(_ identity: PageIdentity, at page: RequestTarget) {
        guard let place = paths.outputs(for: page).first else { return }
        state.withLock { state in
            let text = identity.text
            guard state.streams.values.contains(where: { $0.outputs.first == place && $0.shows != text })
            else { return }
            state.answers[place] = state.answerCount
            state.answerCount += 1
        }
    }

    /// How many announcements there were.
    var sequence: Int { state.withLock { $0.sequence } }

    /// Opens a stream and greets it; follow with ``settle(_:identity:askedAt:)``.
    ///
    /// - Returns: its number, or `nil` when there are too many.
    func open(_ request: EventStreamRequest, send: @escaping @Sendable (ByteBuffer) -> Void) -> Int? {
        state.withLock { state in
            if state.streams.count >= options.limits.streams { return nil }
            let id = state.nextID
            state.nextID += 1
            let outputs = request.isDashboard ? [] : paths.outputs(for: request.page)
            let inside = request.page.path.relative(to: paths.base) ?? .root
            state.streams[id] = Stream(
                request: request, outputs: outputs,
                notFoundPages: request.isDashboard ? [] : SitePaths.notFoundPages(for: inside),
                shows: request.shows, send: send)
            send(ByteBuffer(string: "retry: 1000\n"))
            let mark = mark(state.sequence)
            send(Event.hello(findings: state.findingsDigest).bytes(id: mark))
            if let missed = missedAssets(since: request.since, state) { send(missed.bytes(id: mark)) }
            return id
        }
    }

    /// Tells a stream if its browser shows something else than the site has.
    ///
    /// It is called after the stream was opened, so that no change falls between.
    ///
    /// - Parameters:
    ///   - id: the stream's number.
    ///   - identity: what stands for what the site has.
    ///   - sequence: ``sequence`` before the site was asked. An announcement after that may know better.
    func settle(_ id: Int, identity: PageIdentity?, askedAt sequence: Int) {
        state.withLock { state in
            guard let stream = state.streams[id], !stream.request.isDashboard, stream.lastKnown <= sequence
            else { return }
            let current = identity?.text ?? ""
            if stream.shows == current { return }
            state.streams[id]?.shows = current
            stream.send(Event.page(is: current).bytes(id: mark(state.sequence)))
        }
    }

    /// Forgets a stream.
    func close(_ id: Int) {
        _ = state.withLock { $0.streams.removeValue(forKey: id) }
    }

    /// Tells those concerned.
    func announce(_ change: PreviewChange) {
        let assets = assets(in: change)
        let findings = FindingsDocument.json(of: change.findings, editorLink: options.editorLink)
        let digest =
            change.findings.contains { $0.severity == .error }
            ? PageIdentity.hexadecimal(Fingerprint(of: findings)) : ""
        let removed = Set(change.removed)
        state.withLock { state in
            state.sequence += 1
            let mark = mark(state.sequence)
            if !assets.isEmpty {
                state.assetLog.append((state.sequence, assets))
                if state.assetLog.count > Self.longestAssetLog { state.assetLog.removeFirst() }
            }
            let hasOtherFindings = state.findingsDigest != digest
            state.findings = findings
            state.findingsDigest = digest
            for id in state.streams.keys.sorted() {
                guard let stream = state.streams[id] else { continue }
                if stream.request.isDashboard {
                    stream.send(Event.rebuilt.bytes(id: mark))
                    continue
                }
                if isKnown(stream, change, removed) { state.streams[id]?.lastKnown = state.sequence }
                let mayShowOther = stream.outputs.first.map { state.answers[$0] != nil } ?? false
                if let event = pageEvent(for: stream, change, removed, mayShowOther: mayShowOther) {
                    if case .page(let shows) = event { state.streams[id]?.shows = shows }
                    stream.send(event.bytes(id: mark))
                }
                if !assets.isEmpty { stream.send(assetEvent(assets).bytes(id: mark)) }
                if hasOtherFindings { stream.send(Event.findings(digest).bytes(id: mark)) }
                if stream.request.follows ?? options.followsEdits, let edited = change.edited,
                    !stream.outputs.contains(edited)
                {
                    stream.send(Event.edited(paths.url(of: edited)).bytes(id: mark))
                }
            }
            if change.shown != nil {
                let seen = state.seenAnswers
                state.answers = state.answers.filter { $0.value >= seen }
            }
        }
    }

    /// Whether a change says what the address of a stream has now.
    private func isKnown(
        _ stream: Stream, _ change: PreviewChange, _ removed: Set<RelativePath>
    ) -> Bool {
        stream.outputs.contains {
            change.shown?[$0] != nil || change.changed[$0] != nil || change.moved[$0] != nil
                || removed.contains($0)
        }
    }

    /// What a stream is told of its page, if anything; the browser may show something else than it was told to.
    private func pageEvent(
        for stream: Stream, _ change: PreviewChange, _ removed: Set<RelativePath>, mayShowOther: Bool
    ) -> Event? {
        for output in stream.outputs {
            if let place = change.moved[output] { return .moved(to: paths.url(of: place)) }
            if let fingerprint = change.changed[output] ?? change.shown?[output] {
                let identity = PageIdentity.page(fingerprint).text
                return stream.shows == identity && !mayShowOther ? nil : .page(is: identity)
            }
            if removed.contains(output) { return .page(is: "") }
        }
        guard stream.isMissing else { return nil }
        for page in stream.notFoundPages {
            guard let fingerprint = change.shown?[page] else { continue }
            let identity = PageIdentity.missing(fingerprint).text
            return stream.shows == identity && !mayShowOther ? nil : .page(is: identity)
        }
        let isConcerned = stream.notFoundPages.contains { change.changed[$0] != nil || removed.contains($0) }
        return isConcerned || mayShowOther ? .page(is: "") : nil
    }

    /// The addresses of files that changed and are no pages, sorted.
    private func assets(in change: PreviewChange) -> [String] {
        let files = (Array(change.changed.keys) + change.removed).filter {
            !MediaType.of($0).hasPrefix("text/html")
        }
        return files.sorted().map { paths.url(of: $0) }
    }

    private func assetEvent(_ addresses: [String]) -> Event {
        addresses.count > Self.mostAssets ? .allAssets : .assets(addresses)
    }

    private func missedAssets(since: String?, _ state: borrowing State) -> Event? {
        guard let since else { return nil }
        let parts = since.split(separator: "-")
        guard parts.count == 2, String(parts[0]) == run, let heard = Int(parts[1]), heard <= state.sequence,
            state.assetLog.count < Self.longestAssetLog || state.assetLog[0].sequence <= heard + 1
        else { return .allAssets }
        let missed = Set(state.assetLog.filter { $0.sequence > heard }.flatMap(\.addresses))
        return missed.isEmpty
            ? nil : assetEvent(missed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    private func mark(_ sequence: Int) -> String { "\(run)-\(sequence)" }
}
