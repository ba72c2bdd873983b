import Engine
import Site
import Text

/// What a build says at its end, to people and to programs.
enum BuildNarration {
    /// Findings, then counts: what was built, what was left out and why, what comes next.
    static func show(_ report: SiteReport, on console: Console, milliseconds: Int) {
        // As notes they are told in one line each; who made them more wants to see them.
        let findings = report.build.diagnostics.filter {
            $0.code.name != "skipped-page" || $0.severity != .note
        }
        console.show(DiagnosticFolding.folded(findings))
        if let notice = report.build.notice { console.say("note: \(notice)") }
        for status in [PageListing.Status.draft, .future, .expired] {
            let pages = report.skipped.filter { $0.status == status }
            if pages.isEmpty { continue }
            let names = pages.prefix(5).map { page in
                let name = TerminalText.name(page.path.text)
                return page.date == nil ? name : "\(name) (\(page.dateText))"
            }
            let more = pages.count > 5 ? " and \(pages.count - 5) more" : ""
            console.say("skipped, \(status.rawValue): \(names.joined(separator: ", "))\(more)")
        }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count { $0.severity == .warning }
        if report.build.failed {
            let written = report.build.written.count
            let outcome =
                written == 0
                ? "nothing was published, the last output stays"
                : "\(counted(written, "file")) had been published before the system refused; the next build goes on from there"
            console.complain("\(counted(errors, "error")): \(outcome) (\(milliseconds) ms)")
            return
        }
        var parts = [
            counted(report.pageCount, "page"), counted(report.postCount, "post"),
            report.build.written.isEmpty
                ? "nothing written" : "\(counted(report.build.written.count, "file")) written",
        ]
        if !report.build.removed.isEmpty {
            parts.append("\(counted(report.build.removed.count, "file")) removed")
        }
        if report.build.keptCount > 0, !report.build.written.isEmpty {
            parts.append("\(report.build.keptCount) unchanged")
        }
        if warnings > 0 { parts.append(counted(warnings, "warning")) }
        if report.pageCount == 0, report.skipped.isEmpty {
            console.say(
                "note: there is nothing to publish yet; write a first page, such as \(report.contentFolder)/hello.md"
            )
        }
        console.say("\(parts.joined(separator: ", ")) in \(milliseconds) ms")
        if let due = report.nextDue { console.say("next change without an edit: \(due)") }
    }

    /// One object with the same facts; see `content/docs/command-line.md`.
    static func json(
        _ report: SiteReport, command: String, milliseconds: Int, audit: AuditReport? = nil,
        verdict: Verification.Verdict? = nil, explanation: [String]? = nil,
        name: (Key) -> String = { _ in "" }
    ) -> [UInt8] {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.key("command")
        json.string(command)
        json.key("ok")
        json.boolean(
            !report.build.failed && audit?.differences.isEmpty != false
                && verdict?.differences.isEmpty != false)
        json.key("durationMs")
        json.number(milliseconds)
        json.key("pages")
        json.number(report.pageCount)
        json.key("posts")
        json.number(report.postCount)
        json.key("written")
        json.number(report.build.written.count)
        json.key("removed")
        json.number(report.build.removed.count)
        json.key("reused")
        json.number(report.build.reused)
        json.key("ran")
        json.number(report.build.ranCount)
        json.key("skipped")
        json.beginArray()
        for page in report.skipped {
            json.beginObject()
            json.key("path")
            json.string(page.path.bytes)
            json.key("reason")
            json.string(page.status.rawValue)
            if page.date != nil {
                json.key("until")
                json.string(page.dateText)
            }
            json.endObject()
        }
        json.endArray()
        if let due = report.nextDue {
            json.key("nextDue")
            json.string(due)
        }
        if let explanation {
            json.key("explained")
            json.beginArray()
            for line in explanation { json.string(line) }
            json.endArray()
        }
        if let audit {
            json.key("audit")
            json.beginObject()
            json.key("audited")
            json.number(audit.auditedCount)
            json.key("reused")
            json.number(audit.reusedCount)
            json.key("differences")
            json.beginArray()
            for difference in audit.differences {
                json.beginObject()
                json.key("key")
                json.string(name(difference.key))
                json.key("what")
                json.string(difference.what)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        if let verdict {
            json.key("verify")
            json.beginObject()
            json.key("files")
            json.number(verdict.count)
            json.key("differences")
            json.beginArray()
            for difference in verdict.differences { json.string(difference) }
            json.endArray()
            json.endObject()
        }
        json.key("diagnostics")
        json.beginArray()
        for diagnostic in report.build.diagnostics { DiagnosticRenderer.render(diagnostic, into: &json) }
        json.endArray()
        json.endObject()
        return json.finish()
    }

    /// Before a wait for another process.
    static func waiting(for process: Int32?) -> String {
        "waiting for another build\(process.map { " (process \($0))" } ?? "") to end"
    }

    static func counted(_ count: Int, _ word: String) -> String {
        if count == 1 { return "1 \(word)" }
        // Of "check of links" the checks are counted.
        let end =
            [" of ", " at ", " in "].compactMap { word.firstRange(of: $0)?.lowerBound }.min() ?? word.endIndex
        return "\(count) \(word[..<end])s\(word[end...])"
    }
}
