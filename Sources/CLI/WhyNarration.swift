import Engine
import Site
import Text

/// Why outputs are as they are, in words.
enum WhyNarration {
    /// The chain of causes of an output; `nil` when there is no such output.
    static func text(of path: RelativePath, _ engine: BuildEngine, now: Int64) -> String? {
        engine.why(path).map { lines($0, of: path, engine, now: now).joined(separator: "\n") }
    }

    /// The chain of causes of an output, a line each.
    static func lines(
        _ explanation: Explanation, of path: RelativePath, _ engine: BuildEngine, now: Int64
    ) -> [String] {
        let words = SiteWords(engine)
        var lines: [String] = []
        if let time = explanation.time {
            let build = explanation.session.map { "in build \($0)" } ?? ""
            lines.append("\(path.text): made \(build) (\(age(seconds: max(0, now - time))))")
        } else {
            lines.append(
                "\(path.text): nothing that it reads has changed as far back as builds are remembered")
        }
        var indent = ""
        var above = ""
        for event in explanation.chain {
            let line = reason(event, words)
            // That a file has changed whose title has changed goes without saying.
            if let cause = event.cause, engine.isLeaf(cause.key), above.hasPrefix(words.thing(cause.key)) {
                continue
            }
            lines.append("\(indent)└ \(line)")
            indent += "  "
            above = line
        }
        var counts: [(word: String, count: Int)] = []
        for (kind, count) in engine.readCounts(ofOutput: path) {
            let word = SiteWords.countedKind(kind)
            if let index = counts.firstIndex(where: { $0.word == word }) {
                counts[index].count += count
            } else {
                counts.append((word, count))
            }
        }
        let list = counts.map { BuildNarration.counted($0.count, $0.word) }.joined(separator: ", ")
        if !list.isEmpty { lines.append("it reads \(list): site deps \(path.text)") }
        return lines
    }

    /// Why an output was left alone, a line each.
    static func lines(
        _ answer: LeftAlone, of path: RelativePath, _ engine: BuildEngine, now: Int64
    ) -> [String] {
        guard let session = answer.session, let time = answer.time else {
            return ["\(path.text): no build is remembered in which anything ran"]
        }
        let build = "build \(session) (\(age(seconds: max(0, now - time))))"
        if answer.wasMade {
            return ["\(path.text): not left alone; it was made in \(build), site why \(path.text) says why"]
        }
        let words = SiteWords(engine)
        let reads = BuildNarration.counted(answer.readCount, "read")
        var lines = ["\(path.text): verified in \(build): \(reads), all equal"]
        for key in answer.unread.prefix(limit) { lines.append("does not read: \(words.thing(key))") }
        lines += more(answer.unread.count)
        for read in answer.unchanged.prefix(limit) {
            lines.append("made again, but equal: \(words.part(read.key, read.projection))")
        }
        return lines + more(answer.unchanged.count)
    }

    /// What ran and why, a line each: "page content/b.md ← content/a.md: title  "Arc" → "Arcs"".
    static func lines(_ events: some Sequence<Event>, _ engine: BuildEngine) -> [String] {
        let words = SiteWords(engine)
        return events.map { "\(words.thing($0.key)) ← \(reason($0, words))" }
    }

    /// How many lines of one sort are shown.
    private static let limit = 10

    private static func more(_ count: Int) -> [String] {
        count > limit ? ["and \(count - limit) more; --format json lists all"] : []
    }

    private static func reason(_ event: Event, _ words: SiteWords) -> String {
        guard let cause = event.cause else { return reason(event.reason) }
        var text = words.part(cause.key, cause.projection)
        switch event.reason {
        case .appeared: text += " appeared"
        case .vanished: text += " is gone"
        case .timePassed: text += " passed"
        default:
            if cause.old == nil, cause.new == nil { text += " changed" }
        }
        if let old = cause.old, let new = cause.new {
            text += "  \"\(old)\" → \"\(new)\""
        } else if let new = cause.new {
            text += "  → \"\(new)\""
        }
        return text
    }

    private static func reason(_ reason: Reason) -> String {
        switch reason {
        case .new: "it was not there before"
        case .ruleChanged: "another version of this program had made it"
        case .outputMissing: "its file was not there any more"
        case .outputAltered: "its file had been altered"
        case .errorRetried: "it depends on itself, which is tried again"
        case .storeDiscarded: "what was remembered could not be used"
        default: reason.text
        }
    }

    /// "2 min ago".
    static func age(seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds) s ago"
        case ..<3600: "\(seconds / 60) min ago"
        case ..<86_400: "\(seconds / 3600) h ago"
        default: "\(seconds / 86_400) days ago"
        }
    }
}
