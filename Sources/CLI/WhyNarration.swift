import Engine
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
        var lines: [String] = []
        if let time = explanation.time {
            let build = explanation.session.map { "in build \($0)" } ?? ""
            lines.append("\(path.text): made \(build) (\(age(seconds: max(0, now - time))))")
        } else {
            lines.append(
                "\(path.text): verified; nothing that it reads has changed as far back as builds are remembered"
            )
        }
        var indent = ""
        for event in explanation.chain {
            lines.append("\(indent)└ \(engine.text(of: event.key)): \(reason(event, engine))")
            indent += "  "
        }
        let counts = engine.readCounts(ofOutput: path).map { "\($0.count) of \($0.kind)" }
        lines.append(
            "reads \(BuildNarration.counted(explanation.readCount, "value")): \(counts.joined(separator: ", "))"
        )
        lines.append("site deps \(path.text) lists them")
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
        let reads = BuildNarration.counted(answer.readCount, "read")
        var lines = ["\(path.text): verified in \(build): \(reads), all equal"]
        for key in answer.unread.prefix(limit) { lines.append("does not read: \(engine.text(of: key))") }
        lines += more(answer.unread.count)
        for read in answer.unchanged.prefix(limit) {
            lines.append("made again below it, but equal: \(line(read, engine))")
        }
        return lines + more(answer.unchanged.count)
    }

    /// What ran in the last build, a line each.
    static func lastLines(_ engine: BuildEngine) -> [String] {
        engine.lastEvents().map { line($0, engine) }
    }

    /// How many lines of one sort are shown.
    private static let limit = 10

    private static func more(_ count: Int) -> [String] {
        count > limit ? ["and \(count - limit) more; --format json lists all"] : []
    }

    /// One event in a line.
    static func line(_ event: Event, _ engine: BuildEngine) -> String {
        "\(engine.text(of: event.key)): \(reason(event, engine))"
    }

    /// A read in a line: "page-meta content/a.md: title".
    static func line(_ dependency: Dependency, _ engine: BuildEngine) -> String {
        let part = dependency.projection.name.text
        return part.isEmpty ? engine.text(of: dependency.key) : "\(engine.text(of: dependency.key)): \(part)"
    }

    private static func reason(_ event: Event, _ engine: BuildEngine) -> String {
        guard let cause = event.cause else { return event.reason.text }
        let part = cause.projection.name.text
        var text = "\(event.reason.text): \(engine.text(of: cause.key))"
        if !part.isEmpty { text += ", \(part)" }
        if let old = cause.old, let new = cause.new {
            text += "  \"\(old)\" → \"\(new)\""
        } else if let new = cause.new {
            text += "  → \"\(new)\""
        }
        return text
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
