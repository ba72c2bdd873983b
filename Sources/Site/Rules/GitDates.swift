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
/// What the rule depends on is the commit that is checked out, and the view on it (``GitHistory/head``): the history that is
/// seen is wholly named by them. The value is kept, so that a build asks Git for nothing but these names until they change.
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
        let question = GitHistory.log(of: words[1])
        guard let log = context.constant(question), !GitHistory.isRefusal(log) else {
            // A history is the same for ever; that Git cannot tell it is not, so it is asked again.
            let refusal = context.probe(question)
            let reason = refusal.flatMap(GitHistory.reason)
            report(
                "Git does not tell the history of \(words[1].prefix { $0 != " " })"
                    + (reason.map { ": \($0)" } ?? ""),
                "the commits with their folders must be here, the contents of files need not: a clone with --filter=blob:none has them; without them take \"gitDates\" out of site.json",
                in: context)
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
