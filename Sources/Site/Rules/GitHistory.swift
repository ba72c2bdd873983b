import Engine
import Text

/// What the site asks of Git, and how its answers read. Whoever runs builds answers; see `BuildInputs.probes`.
public enum GitHistory {
    /// The probe for what is checked out; the answer is `full COMMIT VIEW`, `shallow COMMIT VIEW`, or `none` and why. The
    /// view stands for what else decides which history is seen: where a clone is cut off, and in which folder the site lies.
    public static let head = "git:head"

    /// The probe for a history, named by what follows the first word of an answer to ``head``. The answer is what
    /// `git log -z --format=%x01%at %P --name-status -M100% --relative COMMIT -- .` prints, or ``refusal(_:)``.
    public static func log(of history: String) -> String { logPrefix + history }

    /// The commit of a probe for a history.
    public static func commit(ofLog probe: String) -> String? {
        guard probe.hasPrefix(logPrefix) else { return nil }
        return String(probe.dropFirst(logPrefix.count).prefix { $0 != " " })
    }

    /// The answer to a probe for a history that Git does not tell, and why not.
    public static func refusal(_ reason: String) -> [UInt8] { Array((refusalPrefix + reason).utf8) }

    /// Whether an answer is none: a history begins with another byte, or is empty.
    static func isRefusal(_ answer: [UInt8]) -> Bool { answer.starts(with: refusalPrefix.utf8) }

    /// Why Git does not tell a history, where it says so.
    static func reason(_ refusal: [UInt8]) -> String? {
        let reason = refusal.dropFirst(refusalPrefix.utf8.count)
        return isRefusal(refusal) && !reason.isEmpty ? String(decoding: reason, as: UTF8.self) : nil
    }

    private static let logPrefix = "git:log "
    private static let refusalPrefix = "none "

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
