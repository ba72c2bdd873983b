import Engine
import Text

/// When each file of the site was first and last committed.
///
/// Parts are named by path, so that a commit wakes the pages it touched and no others.
final class GitDates: RuleValue {
    /// The two dates of one file, in seconds since 1970.
    struct Entry: Hashable, Sendable {
        var created: Int64
        var updated: Int64
    }

    private let entries: [RelativePath: Entry]

    init(entries: [RelativePath: Entry]) {
        self.entries = entries
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let entry = entries[RelativePath(unchecked: projection.name.bytes)] else { return .absent }
        var builder = FingerprintBuilder()
        builder.combine(UInt64(bitPattern: entry.created))
        builder.combine(UInt64(bitPattern: entry.updated))
        return builder.finish()
    }

    /// The dates of a file, or `nil` when no commit has it.
    static func of(_ path: RelativePath) -> Reading<GitDates, Entry?> {
        Reading(Projection(Symbol(path.bytes))) { $0.entries[path] }
    }

    /// `CREATED UPDATED PATH`, each ended by NUL, by path.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
            bytes += Array("\(entry.created) \(entry.updated) ".utf8) + path.bytes + [0]
        }
        return bytes
    }

    static func decoded(_ bytes: [UInt8]) -> GitDates? {
        var entries: [RelativePath: Entry] = [:]
        for line in bytes.split(separator: 0) {
            let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard parts.count == 3, let created = Int64(String(decoding: parts[0], as: UTF8.self)),
                let updated = Int64(String(decoding: parts[1], as: UTF8.self))
            else { return nil }
            entries[RelativePath(unchecked: Array(parts[2]))] = Entry(created: created, updated: updated)
        }
        return GitDates(entries: entries)
    }
}

/// Reads the history of the site's folder, once for each commit.
///
/// What the rule depends on is the commit that is checked out; the history up to a commit is wholly named by it.
/// The value is kept, so that a build asks Git for nothing but that name until there is a new commit.
struct GitDatesRule: Rule {
    static let kind = RuleKind.gitDates
    static let stratum = Stratum.sources
    static let traits: RuleTraits = [.eager, .kept]

    func placeholder(for name: Symbol) -> GitDates { GitDates(entries: [:]) }

    func run(_ name: Symbol, in context: RuleContext) -> GitDates {
        let head = context.probe(GitHistory.head).map { String(decoding: $0, as: UTF8.self) } ?? "none no Git"
        let words = head.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2, words[0] != "none" else {
            report("there is no history to read dates from: \(words.last ?? "no Git")", nil, in: context)
            return GitDates(entries: [:])
        }
        let isShallow = words[0] == "shallow"
        if isShallow {
            report(
                "the history of this clone is cut off: files without a commit in it have no dates of Git",
                "fetch all of it: git fetch --unshallow, or fetch-depth: 0 in a workflow", in: context)
        }
        guard let log = context.constant(GitHistory.log(of: words[1])) else {
            report("Git does not tell the history of \(words[1])", nil, in: context)
            return GitDates(entries: [:])
        }
        return GitDates(entries: GitHistory.entries(log, isShallow: isShallow))
    }

    private func report(_ message: String, _ hint: String?, in context: RuleContext) {
        let places = context.read(ConfigurationRule.self, .empty, Configuration.places)
        context.find(
            places.finding(
                .noHistory, message, at: ["gitDates"], hint: hint ?? "take \"gitDates\" out of site.json"))
    }

    static func encode(_ value: GitDates) -> [UInt8]? { value.encoded }

    static func decode(_ bytes: Span<UInt8>) -> GitDates? {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        return GitDates.decoded(copy)
    }
}

/// What the site asks of Git, and how its answers read. Whoever runs builds answers; see `BuildInputs.probes`.
public enum GitHistory {
    /// The probe for what is checked out; the answer is `full COMMIT`, `shallow COMMIT`, or `none` and why.
    public static let head = "git:head"

    /// The probe for the history up to a commit. The answer is what
    /// `git log -z --format=%x01%at %P --name-status -M100% --relative COMMIT -- .` prints.
    public static func log(of commit: String) -> String { logPrefix + commit }

    /// The commit of a probe for a history.
    public static func commit(ofLog probe: String) -> String? {
        probe.hasPrefix(logPrefix) ? String(probe.dropFirst(logPrefix.count)) : nil
    }

