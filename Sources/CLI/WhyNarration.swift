import Engine
import Text

/// Why outputs are as they are, in words.
enum WhyNarration {
    /// The chain of causes of an output; `nil` when there is no such output.
    static func text(of path: RelativePath, _ engine: BuildEngine, now: Int64) -> String? {
        guard let explanation = engine.why(path) else { return nil }
        var lines: [String] = []
        if let time = explanation.time {
            let ago = age(seconds: max(0, now - time))
            let build = explanation.session.map { "in build \($0)" } ?? ""
            lines.append("\(path.text): made \(build) (\(ago))")
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
        lines.append("reads \(explanation.readCount) values in all; site deps \(path.text) lists them")
        return lines.joined(separator: "\n")
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
