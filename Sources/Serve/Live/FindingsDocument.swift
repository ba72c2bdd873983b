import Text

/// The errors as JSON, for the overlay to show.
enum FindingsDocument {
    /// No errors.
    static let empty = json(of: [], editorLink: nil)

    /// How many errors the overlay gets: whoever has more, fixes these first.
    static let mostErrors = 20

    /// The errors among some findings, in order, with the link that opens an editor at each.
    static func json(of findings: [Diagnostic], editorLink: ((SourceLocation) -> String?)?) -> [UInt8] {
        let errors = findings.filter { $0.severity == .error }.sorted()
        var json = JSONWriter()
        json.beginObject()
        json.key("count")
        json.number(errors.count)
        json.key("errors")
        json.beginArray()
        for error in errors.prefix(mostErrors) {
            json.beginObject()
            json.key("code")
            json.string(error.code.name)
            json.key("message")
            json.string(error.message)
            if let hint = error.hint {
                json.key("hint")
                json.string(hint)
            }
            if let place = error.location { write(place, editorLink, into: &json) }
            json.key("notes")
            json.beginArray()
            for note in error.notes {
                json.beginObject()
                json.key("message")
                json.string(note.message)
                if let place = note.location { write(place, editorLink, into: &json) }
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.finish()
    }

    private static func write(
        _ place: SourceLocation, _ editorLink: ((SourceLocation) -> String?)?, into json: inout JSONWriter
    ) {
        json.key("path")
        json.string(place.path.text)
        json.key("line")
        json.number(place.line)
        json.key("column")
        json.number(place.column)
        json.key("length")
        json.number(place.length)
        json.key("excerpt")
        json.string(place.excerpt)
        json.key("excerptColumn")
        json.number(place.excerptColumn)
        if let link = editorLink?(place) {
            json.key("editor")
            json.string(link)
        }
    }
}
