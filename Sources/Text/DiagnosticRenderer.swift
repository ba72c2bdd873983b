/// A finding as a person or a program reads it.
///
///     error[unknown-filter]: no filter named "slugfy"
///       --> themes/plain/page.html:12:25
///        |
///     12 | <a href="/tags/{{ tag | slugfy }}/">
///        |                         ^^^^^^
///        = hint: did you mean "slugify"?
///        = note: while rendering content/posts/hello.md
///       ::: themes/plain/base.html:3:1: included here
public struct DiagnosticRenderer: Sendable {
    /// Whether to colour with ANSI escape codes.
    public var color: Bool

    /// How wide a tab is in an excerpt.
    public static let tabWidth = 4

    /// A renderer; without colour unless asked.
    public init(color: Bool = false) {
        self.color = color
    }

    /// The text of one finding; each line ends with a line feed.
    public func text(of diagnostic: Diagnostic) -> [UInt8] {
        var writer = ByteWriter(capacity: 512)
        render(diagnostic, into: &writer)
        return writer.finish()
    }

    /// Writes one finding for people.
    public func render(_ diagnostic: Diagnostic, into writer: inout ByteWriter) {
        paint(severityStyle(diagnostic.severity), into: &writer) { writer in
            writer.append(diagnostic.severity.name)
            writer.append("[" as StaticString)
            writer.append(diagnostic.code.name)
            writer.append("]" as StaticString)
        }
        paint(.bold, into: &writer) { writer in
            writer.append(": " as StaticString)
            appendPlain(diagnostic.message, into: &writer)
        }
        if diagnostic.count > 1 {
            writer.append(" (" as StaticString)
            writer.append(decimal: diagnostic.count)
            writer.append(" times)" as StaticString)
        }
        writer.append(UInt8(ascii: "\n"))

        let margin = diagnostic.location.map { $0.excerpt.isEmpty ? 1 : String($0.line).utf8.count } ?? 1
        if let location = diagnostic.location {
            spaces(margin, into: &writer)
            paint(.frame, into: &writer) { $0.append("--> " as StaticString) }
            append(location, into: &writer)
            writer.append(UInt8(ascii: "\n"))
            if !location.excerpt.isEmpty {
                appendExcerpt(location, severity: diagnostic.severity, margin: margin, into: &writer)
            }
        }
        if let hint = diagnostic.hint {
            appendRemark("hint", hint, margin: margin, into: &writer)
        }
        for note in diagnostic.notes {
            guard let location = note.location else {
                appendRemark("note", note.message, margin: margin, into: &writer)
                continue
            }
            spaces(margin, into: &writer)
            paint(.frame, into: &writer) { $0.append("::: " as StaticString) }
            append(location, into: &writer)
            if !note.message.isEmpty {
                writer.append(": " as StaticString)
                appendPlain(note.message, into: &writer)
            }
            writer.append(UInt8(ascii: "\n"))
        }
    }

    /// Writes one finding as a JSON object: `severity code message path line column hint notes`.
    ///
    /// Members that have no value are left out, except `notes`; a finding about a whole file has no `line`.
    /// `count` is there when it is more than 1.
    public static func render(_ diagnostic: Diagnostic, into json: inout JSONWriter) {
        json.beginObject()
        json.key("severity")
        json.string(diagnostic.severity.name)
        json.key("code")
        json.string(diagnostic.code.name)
        json.key("message")
        json.string(diagnostic.message)
        if let location = diagnostic.location { append(location, into: &json) }
        if let hint = diagnostic.hint {
            json.key("hint")
            json.string(hint)
        }
        json.key("notes")
        json.beginArray()
        for note in diagnostic.notes {
            json.beginObject()
            json.key("message")
            json.string(note.message)
            if let location = note.location { append(location, into: &json) }
            json.endObject()
        }
        json.endArray()
        if diagnostic.count > 1 {
            json.key("count")
            json.number(diagnostic.count)
        }
        json.endObject()
    }

    /// One finding as a JSON object in one line, without a line feed.
    public static func json(of diagnostic: Diagnostic) -> [UInt8] {
        var json = JSONWriter()
        render(diagnostic, into: &json)
        return json.finish()
    }

    // MARK: - Parts

    private static func append(_ location: SourceLocation, into json: inout JSONWriter) {
        json.key("path")
        json.string(location.path.bytes)
        json.key("line")
        json.number(location.line)
        json.key("column")
        json.number(location.column)
    }

    private func append(_ location: SourceLocation, into writer: inout ByteWriter) {
        appendPlain(location.path.text, into: &writer)
        writer.append(UInt8(ascii: ":"))
        writer.append(decimal: location.line)
        writer.append(UInt8(ascii: ":"))
        writer.append(decimal: location.column)
    }

    private func appendExcerpt(
        _ location: SourceLocation, severity: Severity, margin: Int, into writer: inout ByteWriter
    ) {
        func frame(_ number: String, into writer: inout ByteWriter) {
            paint(.frame, into: &writer) { writer in
                spaces(margin - number.utf8.count, into: &writer)
                writer.append(number)
                writer.append(" |" as StaticString)
            }
        }
        frame("", into: &writer)
        writer.append(UInt8(ascii: "\n"))
        frame(String(location.line), into: &writer)
        writer.append(UInt8(ascii: " "))
        let line = Excerpt(location)
        writer.append(line.text)
        writer.append(UInt8(ascii: "\n"))
        frame("", into: &writer)
        spaces(1 + line.caretStart, into: &writer)
        paint(severityStyle(severity), into: &writer) { writer in
            for _ in 0..<line.caretWidth { writer.append(UInt8(ascii: "^")) }
        }
        writer.append(UInt8(ascii: "\n"))
    }

    private func appendRemark(_ kind: String, _ text: String, margin: Int, into writer: inout ByteWriter) {
        spaces(margin + 1, into: &writer)
        paint(.frame, into: &writer) { $0.append("= " as StaticString) }
        paint(.bold, into: &writer) { $0.append(kind) }
        writer.append(": " as StaticString)
        appendPlain(text, into: &writer)
        writer.append(UInt8(ascii: "\n"))
    }

    /// Text from the site's files must not steer the terminal or forge lines.
    private func appendPlain(_ text: String, into writer: inout ByteWriter) {
        for scalar in text.unicodeScalars { Excerpt.append(scalar, into: &writer) }
    }

    private func spaces(_ count: Int, into writer: inout ByteWriter) {
        for _ in 0..<max(count, 0) { writer.append(UInt8(ascii: " ")) }
    }

    private enum Style: String {
        case bold = "1"
        case frame = "1;34"
        case error = "1;31"
        case warning = "1;33"
        case note = "1;36"
    }

    private func severityStyle(_ severity: Severity) -> Style {
        switch severity {
        case .error: .error
        case .warning: .warning
        case .note: .note
        }
    }

    private func paint(_ style: Style, into writer: inout ByteWriter, _ body: (inout ByteWriter) -> Void) {
        if color {
            writer.append("\u{1B}[" as StaticString)
            writer.append(style.rawValue)
            writer.append("m" as StaticString)
        }
        body(&writer)
        if color { writer.append("\u{1B}[0m" as StaticString) }
    }
}