    private static let logPrefix = "git:log "

    /// The first and last date of each path in a history, newest commit first. A file that was moved without an
    /// edit keeps its first date; of one that was deleted and came back, the history since then counts.
    static func entries(_ log: [UInt8], isShallow: Bool) -> [RelativePath: GitDates.Entry] {
        var entries: [RelativePath: GitDates.Entry] = [:]
        /// What a path of the past is called now; `nil` when it is another file's past.
        var now: [ArraySlice<UInt8>: ArraySlice<UInt8>?] = [:]
        var time: Int64?
        var tokens = log.split(separator: 0).makeIterator()
        func see(_ path: ArraySlice<UInt8>, begins: Bool) -> ArraySlice<UInt8>? {
            let current: ArraySlice<UInt8>
            if let known = now[path] {
                guard let known else { return nil }
                current = known
            } else {
                current = path
            }
            if let time {
                let key = RelativePath(unchecked: Array(current))
                entries[key, default: GitDates.Entry(created: time, updated: time)].created = time
            }
            if begins { now[path] = .some(nil) }
            return current
        }
        while var token = tokens.next() {
            if token.first == UInt8(ascii: "\n") { token = token.dropFirst() }
            if token.first == 1 {
                let words = token.dropFirst().split(separator: UInt8(ascii: " "))
                // Where a shallow clone is cut off, all older changes seem to be made.
                let isCut = isShallow && words.count == 1
                time = isCut ? nil : words.first.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
                continue
            }
            guard let status = token.first, let path = tokens.next() else { continue }
            switch status {
            case UInt8(ascii: "R"), UInt8(ascii: "C"):
                guard let new = tokens.next() else { continue }
                let current = see(new, begins: true)
                if status == UInt8(ascii: "R"), let current { now[path] = .some(current) }
            case UInt8(ascii: "D"): now[path] = .some(nil)
            default: _ = see(path, begins: status == UInt8(ascii: "A"))
            }
        }
        return entries
    }
}

/// Which dates a site takes from Git.
struct GitDatesSettings: Sendable {
    /// Whether a page without a last change of its own has that of its file's last commit.
    let updated: Bool
    /// The sections whose undated pages have the date of their file's first commit.
    let created: [RelativePath]

    /// Whether Git is asked at all.
    var isEnabled: Bool { updated || !created.isEmpty }

    init(_ site: SiteConfiguration) {
        updated = site.flag("gitDates.updated")
        created = site.texts("gitDates.created").compactMap { RelativePath($0) }
    }
}

/// The dates that a page takes from the history of its file.
enum GitHistoryReader {
    /// `source` is what the head names in the place of a date, `git Created` or `Last Modified` (Eleventy).
    ///
    /// - Returns: the dates wanted and not written in the page; in seconds since 1970.
    static func dates(
        of path: RelativePath, isDated: Bool, isUpdated: Bool, source: FrontMatter.DateSource? = nil,
        _ settings: GitDatesSettings, _ context: RuleContext
    ) -> (created: Int?, updated: Int?) {
        if !isDated, settings.isEnabled, let source {
            guard let entry = context.read(GitDatesRule.self, .empty, GitDates.of(path)) else {
                return (nil, nil)
            }
            let updated = settings.updated && !isUpdated ? Int(entry.updated) : nil
            switch source {
            case .fileModified, .gitModified: return (Int(entry.updated), updated)
            case .fileCreated, .gitCreated: return (Int(entry.created), updated)
            }
        }
        let wantsUpdated = settings.updated && !isUpdated
        guard wantsUpdated || (!isDated && !settings.created.isEmpty) else { return (nil, nil) }
        var wantsCreated = false
        if !isDated, !settings.created.isEmpty {
            let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
            let folder = languages.contentFolder(of: languages.language(of: path))
            // A section's own text has no date of its own.
            let isIndex = path.stem.elementsEqual("_index".utf8) || path.stem.starts(with: "_index.".utf8)
            wantsCreated = !isIndex && settings.created.contains { path.isInside(folder.appending($0.bytes)) }
        }
        guard wantsUpdated || wantsCreated,
            let entry = context.read(GitDatesRule.self, .empty, GitDates.of(path))
        else { return (nil, nil) }
        return (wantsCreated ? Int(entry.created) : nil, wantsUpdated ? Int(entry.updated) : nil)
    }
}
