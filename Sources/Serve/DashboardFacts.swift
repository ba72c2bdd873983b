public import Text

/// What the dashboard at `/_site/` tells about the site.
public struct DashboardFacts: Sendable {
    /// The site's title.
    public var title: String
    /// All pages in the order to list them: it is searched, and drafts and scheduled pages are picked out.
    public var pages: [PageFact]
    /// How many files the site publishes.
    public var outputCount: Int
    /// All findings.
    public var findings: [Diagnostic]
    /// The last rebuild, or `nil` when the site was only started.
    public var lastRebuild: RebuildFact?

    /// Facts.
    public init(
        title: String = "", pages: [PageFact] = [], outputCount: Int = 0, findings: [Diagnostic] = [],
        lastRebuild: RebuildFact? = nil
    ) {
        self.title = title
        self.pages = pages
        self.outputCount = outputCount
        self.findings = findings
        self.lastRebuild = lastRebuild
    }
}

/// A page as the dashboard lists it.
public struct PageFact: Sendable {
    /// Whether a page is published.
    public enum State: Sendable {
        /// Published by `site build`.
        case published
        /// Marked as a draft.
        case draft
        /// Dated in the future.
        case scheduled
        /// Past its expiry.
        case expired
    }

    /// Its title as plain text.
    public var title: String
    /// Its output, or `nil` where the preview has none of it.
    public var path: RelativePath?
    /// Its source, where there is one.
    public var source: RelativePath?
    /// Its date as people read it; empty when it has none.
    public var date: String
    /// Whether it is published.
    public var state: State

    /// A page.
    public init(
        title: String, path: RelativePath?, source: RelativePath? = nil, date: String = "",
        state: State = .published
    ) {
        self.title = title
        self.path = path
        self.source = source
        self.date = date
        self.state = state
    }
}

/// A rebuild as the dashboard tells it.
public struct RebuildFact: Sendable {
    /// What changed, a line each: "content/posts/arc.md: title".
    public var causes: [String]
    /// What ran, a line each: "3 pages, 1 feed".
    public var work: [String]
    /// The outputs whose bytes changed.
    public var changed: [RelativePath]
    /// How long it took.
    public var duration: Duration

    /// A rebuild.
    public init(causes: [String], work: [String], changed: [RelativePath], duration: Duration) {
        self.causes = causes
        self.work = work
        self.changed = changed
        self.duration = duration
    }
}
