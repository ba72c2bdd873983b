import Engine
import Files
import Serve
import Site
import Synchronization
import Text

/// What the server asks: outputs, as good as they can be had now, and what the dashboard shows.
extension PreviewSession: PreviewSite {
    var revision: UInt64 {
        // What is waiting to be told was saved before this question.
        if watcher.hasNews { generation.wrappingAdd(1, ordering: .releasing) }
        if watcher.isDue { looks.wrappingAdd(1, ordering: .releasing) }
        return generation.load(ordering: .acquiring) &+ looks.load(ordering: .acquiring)
    }

    func output(at path: RelativePath) -> PreviewAnswer {
        absorb()
        let lastGood = state.withLock { $0.lastGood[path] }
        guard let value = project.engine.output(path) else {
            // A page that an error took away is still shown as it was.
            guard let lastGood, !project.errors(behind: path, of: lastGood.source).isEmpty else {
                return .missing
            }
            return .output(lastGood)
        }
        let page = project.page(writtenTo: path, now: clock())
        let bytes: [UInt8]
        var identity = value.fingerprint
        var isGood = false
        switch value.content {
        case .bytes(let made):
            bytes = made
            isGood = project.errors(behind: path, of: page?.source).isEmpty
            if !isGood, let lastGood { return .output(lastGood) }
            // Whoever starts with an error sees what can be made of the page, if that is anything.
            if !isGood, made.isEmpty || hasError(project.engine.findings(ofOutput: path)) { return .failed }
        case .copy(let source, let fingerprint):
            if let file = disk.flatMap({ disk in (try? disk.parts(of: source)) ?? nil }),
                file.count > Self.largestCopy
            {
                return .output(
                    PreviewOutput(
                        file: PreviewFile(count: file.count) { file.read(at: $0, count: $1) },
                        fingerprint: fingerprint))
            }
            guard let copied = project.engine.sourceBytes(source) else { return .missing }
            bytes = copied
            // The file may be another by now than the one that was looked at. Kept under the name of that, it would be shown
            // for it once that is back.
            identity = Fingerprint(of: copied)
        }
        let output = PreviewOutput(
            bytes: bytes, fingerprint: identity, source: page?.source,
            badge: page.flatMap { Self.badge($0.status) })
        if isGood {
            state.withLock { state in
                if state.lastGood.count > Self.keptOutputs { state.lastGood.removeAll() }
                state.lastGood[path] = output
            }
        }
        return .output(output)
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
            title: project.title, pages: pages, outputCount: project.engine.outputCount,
            findings: findings.filter { $0.code.name != "skipped-page" }, lastRebuild: rebuild)
    }

    func why(_ path: RelativePath) -> String? {
        absorb()
        return WhyNarration.text(of: path, project.engine, now: clock())
    }

    private static func badge(_ status: PageListing.Status) -> String? {
        switch status {
        case .published: nil
        case .draft: "draft"
        case .future: "scheduled"
        case .expired: "expired"
        case .unrendered: "not rendered"
        }
    }

    private static func state(_ status: PageListing.Status) -> PageFact.State {
        switch status {
        case .published, .unrendered: .published
        case .draft: .draft
        case .future: .scheduled
        case .expired: .expired
        }
    }
}
